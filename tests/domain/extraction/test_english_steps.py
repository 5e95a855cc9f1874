"""What English says is to come, and when; and what is background, whatever its verbs."""

from datetime import date

import pytest

from tests.domain.extraction.reading import TODAY, credited
from verification.domain.extraction import extract


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Orbit is approaching mass production of its car, Bloomberg reported.", "is approaching"),
        ('Orbit is working on "Orbit Home", Bloomberg reported.', "is working on"),
        ("The launch is at least 18 months away, Bloomberg reported.", "months away"),
        ("Calix expects job cuts as part of its overhaul, Bloomberg reported.", "expects"),
        ("The group would have to cut its staff by May, Lowe said.", "would"),
        (
            'The states are "most likely" to cut output in May, an official said.',
            '"most likely" to',
        ),
        ("A longer delay is possible, two people told Reuters.", "is possible"),
        ("Filming is to begin in May.", "is to"),
        ('Lowe intends to "stand for mayor" in May, the Times reported.', "intends to"),
        ("Speculation is rife that Lowe will join Rovers.", "Speculation is rife"),
        (
            "Ada Lowe has been lined up to lead Calix, according to Rail Weekly.",
            "has been lined up",
        ),
        ("Lowe and Stone are among the ministers expected to move up.", "expected to"),
        ("Rovers are battling to sign Mendes, the Argus reported.", "are battling to"),
        ("Rovers are interested in signing Mendes, the Argus reported.", "are interested in"),
        ("Rovers have been engaged in trade talks involving Mendes.", "in trade talks"),
        ("The bank is seen holding its rate until 2028, a Reuters poll found.", "is seen"),
        ("Calix has appointed two banks for a sale, Reuters reported.", "has appointed"),
    ],
)
def test_an_english_step_to_come_is_found(text: str, hedge: str) -> None:
    found = extract(text, published=TODAY, language="en", outlet="X").candidates
    assert len(found) == 1
    assert hedge in found[0].hedge


@pytest.mark.parametrize(
    "text",
    [
        # Background.
        "Back in November 2024, Bloomberg reported that Orbit was planning a car.",
        "In May Orbit confirmed its plans to cut 400 jobs.",
        "Orbit said in May it would use the study for a new plan.",
        "The plans come after Lowe previously promised that she would cut the tax.",
        "Lowe was last seen in Skyline as the pilot.",
        "Production of the panel was set in November itself, Bloomberg reported.",
        # What is asked, refused or done by the way.
        "The question is whether the board will signal a series of cuts in May, Lowe said.",
        "Chairman Ben Lowe refused to confirm that a reshuffle would come in May.",
        "Lowe declined to comment on reports that her office could be closed.",
        "The winger sat out the match as both clubs look to finalise the papers.",
        "She told officials to draw up plans for the new hall.",
        # A thing says nothing.
        "Orbit's current range suggests growth.",
    ],
)
def test_english_background_is_no_claim(text: str) -> None:
    assert credited(text, outlet="X") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("LEEDS May 9 Calix could make a bid within days, two people said.", date(2026, 2, 13)),
        (
            "Rovers are expected to sign Mendes after Lowe was placed on the list on Friday.",
            None,
        ),
        (
            "The board will end the series of cuts that began in March, Hartwell said.",
            None,
        ),
        ("Calix could bid for Nordica -- earlier this week, it made an offer for Orbit.", None),
        (
            "Calix is in talks over a deal which could be unveiled as early as next week.",
            date(2026, 2, 8),
        ),
    ],
)
def test_an_english_deadline_is_that_of_the_step(text: str, day: date | None) -> None:
    (found,) = extract(text, published=TODAY, language="en", outlet="X").candidates
    assert found.deadline == day
