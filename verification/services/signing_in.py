"""Signing in: a password, and the second factor of who has one.

What is answered does not tell whether there is somebody of the name: a locked name, an unknown one
and a wrong password get the same words after the same work, for a password is hashed each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.db import transaction

from verification.models import User
from verification.models.choices import AccountEvent, Gate
from verification.services import account_notices, attempts, people, second_factors
from verification.services.attempts import Key

#: What stands for the superusers among the roles of REQUIRE_SECOND_FACTOR.
SUPERUSER = "superuser"
#: Longer is nobody's name or password; to hash a megabyte would be an attack of its own.
LONGEST = 1_000


def by_password(*, name: str, password: str, address: str, now: datetime) -> User | None:
    """The user of the desk with this name and password; none where anything is not right.

    While the name or the address is locked the password is not looked at.
    """
    name, password = name.strip().replace("\0", "")[:LONGEST], password[:LONGEST]
    known = User.objects.filter(username=name).first()
    keys: list[Key] = [(Gate.NAME, f"{name.casefold()}\n{address}"), (Gate.ADDRESS, address)]
    last = attempts.take(keys=keys, now=now, user=known)
    if last is None:
        # The work that a password takes, so that the time does not tell either.
        make_password(password)
        return None
    user = authenticate(username=name, password=password)
    if isinstance(user, User) and user.is_staff:
        attempts.forget(keys=keys[:1])
        attempts.give_back(keys=keys[1:])
        return user
    if Gate.NAME in last:
        account_notices.leave(user=known, event=AccountEvent.LOCKED, address=address, now=now)
    return None


def by_code(*, user: User, code: str, address: str, now: datetime) -> bool:
    """Whether `code` is right: one of the app, or a recovery code. Each is taken once.

    Tries are counted by user, wherever they come from: whoever gets so far has the password.
    """
    keys: list[Key] = [(Gate.CODE, str(user.pk))]
    last = attempts.take(keys=keys, now=now, user=user)
    if last is None:
        return False
    if second_factors.accept(user=user, code=code, now=now):
        attempts.forget(keys=keys)
        return True
    if second_factors.accept_recovery(user=user, code=code, now=now):
        attempts.forget(keys=keys)
        account_notices.leave(user=user, event=AccountEvent.RECOVERY, address=address, now=now)
        return True
    if last:
        account_notices.leave(user=user, event=AccountEvent.CODE_LOCKED, address=address, now=now)
    return False


def must_have_factor(user: User) -> bool:
    """Whether the settings require a second factor of this user's role."""
    required: Iterable[str] = settings.REQUIRE_SECOND_FACTOR
    if not required:
        return False
    return (user.is_superuser and SUPERUSER in required) or people.role_of(user) in required


@transaction.atomic
def unlock(*, actor: User, user: User, now: datetime) -> int:
    """Lets a user who is locked out try again at once. Returns how many locks there were.

    Raises PermissionDenied.
    """
    people.reach(actor, user)
    lifted = attempts.open_for(user)
    if lifted:
        people.write_down(actor=actor, action="account unlocked", user=user, now=now)
    return lifted
