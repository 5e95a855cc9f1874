"""Colours that can be read: contrast as WCAG 2.2 defines it."""

from __future__ import annotations

import re

#: Red, green and blue, 0 to 255 each.
Colour = tuple[int, int, int]

_SHORT, _LONG = re.compile(r"#?([0-9a-fA-F]{3})"), re.compile(r"#?([0-9a-fA-F]{6})")
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
#: The least contrast of running text with its ground.
TEXT_CONTRAST = 4.5
_STEPS = 50


def parse(text: str) -> Colour:
    """The colour that three or six hexadecimal digits name, with or without `#`.

    Raises ValueError for anything else: names and functions of CSS are none of it.
    """
    short = _SHORT.fullmatch(text)
    digits = "".join(2 * digit for digit in short[1]) if short else ""
    if not short:
        long = _LONG.fullmatch(text)
        if not long:
            raise ValueError("not three or six hexadecimal digits")
        digits = long[1]
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def digits(colour: Colour) -> str:
    """Six hexadecimal digits, in lower case and without `#`."""
    return "".join(f"{part:02x}" for part in colour)


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: Colour, ground: Colour, least: float = TEXT_CONTRAST) -> Colour:
    """The colour, or the nearest to it on the way to black or white that can be read on `ground`.

    `least` is a contrast that black or white reaches there (4.5 always is).
    """
    end = max((BLACK, WHITE), key=lambda extreme: contrast(extreme, ground))
    for step in range(_STEPS):
        mixed = _mix(colour, end, step / _STEPS)
        if contrast(mixed, ground) >= least:
            return mixed
    return end


def _mix(colour: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
