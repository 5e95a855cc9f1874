"""What a search takes for a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.words import ASKED_MAX, Question, column, likeness, question, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L’Équipe de l'Élysée", ["l", "equipe", "de", "l", "elysee"]),
        ("Amazon could put $50bn in", ["amazon", "could", "put", "50", "bn", "in"]),
        (
            "1 000 000 d’œufs, 1,000,000 eggs",
            ["1", "000", "000", "d", "oeufs", "1", "000", "000", "eggs"],
        ),
        ("GPT-5 by Q1 2026", ["gpt", "5", "by", "q", "1", "2026"]),
        ("STRASSE, Straße; Łódź, Ærø", ["strasse", "strasse", "lodz", "aero"]),
        ("snake_case (sic) ﬁn", ["snake", "case", "sic", "fin"]),
        ("Cафе в Москве", ["cафе", "в", "москве"]),
        (" \0 …!? % _ ", []),
    ],
)
def test_words_lose_accents_case_and_signs_and_numbers_stand_alone(text, found):
    assert words(text) == found


@given(st.text())
def test_no_text_leaves_anything_but_letters_and_digits(text):
    for word in words(text):
        assert word.isalnum()
        assert " " not in word


@given(st.text(), st.text())
def test_what_is_kept_holds_every_word_once_between_spaces(one, other):
    kept = column(one, other)
    for word in {*words(one), *words(other)}:
        assert kept.count(f" {word} ") == 1
    assert bool(kept) == bool(words(one) or words(other))


@given(st.text())
def test_what_was_kept_is_found_by_its_own_text(text):
    kept = column(text)
    assert all(piece in kept for piece in question(text).pieces)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("openai amaz", Question(("openai",), "amaz")),
        ("amazon AI", Question(("amazon", "ai"))),
        ("amazon 500", Question(("amazon", "500"))),
        ("the the the", Question((), "the")),
        ("“”", Question(())),
        (" ".join("abcdefghijkl"), Question(tuple("abcdefgh"))),
    ],
)
def test_the_last_word_is_a_beginning_where_it_has_letters_enough(text, asked):
    assert question(text) == asked
    assert len(question(text).pieces) <= ASKED_MAX
    assert bool(question(text)) == bool(words(text))


@given(st.lists(st.sampled_from("abcdef")), st.lists(st.sampled_from("abcdef")))
def test_likeness_is_that_of_sets(one, other):
    found = likeness(one, other)
    assert found == likeness(other, reversed(one))
    assert 0 <= found <= 1
    assert (found == 1) == (set(one) == set(other) != set())
    assert (found == 0) == (not set(one) & set(other))
