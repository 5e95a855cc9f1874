"""What records are made of follows every change of positions and hedges, whoever makes it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection, transaction

from tests import factories
from verification import breakdowns
from verification.models import Breakdown, Position, Report, Source, User
from verification.services import claims, recomputing, verdicts

pytestmark = pytest.mark.django_db

Key = tuple[int, int, bool, str, str]


def kept() -> dict[Key, tuple[int, int]]:
    rows = Breakdown.objects.values_list(
        "source", "beat", "public", "part", "value", "yes", "no"
    )  # fmt: skip
    return {(*row[:5],): (row[5], row[6]) for row in rows}  # type: ignore[misc]


def counted() -> dict[Key, tuple[int, int]]:
    """The same by the plain words of the model, from the positions."""
    yes: Counter[Any] = Counter()
    every: Counter[Any] = Counter()
    for position in Position.objects.select_related("report"):
        if position.credit not in ("hit", "miss"):
            continue
        came_true = position.reason in ("asserted-confirmed", "disputed-confirmed")
        parts = [("month", f"{position.known_on:%Y-%m}", position.credit == "hit")]
        if position.certainty:
            parts.append(("certainty", position.certainty, came_true))
        if position.report.hedge:
            parts.append(("hedge", position.report.hedge, came_true))
        if position.first:
            parts.append(("lead", str(position.lead_days), True))
        for part, value, good in parts:
            key = (position.source_id, position.beat_id, position.public, part, value)
            every[key] += 1
            yes[key] += good
    return {key: (yes[key], number - yes[key]) for key, number in every.items()}


@pytest.fixture
def source() -> Source:
    return factories.SourceFactory.create()


@pytest.fixture
def boss() -> User:
    return factories.managing_editor()


def test_they_follow_a_claim_through_its_life(source: Source, boss: User) -> None:
    draft = factories.report_draft(source, certainty="likely", hedge="could")
    claim = factories.claim(actor=boss, reports=[draft])
    assert kept() == counted() == {}

    factories.decide(claim, actor=boss)
    assert kept() == counted()
    assert {part for *_key, part, _value in kept()} == {"month", "certainty", "hedge", "lead"}

    claim.refresh_from_db()
    claims.edit(
        actor=boss, claim=claim, version=claim.version, changes={"public": False}, now=factories.NOW
    )
    assert kept() == counted()
    assert not any(public for _source, _beat, public, _part, _value in kept())

    claim.refresh_from_db()
    verdicts.reopen(
        actor=boss, claim=claim, version=claim.version, rationale="Too early.", now=factories.NOW
    )
    assert kept() == counted() == {}


def test_a_hedge_that_is_corrected_moves_its_positions(source: Source, boss: User) -> None:
    draft = factories.report_draft(source, hedge="could")
    other = factories.report_draft(factories.SourceFactory.create(), hedge="could")
    factories.decide(factories.claim(actor=boss, reports=[draft, other]), actor=boss)

    Report.objects.filter(source=source).update(hedge="may")
    assert kept() == counted()
    assert [value for _s, _b, _p, part, value in kept() if part == "hedge"] == ["could", "may"]

    Report.objects.update(hedge="")
    assert kept() == counted()
    assert "hedge" not in {part for *_key, part, _value in kept()}


def test_they_follow_positions_that_come_and_go_in_bulk(source: Source, boss: User) -> None:
    for outcome in ("confirmed", "denied", "denied"):
        draft = factories.report_draft(source, certainty="likely")
        factories.decide(factories.claim(actor=boss, reports=[draft]), outcome, actor=boss)
    rows = list(Position.objects.all())
    before = kept()

    Position.objects.filter(credit="miss").delete()
    assert kept() == counted() != before
    Position.objects.bulk_create(row for row in rows if row.credit == "miss")
    assert kept() == counted() == before


def test_what_is_undone_is_not_counted(source: Source, boss: User) -> None:
    claim = factories.claim(actor=boss, reports=[factories.report_draft(source)])
    with transaction.atomic():
        factories.decide(claim, actor=boss)
        transaction.set_rollback(True)
    assert kept() == {}


def test_adding_up_anew_puts_one_source_right_or_all_of_them(source: Source, boss: User) -> None:
    for one in (source, factories.SourceFactory.create()):
        draft = factories.report_draft(one, hedge="could")
        factories.decide(factories.claim(actor=boss, reports=[draft]), actor=boss)
    right = kept()

    Breakdown.objects.update(yes=7)
    breakdowns.recount(connection, first=source.pk, last=source.pk)
    wrong = {row[0] for row in breakdowns.differences(connection)}
    assert wrong == set(Source.objects.exclude(pk=source.pk).values_list("pk", flat=True))
    breakdowns.recount(connection)
    assert kept() == right


def test_what_is_kept_wrongly_is_named_with_the_records(source: Source, boss: User) -> None:
    draft = factories.report_draft(source, certainty="likely")
    claim = factories.claim(actor=boss, reports=[draft])
    factories.decide(claim, actor=boss)
    Breakdown.objects.filter(part="certainty").update(yes=3)
    Breakdown.objects.filter(part="month").delete()

    named = [str(difference) for difference in recomputing.differences()]

    where = f"record of source {source.pk}, beat {claim.beat_id}, public"
    [month] = Position.objects.values_list("known_on", flat=True)
    assert named == [
        f"{where}: certainty likely: kept 3 and 0, recomputed 1 and 0",
        f"{where}: month {month:%Y-%m}: kept 0 and 0, recomputed 1 and 0",
    ]
    recomputing.recompute()
    assert recomputing.differences() == []


def test_a_change_after_a_recompute_is_counted_again(source: Source, boss: User) -> None:
    recomputing.recompute()
    draft = factories.report_draft(source)
    factories.decide(factories.claim(actor=boss, reports=[draft]), actor=boss)
    assert kept() == counted() != {}


def test_tables_that_are_emptied_in_any_order_leave_nothing(source: Source, boss: User) -> None:
    for hedge in ("could", "will"):
        claim = factories.claim(actor=boss, reports=[factories.report_draft(source, hedge=hedge)])
        factories.decide(claim, actor=boss)
    assert kept()

    Breakdown.objects.all()._raw_delete(using="default")  # type: ignore[attr-defined]
    Position.objects.all()._raw_delete(using="default")  # type: ignore[attr-defined]

    assert kept() == {}
