"""Outcomes, statuses and what makes a verdict acceptable.

    open ──deadline passes──> awaiting
      │                          │
      └──────── decide ──────────┴──> confirmed | denied | lapsed | void
                                          │  revise: a later verdict supersedes
                                          └──reopen──> open | awaiting

A claim's *outcome* is what a verdict gave it (empty while nobody has decided); its *status* is what
a reader is told and follows from outcome, deadline and day. No verdict is ever edited: a later one
supersedes an earlier one. `reopened` is such a later verdict: it withdraws the earlier one and
leaves the claim undecided. A void claim stays void, unless it is reopened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum


class Outcome(StrEnum):
    """What a verdict says of a claim."""

    CONFIRMED = "confirmed"
    DENIED = "denied"
    LAPSED = "lapsed"
    VOID = "void"
    REOPENED = "reopened"


class Status(StrEnum):
    """What a reader is told of a claim."""

    OPEN = "open"
    AWAITING = "awaiting"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    LAPSED = "lapsed"
    VOID = "void"


#: Outcomes by which a claim counts as decided on its merits.
MERITS = frozenset({Outcome.CONFIRMED, Outcome.DENIED, Outcome.LAPSED})
#: Outcomes that nobody may give without evidence.
NEED_EVIDENCE = frozenset({Outcome.CONFIRMED, Outcome.DENIED})
#: What an editor can decide on an undecided claim; `void` and `reopened` are a managing editor's.
DECIDABLE = (Outcome.CONFIRMED, Outcome.DENIED, Outcome.LAPSED, Outcome.VOID)
UNDECIDED = (Status.OPEN, Status.AWAITING)


class Fault(StrEnum):
    """Why a verdict is refused; the faces put it into words."""

    UNKNOWN_OUTCOME = "unknown_outcome"
    ALREADY_VOID = "already_void"
    NOT_DECIDED = "not_decided"
    EVIDENCE_MISSING = "evidence_missing"
    RATIONALE_MISSING = "rationale_missing"
    KNOWN_DAY_MISSING = "known_day_missing"
    KNOWN_DAY_IN_FUTURE = "known_day_in_future"
    LAPSED_TOO_EARLY = "lapsed_too_early"
    LAPSED_KNOWN_TOO_EARLY = "lapsed_known_too_early"


def status(outcome: str, deadline: date, today: date) -> Status:
    """The status of a claim on the newsroom's day `today`.

    The deadline is inclusive: on that day the claim is still open, and from the next day on it
    awaits its verdict.
    """
    if outcome:
        return Status(outcome)
    return Status.AWAITING if deadline < today else Status.OPEN


def default_known_day(outcome: str, deadline: date, today: date) -> date | None:
    """The day on which an outcome became known, where the editor names none.

    A lapse is known on the day after the deadline; anything else is taken to have become known
    today; a void or reopened claim has no such day.
    """
    if outcome == Outcome.LAPSED:
        return deadline + timedelta(days=1)
    return today if outcome in NEED_EVIDENCE else None


#: The parts of a verdict that a later one may mend.
PARTS = ("outcome", "became_known_on", "rationale", "evidence")


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    """Which parts of a verdict a later one says otherwise, as the ledger names them, in order."""
    return tuple(part for part in PARTS if before.get(part) != after.get(part))


def faults(
    *,
    outcome: str,
    current: str,
    deadline: date,
    became_known_on: date | None,
    rationale: str,
    evidence: Sequence[object],
    today: date,
) -> dict[str, Fault]:
    """Why the verdict cannot stand: one fault for each wrong field, none where it can.

    `current` is the claim's present outcome (empty while undecided). Whether somebody *may* decide
    is not asked here.
    """
    if outcome not in set(Outcome):
        return {"outcome": Fault.UNKNOWN_OUTCOME}
    if outcome == Outcome.REOPENED:
        if not current:
            return {"outcome": Fault.NOT_DECIDED}
        return {} if rationale.strip() else {"rationale": Fault.RATIONALE_MISSING}
    if current == Outcome.VOID:
        return {"outcome": Fault.ALREADY_VOID}
    found: dict[str, Fault] = {}
    if outcome == Outcome.LAPSED and today <= deadline:
        found["outcome"] = Fault.LAPSED_TOO_EARLY
    if outcome in NEED_EVIDENCE and not evidence:
        found["evidence"] = Fault.EVIDENCE_MISSING
    if not rationale.strip() and (outcome == Outcome.VOID or current):
        found["rationale"] = Fault.RATIONALE_MISSING
    wrong_day = _known_day_fault(outcome, deadline, became_known_on, today)
    if wrong_day:
        found["became_known_on"] = wrong_day
    return found


def _known_day_fault(
    outcome: str, deadline: date, became_known_on: date | None, today: date
) -> Fault | None:
    """What is wrong with the day on which the outcome became known."""
    if outcome not in MERITS:
        return None
    if became_known_on is None:
        return Fault.KNOWN_DAY_MISSING
    if became_known_on > today:
        return Fault.KNOWN_DAY_IN_FUTURE
    if outcome == Outcome.LAPSED and became_known_on <= deadline:
        return Fault.LAPSED_KNOWN_TOO_EARLY
    return None
