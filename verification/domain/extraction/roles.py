"""Who holds which office in a text: "la ministre" is the Anne Roy whom it has called one."""

from __future__ import annotations

import re

from verification.domain.extraction.offices import OFFICE
from verification.domain.extraction.proper import people

#: Characters before a name and after it in which its office stands.
_BEFORE, _AFTER = 70, 40
#: Characters that the forms of an office share: "directeur", "directrice".
_STEM = 6
# "Luc Armand, directeur": what comes after a name belongs to it only where it is set off.
_APPOSED = re.compile(r",? (?:l'|le |la |the |an? |une? )?(?:\w+ )?")


def holders(sentence: str) -> dict[str, str]:
    """The offices of a sentence, by their stems, with the full names of who holds them."""
    found: dict[str, str] = {}
    place = 0
    for name in people(sentence):
        start = sentence.find(name, place)
        if start < 0 or " " not in name:
            continue
        place = start + len(name)
        ahead = sentence[max(0, start - _BEFORE) : start]
        before = [match[0] for match in OFFICE.finditer(ahead[_clause(ahead) :])]
        behind = sentence[place : place + _AFTER]
        after = OFFICE.search(behind)
        apposed = after is not None and _APPOSED.fullmatch(behind, 0, after.start()) is not None
        for office in (*before[-2:], *([after[0]] if after is not None and apposed else [])):
            found[_stem(office)] = name
    return found


def holder(role: str, known: dict[str, str]) -> str | None:
    """Whom a role means, of those who hold offices in the text."""
    office = OFFICE.search(role)
    return known.get(_stem(office[0])) if office is not None else None


def _stem(office: str) -> str:
    return office.lower()[:_STEM]


def _clause(words: str) -> int:
    """Where the words begin that belong to the name: its office may be set off by one comma."""
    points = [at for at, letter in enumerate(words) if letter in ",;:«»()"]
    if points and words[points[-1] + 1 :].strip():
        return points[-1] + 1
    return points[-2] + 1 if len(points) > 1 else 0
