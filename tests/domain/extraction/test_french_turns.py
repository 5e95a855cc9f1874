"""French sentences in which whose word it is turns: an answer, a reminder, another's report."""

from datetime import date

import pytest

from tests.domain.extraction.reading import TODAY, credited
from verification.domain.extraction import extract

HOUSE = "Le Courrier du Sud"


def deadlines(text: str) -> list[date | None]:
    return [each.deadline for each in extract(text, published=TODAY).candidates]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "La ministre Anne Roy, interrogée lundi par Europe 1, compte présenter son plan en "
            "juillet.",
            ["Anne Roy", "Europe 1"],
        ),
        (
            "Le maire de Lens, Luc Armand, joint par Mediapart, espère une ouverture en mai.",
            ["Luc Armand", "Mediapart"],
        ),
        (
            "Luc Armand (LR), sollicité par Mediapart, assure qu’il sera candidat en 2027.",
            ["Luc Armand", "Mediapart"],
        ),
        ("L’entourage de Luc Armand, contacté par RTL, prévoit une annonce en mai.", ["RTL"]),
        (
            "Une des sources interrogées par l’AFP table plutôt sur une vente en mai.",
            ["AFP"],
        ),
    ],
)
def test_who_answers_an_outlet_is_credited_with_it(text: str, sources: list[str]) -> None:
    assert [sorted(each) for each in credited(text)] == [sources]


def test_the_page_that_has_asked_is_credited_with_who_answers() -> None:
    text = "Le sénateur Luc Armand, joint par Mediapart, s’attend à une baisse en mai."
    assert credited(text, outlet="Mediapart") == [["Luc Armand", "Mediapart"]]


def test_a_party_in_brackets_does_not_part_a_speaker_from_the_verb() -> None:
    text = "Le Premier ministre, Luc Armand (N-VA), a répété qu’il voulait signer avant juin."
    assert credited(text) == [["Luc Armand"]]


def test_he_is_whoever_spoke_in_the_last_sentence() -> None:
    text = (
        "Selon Reuters, Calix étudie une vente de Rego. La directrice Anne Roy avait promis une "
        "revue. « Les sites de Lens et de Vire seront cédés en juillet », avait-elle alors précisé."
    )
    assert credited(text) == [["Reuters"], ["Anne Roy"]]


def test_selon_lui_is_whom_the_sentence_begins_with() -> None:
    text = (
        "Selon Bloomberg, la console sortirait en mars. Le leaker RegoLeaks, plutôt fiable, n’y "
        "croit pas : selon lui, rien n’arrivera avant 2027."
    )
    assert credited(text) == [["Bloomberg"], ["RegoLeaks"]]


def test_two_outlets_that_are_set_against_each_other_make_two_claims() -> None:
    text = (
        "Si Sky Sports parle d’un transfert de Hugo Lam à 14 M€, L’Équipe évoque plutôt un prêt "
        "avec obligation d’achat."
    )
    assert credited(text) == [["Sky Sports"], ["L'Équipe"]]


@pytest.mark.parametrize(
    "text",
    [
        "Dès mai, Bloomberg avait évoqué une possible cession de la filiale polonaise de Calix.",
        "En mai, Bloomberg avait fait état de discussions entre Calix et Rego.",
        "Bloomberg parle d’un projet de fusion entre Calix et Rego.",
        "Bloomberg écrivait début juin que le fonds poussait en coulisses à la vente de Calix.",
        "Bloomberg évoquait jeudi un surcoût de 600 millions d’euros par an d’ici à 2030.",
    ],
)
def test_what_an_outlet_told_of_earlier_is_its_claim(text: str) -> None:
    assert credited(text) == [["Bloomberg"]]


def test_sources_after_another_s_earlier_report_are_the_page_s_own() -> None:
    text = (
        "Selon nos informations, Calix prépare une offre. Le Figaro avait évoqué samedi un accord "
        "avec Rego. Il serait signé en juillet, selon un proche du dossier."
    )
    assert credited(text, outlet=HOUSE)[-1] == [HOUSE]


