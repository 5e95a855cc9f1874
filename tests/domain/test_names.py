"""When two spellings are one name of a source."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from verification.domain.names import LONGEST, bare, folded, has_article, initials, likeness, same

#: The letters in which the newsroom's sources are written.
LATIN = st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cc", "Cs"]), max_size=40)
SIGNS = " .-–·’'&+\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    "spelling",
    ["WSJ", "wsj", "W.S.J.", "W. S. J.", "w-s-j", " WSJ ", "W\N{NO-BREAK SPACE}S J", "ＷＳＪ"],
)
def test_points_spaces_and_case_tell_no_names_apart(spelling):
    assert folded(spelling) == "wsj"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Équipe", "l'equipe"),
        ("L’Équipe", "Equipe"),
        ("Les Échos", "LES ECHOS"),
        ("le Wall Street Journal", "Wall Street Journal"),
        ("The Wall Street Journal", "wall street journal"),
        ("l’AFP", "A.F.P."),
        ("Le10Sport", "le 10 sport"),
        ("Le Nouvel Œil", "nouvel oeil"),
        ("TV5MONDE", "TV5 Monde"),
    ],
)
def test_accents_apostrophes_and_articles_tell_no_names_apart(one, other):
    assert bare(one) == bare(other)
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Times", "LA Times"),
        ("The Nation", "La Nation"),
        ("L’Express", "The Express"),
        ("L. Tessier", "Tessier"),
        ("Monde", "Mondes"),
        ("🚀", "«»"),
        ("明日", "明後日"),
    ],
)
def test_two_names_with_articles_of_their_own_stay_two(one, other):
    assert not same(one, other)


def test_an_article_alone_is_a_name():
    assert (bare("The"), bare("La La"), bare("L’")) == ("the", "la", "l")


def test_an_article_is_one_only_before_a_name():
    assert has_article("The Times")
    assert has_article("L’Équipe")
    assert not has_article("Times")
    assert not has_article("The")


def test_a_name_without_letters_is_told_by_its_signs():
    assert (folded("🚀"), bare("« »")) == ("🚀", "«»")
    assert folded("") == folded("  ") == ""


def test_a_name_has_the_initials_of_its_words():
    assert initials("The Wall Street Journal") == "wsj"
    assert initials("Agence France-Presse") == "afp"
    assert initials("France Info") == "fi"
    assert initials("Reuters") == ""


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)
    assert len(folded(text)) <= LONGEST
    assert bool(folded(text)) == bool(text.split())


@given(LATIN)
def test_case_and_accents_never_matter(text):
    apart = unicodedata.normalize("NFD", text)
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    assume(any(sign.isalnum() for sign in plain))
    for spelling in (text.upper(), text.lower(), text.swapcase(), apart, plain):
        assert folded(spelling) == folded(text)


@given(st.lists(st.sampled_from(["wall", "Street", "50", "Écho", "x"]), min_size=1), st.data())
def test_signs_between_the_words_never_matter(parts, data):
    signs = data.draw(st.lists(st.sampled_from(SIGNS), min_size=len(parts), max_size=len(parts)))
    mixed = "".join(sign + part for sign, part in zip(signs, parts, strict=True))
    assert folded(mixed) == folded(" ".join(parts))


@given(st.text(), st.text())
def test_being_one_name_goes_both_ways(one, other):
    assert same(one, one)
    assert same(one, other) == same(other, one)


@pytest.mark.parametrize("article", ["the ", "The ", "le ", "La ", "LES ", "l’", "L'"])
@given(text=LATIN)
def test_a_name_is_the_same_with_an_article_before_it(article, text):
    assume(folded(text).isalnum() and folded(text) == bare(text) and text[0].isalnum())
    assert same(article + text, text)
    assert bare(article + text) == bare(text)


def test_likeness_is_whole_for_the_same_and_nothing_for_no_letter_in_common():
    assert likeness("monde", "monde") == 1
    assert likeness("monde", "ftz") == 0
    assert likeness("wallstjournal", "wallstreetjournal") > 0.8


def test_the_longest_names_are_compared_letter_by_letter_too():
    assert likeness("ab" * (LONGEST // 2), "ba" * (LONGEST // 2)) > 0.9
