"""The outbox: what was and will be mailed, to be read and put back."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from verification.admin.archive import claim_link
from verification.admin.base import DeskAdmin
from verification.admin.filters import by
from verification.admin.naming import need, signed_in
from verification.models import Message, Reminder
from verification.models.choices import MessageState
from verification.services import messages as outbox

#: States from which a message can be put back.
STUCK = (MessageState.FAILED, MessageState.QUARANTINED)
NOT_STUCK = _("Only a message that failed or was set aside can be put back.")


@admin.action(description=_("Send again"), permissions=["requeue"])
def requeue(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Message]) -> None:
    """Puts failed and quarantined messages back."""
    now, back = timezone.now(), 0
    chosen = list(queryset)
    for message in chosen:
        back += outbox.requeue(actor=signed_in(request), message=message, now=now)
    words = ngettext("%(n)d message is put back.", "%(n)d messages are put back.", back)
    messages.success(request, words % {"n": back})
    if back < len(chosen):
        messages.warning(request, NOT_STUCK)


@admin.register(Message)
class MessageAdmin(DeskAdmin):
    """Mail: one row for each message, with the mail itself a click away."""

    heading = _("Mail")
    lead = _(
        "Every mail that the tracker wrote: what was sent, what waits, what could not be sent."
    )
    empty_words = _(
        "No mail yet. It is written when a deadline is a week away, on its morning, and after it."
    )
    list_display = (
        "the_subject", "recipient", "the_state", "created_at", "sent_at", "attempts", "the_error",
    )  # fmt: skip
    list_display_links = None
    list_filter = (by("state"),)
    list_select_related = ("recipient",)
    search_fields = ("subject", "address", "recipient__username")
    search_help_text = _("A subject, an address, a user’s name")
    ordering = ("-id",)
    sortable_by = ()
    actions = (requeue,)

    def pages(self) -> list[URLPattern]:
        return [
            self.page("<int:pk>/change/", message_page, "change"),
            self.page("<int:pk>/html/", message_html, "html"),
            self.page("<int:pk>/requeue/", message_requeue, "requeue"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).defer("text", "html")

    def has_requeue_permission(self, request: HttpRequest) -> bool:
        """Whether the action “send again” is offered."""
        return request.user.has_perm("verification.change_message")

    @admin.display(description=_("subject"))
    def the_subject(self, message: Message) -> str:
        """The subject, as a link to the mail."""
        url = reverse("admin:verification_message_change", args=[message.pk])
        return format_html(
            '<a class="statement" href="{}">{}</a>', url, message.subject or _("not written yet")
        )

    @admin.display(description=_("state"))
    def the_state(self, message: Message) -> str:
        """The state, as a chip."""
        return format_html(
            '<span class="state state-{}">{}</span>', message.state, message.get_state_display()
        )

    @admin.display(description=_("last error"))
    def the_error(self, message: Message) -> str | None:
        """The beginning of what the mail server said last."""
        return message.last_error[:120] or None


def _message(request: HttpRequest, pk: int) -> Message:
    need(request, "view_message")
    return get_object_or_404(Message.objects.select_related("recipient"), pk=pk)


@require_safe
def message_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: where it is, whom it goes to, what it is about and how it reads."""
    message = _message(request, pk)
    context = {
        **admin.site.each_context(request),
        "title": str(message),
        "message": message,
        "reminders": list(message.reminders.select_related("claim")),
        "can_requeue": message.state in STUCK
        and request.user.has_perm("verification.change_message"),
    }
    return TemplateResponse(request, "admin/desk/message.html", context)


@require_safe
@xframe_options_sameorigin
@csp_replace(  # type: ignore[arg-type]  # it takes views with arguments, too
    {
        # A mail styles itself in place. It runs nothing, fetches nothing and posts nothing.
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def message_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part by itself, for the frame on the page of the mail."""
    return HttpResponse(_message(request, pk).html)


@require_POST
def message_requeue(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a message back."""
    need(request, "change_message")
    message = _message(request, pk)
    if outbox.requeue(actor=signed_in(request), message=message, now=timezone.now()):
        messages.success(
            request, gettext("The message is put back and goes out with the next sweep.")
        )
    else:
        messages.warning(request, NOT_STUCK)
    return redirect("admin:verification_message_change", message.pk)


@admin.register(Reminder)
class ReminderAdmin(DeskAdmin):
    """Whom the tracker told, or has to tell, of which claim."""

    lead = _("Each is told once: one claim, one stage of its deadline, one recipient.")
    empty_words = _("No reminder yet. The first is made a week before a deadline.")
    list_display = ("the_claim", "stage", "deadline", "recipient", "created_at", "the_message")
    list_display_links = None
    list_filter = (by("stage"),)
    list_select_related = ("claim", "recipient", "message")
    searches_claims = True
    search_fields = ("claim__words",)
    search_help_text = _("Words of the statement, a slug")
    ordering = ("-id",)
    sortable_by = ()

    @admin.display(description=_("claim"))
    def the_claim(self, reminder: Reminder) -> str:
        """The claim, as a link."""
        return claim_link(reminder.claim)

    @admin.display(description=_("message"))
    def the_message(self, reminder: Reminder) -> str | None:
        """The mail, as a link."""
        if reminder.message is None:
            return None
        url = reverse("admin:verification_message_change", args=[reminder.message_id])
        return format_html('<a href="{}">{}</a>', url, reminder.message.get_state_display())
