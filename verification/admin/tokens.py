"""The tokens of programs: made, shown once, listed, revoked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification.admin.base import DeskAdmin, column
from verification.admin.formpage import FormPage, Rows
from verification.admin.forms import Names
from verification.admin.naming import person
from verification.admin.words import SCOPE_WORDS
from verification.models import ApiToken
from verification.services import tokens
from verification.services.tokens import DAYS_MAX

ALL, SOME = "all", "some"


class TokenForm(forms.Form):
    """A new token."""

    user = forms.CharField(
        label=_("User"),
        widget=Names("people"),
        help_text=_("For whom the program acts. What it does is written down in this name."),
    )
    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("Which program it is for, to find it again.")
    )
    limit = forms.ChoiceField(
        label=_("What it may do"),
        choices=[
            (SOME, _("read what is public, and what is ticked below")),
            (ALL, _("all that the user may do")),
        ],
        initial=SOME,
        widget=forms.RadioSelect,
    )
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        required=False,
        choices=list(SCOPE_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than the user’s role at the moment of the request."),
    )
    days = forms.IntegerField(
        label=_("Ends after days"),
        required=False,
        min_value=1,
        max_value=DAYS_MAX,
        initial=365,
        help_text=_("Empty: when somebody revokes it."),
    )


class AddToken(FormPage):
    """Makes a token, and shows it on the answer to the POST and never again."""

    permission = "add_apitoken"
    form_class = TokenForm
    title = _("Make a token")
    lead = _(
        "A program’s key to the API. It is shown once; only its hash is kept, and its beginning, "
        "to tell it from others."
    )
    submit = _("Make the token")

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> tuple[ApiToken, str]:
        data = form.cleaned_data
        user = person(data["user"], "user")
        if user is None:
            raise forms.ValidationError({"user": gettext("Enter a user’s name.")})
        return tokens.create(
            actor=self.actor,
            user=user,
            name=data["name"],
            scopes=None if data["limit"] == ALL else data["scopes"],
            days=data["days"],
            now=self.now,
        )

    def finished(self, result: tuple[ApiToken, str]) -> HttpResponse:
        """The page with the token in it, which nobody keeps."""
        row, key = result
        context = {
            **self.site.each_context(self.request),
            "title": gettext("The token is made"),
            "token": row,
            "scopes": scope_words(row),
            "key": key,
        }
        response = TemplateResponse(self.request, "admin/desk/token_made.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def done_url(self, result: Any) -> str:
        return reverse("admin:verification_apitoken_changelist")


class RevokeToken(FormPage):
    """Ends a token."""

    permission = "delete_apitoken"
    form_class = forms.Form
    title = _("Revoke the token")
    submit = _("Revoke the token")
    done = _("The token is revoked.")
    danger = True
    token: ApiToken

    def load(self, **kwargs: Any) -> None:
        self.token = get_object_or_404(ApiToken.objects.select_related("user"), pk=kwargs["pk"])

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> None:
        tokens.revoke(actor=self.actor, token=self.token, now=self.now)

    def done_url(self, result: Any) -> str:
        return reverse("admin:verification_apitoken_changelist")

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return {
            "lead": gettext("Programs that use “%(token)s” of %(user)s are turned away at once.")
            % {"token": self.token, "user": self.token.user}
        }


def scope_words(token: ApiToken) -> str:
    """What a token may do, in words."""
    if token.scopes is None:
        return gettext("all that the user may do")
    if not token.scopes:
        return gettext("read what is public")
    return ", ".join(str(SCOPE_WORDS.get(scope, scope)) for scope in token.scopes)


@admin.register(ApiToken)
class TokenAdmin(DeskAdmin):
    """The programs that may use the API, each by its token."""

    add_words = _("Make a token")
    lead = _(
        "A program’s key to the API. It never does more than its user may do at that moment; only "
        "its hash is kept."
    )
    empty_words = _("No token yet.")
    list_display = (
        "the_name",
        column("user", _("user")),
        "the_scopes",
        column("last_used_at", _("last used")),
        "the_end",
        "the_making",
        "the_revoking",
    )
    list_display_links = None
    list_select_related = ("user", "created_by")
    search_fields = ("name", "user__username")
    search_help_text = _("A token’s name, a user’s name")
    ordering = ("-created",)
    sortable_by = ()

    def pages(self) -> list[URLPattern]:
        return [
            self.page("add/", AddToken.as_view(), "add"),
            self.page("<str:pk>/revoke/", RevokeToken.as_view(), "revoke"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("verification.add_apitoken")

    @admin.display(description=_("token"))
    def the_name(self, token: ApiToken) -> str:
        """Its name and the beginning of its key."""
        return format_html('<span class="statement">{}</span>', token)

    @admin.display(description=_("may"))
    def the_scopes(self, token: ApiToken) -> str:
        """What it may do."""
        return scope_words(token)

    @admin.display(description=_("ends"))
    def the_end(self, token: ApiToken) -> Any:
        """When it ends, or that it has."""
        if token.expiry is not None and token.expiry <= timezone.now():
            return format_html('<span class="error-text">{}</span>', gettext("has ended"))
        return token.expiry

    @admin.display(description=_("made"))
    def the_making(self, token: ApiToken) -> str:
        """Who made it."""
        return str(token.created_by or gettext("on the command line"))

    @admin.display(description="")
    def the_revoking(self, token: ApiToken) -> str:
        """A link to the page that revokes it."""
        url = reverse("admin:verification_apitoken_revoke", args=[token.pk])
        return format_html('<a class="button" href="{}">{}</a>', url, _("Revoke"))
