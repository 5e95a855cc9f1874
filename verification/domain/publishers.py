"""Whether two names are one outlet's, where either may be its site's.

A page often does not say whose it is, and then its address does: "eurogamer.net" is the Eurogamer
that the text credits. Taken for two, the outlet would be a relay of itself.
"""

from __future__ import annotations

from itertools import product

from verification.domain import hosts, names
from verification.domain.extraction.outlets import spellings


def same(one: str, other: str) -> bool:
    """Whether both mean one outlet: by name, by another name of it, or by its site's name."""
    return any(
        names.same(mine, theirs)
        or hosts.called_after(mine, theirs)
        or hosts.called_after(theirs, mine)
        for mine, theirs in product(spellings(one), spellings(other))
        if mine.strip() and theirs.strip()
    )
