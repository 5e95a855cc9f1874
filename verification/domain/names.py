"""Names of sources as they are compared: "le Wall Street Journal", "W.S.J.", "L’Équipe".

Whoever credits a source writes its name in a dozen ways. Two foldings make them one:

- `folded`: no accents, case, spaces or signs: "W.S.J." is "wsj", "Foot 01" is "foot01";
- `bare`: the same without a leading article, English or French: "le Monde" is "monde".

An article may be all that tells two outlets apart (The Nation and La Nation, The Times and the
LA Times), so a name is compared with its article first, and without it only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from verification.domain.words import words

#: Where a folded name is cut: as long as a name may be.
LONGEST = 200

_ARTICLES = frozenset({"the", "le", "la", "les"})
# "L'Équipe", but not "L. Tessier".
_ELIDED = re.compile(r"[^\w]*l\s*['’‘ʼ`´]", re.IGNORECASE)


def folded(name: str) -> str:
    """What the spellings of one name share, the article included. Empty only for an empty name."""
    return _joined(words(name), name)


def bare(name: str) -> str:
    """The same without a leading article, where anything is left without it."""
    return _joined(_without_article(name), name)


def same(one: str, other: str) -> bool:
    """Whether two names are one name: as they are, or where only one of them has an article."""
    if folded(one) == folded(other):
        return True
    return bare(one) == bare(other) and (has_article(one) != has_article(other))


def has_article(name: str) -> bool:
    """Whether the name begins with an article that it could go without."""
    return folded(name) != bare(name)


def initials(name: str) -> str:
    """The first letters of a name of several words, without its article: "wsj". Else nothing."""
    found = _without_article(name)
    return "".join(word[0] for word in found) if len(found) > 1 else ""


def likeness(one: str, other: str) -> float:
    """How alike two folded names are, from 0 to 1: letters in common in the same order."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _without_article(name: str) -> list[str]:
    found = words(name)
    if len(found) > 1 and (
        found[0] in _ARTICLES or (found[0] == "l" and _ELIDED.match(name) is not None)
    ):
        return found[1:]
    return found


def _joined(found: Iterable[str], name: str) -> str:
    # A name without a letter or a digit is told apart by its signs.
    return ("".join(found) or "".join(name.casefold().split()))[:LONGEST]
