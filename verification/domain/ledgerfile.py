"""The ledger as a file: JSON Lines, an entry on each line, in canonical JSON.

A line of format 2 has the fields that are `told`, each with its salt, and the digests of those that
are `withheld`; or neither, and then only its `digest` stands for all that it says. A line of format
1 says everything, or nothing but its place in the chain.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from verification.domain import ledger, sealing
from verification.domain.chainwalk import Link
from verification.domain.sealing import Field

_PLACE = {"format", "hash", "number", "previous"}
_SHAPES: dict[int, tuple[set[str], ...]] = {
    1: (_PLACE, _PLACE | {"recorded_at", "actor", "action", "claim", "content"}),
    2: (
        _PLACE | {"recorded_at", "digest"},
        _PLACE | {"recorded_at", "digest", "told", "withheld"},
    ),
}
#: The keys of a line that an entry's hash of format 1 covers.
COVERED_1 = ("number", "recorded_at", "actor", "action", "claim", "content")


def line(place: Mapping[str, object], told: Iterable[Field], withheld: Iterable[str]) -> bytes:
    """A line of format 2 that tells some fields; `place` has all the other keys."""
    shown = [field.shown() for field in told]
    return sealed_line({**place, "told": shown, "withheld": sorted(withheld)})


def sealed_line(entry: Mapping[str, object]) -> bytes:
    """A line with these keys."""
    return ledger.canonical(entry) + b"\n"


def read(raw: bytes) -> Link:
    """The entry of one line, which ends with its line feed. Raises ValueError, saying why."""
    try:
        entry = json.loads(raw)
        exact = sealed_line(entry) == raw
    except (ValueError, RecursionError) as error:
        raise ValueError("it cannot be read as JSON") from error
    if not exact:
        raise ValueError("it is not written in canonical JSON with a line feed at its end")
    if not isinstance(entry, dict) or set(entry) not in _SHAPES.get(_number(entry, "format"), ()):
        raise ValueError("it has not the keys of an entry")
    for name in _PLACE - {"format", "number"}:
        _digits(entry[name], 64)
    return Link(
        number=_number(entry, "number"),
        format=entry["format"],
        previous=entry["previous"],
        hash=entry["hash"],
        computed=_computed(entry),
    )


def _computed(entry: dict[str, Any]) -> str | None:
    if entry["format"] == 1:
        if "content" not in entry:
            return None
        return ledger.chain_hash(entry["previous"], {name: entry[name] for name in COVERED_1})
    digest = _digits(entry["digest"], 64)
    if "told" in entry:
        digests = [_told(shown) for shown in _list(entry["told"])]
        digests += [_digits(found, 64) for found in _list(entry["withheld"])]
        if sealing.digest_of(digests) != digest:
            raise ValueError("its digest is not that of its fields: something in it was changed")
    return ledger.entry_hash(
        number=entry["number"],
        recorded_at=entry["recorded_at"],
        digest=digest,
        previous=entry["previous"],
    )


def _told(shown: object) -> str:
    if not isinstance(shown, list) or len(shown) != 3 or not isinstance(shown[1], list):
        raise ValueError("a field is told as its salt, its path and its value")
    return Field(_digits(shown[0], sealing.SALT_DIGITS), tuple(shown[1]), shown[2]).digest()


def _digits(value: object, length: int) -> str:
    if not isinstance(value, str) or len(value) != length or set(value) - set("0123456789abcdef"):
        raise ValueError(f"a hash or a salt is not {length} hexadecimal digits")
    return value


def _number(entry: object, name: str) -> int:
    value = entry.get(name) if isinstance(entry, dict) else None
    return value if type(value) is int else 0


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("what is told and what is withheld are lists")
    return value
