"""The right of reply: who was asked about a claim, and what they answered.

The public part (who, when, what they said) is shown beside a denied verdict. The contact through
whom they were asked stays on the desk: it is in no entry of the ledger.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from verification import newsroom
from verification.domain.outcomes import Outcome
from verification.models import Claim, Reply, User
from verification.services import ledger, turns
from verification.services.drafts import Checks, lines, one_line
from verification.services.errors import allow


def told(claim: Claim) -> bool:
    """Whether readers are told who was asked: beside a denied verdict."""
    return claim.outcome == Outcome.DENIED


@transaction.atomic
def ask(
    *,
    actor: User,
    claim: Claim,
    whom: str,
    asked_on: date,
    answer_by: date,
    now: datetime,
    contact: str = "",
) -> Reply:
    """Notes that somebody was asked about the claim, and by when the answer was asked for.

    Raises ValidationError (by field), PermissionDenied.
    """
    allow(actor, "add_reply")
    claim = turns.read(claim, None)
    reply = Reply(
        claim=claim,
        whom=one_line(whom),
        contact=one_line(contact),
        asked_on=asked_on,
        answer_by=answer_by,
        logged_by=actor,
        logged_at=now,
    )
    checks = Checks()
    checks.model(reply, skip=["claim", "logged_by"])
    if asked_on > newsroom.day(now):
        checks.add("asked_on", _("Enter today or an earlier day."))
    if answer_by < asked_on:
        checks.add("answer_by", _("This is before the day on which they were asked."))
    checks.done()
    reply.save(force_insert=True)
    ledger.append(
        actor=actor,
        action="reply asked for",
        claim=claim,
        now=now,
        content={"whom": reply.whom, "asked_on": asked_on, "answer_by": answer_by},
    )
    return reply


@transaction.atomic
def answer(*, actor: User, reply: Reply, answer: str, answered_on: date, now: datetime) -> Reply:
    """Notes what they answered, and when; noted again, the new words take the old ones' place.

    Raises ValidationError (by field), Conflict where the row is gone, PermissionDenied.
    """
    allow(actor, "change_reply")
    claim, reply = _read(reply)
    before = {"answer": reply.answer, "answered_on": reply.answered_on}
    reply.answer, reply.answered_on = lines(answer), answered_on
    checks = Checks()
    checks.model(reply, skip=["claim", "logged_by"])
    if not reply.answer:
        checks.add("answer", _("Enter what they answered, in their words."))
    if answered_on < reply.asked_on:
        checks.add("answered_on", _("This is before the day on which they were asked."))
    elif answered_on > newsroom.day(now):
        checks.add("answered_on", _("Enter today or an earlier day."))
    checks.done()
    # A verdict that was proposed without having read this is to be thought over.
    turns.take(claim)
    reply.save(update_fields=["answer", "answered_on"])
    ledger.append(
        actor=actor,
        action="reply answered",
        claim=claim,
        now=now,
        content={"whom": reply.whom, "answer": reply.answer, "answered_on": answered_on}
        | ({"before": before} if before["answer"] else {}),
    )
    return reply


@transaction.atomic
def remove(*, actor: User, reply: Reply, now: datetime) -> None:
    """Takes out what was noted in error; the ledger keeps that it was there.

    Raises Conflict where the row is gone already, and PermissionDenied.
    """
    allow(actor, "delete_reply")
    claim, reply = _read(reply)
    whom = reply.whom
    reply.delete()
    ledger.append(actor=actor, action="reply removed", claim=claim, now=now, content={"whom": whom})


def _read(reply: Reply) -> tuple[Claim, Reply]:
    claim = turns.read(reply.claim, None)
    return claim, turns.still_there(claim, claim.replies, reply)
