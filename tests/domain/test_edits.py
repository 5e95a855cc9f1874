"""What changed between two readings of a page."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain import edits

TEXT = """Amazon eyes OpenAI
Amazon could put at least $50bn into OpenAI, people familiar with the matter said.
The two companies have worked together since 2024. A deal would be the largest of its kind.
Neither company wished to comment."""
CLAIM = "Amazon will put at least $50bn into OpenAI."


def compare(after: str, before: str = TEXT, hedge: str = "could") -> edits.Edit:
    return edits.compare(before, after, statement=CLAIM, hedge=hedge)


@pytest.mark.parametrize(
    "after",
    [
        TEXT,
        TEXT.replace(" ", "  ").replace("\n", "\n\n"),
        f"\n{TEXT}\n",
        TEXT.replace(" with ", "\u00a0with "),
        TEXT + "\nUpdated 2 hours ago",
        TEXT + "\nMis à jour il y a 5 minutes",
        TEXT + "\n128 comments",
        TEXT + "\n* * *\n12",
    ],
)
def test_what_a_page_changes_by_itself_is_no_edit(after: str) -> None:
    assert not compare(after).material


def test_the_shape_of_quotation_marks_is_no_edit() -> None:
    assert not compare("It’s “done” – now.", before='It\'s "done" - now.').material


@pytest.mark.parametrize(
    ("was", "is_now", "touches"),
    [
        ("at least $50bn", "up to $40bn", True),
        ("could put", "will put", True),
        ("could put at least $50bn into OpenAI", "pulls out", True),
        ("since 2024", "since 2023", False),
        ("largest", "second largest", False),
        ("Neither company wished to comment.", "", False),
        ("A deal would", "Published accounts of 2025 say that a deal would", False),
    ],
)
def test_an_edit_is_told_and_whether_it_is_of_what_the_claim_stands_on(
    was: str, is_now: str, touches: bool
) -> None:
    found = compare(TEXT.replace(was, is_now))
    assert (found.material, found.touches, found.curtailed) == (True, touches, False)


def test_a_figure_is_not_cut_at_its_point() -> None:
    before = "Nordica offers $3.5bn for Calix."
    found = edits.compare(
        before, before.replace("3.5", "3.7"), statement="Nordica will offer 3.5 billion."
    )
    assert found.touches
    assert found.before == before


def test_the_hedge_alone_in_a_sentence_about_something_else_does_not_touch_the_claim() -> None:
    found = compare(TEXT + " Rain could fall.")
    assert (found.material, found.touches) == (True, False)


def test_what_is_quoted_is_the_change_that_matters_most_and_short() -> None:
    after = TEXT.replace("since 2024", "since 2023").replace("at least", "less than")
    found = compare(after)
    assert "at least $50bn" in found.before
    assert "less than $50bn" in found.after
    long = f"{'word ' * 200}at least $50bn {'more ' * 200}."
    found = compare(long.replace("at least", "less than"), before=long)
    for quote, said in ((found.before, "at least"), (found.after, "less than")):
        assert len(quote) <= edits.QUOTE_MAX
        assert said in quote


def test_a_page_of_which_little_is_left_is_told_apart() -> None:
    assert compare("Subscribe to read on.").curtailed
    assert not compare(TEXT + "\nA correction was added.").curtailed


def test_a_sentence_that_was_reworded_is_shown_word_by_word() -> None:
    found = edits.pieces("He could go. She stays.", "He will go. She stays.")
    assert [(piece.kind, piece.text) for piece in found] == [
        ("same", "He "),
        ("deleted", "could"),
        ("same", " "),
        ("inserted", "will"),
        ("same", " go. She stays."),
    ]


def test_two_different_sentences_are_shown_one_after_the_other() -> None:
    found = edits.pieces("He left the house today. End.", "Nobody left a word about that. End.")
    assert [(piece.kind, piece.text) for piece in found] == [
        ("deleted", "He left the house today."),
        ("same", " "),
        ("inserted", "Nobody left a word about that."),
        ("same", " End."),
    ]


WORDS = st.lists(st.sampled_from(["a ", "b ", "c. ", "d.\n", "e! "]), max_size=40).map("".join)


@given(WORDS, WORDS)
def test_the_pieces_hold_every_word_of_both_texts(before: str, after: str) -> None:
    found = edits.pieces(before, after)
    old = "".join(piece.text for piece in found if piece.kind != "inserted")
    new = "".join(piece.text for piece in found if piece.kind != "deleted")
    assert old.split() == before.split()
    assert new.split() == after.split()


@given(WORDS)
def test_a_text_beside_itself_is_all_the_same(text: str) -> None:
    assert {piece.kind for piece in edits.pieces(text, text)} <= {"same"}
    assert edits.compare(text, text) == edits.NOTHING


@given(st.lists(st.integers(0, 6).map(str)), st.lists(st.integers(0, 6).map(str)))
def test_pairs_are_equal_and_rise_in_both(old: list[str], new: list[str]) -> None:
    pairs = edits.aligned(old, new)
    assert all(old[a] == new[b] for a, b in pairs)
    for (a, b), (c, d) in pairwise(pairs):
        assert a < c
        assert b < d
