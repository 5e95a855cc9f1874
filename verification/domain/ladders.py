"""What a reminder ladder may look like: the rules that hold for the ladder of every beat.

A beat may choose which days, and whom; it may not choose that nobody is told on the day itself.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from itertools import pairwise

from verification.domain.deadlines import STAGES, Step

AUDIENCES = ("owner", "editor", "managing", "watcher")

#: A rung lies within so many days of the deadline, before it or after it.
OFFSET_MAX = 366

#: The stages after the deadline that follow one another.
OVERDUE = ("overdue-1", "overdue-3", "overdue-7")

#: What nobody can take away: on the day of the deadline its owner is told.
ALWAYS = Step("due", 0, "owner")

#: The place of a rung: its stage and its audience.
Place = tuple[str, str]


class Fault(Enum):
    """Why a rung cannot stand."""

    UNKNOWN_STAGE = "unknown_stage"
    UNKNOWN_AUDIENCE = "unknown_audience"
    TWICE = "twice"
    TOO_FAR = "too_far"
    NOT_BEFORE = "not_before"
    NOT_ON = "not_on"
    NOT_AFTER = "not_after"
    OUT_OF_ORDER = "out_of_order"
    SAME_DAY = "same_day"
    OWNER_NOT_TOLD = "owner_not_told"


def faults(steps: Iterable[Step]) -> dict[Place, Fault]:
    """Why the ladder cannot stand: one fault for each wrong rung, none where it can.

    The heads-up comes before the deadline, `due` on its day, everything else after it; what is
    overdue comes in its order; and no audience is told of two stages on one day, since only one of
    them could be current.
    """
    found: dict[Place, Fault] = {}
    rungs: dict[Place, Step] = {}
    for step in steps:
        place: Place = (step.stage, step.audience)
        fault = Fault.TWICE if place in rungs else _alone(step)
        rungs[place] = step
        if fault:
            found[place] = fault
    for audience in AUDIENCES:
        mine = [step for step in rungs.values() if step.audience == audience]
        for wrong, fault in _together(mine, found).items():
            found.setdefault(wrong, fault)
    if (ALWAYS.stage, ALWAYS.audience) not in rungs:
        found[ALWAYS.stage, ALWAYS.audience] = Fault.OWNER_NOT_TOLD
    return found


def _alone(step: Step) -> Fault | None:
    """What is wrong with one rung by itself."""
    if step.stage not in STAGES:
        return Fault.UNKNOWN_STAGE
    if step.audience not in AUDIENCES:
        return Fault.UNKNOWN_AUDIENCE
    if abs(step.offset_days) > OFFSET_MAX:
        return Fault.TOO_FAR
    if step.stage == "heads-up":
        return None if step.offset_days < 0 else Fault.NOT_BEFORE
    if step.stage == "due":
        return None if step.offset_days == 0 else Fault.NOT_ON
    return None if step.offset_days > 0 else Fault.NOT_AFTER


def _together(steps: list[Step], already: Mapping[Place, Fault]) -> dict[Place, Fault]:
    """What is wrong among the rungs of one audience, those with a fault of their own left out."""
    found: dict[Place, Fault] = {}
    sound = [step for step in steps if (step.stage, step.audience) not in already]
    overdue = sorted(
        (step for step in sound if step.stage in OVERDUE),
        key=lambda step: OVERDUE.index(step.stage),
    )
    for earlier, later in pairwise(overdue):
        if later.offset_days <= earlier.offset_days:
            found[later.stage, later.audience] = Fault.OUT_OF_ORDER
    taken: set[int] = set()
    for step in sound:
        if step.offset_days in taken:
            found.setdefault((step.stage, step.audience), Fault.SAME_DAY)
        taken.add(step.offset_days)
    return found
