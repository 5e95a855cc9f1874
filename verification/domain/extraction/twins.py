"""One claim, told twice: the headline and its first sentence are one candidate."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verification.domain.extraction.candidate import Candidate

_WORD = re.compile(r"[^\W_]+")
_SHORT = 4
#: So many candidates before and after are looked at.
_NEAR = 30
#: How much of the shorter one's words the other one must have.
_HEADLINE, _BODY = 0.4, 0.75


def without_twins(found: list[Candidate]) -> list[Candidate]:
    """Those that say something of their own; of twins, the one that says more.

    A headline gives way to the sentence that it heads. Twins are looked for nearby only, so that
    the work grows with the number of candidates and no faster; word for word, anywhere.
    """
    found = list({each.statement: each for each in reversed(found)}.values())[::-1]
    words = {id(each): _stems(each.statement) for each in found}
    kept = [False] * len(found)
    for place in sorted(range(len(found)), key=lambda place: _worth(found[place])):
        near = range(max(0, place - _NEAR), min(len(found), place + _NEAR + 1))
        kept[place] = not any(
            kept[other] and _twins(words, found[place], found[other]) for other in near
        )
    return [each for each, stays in zip(found, kept, strict=True) if stays]


def _worth(each: Candidate) -> tuple[bool, float, int]:
    return each.heading, -each.score, each.start


def _twins(words: dict[int, frozenset[str]], one: Candidate, other: Candidate) -> bool:
    if not one.heading and one.deadline and other.deadline and one.deadline != other.deadline:
        return False
    mine, theirs = words[id(one)], words[id(other)]
    if not mine or not theirs:
        return False
    shared = len(mine & theirs) / min(len(mine), len(theirs))
    if not one.heading:
        return shared >= _BODY
    same_day = one.deadline is not None and one.deadline == other.deadline
    return shared >= _HEADLINE or (
        shared > 0 and (same_day or bool(_names(one.statement) & theirs))
    )


def _stems(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    initials = {word.casefold() for word in _WORD.findall(text) if word.isupper() and word[1:]}
    return frozenset(
        word[:5]
        for word in _WORD.findall(plain)
        if len(word) >= _SHORT or word.isdecimal() or word in initials
    )


def _names(text: str) -> frozenset[str]:
    return _stems(" ".join(word for word in _WORD.findall(text) if word[:1].isupper()))
