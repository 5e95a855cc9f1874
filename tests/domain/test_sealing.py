"""What an entry says, sealed value by value."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from verification.domain.ledger import canonical, entry_hash
from verification.domain.sealing import (
    LARGEST,
    SALT_DIGITS,
    Field,
    digest_of,
    digest_of_all,
    field_salt,
    fields,
    leaves,
)

SECRET = "ab" * 32
texts = st.text(st.characters(exclude_categories=("Cs",)))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
contents = st.dictionaries(texts, values, min_size=1, max_size=4)


def test_anyone_can_compute_the_digests_by_hand() -> None:
    def sha(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    salt = field_salt(SECRET, ("content", "outcome"))
    one = sha(f'borne-out:ledger:2:field\n["{salt}",["content","outcome"],"démenti"]')
    assert Field(salt, ("content", "outcome"), "démenti").digest() == one
    both = "\n".join(sorted([one, "0" * 64]))
    digest = sha(f"borne-out:ledger:2:content\n{both}")
    assert digest_of([one, "0" * 64]) == digest
    by_hand = sha(
        "borne-out:ledger:2:entry\n"
        f'{{"digest":"{digest}","format":2,"number":1,"previous":"{"0" * 64}",'
        '"recorded_at":"2026-01-30T10:00:00.000000+00:00"}'
    )
    assert by_hand == entry_hash(
        number=1,
        recorded_at="2026-01-30T10:00:00.000000+00:00",
        digest=digest,
        previous="0" * 64,
    )


@given(said=contents)
def test_both_ways_to_the_digest_of_an_entry_are_one(said: dict[str, Any]) -> None:
    assert digest_of_all(SECRET, said) == digest_of(f.digest() for f in fields(SECRET, said))


@given(said=contents, other=contents)
def test_what_says_something_else_has_another_digest(
    said: dict[str, Any], other: dict[str, Any]
) -> None:
    same = canonical(said) == canonical(other)
    assert (digest_of_all(SECRET, said) == digest_of_all(SECRET, other)) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": ["x"]}, {"a": {"0": "x"}}),
        ({"a": {"b": "x"}}, {"a/b": "x"}),
        ({"a": []}, {"a": {}}),
        ({"a": ""}, {"a": None}),
        ({"a": True}, {"a": 1}),
        ({"a": "1"}, {"a": 1}),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}),
    ],
)
def test_what_looks_alike_is_told_apart(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert digest_of_all(SECRET, one) != digest_of_all(SECRET, other)


@given(said=contents)
def test_a_value_can_be_left_out_and_its_digest_put_in_its_place(said: dict[str, Any]) -> None:
    shown = fields(SECRET, said)
    whole = digest_of_all(SECRET, said)
    for gone in shown:
        left = [field.digest() for field in shown if field is not gone]
        assert digest_of([*left, gone.digest()]) == whole
        assert digest_of(left) != whole


def test_the_salt_of_a_value_tells_nothing_of_another_and_each_entry_has_its_own() -> None:
    paths = [("content", "a"), ("content", "b"), ("content", "a", 0), ("content", "a", "0")]
    salts = [field_salt(secret, path) for path in paths for secret in (SECRET, "cd" * 32)]
    assert len(set(salts)) == len(salts)
    assert {len(salt) for salt in salts} == {32}


@pytest.mark.parametrize("value", [0.5, 1.0, float("nan"), LARGEST + 1, -LARGEST - 1, b"x", {1}])
def test_what_databases_and_languages_do_not_write_alike_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"content\.n: the ledger takes texts, whole numbers"):
        list(leaves({"content": {"n": value}}))


@given(text=texts)
def test_a_text_is_written_as_json_says_it_in_any_language(text: str) -> None:
    """RFC 8785: only what has to be escaped is, in lower case, and the rest is UTF-8."""
    raw = canonical(text)
    assert json.loads(raw) == text
    named = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r",
             "\t": "\\t"}  # fmt: skip
    by_hand = "".join(
        named.get(letter, letter if letter >= " " else f"\\u{ord(letter):04x}") for letter in text
    )
    assert raw.decode() == f'"{by_hand}"'


# Longer than a block of the hash: such a key is hashed first.
@example(secret=b"k" * 65, path=["claim"])
@given(secret=st.binary(min_size=1, max_size=100), path=st.lists(texts | st.integers(0, 99)))
def test_a_salt_is_the_hmac_of_the_path(secret: bytes, path: list[str | int]) -> None:
    right = hmac.new(secret, canonical(path), "sha256").hexdigest()[:SALT_DIGITS]
    assert field_salt(secret.hex(), tuple(path)) == right
