"""“My mail”: what a user of the desk wants to be told, when and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verification.admin.formpage import FormPage, Rows
from verification.domain.deadlines import OPTIONAL_STAGES
from verification.models import User
from verification.models.choices import Stage
from verification.services import preferences

DIGEST_HELP: Any = User._meta.get_field("weekly_digest").help_text


class LanguageForm(forms.Form):
    """The language of the desk and of mails."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("the newsroom’s own")), ("en", "English"), ("fr", "Français")],
        help_text=_("Of the desk and of mails."),
    )


class DigestForm(forms.Form):
    """Whether the week is told."""

    weekly_digest = forms.BooleanField(
        label=_("Weekly digest"), required=False, initial=True, help_text=DIGEST_HELP
    )


class TimingForm(forms.Form):
    """At which hour mails come, and which stages are left out."""

    mail_hour = forms.IntegerField(
        label=_("Hour of mails"),
        required=False,
        help_text=User._meta.get_field("mail_hour").help_text,
        error_messages={"invalid": _("Enter a whole number from 0 to 23.")},
    )
    muted_stages = forms.MultipleChoiceField(
        label=_("Leave these reminders out"),
        required=False,
        choices=[(stage, Stage(stage).label) for stage in OPTIONAL_STAGES],
        widget=forms.CheckboxSelectMultiple,
        help_text=User._meta.get_field("muted_stages").help_text,
    )


class PreferencesForm(DigestForm, TimingForm, LanguageForm):
    """All that a user sets for himself."""


class MyMail(FormPage):
    """The signed-in user's own preferences."""

    # Everybody who may come to the desk has mail.
    permission = ""
    form_class = PreferencesForm
    title = _("My mail")
    lead = _(
        "What you are told, when and in which language. Reminders on the day of a deadline and a "
        "week after it are always sent: somebody has to act on them."
    )
    done = _("Your wishes are saved.")

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.actor, name) for name in preferences.PREFERENCES}

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> User:
        return preferences.set_preferences(
            actor=self.actor, user=self.actor, fields=form.cleaned_data, now=self.now
        )

    def done_url(self, result: User) -> str:
        return reverse("admin:my_mail")
