"""Periods by which nothing comes: how long something lasts, from when on it is, a name."""

from __future__ import annotations

import re

from verification.domain.extraction.periods import Period

_TERM = re.compile(
    r"\b(?:contrat|contract|bail|deal|extension|prolong|sous contrat|lié)\w*\b", re.IGNORECASE
)
# "Expects the rate to stay at 2% until the end of the year": that it lasts is what is said.
_STAYS = re.compile(
    r"(?:\bto|will|would|could|may|might|should) (?:\w+ly |now |then )?(?:stay|remain|hold|last|be "
    r"kept|be held)\b[^,;]{0,60}$"
)
_LASTS = re.compile(
    r"\b(?:fund|financ|remain|stay|keep|court|dur|rest|prolong|extend|run|mainten|maint[iî]e|conserv|"
    r"gard|garanti|assur|employ|étal|s'étend|préserv|gel|suspen|engag|ferm|retenu|absent|écart|lié|"
    r"sign(?!al))"
    r"\w*\b"
)
_SPREAD = re.compile(
    r"\b(?:spread|paid|phased(?: in| out)?|staggered|stretched|stretch|spent|drawn) (?:out )?$"
)
#: Spaces of "over the next years", which is a window, and not of "over three years".
_NEXT = 3
#: Characters before a period that tell what it is.
_BEFORE = 80
# "Libre en juin": from when on, and not by when.
_FREE = re.compile(
    r"\b(?:libre|(?:en )?fin de (?:contrat|bail)|sous contrat)(?: de tout \w+)? (?:dès |jusqu')?$",
    re.IGNORECASE,
)
_SEASON = re.compile(r"(?:Summer|Winter|Spring|Autumn|Fall)$")
_CAPITAL = re.compile(r" [A-Z][a-z]")


def spread(sentence: str, period: Period) -> bool:
    """Whether it is how long something takes, and not by when: "spread over three years"."""
    if not period.text.startswith("over ") or period.text.count(" ") >= _NEXT:
        return False
    return _SPREAD.search(sentence, max(0, period.start - _BEFORE), period.start) is not None


def lasts(sentence: str, period: Period) -> bool:
    """Whether the day is the end of something and not its coming: "fund it until December"."""
    if _TERM.search(sentence):
        return True
    if _STAYS.search(sentence, max(0, period.start - 90), period.start):
        return False
    return _LASTS.search(sentence, max(0, period.start - 45), period.start) is not None


def in_name(sentence: str, period: Period) -> bool:
    """Whether it is a season in the name of something: "the Spring Budget"."""
    season = _SEASON.search(period.text)
    return season is not None and _CAPITAL.match(sentence, period.end) is not None


def from_then(sentence: str, period: Period) -> bool:
    """Whether it is from when on somebody is free: "libre en juin"."""
    return _FREE.search(sentence, max(0, period.start - _BEFORE), period.start) is not None
