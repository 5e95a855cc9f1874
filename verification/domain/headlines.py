"""The headline of a text that was pasted: its first line, where that is one."""

from __future__ import annotations

#: As long as headlines are.
LONGEST = 160
#: What a sentence ends with, or a line that only introduces the next.
_ENDS = (".", "…", ":", ";", ",")


def headline(text: str) -> str:
    """The first line, if it is short, ends like no sentence and is followed by one; or nothing.

    A headline may ask, and quote what ends with a point.
    """
    first, _newline, rest = text.strip().partition("\n")
    line = " ".join(first.split())
    body = rest.strip()
    if not line or len(line) > LONGEST or line.endswith(_ENDS) or len(line.split()) < 3:
        return ""
    following = body.partition("\n")[0].strip()
    return line if following.endswith((".", "!", "?", "…", "”", "»", '"')) else ""
