"""The mails about a user's own account: somebody tried to get in, something was changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.formats import date_format
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy

from verification.emails.base import SecretMail, absolute, build, language_of
from verification.models import AccountNotice, Message, User
from verification.models.choices import AccountEvent

#: Of each event: the subject, what happened, and what its reader does about it.
WORDS: dict[str, tuple[Any, Any, Any]] = {
    AccountEvent.RESET: (
        gettext_lazy("A new password for %(site)s"),
        gettext_lazy("Somebody, most likely you, has asked for a new password for your account."),
        gettext_lazy(
            "The link holds for one hour and for one time. If you did not ask for it, you need do "
            "nothing: your password stays as it is."
        ),
    ),
    AccountEvent.LOCKED: (
        gettext_lazy("Somebody tried to sign in as you"),
        gettext_lazy(
            "Somebody has typed a wrong password for your account several times. From that address "
            "nobody can sign in as you for 15 minutes."
        ),
        gettext_lazy(
            "If that was you, wait, or ask for a new password. If it was not, nobody has got in. "
            "Choose a long password that you use nowhere else, and a second factor."
        ),
    ),
    AccountEvent.CODE_LOCKED: (
        gettext_lazy("Somebody has your password"),
        gettext_lazy(
            "Somebody has signed in with your password and then typed wrong codes several times. "
            "For 15 minutes no code is taken."
        ),
        gettext_lazy(
            "If that was you, wait and look at your telephone’s clock. If it was not, change your "
            "password at once: only your second factor kept the door shut."
        ),
    ),
    AccountEvent.PASSWORD: (
        gettext_lazy("Your password was changed"),
        gettext_lazy("The password of your account was changed. Your other sessions have ended."),
        gettext_lazy("If you know nothing of this, ask for a new password and tell a colleague."),
    ),
    AccountEvent.FACTOR_ON: (
        gettext_lazy("A second factor is set up"),
        gettext_lazy(
            "From now on your account asks for a code of an app besides the password. Your other "
            "sessions have ended."
        ),
        gettext_lazy("If you know nothing of this, tell a managing editor at once."),
    ),
    AccountEvent.FACTOR_OFF: (
        gettext_lazy("Your second factor was taken away"),
        gettext_lazy(
            "Your account asks for no code any more, only for the password. Your other sessions "
            "have ended."
        ),
        gettext_lazy("If you know nothing of this, change your password and tell a colleague."),
    ),
    AccountEvent.RECOVERY: (
        gettext_lazy("A recovery code was used"),
        gettext_lazy(
            "Somebody, most likely you, has signed in with one of your recovery codes. It holds no "
            "more."
        ),
        gettext_lazy(
            "If your telephone is lost, set up another one. If you know nothing of this, change "
            "your password at once."
        ),
    ),
}


def account(message: Message, notice: AccountNotice) -> EmailMultiAlternatives:
    """The mail that tells `message.recipient` of the notice, text and HTML.

    That of a new password holds its link, which is made here and is not kept.
    """
    user = message.recipient
    with translation.override(language_of(user)):
        subject, happened, advice = WORDS[notice.event]
        path, is_reset = reverse("admin:account"), notice.event == AccountEvent.RESET
        secret = ""
        if is_reset:
            secret = _token(user)
            path = reverse("admin:password_reset", args=[_number(user), secret])
        email = build(
            "account",
            message,
            subject=str(subject) % {"site": settings.SITE_NAME},
            context={
                "happened": happened,
                "when": date_format(timezone.localtime(notice.at), "DATETIME_FORMAT"),
                "address": notice.address,
                "advice": advice,
                "is_reset": is_reset,
                "url": absolute(path),
            },
            headers={},
            kind=SecretMail,
        )
        email.secret = secret
        return email


def _number(user: User) -> str:
    return urlsafe_base64_encode(force_bytes(user.pk))


def _token(user: User) -> str:
    return default_token_generator.make_token(user)
