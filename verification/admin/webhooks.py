"""Webhooks: whom the tracker tells of changes, and the log of what it told."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification.admin import webhook_pages
from verification.admin.archive import claim_link
from verification.admin.base import DeskAdmin, column
from verification.admin.filters import by
from verification.models import Delivery, Webhook


@admin.register(Webhook)
class WebhookAdmin(DeskAdmin):
    """Who is told, and of what."""

    heading = _("Webhooks")
    add_words = _("Add a webhook")
    lead = _("Programs and chats that are told of changes of public claims.")
    empty_words = _("No webhook yet. One tells your own programs, or a chat, of every verdict.")
    list_display = ("the_name", "kind", "the_host", "the_events", "the_state")
    list_display_links = None
    search_fields = ("name",)
    search_help_text = _("A webhook’s name")
    ordering = ("name", "id")
    sortable_by = ()

    def pages(self) -> list[URLPattern]:
        return [
            self.page("add/", webhook_pages.AddWebhook.as_view(), "add"),
            self.page("<int:pk>/change/", webhook_pages.page, "change"),
            self.page("<int:pk>/edit/", webhook_pages.EditWebhook.as_view(), "edit"),
            self.page("<int:pk>/secret/", webhook_pages.RotateSecret.as_view(), "rotate"),
            self.page("<int:pk>/test/", webhook_pages.send_test, "test"),
            self.page("<int:pk>/on/", webhook_pages.switch_on, "on"),
            self.page("<int:pk>/remove/", webhook_pages.RemoveWebhook.as_view(), "remove"),
            self.page("<int:pk>/off/", webhook_pages.switch_off, "off"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("verification.add_webhook")

    @admin.display(description=_("name"))
    def the_name(self, webhook: Webhook) -> str:
        """The name, as a link to its page."""
        url = reverse("admin:verification_webhook_change", args=[webhook.pk])
        return format_html('<a class="statement" href="{}">{}</a>', url, webhook)

    @admin.display(description=_("host"))
    def the_host(self, webhook: Webhook) -> str:
        """Whom it tells; the rest of an address may be a secret."""
        return webhook.host

    @admin.display(description=_("events"))
    def the_events(self, webhook: Webhook) -> str:
        """What it is told of."""
        return ", ".join(webhook.event_words)

    @admin.display(description=_("state"))
    def the_state(self, webhook: Webhook) -> str:
        """Whether it is on, and why it is not."""
        if webhook.switched_off_at is None:
            return format_html('<span class="state state-sent">{}</span>', gettext("on"))
        return format_html(
            '<span class="state state-failed">{}</span> <span class="said">{}</span>',
            gettext("off"),
            webhook.get_switched_off_why_display(),
        )


@admin.register(Delivery)
class DeliveryAdmin(DeskAdmin):
    """What was told, one row for each event and webhook."""

    heading = _("Deliveries")
    lead = _("What was told to webhooks, what waits, and what they did not take.")
    empty_words = _("Nothing was told to a webhook yet.")
    list_display = (
        "the_event", "webhook", "the_claim", "the_state", column("created_at", _("created at")),
        "attempts", "the_answer",
    )  # fmt: skip
    list_display_links = None
    list_filter = (by("state"), by("event"))
    list_select_related = ("webhook", "claim")
    search_fields = ("webhook__name", "message_id")
    search_help_text = _("A webhook’s name, a webhook-id")
    ordering = ("-id",)
    sortable_by = ()

    def pages(self) -> list[URLPattern]:
        return [
            self.page("<int:pk>/change/", webhook_pages.delivery, "change"),
            self.page("<int:pk>/again/", webhook_pages.send_again, "again"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        return super().get_queryset(request).defer("body")

    @admin.display(description=_("event"))
    def the_event(self, delivery: Delivery) -> str:
        """The event, as a link to the delivery."""
        url = reverse("admin:verification_delivery_change", args=[delivery.pk])
        return format_html(
            '<a class="statement" href="{}">{}</a>', url, delivery.get_event_display()
        )

    @admin.display(description=_("claim"))
    def the_claim(self, delivery: Delivery) -> str | None:
        """The claim, as a link."""
        return claim_link(delivery.claim) if delivery.claim else None

    @admin.display(description=_("state"))
    def the_state(self, delivery: Delivery) -> str:
        """The state, as a chip."""
        return format_html(
            '<span class="state state-{}">{}</span>', delivery.state, delivery.get_state_display()
        )

    @admin.display(description=_("last answer"))
    def the_answer(self, delivery: Delivery) -> str | None:
        """What the receiver said last, or why it said nothing."""
        return webhook_pages.said(delivery) or None
