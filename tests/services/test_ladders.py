"""The ladder and the hour of a beat."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.services.clock import DEADLINE, DUE, at, fresh, sweep
from tests.services.desk import RANKS, last_entry, somebody
from tests.services.rows import nothing_changes, refuses
from verification.domain.deadlines import LADDER, Step
from verification.models import Beat, Claim, User
from verification.services import claims, ladders, reminders, snoozes, sources, watches

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SHORT = (
    Step("heads-up", -2, "owner"),
    Step("due", 0, "owner"),
    Step("overdue-1", 2, "owner"),
    Step("escalation", 2, "managing"),
)


@pytest.fixture
def chief() -> User:
    return factories.managing_editor(username="chief")


@pytest.fixture
def owner() -> User:
    return factories.editor(username="owner")


@pytest.fixture
def beat() -> Beat:
    return factories.BeatFactory.create()


@pytest.fixture
def claim(owner: User, beat: Beat) -> Claim:
    return factories.claim(actor=owner, beat=beat, deadline=DEADLINE)


def test_a_beat_without_rungs_has_the_newsrooms_ladder(beat: Beat) -> None:
    assert ladders.of(beat) == LADDER
    assert ladders.own(beat) == ()


def test_a_beats_own_ladder_says_who_is_told_and_when(
    claim: Claim, beat: Beat, chief: User
) -> None:
    ladders.set_ladder(actor=chief, beat=beat, hour=7, rungs=SHORT, now=NOW)

    mornings = [at(24, month=3), at(29, month=3), DUE, at(1), at(2), at(7)]
    early = [moment - timedelta(hours=3) for moment in mornings]
    seven = [moment - timedelta(hours=2) for moment in mornings]

    assert [sweep(moment) for pair in zip(early, seven, strict=True) for moment in pair] == [
        set(), set(),
        set(), {("owner", "heads-up")},
        set(), {("owner", "due")},
        set(), set(),
        set(), {("owner", "overdue-1"), ("chief", "escalation")},
        set(), set(),
    ]  # fmt: skip


def test_another_beat_keeps_the_newsrooms_ladder(claim: Claim, chief: User) -> None:
    other = factories.BeatFactory.create()
    ladders.set_ladder(actor=chief, beat=other, hour=7, rungs=SHORT, now=NOW)

    assert sweep(at(24, month=3)) == {("owner", "heads-up")}


def test_a_new_ladder_holds_for_the_claims_that_are_open_already(
    claim: Claim, beat: Beat, chief: User
) -> None:
    rungs = (Step("heads-up", -30, "owner"), Step("due", 0, "owner"))
    ladders.set_ladder(actor=chief, beat=beat, hour=None, rungs=rungs, now=at(10, month=3))

    assert sweep(at(10, month=3)) == {("owner", "heads-up")}


def test_a_change_of_the_ladder_tells_nobody_the_same_stage_again(
    claim: Claim, beat: Beat, chief: User
) -> None:
    assert sweep(DUE) == {("owner", "due")}
    ladders.set_ladder(actor=chief, beat=beat, hour=0, rungs=SHORT, now=DUE)

    assert sweep(DUE) == set()
    assert sweep(at(1)) == set()


def test_decided_claims_are_left_alone(beat: Beat, claim: Claim, chief: User) -> None:
    factories.decide(claim)
    ladders.set_ladder(actor=chief, beat=beat, hour=5, rungs=SHORT, now=NOW)

    assert fresh(claim).next_reminder_at is None


def test_the_way_back_to_the_newsrooms_ladder(beat: Beat, claim: Claim, chief: User) -> None:
    ladders.set_ladder(actor=chief, beat=beat, hour=7, rungs=SHORT, now=NOW)
    ladders.set_ladder(actor=chief, beat=beat, hour=None, rungs=None, now=NOW)

    assert (beat.rungs.count(), Beat.objects.get().reminder_hour) == (0, None)
    assert sweep(at(24, month=3)) == {("owner", "heads-up")}


def test_the_newsrooms_own_ladder_is_not_kept_as_the_beats(beat: Beat, chief: User) -> None:
    ladders.set_ladder(actor=chief, beat=beat, hour=None, rungs=LADDER[::-1], now=NOW)

    assert beat.rungs.count() == 0


def test_the_ledger_has_the_ladder_before_and_after(beat: Beat, chief: User) -> None:
    ladders.set_ladder(actor=chief, beat=beat, hour=7, rungs=SHORT, now=NOW)

    entry = last_entry()
    assert (entry.action, entry.actor) == ("ladder set", chief)
    assert entry.content == {
        "slug": beat.slug,
        "reminder_hour": 7,
        "rungs": [
            "heads-up -2 owner",
            "due +0 owner",
            "escalation +2 managing",
            "overdue-1 +2 owner",
        ],
        "before": {"reminder_hour": None, "rungs": []},
    }


def test_what_is_not_changed_is_not_written(beat: Beat, chief: User) -> None:
    ladders.set_ladder(actor=chief, beat=beat, hour=7, rungs=SHORT, now=NOW)

    with nothing_changes():
        ladders.set_ladder(actor=chief, beat=beat, hour=7, rungs=SHORT[::-1], now=at(1))


def test_every_wrong_rung_is_named(beat: Beat, chief: User) -> None:
    rungs = (Step("heads-up", 1, "owner"), Step("escalation", 400, "editor"))

    with refuses("reminder_hour", "heads-up.owner", "escalation.editor", "due.owner"):
        ladders.set_ladder(actor=chief, beat=beat, hour=24, rungs=rungs, now=NOW)
    with refuses("reminder_hour"):
        ladders.set_ladder(actor=chief, beat=beat, hour=-1, rungs=None, now=NOW)
    with refuses("due.owner"):
        ladders.set_ladder(actor=chief, beat=beat, hour=None, rungs=[], now=NOW)


@pytest.mark.parametrize("rank", RANKS)
def test_who_may_not_change_a_beat_changes_no_ladder(rank: str, beat: Beat) -> None:
    actor = somebody(rank)
    if rank == "managing editor":
        ladders.set_ladder(actor=actor, beat=beat, hour=7, rungs=SHORT, now=NOW)
        return
    with nothing_changes(), pytest.raises(PermissionDenied):
        ladders.set_ladder(actor=actor, beat=beat, hour=7, rungs=SHORT, now=NOW)


def test_a_claim_that_changes_its_beat_changes_its_ladder(
    claim: Claim, chief: User, owner: User
) -> None:
    brief = factories.BeatFactory.create()
    ladders.set_ladder(
        actor=chief,
        beat=brief,
        hour=None,
        rungs=(Step("heads-up", -60, "owner"), Step("due", 0, "owner")),
        now=NOW,
    )
    moved = fresh(claim)
    claims.edit(actor=owner, claim=moved, version=moved.version, changes={"beat": brief}, now=NOW)

    assert sweep(at(10, month=3)) == {("owner", "heads-up")}


def test_a_new_editor_in_charge_is_told_of_what_is_late_already(
    claim: Claim, beat: Beat, chief: User
) -> None:
    assert sweep(at(4)) == {("owner", "overdue-3")}
    sweep(at(4, 10))  # from here on the claim rests until the seventh day
    sources.edit_beat(actor=chief, beat=beat, changes={"editor": chief}, now=at(5))

    assert sweep(at(5)) == {("chief", "escalation")}


def test_a_sweep_takes_the_same_queries_for_one_claim_as_for_many(owner: User, chief: User) -> None:
    counts = [queries_of_a_sweep(owner, chief, number) for number in (6, 18)]

    assert counts[0] == counts[1]


def queries_of_a_sweep(owner: User, chief: User, number: int) -> int:
    """Claims of a beat each, with ladders, watchers, snoozes and deadlines of their own."""
    Claim.objects.update(next_reminder_at=None)
    for index in range(number):
        beat = factories.BeatFactory.create(editor=chief, reminder_hour=index % 3)
        ladders.set_ladder(actor=chief, beat=beat, hour=index % 3, rungs=SHORT, now=NOW)
        claim = factories.claim(
            actor=owner, beat=beat, deadline=DEADLINE - timedelta(days=index % 3), reports=[]
        )
        watches.watch(actor=chief, claim=claim, user=factories.reporter(), now=NOW)
        if index % 2:
            snoozes.snooze(actor=owner, claim=claim, until=date(2026, 3, 1), now=NOW)
    with CaptureQueriesContext(connection) as captured:
        assert reminders._look(at(5))[0] == number
    return len(captured)
