"""The ledger as a file: whole for the newsroom, and for readers what readers may know.

Readers are told of public claims what their pages tell of them, and of the sources and beats that
they can see. Who did it is withheld everywhere, and so is every entry about anything else: what
stands in the file for these are salted digests, with which the chain can be verified all the same.
Entries of format 1 are all or nothing, and have their author in them: readers get their hashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verification.domain import ledgerfile
from verification.domain.sealing import Path
from verification.models import LedgerEntry, Source
from verification.services import ledger, proof

#: Entries that are read at once.
CHUNK = 500

_CLAIM = {
    "statement", "criteria", "language", "beat", "public", "reports", "before",
    "deadline", "deadline_text", "deadline_precision", "deadline_basis",
}  # fmt: skip
_REPORT = {
    "source", "author", "url", "published_on", "headline", "stance", "certainty", "hedge", "via",
    "before",
}  # fmt: skip
_VERDICT = {"outcome", "rationale", "became_known_on", "evidence", "supersedes"}
_SOURCE = {"slug", "name", "kind", "homepage", "language"}

#: What readers are told of entries about a public claim, by action: names at the content's top.
OF_CLAIMS: dict[str, set[str]] = {
    "claim logged": _CLAIM,
    "claim edited": _CLAIM,
    "deadline moved": _CLAIM | {"reason"},
    "report logged": _REPORT,
    "report amended": _REPORT,
    "report withdrawn": _REPORT,
    "verdict": _VERDICT,
    "verdict revised": _VERDICT,
    "claim reopened": _VERDICT,
}
#: The same of entries about a source that readers may know of.
OF_SOURCES: dict[str, set[str]] = {
    "source created": _SOURCE,
    "source edited": _SOURCE,
    "sources merged": {"slug", "into"},
}
#: And of entries about the newsroom.
OF_THE_HOUSE: dict[str, set[str]] = {
    "beat created": {"slug", "name"},
    "beat edited": {"slug", "name"},
    proof.REDACTED: {"entries"},
}
#: Names that are nobody's business below the top, either.
_NEVER = {"assignee", "editor"}


def lines(*, public: bool, after: int = 0, most: int | None = None) -> Iterator[bytes]:
    """The lines of the entries after number `after`, at most `most`, in their order.

    Read in chunks by number, each in a query of its own: entries do not change, so that a file that
    takes long is right, and keeps nobody waiting. It ends with the entry that was last when it
    began.
    """
    last = ledger.head()[0]
    if most is not None:
        last = min(last, after + most)
    while after < last:
        entries = list(
            LedgerEntry.objects.filter(number__gt=after, number__lte=last)
            .select_related("claim")
            .order_by("number")[:CHUNK]
        )
        if not entries:
            return
        readable = _readable(entries) if public else set()
        for entry in entries:
            yield _for_readers(entry, readable) if public else _whole(entry)
        after = entries[-1].number


def _place(entry: LedgerEntry) -> dict[str, object]:
    place: dict[str, object] = {
        "format": entry.format,
        "hash": entry.hash,
        "number": entry.number,
        "previous": entry.previous_hash,
    }
    if entry.format == 1:
        return place
    return place | {"digest": entry.digest, "recorded_at": ledger.instant(entry.recorded_at)}


def _whole(entry: LedgerEntry) -> bytes:
    place = _place(entry)
    if entry.format == 1:
        told = {} if entry.redacted_by is not None else proof.covered_1(entry)
        return ledgerfile.sealed_line(place | told)
    shown = proof.shown(entry)
    return ledgerfile.line(place, shown.fields, shown.gone.values())


def _for_readers(entry: LedgerEntry, readable: set[str]) -> bytes:
    names = _told(entry, readable)
    place = _place(entry)
    if entry.format == 1 or names is None:
        return ledgerfile.sealed_line(place)
    shown = proof.shown(entry)
    told = [field for field in shown.fields if _may_be_told(field.path, names)]
    withheld = [field.digest() for field in shown.fields if not _may_be_told(field.path, names)]
    return ledgerfile.line(place, told, [*withheld, *shown.gone.values()])


def _told(entry: LedgerEntry, readable: set[str]) -> set[str] | None:
    """The names of the content that readers are told of; none where they are told nothing."""
    if entry.claim is not None:
        return OF_CLAIMS.get(entry.action) if entry.claim.public else None
    if entry.action in OF_SOURCES:
        return OF_SOURCES[entry.action] if _slugs(entry) <= readable else None
    return OF_THE_HOUSE.get(entry.action)


def _may_be_told(path: Path, names: set[str]) -> bool:
    if path[0] != "content":
        return path[0] in ("action", "claim")
    # An empty content is told as such.
    return len(path) == 1 or (path[1] in names and not _NEVER & set(path[1:]))


def _slugs(entry: LedgerEntry) -> set[str]:
    return {str(entry.content[name]) for name in ("slug", "into") if name in entry.content}


def _readable(entries: Sequence[LedgerEntry]) -> set[str]:
    """The slugs of the sources in these entries of which readers may know, in one query."""
    slugs: set[str] = set()
    for entry in entries:
        if entry.claim is None and entry.action in OF_SOURCES:
            slugs |= _slugs(entry)
    if not slugs:
        return slugs
    return set(Source.objects.readable().filter(slug__in=slugs).values_list("slug", flat=True))
