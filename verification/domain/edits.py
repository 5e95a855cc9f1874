"""What changed between two readings of a page: in sentences, in words, and whether it matters.

Two texts are laid side by side by what stands in both exactly once, and from there outwards: the
work grows with the texts, whatever is in them, where comparing everything with everything would
let a hostile page hold up the desk. Pages differ from one hour to the next in white space, in the
shape of their quotation marks and in lines such as "updated two hours ago"; that is no edit.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from verification.domain.words import words

Kind = Literal["same", "deleted", "inserted"]

#: Characters of a text that are looked at.
TEXT_MAX = 200_000
#: Characters of what is quoted of either text.
QUOTE_MAX = 240
#: A word of a statement that says what it is about has so many letters.
TELLING = 4
#: A text that keeps less than this share of its sentences, and of its length, is another page.
LEFT_MIN, LENGTH_MIN = 0.34, 0.35
#: Two wordings with less than this share of their words in common are shown one after the other.
ALIKE_MIN = 0.3

_END = re.compile(r"[.!?…][\"”’»)\]\u00a0]{0,3}\s+")
_WORD = re.compile(r"\s*\S+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_LETTER = re.compile(r"[^\W\d_]")
_SHAPES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-"})
#: A short line, and no sentence, that tells how old the page is or how many have read it.
_CLOCK = re.compile(
    r"(?:last )?(?:updated|published|posted|modified)\b.*|(?:mise? à jour|modifiée?|publiée?)\b.*"
    r"|.*\b(?:\d+ (?:minutes?|hours?|days?) ago|il y a \d+ (?:minutes?|heures?|jours?))"
    r"|\d[\d ,.k]*(?:comments?|commentaires?|shares?|partages?|views?|vues?)"
    r"|\d+ min(?:utes?)?\.? (?:read|de lecture)",
    re.IGNORECASE,
)
_CLOCK_MAX = 80


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stands in both, in the earlier one only, or in the later one only."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What was changed.

    `material` is whether more than the page's furniture was changed. `touches` is whether a changed
    sentence is one that the claim stands on. `before` and `after` quote the first change that
    matters most, shortened; one of them is empty where something was only put in or taken out.
    `curtailed` is whether so little is left that it is not the same page any more.
    """

    material: bool
    touches: bool
    curtailed: bool
    before: str = ""
    after: str = ""


NOTHING = Edit(material=False, touches=False, curtailed=False)


def compare(before: str, after: str, *, statement: str = "", hedge: str = "") -> Edit:
    """What an edit of a page's text comes to for a claim that was read in it."""
    old, new = _sentences(before), _sentences(after)
    changed = [change for change in _changes(old, new) if _matters(change)]
    if not changed:
        return NOTHING
    stands = _Standing(statement, hedge)
    touching = [change for change in changed if stands.on(change.before) or stands.on(change.after)]
    shown = (touching or changed)[0]
    return Edit(
        material=True,
        touches=bool(touching),
        curtailed=_curtailed(old, new),
        before=_quoted(shown.before, shown.after),
        after=_quoted(shown.after, shown.before),
    )


def pieces(before: str, after: str) -> list[Piece]:
    """The two texts as one, in pieces; a sentence that was reworded is shown word by word."""
    found: list[Piece] = []
    place = 0
    old, new = _sentences(before), _sentences(after)
    for change in _changes(old, new):
        found.append(Piece("same", "".join(old[place : change.start])))
        found += _in_words("".join(change.before), "".join(change.after))
        place = change.end
    found.append(Piece("same", "".join(old[place:])))
    return _joined(found)


@dataclass(frozen=True, slots=True)
class _Change:
    """Sentences `start` to `end` of the earlier text, and what stands in their place."""

    start: int
    end: int
    before: tuple[str, ...]
    after: tuple[str, ...]


class _Standing:
    """The figures and the hedge that a claim stands on."""

    def __init__(self, statement: str, hedge: str) -> None:
        self.figures = set(_FIGURE.findall(statement))
        self.hedge = words(hedge)
        self.about = {word for word in words(statement) if len(word) >= TELLING}

    def on(self, sentences: Iterable[str]) -> bool:
        """Whether one of the sentences has a figure of the claim, or its hedge and its subject."""
        return any(self._on(sentence) for sentence in sentences)

    def _on(self, sentence: str) -> bool:
        if self.figures & set(_FIGURE.findall(sentence)):
            return True
        said = words(sentence)
        return _holds(said, self.hedge) and bool(self.about & set(said))


def _holds(said: Sequence[str], part: Sequence[str]) -> bool:
    return bool(part) and f" {' '.join(part)} " in f" {' '.join(said)} "


def _sentences(text: str) -> list[str]:
    """The text in its sentences, each with the white space after it; joined they are the text."""
    found: list[str] = []
    for line in text[:TEXT_MAX].splitlines(keepends=True):
        start = 0
        for end in _END.finditer(line):
            found.append(line[start : end.end()])
            start = end.end()
        if start < len(line):
            found.append(line[start:])
    return found


