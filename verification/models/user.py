"""The people of the newsroom and the tokens of its programs."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
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
    optional_mails = models.BooleanField(
        _("heads-up mails"),
        default=True,
        help_text=_("Mails before a deadline. Those on and after a deadline are always sent."),
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

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
