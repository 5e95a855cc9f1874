"""A source's accuracy over time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from verification.models import Claim, Source, User
from verification.services import figures, reports, verdicts
from verification.services.figures import Scope
from verification.services.trend import trend

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 8, 1, 9, tzinfo=UTC)


@pytest.fixture
def source() -> Source:
    return factories.SourceFactory.create()


@pytest.fixture
def boss() -> User:
    return factories.managing_editor()


def decided(source: Source, boss: User, outcome: str, known: date, **fields: object) -> Claim:
    claim = factories.claim(actor=boss, reports=[factories.report_draft(source, **fields)])
    factories.decide(claim, outcome, actor=boss, known_on=known, now=LATER)
    return claim


def months(source: Source, **scope: object) -> list[tuple[date, int]]:
    found = trend(source, Scope(**scope), now=LATER)  # type: ignore[arg-type]
    return [(point.month, point.n) for point in found]


def test_there_is_a_point_for_each_month_in_which_an_outcome_became_known(source, boss) -> None:
    decided(source, boss, "confirmed", date(2026, 4, 1))
    decided(source, boss, "denied", date(2026, 4, 30))
    decided(source, boss, "confirmed", date(2026, 6, 3))

    assert months(source) == [(date(2026, 4, 1), 2), (date(2026, 6, 1), 3)]


def test_a_point_counts_all_that_was_known_by_then(source, boss) -> None:
    for month, outcome in ((4, "confirmed"), (5, "denied"), (6, "denied")):
        decided(source, boss, outcome, date(2026, month, 1))

    april, may, june = trend(source, Scope(), now=LATER)

    assert april.accuracy > may.accuracy > june.accuracy


def test_the_last_point_is_the_accuracy_that_is_shown(source, boss) -> None:
    for month, outcome in ((4, "confirmed"), (5, "denied"), (6, "confirmed")):
        decided(source, boss, outcome, date(2026, month, 1))

    last = trend(source, Scope(), now=LATER)[-1]

    shown = figures.board(Scope(), now=LATER).figures(source.pk)
    assert (last.accuracy, last.low, last.high) == (shown.accuracy, shown.low, shown.high)
    assert last.n == shown.decided


def test_a_verdict_that_was_withdrawn_goes_out_of_the_line(source, boss) -> None:
    claim = decided(source, boss, "confirmed", date(2026, 4, 1))
    decided(source, boss, "confirmed", date(2026, 5, 2))
    verdicts.reopen(
        actor=boss, claim=claim, version=claim.version, rationale="Wrong.", now=LATER
    )  # fmt: skip

    assert months(source) == [(date(2026, 5, 1), 1)]


def test_relays_make_no_line(source, boss) -> None:
    via = factories.SourceFactory.create()
    decided(source, boss, "confirmed", date(2026, 4, 1), via=via)

    assert months(source) == []


def test_a_report_that_was_logged_after_the_verdict_counts_when_the_outcome_was_known(
    source, boss
) -> None:
    claim = decided(factories.SourceFactory.create(), boss, "confirmed", date(2026, 4, 1))
    reports.add_report(
        actor=boss, claim=claim, draft=factories.report_draft(source), now=LATER
    )  # fmt: skip

    assert months(source) == [(date(2026, 4, 1), 1)]


def test_internal_claims_are_in_the_desks_own_line_only(source, boss) -> None:
    draft = factories.report_draft(source)
    claim = factories.claim(actor=boss, reports=[draft], public=False)
    factories.decide(claim, actor=boss, known_on=date(2026, 4, 1), now=LATER)

    assert months(source) == []
    assert months(source, internal=True) == [(date(2026, 4, 1), 1)]
    assert months(source, internal=True, beat=factories.BeatFactory.create()) == []


def test_no_position_is_read_for_it(source, boss) -> None:
    decided(source, boss, "confirmed", date(2026, 4, 1))
    figures.board(Scope(), now=LATER)

    with CaptureQueriesContext(connection) as queries:
        trend(source, Scope(), now=LATER)

    assert not [query for query in queries if "verification_position" in query["sql"]]
