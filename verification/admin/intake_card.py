"""One claim of the sheet: its form, its reports, and what the desk knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from verification.admin import intake_follow, intake_notes, intake_reasons
from verification.admin.criteria_days import said_of_days
from verification.admin.formpage import Fault, Rows, faults, unasked
from verification.admin.intake_forms import CandidateForm, ReportRow
from verification.admin.intake_sources import Badge
from verification.admin.similar import Alike
from verification.domain.extraction import Language, marking
from verification.services import batch
from verification.services.drafts import DeadlineDraft
from verification.services.excerpts import Known


class Card:
    """One claim of the sheet: its form, the rows of its reports, and what is like it."""

    def __init__(self, data: QueryDict, place: int) -> None:
        self.at = place
        self.prefix = f"c{place}"
        self.data = data
        self.form = CandidateForm(data, prefix=self.prefix)
        self.reports = Rows(f"{self.prefix}-reports", ReportRow, 0, data)
        self.similar: list[Alike] = []
        #: What its statement does not name, in words.
        self.notes: list[intake_notes.Said] = []
        self.fresh = False
        #: The claim that has every one of its reports already.
        self.there: int | None = None
        #: The claim that was logged from this very sentence.
        self.placed: Known | None = None

    def typed(self, field: str) -> str:
        """What stands in a field."""
        return self.data.get(f"{self.prefix}-{field}", "")

    @property
    def number(self) -> int:
        """As the page counts."""
        return self.at + 1

    @property
    def ticked(self) -> bool:
        """Whether it is to be logged."""
        return bool(self.typed("tick"))

    @property
    def into(self) -> int | None:
        """The key of the claim that is to take the reports instead."""
        text = self.typed("into")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None

    @property
    def chosen(self) -> str:
        """The same as the page has it; empty for a new claim."""
        return "" if self.into is None else str(self.into)

    @property
    def choice(self) -> str:
        """The name of the choice between a new claim and one that is like it."""
        return f"{self.prefix}-into"

    @property
    def open_reports(self) -> bool:
        """Whether something in its reports is to be mended, or they are none yet."""
        wrong = any(row.errors for row in self.reports.formset.forms)
        return wrong or bool(self.reports.formset.non_form_errors()) or not self.credited

    @property
    def open_rest(self) -> bool:
        """Whether something in the rest is to be mended."""
        rest = ("criteria", "deadline_precision", "deadline_basis", "assignee", "public")
        return any(name in self.form.errors for name in rest)

    def follow(self, language: Language) -> None:
        """Puts to what was mended what nobody mended: see :mod:`intake_follow`."""
        intake_follow.follow(self.data, self.prefix, language)

    @property
    def day(self) -> date | None:
        """The deadline that stands in its field, if it is a day."""
        return intake_follow.day(self.typed("deadline"))

    @property
    def said(self) -> intake_follow.Said:
        """The deadline as it was read in the article."""
        return intake_follow.said(self.typed("said"))

    @property
    def said_day(self) -> date | None:
        """The day of that deadline."""
        return intake_follow.day(self.said.deadline)

    @property
    def moved(self) -> bool:
        """Whether its day is another one than the source's, so that its wording was let go."""
        said = self.said
        apart = self.day is not None and self.day.isoformat() != said.deadline
        return said.bounded and apart and not self.typed("deadline_text").strip()

    @property
    def other_days(self) -> str:
        """What is said where its criteria name another day than the deadline; else nothing."""
        return said_of_days(self.typed("criteria"), self.day)

    @property
    def reasons(self) -> list[str]:
        """Why it was proposed, in words."""
        return intake_reasons.in_words(self.typed("reasons"))

    @property
    def strength(self) -> str:
        """Its score in a word; nothing for one that was added by hand."""
        return intake_reasons.strength(self.typed("score"))

    @property
    def vague(self) -> bool:
        """Whether the text does not bound the time."""
        return intake_reasons.is_vague(self.typed("reasons"))

    @property
    def beat_note(self) -> str:
        """That its beat is to be checked, and why, as long as nobody has typed another."""
        same = self.typed("beat") == self.typed("guessed") != ""
        return intake_reasons.of_beat(self.typed("beat_by")) if same else ""

    @property
    def credited(self) -> list[str]:
        """The names in its reports, in their order."""
        names = [(row["source"].value() or "").strip() for row in self.reports.formset.forms]
        return list(dict.fromkeys(name for name in names if name))

    @property
    def filled_rows(self) -> list[ReportRow]:
        """The rows of its reports that name a source."""
        rows = self.reports.formset.forms
        return [
            row
            for row in rows
            if isinstance(row, ReportRow) and (row["source"].value() or "").strip()
        ]

    @property
    def rows(self) -> list[str]:
        """The names of the rows of its reports, as their fields begin with them."""
        return [str(row.prefix) for row in self.reports.formset.forms]

    @property
    def named(self) -> list[str]:
        """Every name in its reports."""
        rows = self.reports.formset.forms
        return [row[role].value() or "" for row in rows for role in ("source", "via")]

    def know(self, badges: Mapping[str, Badge]) -> None:
        """Sets beside the source of each report what the desk knows of it."""
        by: dict[str, str] = {}
        for row in self.reports.formset.forms:
            by.setdefault(row["via"].value() or "", row["source"].value() or "")
        for row in self.reports.formset.forms:
            if isinstance(row, ReportRow):
                source = row["source"].value() or ""
                row.badge = badges.get(source)
                row.through = "" if row["url"].value() or not source else by.get(source, "")

    @cached_property
    def faults(self) -> list[Fault]:
        """What is wrong with it, each with the way to its field."""
        found = faults(self.form, {"reports": self.reports})
        return [
            Fault(
                f"{self.number}. {one.label}" if one.label else str(self.number),
                one.at or f"{self.prefix}",
                one.message,
            )
            for one in found
        ]

    def unask(self) -> None:
        """Leaves it without complaints."""
        unasked(self.form, {"reports": self.reports})

    def is_valid(self) -> bool:
        """Whether what is to be logged of it can be read."""
        rows = self.reports.is_valid()
        if self.into is not None:
            # Nothing but its reports is taken.
            unasked(self.form, {})
            self.form.cleaned_data = {}
            if rows and not self.reports.kept:
                self.reports.add_error(_("Give the report that is to be added."))
                return False
            return rows
        return self.form.is_valid() and rows

    def entry(self, assignee: object, language: str, text: str) -> batch.Entry:
        """What is to be logged of an article's `text`. Call it when the card is valid."""
        reports = [_named(row.cleaned_data) for row in self.reports.kept]
        sentence = self.sentence(text)
        if self.into is not None:
            return batch.Addition(claim=self.into, reports=reports, sentence=sentence)
        data = self.form.cleaned_data
        return batch.NewClaim(
            statement=data["statement"],
            criteria=data["criteria"],
            language=language,
            beat=data["beat"],
            public=data["public"],
            assignee=assignee,  # type: ignore[arg-type]
            deadline=DeadlineDraft(
                day=data["deadline"],
                text=data["deadline_text"],
                precision=data["deadline_precision"],
                basis=data["deadline_basis"],
            ),
            reports=reports,
            sentence=sentence,
        )

    @property
    def place(self) -> tuple[int, int] | None:
        """Where it stands in the text, if the browser's numbers are such places."""
        start, end = self.typed("start"), self.typed("end")
        if not all(one.isascii() and one.isdecimal() and len(one) < 9 for one in (start, end)):
            return None
        return int(start), int(end)

    def sentence(self, text: str) -> str:
        """What the article prints there; nothing for a claim that stands nowhere in it."""
        return text[slice(*self.place)] if self.place else ""

    @property
    def span(self) -> marking.Span | None:
        """Its place for the text in which it is marked."""
        if self.place is None:
            return None
        rows = self.reports.formset.forms
        typed = next((text for row in rows if (text := row["hedge"].value())), "")
        hedge = typed or self.typed("words")
        return marking.Span(self.number, *self.place, hedge, tuple(self.credited))


def _named(data: dict[str, object]) -> batch.NamedReport:
    names = ("source", "via", "url", "headline", "stance", "certainty", "hedge", "published_on")
    return batch.NamedReport(**{name: data[name] for name in names})  # type: ignore[arg-type]
