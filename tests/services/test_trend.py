"""A source's accuracy over time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests import factories
from verification.models import Claim, Source, User
from verification.services import figures, reports, verdicts
from verification.services.figures import Scope
from verification.services.trend import trend

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def source() -> Source:
    return factories.SourceFactory.create()


@pytest.fixture
def boss() -> User:
    return factories.managing_editor()


def decided(source: Source, boss: User, outcome: str, day: int, **fields: object) -> Claim:
    claim = factories.claim(actor=boss, reports=[factories.report_draft(source, **fields)])
    factories.decide(claim, outcome, actor=boss, now=datetime(2026, 4, day, 9, tzinfo=UTC))
    return claim


def days(source: Source) -> list[tuple[date, int]]:
    return [(point.day, point.n) for point in trend(source, Scope(), now=LATER)]


def test_there_is_a_point_for_each_day_on_which_something_was_decided(source, boss) -> None:
    decided(source, boss, "confirmed", 1)
    decided(source, boss, "denied", 1)
    decided(source, boss, "confirmed", 3)

    assert days(source) == [(date(2026, 4, 1), 2), (date(2026, 4, 3), 3)]


def test_the_last_point_is_the_accuracy_that_is_shown(source, boss) -> None:
    for day, outcome in enumerate(("confirmed", "denied", "confirmed"), start=1):
        decided(source, boss, outcome, day)

    last = trend(source, Scope(), now=LATER)[-1]

    shown = figures.board(Scope(), now=LATER).figures(source.pk)
    assert (last.accuracy, last.low, last.high) == (shown.accuracy, shown.low, shown.high)
    assert last.n == shown.decided


def test_a_verdict_that_was_withdrawn_goes_out_of_the_line_on_that_day(source, boss) -> None:
    claim = decided(source, boss, "confirmed", 1)
    decided(source, boss, "confirmed", 2)
    verdicts.reopen(
        actor=boss,
        claim=claim,
        version=claim.version,
        rationale="Wrong.",
        now=datetime(2026, 4, 5, 9, tzinfo=UTC),
    )

    assert days(source) == [
        (date(2026, 4, 1), 1),
        (date(2026, 4, 2), 2),
        (date(2026, 4, 5), 1),
    ]


def test_relays_make_no_line(source, boss) -> None:
    decided(source, boss, "confirmed", 1, via=factories.SourceFactory.create())

    assert days(source) == []


def test_a_report_that_was_logged_after_the_verdict_counts_from_then_on(source, boss) -> None:
    claim = factories.claim(actor=boss)
    factories.decide(claim, actor=boss, now=datetime(2026, 4, 1, 9, tzinfo=UTC))
    reports.add_report(
        actor=boss,
        claim=claim,
        draft=factories.report_draft(source),
        now=datetime(2026, 4, 9, 9, tzinfo=UTC),
    )

    assert days(source) == [(date(2026, 4, 9), 1)]
