"""The weekly digest: who gets it, when, and what it tells.

The obligation is a row, unique on recipient and Monday. The sweep makes it as soon as the
recipient's hour has come in that week, whenever that is: after two days of silence it makes this
week's once, and never last week's. What the digest tells is read when it is sent. Nothing to tell
sends nothing; the row stays, so that nobody is asked again before next Monday.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from verification import newsroom
from verification.emails.digest import Facts, LineT, Part
from verification.models import Claim, Digest, Message, User
from verification.models.choices import MessageKind
from verification.services import outbox
from verification.services import week as weeks
from verification.services.routing import Routing
from verification.services.week import LISTED, Found, Shelf, Week

#: Who may read what the digest tells.
PERMISSION = "view_claim"


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def due_at(user: User, week: date) -> datetime:
    """When the week's digest falls due for the user: on Monday at the hour of the user's mails."""
    hour = newsroom.reminder_hour() if user.mail_hour is None else user.mail_hour
    return datetime.combine(week, time(hour), tzinfo=newsroom.zone())


# --- Made -----------------------------------------------------------------------------------------


def make(*, now: datetime) -> int:
    """Makes the digests of this week that have fallen due. Returns the number of messages made."""
    week = monday(newsroom.day(now))
    ready = [
        user
        for user in _without(week)
        # Who joined after that hour has not been here for the week that it tells of.
        if user.date_joined <= due_at(user, week) <= now
    ]
    if ready:
        routing = Routing()
        _owe([user for user in ready if routing.reaches(user)], week, now)
    unwritten = Digest.objects.filter(week=week, message__isnull=True)
    return _write(unwritten, now) if unwritten.exists() else 0


def _without(week: date) -> QuerySet[User]:
    """Everybody who gets digests and has none of that week."""
    this = Digest.objects.filter(recipient=OuterRef("pk"), week=week)
    by_group = Q(
        groups__permissions__codename=PERMISSION,
        groups__permissions__content_type__app_label="verification",
    )
    by_name = Q(
        user_permissions__codename=PERMISSION,
        user_permissions__content_type__app_label="verification",
    )
    allowed = User.objects.filter(pk=OuterRef("pk")).filter(by_group | by_name)
    return User.objects.filter(
        Q(is_superuser=True) | Exists(allowed), ~Exists(this), is_active=True, weekly_digest=True
    )


def _owe(users: list[User], week: date, now: datetime) -> None:
    Digest.objects.bulk_create(
        [Digest(recipient=user, week=week, created_at=now) for user in users],
        ignore_conflicts=True,
    )


@transaction.atomic
def _write(unwritten: QuerySet[Digest], now: datetime) -> int:
    # Of two sweeps at once the second waits here, and then finds them written.
    rows = list(unwritten.select_for_update().order_by("id"))
    made = Message.objects.bulk_create(
        outbox.pending(MessageKind.DIGEST, row.recipient_id, now) for row in rows
    )
    for row, message in zip(rows, made, strict=True):
        row.message = message
    Digest.objects.bulk_update(rows, ["message"], batch_size=200)
    return len(rows)


# --- Told -----------------------------------------------------------------------------------------


def current(message: Message, now: datetime) -> list[Facts]:
    """What the digest of the message tells.

    Empty where its week is over, the recipient has stopped it or may not read it (any more), or
    there is nothing to tell.
    """
    row = Digest.objects.filter(message=message).first()
    user = message.recipient
    if (
        row is None
        or row.week != monday(newsroom.day(now))
        or not user.weekly_digest
        or not user.has_perm(f"verification.{PERMISSION}")
    ):
        return []
    facts = facts_for(user, weeks.read(row.week, now=now))
    return [] if facts.empty else [facts]


def facts_for(user: User, week: Week) -> Facts:
    """The week as the user is told it: of the beats in the user's charge, else of all of them."""
    beats = [pk for pk, editor in week.editors.items() if editor == user.pk]
    scope = beats or list(week.editors)
    # Their own come first, however many others wait longer.
    mine = weeks.claims_found(
        Claim.objects.undecided()
        .in_hand_of(user)
        .filter(beat__in=scope, deadline__lte=weeks.coming_until(week.today))
        .order_by("deadline", "id")[: 2 * LISTED],
        week.today,
    )
    return Facts(
        week=week.monday,
        coming_until=weeks.coming_until(week.today),
        beats=[week.names[pk] for pk in beats],
        decided=_part(week.decided, scope, user),
        awaiting=_part(week.awaiting, scope, user, [row for row in mine if row.line.days < 0]),
        coming=_part(week.coming, scope, user, [row for row in mine if row.line.days >= 0]),
        updates=_part(week.updates, scope, user),
        latencies=[week.latencies[pk] for pk in scope if pk in week.latencies],
        head_number=week.head_number,
        head_hash=week.head_hash,
    )


def _part(
    shelf: Shelf[LineT], scope: list[int], user: User, mine: Iterable[Found[LineT]] = ()
) -> Part[LineT]:
    """What is on the shelf for these beats, the user's own first and marked."""
    rows = {row.place: row for row in [*mine, *shelf.first(scope)]}
    first = sorted(rows.values(), key=lambda row: (row.owner != user.pk, row.place))
    return Part(
        total=shelf.count(scope),
        lines=[replace(row.line, mine=row.owner == user.pk) for row in first[:LISTED]],
    )
