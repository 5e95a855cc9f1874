"""Following the ledger's chain from its beginning, entry by entry, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from verification.domain.ledger import GENESIS


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the chain, from the database or a file.

    `computed` is the hash that follows from what the entry says; none where that is withheld
    altogether, as it can be in format 1 only.
    """

    number: int
    format: int
    previous: str
    hash: str
    computed: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain is not what it was, and what is wrong there."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"The chain breaks at entry {self.number}: {self.what}."


@dataclass(slots=True)
class Walk:
    """The state of a walk. It begins after the entry `number` with `hash`.

    `anchors` are hashes that were noted elsewhere, by number; `heads` those noted without one.
    """

    number: int = 0
    hash: str = GENESIS
    anchors: Mapping[int, str] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)
    format: int = 1
    #: How many entries have shown nothing but their place in the chain.
    unread: int = 0

    def step(self, link: Link) -> Fault | None:
        """Follows one entry; the fault that it has, if any, after which a walk is over."""
        what = self._wrong(link)
        if what:
            return Fault(self.number + 1, what)
        self.number, self.hash, self.format = link.number, link.hash, link.format
        self.unread += link.computed is None
        self.heads.discard(link.hash)
        return None

    def _wrong(self, link: Link) -> str:
        if link.number != self.number + 1:
            return f"it is missing, and entry {link.number} stands in its place"
        if link.previous != self.hash:
            return "it does not follow from the entry before it: one of the two was changed"
        if link.format < self.format:
            return f"it has format {link.format} after entries of format {self.format}"
        if link.computed is not None and link.computed != link.hash:
            return "its hash is not that of what it says: something in it was changed"
        if self.anchors.get(link.number, link.hash) != link.hash:
            return "its hash is not the one that was noted elsewhere: the history is another one"
        return ""

    def end(self) -> Fault | None:
        """What is wrong with an end here: entries that were noted elsewhere, and are not there."""
        beyond = [number for number in self.anchors if number > self.number]
        if beyond:
            what = f"it is missing, and entry {max(beyond)} was noted elsewhere: the end is cut off"
            return Fault(self.number + 1, what)
        if self.heads:
            what = f"no entry has the hash {min(self.heads)}, which was noted elsewhere"
            return Fault(self.number + 1, what)
        return None


def follow(walk: Walk, links: Iterable[Link]) -> Fault | None:
    """Walks to the end of `links`; the first fault, none where the chain holds."""
    for link in links:
        fault = walk.step(link)
        if fault:
            return fault
    return walk.end()


def anchor(text: str) -> tuple[int | None, str]:
    """What `NUMBER:HASH`, or a hash alone, says. Raises ValueError with words for the user."""
    number, colon, digits = text.strip().rpartition(":")
    digits = digits.lower()
    if len(digits) != 64 or not set(digits) <= set("0123456789abcdef"):
        raise ValueError(f"“{text.strip()}” is not NUMBER:HASH, with a hash of 64 digits.")
    if not colon:
        return None, digits
    if not (number.isascii() and number.isdigit()):
        raise ValueError(f"“{text.strip()}” is not NUMBER:HASH, with a whole number.")
    return int(number), digits
