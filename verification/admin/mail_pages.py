"""The pages of one mail: how it reads, where it is, and what can be done with it."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from verification.admin.naming import need, signed_in
from verification.domain.mailheight import height_of
from verification.models import Message, Suppression
from verification.models.choices import MessageState
from verification.services import outbox, stuck, suppressions

#: Widths of a mail's frame, in pixels, for which its height is told: no mail is wider than this.
WIDTHS = (*range(280, 480, 20), *range(480, 641, 40))
NOT_STUCK = _("Only a message that failed or was set aside can be put back or given up.")


def _message(request: HttpRequest, pk: int) -> Message:
    need(request, "view_message")
    return get_object_or_404(Message.objects.select_related("recipient", "webhook"), pk=pk)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: where it is, whom it goes to, what it is about and how it reads."""
    message = _message(request, pk)
    refusal = suppressions.of([message.recipient]).get(message.recipient_id)
    context = {
        **admin.site.each_context(request),
        "title": str(message),
        "message": message,
        "heights": [(width, height_of(message.html, width)) for width in WIDTHS],
        "reminders": list(message.reminders.select_related("claim")),
        "updates": list(message.story_updates.select_related("story__claim", "verdict")),
        "advice": advice(message, refusal),
        "can_see_user": request.user.has_perm("verification.change_user"),
        "can_requeue": message.state in stuck.STATES
        and request.user.has_perm("verification.change_message"),
    }
    return TemplateResponse(request, "admin/desk/message.html", context)


def advice(message: Message, refusal: Suppression | None) -> tuple[str, str] | None:
    """Why a stuck message is stuck, and what to do about it; none for any other."""
    if message.state == MessageState.FAILED and refusal is not None:
        return (
            gettext("The mail server says that this address takes no mail."),
            gettext("Mend the address on the user’s page. If it is right, send the mail again."),
        )
    if message.state == MessageState.FAILED:
        return (
            gettext("The mail server refused it for good."),
            gettext(
                "Its answer says whether the address, the sender or the text is at fault. Mend "
                "that and send the mail again."
            ),
        )
    if message.state != MessageState.QUARANTINED:
        return None
    if message.last_error.startswith("cannot be rendered"):
        return (
            gettext("It could not be written, so nobody was told by it."),
            gettext(
                "Something in the claim cannot be put into a mail. Open the claim, change it, and "
                "send the mail again."
            ),
        )
    return (
        gettext("Every attempt ended without success, so it was set aside."),
        gettext("See whether the mail server answers, and send the mail again."),
    )


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
def html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part by itself, for the frame on the page of the mail."""
    return HttpResponse(_message(request, pk).html)


@require_POST
def requeue(request: HttpRequest, pk: int) -> HttpResponse:
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


@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a message up."""
    need(request, "change_message")
    message = _message(request, pk)
    if stuck.put_away(actor=signed_in(request), message=message, now=timezone.now()):
        messages.success(request, gettext("The message is given up and is not sent."))
    else:
        messages.warning(request, NOT_STUCK)
    return redirect("admin:verification_message_change", message.pk)
