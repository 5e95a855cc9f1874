"""What a reminder ladder may look like."""

from __future__ import annotations

import pytest

from verification.domain.deadlines import LADDER, Step
from verification.domain.ladders import Fault, faults

DUE = Step("due", 0, "owner")


def test_the_newsrooms_own_ladder_stands() -> None:
    assert faults(LADDER) == {}


def test_the_least_ladder_tells_the_owner_on_the_day() -> None:
    assert faults([DUE]) == {}


@pytest.mark.parametrize("steps", [[], [Step("due", 0, "editor")], [Step("overdue-1", 1, "owner")]])
def test_nobody_can_take_away_that_the_owner_is_told_on_the_day(steps: list[Step]) -> None:
    assert faults(steps) == {("due", "owner"): Fault.OWNER_NOT_TOLD}


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (Step("soon", -3, "owner"), Fault.UNKNOWN_STAGE),
        (Step("overdue-1", 1, "readers"), Fault.UNKNOWN_AUDIENCE),  # type: ignore[arg-type]
        (Step("heads-up", 0, "owner"), Fault.NOT_BEFORE),
        (Step("heads-up", 1, "editor"), Fault.NOT_BEFORE),
        (Step("heads-up", -367, "owner"), Fault.TOO_FAR),
        (Step("overdue-7", 367, "owner"), Fault.TOO_FAR),
        (Step("due", 1, "watcher"), Fault.NOT_ON),
        (Step("overdue-1", 0, "owner"), Fault.NOT_AFTER),
        (Step("overdue-7", -7, "managing"), Fault.NOT_AFTER),
        (Step("escalation", 0, "editor"), Fault.NOT_AFTER),
    ],
)
def test_a_rung_out_of_place_is_named_with_its_fault(step: Step, fault: Fault) -> None:
    assert faults([DUE, step]) == {(step.stage, step.audience): fault}


def test_due_on_another_day_is_refused_for_the_owner_too() -> None:
    assert faults([Step("due", 1, "owner")]) == {("due", "owner"): Fault.NOT_ON}


def test_what_is_overdue_comes_in_its_order() -> None:
    steps = [DUE, Step("overdue-1", 5, "owner"), Step("overdue-3", 4, "owner")]
    assert faults(steps) == {("overdue-3", "owner"): Fault.OUT_OF_ORDER}
    # Each audience has an order of its own, and may leave a stage out.
    others = [DUE, Step("overdue-1", 5, "owner"), Step("overdue-3", 4, "editor")]
    assert faults(others) == {}
    gap = [DUE, Step("overdue-1", 5, "owner"), Step("overdue-7", 5, "owner")]
    assert faults(gap) == {("overdue-7", "owner"): Fault.OUT_OF_ORDER}


def test_no_audience_is_told_of_two_stages_on_one_day() -> None:
    steps = [DUE, Step("overdue-3", 3, "editor"), Step("escalation", 3, "editor")]
    assert faults(steps) == {("escalation", "editor"): Fault.SAME_DAY}


def test_an_audience_has_one_day_for_a_stage() -> None:
    steps = [DUE, Step("escalation", 3, "editor"), Step("escalation", 5, "editor")]
    assert faults(steps) == {("escalation", "editor"): Fault.TWICE}


def test_a_rung_may_be_as_far_as_a_year_away_and_no_farther() -> None:
    assert faults([Step("heads-up", -366, "owner"), DUE, Step("overdue-7", 366, "owner")]) == {}
