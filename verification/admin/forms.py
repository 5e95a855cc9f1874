"""The forms of the desk. They read what was typed; what it must be is the services' to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from verification.models import Claim, Reply, Report
from verification.models.choices import Basis, Certainty, Precision, Stance
from verification.models.claim import CRITERIA_MAX, STATEMENT_MAX
from verification.services.claimrules import YEARS


def _says(model: Any, field: str) -> Any:
    """A model's own help on a field."""
    return model._meta.get_field(field).help_text


class Names(forms.TextInput):
    """A text field that suggests names while one types; without a script it is a text field."""

    def __init__(self, what: str) -> None:
        super().__init__(
            {
                "data-suggest": reverse_lazy("admin:suggest", args=[what]),
                "autocomplete": "off",
                "spellcheck": "false",
            }
        )


LAST_DAY = f"{YEARS[1]}-12-31"


class Day(forms.DateField):
    """A day of the calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            # With a last day, browsers take a year of four digits and go on from there.
            widget=forms.DateInput({"type": "date", "max": LAST_DAY}, format="%Y-%m-%d"),
            error_messages={"invalid": _("Enter a day of the calendar, such as 2026-03-31.")},
            **kwargs,
        )


class Address(forms.CharField):
    """An http(s) address, checked by the services."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Address"))
        super().__init__(
            widget=forms.TextInput(
                {"inputmode": "url", "placeholder": "https://", "spellcheck": "false"}
            ),
            **kwargs,
        )


class Lines(forms.CharField):
    """Several short texts, one on each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 3, "spellcheck": "false"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """The lines that have something on them."""
        return [line for line in (super().to_python(value) or "").splitlines() if line.strip()]


def paragraph(rows: int, **attrs: Any) -> forms.Textarea:
    """A field for several lines."""
    return forms.Textarea({"rows": rows, **attrs})


class Versioned(forms.Form):
    """A form on a claim: carries the version that its reader saw."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Send the version of the claim that you have read."),
            "invalid": _("The version of a claim is a whole number."),
        },
    )


class Deadline(forms.Form):
    """A deadline with its wording, precision and basis."""

    deadline = Day(
        label=_("Deadline"), help_text=_("The last day, inclusive, in the newsroom’s time zone.")
    )
    deadline_text = forms.CharField(
        label=_("As worded"), required=False, help_text=_says(Claim, "deadline_text")
    )
    deadline_precision = forms.ChoiceField(
        label=_("Precision"), choices=Precision.choices, initial=Precision.DAY
    )
    deadline_basis = forms.ChoiceField(
        label=_("Given by"),
        choices=Basis.choices,
        initial=Basis.NEWSROOM,
        help_text=_says(Claim, "deadline_basis"),
    )


class Wording(forms.Form):
    """What a claim says."""

    statement = forms.CharField(
        label=_("Statement"),
        widget=paragraph(2, maxlength=STATEMENT_MAX),
        help_text=_says(Claim, "statement"),
    )
    criteria = forms.CharField(
        label=_("Criteria"),
        required=False,
        widget=paragraph(3, maxlength=CRITERIA_MAX),
        help_text=_says(Claim, "criteria"),
    )
    beat = forms.CharField(label=_("Beat"), widget=Names("beats"))
    language = forms.ChoiceField(
        label=_("Language"), choices=list(Claim._meta.get_field("language").choices or ())
    )
    public = forms.BooleanField(
        label=_("Public"), required=False, initial=True, help_text=_says(Claim, "public")
    )


class LogForm(Deadline, Wording):
    """A new claim."""

    assignee = forms.CharField(
        label=_("Assignee"),
        required=False,
        widget=Names("people"),
        help_text=_says(Claim, "assignee"),
    )


class EditForm(Wording, Versioned):
    """A claim's wording, beat and basis."""

    deadline_basis = forms.ChoiceField(label=_("Deadline given by"), choices=Basis.choices)


