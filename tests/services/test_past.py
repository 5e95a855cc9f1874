"""A past day is read from sums that are kept, and never from the history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from tests import factories
from verification.models import (
    Beat,
    Claim,
    Course,
    PastBreakdown,
    PastDay,
    PastRecord,
    RecordsRevision,
    Source,
    User,
)
from verification.services import claims, figures, past, recomputing, replay, tallies
from verification.services.doctor import machines
from verification.services.scopes import Scope

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LOGGED, DECIDED = datetime(2026, 1, 30, 12, tzinfo=UTC), datetime(2026, 4, 1, 12, tzinfo=UTC)
DAY = date(2026, 3, 10)


@pytest.fixture
def emma() -> User:
    return factories.managing_editor()


@pytest.fixture
def source() -> Source:
    return factories.SourceFactory.create()


@pytest.fixture
def decided(emma: User, source: Source) -> Claim:
    claim = factories.claim(
        actor=emma, now=LOGGED, reports=[factories.report_draft(source, certainty="likely")]
    )
    factories.decide(claim, actor=emma, now=DECIDED)
    return claim


def asked(scope: Scope, source: Source) -> list[str]:
    """The statements of a board and of one source's detail."""
    with CaptureQueriesContext(connection) as queries:
        figures._board(scope, NOW)
        figures.detail(source, scope, now=NOW)
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("matured", [False, True])
def test_a_past_day_reads_no_report_no_verdict_and_no_position(
    decided: Claim, source: Source, matured: bool
) -> None:
    statements = asked(Scope(as_of=DAY, matured=matured), source)

    assert statements
    for table in ("report", "verdict", "position", "claim", "course"):
        assert not [sql for sql in statements if f'FROM "verification_{table}"' in sql], table


def test_a_past_day_takes_as_many_queries_however_much_was_logged(
    emma: User, decided: Claim, source: Source
) -> None:
    scope = Scope(as_of=DAY)
    before = len(asked(scope, source))
    for days in range(12):
        claim = factories.claim(
            actor=emma,
            now=LOGGED + timedelta(days=3 * days),
            reports=[factories.report_draft(source)],
        )
        factories.decide(claim, actor=emma, now=DECIDED + timedelta(days=90 * days))

    assert len(asked(scope, source)) == before


@pytest.mark.parametrize("day", [date(2016, 5, 5), date(2021, 12, 31), date(2026, 1, 1), DAY])
def test_a_day_is_the_same_from_whichever_side_it_is_added_up(
    emma: User, source: Source, day: date
) -> None:
    """Days near the beginning are added up from there, days near the end are taken from now."""
    for year in range(2015, 2027):
        now = datetime(year, 1, 30, 12, tzinfo=UTC)
        factories.claim(
            actor=emma,
            now=now,
            deadline=date(year, 6, 30),
            reports=[factories.report_draft(source, published_on=now.date())],
        )
    for matured in (False, True):
        replayed = replay.tallies(beat=None, as_of=day, matured=matured, internal=False)
        assert tallies.within(Scope(as_of=day, matured=matured), NOW) == replayed
        assert bool(replayed)


def test_a_claim_that_changes_its_beat_takes_its_past_along(
    emma: User, decided: Claim, source: Source
) -> None:
    old, new = decided.beat, factories.BeatFactory.create()
    decided.refresh_from_db()

    claims.edit(actor=emma, claim=decided, version=decided.version, changes={"beat": new}, now=NOW)

    def opened(beat: Beat) -> int:
        return figures.board(Scope(beat=beat, as_of=DAY), now=NOW).figures(source.pk).open

    assert (opened(old), opened(new)) == (0, 1)


def test_what_is_wrong_with_a_past_day_is_named(decided: Claim, source: Source) -> None:
    Course.objects.update(course=[decided.beat_id, True, 1, []])
    PastRecord.objects.filter(span="year", matured=False).update(hits=7)
    PastBreakdown.objects.filter(matured=True).delete()
    PastDay.objects.filter(matured=False, day=date(2026, 4, 1)).update(moves={})

    named = {str(found).split(":", 1)[0] for found in recomputing.differences()}
    told = "\n".join(map(str, recomputing.differences()))

    assert named == {
        f"course of claim {decided.pk}",
        f"record of source {source.pk}, beat {decided.beat_id}, public",
    }
    assert "year 2026-01-01, all claims: hits: kept 7, recomputed 1" in told
    assert "month 2026-04-01, matured claims: certainty likely yes: kept 0, recomputed 1" in told
    assert "day 2026-04-01, all claims: open: kept 0, recomputed -1" in told


def test_what_a_release_without_the_sums_has_changed_is_replayed_until_it_is_summed_up(
    decided: Claim, source: Source
) -> None:
    for model in (Course, PastDay, PastRecord, PastBreakdown):
        model._default_manager.all().delete()
    RecordsRevision.objects.update(number=F("number") + 1)
    scope = Scope(as_of=DAY)
    before = figures.board(scope, now=NOW).figures(source.pk)
    (warned,) = (found for found in machines.database() if found.part == "past days")

    out = StringIO()
    call_command("recompute_records", "--past", stdout=out)

    assert (before.open, "recompute_records --past" in warned.advice) == (1, True)
    assert (past.kept(), out.getvalue()) == (True, "Past days are summed up.\n")
    assert figures._board(scope, NOW).figures(source.pk) == before
    assert recomputing.differences() == []
    assert not [found for found in machines.database() if found.part == "past days"]


def test_a_course_that_is_out_of_date_is_mended_and_its_sums_with_it(decided: Claim) -> None:
    right = list(PastDay.objects.order_by(*past.DAY).values_list(*past.DAY, "moves"))
    old = past.of_claims(decided.pk, decided.pk)[decided.pk]
    opened = type(old)(old.beat, old.public, old.matures, old.marks[:1])
    Course.objects.update(course=past.as_list(opened))
    past.move(past.difference([old], [opened]))
    RecordsRevision.objects.update(number=F("number") + 1)

    recomputing.catch_up()

    assert list(PastDay.objects.order_by(*past.DAY).values_list(*past.DAY, "moves")) == right
    assert recomputing.differences() == []
