"""The sheet of an article: its claims as forms, with what the desk knows of each.

All of it is in what the browser sends: the sheet is made of a proposal once, and of the form from
then on. So nothing is kept between two pages, and whatever was typed comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification.admin.criteria_days import said_of_days
from verification.admin.formpage import MOST_ROWS, Fault, Rows, faults, unasked
from verification.admin.intake_forms import CandidateForm, ForAll, ReadArticle, ReportRow
from verification.admin.intake_sources import Badge
from verification.admin.similar import Alike
from verification.domain import criteria
from verification.domain.extraction import marking
from verification.models.claim import STATEMENT_MAX
from verification.services import batch
from verification.services.drafts import DeadlineDraft

#: Claims of one page.
MOST = 40
VAGUE = "vague window"

_REASONS: dict[str, Promise] = {
    "attributed": gettext_lazy("credited to a source"),
    "own reporting": gettext_lazy("the page’s own reporting"),
    "anonymous sources": gettext_lazy("unnamed sources"),
    "carried on": gettext_lazy("goes on from the sentence before"),
    "conditional of rumour": gettext_lazy("conditional of rumour"),
    "talks": gettext_lazy("talks"),
    "plan": gettext_lazy("a plan"),
    "expected": gettext_lazy("something expected"),
    "possibility": gettext_lazy("a possibility"),
    "future": gettext_lazy("in the future tense"),
    "reported future": gettext_lazy("a reported future"),
    "reported step": gettext_lazy("a reported step"),
    "dated": gettext_lazy("has a deadline"),
    VAGUE: gettext_lazy("vague as to when"),
    "kind of event": gettext_lazy("an event of the news"),
    "names": gettext_lazy("names somebody"),
    "amount": gettext_lazy("names an amount"),
    "headline": gettext_lazy("from the headline"),
}


class Card:
    """One claim of the sheet: its form, the rows of its reports, and what is like it."""

    def __init__(self, data: QueryDict, place: int) -> None:
        self.place = place
        self.prefix = f"c{place}"
        self.data = data
        self.form = CandidateForm(data, prefix=self.prefix)
        self.reports = Rows(f"{self.prefix}-reports", ReportRow, 0, data)
        self.similar: list[Alike] = []
        self.fresh = False
        #: The claim that has every one of its reports already.
        self.there: int | None = None

    def typed(self, field: str) -> str:
        """What stands in a field."""
        return self.data.get(f"{self.prefix}-{field}", "")

    @property
    def number(self) -> int:
        """As the page counts."""
        return self.place + 1

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

    def follow(self, language: str) -> None:
        """Proposes its criteria anew for its statement and deadline, unless somebody wrote them."""
        typed = self.typed("criteria").split()
        if typed != self.typed("proposed").split():
            return
        now = criteria.proposed(
            self.typed("statement")[:STATEMENT_MAX],
            language="fr" if language == "fr" else "en",
            deadline=self.day,
            wording=self.typed("deadline_text"),
        )
        for field in ("criteria", "proposed"):
            self.data[f"{self.prefix}-{field}"] = now

    @property
    def day(self) -> date | None:
        """The deadline that stands in its field, if it is a day."""
        try:
            return date.fromisoformat(self.typed("deadline").strip())
        except ValueError:
            return None

    @property
    def other_days(self) -> str:
        """What is said where its criteria name another day than the deadline; else nothing."""
        return said_of_days(self.typed("criteria"), self.day)

    @property
    def reasons(self) -> list[str]:
        """Why it was proposed, in words."""
        known = (_REASONS.get(name) for name in self.typed("reasons").split("|"))
        return [str(words) for words in known if words]

    @property
    def strength(self) -> str:
        """Its score in a word; nothing for one that was added by hand."""
        try:
            score = float(self.typed("score"))
        except ValueError:
            return ""
        return _("strong") if score >= 0.8 else _("fair") if score >= 0.65 else _("weak")

    @property
    def vague(self) -> bool:
        """Whether the text does not bound the time."""
        return VAGUE in self.typed("reasons").split("|")

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

    def entry(self, assignee: object, language: str) -> batch.Entry:
        """What is to be logged. Call it when the card is valid."""
        reports = [_named(row.cleaned_data) for row in self.reports.kept]
        if self.into is not None:
            return batch.Addition(claim=self.into, reports=reports)
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
        )

    def span(self, length: int) -> marking.Span | None:
        """Where it stands in the text, if the browser's numbers are such places."""
        start, end = self.typed("start"), self.typed("end")
        if not all(one.isascii() and one.isdecimal() and len(one) < 9 for one in (start, end)):
            return None
        rows = self.reports.formset.forms
        typed = next((text for row in rows if (text := row["hedge"].value())), "")
        hedge = typed or self.typed("words")
        return marking.Span(self.number, int(start), int(end), hedge, tuple(self.credited))


class Sheet:
    """An article that was read, and its cards."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.article = ReadArticle(data)
        self.article.is_valid()
        self.for_all = ForAll(data)
        self.cards = [Card(data, place) for place in range(self.count)]
        for card in self.cards:
            card.follow(self.language)

    @property
    def count(self) -> int:
        """How many claims are on it."""
        typed = self.data.get("candidates", "")
        return min(int(typed), MOST) if typed.isdecimal() and len(typed) < 4 else 0

    @property
    def text(self) -> str:
        """The article's text."""
        return str(self.article.cleaned_data.get("text", ""))

    @property
    def language(self) -> str:
        """The article's language, in which its claims are."""
        return str(self.article.cleaned_data.get("language") or "en")

    @property
    def published(self) -> date | None:
        """The article's day."""
        return self.article.cleaned_data.get("published")

    @property
    def ticked(self) -> list[Card]:
        """What is to be logged."""
        return [card for card in self.cards if card.ticked]

    @property
    def paragraphs(self) -> list[list[marking.Run]]:
        """The article with the claims marked in it."""
        spans = (card.span(len(self.text)) for card in self.cards)
        return marking.paragraphs(self.text, [span for span in spans if span])

    def set_for_all(self) -> None:
        """Gives every claim the beat and the assignee that were typed for all; not an empty one."""
        for field in ("beat", "assignee"):
            typed = self.data.get(f"all_{field}", "").strip()
            for card in self.cards if typed else ():
                self.data[f"{card.prefix}-{field}"] = typed

    def unask(self, cards: Iterable[Card] | None = None) -> None:
        """Leaves the cards without complaints, all of them unless said."""
        for card in self.cards if cards is None else cards:
            card.unask()

    def with_row(self, name: str) -> Sheet:
        """The sheet with one more report for a card, whose rows go by `name`."""
        if name not in {card.reports.name for card in self.cards}:
            return self
        total = self.data.get(f"{name}-TOTAL_FORMS", "")
        number = int(total) if total.isdecimal() and len(total) < 4 else 0
        self.data[f"{name}-TOTAL_FORMS"] = str(min(number + 1, MOST_ROWS))
        return Sheet(self.data)


def _named(data: dict[str, object]) -> batch.NamedReport:
    names = ("source", "via", "url", "headline", "stance", "certainty", "hedge", "published_on")
    return batch.NamedReport(**{name: data[name] for name in names})  # type: ignore[arg-type]