def _plain(sentence: str) -> str:
    """A sentence without what does not matter."""
    return " ".join(unicodedata.normalize("NFKC", sentence).translate(_SHAPES).split())


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    """Where the texts part, in order."""
    found: list[_Change] = []
    i = j = 0
    ends = (len(old), len(new))
    for a, b in [*aligned([_plain(s) for s in old], [_plain(s) for s in new]), ends]:
        if a > i or b > j:
            found.append(_Change(i, a, tuple(old[i:a]), tuple(new[j:b])))
        i, j = a + 1, b + 1
    return found


def aligned(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places at which both have the same, in order and in time that grows with both.

    What stands once in each is laid side by side first, as much as keeps its order; around these,
    and from both ends, equal neighbours are added.
    """
    anchors = [(-1, -1), *_anchors(old, new), (len(old), len(new))]
    found: list[tuple[int, int]] = []
    for (i, j), (k, m) in pairwise(anchors):
        if i >= 0:
            found.append((i, j))
        low, high = 0, 0
        room = min(k - i, m - j) - 1
        while low < room and old[i + 1 + low] == new[j + 1 + low]:
            found.append((i + 1 + low, j + 1 + low))
            low += 1
        while high < room - low and old[k - 1 - high] == new[m - 1 - high]:
            high += 1
        found += [(k - back, m - back) for back in range(high, 0, -1)]
    return found


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """What stands exactly once in both, as the longest row that rises in both."""
    counts, others = Counter(old), Counter(new)
    places = {text: place for place, text in enumerate(new) if others[text] == 1}
    pairs = [
        (place, places[text])
        for place, text in enumerate(old)
        if counts[text] == 1 and text in places
    ]
    # Patience: the smallest end of a rising row of each length, and what came before each.
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, (_place, other) in enumerate(pairs):
        length = bisect_left(ends, other)
        before.append(tops[length - 1] if length else -1)
        ends[length : length + 1] = [other]
        tops[length : length + 1] = [number]
    row: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]


def _matters(change: _Change) -> bool:
    return any(
        _LETTER.search(plain) and not _is_clock(plain)
        for plain in map(_plain, (*change.before, *change.after))
    )


def _is_clock(line: str) -> bool:
    if len(line) > _CLOCK_MAX or line.endswith((".", "!", "?", "…", '"')):
        return False
    return _CLOCK.fullmatch(line) is not None


def _curtailed(old: Sequence[str], new: Sequence[str]) -> bool:
    kept = len(set(map(_plain, old)) & set(map(_plain, new)))
    length, left = sum(map(len, old)), sum(map(len, new))
    return kept < LEFT_MIN * len(old) and left < LENGTH_MIN * length


def _in_words(before: str, after: str) -> list[Piece]:
    """The two wordings as one, in pieces of whole words."""
    old, new = before.split(), after.split()
    found: list[Piece] = []
    i = j = 0
    same = aligned(old, new)
    if len(same) < ALIKE_MIN * max(len(old), len(new)):
        # A few words in common make no sense of two different sentences.
        same = []
    for a, b in [*same, (len(old), len(new))]:
        found.append(Piece("deleted", " ".join(old[i:a])))
        found.append(Piece("inserted", " ".join(new[j:b])))
        found.append(Piece("same", " ".join(old[a : a + 1])))
        i, j = a + 1, b + 1
    return [*found, Piece("same", (after or before)[len((after or before).rstrip()) :])]


def _joined(found: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece, and none that is empty."""
    joined: list[Piece] = []

    def add(kind: Kind, text: str) -> None:
        if joined and joined[-1].kind == kind:
            joined[-1] = Piece(kind, joined[-1].text + text)
        else:
            joined.append(Piece(kind, text))

    for piece in found:
        if not piece.text:
            continue
        if joined and not joined[-1].text[-1].isspace() and not piece.text[0].isspace():
            add("same", " ")
        add(piece.kind, piece.text)
    return joined


def _quoted(sentences: Sequence[str], other: Sequence[str]) -> str:
    """What can be quoted of one side: from where it differs from the other, if it is long."""
    said, others = _spaced(sentences), _spaced(other)
    if len(said) <= QUOTE_MAX:
        return said
    alike = next((at for at, (a, b) in enumerate(zip(said, others, strict=False)) if a != b), 0)
    start = 0 if alike < QUOTE_MAX // 2 else said.rfind(" ", 0, alike - QUOTE_MAX // 4) + 1
    cut = said[start : start + QUOTE_MAX - 2]
    if start + len(cut) < len(said):
        cut = f"{cut.rpartition(' ')[0] or cut}…"
    return f"…{cut}" if start else cut


def _spaced(sentences: Sequence[str]) -> str:
    return " ".join("".join(sentences).split())
