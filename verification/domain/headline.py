"""The headline of a plain text: its first line, where it looks like one."""

from __future__ import annotations

from verification.domain import dateline
from verification.domain.words import words

#: A headline is a line of so many words and characters; a shorter one is a section's or a label's.
_WORDS, _LONGEST = (3, 30), 200
_CLOSING = "\"'’”»)] \u00a0"
#: A sentence of the body ends so, and what leads up to something else.
_ENDS = (".", ":", ";", ",", "…")


def of(text: str) -> str:
    """The first line of a text, if more follows and it is no sentence; else nothing.

    A day that stands above it is none.
    """
    first, _end, rest = text.strip().partition("\n")
    if dateline.is_one(first):
        first, _end, rest = rest.strip().partition("\n")
    line = " ".join(first.split())
    if not rest.strip() or len(line) > _LONGEST or line.rstrip(_CLOSING).endswith(_ENDS):
        return ""
    fewest, most = _WORDS
    return line if fewest <= len(words(line)) <= most else ""
