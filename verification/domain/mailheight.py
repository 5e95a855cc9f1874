"""How high a mail is, reckoned from its HTML: whoever shows it in a frame cannot look into it.

A mail is shown in a sandbox that runs nothing and shares nothing with its page, so nothing there
may measure it. But a mail carries the style of each element on the element, and is made of blocks,
lines of text and simple tables. That is little enough to be set in type here, with the widths that
letters have on average. The result errs on the side of a line too many.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

_BLOCKS = frozenset(
    ("blockquote", "body", "div", "h1", "h2", "h3", "li", "ol", "p", "pre", "table", "tr", "ul")
)
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(("head", "script", "style", "title"))
#: Elements that nothing ends.
_ALONE = frozenset(("base", "br", "hr", "img", "input", "link", "meta", "wbr"))
#: Sides of a box, in the order of CSS, by how many values are given.
_SIDES = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}
_PIXELS = re.compile(r"(-?[\d.]+)(px)?")
_BOLD = frozenset(("600", "700", "bold"))
_FONT = re.compile(r"(?:(?P<weight>\d{3}|bold)\s+)?(?P<size>[\d.]+)px(?:/(?P<line>[\d.]+))?")
#: Of the size of the letters: how wide one is.
_NARROW, _USUAL, _CAPITAL, _WIDE, _BROAD = 0.38, 0.56, 0.68, 0.9, 1.0
#: Fonts differ: of a line, so much is taken to be there; and so many pixels are added in the end.
_ROOM, _SPARE = 0.98, 24


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element has from its style, or from those around it; in pixels."""

    size: float = 16
    line: float = 1.5
    bold: bool = False
    capitals: bool = False
    margin: tuple[float, ...] = (0, 0, 0, 0)
    padding: tuple[float, ...] = (0, 0, 0, 0)
    border: tuple[float, ...] = (0, 0, 0, 0)
    width: float = math.inf
    boxed: bool = False
    unseen: bool = False

    @property
    def beside(self) -> float:
        """What a box in a line takes beside its words."""
        return sum((*self.padding[1::2], *self.margin[1::2])) if self.boxed else 0


@dataclass(slots=True)
class _Box:
    """An element that was begun, with the room in it and how high it is so far."""

    tag: str
    look: _Look
    room: float
    #: The line that is being filled: how much of it is, and how high it is.
    filled: float = 0
    high: float = 0
    #: Of a row of a table: the height of the highest cell.
    cells: list[float] = field(default_factory=list)
    top: float = 0


def height_of(html: str, width: int) -> int:
    """The height of a mail in a frame of this width, both in pixels."""
    setter = _Setter(width)
    setter.feed(html)
    setter.close()
    return setter.height()


class _Setter(HTMLParser):
    """Sets the mail in type."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._stack = [_Box("", _Look(), width)]
        self._y = 0.0
        #: The margin below what came last, of which the larger of two counts.
        self._margin = 0.0
        self._space = False

    def height(self) -> int:
        """How high all of it is."""
        self._end_line()
        return math.ceil(self._y + self._margin) + _SPARE

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins an element."""
        if tag == "br":
            self._end_line(empty=True)
        if tag in _ALONE:
            return
        around = self._stack[-1]
        look = _styled(around.look, tag, dict(attrs).get("style") or "")
        if tag in _BLOCKS and not look.unseen:
            self._end_line()
            self._down(look.margin[0], look.padding[0] + look.border[0])
        room = min(around.room, look.width + look.padding[1] + look.padding[3])
        room -= sum(look.padding[1::2]) + sum(look.margin[1::2]) + sum(look.border[1::2])
        if tag in _CELLS:
            # How many there are is not known yet: two columns are of much the same width.
            room = around.room / 2
            self._margin = look.padding[0]
            self._y = around.top
        box = _Box(tag, look, max(room, 40), top=self._y + self._margin * (tag == "tr"))
        if tag not in _BLOCKS and tag not in _CELLS:
            box.room, box.filled, box.high = around.room, around.filled, around.high
        self._stack.append(box)

    def handle_endtag(self, tag: str) -> None:
        """Ends an element, and those in it that nobody ended."""
        if tag in _ALONE or all(box.tag != tag for box in self._stack):
            return
        while True:
            box = self._stack[-1]
            self._end(box)
            if box.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        """Fills lines with the words."""
        box = self._stack[-1]
        if box.look.unseen:
            return
        if data[:1].isspace():
            self._space = True
        # A button goes onto the next line as a whole.
        for word in [" ".join(data.split())] if box.look.boxed and data.strip() else data.split():
            wide = _width(word, box.look) + box.look.beside
            gap = _NARROW * box.look.size if self._space and box.filled else 0
            if box.filled and box.filled + gap + wide > box.room * _ROOM:
                self._end_line()
                gap = 0
            # A word that is longer than a line is cut where it is the hash of the ledger.
            while wide > box.room:
                wide -= box.room
                self._y += self._margin + box.look.size * box.look.line
                self._margin = 0
            box.filled += gap + wide
            box.high = max(box.high, _high(box.look))
            self._space = True
        self._space = bool(data) and data[-1:].isspace()

    def _end(self, box: _Box) -> None:
        if box.tag in _BLOCKS or box.tag in _CELLS:
            self._end_line()
        self._stack.pop()
        around = self._stack[-1] if self._stack else box
        look = box.look
        if look.unseen:
            return
        if box.tag in _CELLS:
            around.cells.append(self._y + self._margin + look.padding[2] + look.border[2])
            self._margin = 0
        elif box.tag in _BLOCKS:
            if box.cells:
                self._y, self._margin = max(box.cells), 0
            below = look.padding[2] + look.border[2]
            if below:
                self._y += self._margin + below
                self._margin = 0
            self._margin = max(self._margin, look.margin[2])
        else:
            around.filled, around.high = box.filled, box.high

    def _end_line(self, *, empty: bool = False) -> None:
        box = self._stack[-1]
        if box.filled or empty:
            self._y += self._margin + (box.high or box.look.size * box.look.line)
            self._margin = 0
        for one in self._stack:
            one.filled = one.high = 0

    def _down(self, margin: float, inside: float) -> None:
        self._margin = max(self._margin, margin)
        if inside:
            self._y += self._margin + inside
            self._margin = 0


