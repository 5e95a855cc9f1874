"""Criteria that are proposed: what confirms, what denies and by when, in the words of the claim."""

from __future__ import annotations

from datetime import date

import pytest

from verification.domain.criteria import proposed


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
