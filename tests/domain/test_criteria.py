"""Criteria that are proposed: what confirms, what denies and by when, in the words of the claim."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.criteria import (
    Language,
    days_named,
    for_deadline,
    moved,
    other_days,
    proposed,
)

MARCH, MAY = date(2026, 3, 31), date(2026, 5, 1)


def test_they_name_the_fact_the_last_day_and_its_wording() -> None:
    assert proposed(
        "Northwind will open its plant in Lyon",
        language="en",
        deadline=date(2026, 3, 31),
        wording="by the end of Q1 2026",
    ) == (
        "Confirmed if, by 31 March 2026 inclusive (“by the end of Q1 2026”), those concerned or an "
        "official document show that this has happened: “Northwind will open its plant in Lyon.” "
        "Denied if they rule it out by then or the opposite has happened."
    )


def test_they_are_in_the_language_of_the_claim() -> None:
    assert proposed(
        "Le groupe vendra sa filiale.",
        language="fr",
        deadline=date(2026, 8, 1),
        wording="avant le  2 août",
    ) == (
        "Confirmée si, au plus tard le 1er août 2026 inclus («\u00a0avant le 2 août\u00a0»), les "
        "intéressés ou un document officiel établissent ce fait\u00a0: «\u00a0Le groupe vendra "
        "sa filiale.\u00a0» Démentie si, d’ici là, ils l’excluent ou si le contraire s’est "
        "produit."
    )


def test_in_french_if_they_is_one_word_where_no_day_stands_between() -> None:
    assert "Démentie s’ils l’excluent" in proposed("Calix sera vendue.", language="fr")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_a_deadline_they_name_no_day(language: str) -> None:
    text = proposed("It may be sold.", language=language, wording="soon")  # type: ignore[arg-type]
    assert not any(letter.isdigit() for letter in text)
    assert "soon" not in text
    assert "It may be sold." in text


def test_without_a_deadline_they_say_who_shows_it_and_who_rules_it_out() -> None:
    assert proposed("It will be sold", language="en") == (
        "Confirmed if those concerned or an official document show that this has happened: “It "
        "will be sold.” Denied if they rule it out or the opposite has happened."
    )


@pytest.mark.parametrize(
    "statement",
    [
        "It may be sold.",
        "Nordica plans to buy Calix.",
        "Nordica is expected to buy Calix.",
        "Ryanair is close to placing an order and could announce it.",
    ],
)
def test_what_is_only_possible_has_to_become_a_fact(statement: str) -> None:
    assert proposed(statement, language="en", deadline=date(2027, 3, 31)) == (
        "Confirmed if, by 31 March 2027 inclusive, those concerned or an official document show "
        "that what is here only possible, planned or reported has become a fact: "
        f"“{statement}” Denied if they rule it out by then or the opposite has happened."
    )


@pytest.mark.parametrize(
    "statement",
    [
        "Le groupe pourrait vendre sa filiale.",
        "Le groupe serait prêt à vendre.",
        "L’accord devrait être signé en mars.",
    ],
)
def test_what_is_only_possible_has_to_become_a_fact_in_french_too(statement: str) -> None:
    assert proposed(statement, language="fr") == (
        "Confirmée si les intéressés ou un document officiel établissent que ce qui n’est ici que "
        f"possible, prévu ou rapporté est devenu un fait\u00a0: «\u00a0{statement}\u00a0» "
        "Démentie s’ils l’excluent ou si le contraire s’est produit."
    )


@pytest.mark.parametrize("statement", ["Nordica is in talks with Calix.", "Nordica will go."])
def test_that_talks_go_on_is_a_fact_by_itself(statement: str) -> None:
    assert "show that this has happened: " in proposed(statement, language="en")


def test_criteria_that_were_proposed_in_the_words_of_a_plain_statement_still_follow() -> None:
    before = (
        "Confirmed if, by 31 March 2026 inclusive, those concerned or an official document show "
        "that this has happened: “It may be sold.” Denied if they rule it out by then or the "
        "opposite has happened."
    )
    said = {"statement": "It may be sold.", "language": "en"}
    assert for_deadline(before, **said, old=(MARCH, ""), new=(MAY, "")) == proposed(
        "It may be sold.", language="en", deadline=MAY
    )


@pytest.mark.parametrize("end", [".", "!", "?", "…"])
def test_a_statement_that_ends_gets_no_second_point(end: str) -> None:
    assert f"“It may be sold{end}”" in proposed(f"It may be sold{end}", language="en")


def test_a_day_that_nobody_put_in_words_stands_alone() -> None:
    text = proposed("It may be sold.", language="en", deadline=date(2026, 3, 31))
    assert "by 31 March 2026 inclusive, those" in text


def test_of_nothing_there_are_none() -> None:
    assert proposed("  ", language="en", deadline=date(2026, 3, 31)) == ""


# --- When the deadline is moved -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Signed by March 31, 2026.", "Signed by May 1, 2026."),
        ("Signed by 31 March 2026.", "Signed by 1 May 2026."),
        ("Signé avant le 31 mars 2026.", "Signé avant le 1er mai 2026."),
        ("Signed by 2026-03-31.", "Signed by 2026-05-01."),
        ("Not before 3 March 2026.", "Not before 3 March 2026."),
        ("Signed in March.", "Signed in March."),
    ],
)
def test_a_day_is_moved_in_the_manner_in_which_it_is_written(text: str, after: str) -> None:
    assert moved(text, old=MARCH, new=MAY) == after


@given(day=st.dates(date(1000, 1, 1)), new=st.dates(date(1000, 1, 1)))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_proposed_names_its_day_and_follows_it(
    language: Language, day: date, new: date
) -> None:
    text = proposed("Calix is sold", language=language, deadline=day)

    assert days_named(text) == [day]
    assert moved(text, old=day, new=new) == proposed(
        "Calix is sold", language=language, deadline=new
    )


def test_criteria_that_name_another_day_only_are_told_of() -> None:
    assert other_days("By 31 March 2026, as of 1 March 2026.", MARCH) == []
    assert other_days("Avant le 1er mars 2026.", MARCH) == [date(2026, 3, 1)]
    assert other_days("By the 31st of February 2026.", MARCH) == []
    assert other_days("Once it is signed.", MARCH) == []


def test_criteria_that_nobody_wrote_are_proposed_anew_and_others_only_mended() -> None:
    said = {"statement": "Calix is sold.", "language": "en"}
    old, new = (MARCH, "by the end of March"), (MAY, "")
    untouched = proposed("Calix is sold.", language="en", deadline=MARCH, wording=old[1])

    assert for_deadline(untouched, **said, old=old, new=new) == proposed(
        "Calix is sold.", language="en", deadline=MAY
    )
    assert for_deadline("Sold by 31 March 2026, in cash.", **said, old=old, new=new) == (
        "Sold by 1 May 2026, in cash."
    )
    assert for_deadline("Sold in cash.", **said, old=old, new=new) == "Sold in cash."
    kept = "Sold by 31 March 2026."
    assert for_deadline(kept, **said, old=old, new=new, name_day=False) == kept


def test_a_day_moves_into_a_french_month_in_a_french_sentence() -> None:
    text = "Avant le 31 mars 2026."
    assert moved(text, old=date(2026, 3, 31), new=date(2026, 8, 15)) == "Avant le 15 août 2026."


def test_criteria_that_nobody_wrote_are_proposed_anew_with_the_new_wording() -> None:
    old, new = (date(2026, 3, 31), "this quarter"), (date(2026, 6, 30), "by the summer")
    text = proposed("It may be sold.", language="en", deadline=old[0], wording=old[1])
    assert for_deadline(
        text, statement="It may be sold.", language="en", old=old, new=new
    ) == proposed("It may be sold.", language="en", deadline=new[0], wording=new[1])
