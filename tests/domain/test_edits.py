"""What changed between two readings of a page."""

from __future__ import annotations

from itertools import combinations, pairwise

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
        TEXT + "\n" + "Updated by the desk ".ljust(80, "x"),
    ],
)
def test_what_a_page_changes_by_itself_is_no_edit(after: str) -> None:
    assert not compare(after).material


@pytest.mark.parametrize(
    "line",
    [
        "Updated guidance puts the price lower.",
        "Updated guidance puts the price lower!",
        "Published accounts put the price lower?",
        "Updated: “the price is lower”",
        "Updated guidance puts the price lower…",
        "Updated guidance ".ljust(81, "x"),
    ],
)
def test_a_sentence_that_begins_like_a_clock_is_an_edit(line: str) -> None:
    assert compare(f"{TEXT}\n{line}").material


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


@pytest.mark.parametrize(
    ("was", "is_now", "touches"),
    [
        ("OpenAI is expected to sign.", "OpenAI will sign.", True),
        # A word of four letters says what a claim is about, too.
        ("Flix is expected to sign.", "Flix will sign.", True),
        # The subject without the hedge, the hedge without the subject, and parts of the hedge.
        ("OpenAI has an office in Paris.", "OpenAI has an office in Rome.", False),
        ("Rain is expected to fall.", "Rain will fall.", False),
        ("OpenAI is late, and expected to be.", "OpenAI is late.", False),
    ],
)
def test_a_hedge_touches_the_claim_as_a_whole_and_beside_its_subject(
    was: str, is_now: str, touches: bool
) -> None:
    found = edits.compare(
        f"It rains. {was}",
        f"It rains. {is_now}",
        statement="OpenAI will buy Flix.",
        hedge="is expected to",
    )
    assert (found.material, found.touches) == (True, touches)


def test_without_a_hedge_only_figures_are_what_a_claim_stands_on() -> None:
    found = compare(TEXT.replace("A deal would", "An Amazon deal would"), hedge="")
    assert (found.material, found.touches) == (True, False)


WORDY = "word " * 200


@pytest.mark.parametrize(
    ("before", "after", "quoted"),
    [
        pytest.param("x" * 240, "y", "x" * 240, id="what is just short enough, whole"),
        pytest.param(
            f"{WORDY}at least $50000bn {'more ' * 200}",
            f"{WORDY}less than $50000bn {'more ' * 200}",
            f"…{'word ' * 12}at least $50000bn {'more ' * 31}more…",
            id="from a few words before the change to a few after it",
        ),
        pytest.param(
            f"{'word ' * 20}at least {'more ' * 200}",
            f"{'word ' * 20}less than {'more ' * 200}",
            f"{'word ' * 20}at least {'more ' * 24}more…",
            id="from the beginning, where the change is near",
        ),
        pytest.param(
            f"{'word ' * 24}at least {'more ' * 200}",
            f"{'word ' * 24}less than {'more ' * 200}",
            f"…{'word ' * 12}at least {'more ' * 32}more…",
            id="from a few words before it, where it is not",
        ),
        pytest.param(
            f"{WORDY}at least $50bn",
            f"{WORDY}less than $50bn",
            f"…{'word ' * 12}at least $50bn",
            id="to the end, where that is near",
        ),
        pytest.param(
            WORDY, f"{WORDY}more", f"{'word ' * 46}word…", id="from the beginning of what goes on"
        ),
    ],
)
def test_a_long_sentence_is_quoted_in_whole_words_around_its_change(
    before: str, after: str, quoted: str
) -> None:
    assert edits.compare(before, after).before == quoted


def test_what_was_taken_out_is_quoted_as_it_stood() -> None:
    found = edits.compare("It rains. A  word.\nAnother one. It is cold.", "It rains. It is cold.")
    assert (found.before, found.after) == ("A word. Another one.", "")


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
    assert compare("Amazon eyes OpenAI\nSubscribe.").curtailed, "though its headline stands"
    assert not compare(TEXT + "\nA correction was added.").curtailed
    anew = "All of this was written anew, at the same length. " * 4
    assert not compare(anew).curtailed, "a page that was written anew is not one that is gone"
    long = "A sentence that is longer than all of the others together, and by far. " * 3
    assert not compare("One. Two. Three.", before=f"{long}One. Two. Three.").curtailed


def test_a_sentence_that_was_reworded_is_shown_word_by_word() -> None:
    found = edits.pieces("He could go. She stays.", "He will go. She stays.")
    assert [(piece.kind, piece.text) for piece in found] == [
        ("same", "He "),
        ("deleted", "could"),
        ("same", " "),
        ("inserted", "will"),
        ("same", " go. She stays."),
    ]


def test_what_stands_around_a_change_stays_with_its_line_breaks() -> None:
    found = edits.pieces("She stays. He could go.\nEnd.", "She stays. He will go.\nEnd.")
    assert [(piece.kind, piece.text) for piece in found] == [
        ("same", "She stays. He "),
        ("deleted", "could"),
        ("same", " "),
        ("inserted", "will"),
        ("same", " go.\nEnd."),
    ]


def test_three_words_in_ten_are_enough_to_show_a_change_word_by_word() -> None:
    found = edits.pieces("a b c 1 2 3 4 5 6 7.", "a b c p q r s t u v.")
    assert (found[0].kind, found[0].text) == ("same", "a b c ")


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


def test_equal_ends_are_laid_side_by_side_though_they_stand_there_twice() -> None:
    assert edits.aligned(["x", "s", "s", "s"], ["y", "s", "s", "s"]) == [(1, 1), (2, 2), (3, 3)]
    assert edits.aligned(["s", "s", "x"], ["s", "s", "y"]) == [(0, 0), (1, 1)]


@given(st.permutations("abcdefg"))
def test_as_much_as_keeps_its_order_is_laid_side_by_side(new: list[str]) -> None:
    rising = next(
        size
        for size in range(len(new), 0, -1)
        if any(list(row) == sorted(row) for row in combinations(new, size))
    )
    assert len(edits.aligned("abcdefg", new)) == rising
