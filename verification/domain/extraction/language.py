"""French or English? The small words tell: no other ones are needed, and no model."""

from __future__ import annotations

import re
from typing import Literal

from verification.domain.extraction.text import words

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

# Words of one language that the other one does not have.
_FRENCH = frozenset(
    words(
        "de en le la les un une des du au aux et est dans pour que qui sur par avec ce cette ces "
        "son sa ses leur il elle ils elles nous vous ne pas plus mais ou où selon été être "
        "sont ont avait serait pourrait devrait après avant entre comme dont lors fin mardi "
        "jeudi d'ici"
    )
)
_ENGLISH = frozenset(
    words(
        "the of and to in is it that for was with as by at from his her its their this these "
        "be has have had will would could not but or which who an are were been said more "
        "than after before about into over he she they we you if when there"
    )
)
_ELIDED = frozenset({"l", "d", "qu", "n", "s", "j", "c"})
_ACCENTED = re.compile(r"[éèêëàâçîïôùûœ]").search
_WORD = re.compile(r"[^\W\d_]+(?:'(?=[^\W\d_]))?")
#: So much of the beginning is enough.
_LOOKED_AT = 5000


def detect(text: str) -> Language:
    """The language of a text that is one of the two; English where nothing tells."""
    found = [word.rstrip("'").lower() for word in _WORD.findall(text[:_LOOKED_AT])]
    french = sum(word in _FRENCH or word in _ELIDED or bool(_ACCENTED(word)) for word in found)
    english = sum(word in _ENGLISH for word in found)
    return "fr" if french > english else "en"
