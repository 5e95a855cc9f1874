"""The second pair of eyes: verdicts that another editor confirms before they are published.

On a beat that asks for it, a verdict is proposed. A proposal is no verdict: readers see the claim
as it stood, no position settles, and no story is to be updated. Another editor reads it and either
confirms it, which gives the verdict in both their names, or sends it back with a reason. It holds
for the claim as its author saw it: once the claim has changed, somebody proposes anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from verification.domain.outcomes import Outcome
from verification.models import Claim, Proposal, User, Verdict
from verification.models.choices import ProposalState
from verification.services import asking, ledger, looks, reminders, turns, verdicts
from verification.services.drafts import Checks, EvidenceDraft, as_content, lines
from verification.services.errors import allow

#: Gives a verdict, or proposes it.
Act = Callable[..., Verdict | Proposal]
#: Characters of the reason for which a proposal is sent back.
REASON_MAX = 2000


def waiting() -> QuerySet[Proposal]:
    """Every proposal that nobody has settled, oldest first."""
    return Proposal.objects.filter(state=ProposalState.WAITING).order_by("proposed_at", "id")


def of_claim(claim: Claim) -> Proposal | None:
    """The proposal that waits on a claim, stale or not."""
    return waiting().filter(claim=claim).select_related("proposed_by").first()


# --- Given, or proposed where the beat asks for it ------------------------------------------------


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
) -> Verdict | Proposal:
    """Decides an undecided claim, or proposes to. Raises as `verdicts.decide` does."""
    act: Act = partial(propose, revising=False) if claim.beat.second_editor else verdicts.decide
    return act(
        actor=actor,
        claim=claim,
        version=version,
        outcome=outcome,
        rationale=rationale,
        became_known_on=became_known_on,
        evidence=evidence,
        now=now,
    )


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
) -> Verdict | Proposal:
    """Revises the verdict of a decided claim, or proposes to. Raises as `verdicts.revise` does."""
    act: Act = partial(propose, revising=True) if claim.beat.second_editor else verdicts.revise
    return act(
        actor=actor,
        claim=claim,
        version=version,
        outcome=outcome,
        rationale=rationale,
        became_known_on=became_known_on,
        evidence=evidence,
        correction=correction,
        now=now,
    )


def void(
    *, actor: User, claim: Claim, version: int, rationale: str, now: datetime
) -> Verdict | Proposal:
    """Takes a claim out of every record, or proposes to."""
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
def propose(
    *,
    actor: User,
    claim: Claim,
    version: int | None,
    outcome: str,
    revising: bool,
    now: datetime,
    rationale: str = "",
    became_known_on: date | None = None,
    evidence: Sequence[EvidenceDraft] = (),
    correction: str = "",
) -> Proposal:
    """Proposes a verdict, checked as if it were given. One that has become stale is replaced.

    Raises ValidationError (by field; also where a proposal waits already), Conflict and
    PermissionDenied.
    """
    allow(actor, verdicts.permission(outcome, revising=revising))
    claim = turns.read(claim, version)
    verdicts.check_turn(claim, revising=revising)
    verdict, rows = verdicts.build(
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
    earlier = of_claim(claim)
    if earlier is not None:
        earlier.claim = claim
        if not earlier.stale:
            raise ValidationError(
                {
                    "outcome": _(
                        "%(name)s has proposed a verdict already: confirm it, or send it back."
                    )
                    % {"name": earlier.proposed_by}
                }
            )
        _settle(earlier, actor, ProposalState.STALE, now)
    proposal = Proposal.objects.create(
        claim=claim,
        claim_version=claim.version,
        outcome=verdict.outcome,
        rationale=verdict.rationale,
        correction=verdict.correction,
        became_known_on=verdict.became_known_on,
        evidence=[
            as_content({"title": row.title, "url": row.url, "published_on": row.published_on})
            for row in rows
        ],
        proposed_by=actor,
        proposed_at=now,
    )
    # Whoever was to decide has done so: what follows is the second editor's.
    reminders.withdraw(claim)
    looks.at_claim(claim, now)
    asking.second_editors(proposal, now)
    # The ledger is exported: what is proposed is published when it is confirmed, and not before.
    _write_down(proposal, actor, "verdict proposed", now)
    return proposal


# --- Settled --------------------------------------------------------------------------------------


@transaction.atomic
def confirm(*, actor: User, proposal: Proposal, now: datetime) -> Verdict:
    """Gives the verdict that was proposed, in the name of who proposed it and of the actor.

    Raises ValidationError where it is the actor's own or settled already, Conflict where the claim
    has changed since, and PermissionDenied.
    """
    allow(actor, "decide_claim")
    proposal = _read(proposal)
    author = proposal.proposed_by
    if author == actor:
        raise ValidationError(_("Somebody else has to confirm what you have proposed."))
    claim = turns.read(proposal.claim, proposal.claim_version)
    revising = bool(claim.outcome)
    needed = verdicts.permission(proposal.outcome, revising=revising)
    if not author.has_perm(f"verification.{needed}"):
        raise ValidationError(
            _("%(name)s may no longer decide this: send it back, and propose it yourself.")
            % {"name": author}
        )
    give = partial(verdicts.revise, correction=proposal.correction) if revising else verdicts.decide
    verdict = give(
        actor=author,
        claim=claim,
        version=proposal.claim_version,
        outcome=proposal.outcome,
        rationale=proposal.rationale,
        became_known_on=proposal.became_known_on,
        evidence=evidence_of(proposal),
        confirmed_by=actor,
        now=now,
    )
    proposal.verdict = verdict
    _settle(proposal, actor, ProposalState.CONFIRMED, now)
    return verdict


@transaction.atomic
def send_back(*, actor: User, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Refuses a proposal, for a reason that its author is mailed. Not one's own: withdraw that.

    Raises ValidationError for `reason`, and PermissionDenied.
    """
    allow(actor, "decide_claim")
    proposal = _read(proposal)
    if proposal.proposed_by == actor:
        raise ValidationError(_("This proposal is your own: withdraw it."))
    checks = Checks()
    checks.text("reason", reason, longest=REASON_MAX)
    if not reason.strip():
        checks.add("reason", _("Say why it goes back."))
    checks.done()
    proposal.reason = lines(reason)
    _settle(proposal, actor, ProposalState.SENT_BACK, now)
    looks.at_claim(proposal.claim, now)
    asking.author(proposal, now)
    _write_down(proposal, actor, "proposal sent back", now)
    return proposal


