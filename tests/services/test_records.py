"""The kept positions and tallies equal a full recompute, whatever was done in whatever order."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tests import factories
from verification.models import (
    Claim,
    Course,
    PastBreakdown,
    PastDay,
    PastRecord,
    Position,
    Record,
    RecordsRevision,
    Source,
)
from verification.services import (
    claims,
    figures,
    merging,
    past,
    recomputing,
    records,
    replay,
    reports,
    summing,
    tallies,
    verdicts,
)
from verification.services.drafts import DeadlineDraft, ReportDraft
from verification.services.scopes import Scope

pytestmark = pytest.mark.django_db

#: A longer run: `STATEFUL_EXAMPLES=2000 STATEFUL_STEPS=50`.
EXAMPLES = int(os.environ.get("STATEFUL_EXAMPLES", "10"))
STEPS = int(os.environ.get("STATEFUL_STEPS", "20"))

FIRST_DAY = date(2026, 1, 1)
#: All deadlines and reports are long past, so that any verdict may be given at any time.
CLOCK = datetime(2026, 8, 1, 12, tzinfo=UTC)

Rows = list[tuple[object, ...]]


def kept() -> tuple[Rows, Rows]:
    """Every position and every tally, without the keys that the database gave them."""
    positions, tallies = (
        [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        for model in (Position, Record)
    )
    return (
        sorted(Position.objects.values_list(*positions), key=repr),
        sorted(Record.objects.values_list(*tallies), key=repr),
    )


def past_kept() -> list[Any]:
    """Every course and every sum of past days in which something is left."""
    rows: list[Any] = list(Course.objects.order_by("claim").values_list("claim", "course"))
    rows += PastDay.objects.order_by(*past.DAY).values_list(*past.DAY, "moves")
    for model, key, columns in (
        (PastRecord, past.SPAN, past.TALLIES),
        (PastBreakdown, past.PART, ("yes", "no")),
    ):
        found = model._default_manager.order_by(*key).values_list(*key, *columns)
        rows += [row for row in found if any(row[len(key) :])]
    return rows


def sums() -> dict[int, Counter[str]]:
    """The tallies of each source over all beats, public and internal."""
    found: dict[int, Counter[str]] = {}
    for source, *numbers in Record.objects.values_list("source_id", *records.TALLIES):
        found.setdefault(source, Counter()).update(dict(zip(records.TALLIES, numbers, strict=True)))
    return found


days = st.integers(0, 100).map(lambda offset: FIRST_DAY + timedelta(days=offset))
bases = st.sampled_from(["source", "newsroom"])
sources = st.integers(0, 3)


@st.composite
def any_report(draw: st.DrawFn) -> dict[str, Any]:
    """What a report says, with its sources by index."""
    source = draw(sources)
    return {
        "source": source,
        "published_on": draw(days),
        "stance": draw(st.sampled_from(["asserts", "asserts", "disputes", "observes"])),
        "certainty": draw(st.sampled_from(["", "likely", "unlikely"])),
        "via": draw(st.none() | sources.filter(lambda other: other != source)),
        # Few addresses, so that a report comes twice now and then.
        "url": draw(st.sampled_from(["", "https://example.org/1", "https://example.org/2"])),
    }


class Desk(RuleBasedStateMachine):
    """An editor who does whatever the desk allows, in any order."""

    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now = CLOCK
        self.days = {CLOCK.date()}
        self.actor = factories.managing_editor()
        self.sources = [factories.SourceFactory.create() for _ in range(4)]
        self.beats = [factories.BeatFactory.create() for _ in range(2)]

    def teardown(self) -> None:
        try:
            for day in self.days:
                self.every_record_is_that_of_a_replay(day)
            before = kept(), past_kept()
            summing.sum_up()
            assert (kept(), past_kept()) == before
            recomputing.recompute()
            assert (kept(), past_kept()) == before
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # --- What is asked for ------------------------------------------------------------------------

    def draft(self, said: dict[str, Any]) -> ReportDraft:
        via = said["via"]
        return ReportDraft(
            **said
            | {
                "source": self.sources[said["source"]],
                "via": None if via is None else self.sources[via],
            }
        )

    def attempt(self, service: Any, **arguments: Any) -> Any:
        """Calls a service; what it refuses must leave all as it was, which the invariants see."""
        self.now += timedelta(minutes=1)
        try:
            return service(actor=self.actor, now=self.now, **arguments)
        except ValidationError:
            return None

    def read(self, claim: int) -> Claim:
        return Claim.objects.get(pk=claim)

    # --- What an editor does ----------------------------------------------------------------------

    @initialize(target=claims, beat=st.integers(0, 1), said=any_report())
    def begin(self, beat: int, said: dict[str, Any]) -> Any:
        return self.log(beat, True, "source", FIRST_DAY + timedelta(days=100), [said])

    @rule(
        target=claims,
        beat=st.integers(0, 1),
        public=st.booleans(),
        basis=bases,
        deadline=days,
        said=st.lists(any_report(), max_size=3),
    )
    def log(
        self, beat: int, public: bool, basis: str, deadline: date, said: list[dict[str, Any]]
    ) -> Any:
        logged = self.attempt(
            claims.log,
            statement="A deal will be struck.",
            beat=self.beats[beat],
            deadline=DeadlineDraft(day=deadline, basis=basis),
            public=public,
            reports=[self.draft(one) for one in said],
        )
        return logged.pk if logged else multiple()

    @rule(claim=claims, said=any_report())
    def report(self, claim: int, said: dict[str, Any]) -> None:
        self.attempt(reports.add_report, claim=self.read(claim), draft=self.draft(said))

    @rule(claim=claims, said=any_report(), index=st.integers(0, 5))
    def amend(self, claim: int, said: dict[str, Any], index: int) -> None:
        for row in self.read(claim).reports.order_by("id")[index : index + 1]:
            self.attempt(reports.amend_report, report=row, draft=self.draft(said))

    @rule(claim=claims, index=st.integers(0, 5))
    def withdraw(self, claim: int, index: int) -> None:
        for row in self.read(claim).reports.order_by("id")[index : index + 1]:
            self.attempt(reports.withdraw_report, report=row)

    @rule(
        claim=claims,
        outcome=st.sampled_from(["confirmed", "denied", "lapsed", "void", "reopened"]),
        known=days,
        on_time=st.booleans(),
    )
    def pronounce(self, claim: int, outcome: str, known: date, on_time: bool) -> None:
        decided = self.read(claim)
        self.attempt(
            verdicts.revise if decided.outcome else verdicts.decide,
            claim=decided,
            version=decided.version,
            outcome=outcome,
            rationale="It says so.",
            became_known_on=None if on_time or outcome == "lapsed" else known,
            evidence=[factories.evidence()],
        )

    @rule(claim=claims)
    def reopen(self, claim: int) -> None:
        decided = self.read(claim)
        self.attempt(
            verdicts.reopen, claim=decided, version=decided.version, rationale="Too early."
        )

    @rule(claim=claims, deadline=days, basis=bases)
    def extend(self, claim: int, deadline: date, basis: str) -> None:
        moved = self.read(claim)
        self.attempt(
            claims.extend,
            claim=moved,
            version=moved.version,
            deadline=DeadlineDraft(day=deadline, basis=basis),
            reason="Later.",
        )

    @rule(
        claim=claims,
        changes=st.fixed_dictionaries(
            {}, optional={"beat": st.integers(0, 1), "public": st.booleans(), "basis": bases}
        ),
    )
    def edit(self, claim: int, changes: dict[str, Any]) -> None:
        edited = self.read(claim)
        changes = dict(changes)
        if "beat" in changes:
            changes["beat"] = self.beats[changes["beat"]]
        if "basis" in changes:
            changes["deadline_basis"] = changes.pop("basis")
        self.attempt(claims.edit, claim=edited, version=edited.version, changes=changes)

    @rule(one=st.integers(0, 3), other=st.integers(0, 3))
    def merge(self, one: int, other: int) -> None:
        self.attempt(merging.merge, source=self.sources[one], into=self.sources[other])
        fresh = Source.objects.select_related("merged_into").in_bulk()
        self.sources = [fresh[row.pk].merged_into or fresh[row.pk] for row in self.sources]

    @rule(days=st.sampled_from([1, 2, 30, 400]))
    def wait(self, days: int) -> None:
        self.days |= {self.now.date() + timedelta(days=after) for after in (0, days // 2, days)}
        self.now += timedelta(days=days)

    # --- What holds after each step ---------------------------------------------------------------

    @invariant()
    def the_records_equal_a_full_recompute(self) -> None:
        assert recomputing.differences() == []

    @invariant()
    def the_tallies_equal_a_replay_of_the_whole_history(self) -> None:
        replayed = replay.tallies(beat=None, as_of=self.now.date(), matured=False, internal=True)
        assert sums() == {source: Counter(tally) for source, tally in replayed.items()}

    @invariant()
    def a_past_day_is_what_a_replay_says_of_it(self) -> None:
        self.every_record_is_that_of_a_replay(sorted(self.days)[len(self.days) // 2])

    def every_record_is_that_of_a_replay(self, day: date) -> None:
        for beat, matured, internal in product((None, self.beats[0]), *2 * [(False, True)]):
            scope = Scope(beat=beat, as_of=day, matured=matured, internal=internal)
            replayed = replay.tallies(beat=beat, as_of=day, matured=matured, internal=internal)
            assert tallies.within(scope, self.now) == replayed, scope
            detail = figures.detail(self.sources[0], scope, now=self.now)
            # As after a change by a release that does not know of the sums.
            RecordsRevision.objects.update(past=F("past") - 1)
            assert figures.detail(self.sources[0], scope, now=self.now) == detail, scope
            RecordsRevision.objects.update(past=F("past") + 1)


def test_no_order_of_changes_leads_the_records_astray() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


# --- One case each --------------------------------------------------------------------------------


@pytest.fixture
def claim() -> Claim:
    return factories.claim()


def test_a_claim_that_moves_to_another_beat_takes_its_tallies_along_and_leaves_no_row(
    claim: Claim,
) -> None:
    beat = factories.BeatFactory.create()
    claims.edit(
        actor=factories.editor(), claim=claim, version=1, changes={"beat": beat}, now=factories.NOW
    )
    assert list(Record.objects.values_list("beat", "open")) == [(beat.pk, 1)]


def test_a_row_that_another_writer_takes_away_meanwhile_is_made_again(
    claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL a row that was there when we looked may be gone when we count."""
    bulk_create = type(Record.objects).bulk_create
    taken_away = []

    def and_gone(self: Any, rows: list[Any], **options: Any) -> list[Any]:
        made = bulk_create(self, rows, **options)
        if rows and isinstance(rows[0], Record) and not taken_away:
            taken_away.append(rows[0])
            Record.objects.filter(beat=rows[0].beat_id, source=rows[0].source_id).delete()
        return made

    monkeypatch.setattr(type(Record.objects), "bulk_create", and_gone)
    second = factories.claim(beat=factories.BeatFactory.create())
    assert taken_away
    assert second.beat.records.get().open == 1
    assert recomputing.differences() == []


