"""A line of an exported ledger is read exactly as it was written, or is refused with the reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from verification.domain import ledger, ledgerfile, sealing
from verification.domain.ledger import GENESIS
from verification.domain.sealing import Field

FIELDS = [
    Field("0" * sealing.SALT_DIGITS, ("claim", "statement"), "Amazon invests."),
    Field("1" * sealing.SALT_DIGITS, ("actor",), "manon"),
]
AT = "2026-01-30T10:00:00+00:00"


def place(number: int = 1, previous: str = GENESIS) -> dict[str, Any]:
    """What a line of format 2 has besides its fields."""
    digest = sealing.digest_of([field.digest() for field in FIELDS])
    found = ledger.entry_hash(number=number, recorded_at=AT, digest=digest, previous=previous)
    return {
        "format": 2, "number": number, "previous": previous, "hash": found, "recorded_at": AT,
        "digest": digest,
    }  # fmt: skip


def entry(**changes: object) -> dict[str, Any]:
    """A whole line as its keys, with some of them changed."""
    told = [field.shown() for field in FIELDS]
    return {**place(), "told": told, "withheld": [], **changes}


def first_format(**changes: object) -> dict[str, Any]:
    """An entry of format 1, with some of its keys changed."""
    said = {"number": 1, "recorded_at": AT, "actor": "manon", "action": "claim.logged",
            "claim": 4, "content": {"statement": "Amazon invests."}}  # fmt: skip
    found = ledger.chain_hash(GENESIS, said)
    return {**said, "format": 1, "previous": GENESIS, "hash": found, **changes}


def read(found: dict[str, Any]) -> ledgerfile.Link:
    return ledgerfile.read(ledgerfile.sealed_line(found))


def test_a_field_told_or_withheld_makes_no_difference_to_the_hash() -> None:
    whole = ledgerfile.read(ledgerfile.line(place(), FIELDS, []))
    half = ledgerfile.read(ledgerfile.line(place(), FIELDS[:1], [FIELDS[1].digest()]))
    none = ledgerfile.read(ledgerfile.sealed_line(place()))
    assert whole == half == none
    assert whole.computed == whole.hash
    assert (whole.number, whole.format, whole.previous) == (1, 2, GENESIS)


def test_what_is_withheld_stands_in_no_telling_order() -> None:
    digests = [field.digest() for field in FIELDS]
    forth = ledgerfile.line(place(), [], digests)
    assert forth == ledgerfile.line(place(), [], reversed(digests))


def test_a_line_of_the_first_format_is_covered_by_its_hash_whole() -> None:
    link = read(first_format())
    assert link.computed == link.hash
    for name, other in [("actor", "luc"), ("action", "claim.voided"), ("claim", 5),
                        ("content", {}), ("recorded_at", "2026-02-01T10:00:00+00:00")]:  # fmt: skip
        assert read(first_format(**{name: other})).computed != link.hash, name


def test_a_withheld_line_of_the_first_format_says_nothing_but_its_place() -> None:
    whole = first_format()
    link = read({name: whole[name] for name in ("format", "hash", "number", "previous")})
    assert link.computed is None
    assert link.hash == whole["hash"]


def test_a_moment_that_was_changed_changes_the_hash() -> None:
    link = read(entry(recorded_at="2026-01-31T10:00:00+00:00"))
    assert link.computed != link.hash


def test_a_value_that_was_changed_is_told() -> None:
    salt, path, _value = FIELDS[0].shown()
    told = [[salt, path, "Amazon does not invest."], FIELDS[1].shown()]
    with pytest.raises(ValueError, match=r"^its digest is not that of its fields"):
        read(entry(told=told))


def test_a_field_that_was_left_out_is_told() -> None:
    with pytest.raises(ValueError, match=r"^its digest is not that of its fields"):
        read(entry(told=[FIELDS[0].shown()]))


def test_a_line_in_another_writing_is_refused() -> None:
    for raw in (
        json.dumps(entry()).encode() + b"\n",
        ledgerfile.sealed_line(entry()).rstrip(b"\n"),
        ledgerfile.sealed_line(entry()) + b"\n",
    ):
        with pytest.raises(ValueError, match=r"^it is not written in canonical JSON"):
            ledgerfile.read(raw)


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe\n", b"[" * 100_000])
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"^it cannot be read as JSON"):
        ledgerfile.read(raw)


@pytest.mark.parametrize(
    "found",
    [[], 1, "entry", {}, entry(more=1), entry(format=3), entry(format="2"), entry(format=True),
     {**entry(), "format": 1}, {name: entry()[name] for name in ("format", "number", "hash")}],
)  # fmt: skip
def test_what_has_not_the_keys_of_an_entry_is_refused(found: Any) -> None:
    with pytest.raises(ValueError, match=r"^it has not the keys of an entry"):
        read(found)


@pytest.mark.parametrize("name", ["hash", "previous", "digest"])
@pytest.mark.parametrize("value", ["", "a" * 63, "a" * 65, "A" * 64, "X" * 64, 12, None])
def test_a_hash_that_is_none_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match="not 64 hexadecimal digits"):
        read(entry(**{name: value}))


@pytest.mark.parametrize(
    "told",
    [[1], [[]], [["0" * sealing.SALT_DIGITS, "path", 1]], [["0" * sealing.SALT_DIGITS, ["p"]]],
     [["0" * sealing.SALT_DIGITS, ["p"], 1, 2]]],
)  # fmt: skip
def test_a_field_that_is_not_told_whole_is_refused(told: object) -> None:
    with pytest.raises(ValueError, match=r"^a field is told as its salt, its path and"):
        read(entry(told=told))


def test_a_salt_that_is_too_short_to_hide_anything_is_refused() -> None:
    with pytest.raises(ValueError, match=f"not {sealing.SALT_DIGITS} hexadecimal digits"):
        read(entry(told=[["0", ["actor"], "manon"]]))


@pytest.mark.parametrize("changes", [{"told": {}}, {"withheld": "none"}])
def test_what_is_told_and_withheld_are_lists(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^what is told and what is withheld are lists"):
        read(entry(**changes))


def test_a_number_that_is_none_stands_in_no_place_of_a_chain() -> None:
    for number in ("1", 1.0, True, None):
        assert read(entry(number=number)).number == 0
