"""The people of the newsroom and the tokens of its programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from verification.roles import permissions_of, scope_of


class User(AbstractUser):  # type: ignore[django-manager-missing]  # knox's own manager
    """Somebody who signs in to the desk. Roles are groups, of which `roles.ROLES` has the table.

    A request of a program is made by the token's user `within` the token's scopes: it holds no
    permission that its scopes leave out, whoever asks for it and wherever.
    """

    language = models.CharField(
        _("language of mails"),
        max_length=5,
        blank=True,
        choices=[("en", "English"), ("fr", "Français")],
        help_text=_("Empty: the newsroom's own language."),
    )
    mail_hour = models.PositiveSmallIntegerField(
        _("hour of mails"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(23)],
        help_text=_(
            "From 0 to 23, in the newsroom’s time zone. Empty: the hour of the beat, or the "
            "newsroom’s own."
        ),
    )
    muted_stages = models.JSONField(
        _("reminders that are not wanted"),
        default=list,
        blank=True,
        help_text=_("Those on the day of a deadline, and a week after it, are always sent."),
    )
    weekly_digest = models.BooleanField(
        _("weekly digest"),
        default=True,
        help_text=_("On Monday: what was decided, what awaits its verdict, what is coming."),
    )
    diary_issue = models.PositiveIntegerField(
        _("issue of the diary’s address"),
        default=0,
        editable=False,
        help_text=_("Goes up when the secret address of the user’s diary is replaced."),
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=Q(mail_hour__isnull=True) | Q(mail_hour__lte=23),
                name="user_mail_hour_of_a_day",
            )
        ]

    #: What the request at hand may do at most: permissions of this app. None: no such limit.
    limit: frozenset[str] | None = None

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def within(self, scopes: Iterable[str]) -> None:
        """Limits what this object may do, for as long as it lives, to what the scopes take."""
        self.limit = permissions_of(scopes)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the user holds a permission, and the scopes of the request take it."""
        if self.limit is not None and perm.removeprefix("verification.") not in self.limit:
            return False
        return super().has_perm(perm, obj)

    def scope_missing(self, codename: str) -> str:
        """The scope that alone stands between the request and a permission; empty where none does.

        Asked after a refusal: so that whoever holds the permission is told to take another token.
        """
        if self.limit is None or codename in self.limit:
            return ""
        held = super().has_perm(f"verification.{codename}")
        return scope_of(codename) if held else ""


class ApiToken(AbstractAuthToken):
    """A program's key to the API, kept as a hash; it may do what its user may do.

    `scopes` narrow that: a list of `roles.SCOPES`, or null for all that the user may. Neither is
    ever more than the user's role at the moment of the request.
    """

    name = models.CharField(_("name"), max_length=100, blank=True)
    scopes = models.JSONField(_("scopes"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: on the command line."),
    )
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.name or _('token')} ({self.token_key}…)"
