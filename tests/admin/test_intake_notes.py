"""What a sheet says of statements that nobody will understand a year later."""

from __future__ import annotations

from typing import Any

from tests.admin.intake import PAGE, read, typed
from verification.models import Beat


def notes(response: Any) -> list[list[str]]:
    return [[note.text for note in card.notes] for card in response.context["sheet"].cards]


TEXT = (
    "Le constructeur Avelor supprimera 300 postes, selon Les Échos.\n\n"
    "Le constructeur pourrait vendre son usine la semaine prochaine, selon Les Échos.\n"
)


def test_words_that_are_told_from_the_articles_day_are_pointed_at(desk: Any, beat: Beat) -> None:
    text = "Nordica could buy Calix next month, the Financial Times reported."

    response = read(desk(), text)

    assert notes(response) == [["“next month” is told from 30 March 2026: name the day."]]
    assert "“next month” is told from 30 March 2026" in response.content.decode()


def test_a_subject_without_a_name_is_asked_for_and_offered_where_the_text_has_it(
    desk: Any, beat: Beat
) -> None:
    found = notes(read(desk(), TEXT))

    assert found[0] == []
    assert found[1] == [
        "Who is “Le constructeur”? The text calls Avelor so.",
        "“la semaine prochaine” is told from 30 March 2026: name the day.",
    ]


def test_nothing_is_said_of_a_statement_that_was_mended(desk: Any, beat: Beat) -> None:
    client = desk()
    sheet = typed(read(client, TEXT), do="all", all_assignee="")

    response = client.post(PAGE, sheet | {"c1-statement": "Avelor vendra son usine en mai 2026."})

    assert notes(response) == [[], []]


def test_they_are_in_french_for_a_french_desk(desk: Any, beat: Beat) -> None:
    response = desk().post(
        PAGE,
        {"do": "read", "text": TEXT, "outlet": "X", "published": "2026-03-30"},
        headers={"accept-language": "fr"},
    )

    assert notes(response)[1] == [
        "Qui est «\u00a0Le constructeur\u00a0»\u00a0? Le texte appelle ainsi Avelor.",
        "«\u00a0la semaine prochaine\u00a0» se compte à partir du 30 mars 2026\u00a0: précisez la "
        "date.",
    ]
