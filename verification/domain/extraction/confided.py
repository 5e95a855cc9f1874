"""To whom people without a name have spoken, and when "one of these sources" means them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from verification.domain.extraction.credits import Attribution
from verification.domain.extraction.kinds import Credited
from verification.domain.extraction.recall import is_outlet, speaker

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
    relayed: set[str] = field(default_factory=set)
    """The outlets whose own report the text has told."""
    told: tuple[str, ...] = ()
    """The outlets that the text has named last with what somebody said."""

    def read(self, credited: Credited, text: str, house: tuple[str, ...]) -> None:
        """Takes in a sentence with whom it credits; ``house`` is whose page it is."""
        if credited.manner == "own reporting" or (house and credited.names == house):
            self.names = house
        elif credited.reported and credited.names and _CONFIDES.search(text):
            self.names = credited.names
        outlets = tuple(filter(is_outlet, credited.names))
        if credited.manner == "attributed" and credited.reported and not speaker(credited.names):
            self.relayed |= set(outlets)
        self.told = outlets or self.told

    def relayed_of(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those whose own report it is, and who did not speak for themselves."""
        return tuple(name for name in names if name in self.relayed)

    def with_sources(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those of before who can have sources: nobody who spoke for themselves to an outlet."""
        # "Pierce told Reuters", in a text that goes by a report of Reuters.
        return names if speaker(names) is None else self.relayed_of(self.told)

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


def by_the_way(found: Sequence[Attribution], text: str) -> bool:
    """Whether others are only said to have had it too: "comme l'a révélé Le Monde"."""
    return bool(found) and all(text.startswith("comme ", each.start) for each in found)
