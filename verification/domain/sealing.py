"""What an entry of the ledger says, sealed field by field.

Every single value has a digest of its own, over a random salt, its path and itself; the digest of
the entry is taken over all of them. So any value can be left out, for good or for some readers, and
replaced by its digest: the entry's hash stays what it was, and without the salt nobody can find out
by guessing what a digest stands for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring

from verification.domain.ledger import canonical

#: Where a value stands: names of mappings, and indices of lists.
Path = tuple[str | int, ...]
Value = object

_FIELD = b"borne-out:ledger:2:field\n"
_ALL = b"borne-out:ledger:2:content\n"
#: Bytes that SHA-256 takes at once.
_BLOCK = 64
_INNER, _OUTER = (bytes(one ^ pad for one in range(256)) for pad in (0x36, 0x5C))
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


def leaves(value: Value, path: Path = ()) -> list[tuple[Path, Value]]:
    """Every single value in `value`, with its path; an empty list or mapping is one.

    Raises ValueError for what cannot be sealed: a number with a fraction or beyond `LARGEST`, which
    databases and languages do not write alike, and what JSON does not have.
    """
    found: list[tuple[Path, Value]] = []
    _collect(value, path, found)
    return found


def _collect(value: Value, path: Path, found: list[tuple[Path, Value]]) -> None:
    # Nearly all values are texts, and nearly all that hold others are plain dictionaries.
    if value.__class__ is str:
        found.append((path, value))
    elif isinstance(value, Mapping) and value:
        for name, inner in value.items():
            _collect(inner, (*path, str(name)), found)
    elif isinstance(value, list | tuple) and value:
        for index, inner in enumerate(value):
            _collect(inner, (*path, index), found)
    elif _can_be_sealed(value):
        found.append((path, value))
    else:
        raise ValueError(
            f"{'.'.join(map(str, path))}: the ledger takes texts, whole numbers up to 2^53 − 1, "
            f"true, false and null; write {value!r} as a text."
        )


def _can_be_sealed(value: Value) -> bool:
    if isinstance(value, int):
        return abs(value) <= LARGEST
    return value is None or isinstance(value, (str, Mapping, list, tuple))


class _Salts:
    """The salts of an entry's fields: HMAC-SHA-256 (RFC 2104) of their paths under its secret.

    The two states that the key leaves are made once for all fields: at fifty fields an entry that
    is five times as fast as to begin anew for each.
    """

    def __init__(self, secret: str) -> None:
        key = bytes.fromhex(secret)
        if len(key) > _BLOCK:
            key = hashlib.sha256(key).digest()
        key = key.ljust(_BLOCK, b"\0")
        self.inner = hashlib.sha256(key.translate(_INNER))
        self.outer = hashlib.sha256(key.translate(_OUTER))

    def of(self, path: bytes) -> str:
        """The salt of the field at a path, which is canonical JSON."""
        inner, outer = self.inner.copy(), self.outer.copy()
        inner.update(path)
        outer.update(inner.digest())
        return outer.hexdigest()[:SALT_DIGITS]


def field_salt(secret: str, path: Path) -> str:
    """The salt of the field at `path`, from the entry's secret; it tells nothing of another's."""
    return _Salts(secret).of(_path(path))


def fields(secret: str, said: Mapping[str, object]) -> list[Field]:
    """All fields of an entry whose secret is whole."""
    salts = _Salts(secret)
    return [Field(salts.of(_path(path)), path, value) for path, value in leaves(said)]


def digest_of_all(secret: str, said: Mapping[str, object]) -> str:
    """The digest of an entry whose secret is whole: that of all its fields."""
    salts, found = _Salts(secret), []
    for path, value in leaves(said):
        # The same bytes as `Field.digest` has, at half the price: the same paths come again.
        where = _path(path)
        if value.__class__ is str:
            said_so = encode_basestring(value).encode()
        else:
            said_so = b"null" if value is None else canonical(value)
        shown = b'["%b",%b,%b]' % (salts.of(where).encode(), where, said_so)
        found.append(hashlib.sha256(_FIELD + shown).hexdigest())
    return digest_of(found)


@lru_cache(maxsize=4096)
def _path(path: Path) -> bytes:
    return canonical(path)


def digest_of(digests: Iterable[str]) -> str:
    """The digest of an entry from those of all its fields, in whatever order."""
    return hashlib.sha256(_ALL + "\n".join(sorted(digests)).encode("ascii")).hexdigest()
