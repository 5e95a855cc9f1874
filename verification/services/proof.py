"""Proving that the ledger is what it was: of the database, entry by entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from verification.domain import ledger as rules
from verification.domain import sealing
from verification.domain.chainwalk import Fault, Link, Walk, follow
from verification.domain.ledgerfile import COVERED_1
from verification.domain.sealing import Field, Path
from verification.models import LedgerEntry
from verification.services import ledger

#: The action of the entry that says which entries lost a person's name.
REDACTED = "entries redacted"
#: Entries that are read at once.
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Shown:
    """What the database still has of an entry of format 2: values, and digests of those gone."""

    fields: list[Field]
    gone: dict[Path, str]

    def digest(self) -> str:
        """The entry's digest, as it follows from them."""
        return sealing.digest_of([*(field.digest() for field in self.fields), *self.gone.values()])


def shown(entry: LedgerEntry) -> Shown:
    """The fields of an entry of format 2, whether or not a person was removed from it.

    Raises ValueError where its salts are not what they could be.
    """
    said = ledger.said(entry)
    if entry.sealed is None:
        return Shown(sealing.fields(entry.secret, said), {})
    salts = {tuple(path): salt for path, salt in entry.sealed["salts"]}
    gone = {tuple(path): digest for path, digest in entry.sealed["digests"]}
    left = [
        Field(salts.get(path, ""), path, value)
        for path, value in sealing.leaves(said)
        if path not in gone
    ]
    return Shown(left, gone)


def covered_1(entry: LedgerEntry) -> dict[str, object]:
    """What the hash of an entry of format 1 covers, besides the hash before it."""
    said = ledger.said(entry)
    said |= {"number": entry.number, "recorded_at": ledger.instant(entry.recorded_at)}
    return {name: said[name] for name in COVERED_1}


def link(entry: LedgerEntry) -> Link:
    """The entry as a link of the chain."""
    return Link(
        number=entry.number,
        format=entry.format,
        previous=entry.previous_hash,
        hash=entry.hash,
        computed=_computed(entry),
    )


def _computed(entry: LedgerEntry) -> str | None:
    if entry.format == 1:
        # One that was redacted has nothing left that could be hashed.
        gone = entry.redacted_by is not None
        return None if gone else rules.chain_hash(entry.previous_hash, covered_1(entry))
    try:
        whole = entry.sealed is None
        digest = (
            sealing.digest_of_all(entry.secret, ledger.said(entry))
            if whole
            else shown(entry).digest()
        )
    except (ValueError, KeyError, TypeError):
        digest = ""
    if entry.format != rules.FORMAT or digest != entry.digest:
        return "its digest is not that of its fields"
    return rules.entry_hash(
        number=entry.number,
        recorded_at=ledger.instant(entry.recorded_at),
        digest=digest,
        previous=entry.previous_hash,
    )


@dataclass(slots=True)
class Redactions:
    """Whether each entry that was redacted is named by the entry that says so."""

    #: By the number of the entry that should name them: those that wait to be named.
    waiting: dict[int, dict[int, set[str | None]]] = field(default_factory=dict)

    def note(self, entry: LedgerEntry) -> Fault | None:
        """Takes one entry of the walk, in its order."""
        if entry.redacted_by is not None:
            self.waiting.setdefault(entry.redacted_by, {})[entry.number] = in_place_of(entry)
        elif entry.sealed is not None or (entry.format > 1 and not entry.secret):
            return Fault(entry.number, "it lacks what it said, and no entry says why")
        named = self.waiting.pop(entry.number, {})
        if not named:
            return None
        if entry.action != REDACTED:
            return self._unnamed(named)
        content = entry.content
        neutral = {"", *content.get("in_place", ())}
        unnamed = [
            number
            for number, values in named.items()
            if number not in content.get("entries", ()) or not values <= neutral
        ]
        return self._unnamed(unnamed)

    def end(self) -> Fault | None:
        """What is left when the chain has ended."""
        return self._unnamed([number for named in self.waiting.values() for number in named])

    @staticmethod
    def _unnamed(numbers: Iterable[int]) -> Fault | None:
        for number in sorted(numbers):
            return Fault(number, "something in it was taken away, and no entry says why")
        return None


def in_place_of(entry: LedgerEntry) -> set[str | None]:
    """What stands in an entry in place of the values that are gone; none for what never does."""
    if entry.format == 1:
        return {""} if entry.content == {} else {None}
    gone = shown(entry).gone
    return {
        value if isinstance(value, str) else None
        for path, value in sealing.leaves(ledger.said(entry))
        if path in gone
    }


def of_database(walk: Walk) -> Fault | None:
    """Walks the ledger of the database; the first fault, none where the chain holds.

    The memory that it takes does not grow with the number of entries.
    """
    redactions = Redactions()
    fault: list[Fault] = []

    def links() -> Iterator[Link]:
        entries = LedgerEntry.objects.order_by("number").select_related(None)
        for entry in entries.iterator(chunk_size=CHUNK):
            yield link(entry)
            found = redactions.note(entry)
            if found:
                fault.append(found)
                return

    broken = follow(walk, links())
    return fault[0] if fault else broken or redactions.end()
