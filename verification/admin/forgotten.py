"""A forgotten password: asked for at the door, set by the link of a mail.

The page that asks says the same whether there is anybody of the name. The link's token goes from
the address into the session at once, so that no later address, and no page it links to, shows it.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from verification.addresses import address
from verification.admin.user_forms import NEW_PASSWORD
from verification.models import User
from verification.services import passwords

#: Where the session keeps the token, and what stands for it in the address.
TOKEN = "password_reset"  # noqa: S105  (a name)
IN_SESSION = "new"


class AskForm(forms.Form):
    """Who has forgotten the password."""

    name = forms.CharField(
        label=_("User name or e-mail address"),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "username", "autofocus": True}),
    )


class NewPasswordForm(forms.Form):
    """The new password, twice."""

    new_password1 = forms.CharField(label=_("New password"), **NEW_PASSWORD)
    new_password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


def _page(request: HttpRequest, **more: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": _("A new password"), **more}
    response = TemplateResponse(request, "admin/desk/forgotten.html", context)
    # Whatever its address holds, no other site is told.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@method_decorator(never_cache, name="dispatch")
class Ask(View):
    """Has a link sent."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return _page(request, form=AskForm(), step="ask")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Says that a mail is on its way if there is anybody of the name."""
        form = AskForm(request.POST)
        if not form.is_valid():
            return _page(request, form=form, step="ask")
        passwords.ask(name=form.cleaned_data["name"], address=address(request), now=timezone.now())
        return _page(request, step="asked")


@method_decorator(
    [never_cache, sensitive_post_parameters(), sensitive_variables("token", "data")],
    name="dispatch",
)
class Choose(View):
    """Sets the new password."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.user = _user(kwargs["uidb64"])
        if kwargs["token"] != IN_SESSION:
            if not passwords.check_token(user=self.user, token=kwargs["token"]):
                return _page(request, step="over", back=reverse("admin:forgotten"))
            request.session[TOKEN] = kwargs["token"]
            return redirect("admin:password_reset", kwargs["uidb64"], IN_SESSION)
        self.token = request.session.get(TOKEN, "")
        if not passwords.check_token(user=self.user, token=self.token):
            return _page(request, step="over", back=reverse("admin:forgotten"))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form."""
        return _page(request, form=NewPasswordForm(), step="choose", person=self.user)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Sets it; one signs in with it afterwards, as always."""
        form = NewPasswordForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                passwords.set_by_token(
                    user=cast(User, self.user),
                    token=self.token,
                    password=data["new_password1"],
                    again=data["new_password2"],
                    address=address(request),
                    now=timezone.now(),
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                del request.session[TOKEN]
                return _page(request, step="done")
        return _page(request, form=form, step="choose", person=self.user)


def _user(uidb64: str) -> User | None:
    try:
        pk = int(urlsafe_base64_decode(uidb64))
    except ValueError:
        return None
    return User.objects.filter(pk=pk).first() if pk < 2**63 else None
