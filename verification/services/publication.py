"""The state of what readers see, and bodies that are kept for as long as it lasts.

Whatever changes something that a reader may see writes the ledger in its own transaction, and a
recomputation of all records moves their revision. So the ledger's last entry and that revision
tell the state of the whole public record, in one cheap query. A body that was rendered from that
state is true until it changes, however long that takes, and not a moment longer.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from django.db import connection

from verification.models import LedgerEntry, RecordsRevision

#: What the kept bodies of one process may take, in bytes; the longest unread ones go first.
MOST_BYTES = 48 * 2**20
#: What a kept body takes besides its content: its key, its headers, the bookkeeping.
OVERHEAD = 2048

#: The hash of the ledger's last entry, and the records' revision. The hash, for a number could come
#: again when a backup is put back; none where there is nothing yet.
Version = tuple[str | None, int | None]

#: Written out, for it is all that a reader's request costs while nothing changes.
VERSION = (
    f"SELECT (SELECT hash FROM {LedgerEntry._meta.db_table} ORDER BY number DESC LIMIT 1), "  # noqa: S608
    f"(SELECT number FROM {RecordsRevision._meta.db_table} WHERE id = 1)"
)
#: Begins a transaction that sees one state and keeps nobody from writing.
_BEGIN = {
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    # Not IMMEDIATE like other transactions: this one never writes.
    "sqlite": "BEGIN DEFERRED",
}


@dataclass(frozen=True, slots=True)
class Body:
    """An answer as it was rendered: its bytes and its headers."""

    content: bytes
    headers: Mapping[str, str]

    @property
    def weight(self) -> int:
        """About how many bytes it takes."""
        return len(self.content) + OVERHEAD


class Bodies:
    """The bodies of one process by key, each with the version that it was rendered from."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.weight = 0
        self._rows: OrderedDict[Hashable, tuple[Version, Body]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, version: Version) -> Body | None:
        """The body that was rendered from this version, if it is kept."""
        with self._lock:
            found = self._rows.get(key)
            if found is None or found[0] != version:
                return None
            self._rows.move_to_end(key)
            return found[1]

    def put(self, key: Hashable, version: Version, body: Body) -> None:
        """Keeps a body in place of an earlier one; but none that would crowd out all others."""
        if body.weight > self.most_bytes // 8:
            return
        with self._lock:
            before = self._rows.pop(key, None)
            self.weight += body.weight - (before[1].weight if before else 0)
            self._rows[key] = (version, body)
            while self.weight > self.most_bytes:
                _key, (_version, oldest) = self._rows.popitem(last=False)
                self.weight -= oldest.weight

    def clear(self) -> None:
        """Forgets all."""
        with self._lock:
            self._rows.clear()
            self.weight = 0

    def __len__(self) -> int:
        return len(self._rows)


bodies = Bodies(MOST_BYTES)


def version() -> Version:
    """The state of the public record now."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        head, revision = cursor.fetchone()
    return head, revision


@contextmanager
def snapshot() -> Iterator[Version]:
    """The version, and one state of the database for everything that is read inside.

    So no figure of an old state stands beside one of a new state, whoever commits meanwhile.
    Nothing may be written inside.
    """
    if connection.in_atomic_block:
        # The caller has a transaction of its own, and says what it sees.
        yield version()
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
        try:
            yield version()
        finally:
            # There is nothing to commit.
            cursor.execute("ROLLBACK")
