"""To whom people without a name have spoken, and when "one of these sources" means them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verification.domain.extraction.credits import Attribution
from verification.domain.extraction.kinds import Credited

# Those who tell an outlet something and have no name.
_CONFIDES = re.compile(
    r"\b(?:sources?|people|persons?|personnes|insiders?|officials|delegates|proches)\b"
)
# "L'une de ces sources", "la première source": one of those who told something without a name.
_ONE_OF_THEM = re.compile(
    r"ces|première|deuxième|seconde|troisième|second|third|these|those", re.IGNORECASE
)


@dataclass(slots=True)
class Confided:
    """The outlets that unnamed people have told something, as far as the text has been read."""

    names: tuple[str, ...] = ()

    def read(self, credited: Credited, text: str, house: tuple[str, ...]) -> None:
        """Takes in a sentence with whom it credits; ``house`` is whose page it is."""
        if credited.manner == "own reporting":
            self.names = house
        elif credited.reported and credited.names and _CONFIDES.search(text):
            self.names = credited.names

    def are_meant(self, said: str) -> bool:
        """Whether words for those of before mean them and not whoever was credited last."""
        meant = _ONE_OF_THEM.fullmatch(said) or _CONFIDES.search(said)
        return bool(self.names) and meant is not None


def confirms(found: Sequence[Attribution], text: str) -> bool:
    """Whether the page has it from its own sources, and confirms what an outlet has told.

    What it has learned from somebody who is said ("auprès de la direction") is theirs.
    """
    own = any(each.own and not text.startswith(" auprès", each.end) for each in found)
    return own and any(each.lead and each.credit.kind == "media" for each in found)
