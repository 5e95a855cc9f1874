"""Who holds which office in a text: "la ministre" is the Anne Roy whom it has called one."""

from __future__ import annotations

import re

from verification.domain.extraction.offices import OFFICE
from verification.domain.extraction.proper import people

# What somebody belongs to, and nobody is: "the party's rules committee".
_BODY = re.compile(
    r"party|committee|council|commission|board|panel|union|federation|association|government|"
    r"department|office|agency|authority|ministry|court|club|team|company|group|firm|bank|"
    r"parti|comité|conseil|syndicats?|fédération|gouvernement|ministère|agence|autorité|cour|"
    r"ligue|groupe|société|banque|collectif|cabinet",
    re.IGNORECASE,
)
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
        before = _offices(ahead[_clause(ahead) :])
        behind = sentence[place : place + _AFTER]
        after = OFFICE.search(behind)
        apposed = after is not None and _APPOSED.fullmatch(behind, 0, after.start()) is not None
        held = after is not None and apposed and not _BODY.fullmatch(after[0])
        for office in (*before[-2:], *([after[0]] if after is not None and held else [])):
            found[_stem(office)] = name
    return found


def holder(role: str, known: dict[str, str]) -> str | None:
    """Whom a role means, of those who hold offices in the text."""
    return next((known[stem] for stem in map(_stem, _offices(role)[:1]) if stem in known), None)


def _offices(words: str) -> list[str]:
    """The offices in some words, without the bodies that they are of."""
    return [match[0] for match in OFFICE.finditer(words) if not _BODY.fullmatch(match[0])]


def _stem(office: str) -> str:
    return office.lower()[:_STEM]


def _clause(words: str) -> int:
    """Where the words begin that belong to the name: its office may be set off by one comma."""
    points = [at for at, letter in enumerate(words) if letter in ",;:«»()"]
    if points and words[points[-1] + 1 :].strip():
        return points[-1] + 1
    return points[-2] + 1 if len(points) > 1 else 0
