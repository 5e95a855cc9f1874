"""How wide words are, and how they are set in lines: for what is drawn and not laid out.

An SVG wraps no text and tells no widths, so both are reckoned here from the typeface's own tables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import unpack_from

FONTS = Path(__file__).resolve().parents[2] / "fonts"
FILES = tuple(
    FONTS / name for name in ("NotoSerif-Bold.ttf", "NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
)
#: Width in ems of a sign that the typeface does not hold: of ideographs, and of other letters.
WIDE, OTHER = 1.0, 0.62
#: More of a text than this without a drawing, and the rest says something else.
MISSING_MOST = 0.2


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: the advance of each sign that it holds, in ems. Kerning is left out."""

    advances: Mapping[int, float]

    def width(self, text: str, size: float) -> float:
        """How wide the line is, in the unit of `size`; signs that are not held are guessed."""
        return size * sum(self._advance(sign) for sign in text)

    def _advance(self, sign: str) -> float:
        known = self.advances.get(ord(sign))
        if known is not None:
            return known
        if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
            return 0.0
        return WIDE if unicodedata.east_asian_width(sign) in "WF" else OTHER

    def drawable(self, text: str) -> str:
        """`text` as this typeface can draw it; empty where too little of it would be left.

        Pictograms go. A run of letters of another script leaves an ellipsis.
        """
        kept: list[str] = []
        letters = missing = 0
        for sign in unicodedata.normalize("NFC", text):
            letter = unicodedata.category(sign)[0] == "L"
            letters += letter
            if ord(sign) in self.advances:
                kept.append(sign)
            elif letter:
                missing += 1
                if kept[-1:] != ["…"]:
                    kept.append("…")
        if missing > letters * MISSING_MOST:
            return ""
        return re.sub(" +", " ", "".join(kept)).strip()

    def lines(self, text: str, size: float, width: float) -> list[str]:
        """`text` in lines of at most `width`, broken at spaces, and within a longer word."""
        done: list[str] = []
        line = ""
        for word in text.split(" "):
            wider = f"{line} {word}" if line else word
            if self.width(wider, size) <= width:
                line = wider
                continue
            if line:
                done.append(line)
            *whole, line = self._pieces(word, size, width)
            done += whole
        return [*done, line] if line else done

    def _pieces(self, word: str, size: float, width: float) -> list[str]:
        pieces, piece = [], ""
        for sign in word:
            if piece and self.width(piece + sign, size) > width:
                pieces.append(piece)
                piece = ""
            piece += sign
        return [*pieces, piece]

    def cut(self, text: str, size: float, width: float) -> str:
        """`text`, ended with an ellipsis where it is wider than `width`."""
        if self.width(text, size) <= width:
            return text
        while text and self.width(f"{text}…", size) > width:
            text = text[:-1].rstrip(" ,;:–—-")
        return f"{text}…"

    def set(
        self, text: str, sizes: Sequence[tuple[float, int]], width: float
    ) -> tuple[float, list[str]]:
        """The first of `sizes` (each with the lines that it has room for) that fits, and the lines.

        Where none does, the last line of the last one ends with an ellipsis.
        """
        for size, most in sizes:
            lines = self.lines(text, size, width)
            if len(lines) <= most:
                return size, lines
        last = self.cut(f"{lines[most - 1]} {lines[most]}", size, width)
        return size, [*lines[: most - 1], last]


@cache
def faces() -> tuple[Face, Face, Face]:
    """The faces of `FILES`: for statements, for words, for strong words."""
    serif, sans, strong = (_read(path.read_bytes()) for path in FILES)
    return serif, sans, strong


def _read(font: bytes) -> Face:
    """Reads a TrueType file's tables of signs and advances."""
    tables = {
        font[at : at + 4]: unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * unpack_from(">H", font, 4)[0], 16)
    }
    em = unpack_from(">H", font, tables[b"head"] + 18)[0]
    measured = unpack_from(">H", font, tables[b"hhea"] + 34)[0]
    advances = [
        unpack_from(">H", font, tables[b"hmtx"] + 4 * glyph)[0] / em for glyph in range(measured)
    ]
    return Face(
        {
            sign: advances[min(glyph, measured - 1)]
            for sign, glyph in _glyphs(font, tables[b"cmap"]).items()
        }
    )


def _glyphs(font: bytes, at: int) -> dict[int, int]:
    """The number of each sign's glyph, from the table of the Basic Multilingual Plane."""
    for index in range(unpack_from(">H", font, at + 2)[0]):
        start = at + unpack_from(">I", font, at + 8 + 8 * index)[0]
        if unpack_from(">H", font, start)[0] == 4:
            break
    else:
        raise ValueError("the typeface has no table of signs that can be read here")
    count = unpack_from(">H", font, start + 6)[0] // 2
    ends = start + 14
    firsts, deltas, offsets = (ends + 2 + 2 * count * part for part in (1, 2, 3))
    glyphs: dict[int, int] = {}
    for segment in range(count):
        step = 2 * segment
        end, first, delta, offset = (
            unpack_from(">H", font, table + step)[0] for table in (ends, firsts, deltas, offsets)
        )
        for sign in range(first, min(end, 0xFFFE) + 1):
            glyph = sign
            if offset:
                glyph = unpack_from(">H", font, offsets + step + offset + 2 * (sign - first))[0]
            if glyph or not offset:
                glyph = (glyph + delta) & 0xFFFF
            if glyph:
                glyphs[sign] = glyph
    return glyphs
