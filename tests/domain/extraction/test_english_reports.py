"""Whose report an English sentence is: reporters, unnamed people, and who is only told of."""

import pytest

from tests.domain.extraction.reading import credited


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        # Two reporters, and two of one outlet.
        (
            "Ada Stone and Ben Lowe are reporting that Rovers are expected to sell Mendes in May.",
            ["Ada Stone", "Ben Lowe"],
        ),
        (
            "Reuters' Ada Stone and Ben Lowe on Friday reported that Rovers could sell him in May.",
            ["Reuters", "Ada Stone", "Ben Lowe"],
        ),
        # What stands between a name and its verb belongs to neither.
        ("Lowe further revealed that Orbit will open a plant in May.", ["Lowe"]),
        ("Kurier (a weekly) say that Calix could be sold in May.", ["Kurier"]),
        ("The FT, citing a source, reports that Calix could be sold in May.", ["Financial Times"]),
        (
            "The Guardian, one of the best-read dailies, is reporting the plant will open in May.",
            ["The Guardian"],
        ),
        (
            "Ada Lowe, who had reported earlier that it was late, said Calix could open in May.",
            ["Ada Lowe"],
        ),
        ("Lowe on Tuesday, March 4, said he will open the plant in May.", ["Lowe"]),
        (
            "Ada Stone, the owner of Hartwell's last mill, said she plans to sell it by May.",
            ["Ada Stone"],
        ),
        (
            "Ada Lowe— a well-known Orbit insider—has disclosed that it will launch a car in May.",
            ["Ada Lowe"],
        ),
        (
            "Rovers want a striker and Lowe admitted they could buy one in May.",
            ["Lowe"],
        ),
        ("Talks go on and, as Lowe says, Rovers are willing to sell him by May.", ["Lowe"]),
        # Who speaks without a verb of the sentence.
        (
            "Orbit is set to open the plant in May, with Ada Lowe revealing that work has begun.",
            ["Ada Lowe"],
        ),
        # Houses by their people.
        ("Hartwell economists said they believe the bank will cut in May.", ["Hartwell"]),
        ("Lowe expects that the bank will cut its rate in May.", ["Lowe"]),
        ("The merger could close in May, according to editors at Variety.", ["Variety"]),
        # Whose people are unnamed all the same.
        ("According to Lowe's sources, Rovers want to sell Mendes by May.", ["Lowe"]),
        ("Downing Street sources indicated the vote was expected to come in May.", ["X"]),
        ("Some people in Orbit's Car Group believe it could open in May.", ["X"]),
        ("A sale in May is possible, one of the Orbit sources, who asked for peace, said.", ["X"]),
        # What is told by nobody in particular.
        ("Newspaper reports have suggested that Calix is planning to sell in May.", []),
        ("Another report said Calix could be sold in May.", []),
        ("Recent reports also suggested that Calix could be sold in May.", []),
        ("US media reported that Calix could be sold in May.", []),
        # What is told in private, and by whom it is told on.
        (
            "Ada Stone has told advisers that she will stand in May, two people told the Courier.",
            ["Courier"],
        ),
        # Where it was said is nobody.
        (
            "Speaking on her way into the hall, Ada Stone said the plant will open in May.",
            ["Ada Stone"],
        ),
        # An outlet that is talked about.
        ("Reuters has been rumoured to be buying Calix.", []),
        ("Sky News could be sold to Calix by May.", []),
        ("Thomson Reuters said it was in talks to sell a unit by May.", ["Thomson Reuters"]),
    ],
)
def test_an_english_report_is_whose_it_says(text: str, sources: list[str]) -> None:
    assert credited(text, outlet="X") == [sources]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        # Sources, after a firm has spoken for itself.
        (
            "Calix is in talks to sell a unit, two people told Reuters. Nordica said it could bid "
            "in May. The shops have done badly. A deal could come by June, the sources said.",
            [["Reuters"], ["Nordica"], ["Reuters"]],
        ),
        # The Times that the text has named.
        (
            "Calix is planning to sell a unit, The New York Times reported. It could go in May, "
            "the Times said.",
            [["New York Times"], ["New York Times"]],
        ),
        # A note is its author's.
        (
            'Ada Lowe of Hartwell said she expects two cuts in May. "We expect the bank to cut '
            'again in June," the note said.',
            [["Ada Lowe"], ["Ada Lowe"]],
        ),
        # A quotation that goes on in the next paragraph.
        (
            'Ada Lowe said: "It went well.\n\n"We will open the plant in May.',
            [["Ada Lowe"]],
        ),
        # The house of a name that is cut short.
        (
            "Hartwell Brothers said it will open in May. Hartwell said it will close another by "
            "June.",
            [["Hartwell Brothers"], ["Hartwell Brothers"]],
        ),
        # Agency copy with the agency's name at the top.
        (
            "Calix in talks over sale\nReuters\nCalix is in talks to sell a unit, sources said.\n"
            "It could go by May, they said.",
            [["Reuters"], ["Reuters"]],
        ),
    ],
)
def test_an_english_report_is_gone_on_with(text: str, sources: list[list[str]]) -> None:
    assert credited(text, outlet="The Argus") == sources


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Rovers are planning a £9m bid for Mendes. (Sunday Mirror), external", ["Sunday Mirror"]),
        ("Rovers are planning a £9m bid for Mendes. (Sun)", ["The Sun"]),
        ("Rovers are planning a bid for Mendes.\nFull story: Metro, external", ["Metro"]),
        (
            "Mendes, 25, has hinted that he could leave Rovers in May.\nFull story: Daily Star",
            ["Mendes", "Daily Star"],
        ),
        ("Rovers are planning a £9m bid for Mendes. (Rovers website)", []),
    ],
)
def test_an_item_is_whose_name_it_ends_with(text: str, sources: list[str]) -> None:
    found = credited(f"Gossip of the day\n\n{text}\n\nThe season starts today.", outlet="X")
    assert [[name.removeprefix("The ") for name in each] for each in found] == [
        [name.removeprefix("The ") for name in sources]
    ]