def test_what_is_wrong_is_named(claim: Claim) -> None:
    source = Source.objects.get()
    other = factories.SourceFactory.create()
    Record.objects.update(open=3)
    Position.objects.update(stance="disputes")
    Record.objects.create(source=other, beat=claim.beat, public=True, hits=1)
    assert {str(found) for found in recomputing.differences()} == {
        f"position of source {source.pk} on claim {claim.pk}, stance: "
        "kept disputes, recomputed asserts",
        f"record of source {source.pk}, beat {claim.beat_id}, public: open: kept 3, recomputed 1",
        f"record of source {other.pk}, beat {claim.beat_id}, public: hits: kept 1, recomputed 0",
    }


def test_what_is_missing_or_too_much_is_named(claim: Claim) -> None:
    source, other = Source.objects.get(), factories.SourceFactory.create()
    Position.objects.update(source=other)
    Record.objects.all().delete()
    assert {str(found) for found in recomputing.differences()} == {
        f"position of source {source.pk} on claim {claim.pk}: kept none, recomputed open",
        f"position of source {other.pk} on claim {claim.pk}: kept open, recomputed none",
        f"record of source {source.pk}, beat {claim.beat_id}, public: open: "
        "kept no row, recomputed 1",
    }


def test_a_recompute_puts_everything_right_and_is_noticed(claim: Claim) -> None:
    right = kept()
    revision = records.revision()
    Record.objects.update(open=3)
    Position.objects.update(credit="hit", reason="asserted-confirmed")
    assert recomputing.recompute() == 1
    assert kept() == right
    assert records.revision() > revision


def test_a_verdict_costs_the_same_however_many_claims_there_are() -> None:
    source, beat = factories.SourceFactory.create(), factories.BeatFactory.create()
    actor = factories.managing_editor()

    def queries_of_a_verdict() -> int:
        claim = factories.claim(actor=actor, beat=beat, reports=[factories.report_draft(source)])
        with CaptureQueriesContext(connection) as queries:
            verdicts.decide(
                actor=actor,
                claim=claim,
                version=1,
                outcome="denied",
                evidence=[factories.evidence()],
                now=CLOCK,
            )
        return len(queries)

    first = queries_of_a_verdict()
    for _ in range(10):
        queries_of_a_verdict()
    assert queries_of_a_verdict() <= first
