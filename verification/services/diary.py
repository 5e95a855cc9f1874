"""The diary of deadlines: which claims are in it, and the secret addresses of people's own.

A diary is bounded, whatever the archive holds: what is undecided, nearest first, and what was
decided lately. A deadline that moves stays the same event; what left the diary is gone from the
calendars that follow it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.urls import reverse

from verification.emails.base import absolute
from verification.models import Beat, Claim, LedgerEntry, User, Verdict
from verification.querysets import ClaimQuerySet
from verification.services import ledger
from verification.services.errors import allow

#: Of what lies ahead, of what awaits its verdict, of what was decided lately: so many at most.
AHEAD, AWAITING, DECIDED = 300, 100, 100
#: How long a decided claim stays in a diary.
DECIDED_FOR = timedelta(days=183)
_SALT = "borneout.diary"


# --- What is in a diary ---------------------------------------------------------------------------


def of_everybody(*, today: date, now: datetime, beat: Beat | None = None) -> list[Claim]:
    """The public claims of the newsroom's diary, by deadline; of one beat, if given."""
    found = Claim.objects.public()
    verdicts = Verdict.objects.filter(claim__public=True)
    if beat is not None:
        found, verdicts = found.filter(beat=beat), verdicts.filter(claim__beat=beat)
    # Begun from the verdicts, which have an index by time, and so ends where there are enough.
    lately = verdicts.filter(decided_at__gt=now - DECIDED_FOR, claim__verdict=F("pk"))
    decided = lately.order_by("-decided_at").values_list("claim", flat=True)[:DECIDED]
    return _complete({*_undecided(found, today), *decided})


def of_user(*, user: User, today: date, now: datetime) -> list[Claim]:
    """The claims of a user's own diary, by deadline: in hand, on own beats, watched."""
    every = Claim.objects.all()
    # One question for each reason, each with an index to answer it; all of them in one would read
    # every claim.
    reasons = (
        every.filter(assignee=user),
        every.filter(assignee__isnull=True, logged_by=user),
        every.filter(beat__in=list(Beat.objects.filter(editor=user))),
        every.filter(pk__in=user.watches.values("claim")),
    )
    ahead: set[tuple[date, int]] = set()
    awaiting: set[tuple[date, int]] = set()
    decided: set[tuple[datetime, int]] = set()
    for claims in reasons:
        ahead |= set(_ahead(claims, today))
        awaiting |= set(_awaiting(claims, today))
        lately = claims.filter(verdict__decided_at__gt=now - DECIDED_FOR)
        newest = lately.order_by("-verdict__decided_at")
        decided |= set(newest.values_list("verdict__decided_at", "pk")[:DECIDED])
    return _complete(
        {pk for _day, pk in sorted(ahead)[:AHEAD]}
        | {pk for _day, pk in sorted(awaiting, reverse=True)[:AWAITING]}
        | {pk for _at, pk in sorted(decided, reverse=True)[:DECIDED]}
    )


def _undecided(claims: ClaimQuerySet, today: date) -> list[int]:
    return [pk for _day, pk in (*_ahead(claims, today), *_awaiting(claims, today))]


def _ahead(claims: ClaimQuerySet, today: date) -> QuerySet[Claim, tuple[date, int]]:
    """What is open, the nearest deadline first."""
    rows = claims.open(today).order_by("deadline", "pk")
    return rows.values_list("deadline", "pk")[:AHEAD]


def _awaiting(claims: ClaimQuerySet, today: date) -> QuerySet[Claim, tuple[date, int]]:
    """What awaits its verdict, the latest deadline first."""
    rows = claims.awaiting(today).order_by("-deadline", "-pk")
    return rows.values_list("deadline", "pk")[:AWAITING]


def _complete(pks: Iterable[int]) -> list[Claim]:
    """The claims with all that is told of them, by deadline."""
    return list(
        Claim.objects.filter(pk__in=list(pks))
        .select_related("beat")
        .prefetch_related("reports__source", "reports__via")
        .order_by("deadline", "pk")
    )


def changed_at(claims: Iterable[Claim]) -> dict[int, datetime]:
    """When each claim was changed last, by primary key: from the ledger, so that it never moves."""
    listed = {claim.pk: claim.logged_at for claim in claims}
    entries = LedgerEntry.objects.filter(claim__in=list(listed)).order_by()
    return listed | dict(entries.values_list("claim").annotate(Max("recorded_at")))


# --- The secret address ---------------------------------------------------------------------------


def address(user: User) -> str:
    """The secret address of the user's diary: whoever has it may read the diary."""
    # No time in it: the same address each time that it is shown, until it is replaced.
    token = _signer().sign_object([user.pk, user.diary_issue])
    return absolute(reverse("own_diary", args=[token]))


def user_of(token: str) -> User | None:
    """Whose diary the token of an address opens; nobody's where it was replaced or made up.

    Who has left the desk, or may not read claims any more, has no diary either.
    """
    try:
        pk, issue = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, diary_issue=issue, is_active=True, is_staff=True).first()
    return user if user is not None and user.has_perm("verification.view_claim") else None


@transaction.atomic
def replace_address(*, actor: User, now: datetime) -> User:
    """Gives the actor's diary a new address; the one before opens nothing any more.

    Raises PermissionDenied.
    """
    allow(actor, "view_claim")
    ledger.hold()
    User.objects.filter(pk=actor.pk).update(diary_issue=F("diary_issue") + 1)
    ledger.append(
        actor=actor, action="diary address replaced", now=now, content={"user": actor.username}
    )
    actor.refresh_from_db(fields=["diary_issue"])
    return actor


def _signer() -> signing.Signer:
    # A colon would be escaped by some calendars and not by others.
    return signing.Signer(salt=_SALT, sep=".")
