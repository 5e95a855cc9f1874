"""The pages of one webhook and of one delivery, and what can be done on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from verification.admin.formpage import FormPage, Rows
from verification.admin.naming import need, signed_in
from verification.models import Delivery, Webhook
from verification.models.choices import MessageState, WebhookEvent, WebhookKind
from verification.models.webhook import NAME_MAX, URL_MAX
from verification.services import deliveries, endpoints

#: So many deliveries are on the page of a webhook; the list has them all.
SHOWN = 20
EVENT_CHOICES = [choice for choice in WebhookEvent.choices if choice[0] in endpoints.EVENTS]


class WebhookForm(forms.Form):
    """Whom to tell, and of what."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_MAX, help_text=_("What the desk calls it.")
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=URL_MAX,
        help_text=_(
            "Begins with https:// and is on the internet: addresses inside a network are refused."
        ),
    )
    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=EVENT_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only public claims are told of."),
    )


class NewWebhookForm(WebhookForm):
    """A webhook that is made."""

    kind = forms.ChoiceField(
        label=_("What reads it"), choices=WebhookKind.choices, widget=forms.RadioSelect
    )
    field_order = ("name", "kind", "url", "events")


class ChangedWebhookForm(WebhookForm):
    """A webhook that is there; its address is not printed again."""

    url = forms.CharField(
        label=_("Another address"),
        max_length=URL_MAX,
        required=False,
        help_text=_(
            "Empty, the address stays as it is. It is not shown, since it may hold a secret."
        ),
    )


class AddWebhook(FormPage):
    """Makes a webhook, and shows its secret once."""

    permission = "add_webhook"
    form_class: type[forms.Form] = NewWebhookForm
    #: The address is looked up, and no database is kept waiting for that.
    together = False
    title: Any = _("Add a webhook")
    lead: Any = _("An address that is told of changes of public claims as they happen.")
    submit: Any = _("Add the webhook")

    def initial(self) -> dict[str, Any]:
        return {"kind": WebhookKind.JSON, "events": list(endpoints.EVENTS)}

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Webhook:
        return endpoints.add(actor=self.actor, now=self.now, **form.cleaned_data)

    def finished(self, result: Webhook) -> HttpResponse:
        if result.is_chat:
            messages.success(self.request, gettext("The webhook is added: send it a test."))
            return redirect(self.done_url(result))
        return _secret_page(self.request, result)

    def done_url(self, result: Webhook) -> str:
        return reverse("admin:verification_webhook_change", args=[result.pk])


class OfWebhook(AddWebhook):
    """A page about one webhook."""

    permission = "change_webhook"
    lead: Any = ""
    webhook: Webhook

    def load(self, **kwargs: Any) -> None:
        self.webhook = get_object_or_404(Webhook, pk=kwargs["pk"])


class EditWebhook(OfWebhook):
    """Changes what is told, and where."""

    form_class: type[forms.Form] = ChangedWebhookForm
    title: Any = _("Change the webhook")
    submit: Any = _("Save")

    def initial(self) -> dict[str, Any]:
        return {"name": self.webhook.name, "events": self.webhook.events}

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Webhook:
        return endpoints.edit(
            actor=self.actor, webhook=self.webhook, now=self.now, **form.cleaned_data
        )

    def finished(self, result: Webhook) -> HttpResponse:
        messages.success(self.request, gettext("The webhook is saved."))
        return redirect(self.done_url(result))


class RotateSecret(OfWebhook):
    """Gives it a new secret, and shows that once."""

    form_class: type[forms.Form] = forms.Form
    together = True
    title: Any = _("Make a new secret")
    lead: Any = _(
        "For 24 hours everything is signed with the old secret as well, so that the receiver can "
        "be changed meanwhile."
    )
    submit: Any = _("Make a new secret")
    danger = True

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Webhook:
        return endpoints.rotate(actor=self.actor, webhook=self.webhook, now=self.now)

    def finished(self, result: Webhook) -> HttpResponse:
        return _secret_page(self.request, result)


