"""The pages of one's own second factor: set up, new recovery codes, taken away."""

from __future__ import annotations

import io
from typing import Any

import segno
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from verification.addresses import address
from verification.admin.naming import signed_in
from verification.models import User
from verification.services import passwords, second_factors, signing_in
from verification.sessionstore import NOTES

#: Where the session keeps the seed of a second factor that is not confirmed yet.
SEED = "second_factor_seed"


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}
        ),
        help_text=_("The six digits that your app shows now, or one of your recovery codes."),
    )


class EnrolForm(forms.Form):
    """The first code of an app."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=_("The six digits that the app shows now."),
    )


class OwnEnrolForm(EnrolForm):
    """The same of who is signed in, and perhaps has left the desk for a minute."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


def picture(user: User, seed: str) -> dict[str, Any]:
    """What a page shows of a second factor that is being set up: a QR code, and the same in text.

    The picture is drawn here, with no style or script: nobody else is asked for it.
    """
    drawn = io.BytesIO()
    code = segno.make(second_factors.address(user, seed), error="m", micro=False)
    code.save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=True,
        scale=4,
        border=4,
        light="#fff",
        omitsize=False,
        title=gettext("QR code for the app"),
        svgclass="qr",
        lineclass=None,
    )
    secret = second_factors.secret(seed)
    return {
        # Made of squares alone: of what the user is called nothing stands in it as text.
        "qr": mark_safe(drawn.getvalue().decode()),  # noqa: S308
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }


@method_decorator(
    [never_cache, sensitive_post_parameters(), sensitive_variables("code", "password")],
    name="dispatch",
)
class OwnPage(View):
    """A page of the own second factor; its services count wrong tries, so they stand alone."""

    template_name = "admin/desk/second_factor.html"
    title: Any = ""
    lead: Any = ""
    submit: Any = ""
    danger = False
    form_class: type[forms.Form] = CodeForm
    #: Whether it is a page for who has a second factor already.
    of_factor = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.actor, self.now = signed_in(request), timezone.now()
        if self.of_factor and not second_factors.has(self.actor):
            return redirect("admin:account")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self.page(self.form_class())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Does it, once the code is right."""
        form = self.form_class(request.POST)
        if form.is_valid() and self.is_right(form):
            try:
                return self.act(form)
            except ValidationError as error:
                form.add_error(None, error)
        return self.page(form)

    def is_right(self, form: forms.Form) -> bool:
        """Whether the form proves who it is; says what is wrong where it does not."""
        right = signing_in.by_code(
            user=self.actor,
            code=form.cleaned_data["code"],
            address=address(self.request),
            now=self.now,
        )
        if not right:
            form.add_error("code", _("This code is not taken. Each code is taken once."))
        return right

    def act(self, form: forms.Form) -> HttpResponse:
        """Calls the service and answers."""
        raise NotImplementedError

    def page(self, form: forms.Form, **more: Any) -> HttpResponse:
        """The page with the form in it."""
        context = {
            **admin.site.each_context(self.request),
            "title": self.title,
            "lead": self.lead,
            "submit": self.submit,
            "danger": self.danger,
            "form": form,
            **more,
        }
        return TemplateResponse(self.request, self.template_name, context)

    def show(self, codes: list[str]) -> HttpResponse:
        """The recovery codes, this once."""
        context = {
            **admin.site.each_context(self.request),
            "title": _("Your recovery codes"),
            "codes": codes,
        }
        return TemplateResponse(self.request, "admin/desk/recovery_codes.html", context)


class SetUp(OwnPage):
    """Sets up a second factor, or another one in the place of the one that there is."""

    title = _("Set up your second factor")
    submit = _("Set up the second factor")
    form_class = OwnEnrolForm
    of_factor = False

    def get(self, request: HttpRequest) -> HttpResponse:
        request.session[SEED] = second_factors.new_seed()
        return super().get(request)

    def page(self, form: forms.Form, **more: Any) -> HttpResponse:
        seed = self.request.session.setdefault(SEED, second_factors.new_seed())
        return super().page(form, **picture(self.actor, seed), **more)

    def is_right(self, form: forms.Form) -> bool:
        right = passwords.confirmed(
            user=self.actor,
            password=form.cleaned_data["password"],
            address=address(self.request),
            now=self.now,
        )
        if not right:
            form.add_error("password", _("This is not your password."))
        return right

    def act(self, form: forms.Form) -> HttpResponse:
        codes = second_factors.confirm(
            user=self.actor,
            seed=self.request.session.get(SEED, ""),
            code=form.cleaned_data["code"],
            keep=self.request.session.session_key,
            address=address(self.request),
            now=self.now,
        )
        del self.request.session[SEED]
        _another_key(self.request, second_factor=True)
        return self.show(codes)


class NewCodes(OwnPage):
    """Makes recovery codes in the place of the old ones."""

    title = _("New recovery codes")
    lead = _("The ones that you have hold no more afterwards.")
    submit = _("Make new codes")

    def act(self, form: forms.Form) -> HttpResponse:
        return self.show(second_factors.new_codes(user=self.actor, now=self.now))


class TakeAway(OwnPage):
    """Takes the second factor away."""

    title = _("Take the second factor away")
    lead = _("Your account asks for nothing but the password then. Your other sessions end.")
    submit = _("Take it away")
    danger = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if signing_in.must_have_factor(signed_in(request)):
            raise PermissionDenied(gettext("Your role must have a second factor."))
        return super().dispatch(request, *args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponse:
        second_factors.remove(
            user=self.actor,
            keep=self.request.session.session_key,
            address=address(self.request),
            now=self.now,
        )
        _another_key(self.request, second_factor=False)
        messages.success(self.request, gettext("The second factor is taken away."))
        return redirect("admin:account")


def _another_key(request: HttpRequest, *, second_factor: bool) -> None:
    """The session goes on under another key, so that a stolen one is worth nothing."""
    notes = request.session.get(NOTES, {})
    request.session[NOTES] = notes | {"second_factor": second_factor}
    request.session.cycle_key()
