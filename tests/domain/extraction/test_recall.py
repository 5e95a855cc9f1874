"""Which of those credited before are meant by what they are."""

import pytest

from tests.domain.extraction.reading import credited
from verification.domain.extraction.recall import meant, several

CHAIN = "Selon le Wall Street Journal, cité par l'AFP, Nordica serait vendu en mars. "


@pytest.mark.parametrize(
    ("again", "source"),
    [
        ("Le prix atteindrait 4 milliards d'euros, ajoute le quotidien.", "Wall Street Journal"),
        ("L'agence précise que Calix serait fermé en mai.", "AFP"),
    ],
)
def test_of_a_chain_the_paper_and_the_agency_are_each_one(again: str, source: str) -> None:
    assert credited(CHAIN + again) == [["Wall Street Journal", "AFP"], [source]]


def test_the_agency_may_have_been_credited_some_sentences_before() -> None:
    text = (
        "Nordica could be sold by May, Bloomberg reported. Orbit is preparing a bid, the FT said. "
        "A deal could be signed on Monday, the news agency added."
    )
    assert credited(text)[-1] == ["Bloomberg"]


def test_the_reports_are_all_of_them() -> None:
    text = (
        "Nordica could be sold by May, Bloomberg reported. Orbit is preparing a bid, the FT said. "
        "A deal could be signed on Monday, the reports said."
    )
    assert credited(text)[-1] == ["Bloomberg", "Financial Times"]


def test_the_paper_is_the_one_that_the_text_has_named() -> None:
    text = (
        "Une photo est en première page de Marca ce lundi. Selon le quotidien, Rego serait prêt à "
        "rejoindre Nice."
    )
    assert credited(text, outlet="Radio Sud") == [["Marca"]]


def test_he_is_whom_the_sentence_before_names() -> None:
    text = (
        "Ming-Chi Kuo s'intéresse déjà au prochain modèle. Il revient sur ses prédictions, "
        "estimant qu'Orion devrait changer d'écran en 2027."
    )
    assert credited(text, outlet="Mac Sud") == [["Ming-Chi Kuo"]]


def test_words_that_tell_nothing_mean_all_of_them() -> None:
    names = ("AFP", "Le Monde")
    assert meant("the report", names) == names
    assert meant("l'agence", names) == ("AFP",)
    assert meant("le quotidien", names) == ("Le Monde",)
    assert meant("la chaîne", names) == ()
    assert several("les deux quotidiens")
    assert not several("le quotidien")


def test_what_another_source_told_the_publication_is_its_report() -> None:
    text = (
        "Sources told The Guardian that Nordica will be sold. Another source told the publication "
        "that Orbit will be the buyer."
    )
    assert credited(text, "Press") == [["The Guardian"], ["The Guardian"]]
