"""What makes a sentence a claim: the words by which it speaks of what is not yet known.

Each language has its cues, of a few kinds. :mod:`verification.domain.hedging` says what a hedge as
printed is worth on the ladder; here is where it stands in the sentence, and whether it governs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from verification.domain.extraction.text import lowered
from verification.domain.hedging import suggest_certainty

#: ``hearsay`` is reported ("serait", "reportedly"); ``talks`` are going on; ``plan`` is somebody's
#: intention, ``expected`` what is due, ``chance`` what could be, ``future`` what will be, ``would``
#: what somebody said would be, ``done`` a step taken that nobody has confirmed, ``told`` any
#: other step that is only somebody's report.
Kind = Literal["hearsay", "talks", "plan", "expected", "chance", "future", "would", "done", "told"]

#: Kinds whose negation is a claim of its own: "Rego ne devrait pas prolonger".
_DENIED: frozenset[Kind] = frozenset({"hearsay", "expected", "future"})
#: The ladder's term where the words alone suggest none.
_CERTAINTY: dict[Kind, str] = {
    "hearsay": "likely",
    "talks": "roughly even chance",
    "plan": "likely",
    "expected": "likely",
    "chance": "roughly even chance",
    "future": "very likely",
    "would": "likely",
    "done": "likely",
    "told": "likely",
}


@dataclass(frozen=True, slots=True)
class Hedge:
    """A cue in a sentence. ``finite`` is the sentence's verb, and not only an aside."""

    start: int
    end: int
    text: str
    kind: Kind
    finite: bool = True
    negated: bool = False
    """Whether it is said not to be so: "ne devrait pas", "will not"."""

    @property
    def certainty(self) -> str:
        """The rung of the ladder that the wording suggests."""
        return suggest_certainty(self.text) or _CERTAINTY[self.kind]


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern of one kind of hedge."""

    kind: Kind
    pattern: re.Pattern[str]
    finite: bool = True
    heading: bool = False
    """Whether only a headline says it so: "X to buy Y"."""
    cased: bool = False
    """Whether capitals matter; if not, the pattern is for lower case."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of a language, and what turns one round.

    ``before`` and ``after`` match the negation on either side of a cue, at its edge; ``bounded``
    what makes the negation a mere bound ("pas avant", "not until"), ``ceases`` an end of something
    ("ne devrait plus"), which is an event like another; ``unreal`` what never was ("aurait pu").
    """

    cues: tuple[Cue, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]
    bounded: re.Pattern[str]
    ceases: re.Pattern[str]
    unreal: re.Pattern[str]
    backshift: re.Pattern[str]


def hedges(sentence: str, cues: Cues, *, heading: bool) -> list[Hedge]:
    """The cues of a sentence that are not negated, from left to right."""
    found: list[Hedge] = []
    low = lowered(sentence)
    for cue in cues.cues:
        if cue.heading and not heading:
            continue
        for match in cue.pattern.finditer(sentence if cue.cased else low):
            start, end = match.span()
            if _overlaps(found, start, end) or cues.unreal.match(low, end):
                continue
            negation = turned(low, match, cues)
            if negation is None:
                text = sentence[start:end].strip(" ,")
                found.append(Hedge(start, end, text, cue.kind, cue.finite))
            elif cue.kind in _DENIED:
                start, end = negation
                text = sentence[start:end].strip(" ,")
                found.append(Hedge(start, end, text, cue.kind, cue.finite, negated=True))
    return sorted(found, key=_place)


def turned(sentence: str, match: re.Match[str], cues: Cues) -> tuple[int, int] | None:
    """Where a cue with its negation stands; None where it has none, or only a bound."""
    after = sentence[match.end() : match.end() + 60]
    begin = max(0, match.start() - 30)
    before = cues.before.search(sentence[begin : match.start()])
    negated = cues.after.match(after)
    if before is None and negated is None:
        return None
    if cues.bounded.match(after) or cues.ceases.match(after):
        return None
    start = begin + before.start() if before is not None else match.start()
    return start, match.end() + (negated.end() if negated is not None else 0)


def _overlaps(found: Iterable[Hedge], start: int, end: int) -> bool:
    return any(each.start < end and start < each.end for each in found)


def _place(hedge: Hedge) -> int:
    return hedge.start