class RemoveWebhook(OfWebhook):
    """Removes it with its log."""

    permission = "delete_webhook"
    form_class: type[forms.Form] = forms.Form
    together = True
    title: Any = _("Remove the webhook")
    lead: Any = _(
        "It goes for good, with the log of what it was told. The ledger keeps that it was there."
    )
    submit: Any = _("Remove the webhook")
    danger = True

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Webhook:
        endpoints.remove(actor=self.actor, webhook=self.webhook, now=self.now)
        return self.webhook

    def finished(self, result: Webhook) -> HttpResponse:
        messages.success(self.request, gettext("The webhook is removed."))
        return redirect("admin:verification_webhook_changelist")


def _secret_page(request: HttpRequest, webhook: Webhook) -> HttpResponse:
    """The one page that prints a secret; nothing on the way keeps it."""
    context = {
        **admin.site.each_context(request),
        "title": gettext("The secret of “%(name)s”") % {"name": webhook},
        "webhook": webhook,
    }
    return TemplateResponse(request, "admin/desk/webhook_secret.html", context)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook: whom it tells and of what, and what was told lately."""
    need(request, "view_webhook")
    webhook = get_object_or_404(Webhook.objects.select_related("created_by"), pk=pk)
    latest = webhook.deliveries.select_related("claim").defer("body").order_by("-id")[:SHOWN]
    context = {
        **admin.site.each_context(request),
        "title": str(webhook),
        "webhook": webhook,
        "deliveries": [{"row": row, "said": said(row)} for row in latest],
        "signs_with_both": webhook.old_secret_until is not None
        and timezone.now() < webhook.old_secret_until,
        "can_change": request.user.has_perm("verification.change_webhook"),
        "can_remove": webhook.switched_off_at is not None
        and request.user.has_perm("verification.delete_webhook"),
    }
    return TemplateResponse(request, "admin/desk/webhook.html", context)


def said(delivery: Delivery) -> str:
    """What the receiver said last in a few words, or why it said nothing; empty before that."""
    if delivery.fault:
        return delivery.get_fault_display()
    if delivery.status is None:
        return ""
    return f"{delivery.status} {delivery.answer}"[:120].strip()


@require_POST
def send_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a test, and says what came of it."""
    need(request, "change_webhook")
    webhook = get_object_or_404(Webhook, pk=pk)
    sent = deliveries.send_test(actor=signed_in(request), webhook=webhook, clock=timezone.now)
    if sent.state == MessageState.SENT:
        words = gettext("The test was taken: %(answer)s")
        messages.success(request, words % {"answer": said(sent)})
    else:
        words = gettext("The test was not taken: %(answer)s")
        messages.error(request, words % {"answer": said(sent)})
    return redirect("admin:verification_webhook_change", pk)


@require_POST
def switch_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Switches it on."""
    return _switch(request, pk, on=True)


@require_POST
def switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Switches it off."""
    return _switch(request, pk, on=False)


def _switch(request: HttpRequest, pk: int, *, on: bool) -> HttpResponse:
    need(request, "change_webhook")
    webhook = get_object_or_404(Webhook, pk=pk)
    endpoints.switch(actor=signed_in(request), webhook=webhook, on=on, now=timezone.now())
    done = gettext("The webhook is on.") if on else gettext("The webhook is off.")
    messages.success(request, done)
    return redirect("admin:verification_webhook_change", pk)


@require_safe
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """One delivery: what was told, how often it was tried, and what was answered."""
    need(request, "view_delivery")
    row = get_object_or_404(Delivery.objects.select_related("webhook", "claim"), pk=pk)
    context = {
        **admin.site.each_context(request),
        "title": row.get_event_display().capitalize(),
        "delivery": row,
        "payload": json.dumps(json.loads(row.body), indent=2, ensure_ascii=False),
        "can_send": row.state != MessageState.PENDING
        and row.event != WebhookEvent.TEST
        and request.user.has_perm("verification.change_webhook"),
    }
    return TemplateResponse(request, "admin/desk/delivery.html", context)


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a delivery back."""
    need(request, "change_webhook")
    row = get_object_or_404(Delivery.objects.select_related("webhook"), pk=pk)
    if deliveries.send_again(actor=signed_in(request), delivery=row, now=timezone.now()):
        messages.success(request, gettext("It goes out with the next sweep, under its own id."))
    else:
        messages.warning(request, gettext("It waits to be sent already, or is a test."))
    return redirect("admin:verification_delivery_change", pk)
