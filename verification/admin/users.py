"""The people of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification.admin.base import DeskAdmin
from verification.admin.filters import DeskFilter
from verification.admin.formpage import Rows
from verification.admin.user_account import ACCOUNT_PAGES
from verification.admin.user_forms import EditUserForm, NewUserForm, PasswordForm
from verification.admin.user_pages import OfUser, UserPage
from verification.admin.words import ROLE_NAMES
from verification.models import Suppression, User
from verification.services import people, preferences, suppressions

#: What a user wants of mails, besides what a new one is asked for.
TIMING = ("mail_hour", "muted_stages")


class AddUser(UserPage):
    """Makes a user."""

    permission = "add_user"
    form_class = NewUserForm
    title = _("Add a user")
    submit = _("Add the user")
    done = _("The user is added.")

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> User:
        fields = dict(form.cleaned_data)
        return people.create_user(
            actor=self.actor,
            role=fields.pop("role"),
            password=fields.pop("password"),
            fields=fields,
            now=self.now,
        )


class EditUser(OfUser):
    """Changes a user."""

    form_class = EditUserForm
    done = _("The user is saved.")

    def initial(self) -> dict[str, Any]:
        names = (*people.USER_FIELDS, *people.SUPERUSER_FIELDS, *TIMING)
        return {name: getattr(self.person, name) for name in names} | {
            "role": people.role_of(self.person)
        }

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> User:
        fields = dict(form.cleaned_data)
        role = fields.pop("role")
        wishes = {name: fields.pop(name) for name in TIMING}
        user = people.edit_user(
            actor=self.actor, user=self.person, role=role, fields=fields, now=self.now
        )
        return preferences.set_preferences(actor=self.actor, user=user, fields=wishes, now=self.now)


class SetPassword(OfUser):
    """Gives a user a new password."""

    form_class = PasswordForm
    submit = _("Set the password")
    done = _("The password is set.")

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> None:
        people.set_password(
            actor=self.actor,
            user=self.person,
            password=form.cleaned_data["password"],
            now=self.now,
        )


class MailAgain(OfUser):
    """Sends mail again to an address that was refused."""

    permission = "delete_suppression"
    form_class = forms.Form
    title = _("Send mail to this address again")
    submit = _("Send mail again")
    done = _("Mail is sent to this address again.")

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> None:
        suppressions.lift(actor=self.actor, user=self.person, now=self.now)

    def done_url(self, result: Any) -> str:
        return reverse("admin:verification_user_change", args=[self.person.pk])

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return {
            "person": self.person,
            "lead": gettext(
                "Do this once %(address)s takes mail again. Should it be refused another time, "
                "others are told in the place of %(user)s as they are now."
            )
            % {"address": self.person.email, "user": self.person},
        }


class MailFilter(DeskFilter):
    """Those whose address takes no mail: where an alarm leads."""

    title = _("mail")
    parameter_name = "mail"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("refused", _("refused"))]

    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(pk__in=[user.pk for user in suppressions.refused_users()])


class RoleFilter(DeskFilter):
    """By role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(ROLE_NAMES.items())

    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(groups__name=value)


@admin.register(User)
class UserAdmin(DeskAdmin):
    """Who works on the desk."""

    add_words = _("Add a user")
    lead = _("Who may sign in, and in which role.")
    list_display = ("the_name", "username", "the_address", "the_role", "the_access", "last_login")
    list_display_links = None
    list_filter = (RoleFilter, MailFilter)
    search_fields = ("username", "first_name", "last_name", "email")
    search_help_text = _("A name, an address")
    ordering = ("username",)
    sortable_by = ()

    def pages(self) -> list[URLPattern]:
        return [
            self.page("add/", AddUser.as_view(), "add"),
            self.page("<int:pk>/change/", EditUser.as_view(), "change"),
            self.page("<int:pk>/password/", SetPassword.as_view(), "password"),
            self.page("<int:pk>/mail-again/", MailAgain.as_view(), "mail_again"),
            *[self.page(f"<int:pk>/{route}", view, name) for route, view, name in ACCOUNT_PAGES],
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def complete(self, request: HttpRequest, cl: ChangeList, context: dict[str, Any]) -> None:
        """With the refusals of the addresses on the page."""
        refusals = suppressions.of(cl.result_list)
        for person in cl.result_list:
            person.refusal = refusals.get(person.pk)
        super().complete(request, cl, context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("verification.add_user")

    @admin.display(description=_("name"))
    def the_name(self, person: User) -> str:
        """The name, as a link."""
        url = reverse("admin:verification_user_change", args=[person.pk])
        return format_html('<a class="statement" href="{}">{}</a>', url, person)

    @admin.display(description=_("e-mail address"))
    def the_address(self, person: User) -> str | None:
        """The address, and that it takes no mail where that is so."""
        refusal: Suppression | None = person.refusal  # type: ignore[attr-defined]
        if refusal is None:
            return person.email or None
        words = gettext("mail refused since %(day)s: %(reason)s") % {
            "day": date_format(timezone.localtime(refusal.since), "DATE_FORMAT"),
            "reason": Truncator(refusal.reason).chars(100),
        }
        return format_html(
            '<span class="said">{}<br><span class="error-text">{}</span></span>',
            person.email,
            words,
        )

    @admin.display(description=_("role"))
    def the_role(self, person: User) -> str:
        """The role, or that the user needs none."""
        if person.is_superuser:
            return gettext("superuser")
        return str(ROLE_NAMES.get(people.role_of(person), "–"))

    @admin.display(description=_("may sign in"))
    def the_access(self, person: User) -> str:
        """Whether the user may sign in, in a word."""
        return gettext("yes") if person.is_active else gettext("no")
