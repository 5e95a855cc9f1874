"""A chain is followed to its end, and where it breaks is said with the number and the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from verification.domain.chainwalk import Fault, Link, Walk, anchor, follow
from verification.domain.ledger import GENESIS

HASHES = {number: f"{number:064x}" for number in range(1, 5)}


def link(number: int, format: int = 2) -> Link:
    found = HASHES[number]
    return Link(number, format, HASHES.get(number - 1, GENESIS), found, found)


CHAIN = [link(1, format=1), link(2), link(3), link(4)]


def broken(*links: Link, **noted: object) -> tuple[int, str] | None:
    """The number and the reason of the fault, if there is one."""
    fault = follow(Walk(**noted), links)  # type: ignore[arg-type]
    return (fault.number, fault.what) if fault else None


def test_a_chain_that_holds_has_no_fault_and_the_walk_stands_at_its_end() -> None:
    walk = Walk()
    assert follow(walk, CHAIN) is None
    assert (walk.number, walk.hash, walk.format, walk.unread) == (4, HASHES[4], 2, 0)


def test_an_empty_chain_holds() -> None:
    assert broken() is None


def test_a_walk_goes_on_where_another_one_ended() -> None:
    assert broken(*CHAIN[2:], number=2, hash=HASHES[2], format=2) is None
    assert broken(*CHAIN[2:], number=2, hash=HASHES[1], format=2) is not None


def test_an_entry_that_is_left_out_is_missing() -> None:
    number, what = broken(CHAIN[0], CHAIN[2]) or (0, "")
    assert number == 2
    assert "missing" in what
    assert "entry 3" in what


def test_an_entry_that_comes_twice_is_a_fault() -> None:
    assert (broken(CHAIN[0], CHAIN[0]) or (0, ""))[0] == 2


def test_an_entry_that_follows_from_another_one_is_a_fault() -> None:
    number, what = broken(CHAIN[0], replace(CHAIN[1], previous=HASHES[3])) or (0, "")
    assert number == 2
    assert what == "it does not follow from the entry before it: one of the two was changed"


def test_an_entry_that_was_changed_is_a_fault() -> None:
    number, what = broken(CHAIN[0], replace(CHAIN[1], computed=HASHES[3])) or (0, "")
    assert number == 2
    assert what == "its hash is not that of what it says: something in it was changed"


def test_a_format_that_was_left_behind_does_not_come_back() -> None:
    number, what = broken(CHAIN[0], CHAIN[1], replace(CHAIN[2], format=1)) or (0, "")
    assert number == 3
    assert "format 1 after entries of format 2" in what


def test_entries_that_say_nothing_are_counted_and_hold_by_their_place() -> None:
    walk = Walk()
    silent = replace(CHAIN[0], computed=None)
    assert follow(walk, [silent, *CHAIN[1:]]) is None
    assert walk.unread == 1


def test_another_history_is_told_from_a_hash_that_was_noted() -> None:
    assert broken(*CHAIN, anchors={3: HASHES[3]}) is None
    number, what = broken(*CHAIN, anchors={3: HASHES[1]}) or (0, "")
    assert number == 3
    assert what == ("its hash is not the one that was noted elsewhere: the history is another one")


def test_an_end_that_is_cut_off_is_told_from_a_number_that_was_noted() -> None:
    assert broken(*CHAIN, anchors={4: HASHES[4]}) is None
    number, what = broken(*CHAIN[:3], anchors={4: HASHES[4]}) or (0, "")
    assert number == 4
    assert "cut off" in what


def test_a_hash_that_was_noted_without_a_number_has_to_be_met() -> None:
    assert broken(*CHAIN, heads={HASHES[2]}) is None
    number, what = broken(*CHAIN, heads={"f" * 64}) or (0, "")
    assert number == 5
    assert "f" * 64 in what


def test_nothing_is_read_beyond_the_first_fault() -> None:
    walk = Walk()
    assert follow(walk, [CHAIN[0], CHAIN[2], CHAIN[3]]) == Fault(
        2, "it is missing, and entry 3 stands in its place"
    )
    assert (walk.number, walk.hash) == (1, HASHES[1])


def test_a_fault_names_the_entry() -> None:
    assert str(Fault(7, "it is missing")) == "The chain breaks at entry 7: it is missing."


@pytest.mark.parametrize(
    ("text", "number"), [(f"12:{'a' * 64}", 12), (f" 12:{'A' * 64}\n", 12), ("a" * 64, None)]
)
def test_a_head_is_read_with_its_number_or_without(text: str, number: int | None) -> None:
    assert anchor(text) == (number, "a" * 64)


def test_a_head_may_have_every_digit_that_there_is() -> None:
    assert anchor("0123456789abcdef" * 4) == (None, "0123456789abcdef" * 4)


@pytest.mark.parametrize(
    "text",
    ["", "12:", f"12:{'a' * 63}", f"12:{'a' * 65}", f"12:{'g' * 64}", f":{'a' * 64}",
     f"-1:{'a' * 64}", f"1.5:{'a' * 64}", f"٣:{'a' * 64}"],
)  # fmt: skip
def test_what_is_no_head_is_refused_with_what_it_takes(text: str) -> None:
    with pytest.raises(ValueError, match="is not NUMBER:HASH"):
        anchor(text)
