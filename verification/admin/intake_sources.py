"""Which of the names on a sheet the desk knows as sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from verification.services import sourcematch

State = Literal["known", "near", "new"]

#: For how many unknown names others are suggested; each is looked for by itself.
SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class Badge:
    """What the desk knows of a name: it is `known` (as `name`), `near` to a known one, or new."""

    state: State
    name: str = ""
    key: int | None = None


def badges(names: Iterable[str]) -> dict[str, Badge]:
    """A badge for each name that is one. Takes two queries, and a few for each unknown name."""
    asked = list(dict.fromkeys(name for name in names if name.strip()))
    known = sourcematch.match(asked)
    found = {name: Badge("known", source.name, source.pk) for name, source in known.items()}
    unknown = [name for name in asked if name not in known]
    for name in unknown[:SUGGESTED]:
        near = sourcematch.near(name)
        if near:
            found[name] = Badge("near", near.source.name, near.source.pk)
    return {name: found.get(name, Badge("new")) for name in asked}
