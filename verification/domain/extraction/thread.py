"""Whose report the text is going on about, from one sentence to the next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from verification.domain.extraction.attribution import Attribution
from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.outlet_words import is_shaped
from verification.domain.extraction.outlets import known_outlets
from verification.domain.extraction.sentences import Sentence

#: Hedges that need somebody who says so: where nobody is named, it is whoever was before.
_BORROWED = frozenset({"hearsay", "chance", "would", "talks", "done"})
# "He added": no company.
_PERSON = re.compile(r"\b(?:he|she) (?:\w+ly )?(?:said|added|wrote|told|noted|says|adds)\b", re.I)
#: So many sentences later, a report is still gone on about.
_REACH = 3


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
    """The credits so far: ``outlet`` is whose page it is, ``subject`` whom the text is about."""

    outlet: str | None
    subject: str | None
    full: Mapping[str, str] = field(default_factory=dict)
    """Last names with the full names that the text has for them."""
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
        if "court" in kinds:
            return Credited()
        named = self._named(found)
        if "pronoun" in kinds:
            leads = any(each.credit.kind == "pronoun" and not each.start for each in found)
            # "He added that the club was close": he is who spoke before, not the club.
            spoke = leads or (_PERSON.search(sentence.text) and " " not in (subject or ""))
            return self._of_pronoun(named, None if spoke and self._names else subject)
        if named:
            return Credited(named, "attributed", bool(self._reporters & set(named)))
        if any(each.own for each in found):
            return Credited(self._house(), "own reporting", True)
        if "again" in kinds:
            return self._before() or Credited(self._house(), "anonymous sources", True)
        if "agency" in kinds and self._reported and self._before():
            return self._before() or Credited()
        if "house" in kinds or "agency" in kinds:
            speaker = subject or self.subject
            return Credited((speaker,) if speaker else (), "attributed", False)
        near = place - self._sentence <= _REACH and sentence.paragraph - self._paragraph <= 1
        if "anonymous" in kinds:
            # What unnamed people say in a text that goes by somebody's report is that report's.
            # Somebody who told an outlet something by name is not who these people told.
            told = len(self._names) > 1 and not _is_outlet(self._names[0])
            carried = self._before() if self._reported and not told else None
            return carried or Credited(self._house(), "anonymous sources", True)
        if hedge is not None and near and self._in_text and self._goes_on(place, sentence, hedge):
            return self._before() or Credited()
        return Credited()

    def _named(self, found: Sequence[Attribution]) -> tuple[str, ...]:
        """Those who are named, by their full names; from here on they are known."""
        named = tuple(
            dict.fromkeys(
                self.full.get(whole, whole) if each.credit.kind == "voice" else whole
                for each in found
                for whole in map(self._whole, each.credit.names)
            )
        )
        self._reporters |= {
            self._whole(name)
            for each in found
            for name in each.credit.names
            if each.credit.kind == "media" or (each.lead and name[:1].isupper())
        }
        self._people |= set(named)
        return named

    def _of_pronoun(self, named: tuple[str, ...], subject: str | None) -> Credited:
        """A pronoun is whom the sentence is about, or else whoever was credited before."""
        if subject is not None and not subject.isupper():
            names = tuple(dict.fromkeys((subject, *named)))
            return Credited(names, "attributed", bool(self._reporters & set(names)))
        if named:
            return Credited(named, "attributed", True)
        before = self._before()
        if before is None:
            return Credited((), "attributed", False)
        # Of a reporter and an outlet, it is the person who "added".
        persons = tuple(name for name in before.names if " " in name and not _is_outlet(name))
        return replace(before, names=persons) if len(persons) == 1 else before

    def _before(self) -> Credited | None:
        """Whoever was credited before; None where nobody was."""
        return Credited(self._names, "carried on", self._reported) if self._names else None

    def _whole(self, name: str) -> str:
        """The full name of somebody who was credited with it before: "Gurman"."""
        if " " in name:
            return name
        known = next((each for each in sorted(self._people) if each.endswith(f" {name}")), None)
        return known or name

    def _goes_on(self, place: int, sentence: Sentence, hedge: Hedge) -> bool:
        adjacent = place - self._sentence == 1
        same = sentence.paragraph == self._paragraph
        if not self._reported:
            return adjacent and hedge.kind in {"hearsay", "would"}
        if hedge.kind in _BORROWED:
            return adjacent or hedge.kind == "hearsay"
        return adjacent and same

    def _house(self) -> tuple[str, ...]:
        return (self.outlet,) if self.outlet else ()


def _is_outlet(name: str) -> bool:
    return is_shaped(name) or bool(known_outlets().find(name))