class ExtendForm(Deadline, Versioned):
    """A new deadline and why."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=paragraph(2),
        help_text=_("Why the deadline moves. Readers will see it."),
    )
    criteria_day = forms.BooleanField(
        label=_("Say the new day in the criteria, too"), required=False, initial=True
    )


class AssignForm(Versioned):
    """Whose hands a claim goes to."""

    assignee = forms.CharField(
        label=_("Assignee"),
        required=False,
        widget=Names("people"),
        help_text=_("A user’s name. Empty: nobody, so whoever logged the claim is reminded."),
    )


class HandOverForm(Versioned):
    """Who takes the claim over, and what to know."""

    assignee = forms.CharField(
        label=_("Colleague"), widget=Names("people"), help_text=_("A user’s name.")
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=paragraph(3),
        help_text=_("What your colleague should know. The ledger keeps it."),
    )


class WatcherForm(forms.Form):
    """Who is to watch the claim."""

    user = forms.CharField(
        label=_("Watcher"), widget=Names("people"), help_text=_("A user’s name.")
    )


class RationaleForm(Versioned):
    """Why a verdict is withdrawn or a claim voided."""

    rationale = forms.CharField(
        label=_("Rationale"), widget=paragraph(4), help_text=_("Readers will see it.")
    )


class ConfirmForm(Versioned):
    """Nothing but the version: the page asks whether it is meant."""


class ReportForm(forms.Form):
    """One report."""

    source = forms.CharField(
        label=_("Source"),
        widget=Names("sources"),
        help_text=_("A new name makes a new source."),
    )
    published_on = Day(label=_("Published on"))
    via = forms.CharField(
        label=_("Credits"),
        required=False,
        widget=Names("sources"),
        help_text=_says(Report, "via"),
    )
    url = Address(required=False)
    stance = forms.ChoiceField(label=_("Stance"), choices=Stance.choices, initial=Stance.ASSERTS)
    certainty = forms.ChoiceField(
        label=_("Certainty"),
        required=False,
        choices=[("", _("not recorded")), *Certainty.choices],
        help_text=_says(Report, "certainty"),
    )
    hedge = forms.CharField(
        label=_("Hedge as printed"), required=False, help_text=_says(Report, "hedge")
    )
    author = forms.CharField(label=_("Author"), required=False)
    headline = forms.CharField(label=_("Headline"), required=False)


class StoryForm(forms.Form):
    """One of the newsroom's own stories."""

    title = forms.CharField(label=_("Title"))
    url = Address()
    published_on = Day(label=_("Published on"))
    author = forms.CharField(
        label=_("Author"), required=False, widget=Names("people"), help_text=_("A user’s name.")
    )


class EvidenceForm(forms.Form):
    """A page on which a verdict rests."""

    title = forms.CharField(label=_("Title"))
    url = Address()
    published_on = Day(label=_("Published on"), required=False)


class AskedForm(forms.Form):
    """Somebody was asked about the claim."""

    whom = forms.CharField(label=_("Who was asked"), help_text=_says(Reply, "whom"))
    asked_on = Day(label=_("Asked on"))
    answer_by = Day(label=_("Answer asked for by"), help_text=_says(Reply, "answer_by"))
    contact = forms.CharField(label=_("Contact"), required=False, help_text=_says(Reply, "contact"))


class AnswerForm(forms.Form):
    """What they answered."""

    answered_on = Day(label=_("Answered on"))
    answer = forms.CharField(
        label=_("Answer"), widget=paragraph(4), help_text=_says(Reply, "answer")
    )


class OneReportForm(ReportForm, Versioned):
    """A report of a claim that is logged already."""


class OneStoryForm(StoryForm, Versioned):
    """A story of a claim that is logged already."""


class DecideForm(Versioned):
    """A verdict, without its evidence."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an outcome.")},
    )
    became_known_on = Day(label=_("Became known on"), required=False)
    rationale = forms.CharField(
        label=_("Rationale"),
        required=False,
        widget=paragraph(4),
        help_text=_("What happened, and how it meets the criteria. Readers will see it."),
    )


class ReviseForm(DecideForm):
    """A verdict that supersedes another one, and why."""

    rationale = forms.CharField(
        label=_("Rationale"),
        widget=paragraph(4),
        help_text=_("What happened, and how it meets the criteria. Readers will see it."),
        error_messages={"required": _("Say why: readers will see it.")},
    )
    correction = forms.CharField(
        label=_("Reason for the correction"),
        widget=paragraph(2),
        help_text=_(
            "Why the verdict in force does not stand, such as “We had the wrong day.” Readers will "
            "see it in the corrections and in the claim’s history."
        ),
        error_messages={"required": _("Say why the verdict changes: readers will see it.")},
    )
