"""Writing to the ledger, always in the transaction of the change itself."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db import connection

from verification.domain import ledger, sealing
from verification.models import Claim, LedgerEntry, User
from verification.services import multirow
from verification.services.drafts import as_content

#: One chain, so one writer at a time. Any number will do, as long as nothing else locks on it.
_CHAIN_LOCK = 0x0B0E_0001

#: Entries that go into one insert; the backend splits it further where its parameters run out.
BATCH = 1000


def hold() -> None:
    """Keeps every other writer out of the chain until the end of the transaction.

    Each change begins with this. One that took rows first and the chain after would block another
    that has the chain already, from an earlier change in its transaction, and wants the same rows.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An entry is written in the transaction of the change that it records.")
    if connection.vendor == "postgresql":
        # Released at commit. SQLite has one writer at a time by itself (BEGIN IMMEDIATE).
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def append_many(
    *,
    actor: User | None,
    now: datetime,
    entries: Iterable[tuple[str, Mapping[str, object], Claim | None]],
) -> int:
    """Appends entries, each as (action, content, claim), and returns how many there were.

    The same rows as one `append` after another would write, for the price of one look at the head
    and an insert for each `BATCH` of them; `entries` may be a generator. Claims must be saved. Must
    be called inside a transaction, and nothing else may be appended while it runs.
    """
    hold()
    number, previous = head()
    first = number
    remaining = iter(entries)
    while batch := list(islice(remaining, BATCH)):
        rows = []
        for action, content, claim in batch:
            row = _following(number, previous, actor, action, now, content, claim)
            number, previous = row["number"], row["hash"]
            rows.append(tuple(row.values()))
        multirow.insert_values(LedgerEntry, tuple(row), rows)
    return number - first


def append(
    *,
    actor: User | None,
    action: str,
    now: datetime,
    content: Mapping[str, object],
    claim: Claim | None = None,
) -> LedgerEntry:
    """Appends one entry and returns it. Must be called inside a transaction."""
    hold()
    number, previous = head()
    entry = LedgerEntry(**_following(number, previous, actor, action, now, content, claim))
    entry.save(force_insert=True)
    return entry


def head() -> tuple[int, str]:
    """The number and the hash of the last entry; 0 and `GENESIS` before the first."""
    last = LedgerEntry.objects.order_by("-number").values_list("number", "hash").first()
    return last or (0, ledger.GENESIS)


def _following(
    number: int,
    previous: str,
    actor: User | None,
    action: str,
    now: datetime,
    content: Mapping[str, object],
    claim: Claim | None,
) -> dict[str, Any]:
    """The fields of the entry that comes after the one with this number and hash."""
    name, slug = actor.username if actor else "", claim.slug if claim else ""
    at = now.astimezone(UTC)
    secret, plain = secrets.token_hex(32), as_content(content)
    digest = sealing.digest_of_all(secret, _said(name, action, slug, plain))
    return {
        "number": number + 1,
        "recorded_at": at,
        "actor_id": actor.pk if actor else None,
        "actor_name": name,
        "action": action,
        "claim_id": claim.pk if claim else None,
        "claim_slug": slug,
        "content": plain,
        "previous_hash": previous,
        "hash": ledger.entry_hash(
            number=number + 1, recorded_at=instant(at), digest=digest, previous=previous
        ),
        "format": ledger.FORMAT,
        "secret": secret,
        "digest": digest,
        "sealed": None,
        "redacted_by": None,
    }


def said(entry: LedgerEntry) -> dict[str, object]:
    """What an entry says: all that is sealed."""
    return _said(entry.actor_name, entry.action, entry.claim_slug, entry.content)


def _said(actor: str, action: str, claim: str, content: Mapping[str, object]) -> dict[str, object]:
    return {"actor": actor, "action": action, "claim": claim, "content": content}


def instant(moment: datetime) -> str:
    """A time as the chain has it: UTC, with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
