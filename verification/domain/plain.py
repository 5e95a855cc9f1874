"""Outside text as other programs take it: nothing in it that they would stumble over or obey."""

from __future__ import annotations

import re

# Everything that XML 1.0 forbids (NUL and its like, lone surrogates, two non-characters), the C1
# controls, and the signs that turn the direction of the text around them.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
# A no-break space is none of these: French hangs its colons and percent signs on it.
_WHITE = re.compile("[ \t\r\n\u2028\u2029]+")


def plain(text: str) -> str:
    """`text` without control signs and without overrides of its direction; lines are kept."""
    return _FORBIDDEN.sub("", text)


def plain_line(text: str) -> str:
    """The same on one line."""
    return _WHITE.sub(" ", plain(text)).strip(" ")
