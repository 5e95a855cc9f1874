"""The people of the newsroom and the tokens of its programs."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken


class User(AbstractUser):  # type: ignore[django-manager-missing]  # knox's own manager
    """Somebody who signs in to the desk. Roles are groups: reporter, editor, managing editor."""

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

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class ApiToken(AbstractAuthToken):
    """A program's key to the API, kept as a hash; it may do what its user may do."""

    name = models.CharField(_("name"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.name or _('token')} ({self.token_key}…)"
