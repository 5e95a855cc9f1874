"""What makes a verdict acceptable, and what a reader is told of a claim."""

from datetime import date, timedelta

import pytest

from verification.domain import outcomes
from verification.domain.outcomes import Fault, Outcome, Status

DEADLINE = date(2026, 3, 31)
DAY = timedelta(days=1)
AFTER = DEADLINE + DAY


def faults(outcome: str = "confirmed", **fields: object) -> dict[str, Fault]:
    """Of a verdict of 1 April that nothing is wrong with, unless told otherwise."""
    fine = {
        "current": "",
        "deadline": DEADLINE,
        "became_known_on": AFTER if outcome == "lapsed" else date(2026, 2, 27),
        "rationale": "Announced.",
        "evidence": ["a page"],
        "today": AFTER,
    }
    return outcomes.faults(outcome=outcome, **(fine | fields))


# --- Status ---------------------------------------------------------------------------------------


def test_on_the_day_of_its_deadline_a_claim_is_still_open() -> None:
    assert outcomes.status("", DEADLINE, DEADLINE) is Status.OPEN


def test_from_the_day_after_its_deadline_a_claim_awaits_its_verdict_and_has_not_lapsed() -> None:
    assert outcomes.status("", DEADLINE, AFTER) is Status.AWAITING


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed", "void"])
@pytest.mark.parametrize("today", [DEADLINE - DAY, AFTER])
def test_a_decided_claim_has_the_status_of_its_outcome_on_any_day(
    outcome: str, today: date
) -> None:
    assert outcomes.status(outcome, DEADLINE, today) == outcome


def test_no_claim_has_the_status_reopened() -> None:
    with pytest.raises(ValueError, match="reopened"):
        outcomes.status("reopened", DEADLINE, AFTER)


# --- The day on which it became known -------------------------------------------------------------


def test_a_lapse_is_known_on_the_day_after_the_deadline() -> None:
    assert outcomes.default_known_day("lapsed", DEADLINE, AFTER + 30 * DAY) == AFTER


@pytest.mark.parametrize("outcome", ["confirmed", "denied"])
def test_an_outcome_without_a_day_became_known_today(outcome: str) -> None:
    assert outcomes.default_known_day(outcome, DEADLINE, AFTER) == AFTER


@pytest.mark.parametrize("outcome", ["void", "reopened"])
def test_a_void_or_reopened_claim_has_no_such_day(outcome: str) -> None:
    assert outcomes.default_known_day(outcome, DEADLINE, AFTER) is None


# --- Faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed", "void"])
def test_a_verdict_with_all_that_it_needs_stands(outcome: str) -> None:
    assert faults(outcome) == {}


@pytest.mark.parametrize("outcome", ["", "open", "awaiting", "Confirmed", "true"])
def test_an_unknown_outcome_is_refused(outcome: str) -> None:
    assert faults(outcome) == {"outcome": Fault.UNKNOWN_OUTCOME}


@pytest.mark.parametrize("outcome", ["confirmed", "denied"])
def test_confirmed_and_denied_need_evidence(outcome: str) -> None:
    assert faults(outcome, evidence=[]) == {"evidence": Fault.EVIDENCE_MISSING}


@pytest.mark.parametrize("outcome", ["lapsed", "void"])
def test_lapsed_and_void_need_no_evidence(outcome: str) -> None:
    assert faults(outcome, evidence=[]) == {}


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed"])
def test_a_first_verdict_needs_no_rationale(outcome: str) -> None:
    assert faults(outcome, rationale="") == {}


def test_a_void_needs_a_rationale() -> None:
    assert faults("void", rationale=" \n") == {"rationale": Fault.RATIONALE_MISSING}


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed", "void"])
def test_a_revision_needs_a_rationale(outcome: str) -> None:
    assert faults(outcome, current="denied", rationale=" ") == {
        "rationale": Fault.RATIONALE_MISSING
    }


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed", "void"])
def test_a_void_claim_stays_void_unless_it_is_reopened(outcome: str) -> None:
    assert faults(outcome, current="void") == {"outcome": Fault.ALREADY_VOID}
    assert faults("reopened", current="void") == {}


def test_a_claim_cannot_lapse_before_its_deadline_or_on_that_day() -> None:
    assert faults("lapsed", today=DEADLINE, became_known_on=None)["outcome"] == (
        Fault.LAPSED_TOO_EARLY
    )
    assert faults("lapsed", today=AFTER) == {}


@pytest.mark.parametrize("outcome", ["confirmed", "denied"])
def test_a_claim_can_be_confirmed_or_denied_before_its_deadline(outcome: str) -> None:
    assert faults(outcome, today=date(2026, 2, 27)) == {}


def test_a_lapse_cannot_have_been_known_while_the_deadline_ran() -> None:
    assert faults("lapsed", became_known_on=DEADLINE) == {
        "became_known_on": Fault.LAPSED_KNOWN_TOO_EARLY
    }


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed"])
def test_a_decision_on_the_merits_needs_the_day_on_which_it_became_known(outcome: str) -> None:
    assert faults(outcome, became_known_on=None) == {"became_known_on": Fault.KNOWN_DAY_MISSING}


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed"])
def test_an_outcome_cannot_become_known_tomorrow(outcome: str) -> None:
    assert faults(outcome, became_known_on=AFTER + DAY) == {
        "became_known_on": Fault.KNOWN_DAY_IN_FUTURE
    }
    assert faults(outcome, became_known_on=AFTER) == {}


def test_an_outcome_known_on_the_deadline_itself_is_in_time() -> None:
    assert faults("confirmed", became_known_on=DEADLINE) == {}


def test_reopening_needs_a_verdict_to_withdraw_and_a_rationale() -> None:
    assert faults("reopened", current="") == {"outcome": Fault.NOT_DECIDED}
    assert faults("reopened", current="lapsed", rationale="") == {
        "rationale": Fault.RATIONALE_MISSING
    }
    assert faults("reopened", current="lapsed") == {}


def test_reopening_needs_neither_evidence_nor_a_day() -> None:
    assert faults("reopened", current="denied", evidence=[], became_known_on=None) == {}


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert faults(
        "lapsed", current="denied", rationale="", became_known_on=None, today=DEADLINE
    ) == {
        "outcome": Fault.LAPSED_TOO_EARLY,
        "rationale": Fault.RATIONALE_MISSING,
        "became_known_on": Fault.KNOWN_DAY_MISSING,
    }


def test_every_outcome_that_an_editor_can_give_is_one_that_a_reader_can_be_told() -> None:
    assert {*outcomes.DECIDABLE} == {*Outcome} - {Outcome.REOPENED}
    assert {*map(str, Status)} == {*map(str, outcomes.DECIDABLE), *map(str, outcomes.UNDECIDED)}


def test_two_verdicts_differ_in_the_parts_that_a_later_one_may_mend() -> None:
    before = {
        "outcome": "denied",
        "became_known_on": date(2026, 2, 20),
        "rationale": "They called it off.",
        "evidence": [{"title": "The statement"}],
        "supersedes": None,
    }
    assert (
        outcomes.differences(before, before | {"supersedes": "denied", "correction": "No."}) == ()
    )
    for part in ("outcome", "became_known_on", "rationale", "evidence"):
        assert outcomes.differences(before, before | {part: "other"}) == (part,)
    assert outcomes.differences(before, {}) == (
        "outcome",
        "became_known_on",
        "rationale",
        "evidence",
    )
