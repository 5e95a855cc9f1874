"""Words as a search takes them: without accents, case and punctuation, letters apart from digits.

One rule for what is kept and for what is asked, on every database, so that `Élysée` finds `elysee`,
`50bn` finds `50` and `l’Équipe` finds `equipe`. Nothing but letters and digits is left of a text,
and so nothing of a question can be taken for an operator.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

#: More words than this do not narrow a search any further.
ASKED_MAX = 8
#: A prefix of fewer letters says too little.
PREFIX_MIN = 3
#: Where a word is cut: PostgreSQL refuses a lexeme of more than 2 kB.
LONGEST = 64

#: Letters that do not fall apart into a plain one and a mark.
_PLAIN = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}


class _Plainly(dict[int, str]):
    """What is kept of a sign, for `str.translate`: each is looked at the first time it occurs."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = "" if unicodedata.combining(sign) else _PLAIN.get(sign, sign)
        return self[code]


_plainly = _Plainly()
_RUNS = re.compile(r"\d+|[^\W\d_]+")


def words(text: str) -> list[str]:
    """The words of a text in their order, repeated ones too."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold()).translate(_plainly)
    return [run[:LONGEST] for run in _RUNS.findall(text.casefold())]


def column(*texts: str) -> str:
    """What is kept of the texts: each word once, with a space before and after it; or nothing.

    So that ` 50 ` is in it exactly where the word 50 is.
    """
    found = dict.fromkeys(word for text in texts for word in words(text))
    return f" {' '.join(found)} " if found else ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: texts with every word of `whole` and, if any, a word that begins so."""

    whole: tuple[str, ...]
    begun: str = ""

    def __bool__(self) -> bool:
        return bool(self.whole or self.begun)

    @property
    def pieces(self) -> list[str]:
        """What a `column` holds if it answers the question."""
        return [f" {word} " for word in self.whole] + ([f" {self.begun}"] if self.begun else [])


def question(text: str) -> Question:
    """Reads a search: all its words, the last one as a beginning where it has letters enough."""
    asked = list(dict.fromkeys(words(text)))[:ASKED_MAX]
    if asked and asked[-1].isalpha() and len(asked[-1]) >= PREFIX_MIN:
        return Question(tuple(asked[:-1]), asked[-1])
    return Question(tuple(asked))


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """Jaccard's: the words in common by the words in either, 0 to 1, whatever their order."""
    first, second = frozenset(one), frozenset(other)
    together = len(first | second)
    return len(first & second) / together if together else 0.0
