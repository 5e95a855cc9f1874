"""What a statement leaves to its day and to its page."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.clarity import Language, notes

DAY = date(2026, 11, 26)


def told(statement: str, language: Language = "en", text: str = "") -> list[tuple[str, str]]:
    found = notes(statement, language=language, published=DAY, text=text)
    return [(note.kind, note.words) for note in found]


@pytest.mark.parametrize(
    ("language", "statement", "words"),
    [
        ("en", "Nordica will buy Calix next month.", "next month"),
        ("en", "Nordica could buy Calix by Friday.", "by Friday"),
        ("en", "Nordica could buy Calix before the end of the year.", "before the end of the year"),
        ("en", "Nordica will buy Calix within two weeks.", "within two weeks"),
        ("fr", "Nordica rachètera Calix d’ici la fin du mois.", "d'ici la fin du mois"),
        ("fr", "Nordica rachètera Calix lundi.", "lundi"),
        ("fr", "Nordica rachètera Calix avant l'été.", "avant l'été"),
        ("fr", "Nordica rachètera Calix dans les prochains jours.", "dans les prochains jours"),
    ],
)
def test_a_day_that_only_the_article_has_is_told_of(
    language: Language, statement: str, words: str
) -> None:
    assert told(statement, language) == [("day", words)]


@pytest.mark.parametrize(
    ("language", "statement"),
    [
        ("en", "Nordica will buy Calix by 31 March 2027."),
        ("en", "Nordica will buy Calix in the first half of 2027."),
        ("en", "Nordica will buy Calix by the end of March 2027."),
        ("en", "Nordica will buy Calix this summer, 2027."),
        ("en", "Nordica will buy Calix."),
        ("fr", "Nordica rachètera Calix d'ici la fin du premier trimestre 2027."),
        ("fr", "Nordica rachètera Calix avant l'été 2027."),
        ("fr", "Il faudra un an à Nordica."),
        ("fr", "Il n'y aurait pas de hausse."),
        ("fr", "La Banque centrale européenne relèvera ses taux."),
        ("fr", "La ministre Anne Roy quittera Nordica."),
        ("en", "The Federal Reserve will cut rates."),
        ("en", "The government will sell its stake in Calix."),
        ("en", "The sale of Calix could fetch $2bn."),
        ("en", "Rates would rise."),
    ],
)
def test_a_statement_that_says_it_all_is_left_alone(language: Language, statement: str) -> None:
    assert told(statement, language) == []


@pytest.mark.parametrize(
    ("language", "statement", "kind", "words"),
    [
        ("en", "He would stay until 2028.", "who", "He"),
        ("en", "It will ship in March 2027.", "what", "It"),
        ("en", "Its second ship will fly in 2027.", "whose", "Its second"),
        ("en", "The company will close the plant.", "who", "The company"),
        ("en", "The deal could be signed.", "what", "The deal"),
        ("en", "A deal could be signed.", "what", "A deal"),
        ("en", "“We will go on strike.”", "who", "We"),
        ("fr", "Le constructeur fermerait son usine.", "who", "Le constructeur"),
        ("fr", "L’appareil ne sortirait pas en 2027.", "what", "L'appareil"),
        ("fr", "Elle sera jouée en 2027.", "who", "Elle"),
        ("fr", "Son directeur partira en 2027.", "whose", "Son directeur"),
        ("fr", "« On sera prêts en 2027 ».", "who", "On"),
    ],
)
def test_a_subject_without_a_name_is_told_of(
    language: Language, statement: str, kind: str, words: str
) -> None:
    assert told(statement, language) == [(kind, words)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le constructeur automobile Renault recrute.", "Renault"),
        ("Le constructeur Renault et le constructeur Avelor.", ""),
        ("Le constructeur des Échos.", ""),
        ("Renault recrute.", ""),
    ],
)
def test_the_name_is_offered_where_the_text_has_one_beside_it(text: str, name: str) -> None:
    found = notes("Le constructeur vendra.", language="fr", published=DAY, text=text)
    assert [note.name for note in found] == [name]


@given(st.text(max_size=700), st.sampled_from(["en", "fr"]), st.dates())
def test_whatever_is_typed_the_words_told_of_stand_in_it(
    statement: str, language: Language, published: date
) -> None:
    said = " ".join(statement.split()).replace("’", "'")
    for note in notes(statement, language=language, published=published):
        assert note.words in said
