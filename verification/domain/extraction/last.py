"""Who was credited last, and whether the text still goes on about their report."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.kinds import Credited
from verification.domain.extraction.sentences import Sentence

#: Hedges that need somebody who says so: where nobody is named, it is whoever was before.
_BORROWED = frozenset({"hearsay", "chance", "would", "talks", "done"})
#: Hedges of what the page's own sources are taken to have said as well.
_TOLD_ON = frozenset({"would", "chance", "expected", "future"})
#: Manners of a report that the next sentences may go on about.
_OF_SOMEBODY = frozenset({"attributed", "own reporting", "anonymous sources"})
# A quotation that is opened and not closed.
_QUOTATION = re.compile(r'"[^"]+"')
_RUNS_ON = re.compile(r'"[^"]*$')
# "On évoque le nom de Marc Roy": nobody in particular does.
_MENTIONED = re.compile(r"évoquée?s?$|\bnoms?\b|^[Ss]peculation\b")
#: So many sentences later, a report is still gone on about.
_REACH = 3
#: So many of its own paragraph, whatever it is that is said of it.
_SAME = 2


@dataclass(slots=True)
class Last:
    """The last credit: whose it was, in which sentence, and what has come since."""

    names: tuple[str, ...] = ()
    reported: bool = False
    in_text: bool = False
    """Whether somebody is credited in the text itself, so that it may go on about it."""
    _loose: int = -9
    """The paragraph that has said something of its own since anybody was credited."""
    _sentence: int = -9
    _paragraph: int = -9
    _told_in: int = -9
    """The paragraph in which somebody was credited last, and not only gone on about."""

    def before(self) -> Credited | None:
        """Whoever was credited before; None where nobody was."""
        return Credited(self.names, "carried on", self.reported) if self.names else None

    def read(self, names: tuple[str, ...], credited: Credited) -> None:
        """Takes in whom a sentence credits, ``names`` being who they are to the text."""
        self.names, self.reported = names, credited.reported
        if credited.manner != "carried on":
            self.in_text = credited.manner in _OF_SOMEBODY

    def move(self, place: int, sentence: Sentence, credited: Credited, *, claims: bool) -> None:
        """Remembers where somebody was credited last, and where nobody is any more."""
        if credited.manner in _OF_SOMEBODY:
            self._loose, self._told_in = -9, sentence.paragraph
        elif claims and not credited.manner and self.is_new(sentence):
            self._loose = sentence.paragraph
        if credited.manner and not sentence.heading:
            self._sentence, self._paragraph = place, sentence.paragraph
        elif sentence.heading and place:
            # A report goes on under the next heading.
            self._sentence += 1
            self._paragraph += 1

    def resume(self, name: str, place: int, sentence: Sentence) -> None:
        """Goes on about a reporter with whom a sentence begins."""
        self.names, self.reported, self.in_text = (name,), True, True
        self._sentence, self._paragraph = place, sentence.paragraph

    def is_new(self, sentence: Sentence) -> bool:
        """Whether a sentence is of another paragraph."""
        return sentence.paragraph != self._paragraph

    def is_away(self, place: int, sentence: Sentence) -> bool:
        """Whether something else has been said since, or another paragraph begun."""
        return place - self._sentence > 1 or sentence.paragraph != self._told_in

    def is_near(self, place: int, sentence: Sentence, hedge: Hedge) -> bool:
        """Whether it is so few sentences ago that a hedge may be theirs."""
        if hedge.kind == "hearsay" and self.reported:
            return (
                place - self._sentence <= 2 * _REACH and sentence.paragraph - self._paragraph <= 3
            )
        return place - self._sentence <= _REACH and sentence.paragraph - self._paragraph <= 1

    def is_over(self, sentence: Sentence) -> bool:
        """Whether the text says something of its own by now."""
        return sentence.paragraph == self._loose

    def runs_on(self, place: int, sentence: Sentence) -> bool:
        """Whether a sentence is the next one of what somebody is quoted with."""
        same = not self.is_new(sentence) and place == self._sentence + 1
        quoted = _RUNS_ON.match(sentence.text) or (same and _QUOTATION.fullmatch(sentence.text))
        return bool(self.names and quoted)

    def is_own_story(self, place: int, sentence: Sentence, hedge: Hedge, *, onward: bool) -> bool:
        """Whether the page goes on about what it has of its own sources.

        That is not all that it tells. ``onward`` says that its sources are unnamed people, and
        that the sentence is about the same.
        """
        if _MENTIONED.search(hedge.text):
            return False
        adjacent = self._is_adjacent(place, sentence)
        more = hedge.kind in _TOLD_ON and hedge.finite and adjacent and onward
        borrowed = adjacent and not self.is_new(sentence) and hedge.kind in _BORROWED
        return hedge.kind == "hearsay" or borrowed or more

    def goes_on(self, place: int, sentence: Sentence, hedge: Hedge, *, onward: bool) -> bool:
        """Whether a sentence goes on about their report; ``onward``: it is about the same."""
        if _MENTIONED.search(hedge.text):
            return False
        adjacent = self._is_adjacent(place, sentence)
        if not self.reported:
            return adjacent and hedge.kind in {"hearsay", "would"}
        if hedge.kind in _BORROWED:
            return adjacent or hedge.kind == "hearsay"
        same = not self.is_new(sentence)
        return adjacent and (same or hedge.kind == "expected" or (onward and hedge.kind != "plan"))

    def _is_adjacent(self, place: int, sentence: Sentence) -> bool:
        return place - self._sentence <= (1 if self.is_new(sentence) else _SAME)
