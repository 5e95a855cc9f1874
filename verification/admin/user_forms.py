"""The forms of a user of the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from verification.admin.preferences import DigestForm, LanguageForm, TimingForm
from verification.admin.words import ROLE_WORDS

#: What every field for a new password has.
NEW_PASSWORD: dict[str, Any] = {
    "strip": False,
    "widget": forms.PasswordInput({"autocomplete": "new-password"}),
    "help_text": password_validation.password_validators_help_text_html,
}


class UserForm(DigestForm, LanguageForm):
    """A user of the desk."""

    username = forms.CharField(label=_("User name"), help_text=_("What one signs in with."))
    first_name = forms.CharField(label=_("First name"), required=False)
    last_name = forms.CharField(label=_("Last name"), required=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("Where reminders go.")
    )
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=list(ROLE_WORDS.items()),
        widget=forms.RadioSelect,
    )
    is_active = forms.BooleanField(
        label=_("May sign in"),
        required=False,
        initial=True,
        help_text=_("Take the tick away when somebody leaves; what they did stays in the ledger."),
    )
    is_superuser = forms.BooleanField(
        label=_("Superuser"), required=False, help_text=_("May do everything, without a role.")
    )


class EditUserForm(UserForm, TimingForm):
    """A user of the desk with what he wants to be told."""

    field_order = (
        "username", "first_name", "last_name", "email", "role", "language", "mail_hour",
        "muted_stages", "weekly_digest",
    )  # fmt: skip


class PasswordForm(forms.Form):
    """A new password."""

    password = forms.CharField(label=_("Password"), **NEW_PASSWORD)


class NewUserForm(UserForm, PasswordForm):
    """A user of the desk that is made."""

    field_order = (
        "username", "password", "first_name", "last_name", "email", "role", "language",
        "weekly_digest",
    )  # fmt: skip
