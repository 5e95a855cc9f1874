"""The sheet of an article: its claims as forms, with what the desk knows of each.

All of it is in what the browser sends: the sheet is made of a proposal once, and of the form from
then on. So nothing is kept between two pages, and whatever was typed comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import QueryDict

from verification.admin import intake_follow, intake_reasons
from verification.admin.formpage import MOST_ROWS
from verification.admin.intake_card import Card
from verification.admin.intake_forms import ForAll, ReadArticle
from verification.domain.dateline import DayFrom
from verification.domain.extraction import Language, marking
from verification.services.beatguess import Guess, How

#: Claims of one page.
MOST = 40


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
    def language(self) -> Language:
        """The article's language, in which its claims are."""
        return "fr" if self.article.cleaned_data.get("language") == "fr" else "en"

    @property
    def published(self) -> date | None:
        """The article's day."""
        return self.article.cleaned_data.get("published")

    @property
    def counted(self) -> date | None:
        """The day that its deadlines are counted from by now."""
        return intake_follow.day(self.data.get("counted", ""))

    @property
    def dated(self) -> str:
        """From which day its times are counted, and why, in words."""
        return intake_reasons.of_day(self.counted, self.data.get("dated", ""))

    @property
    def undated(self) -> bool:
        """Whether nothing says of which day it is, so that today was taken."""
        return bool(self.data.get("dated") == DayFrom.TODAY)

    @property
    def ticked(self) -> list[Card]:
        """What is to be logged."""
        return [card for card in self.cards if card.ticked]

    @property
    def last_beat(self) -> Guess:
        """The beat of the last claim that has one, for one that is added; unsure if it was."""
        card = next((card for card in reversed(self.cards) if card.typed("beat")), None)
        if card is None:
            return Guess("", How.LAST)
        return Guess(
            card.typed("beat"), How(card.typed("beat_by")) if card.beat_note else How.CLEAR
        )

    @property
    def paragraphs(self) -> list[list[marking.Run]]:
        """The article with the claims marked in it."""
        spans = (card.span for card in self.cards)
        return marking.paragraphs(self.text, [span for span in spans if span])

    def set_for_all(self) -> Sheet:
        """The sheet with the beat and the assignee that were typed for all; not an empty one.

        A deadline is only given to the claims that have none: those of the text are the source's.
        """
        for field in ("beat", "assignee"):
            typed = self.data.get(f"all_{field}", "").strip()
            for card in self.cards if typed else ():
                self.data[f"{card.prefix}-{field}"] = typed
                if field == "beat":
                    # Whoever says so has looked at it.
                    self.data[f"{card.prefix}-beat_by"] = str(How.CLEAR)
        day = intake_follow.day(self.data.get("all_deadline", ""))
        for card in self.cards if day else ():
            if not card.typed("deadline"):
                self.data[f"{card.prefix}-deadline"] = f"{day:%Y-%m-%d}"
        return Sheet(self.data)

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
