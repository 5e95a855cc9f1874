"""Which beat a statement most likely belongs to."""

from __future__ import annotations

import pytest

from verification.domain.subjects import Past, likeliest

BEATS = ["AI & tech business", "Apple & consumer hardware", "Football", "Games & film",
         "Politics, economy & companies"]  # fmt: skip
NOTHING = Past([])


@pytest.mark.parametrize(
    ("statement", "beat"),
    [
        ("Arsenal are set to sign the Lyon striker on loan.", "Football"),
        ("Le PSG devrait prolonger le contrat de son entraîneur.", "Football"),
        ("Samsung’s next foldable phone could have a titanium hinge.", "Apple & consumer hardware"),
        ("Un smartphone pliant serait prévu pour septembre.", "Apple & consumer hardware"),
        ("Nintendo could show a new Zelda game.", "Games & film"),
        ("Le tournage de la suite commencerait en mars.", "Games & film"),
        ("Le premier ministre pourrait démissionner avant le vote du budget.",
         "Politics, economy & companies"),
        ("Mistral pourrait acheter des puces pour son intelligence artificielle.",
         "AI & tech business"),
    ],
)  # fmt: skip
def test_a_new_newsrooms_beats_are_told_by_their_names(statement: str, beat: str) -> None:
    assert likeliest(statement, beats=BEATS, past=NOTHING) == beat


def test_past_claims_say_what_no_list_knows() -> None:
    past = Past(
        [
            ("Docks", "Zorbex will sell its yard."),
            ("Docks", "Zorbex may strike."),
            ("Schools", "The lycée will close."),
            ("Schools", "The board may meet."),
        ]
    )

    assert likeliest("Zorbex could open a quay.", beats=["Docks", "Schools"], past=past) == "Docks"


def test_the_sources_beats_count_where_the_words_say_nothing() -> None:
    guess = likeliest(
        "Somebody will do something.", beats=["A1", "B2"], past=NOTHING, reported={"A1": 400}
    )

    assert guess in {"", "A1"}
    assert likeliest("Somebody will do something.", beats=["A1", "B2"], past=NOTHING) == ""


def test_the_page_around_it_counts_less_than_the_statement() -> None:
    page = "club coach striker league"

    assert likeliest("He could leave.", beats=BEATS, past=NOTHING, page=page * 2) == "Football"
    assert (
        likeliest(
            "Nintendo could sell a Zelda console and a game.",
            beats=BEATS,
            past=NOTHING,
            page=page * 9,
        )
        == "Games & film"
    )
