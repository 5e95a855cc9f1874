"""Whose attention a claim has: putting it off, handing it over, watching it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from verification.admin import claim_page, naming
from verification.admin.base import DeskAdmin
from verification.admin.claim_pages import ClaimFormPage
from verification.admin.formpage import Rows
from verification.admin.forms import Day, HandOverForm, WatcherForm
from verification.admin.naming import need, signed_in
from verification.models import Claim, Snooze, User, Watch
from verification.services import handing, snoozes, watches


def pages(model_admin: DeskAdmin) -> list[URLPattern]:
    """The addresses of the claim's pages that are about attention."""
    one = "<int:pk>/"
    return [
        model_admin.page(f"{one}snooze/", SnoozeClaim.as_view(), "snooze"),
        model_admin.page(f"{one}snooze/end/", end_snooze, "snooze_end"),
        model_admin.page(f"{one}hand-over/", HandOver.as_view(), "hand_over"),
        model_admin.page(f"{one}watch/", watch, "watch"),
        model_admin.page(f"{one}unwatch/", unwatch, "unwatch"),
        model_admin.page(f"{one}watchers/add/", AddWatcher.as_view(), "watcher_add"),
        model_admin.page(f"{one}watchers/<int:user>/remove/", remove_watcher, "watcher_remove"),
    ]


class SnoozeForm(forms.Form):
    """Until when."""

    until = Day(label=_("Not before the morning of"), help_text=_("Up to 60 days from today."))


class SnoozeClaim(ClaimFormPage):
    """Puts the claim off, for oneself."""

    permission = "view_claim"
    form_class = SnoozeForm
    title = _("Put it off")
    lead = _(
        "You are not reminded of this claim before that morning; then you are told where it "
        "stands. It stays in the hands that it is in, and others are told as ever."
    )
    submit = _("Put it off")

    def initial(self) -> dict[str, Any]:
        found = snoozes.running(self.claim, self.actor)
        return {"until": found.until if found else None}

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Snooze:
        return snoozes.snooze(
            actor=self.actor, claim=self.claim, until=form.cleaned_data["until"], now=self.now
        )

    def done_words(self, result: Snooze) -> str:
        return gettext("You hear no more of it before %(day)s.") % {
            "day": date_format(result.until)
        }


class HandOver(ClaimFormPage):
    """Gives the claim to a colleague: for whoever has it in hand."""

    permission = "view_claim"
    form_class = HandOverForm
    title = _("Hand the claim over")
    lead = _("Your colleague is told where it stands. The note stays with the claim.")
    submit = _("Hand it over")
    done = _("The claim is handed over.")

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not handing.may_hand_over(self.actor, self.claim):
            raise PermissionDenied

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Claim:
        data = form.cleaned_data
        to = naming.person(data["assignee"], "assignee")
        if to is None:
            raise ValidationError({"assignee": gettext("Enter a user’s name.")})
        return handing.hand_over(
            actor=self.actor,
            claim=self.claim,
            version=data["version"],
            to=to,
            note=data["note"],
            now=self.now,
        )

    def closed(self) -> bool:
        return bool(self.claim.outcome)


class AddWatcher(ClaimFormPage):
    """Adds somebody to those who watch the claim."""

    permission = "assign_claim"
    form_class = WatcherForm
    title = _("Add a watcher")
    lead = _("Whoever watches a claim is told of it where the ladder of its beat says so.")
    submit = _("Add the watcher")
    done = _("The watcher is added.")

    def initial(self) -> dict[str, Any]:
        return {}

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Watch:
        user = naming.person(form.cleaned_data["user"], "user")
        return watches.watch(actor=self.actor, claim=self.claim, user=user, now=self.now)


@require_POST
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader watches the claim."""
    need(request, "view_claim")
    watches.watch(actor=signed_in(request), claim=claim_page.read(pk), now=timezone.now())
    messages.success(request, gettext("You watch this claim."))
    return redirect("admin:verification_claim_change", pk)


@require_POST
def unwatch(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader watches it no more."""
    need(request, "view_claim")
    watches.unwatch(actor=signed_in(request), claim=claim_page.read(pk))
    messages.success(request, gettext("You watch this claim no more."))
    return redirect("admin:verification_claim_change", pk)


@require_POST
def remove_watcher(request: HttpRequest, pk: int, user: int) -> HttpResponse:
    """Takes somebody from those who watch it."""
    need(request, "assign_claim")
    claim, person = claim_page.read(pk), get_object_or_404(User, pk=user)
    watches.unwatch(actor=signed_in(request), claim=claim, user=person)
    words = gettext("%(name)s watches this claim no more.") % {"name": person}
    messages.success(request, words)
    return redirect("admin:verification_claim_change", pk)


@require_POST
def end_snooze(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader wants to hear of the claim again."""
    need(request, "view_claim")
    snoozes.end(actor=signed_in(request), claim=claim_page.read(pk), now=timezone.now())
    messages.success(request, gettext("You are reminded of this claim again."))
    return redirect("admin:verification_claim_change", pk)
