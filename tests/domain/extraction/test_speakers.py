"""Who is credited where others are named around them."""

import pytest

from tests.domain.extraction.reading import credited


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        # Unnamed, whoever's they are.
        ("Sources in the ruling Justice Party (JP) said the bill could be tabled in May.", ["X"]),
        (
            "Nordica would be exempt until May, an anonymous Treasury official told Reuters.",
            ["Reuters"],
        ),
        ("A new report from China claims Orbit is planning a console for 2027.", ["X"]),
        ("Nordica could be sold by May, according to several Sunday newspapers.", []),
        # Where it was said, before who says it.
        (
            "Interrogé sur Europe 1, Marc Tessier a indiqué que le parc fermerait en mai.",
            ["Europe 1", "Marc Tessier"],
        ),
        (
            "Sur RTL, la ministre Agnès Roy a dit que le parc fermera en juin.",
            ["RTL", "Agnès Roy"],
        ),
        # All that are listed.
        (
            "Orbit lancerait une console en mai, selon Bloomberg, Eurogamer et VGC.",
            ["Bloomberg", "Eurogamer", "VGC"],
        ),
        (
            "Sources told publications including Bloomberg, Eurogamer and VGC that Orbit's console "
            "will arrive in 2027.",
            ["Bloomberg", "Eurogamer", "VGC"],
        ),
        # Reporters, with where they write.
        (
            "Orion présenterait deux tablettes en mai, selon Mark Gurman sur Bloomberg.",
            ["Mark Gurman", "Bloomberg"],
        ),
        (
            "Comme l'explique Jack Rosser, journaliste pour le tabloïd anglais The Sun, Leeds "
            "devrait vendre Rego en mai.",
            ["Jack Rosser", "The Sun"],
        ),
        (
            "Nordica will trade Rego in May, according to Ann Lowe of Hoops.com.",
            ["Ann Lowe", "Hoops.com"],
        ),
        # What an outlet is quoted with is that outlet's.
        (
            '"Orbit told suppliers that the start will be delayed to May," Nikkei Asia reported.',
            ["Nikkei Asia"],
        ),
        # The subject is ahead of another verb, or behind a conjunction.
        (
            "Vanda reported good results in January and said it planned to file by year-end.",
            ["Vanda"],
        ),
        (
            "Calix rose 8% on Wednesday after Bloomberg and Reuters reported that the company was "
            "close to being sold.",
            ["Bloomberg", "Reuters"],
        ),
        # A first page of its own: names with what they are, and without.
        ("Nordica Plc said it is in advanced talks to sell Calix by May.", ["Nordica"]),
        ("Bank of Japan Governor Ken Ito said rates could rise in May.", ["Ken Ito"]),
        ("Nordica (NYSE:NRD) says it is in talks to buy Calix by May.", ["Nordica"]),
        ("Selon France Bleu Gard Lozère, la ligne fermera en mai.", ["France Bleu Gard Lozère"]),
        ("Nordica serait vendu, selon une information du Canard Enchaîné.", ["Le Canard enchaîné"]),
    ],
)
def test_who_says_so_is_told_from_whom_it_is_about(text: str, sources: list[str]) -> None:
    assert credited(text, outlet="X") == [sources]


def test_what_is_said_goes_on_behind_who_says_it() -> None:
    text = "Tout cela fait que, rapporte L'Équipe, le club envisage de vendre Rego en mai."
    assert credited(text) == [["L'Équipe"]]


def test_a_rumour_in_brackets_is_no_more_than_what_is_in_them() -> None:
    text = "La firme pourrait lancer une montre en mai (Ultra d'après les dernières rumeurs)."
    assert credited(text, outlet="Mac Sud") == [[]]


def test_a_newsletter_of_ones_own_is_no_second_source() -> None:
    text = "Orion lancera une montre en mai, affirme Mark Gurman dans sa newsletter Power On."
    assert credited(text) == [["Mark Gurman"]]
