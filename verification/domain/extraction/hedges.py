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
            if not _overlaps(found, start, end) and not turned(low, match, cues):
                found.append(
                    Hedge(start, end, sentence[start:end].strip(" ,"), cue.kind, cue.finite)
                )
    return sorted(found, key=_place)


def turned(sentence: str, match: re.Match[str], cues: Cues) -> bool:
    """Whether the cue is negated, or speaks of what never was."""
    after = sentence[match.end() : match.end() + 60]
    if cues.unreal.match(sentence, match.end()):
        return True
    before = cues.before.search(sentence[max(0, match.start() - 30) : match.start()])
    negated = cues.after.match(after)
    if before is None and negated is None:
        return False
    return not (cues.bounded.match(after) or cues.ceases.match(after))


def _overlaps(found: Iterable[Hedge], start: int, end: int) -> bool:
    return any(each.start < end and start < each.end for each in found)


def _place(hedge: Hedge) -> int:
    return hedge.start
