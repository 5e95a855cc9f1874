"""The account of somebody else: sessions, locks and the second factor, for who may change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from verification.admin.account import about, ended, named
from verification.admin.formpage import Rows
from verification.admin.naming import need, signed_in
from verification.admin.user_pages import OfUser
from verification.models import User
from verification.services import attempts, desk_sessions, people, second_factors, signing_in


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Where somebody is signed in, and whether the account is locked."""
    person = _person(request, pk)
    if not people.within_reach(signed_in(request), person):
        raise PermissionDenied(gettext("This user holds permissions that you do not have."))
    context = {
        **admin.site.each_context(request),
        "title": gettext("The account of %(user)s") % {"user": person},
        "person": person,
        "own": False,
        **about(person, here=request.session.session_key),
        "locks": attempts.shut_for(person, timezone.now()),
        "must_have": signing_in.must_have_factor(person),
        "end_url": reverse("admin:verification_user_end_sessions", args=[pk]),
    }
    return TemplateResponse(request, "admin/desk/account.html", context)


def _person(request: HttpRequest, pk: int) -> User:
    need(request, "change_user")
    return get_object_or_404(User, pk=pk)


@require_POST
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends one session of somebody, or all of them."""
    person = _person(request, pk)
    ended(
        request,
        desk_sessions.end(
            actor=signed_in(request), user=person, now=timezone.now(), name=named(request)
        ),
    )
    return redirect("admin:verification_user_account", pk)


@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets somebody who is locked out try again."""
    person = _person(request, pk)
    signing_in.unlock(actor=signed_in(request), user=person, now=timezone.now())
    messages.success(request, gettext("%(user)s may try again.") % {"user": person})
    return redirect("admin:verification_user_account", pk)


class ResetFactor(OfUser):
    """Takes away the second factor of somebody who has lost it."""

    form_class = forms.Form
    submit = _("Take the second factor away")
    done = _("The second factor is taken away.")
    danger = True

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> None:
        second_factors.reset(actor=self.actor, user=self.person, now=self.now)

    def done_url(self, result: Any) -> str:
        return reverse("admin:verification_user_account", args=[self.person.pk])

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return super().extra_context(form, rows) | {
            "lead": gettext(
                "Do this when %(user)s has lost the telephone and the recovery codes, and only "
                "once you have spoken to each other: a stranger would ask for just this. It is "
                "told by mail, and all sessions end."
            )
            % {"user": self.person}
        }


#: The addresses below that of a user: route, view, name.
ACCOUNT_PAGES: tuple[tuple[str, Any, str], ...] = (
    ("account/", page, "account"),
    ("account/end/", end_sessions, "end_sessions"),
    ("account/unlock/", unlock, "unlock"),
    ("account/second-factor/", ResetFactor.as_view(), "reset_factor"),
)
