"""What somebody is told besides reminders: stories to update, the week, and who cannot be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoryUpdate(models.Model):
    """One of our own stories carried a claim, and a verdict has landed: the story needs an update.

    One for each verdict and story. It is to do until the author ticks it off (`done_at`) or a
    later verdict on the claim makes another of it (`superseded_at`).
    """

    story = models.ForeignKey(
        "verification.Story",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="updates",
    )
    verdict = models.ForeignKey(
        "verification.Verdict",
        verbose_name=_("verdict"),
        on_delete=models.PROTECT,
        related_name="story_updates",
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="story_updates",
        help_text=_("The author, else whoever answers for the claim."),
    )
    message = models.ForeignKey(
        "verification.Message",
        verbose_name=_("message"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="story_updates",
    )
    created_at = models.DateTimeField(_("created at"))
    done_at = models.DateTimeField(_("done at"), null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    superseded_at = models.DateTimeField(_("superseded at"), null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("story to update")
        verbose_name_plural = _("stories to update")
        constraints = [
            models.UniqueConstraint(fields=["story", "verdict"], name="story_update_once")
        ]
        indexes = [
            models.Index(
                fields=["recipient", "id"],
                name="story_update_to_do",
                condition=Q(done_at__isnull=True, superseded_at__isnull=True),
            ),
            models.Index(
                fields=["id"],
                name="story_update_untold",
                condition=Q(message__isnull=True, done_at__isnull=True, superseded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id}:{self.verdict_id}"


class Digest(models.Model):
    """The obligation to send one recipient the digest of one week, once."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.CASCADE,
        related_name="digests",
    )
    week = models.DateField(_("week"), help_text=_("Its Monday."))
    message = models.OneToOneField(
        "verification.Message",
        verbose_name=_("message"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="digest",
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["recipient", "week"], name="digest_once")]

    def __str__(self) -> str:
        return f"{self.recipient_id}:{self.week:%Y-%m-%d}"


class Suppression(models.Model):
    """An address that a mail server has refused for good: nothing more is sent to it.

    Whoever it belongs to counts as out of reach, so that reminders go to the next in line.
    """

    address = models.EmailField(
        _("address"), unique=True, help_text=_("In small letters."), max_length=254
    )
    since = models.DateTimeField(_("since"))
    reason = models.TextField(_("what the mail server said"))
    message = models.ForeignKey(
        "verification.Message",
        verbose_name=_("message"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("refused address")
        verbose_name_plural = _("refused addresses")

    def __str__(self) -> str:
        return self.address