def _high(look: _Look) -> float:
    line = look.size * look.line
    if not look.boxed:
        return line
    return line + look.padding[0] + look.padding[2] + look.margin[0] + look.margin[2]


def _width(word: str, look: _Look) -> float:
    wide = 0.0
    for letter in word.upper() if look.capitals else word:
        if letter in " iljtfrI.,;:’'|!()[]":
            wide += _NARROW
        elif letter in "mwMW—%@":
            wide += _WIDE
        elif ord(letter) >= 0x2E80:
            wide += _BROAD
        else:
            wide += _CAPITAL if letter.isupper() else _USUAL
    return wide * look.size * (1.06 if look.bold else 1.0)


def _styled(around: _Look, tag: str, style: str) -> _Look:
    """The look of an element in another."""
    look = replace(
        around, margin=(0, 0, 0, 0), padding=(0, 0, 0, 0), border=(0, 0, 0, 0), width=math.inf,
        boxed=False, unseen=around.unseen or tag in _UNSEEN,
        bold=around.bold or tag in {"strong", "b", "h1", "h2", "h3"},
    )  # fmt: skip
    for rule in style.split(";"):
        name, _colon, value = (part.strip() for part in rule.partition(":"))
        if name in _RULES:
            look = replace(look, **_RULES[name](look, value))
    return look


def _font(look: _Look, value: str) -> dict[str, Any]:
    found = _FONT.search(value)
    if found is None:
        return {}
    return {
        "size": float(found["size"]),
        "line": float(found["line"] or look.line),
        "bold": found["weight"] in _BOLD,
    }


def _sides(value: str) -> tuple[float, ...]:
    """What is said of the four sides; "auto" is nothing."""
    said = [_pixels(part, 0) for part in value.split()]
    return tuple(said[place] for place in _SIDES[len(said)]) if len(said) in _SIDES else (0,) * 4


def _pixels(value: str, other: float) -> float:
    found = _PIXELS.match(value)
    return float(found[1]) if found else other


#: What is read of a style, and what it says of the look.
_RULES: dict[str, Callable[[_Look, str], dict[str, Any]]] = {
    "margin": lambda _look, value: {"margin": _sides(value)},
    "padding": lambda _look, value: {"padding": _sides(value)},
    "border-bottom": lambda look, value: {"border": (0, 0, _pixels(value, 0), look.border[3])},
    "border-left": lambda look, value: {"border": (0, 0, look.border[2], _pixels(value, 0))},
    "font": _font,
    "font-size": lambda look, value: {"size": _pixels(value, look.size)},
    "font-weight": lambda _look, value: {"bold": value in _BOLD},
    "text-transform": lambda _look, value: {"capitals": value == "uppercase"},
    "max-width": lambda _look, value: {"width": _pixels(value, math.inf)},
    "display": lambda look, value: {
        "boxed": value == "inline-block",
        "unseen": look.unseen or value == "none",
    },
}
