"""How English papers credit: what was told to them, to others before them, and by polls."""

from datetime import date

import pytest

from tests.domain.extraction.reading import TODAY, credited
from verification.domain.extraction import extract


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        # Somebody with a name who told the page says so, and the page tells it on.
        ("Mayor Ann Lowe told us the mill will close in May.", [["Ann Lowe", "Dale News"]]),
        (
            "Sen. Rita Cole (D-Ohio), one of the holdouts, told us on Friday that she will vote "
            "against it in June.",
            [["Rita Cole", "Dale News"]],
        ),
        ("Two officials told us the mill will close in May.", [["Dale News"]]),
        ("Ann Lowe told Dale that the mill will close in May.", [["Ann Lowe", "Dale News"]]),
        # Offices of towns and counties are no part of a name.
        ("City Councilmember Ann Lowe said the mill will close in May.", [["Ann Lowe"]]),
        ("County Supervisor Ann Lowe said the mill will close in May.", [["Ann Lowe"]]),
        # Whoever has obtained a paper is an outlet, known or not.
        ("According to a draft plan obtained by Telenova, the mill will close.", [["Telenova"]]),
        ("The mill will close in May, a draft seen by Dale News shows.", [["Dale News"]]),
        # What an outlet had reported before.
        (
            "Lowe's claim contradicts Wired, which earlier reported that Nordica will launch it in "
            "May.",
            [["Wired"]],
        ),
        # Who cites sources tells it, whatever somebody is said to have told somebody else.
        (
            "Citing a person close to it, Telenova said Ann Lowe has told managers that a deal "
            "would come in May.",
            [["Telenova"]],
        ),
        # Each half on its own word; what is only rumoured is nobody's.
        (
            "Calix is tipped to launch in May, though Wired's Ann Lowe says it will come in June.",
            [[], ["Wired", "Ann Lowe"]],
        ),
        # A reporter with whom they report for.
        (
            "That's according to Wired reporter Ann Lowe, who says that Nordica will launch it in "
            "May. Lowe's sources told her it will cost $400.",
            [["Wired", "Ann Lowe"], ["Wired", "Ann Lowe"]],
        ),
        # The page's own sources speak again after another's report.
        (
            "Nordica could sell Calix, two people briefed on it said.\n\nWired reported in January "
            "that banks had been hired.\n\nLowe's exit would leave Calix without a chair. People "
            "close to Calix said Ben Cole would step in.",
            [["Dale News"], ["Dale News"]],
        ),
        # Sources are an outlet's, and not also whoever spoke to it.
        (
            "According to Reuters, Nordica will buy Calix in May.\n\nReuters wrote that a deal "
            "is expected, Ann Lowe told Reuters. Sources familiar with the matter say the deal "
            "will come in June.",
            [["Reuters"], ["Ann Lowe", "Reuters"], ["Reuters"]],
        ),
        # Shares of a poll are those of whose poll it is.
        (
            "A Reuters poll of economists showed that most expect the Fed to cut rates in June. A "
            "clear majority, or 19 of 26 surveyed, see another cut in March. More than 70% of "
            "those polled, or 18 of 25, predict rates of 2.5% until the end of the year.",
            [["Reuters"], ["Reuters"], ["Reuters"]],
        ),
        # What the page hears, and what its own people have found.
        ("Netflix and Orbit also chased the film, we hear.", [["Dale News"]]),
        (
            "We're expecting a larger Calix in May, per code our Labs team found in January.",
            [["Dale News"]],
        ),
    ],
)
def test_an_english_paper_credits(text: str, sources: list[list[str]]) -> None:
    found = credited(text, outlet="Dale News")
    assert [set(each) for each in found] == [set(each) for each in sources]


def test_a_part_of_a_paper_is_the_paper() -> None:
    text = "SunSport understands Rego will leave in May."
    assert credited(text, outlet="The Sun") == [["The Sun"]]
    assert credited(text, outlet="The Times") == [["SunSport"]]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It will go on sale on May 4 and ship on May 11, Wired said.", date(2026, 5, 11)),
        (
            "A teaser would be shown at Summer Game Fest on June 7, Ann Lowe posted.",
            date(2026, 6, 7),
        ),
        (
            "Two people said the money would be spread over four years and pay for a new mill in "
            "Ayr.",
            None,
        ),
        (
            "Nordica is weighing a bid, and it could come within two weeks, Wired said.",
            date(2026, 2, 13),
        ),
        (
            "It may become a drive-through by the end of next year, if plans shown on Monday win "
            "approval, Ann Lowe said.",
            date(2027, 12, 31),
        ),
    ],
)
def test_the_last_day_counts(text: str, day: date | None) -> None:
    [found] = extract(text, published=TODAY, outlet="X").candidates
    assert found.deadline == day


@pytest.mark.parametrize(
    "text",
    [
        "Nordica and Orbit also submitted offers in September, the people said, but were not "
        "invited to the last round.",
        "A third person cautioned that a second bid was still being considered and that no "
        "decision had been taken.",
        'Analyst Ann Lowe said a rival bid was "more likely than not".',
        "The site may become a mill by May, if the council's plans win approval.",
    ],
)
def test_a_step_behind_closed_doors_is_a_claim(text: str) -> None:
    assert len(credited(text, outlet="X")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Lowe's exit would leave Nordica looking for a chair, people close to it said.",
        "An aide's answer to us: \"The governor will share his plans when he's ready.\"",
        '"We are committed to a transparent process," Ann Lowe said.',
        "Lowe was involved in a string of recent negotiations between the mayor and the council.",
        "A Pot of Soup to See You Through the Frost",
    ],
)
def test_it_is_no_claim_of_a_paper(text: str) -> None:
    assert credited(text, outlet="X") == []
