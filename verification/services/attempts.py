"""Tries that only so many are allowed of: passwords, codes, and mails for a new password.

A try is counted before it is made, so that a hundred at the same moment are not more than a hundred
one after the other; one that turns out right is taken back. Whoever has used up the tries is shut
out for a fixed time, and trying on does not prolong it.

The counts are in the database, so that no cache that is down opens the door.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from verification.models import Attempts, User
from verification.models.choices import Gate


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries within a time; after them the gate is shut for as long."""

    tries: int
    within: timedelta


#: Of one address more names are allowed for: an office has one address for everybody in it.
LIMITS: Mapping[str, Limit] = {
    Gate.NAME: Limit(5, timedelta(minutes=15)),
    Gate.ADDRESS: Limit(40, timedelta(minutes=15)),
    Gate.CODE: Limit(5, timedelta(minutes=15)),
    Gate.RESET_NAME: Limit(3, timedelta(hours=1)),
    Gate.RESET_ADDRESS: Limit(20, timedelta(hours=1)),
}
#: The gates that keep one user out, and not everybody at an address.
OF_USERS = frozenset({Gate.NAME, Gate.CODE})
#: Counts older than this mean nothing any more.
KEPT = timedelta(days=1)

#: What is counted: the gate, and what tells one who tries from another.
Key = tuple[Gate, str]


@transaction.atomic
def take(*, keys: Iterable[Key], now: datetime, user: User | None = None) -> frozenset[Gate] | None:
    """Counts one try at each of the gates.

    Returns None where one of them is shut: the try must not be made, and none is counted. Otherwise
    the gates of which this was the last try: if it fails, they are shut. `user` is who is shut out.
    """
    wanted = list(keys)
    rows = [_row(gate, what, now) for gate, what in wanted]
    if any(row.shut_until is not None and row.shut_until > now for row in rows):
        return None
    last = set()
    for row in rows:
        limit = LIMITS[row.gate]
        if row.shut_until is not None or row.since <= now - limit.within:
            row.made, row.since, row.shut_until = 0, now, None
        row.made += 1
        if row.gate in OF_USERS:
            row.user = user
        if row.made >= limit.tries:
            row.shut_until = now + limit.within
            last.add(Gate(row.gate))
        row.save(update_fields=["made", "since", "shut_until", "user"])
    return frozenset(last)


@transaction.atomic
def forget(*, keys: Iterable[Key]) -> None:
    """The try was right: the gate's count begins anew."""
    for gate, what in keys:
        Attempts.objects.filter(gate=gate, key=_hash(gate, what)).delete()


@transaction.atomic
def give_back(*, keys: Iterable[Key]) -> None:
    """The try was right and does not count, but the ones before it do."""
    for gate, what in keys:
        Attempts.objects.filter(gate=gate, key=_hash(gate, what), made__gt=0).update(
            made=Greatest(F("made") - 1, 0), shut_until=None
        )


def shut_for(user: User, now: datetime) -> list[Attempts]:
    """The gates that are shut for this user now."""
    return list(Attempts.objects.filter(user=user, shut_until__gt=now).order_by("gate", "pk"))


def open_for(user: User) -> int:
    """Lifts every lock that keeps this user out. Returns how many there were."""
    return Attempts.objects.filter(user=user, shut_until__isnull=False).delete()[0]


def sweep(*, now: datetime) -> int:
    """Deletes counts that mean nothing any more."""
    return Attempts.objects.filter(since__lt=now - KEPT).delete()[0]


def _row(gate: Gate, what: str, now: datetime) -> Attempts:
    """The count, held until the commit; made where there is none."""
    key = _hash(gate, what)
    held = Attempts.objects.select_for_update().filter(gate=gate, key=key)
    # Once more where a try that was right took the row away just when it had been found.
    while (found := held.first()) is None:
        Attempts.objects.bulk_create(
            [Attempts(gate=gate, key=key, since=now)], ignore_conflicts=True
        )
    return found


def _hash(gate: Gate, what: str) -> str:
    return salted_hmac(f"borneout.attempts.{gate}", what, algorithm="sha256").hexdigest()
