"""Which beat a statement most likely belongs to."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from verification.domain import subjects
from verification.domain.subjects import Past

BEATS = ["AI & tech business", "Apple & consumer hardware", "Football", "Games & film",
         "Politics, economy & companies"]  # fmt: skip
NOTHING = Past([])


def likeliest(
    statement: str,
    *,
    beats: list[str],
    past: Past,
    page: str = "",
    reported: Mapping[str, int] | None = None,
) -> str:
    """The beat of the only statement of a page."""
    [found] = subjects.likeliest(
        [statement], beats=beats, past=past, page=page, reported=[reported or {}]
    )
    return found.beat


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

    assert guess == "A1"
    few = likeliest("Somebody will do it.", beats=["A1", "B2"], past=NOTHING, reported={"A1": 3})
    assert few == "", "three reports are too few to say so alone"
    more = likeliest("Somebody will do it.", beats=["A1", "B2"], past=NOTHING, reported={"A1": 5})
    assert more == "A1", "and five are just enough"
    sources = {"Football": 1, "Games & film": 1}
    assert likeliest("A striker will go.", beats=BEATS, past=NOTHING, reported=sources) == (
        "Football"
    ), "the sources' beats are added to what the words say, and do not take its place"
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


def test_a_page_counts_no_more_than_so_much_and_no_more_than_it_says() -> None:
    full = "club coach striker league match player season cup stadium"
    games = "Nintendo could sell a console with Zelda."
    assert likeliest(games, beats=BEATS, past=NOTHING, page=full) == "Games & film"
    # One word against one word.
    assert likeliest("The console is late.", beats=BEATS, past=NOTHING, page="A striker.") == ""


def test_a_page_that_tells_nothing_changes_nothing() -> None:
    assert likeliest("He could go.", beats=["Football"], past=NOTHING, page="Rain fell.") == ""


def test_a_word_counts_by_how_much_commoner_it_is_in_a_beats_claims() -> None:
    past = Past(
        [
            ("Docks", "Zorbex and Quayle will merge."),
            ("Docks", "Zorbex may strike."),
            ("Schools", "Boards may meet."),
            ("Schools", "Quayle may meet."),
        ]
    )
    # It stands in two of four claims, and in both of two; each rate is smoothed with one claim.
    once = math.log((2 + 0.5) / (2 + 1) / 0.5)
    assert past.scores("Zorbex could go.") == pytest.approx({"Docks": once})
    assert past.scores("Quayle could go.") == {"Docks": 0, "Schools": 0}, "it is everybody's"
    assert past.scores("Zorbex and Quayle could go.") == pytest.approx(
        {"Docks": once, "Schools": 0}
    )
    little = Past(
        [("Docks", "Quayle."), ("Docks", "Quayle!"), ("Schools", "Quayle?"), ("Schools", "")]
    )
    assert little.scores("Quayle") == {"Docks": 0, "Schools": 0}, "and so it is here, nearly"
    whole = math.log((1 + 0.25) / (2 + 1) / 0.25)
    assert past.scores("Boards of Zorbex") == pytest.approx({"Docks": once, "Schools": whole})
    two = Past([("Docks", "Zorbex, Wharfe."), ("Schools", "Boards.")]).scores("Zorbex, Wharfe")
    assert two == pytest.approx({"Docks": 2 * math.log((1 + 0.5) / (1 + 1) / 0.5)})


@pytest.mark.parametrize(
    ("word", "tells"),
    [("Zorb", True), ("ZOX", True), ("ZO", True), ("Zox", False), ("Z", False), ("zorbex", False)],
)
def test_a_name_tells_at_once(word: str, tells: bool) -> None:
    past = Past([("Docks", f"Look at {word}."), ("Schools", "Nothing.")])
    assert bool(past.scores(f"About {word}.")) is tells


def test_a_common_word_tells_once_it_was_seen_eight_times() -> None:
    rest = [("Schools", "Nothing.")] * 9
    assert not Past([("Docks", "a quay")] * 7 + rest).scores("the quay")
    assert Past([("Docks", "a quay")] * 8 + rest).scores("the quay")["Docks"] > 0


def test_an_article_or_a_figure_is_no_word_of_a_subject() -> None:
    """Names such as A24 fall apart into both, and an "a" would speak for film."""
    beats = ["Football", "Films"]
    for statement in ("It will be a success.", "It will cost 24 million.", "Number 1 of 1."):
        assert likeliest(statement, beats=beats, past=NOTHING) == ""


def test_a_tie_is_nobodys() -> None:
    beats = ["Football", "Films"]
    said = "The striker is in the film."
    assert likeliest(said, beats=beats, past=NOTHING) == ""
    assert likeliest("Said again.", beats=[], past=NOTHING) == ""
    assert likeliest("The striker left.", beats=["Football"], past=NOTHING) == "Football"


def test_the_beat_of_a_page_is_guessed_once_over_all_its_statements() -> None:
    football = [
        "Arsenal are set to sign the Lyon striker on loan.",
        "He could star in a film about his season.",
        "The deal may be done by Friday.",
    ]

    found = subjects.likeliest(football, beats=BEATS, past=NOTHING)

    assert [one.beat for one in found] == ["Football"] * 3


def test_a_statement_that_clearly_is_of_another_beat_is_an_exception() -> None:
    statements = [
        "Arsenal are set to sign the Lyon striker on loan.",
        "The coach could leave the club at the end of the season.",
        "Nintendo could show a new Zelda game and a new console for Mario.",
    ]

    found = subjects.likeliest(statements, beats=BEATS, past=NOTHING)

    assert [one.beat for one in found] == ["Football", "Football", "Games & film"]


def test_past_claims_that_say_the_same_speak_for_the_page_and_the_nearest_for_itself() -> None:
    statements = ["Somebody will do it.", "Something will come.", "Nobody will go."]
    near, far = ("B2", 0.9), ("A1", 0.5)

    def beats(alike: list[tuple[str, float]]) -> list[str]:
        found = subjects.likeliest(statements, beats=["A1", "B2"], past=NOTHING, alike=alike)
        return [one.beat for one in found]

    assert beats([far, far, ("", 0.0)]) == ["A1", "A1", "A1"]
    assert beats([far, far, near]) == ["A1", "A1", "B2"]


@pytest.mark.parametrize(
    ("statement", "sure"),
    [
        ("Arsenal are set to sign the Lyon striker on loan.", True),
        ("The board wants a new stadium.", False),
        ("The striker will be in the film by the director of the series.", True),
        ("The striker and the goalkeeper will be in a film of the series.", False),
        ("Rain will fall.", False),
    ],
)
def test_a_beat_is_sure_only_where_enough_speaks_for_it(statement: str, sure: bool) -> None:
    [found] = subjects.likeliest([statement], beats=BEATS, past=NOTHING, page=statement)

    assert found.sure is sure
