"""The door of the desk: a password, and then a code of who has (or must have) a second factor.

Between the two steps nobody is signed in. What is kept meanwhile, in the session, says who gave the
password and when; it opens nothing but the page of the second step.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from verification import visits
from verification.addresses import address
from verification.admin.second_factor import CodeForm, EnrolForm, picture
from verification.models import User
from verification.services import second_factors, signing_in

#: Where the session keeps who has given the password and not yet the code.
PENDING = "signing_in"
#: How long the second step waits.
WAITS = timedelta(minutes=10)
BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(forms.Form):
    """A name and a password. Why they are not taken is never told."""

    username = forms.CharField(
        label=_("User name"),
        widget=forms.TextInput({"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


REFUSED: Any = _(
    "This user name and password are not taken. After several wrong tries none is looked at for 15 "
    "minutes, be it right or wrong."
)
CODE_REFUSED: Any = _(
    "This code is not taken. Each code is taken once; after several wrong ones none is looked at "
    "for 15 minutes."
)
TOO_LATE: Any = _("It took too long: sign in again.")


@method_decorator(
    [never_cache, sensitive_post_parameters(), sensitive_variables("password", "data")],
    name="dispatch",
)
class SignIn(View):
    """The first step."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form; whoever is in already goes on."""
        if admin.site.has_permission(request):
            return redirect(_next(request))
        return self.page(SignInForm(), late="late" in request.GET)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Lets in, or asks for the code."""
        form = SignInForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        data, now = form.cleaned_data, timezone.now()
        user = signing_in.by_password(
            name=data["username"], password=data["password"], address=address(request), now=now
        )
        if user is None:
            form.add_error(None, REFUSED)
            return self.page(form)
        has_factor = second_factors.has(user)
        if not has_factor and not signing_in.must_have_factor(user):
            return _let_in(request, user, _next(request), now, second_factor=False)
        # Whatever session the browser had: its key may be known to somebody else.
        request.session.flush()
        request.session[PENDING] = {
            "user": user.pk,
            "at": now.isoformat(),
            "hash": user.get_session_auth_hash(),
            "next": _next(request),
            "seed": "" if has_factor else second_factors.new_seed(),
        }
        return redirect("admin:login_code" if has_factor else "admin:login_enrol")

    def page(self, form: forms.Form, **more: Any) -> HttpResponse:
        """The door."""
        context = {
            **admin.site.each_context(self.request),
            "title": _("Sign in"),
            "form": form,
            "next": _next(self.request),
            "too_late": TOO_LATE if more.get("late") else "",
        }
        return TemplateResponse(self.request, "admin/login.html", context)


@method_decorator(
    [never_cache, sensitive_post_parameters(), sensitive_variables("code")], name="dispatch"
)
class SecondStep(View):
    """What the two second steps share: who has given the password, and not too long ago."""

    template_name: str
    title: Any
    form_class: type[forms.Form]
    user: User
    pending: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        pending = request.session.get(PENDING)
        user = None if pending is None else _pending_user(pending, timezone.now())
        if pending is None or user is None:
            request.session.pop(PENDING, None)
            return redirect(reverse("admin:login") + "?late")
        self.pending, self.user = pending, user
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self.page(self.form_class())

    def page(self, form: forms.Form, **more: Any) -> HttpResponse:
        """The step's page."""
        context = {
            **admin.site.each_context(self.request), "title": self.title, "form": form, **more
        }  # fmt: skip
        return TemplateResponse(self.request, self.template_name, context)


class Code(SecondStep):
    """The code of who has a second factor."""

    template_name = "admin/desk/door_code.html"
    title = _("The second step")
    form_class = CodeForm

    def post(self, request: HttpRequest) -> HttpResponse:
        """Lets in."""
        form, now = CodeForm(request.POST), timezone.now()
        if not form.is_valid():
            return self.page(form)
        code = form.cleaned_data["code"]
        if not signing_in.by_code(user=self.user, code=code, address=address(request), now=now):
            form.add_error("code", CODE_REFUSED)
            return self.page(form)
        return _let_in(request, self.user, self.pending["next"], now, second_factor=True)


class Enrol(SecondStep):
    """The second factor of who must have one, and has none yet."""

    template_name = "admin/desk/door_enrol.html"
    title = _("Set up your second factor")
    form_class = EnrolForm

    def page(self, form: forms.Form, **more: Any) -> HttpResponse:
        return super().page(form, **picture(self.user, self.pending["seed"]), **more)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sets it up, lets in, and shows the recovery codes this once."""
        form, now = EnrolForm(request.POST), timezone.now()
        if not form.is_valid():
            return self.page(form)
        try:
            codes = second_factors.confirm(
                user=self.user,
                seed=self.pending["seed"],
                code=form.cleaned_data["code"],
                keep=None,
                address=address(request),
                now=now,
            )
        except forms.ValidationError as error:
            form.add_error(None, error)
            return self.page(form)
        target = self.pending["next"]
        _let_in(request, self.user, target, now, second_factor=True)
        context = {
            **admin.site.each_context(request),
            "title": _("Your recovery codes"),
            "codes": codes,
            "onward": target,
        }
        return TemplateResponse(request, "admin/desk/recovery_codes.html", context)


def _let_in(
    request: HttpRequest, user: User, target: str, now: datetime, *, second_factor: bool
) -> HttpResponse:
    request.session.pop(PENDING, None)
    # Gives the session another key, so that nobody who knew the one before it is in.
    login(request, user, backend=BACKEND)
    visits.note(request, now, second_factor=second_factor)
    return redirect(target)


def _pending_user(pending: dict[str, Any], now: datetime) -> User | None:
    """Who gave the password, as long as that holds."""
    if datetime.fromisoformat(pending["at"]) <= now - WAITS:
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(pending["hash"], user.get_session_auth_hash()):
        return None
    return user


def _next(request: HttpRequest) -> str:
    """Where to go on to: a page of this site, else the desk's front page."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    if wanted and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return reverse("admin:index")
