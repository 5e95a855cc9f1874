"""Criteria that are proposed: what confirms, what denies and by when, in the words of the claim."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.criteria import another_day, days_named, follows, proposed, with_day


def test_they_name_the_fact_the_last_day_and_its_wording() -> None:
    assert proposed(
        "Northwind could open its plant in Lyon",
        language="en",
        deadline=date(2026, 3, 31),
        wording="by the end of Q1 2026",
    ) == (
        "Confirmed if, by 31 March 2026 inclusive (“by the end of Q1 2026”), those concerned or an "
        "official document show that this has happened: “Northwind could open its plant in Lyon.” "
        "Denied if they rule it out by then or the opposite has happened."
    )


def test_they_are_in_the_language_of_the_claim() -> None:
    assert proposed(
        "Le groupe pourrait vendre sa filiale.",
        language="fr",
        deadline=date(2026, 8, 1),
        wording="avant le  2 août",
    ) == (
        "Confirmée si, au plus tard le 1er août 2026 inclus («\u00a0avant le 2 août\u00a0»), les "
        "intéressés ou un document officiel établissent ce fait\u00a0: «\u00a0Le groupe pourrait "
        "vendre sa filiale.\u00a0» Démentie si, d’ici là, ils l’excluent ou si le contraire s’est "
        "produit."
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_a_deadline_they_name_no_day(language: str) -> None:
    text = proposed("It may be sold.", language=language, wording="soon")  # type: ignore[arg-type]
    assert not any(letter.isdigit() for letter in text)
    assert "soon" not in text
    assert "It may be sold." in text


def test_of_nothing_there_are_none() -> None:
    assert proposed("  ", language="en", deadline=date(2026, 3, 31)) == ""


MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 1)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(day=DAYS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_day_that_they_propose_is_read_in_them(language: str, day: date) -> None:
    text = proposed("It happens.", language=language, deadline=day, wording="by then")  # type: ignore[arg-type]
    assert days_named(text) == [day]
    assert another_day(text, day) is None


@given(before=DAYS, after=DAYS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_with_another_day_they_are_as_if_proposed_for_it(
    language: str, before: date, after: date
) -> None:
    text = proposed("It happens.", language=language, deadline=before, wording="end of March")  # type: ignore[arg-type]
    moved = with_day(text, before, after, "end of March")
    assert moved == proposed("It happens.", language=language, deadline=after)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("By 31 March 2026, or void.", "By 1 June 2026, or void."),
        ("By March 31, 2026.", "By June 1, 2026."),
        ("Le 31 mars 2026 au soir.", "Le 1er juin 2026 au soir."),
        ("Until 2026-03-31.", "Until 2026-06-01."),
        ("Since 1 March 2026, by 31 March 2026.", "Since 1 March 2026, by 1 June 2026."),
        ("By 31 June 2026 or 2026-31-03.", "By 31 June 2026 or 2026-31-03."),
        ("Nothing of a day.", "Nothing of a day."),
    ],
)
def test_only_the_day_itself_is_replaced_in_the_way_it_was_written(text: str, moved: str) -> None:
    assert with_day(text, MARCH, JUNE) == moved


def test_another_day_is_one_in_the_deadlines_place() -> None:
    assert another_day("By 31 March 2026.", JUNE) == MARCH
    assert another_day("Between 31 March 2026 and 1 June 2026.", JUNE) is None
    assert another_day("No day.", JUNE) is None


def test_criteria_follow_while_nobody_has_touched_them() -> None:
    text = proposed("It happens.", language="fr", deadline=MARCH)
    assert follows(f"{text}\r\n", text)
    assert not follows(text + " Or not.", text)
    assert not follows("", "")
    assert not follows("", text)
