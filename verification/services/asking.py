"""Who is told of a proposed verdict: the second editors that it waits for, and then its author.

A notice is a row, unique on proposal and recipient, left in the transaction of the proposal. The
sweep puts those that nobody was told of into one message for each recipient; what was settled
before its mail went out is left out of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from verification.models import Claim, Message, Proposal, ProposalNotice, User
from verification.models.choices import MessageKind, ProposalState
from verification.services import outbox
from verification.services.routing import Routing, holding

#: Proposals in one message.
BUNDLE_MAX = 50

#: To be told still: the second editor while it waits, its author once it was sent back.
_HOLDS = Q(proposal__state=ProposalState.WAITING) & ~Q(recipient=F("proposal__proposed_by")) | Q(
    proposal__state=ProposalState.SENT_BACK, recipient=F("proposal__proposed_by")
)


def second_editors(proposal: Proposal, now: datetime) -> None:
    """Leaves a notice for each of those who are asked to confirm."""
    _leave(proposal, seconds_of(proposal.claim, proposal.proposed_by), now)


def author(proposal: Proposal, now: datetime) -> None:
    """Leaves a notice for who proposed it."""
    _leave(proposal, [proposal.proposed_by], now)


def seconds_of(claim: Claim, author: User, routing: Routing | None = None) -> list[User]:
    """Who is asked to confirm what the author proposes.

    The beat's editor; else the managing editors; else everybody who may decide. Never the author,
    and nobody who cannot be mailed.
    """
    routing = routing or Routing()
    editors = [
        user
        for user in holding("decide_claim").order_by("pk")
        if user.pk != author.pk and routing.reaches(user)
    ]
    in_charge = [user for user in editors if user.pk == claim.beat.editor_id]
    managing = {user.pk for user in routing.managing_editors}
    return in_charge or [user for user in editors if user.pk in managing] or editors


def _leave(proposal: Proposal, users: Iterable[User], now: datetime) -> None:
    ProposalNotice.objects.bulk_create(
        [ProposalNotice(proposal=proposal, recipient=user, created_at=now) for user in users],
        ignore_conflicts=True,
    )


def _untold() -> QuerySet[ProposalNotice]:
    return ProposalNotice.objects.filter(_HOLDS, message__isnull=True)


def bundle(*, now: datetime) -> int:
    """Puts every notice that nobody was told of into a message, by recipient.

    Returns the number of messages made.
    """
    return _bundle(now) if _untold().exists() else 0


@transaction.atomic
def _bundle(now: datetime) -> int:
    routing = Routing()
    found: dict[int, list[int]] = defaultdict(list)
    # Of two sweeps at once the second waits here, and then finds them told.
    rows = list(
        _untold()
        .select_for_update(of=("self",))
        .select_related("recipient", "proposal__claim__beat", "proposal__proposed_by")
        .order_by("id")
    )
    for row in rows:
        if routing.reaches(row.recipient):
            found[row.recipient_id].append(row.pk)
        elif row.recipient_id != row.proposal.proposed_by_id:
            # Whoever is next in line finds the notice with the next sweep.
            row.delete()
            proposal = row.proposal
            _leave(proposal, seconds_of(proposal.claim, proposal.proposed_by, routing), now)
    made = 0
    for recipient, pks in found.items():
        for start in range(0, len(pks), BUNDLE_MAX):
            make_message(recipient, pks[start : start + BUNDLE_MAX], now)
            made += 1
    return made


def make_message(recipient: int, notices: Sequence[int], now: datetime) -> Message:
    """A pending message to `recipient` that tells of these notices (primary keys)."""
    message = outbox.pending(MessageKind.PROPOSALS, recipient, now)
    message.save(force_insert=True)
    ProposalNotice.objects.filter(pk__in=notices).update(message=message)
    return message


def current(message: Message) -> list[ProposalNotice]:
    """The notices of a message that still hold, with all that its mail tells."""
    return list(
        ProposalNotice.objects.filter(_HOLDS, message=message)
        .filter(
            Q(proposal__state=ProposalState.SENT_BACK)
            | Q(proposal__claim_version=F("proposal__claim__version"))
        )
        .select_related("proposal__claim__beat", "proposal__proposed_by", "proposal__settled_by")
        .order_by("id")
    )


def take_back(rows: Iterable[ProposalNotice]) -> None:
    """Makes notices untold again: the next sweep finds somebody who can be reached."""
    ProposalNotice.objects.filter(pk__in=[row.pk for row in rows]).update(message=None)
