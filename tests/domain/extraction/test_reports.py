"""Whose a report is where the page only relays it."""

import pytest

from tests.domain.extraction.reading import credited


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Orbit lancera un casque en mai, affirme Bloomberg. L'analyste Ming-Chi Zhao table sur "
            "8 millions d'unités écoulées.",
            [["Bloomberg"], ["Ming-Chi Zhao"]],
        ),
        (
            "Orbit could launch a headset in May, according to Mark Feld. Barclays forecasts two "
            "further reductions by year-end.",
            [["Mark Feld"], ["Barclays"]],
        ),
        (
            "Dans son tweet, Mark Feld, journaliste chez Bloomberg, affirme qu'Orbit pourrait "
            "lancer un casque en mai.",
            [["Mark Feld", "Bloomberg"]],
        ),
        (
            "De son côté, le célèbre leaker Hugo Lam s'est montré plus prudent. Sur X, il assure "
            "que la puce n'arriverait pas avant 2027.",
            [["Hugo Lam"]],
        ),
        (
            "Orbit va lancer un casque en mai. C'est du moins ce qu'affirme le leaker Hugo Lam.",
            [["Hugo Lam"]],
        ),
        (
            "Orbit is planning to launch a headset in May. That's according to Bloomberg.",
            [["Bloomberg"]],
        ),
        (
            "Handelsblatt, which first reported the news, said about 4,000 jobs would be cut.",
            [["Handelsblatt"]],
        ),
    ],
)
def test_a_report_is_whose_the_page_shows_it_to_be(text: str, sources: list[list[str]]) -> None:
    assert credited(text) == sources


def test_a_page_that_has_seen_a_note_is_not_who_says_so() -> None:
    text = "In a note seen by MacRumors, Ming-Chi Zhao said the phone will launch in May."
    assert credited(text, outlet="MacRumors") == [["Ming-Chi Zhao"]]


def test_what_is_yet_to_be_announced_is_credited_to_nobody() -> None:
    text = "Un plan de départs devrait être prochainement annoncé par Nordica."
    assert credited(text) == [[]]
