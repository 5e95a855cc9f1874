"""The hash chain of the ledger: each entry's hash covers its content and the hash before it.

A hash is the SHA-256 (FIPS 180-4) of the previous hash, a line feed and the entry's content as
canonical JSON: keys sorted, no white space, UTF-8, no NaN.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

#: What the first entry has as the hash before it.
GENESIS = "0" * 64


def canonical(content: Mapping[str, object]) -> bytes:
    """The one byte string that stands for `content` (JSON values only)."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def chain_hash(previous: str, content: Mapping[str, object]) -> str:
    """The hash (64 hexadecimal digits) of an entry that follows the entry with hash `previous`."""
    return hashlib.sha256(previous.encode("ascii") + b"\n" + canonical(content)).hexdigest()
