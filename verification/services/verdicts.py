"""Deciding, revising, voiding and reopening: the only way in which a claim gets an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification import newsroom
from verification.domain import outcomes
from verification.domain.outcomes import Fault, Outcome
from verification.models import Claim, Evidence, User, Verdict
from verification.models.choices import WebhookEvent
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
) -> Verdict:
    """Gives an undecided claim its verdict, and moves records, reminders and ledger with it.

    `version` may be left out (none): then the claim only has to be undecided. Where somebody else
    decided meanwhile, Conflict is raised and nothing is written. Raises ValidationError (by field)
    and PermissionDenied.
    """
    allow(actor, deciding(outcome))
    claim = turns.read(claim, version)
    if claim.outcome:
        if claim.outcome == Outcome.VOID:
            raise ValidationError({"outcome": str(FAULT_WORDS[Fault.ALREADY_VOID])})
        raise Conflict(claim)
    return _pronounce(actor, claim, outcome, rationale, became_known_on, evidence, now)


def deciding(outcome: str) -> str:
    """The permission that it takes to decide an undecided claim so."""
    return "void_claim" if outcome == Outcome.VOID else "decide_claim"


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
) -> Verdict:
    """Supersedes the verdict of a decided claim with another one; the rationale says why.

    The earlier verdict stays readable. Every tally that it moved is moved back.
    """
    allow(actor, "void_claim" if outcome == Outcome.VOID else "revise_claim")
    claim = turns.read(claim, version)
    if not claim.outcome:
        raise ValidationError({"outcome": str(FAULT_WORDS[Fault.NOT_DECIDED])})
    return _pronounce(actor, claim, outcome, rationale, became_known_on, evidence, now)


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
    """Withdraws the verdict: the claim is undecided again and its reminders run again."""
    allow(actor, "revise_claim")
    claim = turns.read(claim, version)
    return _pronounce(actor, claim, Outcome.REOPENED, rationale, None, (), now)


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


def content(verdict: Verdict, evidence: Sequence[Evidence]) -> dict[str, object]:
    """What the ledger keeps of a verdict."""
    return {
        "outcome": verdict.outcome,
        "rationale": verdict.rationale,
        "became_known_on": verdict.became_known_on,
        "evidence": [
            {"title": row.title, "url": row.url, "published_on": row.published_on}
            for row in evidence
        ],
        "supersedes": verdict.supersedes.outcome if verdict.supersedes else None,
    }


def _pronounce(
    actor: User,
    claim: Claim,
    outcome: str,
    rationale: str,
    became_known_on: date | None,
    evidence: Sequence[EvidenceDraft],
    now: datetime,
) -> Verdict:
    """Appends the verdict to a claim that was just read, in the caller's transaction."""
    earlier = claim.verdicts.order_by("-id").first()
    verdict, rows = build(
        actor=actor,
        claim=claim,
        outcome=outcome,
        rationale=rationale,
        became_known_on=became_known_on,
        evidence=evidence,
        earlier=earlier,
        now=now,
    )
    reopened = outcome == Outcome.REOPENED
    # The turn is taken before the verdict is written: the loser of a race writes nothing at all.
    turns.take(
        claim,
        next_reminder_at=schedule.first_look(claim, now) if reopened else None,
        unreachable_since=None,
    )
    snoozes.end_all(claim, now)
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
