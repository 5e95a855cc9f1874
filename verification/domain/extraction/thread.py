"""Whose report the text is going on about, from one sentence to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from verification.domain.extraction.attribution import Attribution
from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.sentences import Sentence

#: Hedges that need somebody who says so: where nobody is named, it is whoever was before.
_BORROWED = frozenset({"hearsay", "chance", "would", "talks", "done"})
#: So many sentences later, a report is still gone on about.
_REACH = 2


@dataclass(frozen=True, slots=True)
class Credited:
    """The sources of one sentence, and how they come to be its sources."""

    names: tuple[str, ...] = ()
    manner: str = ""
    """"attributed", "own reporting", "carried on", "anonymous sources", or empty: nobody."""
    reported: bool = False
    """Whether an outlet or unnamed sources tell it, and not those whom it is about."""


@dataclass(slots=True)
class Thread:
    """The credits of a text so far. ``outlet`` is whose page it is; ``subject`` whom it is about."""

    outlet: str | None
    subject: str | None
    _names: tuple[str, ...] = ()
    _reported: bool = False
    _in_text: bool = False
    _sentence: int = -9
    _paragraph: int = -9
    _people: set[str] = field(default_factory=set)
    _reporters: set[str] = field(default_factory=set)

    def credit(
        self,
        place: int,
        sentence: Sentence,
        found: Sequence[Attribution],
        hedge: Hedge | None,
        subject: str | None,
    ) -> Credited:
        """Who is credited in the sentence at ``place``; the thread goes on from there."""
        credited = self._credited(place, sentence, found, hedge, subject)
        if credited.manner and credited.names and not sentence.heading:
            self._names, self._reported = credited.names, credited.reported
            self._in_text = (
                self._in_text
                if credited.manner == "carried on"
                else (credited.manner == "attributed")
            )
        if credited.manner and not sentence.heading:
            self._sentence, self._paragraph = place, sentence.paragraph
        return credited

    def _credited(
        self,
        place: int,
        sentence: Sentence,
        found: Sequence[Attribution],
        hedge: Hedge | None,
        subject: str | None,
    ) -> Credited:
        kinds = {each.credit.kind for each in found}
        named = tuple(
            dict.fromkeys(self._whole(name) for each in found for name in each.credit.names)
        )
        if "pronoun" in kinds:
            spoken = (subject,) if subject else () if named else self._names
            named = tuple(dict.fromkeys((*spoken, *named)))
            if subject is None and spoken:
                return Credited(named, "carried on", self._reported)
        if named:
            self._reporters |= {
                name for each in found if each.credit.kind == "media" for name in each.credit.names
            }
            self._people |= set(named)
            return Credited(named, "attributed", bool(self._reporters & set(named)))
        if any(each.own for each in found):
            return Credited(self._house(), "own reporting", True)
        if "again" in kinds or "pronoun" in kinds:
            if self._names:
                return Credited(self._names, "carried on", self._reported)
            return Credited(self._house(), "anonymous sources", True)
        if "house" in kinds:
            speaker = subject or self.subject
            return Credited((speaker,) if speaker else (), "attributed", False)
        near = place - self._sentence <= _REACH and sentence.paragraph - self._paragraph <= 1
        if "anonymous" in kinds:
            if near and self._reported and self._names:
                return Credited(self._names, "carried on", True)
            return Credited(self._house(), "anonymous sources", True)
        if hedge is not None and self._in_text and near and self._goes_on(place, sentence, hedge):
            return Credited(self._names, "carried on", self._reported)
        return Credited()

    def _whole(self, name: str) -> str:
        """The full name of somebody who was credited with it before: "Gurman"."""
        if " " in name:
            return name
        return next((each for each in sorted(self._people) if each.endswith(f" {name}")), name)

    def _goes_on(self, place: int, sentence: Sentence, hedge: Hedge) -> bool:
        adjacent = place - self._sentence == 1
        same = sentence.paragraph == self._paragraph
        if hedge.kind in _BORROWED:
            return adjacent or hedge.kind == "hearsay"
        return self._reported and adjacent and same

    def _house(self) -> tuple[str, ...]:
        return (self.outlet,) if self.outlet else ()
