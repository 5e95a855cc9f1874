#!/usr/bin/env python3
r"""Verifies an exported ledger of Borne Out, with nothing but Python 3.9 or newer.

    python3 verify_ledger.py FILE [NUMBER:HASH …]

FILE is the export, or several parts of it one after another; - is standard input. Each NUMBER:HASH
is a head that you noted before, from the page of the ledger or a weekly digest, whole. Exit 1 where
the chain does not hold, 2 where a head is not one.

Each line of the file is one entry. In format 2:

    field digest = SHA-256("borne-out:ledger:2:field\n" + JSON of [salt, path, value])
    digest       = SHA-256("borne-out:ledger:2:content\n" + field digests, sorted, joined by "\n")
    hash         = SHA-256("borne-out:ledger:2:entry\n"
                           + JSON of {digest, format, number, previous, recorded_at})

A field that is withheld is there as its digest. In format 1 (the oldest entries of some newsrooms):

    hash = SHA-256(previous + "\n" + JSON of {action, actor, claim, content, number, recorded_at})

or nothing but the hash. JSON is UTF-8 with sorted keys and without white space.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable
from typing import Any

PLACE = {"format", "hash", "number", "previous"}
SEALED = PLACE | {"digest", "recorded_at"}
OPEN_1 = {"action", "actor", "claim", "content", "number", "recorded_at"}


def to_json(value: object) -> bytes:
    """The one byte string that stands for a value."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def sha256(*parts: bytes) -> str:
    """The hash in hexadecimal digits."""
    return hashlib.sha256(b"".join(parts)).hexdigest()


def expected_hash(entry: dict[str, Any]) -> str | None:
    """The hash that the entry should have; none where it is withheld and says nothing."""
    keys = set(entry)
    if entry["format"] == 1 and keys == PLACE | OPEN_1:
        said = {name: entry[name] for name in OPEN_1}
        return sha256(entry["previous"].encode(), b"\n", to_json(said))
    if entry["format"] == 1 and keys == PLACE:
        return None
    if entry["format"] != 2 or keys not in (SEALED, SEALED | {"told", "withheld"}):
        raise ValueError("it has not the keys of an entry")
    if "told" in entry:
        digests = [sha256(b"borne-out:ledger:2:field\n", to_json(told)) for told in entry["told"]]
        found = "\n".join(sorted(digests + entry["withheld"]))
        if sha256(b"borne-out:ledger:2:content\n", found.encode()) != entry["digest"]:
            raise ValueError("its digest is not that of its fields")
    covered = {name: entry[name] for name in ("digest", "format", "number", "previous")}
    covered["recorded_at"] = entry["recorded_at"]
    return sha256(b"borne-out:ledger:2:entry\n", to_json(covered))


def check(line: bytes, number: int, previous: str, format_before: int) -> dict[str, Any]:
    """The entry of a line. Raises ValueError, saying what is wrong with it."""
    entry: dict[str, Any] = json.loads(line)
    if to_json(entry) + b"\n" != line:
        raise ValueError("it is not written as it was exported")
    if entry["number"] != number:
        raise ValueError(f"entry {entry['number']} stands in its place")
    if entry["previous"] != previous:
        raise ValueError("it does not follow from the entry before it")
    if entry["format"] < format_before:
        raise ValueError("its format is older than that of the entry before it")
    if expected_hash(entry) not in (None, entry["hash"]):
        raise ValueError("its hash is not that of what it says")
    return entry


def verify(lines: Iterable[bytes], heads: dict[int, str]) -> tuple[int, str]:
    """The last number and hash. Raises ValueError where the chain does not hold."""
    number, previous, format_before = 0, "0" * 64, 1
    for line in lines:
        number += 1
        try:
            entry = check(line, number, previous, format_before)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"The chain breaks at entry {number}: {error}.") from error
        previous, format_before = entry["hash"], entry["format"]
        if heads.pop(number, previous) != previous:
            raise ValueError(f"Entry {number} has another hash than the one that you noted.")
    for noted in heads:
        raise ValueError(f"Entry {noted} is missing: the file ends at entry {number}.")
    return number, previous


def head_of(noted: str) -> tuple[int, str]:
    """The number and the hash. A head that is none ends the program."""
    match = re.fullmatch(r"([0-9]+):([0-9a-f]{64})", noted.strip().lower())
    if not match:
        # A few digits could be met by trying: only the whole hash proves something.
        print(f"{noted}: a head is NUMBER:HASH, with all 64 digits of the hash.", file=sys.stderr)
        sys.exit(2)
    return int(match[1]), match[2]


def main(name: str, *noted: str) -> None:
    """Verifies the file of this name and says so; otherwise the exit says what is wrong."""
    heads = dict(map(head_of, noted))
    try:
        with sys.stdin.buffer if name == "-" else open(name, "rb") as lines:
            number, last = verify(lines, heads)
    except (OSError, ValueError) as error:
        sys.exit(str(error))
    print(f"The chain holds: {number} entries, head {number}:{last}")


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        print(__doc__)
        sys.exit(0 if len(sys.argv) > 1 else 2)
    main(*sys.argv[1:])
