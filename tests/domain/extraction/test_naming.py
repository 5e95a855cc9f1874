"""By what name a source goes, and what is none."""

import pytest

from tests.domain.extraction.reading import credited
from verification.domain.extraction.outlets import key_of


def test_a_surname_is_who_was_named_in_full() -> None:
    text = (
        "Orbit could drop the port, according to Bloomberg's Mark Feld. The phone could launch in "
        "May, Feld said."
    )
    assert credited(text) == [["Bloomberg", "Mark Feld"], ["Mark Feld"]]


def test_a_last_name_is_who_the_text_has_in_full() -> None:
    text = (
        "Analyst Ming-Li Zhao has a new note. According to Zhao, Orbit will drop the port in May."
    )
    assert credited(text) == [["Ming-Li Zhao"]]


@pytest.mark.parametrize(
    "text",
    [
        "The pitch, whose history is long, could be sold by May, as the odds suggest.",
        "Asked whether he would resign in May, the health secretary laughed.",
    ],
)
def test_what_is_no_office_and_no_name_is_no_source(text: str) -> None:
    assert all(not sources for sources in credited(text))


def test_an_outlet_that_is_only_written_about_is_no_source() -> None:
    assert credited("Nordica could sell its stake in Bloomberg by May.") == [[]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Wall Street Journal", "Wall Street Journal"),
        ("L’Équipe", "L'Equipe"),
        ("Les Échos", "les echos"),
        ("Ouest-France", "Ouest France"),
    ],
)
def test_two_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "According to the website All Things Q, Orbit will launch a phone in May.",
            ["All Things Q"],
        ),
        ("Nordica va vendre son usine en mai, selon le journal As.", ["As"]),
        (
            "A source told Daily Lantern that Nordica will close its plant in May.",
            ["Daily Lantern"],
        ),
        ("Orbit will launch a phone in May, according to a photo by a French website.", []),
    ],
)
def test_an_outlet_is_called_by_its_whole_name_and_a_nation_is_none(
    text: str, sources: list[str]
) -> None:
    assert credited(text) == [sources]


def test_a_firm_with_an_outlets_name_in_its_own_is_not_the_outlet() -> None:
    text = "Thomson Reuters could sell its printing plant by May, people close to the matter said."
    assert credited(text, "Press") == [["Press"]]


def test_where_an_account_is_does_not_belong_to_its_name() -> None:
    text = "Selon le compte Instagram Fada-Om, l'opération est en très bonne voie."
    assert credited(text) == [["Fada-Om"]]