@transaction.atomic
def withdraw(*, actor: User, proposal: Proposal, now: datetime) -> Proposal:
    """Takes back one's own proposal. Raises ValidationError, PermissionDenied."""
    allow(actor, "view_proposal")
    proposal = _read(proposal)
    if proposal.proposed_by != actor:
        raise ValidationError(_("Whoever proposed it withdraws it; others send it back."))
    _settle(proposal, actor, ProposalState.WITHDRAWN, now)
    looks.at_claim(proposal.claim, now)
    _write_down(proposal, actor, "proposal withdrawn", now)
    return proposal


def evidence_of(proposal: Proposal) -> list[EvidenceDraft]:
    """The evidence of a proposal, as the services take it."""
    rows = [EvidenceDraft(**row) for row in proposal.evidence]
    return [
        replace(row, published_on=date.fromisoformat(str(row.published_on)))
        if row.published_on
        else row
        for row in rows
    ]


def _read(proposal: Proposal) -> Proposal:
    """The proposal as it stands now, held. Raises ValidationError where it is settled."""
    ledger.hold()
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("claim", "proposed_by")
        .get(pk=proposal.pk)
    )
    if not proposal.waiting:
        raise ValidationError(
            _("This proposal is settled already: %(state)s.")
            % {"state": proposal.get_state_display()}
        )
    return proposal


def _settle(proposal: Proposal, actor: User, state: str, now: datetime) -> None:
    proposal.state, proposal.settled_by, proposal.settled_at = state, actor, now
    proposal.save(update_fields=["state", "settled_by", "settled_at", "reason", "verdict"])


def _write_down(proposal: Proposal, actor: User, action: str, now: datetime) -> None:
    ledger.append(
        actor=actor,
        action=action,
        claim=proposal.claim,
        now=now,
        content={"proposal": proposal.pk},
    )
