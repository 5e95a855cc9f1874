"""The obligations to tell somebody, and the messages that discharge them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verification.domain.deadlines import STAGES
from verification.models.choices import MessageKind, MessageState, Stage
from verification.models.fields import one_of


class Message(models.Model):
    """One mail to one recipient: the outbox.

    pending ──lease, send──> sent
       │  ├──> failed        (the mail server refused it for good)
       │  ├──> quarantined   (attempts used up, or it cannot be rendered)
       │  └──> dropped       (nothing in it is current any more)
       └──<── a failed or quarantined one is put back by hand

    A worker leases a pending message by a conditional update, counts the attempt before it makes
    it, and marks the message only while the lease is still its own.
    """

    kind = models.CharField(
        _("kind"), max_length=20, choices=MessageKind.choices, default=MessageKind.REMINDERS
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.PROTECT,
        related_name="mail",
    )
    webhook = models.ForeignKey(
        "verification.Webhook",
        verbose_name=_("webhook"),
        null=True,
        on_delete=models.PROTECT,
        related_name="notices",
        help_text=_("Of a message that tells that one is switched off."),
    )
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    state = models.CharField(
        _("state"), max_length=12, choices=MessageState.choices, default=MessageState.PENDING
    )
    created_at = models.DateTimeField(_("created at"))
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_token = models.UUIDField(_("lease"), null=True, editable=False)
    lease_until = models.DateTimeField(_("leased until"), null=True, editable=False)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    address = models.EmailField(_("address"), blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            one_of("message", "state", MessageState.values),
            models.CheckConstraint(
                condition=Q(state=MessageState.PENDING, next_attempt_at__isnull=False)
                | (~Q(state=MessageState.PENDING) & Q(next_attempt_at__isnull=True)),
                name="message_attempted_while_pending",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                name="message_pending",
                condition=Q(next_attempt_at__isnull=False),
            ),
            models.Index(
                fields=["lease_token"],
                name="message_leased",
                condition=Q(lease_token__isnull=False),
            ),
            models.Index(fields=["recipient", "-id"], name="message_of_recipient"),
            models.Index(
                fields=["created_at"],
                name="message_oldest_pending",
                condition=Q(next_attempt_at__isnull=False),
            ),
            # What somebody has to look at, among years of mail that was sent.
            models.Index(
                fields=["-id"],
                name="message_stuck",
                condition=Q(state__in=[MessageState.FAILED, MessageState.QUARANTINED]),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.get_kind_display()} {self.created_at:%Y-%m-%d %H:%M}"


class Reminder(models.Model):
    """The obligation to tell one recipient about one claim at one stage of one deadline, once."""

    claim = models.ForeignKey(
        "verification.Claim",
        verbose_name=_("claim"),
        on_delete=models.CASCADE,
        related_name="reminders",
    )
    deadline = models.DateField(_("deadline"))
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.CASCADE,
        related_name="reminders",
    )
    message = models.ForeignKey(
        Message,
        verbose_name=_("message"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="reminders",
    )
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "deadline", "stage", "recipient"], name="reminder_once"
            ),
            one_of("reminder", "stage", list(STAGES)),
        ]
        indexes = [
            models.Index(
                fields=["recipient"], name="reminder_unsent", condition=Q(message__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}:{self.stage}"
