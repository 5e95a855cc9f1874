"""What an entry of the ledger says, sealed field by field.

Every single value has a digest of its own, over a random salt, its path and itself; the digest of
the entry is taken over all of them. So any value can be left out, for good or for some readers, and
replaced by its digest: the entry's hash stays what it was, and without the salt nobody can find out
by guessing what a digest stands for.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from verification.domain.ledger import canonical

#: Where a value stands: names of mappings, and indices of lists.
Path = tuple[str | int, ...]
Value = object

_FIELD = b"borne-out:ledger:2:field\n"
_ALL = b"borne-out:ledger:2:content\n"
#: Hexadecimal digits of a field's salt: 128 bits.
SALT_DIGITS = 32
#: Beyond it a number of JSON is not the same in every language (RFC 7493).
LARGEST = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Field:
    """One value with its salt: what is shown of an entry, and hashed."""

    salt: str
    path: Path
    value: Value

    def shown(self) -> list[object]:
        """As a file has it."""
        return [self.salt, list(self.path), self.value]

    def digest(self) -> str:
        """64 hexadecimal digits."""
        return hashlib.sha256(_FIELD + canonical(self.shown())).hexdigest()


def leaves(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Every single value in `value`, with its path; an empty list or mapping is one.

    Raises ValueError for what cannot be sealed: a number with a fraction or beyond `LARGEST`, which
    databases and languages do not write alike, and what JSON does not have.
    """
    if isinstance(value, Mapping) and value:
        for name, inner in value.items():
            yield from leaves(inner, (*path, str(name)))
    elif isinstance(value, list | tuple) and value:
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    elif _can_be_sealed(value):
        yield path, value
    else:
        raise ValueError(
            f"{'.'.join(map(str, path))}: the ledger takes texts, whole numbers up to 2^53 − 1, "
            f"true, false and null; write {value!r} as a text."
        )


def _can_be_sealed(value: Value) -> bool:
    if isinstance(value, int):
        return abs(value) <= LARGEST
    return value is None or isinstance(value, str | Mapping | list | tuple)


def field_salt(secret: str, path: Path) -> str:
    """The salt of the field at `path`, from the entry's secret; it tells nothing of another's."""
    key = bytes.fromhex(secret)
    return hmac.digest(key, canonical(list(path)), "sha256").hex()[:SALT_DIGITS]


def fields(secret: str, said: Mapping[str, object]) -> list[Field]:
    """All fields of an entry whose secret is whole."""
    return [Field(field_salt(secret, path), path, value) for path, value in leaves(said)]


def digest_of_all(secret: str, said: Mapping[str, object]) -> str:
    """The digest of an entry whose secret is whole: that of all its fields."""
    key, found = bytes.fromhex(secret), []
    for path, value in leaves(said):
        # The same bytes as `Field.digest` has, at half the price: the same paths come again.
        where = _path(path)
        salt = hmac.digest(key, where, "sha256").hex()[:SALT_DIGITS].encode()
        shown = b'["%b",%b,%b]' % (salt, where, canonical(value))
        found.append(hashlib.sha256(_FIELD + shown).hexdigest())
    return digest_of(found)


@lru_cache(maxsize=4096)
def _path(path: Path) -> bytes:
    return canonical(path)


def digest_of(digests: Iterable[str]) -> str:
    """The digest of an entry from those of all its fields, in whatever order."""
    return hashlib.sha256(_ALL + "\n".join(sorted(digests)).encode("ascii")).hexdigest()
