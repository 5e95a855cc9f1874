"""The hash chain of the ledger: each entry's hash covers what it says and the hash before it.

Two formats. In format 1 a hash is the SHA-256 (FIPS 180-4) of the previous hash, a line feed and
the whole entry as canonical JSON. In format 2, which every new entry has, it covers a digest of
what the entry says (see `sealing`), so that the chain can be followed without reading it.

Canonical JSON: keys sorted, no white space, UTF-8, no NaN. It is RFC 8785 but for two points, which
only format 1 could meet: keys are in the order of their code points, not of their UTF-16 units
(another order only where a key has characters beyond U+FFFF), and a number with a fraction is
written as Python writes it. Format 2 sorts no keys of anybody's and refuses fractions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

#: What the first entry has as the hash before it.
GENESIS = "0" * 64
#: The format of new entries. A chain never goes back to an earlier one.
FORMAT = 2

#: So that no hash of an entry can be passed off as one of something else.
_ENTRY = b"borne-out:ledger:2:entry\n"
_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode


def canonical(content: object) -> bytes:
    """The one byte string that stands for `content` (JSON values only)."""
    return _encode(content).encode()


def chain_hash(previous: str, content: Mapping[str, object]) -> str:
    """The hash (64 hexadecimal digits) of an entry of format 1 that follows `previous`."""
    return hashlib.sha256(previous.encode("ascii") + b"\n" + canonical(content)).hexdigest()


def entry_hash(*, number: int, recorded_at: str, digest: str, previous: str) -> str:
    """The hash of an entry of format 2; `digest` is that of what it says."""
    covered = {
        "digest": digest,
        "format": FORMAT,
        "number": number,
        "previous": previous,
        "recorded_at": recorded_at,
    }
    return hashlib.sha256(_ENTRY + canonical(covered)).hexdigest()
