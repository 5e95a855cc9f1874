"""What English reports to be under way behind closed doors, and who is said to have said so."""

from datetime import date

import pytest

from tests.domain.extraction.reading import TODAY, credited
from verification.domain.extraction import extract


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        (
            "Nordica is pressing on with the purchase of Calix, people close to it told Reuters.",
            "is pressing on with",
        ),
        ("Mendes is signing for Rovers, sources told the Times.", "is signing"),
        (
            "Reuters reported that negotiations to sell Calix were entering the last stretch.",
            "negotiations to sell Calix were entering",
        ),
        ("A deal is now in place for Mendes to move to Rovers, Marca reported.", "is now in place"),
        ("CNN said plans were being made to move the court.", "plans were being made"),
        ("Lowe is learnt to have given time for the vote on February 4.", "is learnt to"),
        # As the page prints it.
        ("“I think there’s going to be a new Orbit car in May,” Lowe said.", "there’s going to"),
    ],
)
def test_a_step_that_is_under_way_is_a_claim(text: str, hedge: str) -> None:
    [claim] = extract(text, published=TODAY).candidates
    assert claim.hedge == hedge


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("The jury approved the charges, CNN reported, citing people briefed on them.", ["CNN"]),
        (
            "According to Variety, sources say Lowe remained the studio's choice to direct it.",
            ["Variety"],
        ),
        ("Nordica rejected the offer for Calix, sources told the Guardian.", ["The Guardian"]),
    ],
)
def test_what_an_outlets_sources_say_was_done_is_a_claim(text: str, sources: list[str]) -> None:
    assert credited(text) == [sources]


@pytest.mark.parametrize(
    "text",
    [
        # On an outlet's plain word, on nobody's, and before the story.
        "The jury approved the charges on Friday, Reuters reported.",
        "Nordica is signing the lease of its new mill.",
        "Nordica had rejected the offer, sources told the Guardian.",
        "Nothing has been signed yet, sources told the Guardian.",
        "With the papers sealed, it is impossible to know who might be involved, CNN said.",
        "Lowe has made a huge impact for Rovers since May, Marca reported.",
    ],
)
def test_what_is_told_as_done_is_none(text: str) -> None:
    assert credited(text) == []


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "According to serial leaker Ada Stone and Ayr Post news editor Ben Lowe, Orbit plans "
            "to show a car in May.",
            ["Ada Stone", "Ben Lowe"],
        ),
        (
            "Billionaire Ada Lowe told Reuters she hoped to open the mill in May.",
            ["Ada Lowe", "Reuters"],
        ),
        (
            "Last week, analyst Ada Lowe disagreed, claiming that the car would launch in May.",
            ["Ada Lowe"],
        ),
        (
            "Shortly after Stone’s reports, Ada Lowe of The Athletic reported that Rovers were in "
            "talks to sell Mendes.",
            ["Ada Lowe", "The Athletic"],
        ),
    ],
)
def test_who_says_so_is_told_from_what_they_are(text: str, sources: list[str]) -> None:
    assert credited(text) == [sources]


def test_a_page_that_has_seen_a_note_is_not_who_wrote_it() -> None:
    text = (
        "Analyst Ada Lowe said Orbit could show a car in May. In a note on Friday, viewed by "
        "Rail Weekly, she said the launch is on track for June."
    )
    assert credited(text, outlet="Rail Weekly") == [["Ada Lowe"], ["Ada Lowe"]]


def test_copy_of_two_agencies_is_not_the_papers_own() -> None:
    text = (
        "BLOOMBERG, REUTERS\n\nThe mill could be sold on Monday, according to one official who "
        "asked not to be named."
    )
    assert credited(text, outlet="The Ayr Post") == [["Bloomberg"]]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The first walkouts could come over the August bank holiday weekend.", date(2026, 8, 31)),
        ("The mill is unlikely to start work until 2028, sources said.", date(2027, 12, 31)),
        ("Lowe is expected to meet the club in the next days.", date(2026, 2, 13)),
    ],
)
def test_a_day_by_another_name_is_a_deadline(text: str, day: date) -> None:
    [claim] = extract(text, published=TODAY).candidates
    assert claim.deadline == day
