"""What only an outlet's word makes a claim in French, and what is none."""

import pytest

from tests.domain.extraction.reading import TODAY, credited
from verification.domain.extraction import extract


@pytest.mark.parametrize(
    "text",
    [
        "Luc Armand rejoint le conseil de Nordica, révèle La Lettre.",
        "Le club est en route pour boucler l’arrivée de Solano, selon L’Équipe.",
        "Selon Foot Mercato, l’accord est là entre Nice et Solano.",
        "D’après RMC, les deux clubs ont topé pour 12 millions d’euros.",
        "Une offre de Nice repoussée par le joueur, selon RMC.",
        "Le Figaro avait fait état de l’intérêt de Norrland pour Calix.",
        "Le Journal de Québec rapportait lundi que Calix avait déposé une offre.",
        "Le comité a d’ores et déjà choisi Anne Roy, selon Challenges.",
        "Mediapart, qui avait révélé l’affaire, assure que le dossier a été transmis au parquet.",
    ],
)
def test_a_step_on_an_outlets_word_is_a_claim(text: str) -> None:
    assert len(credited(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Luc Armand rejoint le conseil de Nordica.",
        "« Tous les scénarios sont sur la table », a répondu la ministre Anne Roy.",
        "La direction de Calix a répondu sans préciser quand l’usine rouvrira.",
        "Ce serait compter sans les deux usines que Calix a déjà vendues.",
        "« J’espère qu’une autre chaîne voudra bien de moi », a lancé Anne Roy.",
        "Marc Roy a écrit le scénario avec Anne Roy, qui avait signé les deux premiers.",
    ],
)
def test_a_plain_step_or_a_way_of_not_saying_is_none(text: str) -> None:
    assert credited(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Un bus sur deux circulera », a précisé la Régie du Sud.", 1),
        ("« Nous irons chercher ce titre », a lancé Luc Armand.", 0),
    ],
)
def test_a_bare_future_in_a_quotation_is_a_claim_where_nobody_speaks_of_themselves(
    text: str, expected: int
) -> None:
    assert len(credited(text)) == expected


def test_the_main_clause_governs_and_not_the_one_of_time_before_it() -> None:
    text = "Alors que Solano pourrait partir à Nice, Rego serait annoncé à Lens, selon RMC."
    [found] = extract(text, published=TODAY).candidates
    assert found.hedge == "serait annoncé"


def test_a_measure_ends_its_sentence() -> None:
    text = (
        "La recharge du Nova resterait à 80 W. Le prix grimperait de 100 euros, avance Ice Dragon."
    )
    found = extract(text, published=TODAY).candidates
    assert [each.hedge for each in found] == ["resterait", "grimperait"]


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Le prix atteindrait 12 millions, contre 9,5 millions annoncés en mai, selon RMC.", None),
        ("L’ouverture aurait lieu en juin, au lieu de mars, selon RMC.", "2026-06-30"),
        ("Norrland se serait retiré en décembre, croit savoir Le Figaro.", None),
        ("Calix s’engagerait à garder ses salariés jusqu’en 2029, selon RMC.", None),
        ("La mairie repousserait le vote jusqu’au 12 mars, selon RMC.", "2026-03-12"),
        ("Calix va vendre son usine, a-t-on appris mardi de deux sources.", None),
        ("Calix serait vendu, a rapporté Bloomberg, mardi, citant des sources.", None),
        ("Un accord tenait la corde mardi, selon RMC.", None),
        ("Le prêt sera officialisé dans les prochaines heures, selon RMC.", "2026-01-31"),
        ("La ligne ne rouvrirait qu’en 2028, selon RMC.", "2028-12-31"),
        ("La décision sera prise avant le conseil municipal du 12 mars, selon RMC.", "2026-03-11"),
        ("Rego signerait avant le week-end prochain, selon RMC.", "2026-02-06"),
        ("Calix fournirait les dalles, avec des livraisons qui débuteraient en mai.", "2026-05-31"),
    ],
)
def test_which_period_is_the_deadline(text: str, deadline: str | None) -> None:
    [found] = extract(text, published=TODAY).candidates
    assert (found.deadline.isoformat() if found.deadline else None) == deadline


def test_a_day_that_is_past_is_the_next_one_where_the_verb_says_that_it_is_to_come() -> None:
    for text, deadline in (
        ("Le film sortirait le 25 novembre, selon Première.", "2026-11-25"),
        ("Le film aurait été vendu le 25 novembre, selon Première.", None),
    ):
        [found] = extract(text, published=TODAY).candidates
        assert (found.deadline.isoformat() if found.deadline else None) == deadline


@pytest.mark.parametrize(
    "text",
    [
        "Trois candidats sont encore en lice pour lui succéder, a appris Radio Sud.",
        "D’après Seneweb, cinq ministres sont sur la sellette.",
        "Selon LSA, le groupe Habitane propose de reprendre 41 magasins.",
        "L’annonce peut intervenir dès lundi, souffle un proche du ministre.",
        "Le Midi Olympique assure que Lens ne va pas conserver Marc Roy.",
    ],
)
def test_what_is_being_considered_on_somebodys_word_is_a_claim(text: str) -> None:
    assert len(credited(text, outlet="Radio Sud")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Lens est en course pour le titre.",
        "Selon le conservateur, Jean Roy, le public rejoint volontiers les ateliers.",
        "La progression s’est inscrite à 5,3 %, indique mercredi un communiqué.",
        "« Ce sera un salon correct », a dit Jean Roy à quelques journalistes.",
    ],
)
def test_how_things_are_is_no_claim(text: str) -> None:
    assert credited(text) == []
