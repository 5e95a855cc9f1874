"""An article in pieces, for whoever shows it: which words belong to which candidate.

The places come back from a browser, so nothing here trusts them: what is no place of the text, or
lies in another one, is left out, and the text comes out whole whatever is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["", "hedge", "source"]

_ARTICLE = re.compile(r"^(?:the|le|la|les)\s+|^l['’]", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a candidate stands, with the words in it that are told apart."""

    number: int
    start: int
    end: int
    hedge: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one kind."""

    text: str
    kind: Kind = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that follow each other: of a candidate's span (`number`), or of none.

    `first` is the one that begins its span; one that runs over two paragraphs has two runs.
    """

    pieces: tuple[Piece, ...]
    number: int | None = None
    first: bool = False


def paragraphs(text: str, spans: Iterable[Span]) -> list[list[Run]]:
    """The text's paragraphs in runs. Paragraphs are set off by blank lines, or else by lines."""
    standing = _apart(spans, len(text))
    return [
        _runs(text, start, end, standing) for start, end in _bounds(text) if text[start:end].strip()
    ]


def _apart(spans: Iterable[Span], length: int) -> list[Span]:
    """The spans that are places of the text, in its order; of two that overlap, the first."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end, each.number)):
        if 0 <= span.start < span.end <= length and (not kept or kept[-1].end <= span.start):
            kept.append(span)
    return kept


def _bounds(text: str) -> list[tuple[int, int]]:
    breaks = list(_BLANK_LINE.finditer(text)) or list(re.finditer(r"\n", text))
    starts = [0, *(each.end() for each in breaks)]
    ends = [*(each.start() for each in breaks), len(text)]
    return list(zip(starts, ends, strict=True))


def _runs(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Run]:
    runs: list[Run] = []
    place = start
    for span in spans:
        begin, stop = max(span.start, start), min(span.end, end)
        if begin >= stop:
            continue
        if place < begin:
            runs.append(Run((Piece(text[place:begin]),)))
        pieces = _pieces(text[begin:stop], span)
        runs.append(Run(pieces, span.number, first=begin == span.start))
        place = stop
    if place < end:
        runs.append(Run((Piece(text[place:end]),)))
    return runs


def _pieces(words: str, span: Span) -> tuple[Piece, ...]:
    """The words of a span with its hedge and its sources told apart, each where it first stands."""
    low = words.casefold()
    if len(low) != len(words):
        low = words
    found: list[tuple[int, int, Kind]] = []
    asked: list[tuple[str, Kind]] = [(span.hedge, "hedge")]
    asked += [(name, "source") for name in span.sources]
    for wanted, kind in asked:
        # "Selon le Wall Street Journal" credits The Wall Street Journal.
        for form in (wanted, _ARTICLE.sub("", wanted)):
            place = low.find(form.casefold()) if form else -1
            if place >= 0:
                found.append((place, place + len(form), kind))
                break
    pieces: list[Piece] = []
    place = 0
    for start, end, kind in sorted(found):
        if start < place:
            continue
        if place < start:
            pieces.append(Piece(words[place:start]))
        pieces.append(Piece(words[start:end], kind))
        place = end
    if place < len(words):
        pieces.append(Piece(words[place:]))
    return tuple(pieces)
