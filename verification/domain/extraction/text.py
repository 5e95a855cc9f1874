"""Text as the patterns read it, and the way back to the text as it was printed.

Typographic apostrophes, the many spaces and accents in two pieces would each double every pattern.
They are made plain here, once, and every place that is found in the plain text can be told as a
place in the printed one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# One character for one character, so that places stay what they are.
_PLAIN = str.maketrans(
    {
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{THIN SPACE}": " ",
        "\N{FIGURE SPACE}": " ",
        "\t": " ",
        "\r": " ",
        "\v": " ",
        "\f": " ",
        "\N{LINE SEPARATOR}": "\n",
        "\N{PARAGRAPH SEPARATOR}": "\n",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{HYPHEN}": "-",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{DOUBLE LOW-9 QUOTATION MARK}": '"',
    }
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text made plain. ``places`` has the printed place of each character; None: the same."""

    text: str
    places: tuple[int, ...] | None

    def printed(self, place: int) -> int:
        """Where the character at ``place`` (or the text's end) is in the printed text."""
        return place if self.places is None else self.places[place]


def plain(printed: str) -> Plain:
    """The text with plain apostrophes, quotation marks and spaces, and its accents composed."""
    text = printed.translate(_PLAIN)
    if unicodedata.is_normalized("NFC", text):
        return Plain(text, None)
    pieces: list[str] = []
    places: list[int] = []
    start = 0
    for end in (*_cluster_starts(text), len(text)):
        composed = unicodedata.normalize("NFC", text[start:end])
        pieces.append(composed)
        places.extend([start] * len(composed))
        start = end
    places.append(len(text))
    return Plain("".join(pieces), tuple(places))


def _cluster_starts(text: str) -> list[int]:
    """Where a letter begins that is not a mark on the one before it; the first is left out."""
    return [i for i, letter in enumerate(text) if i and not unicodedata.combining(letter)]


def lowered(text: str) -> str:
    """The text in lower case, letter for letter: patterns that know no capitals are faster on it.

    The few letters that are two in lower case stay as they are.
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def words(text: str) -> tuple[str, ...]:
    """A list of words, written as text."""
    return tuple(text.split())
