"""What guards an account: sessions of the desk, tries that failed, the second factor, notices."""

from __future__ import annotations

import uuid
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verification.models.choices import AccountEvent, Gate
from verification.models.fields import one_of


class DeskSession(AbstractBaseSession):
    """A session, with whose it is, since when, and where it was last seen from.

    Sessions of nobody (a language chosen at the door) have no user. `name` stands for the session
    on pages and in addresses: its key is as good as a password.
    """

    # Not unique: while a session is given another key, both rows are there for a moment.
    name = models.UUIDField(default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        on_delete=models.CASCADE,
        related_name="desk_sessions",
    )
    began_at = models.DateTimeField(_("began at"), null=True)
    seen_at = models.DateTimeField(_("last seen at"), null=True)
    address = models.CharField(_("address"), max_length=64, blank=True)
    browser = models.CharField(_("browser"), max_length=300, blank=True)
    second_factor = models.BooleanField(_("with a second factor"), default=False)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session")  # type: ignore[assignment]  # the base says str
        verbose_name_plural = _("sessions")  # type: ignore[assignment]
        indexes = [models.Index(fields=["user", "-seen_at"], name="desksession_of_user")]

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that the settings name."""
        return import_module(settings.SESSION_ENGINE).SessionStore


class Attempts(models.Model):
    """How often something was tried that only a few tries are allowed of, and until when no more.

    `key` is a keyed hash of what is counted (a name with an address, an address, a user): what
    somebody typed into the wrong field is a password now and then, and is not kept.
    """

    gate = models.CharField(max_length=20, choices=Gate.choices)
    key = models.CharField(max_length=64)
    made = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    shut_until = models.DateTimeField(null=True)
    # Whom a lock keeps out, where there is somebody of the name: so that it can be lifted.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gate", "key"], name="attempts_once"),
            one_of("attempts", "gate", Gate.values),
        ]
        indexes = [
            models.Index(fields=["since"], name="attempts_oldest"),
            models.Index(
                fields=["user"], name="attempts_shut", condition=Q(shut_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gate}: {self.made}"


class SecondFactor(models.Model):
    """An authenticator app that a user has confirmed.

    The app's secret is not kept: it is made, whenever it is needed, from `seed` and the
    installation's SECRET_KEY. `last_step` is the half minute of the newest code that was taken;
    none up to it is taken again.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor"
    )
    seed = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField()
    last_step = models.BigIntegerField()

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self) -> str:
        return f"{self.user_id}"


class RecoveryCode(models.Model):
    """A code on paper for who has lost the app, kept as a keyed hash, good for one time."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["factor", "digest"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.factor_id}/{self.pk}"


class AccountNotice(models.Model):
    """What a user has to be told of the own account; the sweep puts it into a message.

    A new password is asked for by names that nobody has, too. That leaves a row without a user, so
    that the page takes as long for it as for any other; the sweep deletes it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    event = models.CharField(max_length=20, choices=AccountEvent.choices)
    at = models.DateTimeField()
    # Whence it was done, where that helps the reader.
    address = models.CharField(max_length=64, blank=True)
    message = models.OneToOneField(
        "verification.Message", null=True, on_delete=models.CASCADE, related_name="account_notice"
    )

    class Meta:
        constraints = [one_of("accountnotice", "event", AccountEvent.values)]
        indexes = [
            models.Index(
                fields=["at"], name="accountnotice_untold", condition=Q(message__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d %H:%M}"
