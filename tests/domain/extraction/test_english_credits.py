"""English forms of crediting somebody."""

import pytest

from tests.domain.extraction.reading import credited


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Nordica could buy Calix in May, the newspaper Kurier reported, citing two officials.",
            ["Kurier"],
        ),
        ("Rovers hope to sign Mendes by May, per Fabrizio Conti.", ["Fabrizio Conti"]),
        ("Northstar could return in May, according to Puck's Lena Marsh.", ["Puck", "Lena Marsh"]),
        ("Labour's Ailsa Boyd said she would table a motion in May.", ["Ailsa Boyd"]),
        (
            "Rovers want to sign Mendes by May, manager Chris Roe told BBC Radio Sheffield.",
            ["Chris Roe", "BBC Radio Sheffield"],
        ),
        (
            "The plant will open in May, its head of safety, Niamh Brody, wrote in a blog post.",
            ["Niamh Brody"],
        ),
        (
            "In a post on X, the energy secretary, Imran Sheikh, said a sale would come in May.",
            ["Imran Sheikh"],
        ),
        (
            "Ministers are planning a sale in May, two officials told Lloyd's List.",
            ["Lloyd's List"],
        ),
        ("Deadline, which first reported the casting, says Reid will star in May.", ["Deadline"]),
        ("Economists at Nordhaus expect two further cuts in May.", ["Nordhaus"]),
        (
            "Mike Petty, cabinet member for roads, told the Gazette he hoped it could open in May.",
            ["Mike Petty", "Gazette"],
        ),
        ("Members of the crew will strike in May, the GMW union said.", ["GMW"]),
        ("The Bank is due to report in May, the BBC understands.", ["BBC"]),
        ("Nordica could buy Calix, according to Reuters.", ["Reuters"]),
        ("According to the FT, Nordica could buy Calix.", ["Financial Times"]),
        (
            "Nordica is in talks to buy Calix, the Financial Times reported on Tuesday, citing "
            "people familiar with the matter.",
            ["Financial Times"],
        ),
        (
            "Nordica could buy Calix in May, people familiar with the matter told Reuters.",
            ["Reuters"],
        ),
        ("Sources tell Variety that Northstar is developing a spin-off.", ["Variety"]),
        ("Rovers are close to signing Mendes, Sky Sports has learned.", ["Sky Sports"]),
        ("Sky News understands the government intends to act by May.", ["Sky News"]),
        (
            "An announcement is expected on April 9, as first reported by Handelsblatt.",
            ["Handelsblatt"],
        ),
        (
            "Ministers are considering a sale, according to documents seen by the Guardian.",
            ["The Guardian"],
        ),
        (
            "Orbit is weighing a tablet, Bloomberg's Mark Feld reports.",
            ["Bloomberg", "Mark Feld"],
        ),
        (
            "Portland hopes to trade him by Thursday, Shams Karim of The Athletic reported.",
            ["Shams Karim", "The Athletic"],
        ),
        (
            "Helena Ruiz confirmed to Deadline that the film will open in May.",
            ["Helena Ruiz", "Deadline"],
        ),
        (
            "The rate is expected to stay put on Wednesday, according to a Reuters poll.",
            ["Reuters"],
        ),
        (
            "Velanta expects to ship it in May, Chief Executive Officer Maria J. Torres said.",
            ["Maria J. Torres"],
        ),
        ("The plant will open in May, the transport secretary told MPs.", ["transport secretary"]),
        ("Bronson will unveil its truck in May, the automaker said.", ["Bronson"]),
        ("The company plans to change its fees by June 26, Lumo said.", ["Lumo"]),
    ],
)
def test_an_english_credit_names_its_source(text: str, sources: list[str]) -> None:
    assert credited(text) == [sources]
