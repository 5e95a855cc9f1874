"""The ledger as a file: whole for the newsroom, and for readers what readers may know.

Readers are told of public claims what their pages tell of them, and of the sources and beats that
they can see. Who did it is withheld everywhere, and so is every entry about anything else: what
stands in the file for these are salted digests, with which the chain can be verified all the same.
Entries of format 1 are all or nothing, and have their author in them: readers get their hashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from verification.domain import ledgerfile
from verification.domain.sealing import Path
from verification.models import Beat, Claim, LedgerEntry, Source
from verification.services import ledger, proof

#: Entries that are read at once.
CHUNK = 500

_CLAIM = {
    "statement", "criteria", "language", "public", "reports", "before",
    "deadline", "deadline_text", "deadline_precision", "deadline_basis",
}  # fmt: skip
_REPORT = {
    "source", "author", "url", "published_on", "headline", "stance", "certainty", "hedge", "via",
    "before",
}  # fmt: skip
_VERDICT = {"outcome", "rationale", "correction", "became_known_on", "evidence", "supersedes"}
_PAGE = {"source", "url", "how", "sha256", "before_sha256"}
_SOURCE = {"slug", "name", "kind", "homepage", "language"}

#: What readers are told of entries about a public claim, by action: names at the content's top.
#: Not the beat, which may have been one that only internal claims have.
OF_CLAIMS: dict[str, set[str]] = {
    "claim logged": _CLAIM,
    "claim edited": _CLAIM,
    "deadline moved": _CLAIM | {"reason"},
    "report logged": _REPORT,
    "report amended": _REPORT,
    "report withdrawn": _REPORT,
    "page kept": _PAGE,
    "page changed": _PAGE,
    "verdict": _VERDICT,
    "verdict revised": _VERDICT,
    "claim reopened": _VERDICT,
}
#: The same of entries about a source that readers may know of.
OF_SOURCES: dict[str, set[str]] = {
    "source created": _SOURCE,
    "source edited": _SOURCE,
    # Not what was merged: who reported internal claims only has no reports left to tell it by.
    "sources merged": {"into"},
}
#: Of a beat that has a public claim.
OF_BEATS: dict[str, set[str]] = {
    "beat created": {"slug", "name"},
    "beat edited": {"slug", "name"},
}
#: Which entries a person was taken out of, but not why.
OF_REDACTIONS: dict[str, set[str]] = {proof.REDACTED: {"entries"}}
#: Names that are nobody's business below the top, either.
_NEVER = {"assignee", "beat", "editor"}


@dataclass(frozen=True, slots=True)
class Readable:
    """The slugs of what readers may know of."""

    sources: set[str]
    beats: set[str]


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
        readable = _readable(entries) if public else Readable(set(), set())
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


def _for_readers(entry: LedgerEntry, readable: Readable) -> bytes:
    names = _told(entry, readable)
    place = _place(entry)
    if entry.format == 1 or names is None:
        return ledgerfile.sealed_line(place)
    shown = proof.shown(entry)
    told = [field for field in shown.fields if _may_be_told(field.path, names)]
    withheld = [field.digest() for field in shown.fields if not _may_be_told(field.path, names)]
    return ledgerfile.line(place, told, [*withheld, *shown.gone.values()])


def _told(entry: LedgerEntry, readable: Readable) -> set[str] | None:
    """The names of the content that readers are told of; none where they are told nothing."""
    if entry.claim is not None:
        return OF_CLAIMS.get(entry.action) if entry.claim.public else None
    if entry.action in OF_SOURCES:
        return OF_SOURCES[entry.action] if _slug(entry) in readable.sources else None
    if entry.action in OF_BEATS:
        return OF_BEATS[entry.action] if _slug(entry) in readable.beats else None
    return OF_REDACTIONS.get(entry.action)


def _may_be_told(path: Path, names: set[str]) -> bool:
    if path[0] != "content":
        return path[0] in ("action", "claim")
    # An empty content is told as such.
    return len(path) == 1 or (path[1] in names and not _NEVER & set(path[1:]))


def _slug(entry: LedgerEntry) -> str:
    """The slug of the source or beat that an entry is about; of a merge, the one that stays."""
    return str(entry.content.get("into") or entry.content.get("slug") or "")


def _readable(entries: Sequence[LedgerEntry]) -> Readable:
    """Of which sources and beats in these entries readers may know; at most two queries."""
    sources = {_slug(entry) for entry in entries if entry.action in OF_SOURCES}
    beats = {_slug(entry) for entry in entries if entry.action in OF_BEATS}
    if sources:
        known = Source.objects.standing().readable().filter(slug__in=sources)
        sources = set(known.values_list("slug", flat=True))
    if beats:
        claims = Claim.objects.public().filter(beat=OuterRef("pk"))
        found = Beat.objects.filter(Exists(claims), slug__in=beats)
        beats = set(found.values_list("slug", flat=True))
    return Readable(sources, beats)
