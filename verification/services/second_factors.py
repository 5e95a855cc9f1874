"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes on paper.

The app's secret is kept nowhere. It is HMAC-SHA256 of a random seed under a key that is made from
SECRET_KEY, and is made again whenever a code is checked: the database alone, or a copy of it, gives
nobody a code. What is new is made with SECRET_KEY; what was made under one of the
SECRET_KEY_FALLBACKS is still found.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Iterator
from datetime import datetime

import pyotp
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from verification.models import RecoveryCode, SecondFactor, User
from verification.models.choices import AccountEvent
from verification.services import account_notices, desk_sessions, people

#: A code holds for half a minute, and a clock may be off by as much either way.
STEP_SECONDS = 30
DRIFT = 1
#: Bytes of a secret, as RFC 4226 recommends.
SECRET_BYTES = 20
RECOVERY_CODES = 10
#: Letters and digits that nobody takes for each other: five bits each.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_RECOVERY_LENGTH = 12


def new_seed() -> str:
    """What a secret is made from. Worthless without SECRET_KEY."""
    return secrets.token_hex(32)


def secret(seed: str, key: str | None = None) -> str:
    """The app's secret in base 32, as one types it into an app."""
    made = salted_hmac("borneout.second-factor", seed, secret=key, algorithm="sha256").digest()
    return base64.b32encode(made[:SECRET_BYTES]).decode()


def address(user: User, seed: str) -> str:
    """The `otpauth:` address that an app reads from the QR code."""
    return pyotp.TOTP(secret(seed)).provisioning_uri(
        name=user.username, issuer_name=settings.SITE_NAME
    )


def has(user: User) -> bool:
    """Whether the user has a second factor."""
    return SecondFactor.objects.filter(user=user).exists()


def codes_left(factor: SecondFactor) -> int:
    """How many recovery codes nobody has used."""
    return factor.codes.filter(used_at__isnull=True).count()


@transaction.atomic
def confirm(
    *, user: User, seed: str, code: str, keep: str | None, address: str, now: datetime
) -> list[str]:
    """Sets up a second factor, once its app has given a right code.

    In the place of one that the user had. Returns the recovery codes, which are not to be had
    again. Every other session of the user than the one with the key `keep` ends. Raises
    ValidationError for `code`.
    """
    step = _step_of(seed, code, now)
    if step is None:
        raise ValidationError(
            {"code": _("This is not the code of the moment. Is the telephone’s clock right?")}
        )
    SecondFactor.objects.filter(user=user).delete()
    factor = SecondFactor.objects.create(user=user, seed=seed, confirmed_at=now, last_step=step)
    codes = _make_codes(factor)
    desk_sessions.end_all(user=user, keep=keep)
    account_notices.leave(user=user, event=AccountEvent.FACTOR_ON, address=address, now=now)
    people.write_down(actor=user, action="second factor set up", user=user, now=now)
    return codes


@transaction.atomic
def accept(*, user: User, code: str, now: datetime) -> bool:
    """Whether `code` is one of the app's, of about now, and newer than any that was taken."""
    factor = SecondFactor.objects.filter(user=user).first()
    step = None if factor is None else _step_of(factor.seed, code, now)
    if factor is None or step is None:
        return False
    # By a condition of the update: of two at the same moment one comes too late.
    return bool(
        SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step)
    )


@transaction.atomic
def accept_recovery(*, user: User, code: str, now: datetime) -> bool:
    """Whether `code` is a recovery code that was not used yet. It is used now."""
    unused = RecoveryCode.objects.filter(factor__user=user, used_at__isnull=True)
    digests = [_digest(code, key) for key in _keys()]
    return bool(unused.filter(digest__in=digests).update(used_at=now))


@transaction.atomic
def new_codes(*, user: User, now: datetime) -> list[str]:
    """Recovery codes in the place of those that the user had."""
    factor = SecondFactor.objects.get(user=user)
    factor.codes.all().delete()
    codes = _make_codes(factor)
    people.write_down(actor=user, action="recovery codes made", user=user, now=now)
    return codes


@transaction.atomic
def remove(*, user: User, keep: str | None, address: str, now: datetime) -> bool:
    """Takes one's own second factor away. False where there was none."""
    return _take_away(actor=user, user=user, keep=keep, address=address, now=now)


@transaction.atomic
def reset(*, actor: User, user: User, now: datetime) -> bool:
    """Takes away the second factor of somebody who has lost it. False where there was none.

    Raises PermissionDenied.
    """
    people.reach(actor, user)
    return _take_away(actor=actor, user=user, keep=None, address="", now=now)


def _take_away(*, actor: User, user: User, keep: str | None, address: str, now: datetime) -> bool:
    gone, _rows = SecondFactor.objects.filter(user=user).delete()
    if not gone:
        return False
    desk_sessions.end_all(user=user, keep=keep)
    account_notices.leave(user=user, event=AccountEvent.FACTOR_OFF, address=address, now=now)
    people.write_down(actor=actor, action="second factor removed", user=user, now=now)
    return True


def _keys() -> Iterator[str]:
    yield settings.SECRET_KEY
    yield from settings.SECRET_KEY_FALLBACKS


def _step_of(seed: str, code: str, now: datetime) -> int | None:
    """The half minute of which this is the code; none where it is of no half minute about now."""
    given = "".join(code.split())
    if not (given.isascii() and given.isdecimal()):
        return None
    today = int(now.timestamp()) // STEP_SECONDS
    found = None
    for key in _keys():
        app = pyotp.TOTP(secret(seed, key), interval=STEP_SECONDS)
        for step in range(today - DRIFT, today + DRIFT + 1):
            if hmac.compare_digest(app.at(step * STEP_SECONDS), given):
                found = step
    return found


def _make_codes(factor: SecondFactor) -> list[str]:
    codes = [
        "".join(secrets.choice(_ALPHABET) for _letter in range(_RECOVERY_LENGTH))
        for _code in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, digest=_digest(code, settings.SECRET_KEY)) for code in codes
    )
    return ["-".join(code[start : start + 4] for start in range(0, len(code), 4)) for code in codes]


def _digest(code: str, key: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter in _ALPHABET)
    return salted_hmac("borneout.recovery", plain, secret=key, algorithm="sha256").hexdigest()
