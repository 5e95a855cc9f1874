"""How English desks credit: wires, regional papers, trade press, round-ups, other countries."""

import pytest

from tests.domain.extraction.reading import TODAY, credited
from verification.domain.extraction import extract


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        # Unnamed people are those of before, and not those who spoke for themselves in between.
        (
            "Nordica could sell Calix, two people briefed on it said.\n\nDagbladet Post "
            "reported in "
            "January that Calix had hired bankers.\n\nA bid from Orbit is not expected, a third "
            "source said.",
            [["X"], ["Dagbladet Post"], ["X"]],
        ),
        (
            "According to Reuters, Nordica will buy Calix in May.\n\nAnn Lowe told Reuters "
            "that she "
            "would leave in June. Sources familiar with the matter say the deal will come in May.",
            [["Reuters"], ["Ann Lowe", "Reuters"], ["Reuters"]],
        ),
        # Another of them.
        (
            "Nordica could sell Calix, one person close to it said. Another said the sale will "
            "come "
            "in May.",
            [["X"], ["X"]],
        ),
        # What one told the other is not what either told anybody.
        (
            "Ann Lowe met Rita Cole. According to sources, Cole has told Lowe that she will "
            "leave in "
            "May.",
            [["X"]],
        ),
        # Whoever first reported it does not say so now.
        ("The cuts, first reported by Metro, will come on Friday, two sources said.", [["X"]]),
        # What is only compared.
        (
            "Nordica will launch in May, according to Bloomberg, echoing an earlier report in "
            "Wired.",
            [["Bloomberg"]],
        ),
        # Whom an outlet quotes; an unnamed one is the outlet's.
        (
            "Reuters quoted Ann Lowe as saying the plant would open in May.",
            [["Ann Lowe", "Reuters"]],
        ),
        ("Reuters quoted a Whitehall source as saying the plant would open in May.", [["Reuters"]]),
        # Where an outlet is from is nobody, and tells it from the others.
        ("Nordica will launch in May, according to South Korea's ETNews.", [["ETNews"]]),
        (
            "Nordica will launch in May, according to Taiwan's DigiTimes. Wired said it will be "
            "thin.\n\nIt should arrive in March, per the same Taiwanese report.",
            [["DigiTimes"], ["Wired"], ["DigiTimes"]],
        ),
        # Somewhere is not who says so.
        ("A maker of parts in Vietnam said Nordica will launch in May.", [["X"]]),
        ("Wired, citing a senior Nordica figure, said that it will launch in May.", [["Wired"]]),
        # Short names of persons and houses.
        (
            "Pablo Ortega won on Sunday. Ortega told DAZN News that he would decide in May.",
            [["Pablo Ortega", "DAZN News"]],
        ),
        ('Builder Harland Rail said: "We will open in May."', [["Harland Rail"]]),
        (
            'Speaking exclusively to The Guardian, Ann Lowe said "the plant will open in May".',
            [["The Guardian", "Ann Lowe"]],
        ),
        # By-lines within the text.
        (
            '"Chips will be short in May," Cage Chow and Jessie Shan report for DigiTimes.',
            [["Cage Chow", "Jessie Shan"]],
        ),
        # A spokesperson is of whom the sentence before speaks.
        (
            "The Health Board did not deny it. A spokesperson said it will publish plans in May.",
            [["Health Board"]],
        ),
        # Everybody is nobody.
        ("Residents say the road will be closed in May.", [[]]),
    ],
)
def test_an_english_desk_credits(text: str, sources: list[list[str]]) -> None:
    assert [set(each) for each in credited(text, outlet="X")] == [set(each) for each in sources]


@pytest.mark.parametrize(
    ("text", "outlet", "sources"),
    [
        ("The mill could close in May, the Gazette understands.", "Dale Gazette", ["Dale Gazette"]),
        ("Ann Lowe told the Mail she would leave in May.", "Hull Daily Mail", None),
        ("The mill could close in May, people told The Times.", "The New York Times", None),
        # Another paper, whatever its name ends with.
        ("Rego will join Lyon in May. (Sport)", "BBC Sport", ["Sport"]),
        ("The mill could close in May, the Times reported.", "The Irish Times", ["The Times"]),
        # A brand of the page's.
        ("Express Sport understands Rego will leave in May.", "Daily Express", ["Daily Express"]),
        ("THEWILL gathered that the governor will leave in May.", "TheWill", ["TheWill"]),
    ],
)
def test_a_page_is_meant_by_its_short_name(
    text: str, outlet: str, sources: list[str] | None
) -> None:
    [found] = credited(text, outlet=outlet)
    assert found == sources if sources else outlet in found


