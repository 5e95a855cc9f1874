"""Deciding, revising, voiding and reopening."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests import factories
from tests.services.desk import DAY, LONG, RANKS, last_entry, somebody
from tests.services.rows import everything, nothing_changes, refuses
from tests.services.tampering import without_triggers
from verification.models import Claim, Record, User, Verdict
from verification.services import (
    claims,
    crosscheck,
    ledgerexport,
    payloads,
    recomputing,
    records,
    turns,
    verdicts,
)
from verification.services.drafts import EvidenceDraft
from verification.services.errors import Conflict

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
TODAY = date(2026, 4, 1)
KNOWN = date(2026, 2, 27)


@pytest.fixture
def manon() -> User:
    """A managing editor."""
    return factories.managing_editor(username="manon")


@pytest.fixture
def claim(manon: User) -> Claim:
    """Due on 31 March by the word of its one source, who asserted it on 29 January."""
    return factories.claim(actor=manon)


def decide(claim: Claim, actor: User, **fields: Any) -> Verdict:
    fine: dict[str, Any] = {
        "version": claim.version,
        "outcome": "confirmed",
        "rationale": "Announced.",
        "became_known_on": KNOWN,
        "evidence": [factories.evidence()],
        "now": NOW,
    }
    verdict = verdicts.decide(actor=actor, claim=claim, **(fine | fields))
    claim.refresh_from_db()
    return verdict


def revise(claim: Claim, actor: User, **fields: Any) -> Verdict:
    fine: dict[str, Any] = {
        "version": claim.version,
        "outcome": "denied",
        "rationale": "The company has taken it back.",
        "became_known_on": KNOWN + DAY,
        "evidence": [factories.evidence()],
        "now": NOW + timedelta(hours=1),
    }
    verdict = verdicts.revise(actor=actor, claim=claim, **(fine | fields))
    claim.refresh_from_db()
    return verdict


def void(claim: Claim, actor: User, **fields: Any) -> Verdict:
    fine: dict[str, Any] = {"version": claim.version, "rationale": "Logged twice.", "now": NOW}
    verdict = verdicts.void(actor=actor, claim=claim, **(fine | fields))
    claim.refresh_from_db()
    return verdict


def reopen(claim: Claim, actor: User, **fields: Any) -> Verdict:
    fine: dict[str, Any] = {"version": claim.version, "rationale": "Too early.", "now": NOW}
    verdict = verdicts.reopen(actor=actor, claim=claim, **(fine | fields))
    claim.refresh_from_db()
    return verdict


# --- A verdict ------------------------------------------------------------------------------------


def test_a_verdict_sets_the_outcome_and_credits_the_source(claim: Claim, manon: User) -> None:
    verdict = decide(
        claim,
        manon,
        rationale=" Announced\nby both. ",
        evidence=[
            EvidenceDraft(
                title=" The  announcement ", url="HTTPS://example.org/a", published_on=KNOWN
            ),
            factories.evidence(),
        ],
    )
    assert (claim.outcome, claim.verdict, claim.version) == ("confirmed", verdict, 2)
    assert claim.next_reminder_at is None
    assert verdict.rationale == "Announced\nby both."
    assert (verdict.became_known_on, verdict.decided_by, verdict.decided_at) == (KNOWN, manon, NOW)
    assert [(row.title, row.url, row.published_on) for row in verdict.evidence.all()] == [
        ("The announcement", "https://example.org/a", KNOWN),
        ("The company's announcement", "https://example.org/announcement", None),
    ]
    position = claim.positions.get()
    assert (position.credit, position.first, position.lead_days) == ("hit", True, 29)
    assert recomputing.differences() == []


def test_the_three_times_are_kept_apart(claim: Claim, manon: User) -> None:
    verdict = decide(claim, manon)
    assert claim.deadline == date(2026, 3, 31)
    assert verdict.became_known_on == date(2026, 2, 27)
    assert verdict.decided_at == datetime(2026, 4, 1, 9, tzinfo=UTC)


def test_the_ledger_tells_the_whole_of_a_verdict(claim: Claim, manon: User) -> None:
    decide(claim, manon, evidence=[factories.evidence(published_on=KNOWN)])
    entry = last_entry()
    assert (entry.action, entry.actor_name, entry.claim) == ("verdict", "manon", claim)
    assert entry.content == {
        "outcome": "confirmed",
        "rationale": "Announced.",
        "became_known_on": "2026-02-27",
        "evidence": [
            {
                "title": "The company's announcement",
                "url": "https://example.org/announcement",
                "published_on": "2026-02-27",
            }
        ],
        "supersedes": None,
    }


def test_a_lapse_is_known_on_the_day_after_the_deadline(claim: Claim, manon: User) -> None:
    late = datetime(2026, 5, 5, tzinfo=UTC)
    verdict = decide(
        claim, manon, outcome="lapsed", became_known_on=None, evidence=[], rationale="", now=late
    )
    assert verdict.became_known_on == date(2026, 4, 1)
    assert claim.positions.get().reason == "asserted-lapsed"


def test_an_outcome_without_a_day_became_known_today_in_the_newsrooms_zone(
    claim: Claim, manon: User, settings: Any
) -> None:
    settings.NEWSROOM_TIME_ZONE = "Asia/Tokyo"
    evening = datetime(2026, 3, 30, 15, 30, tzinfo=UTC)  # the 31st in Tokyo
    assert decide(claim, manon, became_known_on=None, now=evening).became_known_on == date(
        2026, 3, 31
    )


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
def test_a_claim_can_lapse_from_the_midnight_after_its_deadline_in_the_newsrooms_zone(
    claim: Claim, manon: User, settings: Any, zone: str
) -> None:
    settings.NEWSROOM_TIME_ZONE = zone
    hours = {"Pacific/Kiritimati": -14, "UTC": 0, "Pacific/Pago_Pago": 11}[zone]
    midnight = datetime(2026, 4, 1, tzinfo=UTC) + timedelta(hours=hours)
    lapse = {"outcome": "lapsed", "became_known_on": None, "evidence": []}
    with refuses("outcome", "became_known_on"):
        decide(claim, manon, now=midnight - timedelta(microseconds=1), **lapse)
    assert decide(claim, manon, now=midnight, **lapse).became_known_on == date(2026, 4, 1)


def test_what_became_known_on_the_deadline_itself_is_in_time(claim: Claim, manon: User) -> None:
    decide(claim, manon, became_known_on=claim.deadline)
    assert claim.positions.get().credit == "hit"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"outcome": "open"}, {"outcome"}),
        ({"outcome": ""}, {"outcome"}),
        ({"outcome": "Confirmed"}, {"outcome"}),
        ({"outcome": "reopened"}, {"outcome"}),
        ({"evidence": []}, {"evidence"}),
        ({"outcome": "denied", "evidence": []}, {"evidence"}),
        ({"became_known_on": TODAY + DAY}, {"became_known_on"}),
        ({"outcome": "lapsed", "became_known_on": KNOWN}, {"became_known_on"}),
        ({"outcome": "void", "rationale": " "}, {"rationale"}),
        ({"rationale": LONG}, {"rationale"}),
        ({"rationale": "\x00"}, {"rationale"}),
        ({"rationale": "\ud800"}, {"rationale"}),
        ({"evidence": [factories.evidence(url="javascript:alert(1)")]}, {"evidence.0.url"}),
        ({"evidence": [factories.evidence(), factories.evidence(url="")]}, {"evidence.1.url"}),
        ({"evidence": [factories.evidence(title=" ")]}, {"evidence.0.title"}),
        ({"evidence": [factories.evidence(title="x" * 301)]}, {"evidence.0.title"}),
        ({"evidence": [factories.evidence(title="\x08")]}, {"evidence.0.title"}),
        (
            {"evidence": [factories.evidence(published_on=TODAY + DAY)]},
            {"evidence.0.published_on"},
        ),
        (
            {
                "outcome": "lapsed",
                "became_known_on": TODAY + DAY,
                "evidence": [factories.evidence(title="", url="ftp://x")],
            },
            {"became_known_on", "evidence.0.title", "evidence.0.url"},
        ),
    ],
)
def test_a_wrong_verdict_is_refused_by_its_fields(
    claim: Claim, manon: User, fields: dict[str, Any], wrong: set[str]
) -> None:
    with refuses(*wrong):
        decide(claim, manon, **fields)


def test_evidence_of_today_is_in_order(claim: Claim, manon: User) -> None:
    assert decide(claim, manon, evidence=[factories.evidence(published_on=TODAY)]).pk


def test_a_claim_can_be_confirmed_before_its_deadline_but_not_lapse(
    claim: Claim, manon: User
) -> None:
    early = datetime(2026, 3, 1, tzinfo=UTC)
    with refuses("outcome", "became_known_on"):
        decide(claim, manon, outcome="lapsed", became_known_on=None, evidence=[], now=early)
    assert decide(claim, manon, now=early).outcome == "confirmed"


def test_a_claim_without_reports_can_be_decided(manon: User) -> None:
    claim = factories.claim(actor=manon, reports=[])
    decide(claim, manon)
    assert (claim.outcome, Record.objects.count()) == ("confirmed", 0)


# --- A decided claim ------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [None, 2])
def test_a_decided_claim_is_not_decided_again(
    claim: Claim, manon: User, version: int | None
) -> None:
    decide(claim, manon)
    with nothing_changes(), pytest.raises(Conflict) as caught:
        decide(claim, manon, outcome="denied", version=version)
    assert caught.value.claim.outcome == "confirmed"


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed", "void"])
def test_a_void_claim_takes_no_verdict(claim: Claim, manon: User, outcome: str) -> None:
    void(claim, manon)
    with refuses("outcome"):
        decide(claim, manon, outcome=outcome)
    with refuses("outcome"):
        revise(claim, manon, outcome=outcome)


def test_an_undecided_claim_is_not_revised_or_reopened(claim: Claim, manon: User) -> None:
    with refuses("outcome"):
        revise(claim, manon)
    with refuses("outcome"):
        reopen(claim, manon)


def test_a_revision_supersedes_and_the_earlier_verdict_stays_readable(
    claim: Claim, manon: User
) -> None:
    first = decide(claim, manon)
    second = revise(claim, manon)
    assert (claim.outcome, claim.verdict, claim.version) == ("denied", second, 3)
    assert (second.supersedes, list(claim.verdicts.all())) == (first, [second, first])
    assert Verdict.objects.get(pk=first.pk).outcome == "confirmed"
    assert first.evidence.count() == 1
    assert (last_entry().action, last_entry().content["supersedes"]) == (
        "verdict revised",
        "confirmed",
    )
    assert claim.positions.get().credit == "miss"


def test_a_revision_takes_a_reason(claim: Claim, manon: User) -> None:
    decide(claim, manon)
    with refuses("rationale"):
        revise(claim, manon, rationale=" ")


def test_the_reason_for_a_correction_is_kept_and_told_apart_from_what_happened(
    claim: Claim, manon: User
) -> None:
    decide(claim, manon)
    assert "correction" not in last_entry().content
    verdict = revise(claim, manon, rationale="Withdrawn.", correction="  We misread it.\n")
    assert (verdict.rationale, verdict.correction) == ("Withdrawn.", "We misread it.")
    assert last_entry().content["correction"] == "We misread it."
    assert b"We misread it." in b"".join(ledgerexport.lines(public=True)), "readers may read it"
    assert payloads.read(claim.pk, claim.logged_at)["verdict"]["correction"] == "We misread it."
    with refuses("correction"):
        revise(claim, manon, correction="x" * 2001)


def test_a_reason_that_is_not_the_ledgers_is_found(claim: Claim, manon: User) -> None:
    decide(claim, manon)
    verdict = revise(claim, manon, correction="We misread it.")
    assert list(crosscheck.differences()) == []
    verdict.correction = "They misled us."
    without_triggers(verdict.save)
    assert any("correction" in found for found in crosscheck.differences())


def test_a_revision_can_correct_only_the_day(claim: Claim, manon: User) -> None:
    decide(claim, manon)
    revise(claim, manon, outcome="confirmed", became_known_on=KNOWN - DAY)
    assert claim.positions.get().lead_days == 28
    assert recomputing.differences() == []


def test_an_outcome_that_turns_out_to_have_been_known_before_the_report_counts_nowhere(
    claim: Claim, manon: User
) -> None:
    decide(claim, manon)
    revise(claim, manon, outcome="confirmed", became_known_on=date(2026, 1, 28))
    assert claim.positions.get().reason == "after-outcome"
    assert recomputing.differences() == []


@pytest.mark.parametrize("decided", [False, True])
def test_a_void_takes_a_claim_out_of_every_record(claim: Claim, manon: User, decided: bool) -> None:
    if decided:
        decide(claim, manon)
    verdict = void(claim, manon)
    assert (claim.outcome, claim.verdict, verdict.became_known_on) == ("void", verdict, None)
    record = Record.objects.get()
    assert (record.hits, record.open, record.uncounted) == (0, 0, 1)
    assert claim.next_reminder_at is None


def test_a_void_keeps_no_day_even_if_one_is_given(claim: Claim, manon: User) -> None:
    assert decide(claim, manon, outcome="void", evidence=[]).became_known_on is None


@pytest.mark.parametrize("outcome", ["confirmed", "lapsed", "void"])
def test_a_reopened_claim_is_undecided_and_its_reminders_run_again(
    claim: Claim, manon: User, outcome: str
) -> None:
    factories.decide(claim, outcome)
    withdrawn = reopen(claim, manon)
    assert (claim.outcome, claim.verdict) == ("", None)
    assert withdrawn.outcome == "reopened"
    assert claim.next_reminder_at == NOW
    assert claim.positions.get().credit == "open"
    assert last_entry().action == "claim reopened"
    assert last_entry().content["supersedes"] == outcome


def test_reopening_takes_a_reason(claim: Claim, manon: User) -> None:
    decide(claim, manon)
    with refuses("rationale"):
        reopen(claim, manon, rationale="\n")


def test_a_chain_of_void_reopened_decided_revised_holds_at_every_link(
    claim: Claim, manon: User
) -> None:
    chain = [
        void(claim, manon),
        reopen(claim, manon),
        decide(claim, manon, rationale=""),
        reopen(claim, manon),
        void(claim, manon),
        reopen(claim, manon),
        decide(claim, manon, outcome="denied"),
        revise(claim, manon, outcome="lapsed", became_known_on=None, evidence=[]),
    ]
    assert list(claim.verdicts.order_by("id")) == chain
    assert [verdict.supersedes for verdict in chain] == [None, *chain[:-1]]
    assert (claim.outcome, claim.verdict, claim.version) == ("lapsed", chain[-1], 9)
    assert recomputing.differences() == []


def test_a_revision_moves_every_tally_back_exactly(manon: User) -> None:
    sources = [factories.SourceFactory.create() for _ in range(4)]
    claim = factories.claim(
        actor=manon,
        reports=[
            factories.report_draft(sources[0]),
            factories.report_draft(sources[1], stance="disputes"),
            factories.report_draft(sources[2], via=sources[0]),
            factories.report_draft(sources[3], stance="observes"),
        ],
    )

    def tallies() -> list[tuple[object, ...]]:
        return list(Record.objects.order_by("source").values_list("source", *records.TALLIES))

    before = tallies()
    decide(claim, manon)
    after = tallies()
    revise(claim, manon)
    assert tallies() != after
    revise(claim, manon, outcome="confirmed", became_known_on=KNOWN)
    assert tallies() == after
    reopen(claim, manon)
    assert tallies() == before


# --- Who may --------------------------------------------------------------------------------------

Act = Callable[[Claim, User], object]
ACTS: dict[str, tuple[bool, Act, str]] = {
    "decide": (False, decide, "editor"),
    "lapse": (
        False,
        lambda claim, user: decide(
            claim, user, outcome="lapsed", became_known_on=None, evidence=[]
        ),
        "editor",
    ),
    "decide as void": (
        False,
        lambda claim, user: decide(claim, user, outcome="void"),
        "managing editor",
    ),
    "void": (False, void, "managing editor"),
    "void a decided one": (True, void, "managing editor"),
    "revise": (True, revise, "managing editor"),
    "revise to void": (
        True,
        lambda claim, user: revise(claim, user, outcome="void"),
        "managing editor",
    ),
    "reopen": (True, reopen, "managing editor"),
    "revise to reopened": (
        True,
        lambda claim, user: revise(claim, user, outcome="reopened"),
        "managing editor",
    ),
}


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(claim: Claim, manon: User, rank: str, act: str) -> None:
    decided, do, lowest = ACTS[act]
    if decided:
        decide(claim, manon)
    user = somebody(rank)
    if RANKS.index(rank) >= RANKS.index(lowest):
        do(claim, user)
        assert last_entry().actor == user
        assert recomputing.differences() == []
    else:
        with nothing_changes(), pytest.raises(PermissionDenied):
            do(claim, user)


# --- Races ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [0, 1, 3])
def test_who_has_read_another_version_loses_and_is_told(
    claim: Claim, manon: User, version: int
) -> None:
    claims.assign(actor=manon, claim=claim, version=1, assignee=manon, now=NOW)
    for act in (decide, void):
        with nothing_changes(), pytest.raises(Conflict):
            act(claim, manon, version=version)
    decide(claim, manon, version=2)
    for act in (revise, void, reopen):
        with nothing_changes(), pytest.raises(Conflict):
            act(claim, manon, version=version - 1)


def test_a_version_may_be_left_out_of_a_first_verdict(claim: Claim, manon: User) -> None:
    claims.assign(actor=manon, claim=claim, version=1, assignee=manon, now=NOW)
    assert decide(claim, manon, version=None).outcome == "confirmed"


def test_who_looks_at_an_old_page_and_voids_is_told_what_happened_meanwhile(
    claim: Claim, manon: User
) -> None:
    old = Claim.objects.get(pk=claim.pk)
    decide(claim, manon)
    with nothing_changes(), pytest.raises(Conflict) as caught:
        verdicts.void(actor=manon, claim=old, version=1, rationale="Twice.", now=NOW)
    assert caught.value.claim.outcome == "confirmed"


@pytest.mark.parametrize("version", [1, None])
@pytest.mark.parametrize("first", ["denied", "void"])
def test_of_two_decisions_at_once_the_second_writes_nothing(
    claim: Claim,
    manon: User,
    version: int | None,
    first: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take = turns.take
    won: dict[str, Any] = {}

    def somebody_else_first(mine: Claim, **changes: object) -> None:
        monkeypatch.setattr(turns, "take", take)
        decide(Claim.objects.get(pk=claim.pk), manon, version=1, outcome=first)
        won.update(everything())
        take(mine, **changes)

    monkeypatch.setattr(turns, "take", somebody_else_first)
    with pytest.raises(Conflict):
        decide_without_refresh(claim, manon, version)
    # The winner wrote inside the loser's transaction here, so that went too; nothing else is left.
    assert len(won["Verdict"]) == 1
    assert (Verdict.objects.count(), recomputing.differences()) == (0, [])


def decide_without_refresh(claim: Claim, actor: User, version: int | None) -> Verdict:
    return verdicts.decide(
        actor=actor,
        claim=claim,
        version=version,
        outcome="confirmed",
        became_known_on=KNOWN,
        evidence=[factories.evidence()],
        now=NOW,
    )


def test_a_verdict_that_fails_halfway_leaves_nothing(
    claim: Claim, manon: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(verdicts.ledger, "append", broken)
    with nothing_changes(), pytest.raises(RuntimeError):
        decide(claim, manon)
