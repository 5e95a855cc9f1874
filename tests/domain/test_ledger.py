"""The hash chain of the ledger."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.ledger import GENESIS, canonical, chain_hash

texts = st.text(st.characters(exclude_categories=("Cs",)))
contents = st.dictionaries(
    texts,
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=5,
    ),
    max_size=4,
)


def test_anyone_can_compute_the_hash_of_an_entry_by_hand() -> None:
    by_hand = hashlib.sha256(
        b"0" * 64 + b"\n" + '{"action":"claim logged","claim":"été","number":1}'.encode()
    ).hexdigest()
    content = {"number": 1, "claim": "été", "action": "claim logged"}
    assert chain_hash(GENESIS, content) == by_hand


def test_the_order_of_the_keys_makes_no_difference() -> None:
    assert canonical({"a": 1, "b": {"d": 2, "c": 3}}) == canonical({"b": {"c": 3, "d": 2}, "a": 1})


def test_a_number_that_json_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})


@given(content=contents, other=contents)
def test_another_content_has_another_hash(
    content: dict[str, object], other: dict[str, object]
) -> None:
    same = canonical(content) == canonical(other)
    assert (chain_hash(GENESIS, content) == chain_hash(GENESIS, other)) == same


@given(content=contents)
def test_the_hash_covers_the_hash_before_it(content: dict[str, object]) -> None:
    second = chain_hash(GENESIS, content)
    assert second != GENESIS
    assert chain_hash(second, content) != second
