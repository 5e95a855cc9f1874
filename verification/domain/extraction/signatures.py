"""Whose an item of a round-up is, where no more than a name says so: "(Sunday Mirror)".

Columns of gossip credit each item behind it, in brackets or on a line of its own.
"""

from __future__ import annotations

import re

from verification.domain.extraction.outlets import Names
from verification.domain.extraction.proper import CAP
from verification.domain.extraction.statement import WIRES

#: Characters. What is longer says something.
_SHORT = 90
_SIGNED = re.compile(
    r"(?:(?:full story|source|via|from) ?: ?|\( ?|\[ ?(?:via |h/t )?)(?P<who>[^()\[\]]{2,70}?)"
    r"(?:,? ?[-–]? ?(?:subscription (?:required|needed)|registration required|"
    r"in [A-Z][a-z]{3,12}|paywall))?[)\]]?"
    r"(?: ?\((?:subscription|in |registration)[^()]*\))?(?: ?,? ?external(?:[ -]link)?)?[ .]*",
    re.IGNORECASE,
)
# What stands beside the names, and is none.
_BESIDE = re.compile(
    r"(?:via|and|the|website|online|subscription required|in (?:spanish|italian|german|french|"
    r"portuguese|dutch|turkish|greek))",
    re.IGNORECASE,
)
# "(Que Onda, via Ayr Post)".
_VIA = re.compile(
    rf"(?P<who>{CAP}(?: [\w'’.]+){{0,3}}?)(?: ?[,-])? via (?P<on>(?:the )?{CAP}[^,()]*)"
)
# "He is 24. (Marca)".
_BEHIND = re.compile(r"[.!?»\"] ?(?P<signed>\([^()]{2,60}\)|\[[^\[\]]{2,60}\])\s*$")


def signed_item(sentence: str, names: Names) -> tuple[str, ...]:
    """The outlets in the brackets that a sentence ends with, or that are all of it."""
    whole = signature(sentence, names)
    behind = None if whole else _BEHIND.search(sentence)
    found = whole or (signature(behind["signed"], names) if behind is not None else ())
    # An agency that ends a paragraph has signed the copy.
    return () if WIRES.intersection(found) else found


def signature(sentence: str, names: Names) -> tuple[str, ...]:
    """The outlets of a sentence that has nothing else in it; empty for any other."""
    signed = _SIGNED.fullmatch(sentence) if len(sentence) <= _SHORT else None
    if signed is None:
        return ()
    via = _VIA.fullmatch(signed["who"]) if sentence.startswith("(") else None
    if via is None:
        return _outlets(signed["who"], names)
    # Nothing else stands there: both are outlets, known or not.
    both = [_outlets(via[part], names) or (via[part],) for part in ("who", "on")]
    return tuple(dict.fromkeys(name for each in both for name in each))


def _outlets(words: str, names: Names) -> tuple[str, ...]:
    """The outlets that some words name, where they name nothing else."""
    found = names.find(words)
    rest = words
    for named in reversed(found):
        rest = rest[: named.start] + rest[named.end :]
    if not found:
        # "(Sun)" and "(Mail)" go without the article or the "daily" that belongs to them.
        for ahead in ("the ", "Daily "):
            whole = names.find(f"{ahead}{words}")
            if whole and whole[0].end == len(ahead) + len(words):
                return (whole[0].name,)
        return ()
    beside = _BESIDE.sub("", rest)
    return tuple(dict.fromkeys(each.name for each in found)) if not beside.strip(" ,-–—") else ()
