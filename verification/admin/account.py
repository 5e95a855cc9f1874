"""“My account”: the own password, second factor and sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from verification.addresses import address
from verification.admin.formpage import FormPage, Rows
from verification.admin.naming import signed_in
from verification.admin.user_forms import NEW_PASSWORD
from verification.domain import browsers
from verification.models import DeskSession, SecondFactor, User
from verification.services import desk_sessions, passwords, second_factors, signing_in


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    user = signed_in(request)
    context = {
        **admin.site.each_context(request),
        "title": _("My account"),
        "own": True,
        **about(user, here=request.session.session_key),
        "must_have": signing_in.must_have_factor(user),
        "end_url": reverse("admin:end_sessions"),
    }
    return TemplateResponse(request, "admin/desk/account.html", context)


def about(user: User, *, here: str | None) -> dict[str, Any]:
    """What a page tells of an account: its sessions and its second factor."""
    now = timezone.now()
    factor = SecondFactor.objects.filter(user=user).first()
    return {
        "sessions": [
            {"row": row, "browser": browser_words(row), "here": row.session_key == here}
            for row in desk_sessions.of(user, now)
        ],
        "factor": factor,
        "codes_left": second_factors.codes_left(factor) if factor else 0,
    }


def browser_words(session: DeskSession) -> str:
    """The browser of a session in words."""
    browser, system = browsers.names(session.browser)
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("a browser that is not known")


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Ends one of one's own sessions, or all the others."""
    user = signed_in(request)
    ended(
        request,
        desk_sessions.end(
            actor=user,
            user=user,
            now=timezone.now(),
            name=named(request),
            keep=request.session.session_key,
        ),
    )
    return redirect("admin:account")


def named(request: HttpRequest) -> UUID | None:
    """The session that a button names; none for all of them."""
    given = request.POST.get("session", "")
    try:
        return UUID(given) if given else None
    except ValueError:
        # A name that no session has: it ends none, and not all.
        return UUID(int=0)


def ended(request: HttpRequest, count: int) -> None:
    """Says how many sessions have ended."""
    words = ngettext("%(count)s session is ended.", "%(count)s sessions are ended.", count)
    messages.success(request, words % {"count": count})


class PasswordChangeForm(forms.Form):
    """The password of before and, twice, the new one."""

    old_password = forms.CharField(
        label=_("Your password until now"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password", "autofocus": True}),
    )
    new_password1 = forms.CharField(label=_("New password"), **NEW_PASSWORD)
    new_password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


@method_decorator([sensitive_post_parameters(), sensitive_variables("data")], name="dispatch")
class ChangePassword(FormPage):
    """Changes one's own password."""

    permission = ""
    form_class = PasswordChangeForm
    title = _("Change my password")
    submit = _("Change my password")
    lead = _("Your other sessions end, on every machine.")
    together = False

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> User:
        data = form.cleaned_data
        user = passwords.change(
            user=self.actor,
            old=data["old_password"],
            password=data["new_password1"],
            again=data["new_password2"],
            keep=self.request.session.session_key,
            address=address(self.request),
            now=self.now,
        )
        # This session goes on, under another key.
        update_session_auth_hash(self.request, user)
        return user

    def done_url(self, result: User) -> str:
        return reverse("admin:password_change_done")
