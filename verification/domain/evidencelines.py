"""Evidence as somebody writes it into one cell: an address a line, with or without its title.

"https://example.org/1", "The bank's statement | https://example.org/1", and the same with a dash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verification.domain import hosts

#: A dash between words has spaces around it; one without them belongs to a word.
_LINE = re.compile(r"(?:(?P<title>.*\S)(?:\s*\|\s*|\s+[—–-]+\s+))?(?P<url>https?://\S+)", re.I)
#: A second address after a sign that lists have, and addresses in archives do not.
_SEVERAL = re.compile(r"[;,]https?://", re.I)


class NotALineError(ValueError):
    """A line is none: `line` is what it says."""

    def __init__(self, line: str) -> None:
        self.line = line
        super().__init__(line)


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One address; the title is empty where nobody wrote one."""

    title: str
    url: str


def read(text: str) -> list[EvidenceLine]:
    """The addresses of a text, one on each line that is not empty.

    Raises NotALineError for the first line that is none.
    """
    return [_read(line) for line in map(str.strip, text.splitlines()) if line]


def host_title(url: str) -> str:
    """What a page that nobody named is called by: its host, as readers write it."""
    return hosts.readable(hosts.host_of(url).removeprefix("www.")) or url


def _read(line: str) -> EvidenceLine:
    found = _LINE.fullmatch(line)
    if found is None or _SEVERAL.search(found["url"]):
        raise NotALineError(line)
    return EvidenceLine(found["title"] or "", found["url"])