def test_who_is_said_to_have_had_it_too_does_not_tell_what_follows() -> None:
    text = (
        "Selon nos informations, Calix prépare une offre. Luc Armand devrait partir, comme l’a "
        "révélé La Tribune. Anne Roy lui succéderait en mai."
    )
    assert credited(text, outlet=HOUSE) == [[HOUSE], ["La Tribune"], [HOUSE]]


@pytest.mark.parametrize(
    "text",
    [
        "Selon La Tribune, Calix va vendre Rego. Rappelons que le groupe devrait publier ses "
        "comptes le 30 juillet.",
        "Selon La Tribune, Calix va vendre Rego. Pour rappel, le groupe devrait publier ses "
        "comptes le 30 juillet.",
    ],
)
def test_a_reminder_is_nobody_s_report(text: str) -> None:
    assert credited(text) == [["La Tribune"], []]


def test_who_has_not_confirmed_it_does_not_tell_it() -> None:
    text = "Ni Calix ni Luc Armand n’ont confirmé, mais, selon Variety, l’acteur devrait signer."
    assert credited(text) == [["Variety"]]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("À en croire plusieurs habitants de Vire, l’usine fermerait en mars.", [HOUSE]),
        ("Selon plusieurs analystes de Barclays, le titre pourrait monter en mars.", ["Barclays"]),
        ("La marque n’aurait pas dit son dernier mot, écrit Le Figaro.", ["Le Figaro"]),
        ("La baisse se poursuivrait en mai, calcule l’économiste Ada Pell.", ["Ada Pell"]),
    ],
)
def test_those_of_a_place_have_no_name_and_those_of_a_house_have_its(
    text: str, sources: list[str]
) -> None:
    assert credited(text, outlet=HOUSE) == [sources]


@pytest.mark.parametrize(
    "text",
    [
        "Calix réalise 40 % de ses ventes en Asie, selon les comptes publiés au greffe.",
        "Un audit a été commandé, selon le registre des marchés publics.",
        "« Ça nous ferait du bien », sourit Anne Roy, 78 ans, devant Calix.",
        "« On dirait que la rue est plus large », dit Luc Armand, de Calix.",
    ],
)
def test_registers_and_feelings_are_no_claims(text: str) -> None:
    assert credited(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Selon La Lettre, le nom d’Anne Roy, une ancienne de Calix, revient avec insistance.",
        "Selon La Lettre, les noms d’Anne Roy et de Luc Armand circulent pour diriger Calix.",
        "Selon La Lettre, Anne Roy figure parmi les priorités de Calix.",
        "Les sites de Lens et de Vire seraient du nombre, selon La Lettre.",
        "La volonté du groupe est de conclure avant l’été, confie un proche à La Lettre.",
    ],
)
def test_whose_name_goes_round_and_what_is_wanted_are_claims(text: str) -> None:
    assert credited(text) == [["La Lettre"]]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (
            "Selon Le Soir, elle serait remplacée par Luc Armand, aujourd’hui directeur de Calix.",
            None,
        ),
        ("Selon Le Soir, le ministre doit présenter, aujourd’hui, son plan.", TODAY),
        (
            "Selon Le Soir, le site pourrait fermer, une suite du plan présenté en juin.",
            None,
        ),
        ("Selon Le Soir, le plan devrait être présenté en juin.", date(2026, 6, 30)),
        (
            "Selon Le Soir, le ministre renoncerait à se présenter aux élections d’octobre 2026.",
            date(2026, 10, 31),
        ),
        ("Selon Le Soir, le parti devrait choisir au congrès de mai.", date(2026, 5, 31)),
        (
            "L’accord devrait être signé en février, sans doute d’ici la fin de la semaine, selon "
            "Le Soir.",
            date(2026, 2, 1),
        ),
    ],
)
def test_what_somebody_is_and_what_was_done_are_no_deadlines(text: str, due: date | None) -> None:
    assert deadlines(text) == [due]


def test_whom_the_last_sentence_named_goes_on_by_where_they_are_from() -> None:
    text = (
        "Selon nos informations, Lens a trouvé un accord avec Vire pour Hugo Lam. Le Franco-Danois "
        "passera sa visite médicale jeudi."
    )
    assert credited(text, outlet=HOUSE) == [[HOUSE], [HOUSE]]
