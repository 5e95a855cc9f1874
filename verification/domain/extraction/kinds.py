"""In what manner somebody is credited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: ``media`` an outlet or agency (with the reporter, where named); ``voice`` somebody who speaks
#: for themselves or an organisation; ``anonymous`` unnamed sources; ``again`` whoever was credited
#: before ("the paper"), ``agency`` the same or a public body, ``pronoun`` the same or whom the
#: sentence is about ("he"); ``house`` an
#: organisation that the text calls by what it is ("the company"); ``court`` what a court heard;
#: ``rumour`` what nobody in particular tells ("reports suggest").
Kind = Literal[
    "media", "voice", "anonymous", "again", "agency", "pronoun", "house", "court", "rumour", ""
]


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is credited, and in what manner. Only ``media`` and ``voice`` have names."""

    kind: Kind
    names: tuple[str, ...] = ()
    words: str = ""
    """What those are called who were credited before: "the paper"."""


NOBODY = Credit("")


@dataclass(frozen=True, slots=True)
class Credited:
    """The sources of one sentence, and how they come to be its sources."""

    names: tuple[str, ...] = ()
    manner: str = ""
    """"attributed", "own reporting", "carried on", "anonymous sources", or empty: nobody."""
    reported: bool = False
    """Whether an outlet or unnamed sources tell it, and not those whom it is about."""