@pytest.mark.parametrize(
    ("item", "sources"),
    [
        ("Leeds will move for Dabo if Bellini leaves. (Sun, subscription required)", ["The Sun"]),
        ("Leeds have given up hope of landing Dabo. (Marca - in Spanish)", ["Marca"]),
        ("Leeds have made contact with Dabo. (Source: Il Resto del Nord)", ["Il Resto del Nord"]),
        ("Ann Roe is in final negotiations to star. [via Variety]", ["Variety"]),
        ("Ann Roe is in final negotiations to star. [Deadline]", ["Deadline"]),
    ],
)
def test_an_item_is_signed_in_its_brackets(item: str, sources: list[str]) -> None:
    assert credited(f"Friday's gossip\n\n{item}\n\nCity drew with Town on Friday.") == [sources]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # The hedge's own clause decides.
        ("The deal will set a ceiling, but officials aim to sign it in May, sources said.", None),
        ("It is likely to follow within days, with the first trains due in June.", "2026-02-13"),
        (
            "Orbit is in talks to buy Calix, a deal that could be sealed as soon as Monday, "
            "Wired said.",
            "2026-02-02",
        ),
        # All of what is to be done.
        ('Ann Lowe said: "We will start in May and finish by the end of 2027."', "2027-12-31"),
        # What comes first is on that day.
        (
            "He would decide before racing resumes in Oslo on 25 August, Ann Lowe said.",
            "2026-08-24",
        ),
        ("It will open ahead of the party conference in October, Wired said.", "2026-09-30"),
        ("It will be decided before noon on Friday, Wired said.", "2026-01-30"),
        ("Analysts at Orbit expect rates to stay at 2% until the end of the year.", "2026-12-31"),
        ("No further change in rates is expected until July, Reuters said.", "2026-06-30"),
        ("Nordica won't be able to open its new plant until May, Reuters said.", "2026-04-30"),
        ("Trouble with a hinge could push it into 2027, Wired said.", "2027-12-31"),
        # When something was done, or said.
        ("The bid is understood to have been submitted late on Friday.", None),
        ("The plant will close, a manager informed The Dale Post on Friday.", None),
    ],
)
def test_the_day_is_the_one_of_the_claim(text: str, day: str | None) -> None:
    [found] = extract(text, published=TODAY, outlet="X").candidates
    assert (found.deadline.isoformat() if found.deadline else None) == day


@pytest.mark.parametrize(
    "text",
    [
        # What outlets tell of what was done, and sources of what is going on.
        "Wired reported on Saturday that Nordica had turned down an offer from Calix.",
        "Nordica has put its stake in Calix up for sale, Bloomberg reported.",
        "Wired first reported on Tuesday that Nordica was fielding offers.",
        "Dabo has flown to Turin and had a medical with Juventus, the Guardian says.",
        "Nordica is in dialogue with Calix over a merger, Bloomberg reported.",
        "Two people familiar with the plans said several changes are planned for May.",
        "Nordica has been bent on buying Calix and is bent on it still, Wired can report.",
        "The Guardian understands Ann Lowe sold her shares to Nordica.",
        "Ann Lowe is the president's expected pick, with an announcement possible in May.",
        # Said this month or the last.
        "Calix has put its mill up for sale, Bloomberg reported in January.",
        # What an outlet says somebody will do on a condition.
        "Leeds will move for Dabo if Bellini leaves, the Mirror reported.",
    ],
)
def test_a_report_is_a_claim(text: str) -> None:
    assert len(credited(text, outlet="X")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Any deal would need clearance from the commission, Ann Lowe said.",
        "European rules require carriers to be owned by Europeans, Ann Lowe said.",
        "The terms could still change, one of the people said.",
        "Don't expect to see many in the shops before May.",
        "Mr. Boyce is already looking at time behind bars, Ann Lowe said.",
        '"I suspect some of them will find out," said Ann Lowe.',
        "Ann Lowe insisted it was far too soon to be looking at the table.",
        "The paper says that losing three of them would look bad.",
        "Sixty years ago, the mill burned.\n\nThe owners promised that it would be rebuilt in "
        "a year.",
        "Nordica made 412 million, beating the 380 million forecast by analysts polled this week.",
        # What is told in the past of the past.
        "Nordica had rejected the offer, sources told the Guardian.",
    ],
)
def test_it_is_no_claim(text: str) -> None:
    assert credited(text, outlet="X") == []
