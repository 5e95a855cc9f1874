"""Programs and chats that are told of changes, and what they were told."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verification.models.choices import (
    MessageState,
    ReadFault,
    SwitchedOff,
    WebhookEvent,
    WebhookKind,
)
from verification.models.fields import HttpUrlField, one_of

NAME_MAX = 100
URL_MAX = 2000
#: Characters of an answer that are kept.
ANSWER_MAX = 500


class Webhook(models.Model):
    """An address that is told of changes of public claims.

    `secret` signs what is sent; for a while after a rotation `old_secret` does as well. They are
    used, so they are kept as they are, and shown to nobody but once to who made them. An address
    of a chat is a secret of its own. `switched_off_at` is empty while it is told.
    """

    name = models.CharField(_("name"), max_length=NAME_MAX)
    kind = models.CharField(
        _("kind"), max_length=10, choices=WebhookKind.choices, default=WebhookKind.JSON
    )
    url = HttpUrlField(_("address"), max_length=URL_MAX)
    events = models.JSONField(_("events"), default=list)
    secret = models.CharField(_("secret"), max_length=100, editable=False)
    old_secret = models.CharField(_("old secret"), max_length=100, blank=True, editable=False)
    old_secret_until = models.DateTimeField(_("old secret valid until"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created at"))
    switched_off_at = models.DateTimeField(_("switched off at"), null=True)
    switched_off_why = models.CharField(
        _("why it is switched off"), max_length=10, choices=SwitchedOff.choices, blank=True
    )

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            one_of("webhook", "kind", WebhookKind.values),
            one_of("webhook", "switched_off_why", SwitchedOff.values, blank=True),
            models.CheckConstraint(
                condition=Q(url__startswith="https://"), name="webhook_url_https_only"
            ),
            models.CheckConstraint(
                condition=Q(switched_off_at__isnull=True, switched_off_why="")
                | (Q(switched_off_at__isnull=False) & ~Q(switched_off_why="")),
                name="webhook_off_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        """Whom it tells: all of the address that may be shown to anybody."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_chat(self) -> bool:
        """Whether people read what is sent, and not a program."""
        return self.kind != WebhookKind.JSON

    @property
    def event_words(self) -> list[str]:
        """The events that it is told of."""
        return [str(WebhookEvent(event).label) for event in self.events]


class Delivery(models.Model):
    """One event as it is told to one webhook. Its states are those of a `Message`.

    `message_id` is what the receiver sees as `webhook-id`: the same for every attempt, so that a
    duplicate can be told. `body` is what is sent, byte for byte. It is dropped, not sent, where the
    claim is internal by then or the webhook is switched off.
    """

    webhook = models.ForeignKey(
        Webhook, verbose_name=_("webhook"), on_delete=models.PROTECT, related_name="deliveries"
    )
    event = models.CharField(_("event"), max_length=40, choices=WebhookEvent.choices)
    claim = models.ForeignKey(
        "verification.Claim",
        verbose_name=_("claim"),
        null=True,
        on_delete=models.CASCADE,
        related_name="deliveries",
    )
    message_id = models.CharField(_("webhook-id"), max_length=60, unique=True)
    body = models.TextField(_("payload"))
    state = models.CharField(
        _("state"), max_length=12, choices=MessageState.choices, default=MessageState.PENDING
    )
    created_at = models.DateTimeField(_("created at"))
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_token = models.UUIDField(_("lease"), null=True, editable=False)
    lease_until = models.DateTimeField(_("leased until"), null=True, editable=False)
    tried_at = models.DateTimeField(_("last attempt at"), null=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    fault = models.CharField(_("fault"), max_length=20, choices=ReadFault.choices, blank=True)
    answer = models.CharField(_("answer"), max_length=ANSWER_MAX, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            one_of("delivery", "state", MessageState.values),
            one_of("delivery", "event", WebhookEvent.values),
            models.CheckConstraint(
                condition=Q(state=MessageState.PENDING, next_attempt_at__isnull=False)
                | (~Q(state=MessageState.PENDING) & Q(next_attempt_at__isnull=True)),
                name="delivery_attempted_while_pending",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                name="delivery_pending",
                condition=Q(next_attempt_at__isnull=False),
            ),
            models.Index(
                fields=["lease_token"],
                name="delivery_leased",
                condition=Q(lease_token__isnull=False),
            ),
            models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
            # What nothing is to become of any more: it is kept for a while.
            models.Index(
                fields=["created_at"],
                name="delivery_over",
                condition=Q(next_attempt_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.message_id}"
