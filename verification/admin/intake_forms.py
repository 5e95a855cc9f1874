"""The forms of the intake page: the article, and each claim that it may hold."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from verification.admin.forms import Address, Day, Deadline, Names, ReportForm
from verification.admin.intake_sources import Badge
from verification.models.claim import CRITERIA_MAX, STATEMENT_MAX
from verification.services.intake import HTML_MAX, one_newline

#: What a file may be called.
ENDINGS = (".txt", ".html", ".htm")


class Brief(forms.Form):
    """Fields without their help: a page of many forms would say it many times."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""


class About(forms.Form):
    """What is known of an article besides its text; all of it may be left out."""

    url = Address(
        required=False,
        label=_("Address of the page"),
        help_text=_("It is kept with the report of this page."),
    )
    title = forms.CharField(label=_("Headline"), required=False, max_length=300)
    outlet = forms.CharField(
        label=_("Outlet"),
        required=False,
        max_length=200,
        widget=Names("sources"),
        help_text=_("Whose page it is. Left out, it is read from the page."),
    )
    published = Day(
        label=_("Published on"),
        required=False,
        help_text=_(
            "“Next week” is counted from here. Left out: the date of the page or in the text, "
            "or else today."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("as it reads")), ("en", _("English")), ("fr", _("French"))],
    )


class ArticleForm(About):
    """An article to be read: pasted, at an address, or in a file."""

    text = forms.CharField(
        label=_("The article"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 11, "spellcheck": "false"}),
        help_text=_("Its text, or the source of its page."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.FileInput({"accept": ",".join(ENDINGS)}),
        help_text=_("A text or a saved page: .txt or .html."),
    )

    def clean(self) -> dict[str, Any]:
        """One of the three ways to have it read."""
        data: dict[str, Any] = super().clean() or {}
        given = any(data.get(name) for name in ("text", "url", "file"))
        if not given and not self.errors:
            self.add_error("text", _("Paste the article, give its address, or choose a file."))
        return data

    def clean_text(self) -> str:
        """The text with its lines ended in one way, as its places are counted."""
        return one_newline(self.cleaned_data["text"]).strip()

    def clean_file(self) -> Any:
        """A file of a kind and size that can be read."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if PurePath(file.name).suffix.lower() not in ENDINGS:
            raise ValidationError(_("Choose a file that ends in .txt or .html."))
        if file.size > HTML_MAX:
            raise ValidationError(
                _("This file is too large: a page may have at most 5,000,000 bytes.")
            )
        return file


class ReadArticle(Brief, About):
    """An article that was read: its text goes from page to page, for the server keeps nothing."""

    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    #: The day that its deadlines are counted from by now, and why that is its day.
    counted = forms.CharField(required=False, widget=forms.HiddenInput)
    dated = forms.CharField(required=False, widget=forms.HiddenInput)
    #: What its reports have of it, so that they follow what is mended here.
    was_url = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    was_title = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    was_outlet = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """As above: browsers send ends of lines in a way of their own."""
        return one_newline(self.cleaned_data["text"])


class CandidateForm(Brief, Deadline):
    """One claim that may be logged, and where in the text it stands."""

    tick = forms.BooleanField(label=_("Log it"), required=False)
    statement = forms.CharField(
        label=_("Statement"), widget=forms.Textarea({"rows": 2, "maxlength": STATEMENT_MAX})
    )
    criteria = forms.CharField(
        label=_("Criteria"),
        required=False,
        widget=forms.Textarea({"rows": 4, "maxlength": CRITERIA_MAX}),
    )
    beat = forms.CharField(label=_("Beat"), widget=Names("beats"))
    assignee = forms.CharField(label=_("Assignee"), required=False, widget=Names("people"))
    public = forms.BooleanField(label=_("Public"), required=False)
    #: Carried along to be shown again; nothing is believed of it.
    words = forms.CharField(required=False, widget=forms.HiddenInput)
    #: The criteria as they were proposed: where they are still these, nobody wrote them.
    proposed = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    #: The deadline as it was read, and the day that its wording and basis stand for by now.
    said = forms.CharField(required=False, widget=forms.HiddenInput)
    for_day = forms.CharField(required=False, widget=forms.HiddenInput)
    #: The beat as it was guessed, and how.
    guessed = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    beat_by = forms.CharField(required=False, widget=forms.HiddenInput)
    start = forms.CharField(required=False, widget=forms.HiddenInput)
    end = forms.CharField(required=False, widget=forms.HiddenInput)
    score = forms.CharField(required=False, widget=forms.HiddenInput)
    reasons = forms.CharField(required=False, widget=forms.HiddenInput)


class ForAll(Brief):
    """What every claim of a sheet is given at once."""

    all_beat = forms.CharField(label=_("Beat"), required=False, widget=Names("beats"))
    all_assignee = forms.CharField(label=_("Assignee"), required=False, widget=Names("people"))
    #: A day that the text gives for one claim is rarely repeated for the others of the same deal.
    all_deadline = Day(label=_("Deadline if missing"), required=False)


class ReportRow(Brief, ReportForm):
    """One report of a claim of the page, with what the desk knows of its source."""

    badge: Badge | None = None
    #: Whose report it is known through, where nobody has read it: its certainty is second hand.
    through: str = ""
