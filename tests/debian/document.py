"""The commands of a document, as it prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "self-hosting.md"
#: The part whose commands are run.
PART = "A Debian machine, step by step"
_FENCED = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """What stands under one heading: the commands, exactly as printed."""

    title: str
    commands: str


def steps(text: str, part: str = PART) -> list[Step]:
    """The steps of one part (a heading of the second level) that have commands, in order.

    Raises LookupError where the document has no such part.
    """
    found = re.search(rf"^## {re.escape(part)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        raise LookupError(f"The document has no part “{part}”.")
    sections = re.split(r"^### (.+)\n", f"### {part}\n{found[1]}", flags=re.MULTILINE)[1:]
    made = []
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        made += [Step(title, commands) for commands in _FENCED.findall(body)]
    return made
