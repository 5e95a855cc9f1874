"""Deciding, revising, voiding and reopening: the only way in which a claim gets an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import measures
from tracker.tally import tally
from verification import newsroom
from verification.domain import deadlines, outcomes
from verification.domain.outcomes import Fault, Outcome
from verification.models import Claim, Evidence, User, Verdict
from verification.models.choices import ProposalState, WebhookEvent
from verification.services import (
    ledger,
    notices,
    readings,
    records,
    reminders,
    schedule,
    snoozes,
    turns,
    webhooks,
)
from verification.services.drafts import Checks, EvidenceDraft, lines, one_line
from verification.services.errors import Conflict, allow

FAULT_WORDS = {
    Fault.UNKNOWN_OUTCOME: gettext_lazy("The outcome is one of: confirmed, denied, lapsed, void."),
    Fault.ALREADY_VOID: gettext_lazy("This claim is void: reopen it before you decide it."),
    Fault.NOT_DECIDED: gettext_lazy("Nobody has decided this claim, so it cannot be reopened."),
    Fault.EVIDENCE_MISSING: gettext_lazy(
        "A confirmed or denied claim takes at least one piece of evidence, with title and address."
    ),
    Fault.RATIONALE_MISSING: gettext_lazy("Say why: readers will see it."),
    Fault.KNOWN_DAY_MISSING: gettext_lazy("Enter the day on which the outcome became known."),
    Fault.KNOWN_DAY_IN_FUTURE: gettext_lazy("The outcome cannot have become known after today."),
    Fault.LAPSED_TOO_EARLY: gettext_lazy(
        "The deadline has not passed: until then a claim cannot lapse."
    ),
    Fault.LAPSED_KNOWN_TOO_EARLY: gettext_lazy(
        "A lapse is known on the day after the deadline at the earliest."
    ),
}


@transaction.atomic
def decide(
    *,
    actor: User,
    claim: Claim,
    version: int | None,
    outcome: str,
    now: datetime,
    rationale: str = "",
    became_known_on: date | None = None,
    evidence: Sequence[EvidenceDraft] = (),
    confirmed_by: User | None = None,
    imported: bool = False,
) -> Verdict:
    """Gives an undecided claim its verdict, and moves records, reminders and ledger with it.

    `version` may be left out (none): then the claim only has to be undecided. Where somebody else
    decided meanwhile, Conflict is raised and nothing is written. Raises ValidationError (by field)
    and PermissionDenied.

    On a beat where a second editor confirms verdicts, it takes one that somebody else has
    `confirmed_by` reading it: see `proposals`. What is `imported` was decided elsewhere already.
    """
    allow(actor, permission(outcome, revising=False))
    claim = turns.read(claim, version)
    check_turn(claim, revising=False)
    if not imported:
        _check_second(actor, claim, confirmed_by)
    said = build(
        actor=actor,
        claim=claim,
        outcome=outcome,
        rationale=rationale,
        became_known_on=became_known_on,
        evidence=evidence,
        earlier=claim.verdicts.order_by("-id").first(),
        now=now,
    )
    verdict = _pronounce(said, claim, confirmed_by, now)
    if not imported and verdict.supersedes is None:
        _time(verdict)
    return verdict


def _time(verdict: Verdict) -> None:
    """Counts how long the newsroom took after the deadline, once the verdict stands."""
    due = deadlines.due_instant(verdict.claim.deadline, newsroom.zone())
    took = max((verdict.decided_at - due).total_seconds(), 0.0)
    outcome = verdict.outcome
    transaction.on_commit(lambda: tally.observe(measures.VERDICTS, took, outcome))


@transaction.atomic
def revise(
    *,
    actor: User,
    claim: Claim,
    version: int,
    outcome: str,
    rationale: str,
    now: datetime,
    became_known_on: date | None = None,
    evidence: Sequence[EvidenceDraft] = (),
    correction: str = "",
    confirmed_by: User | None = None,
) -> Verdict:
    """Supersedes the verdict of a decided claim with another one.

    `rationale` says what happened, `correction` why the earlier verdict did not stand; where it is
    empty, readers are told the rationale for it. The earlier verdict stays readable. Every tally
    that it moved is moved back. `confirmed_by` as with `decide`.
    """
    allow(actor, permission(outcome, revising=True))
    claim = turns.read(claim, version)
    check_turn(claim, revising=True)
    _check_second(actor, claim, confirmed_by)
    said = build(
        actor=actor,
        claim=claim,
        outcome=outcome,
        rationale=rationale,
        became_known_on=became_known_on,
        evidence=evidence,
        correction=correction,
        earlier=claim.verdicts.order_by("-id").first(),
        now=now,
    )
    return _pronounce(said, claim, confirmed_by, now)


def void(*, actor: User, claim: Claim, version: int, rationale: str, now: datetime) -> Verdict:
    """Takes a claim out of every record: logged in error, or unanswerable."""
    pronounce = revise if claim.outcome else decide
    return pronounce(
        actor=actor,
        claim=claim,
        version=version,
        outcome=Outcome.VOID,
        rationale=rationale,
        now=now,
    )


@transaction.atomic
def reopen(*, actor: User, claim: Claim, version: int, rationale: str, now: datetime) -> Verdict:
    """Withdraws the verdict: the claim is undecided again and its reminders run again.

    One editor is enough on every beat: it publishes nothing, and what is wrong comes off at once.
    """
    allow(actor, "revise_claim")
    claim = turns.read(claim, version)
    said = build(
        actor=actor,
        claim=claim,
        outcome=Outcome.REOPENED,
        rationale=rationale,
        became_known_on=None,
        evidence=(),
        earlier=claim.verdicts.order_by("-id").first(),
        now=now,
    )
    return _pronounce(said, claim, None, now)


# --- What is said, and whether it can stand -------------------------------------------------------


def permission(outcome: str, *, revising: bool) -> str:
    """What it takes to decide a claim so (a codename), or to revise its verdict."""
    if outcome == Outcome.VOID:
        return "void_claim"
    return "revise_claim" if revising else "decide_claim"


def check_turn(claim: Claim, *, revising: bool) -> None:
    """Raises Conflict or ValidationError unless the claim is there to be decided, or revised."""
    if revising:
        if not claim.outcome:
            raise ValidationError({"outcome": str(FAULT_WORDS[Fault.NOT_DECIDED])})
    elif claim.outcome == Outcome.VOID:
        raise ValidationError({"outcome": str(FAULT_WORDS[Fault.ALREADY_VOID])})
    elif claim.outcome:
        raise Conflict(claim)


def _check_second(actor: User, claim: Claim, confirmed_by: User | None) -> None:
    if confirmed_by == actor or (claim.beat.second_editor and confirmed_by is None):
        raise ValidationError(
            {"outcome": _("On this beat a second editor confirms a verdict: propose it.")}
        )


def build(
    *,
    actor: User,
    claim: Claim,
    outcome: str,
    rationale: str,
    became_known_on: date | None,
    evidence: Sequence[EvidenceDraft],
    earlier: Verdict | None,
    now: datetime,
    correction: str = "",
) -> tuple[Verdict, list[Evidence]]:
    """The rows of a verdict that supersedes `earlier`, not saved. The database is not asked.

    Raises ValidationError (by field).
    """
    today = newsroom.day(now)
    known_on = became_known_on or outcomes.default_known_day(outcome, claim.deadline, today)
    if outcome not in outcomes.MERITS:
        known_on = None
    faults = outcomes.faults(
        outcome=outcome,
        current=claim.outcome,
        deadline=claim.deadline,
        became_known_on=known_on,
        rationale=rationale,
        evidence=evidence,
        today=today,
    )
    checks = Checks()
    for name, fault in faults.items():
        checks.add(name, str(FAULT_WORDS[fault]))
    verdict = Verdict(
        claim=claim,
        outcome=outcome,
        rationale=lines(rationale),
        correction=lines(correction),
        became_known_on=known_on,
        decided_by=actor,
        decided_at=now,
        supersedes=earlier,
    )
    skip = ["claim", "decided_by", "supersedes"] + (["outcome"] if "outcome" in faults else [])
    checks.model(verdict, skip=skip)
    rows = [
        Evidence(
            verdict=verdict,
            title=one_line(draft.title),
            url=draft.url.strip(),
            published_on=draft.published_on,
        )
        for draft in evidence
    ]
    for index, row in enumerate(rows):
        checks.model(row, skip=["verdict"], prefix=f"evidence.{index}.")
        if row.published_on and row.published_on > today:
            checks.add(f"evidence.{index}.published_on", _("Evidence cannot be from the future."))
    checks.done()
    return verdict, rows


def parts(verdict: Verdict, evidence: Sequence[Evidence]) -> dict[str, object]:
    """What a verdict says, as the ledger names it: what a later one may say otherwise."""
    return {
        "outcome": verdict.outcome,
        "rationale": verdict.rationale,
        "became_known_on": verdict.became_known_on,
        "evidence": [
            {"title": row.title, "url": row.url, "published_on": row.published_on}
            for row in evidence
        ],
    }


def content(verdict: Verdict, evidence: Sequence[Evidence]) -> dict[str, object]:
    """What the ledger keeps of a verdict."""
    seldom = {"correction": verdict.correction, "confirmed_by": verdict.confirmed_by}
    return (
        parts(verdict, evidence)
        | {"supersedes": verdict.supersedes.outcome if verdict.supersedes else None}
        | {name: value for name, value in seldom.items() if value}
    )


def _pronounce(
    said: tuple[Verdict, Sequence[Evidence]],
    claim: Claim,
    confirmed_by: User | None,
    now: datetime,
) -> Verdict:
    """Appends the verdict to a claim that was just read, in the caller's transaction."""
    verdict, rows = said
    outcome, actor, earlier = verdict.outcome, verdict.decided_by, verdict.supersedes
    verdict.confirmed_by = confirmed_by
    reopened = outcome == Outcome.REOPENED
    # The turn is taken before the verdict is written: the loser of a race writes nothing at all.
    turns.take(
        claim,
        next_reminder_at=schedule.first_look(claim, now) if reopened else None,
        unreachable_since=None,
    )
    snoozes.end_all(claim, now)
    # What was proposed and is not this very verdict has been overtaken by it.
    claim.proposals.filter(state=ProposalState.WAITING).update(
        state=ProposalState.STALE, settled_by=actor, settled_at=now
    )
    verdict.save(force_insert=True)
    Evidence.objects.bulk_create(rows)
    claim.outcome = "" if reopened else outcome
    claim.verdict = None if reopened else verdict
    claim.save(update_fields=["outcome", "verdict"])
    reminders.withdraw(claim)
    records.settle(claim)
    notices.of_verdict(claim=claim, verdict=verdict, now=now)
    readings.at_verdict(claim, now)
    ledger.append(
        actor=actor,
        action="claim reopened" if reopened else "verdict" if not earlier else "verdict revised",
        claim=claim,
        now=now,
        content=content(verdict, rows),
    )
    webhooks.tell(WebhookEvent.REOPENED if reopened else WebhookEvent.VERDICT, claim, now)
    return verdict
