"""How a credit is carried on from one sentence to the next."""

import pytest

from tests.domain.extraction.reading import TODAY, credited
from verification.domain.extraction import extract


@pytest.mark.parametrize(
    "again",
    [
        "Le quotidien ajoute que la direction partirait en juin.",
        "Selon ces mêmes sources, la direction partirait en juin.",
        "La direction partirait en juin, précise le journal.",
        "La direction partirait en juin.",
        "Toujours selon le quotidien américain, la direction partirait en juin.",
    ],
)
def test_a_french_text_that_goes_on_about_a_report_credits_the_same_source(again: str) -> None:
    text = f"Nordica pourrait racheter Calix, rapporte le Wall Street Journal. {again}"
    assert credited(text) == [["Wall Street Journal"], ["Wall Street Journal"]]


@pytest.mark.parametrize(
    "again",
    [
        "A deal could be announced next week, the paper said.",
        "A deal could be announced next week, one of the people said.",
        "A deal could be announced next week.",
        "They said a deal could be announced next week.",
    ],
)
def test_an_english_text_that_goes_on_about_a_report_credits_the_same_source(again: str) -> None:
    text = f"Nordica is in talks to buy Calix, the Financial Times reported. {again}"
    assert credited(text) == [["Financial Times"], ["Financial Times"]]


def test_a_report_that_is_far_behind_is_not_carried_on() -> None:
    text = (
        "Nordica is in talks to buy Calix, Reuters reported.\n\nCalix was founded in 2004.\n\n"
        "It has offices in Lyon.\n\nIts plant in Spain is due to open in May."
    )
    assert credited(text) == [["Reuters"], []]


def test_another_credit_takes_over() -> None:
    text = (
        "Nordica is in talks to buy Calix, Reuters reported. Bloomberg said a deal could be "
        "announced next week. It could be worth $4bn."
    )
    assert credited(text) == [["Reuters"], ["Bloomberg"], ["Bloomberg"]]


@pytest.mark.parametrize(
    "text",
    [
        "Selon nos informations, une version sportive serait à l'étude pour 2028.",
        "Nordica pourrait racheter Calix en mars, nous a confié un cadre du groupe.",
        "Nordica could buy Calix in May, according to two people close to the talks.",
    ],
)
def test_own_reporting_is_the_outlets_where_it_is_known(text: str) -> None:
    assert credited(text, outlet="Auto Actu") == [["Auto Actu"]]
    assert credited(text) == [[]]


def test_the_agency_of_a_dateline_is_the_outlet_where_none_is_told() -> None:
    text = "LONDON, Jan 30 (Reuters) - Nordica is preparing to sell Calix, two sources said."
    assert credited(text) == [["Reuters"]]
    assert extract(text, published=TODAY).outlet == "Reuters"
    assert extract(text, published=TODAY, outlet="The Wire").outlet == "The Wire"


def test_a_rumour_is_whose_report_the_next_sentence_credits() -> None:
    text = "Nordica vendrait Calix à Orbit. Selon Reuters, un accord serait signé en mars."
    assert credited(text) == [["Reuters"], ["Reuters"]]
    apart = text.replace("Orbit. ", "Orbit.\n\n")
    assert credited(apart) == [["Reuters"], ["Reuters"]]
    far = text.replace(
        "Orbit. ", "Orbit.\n\nCalix emploie 300 personnes.\n\nElle est née en 1990.\n\n"
    )
    assert credited(far) == [[], ["Reuters"]]


def test_a_rumour_that_says_little_is_proposed_where_the_next_sentence_reports_it() -> None:
    text = "Nordica pourrait ne pas garder ses usines. C'est ce que rapporte le New York Post."
    assert credited(text) == [["New York Post"]]
    assert credited(text.partition(" C'est")[0]) == []


@pytest.mark.parametrize(
    "sign",
    [
        "(Reporting by Ann Lowe; Editing by Tom Reed)",
        "(Reuters)",
        "Source: Reuters",
        "— Reuters",
    ],
)
def test_a_wires_copy_is_the_wires_on_whatever_page(sign: str) -> None:
    text = f"Nordica is preparing to sell Calix, two people close to the matter said.\n\n{sign}"
    assert credited(text, outlet="Leeds Daily") == [["Reuters"]]
    assert extract(text, published=TODAY, outlet="Leeds Daily").outlet == "Leeds Daily"


def test_a_dateline_names_the_agency_on_whatever_page() -> None:
    text = "PARIS, 30 janvier (AFP) - Nordica serait vendu en mars, selon deux sources."
    assert credited(text, outlet="Ouest Éco") == [["AFP"]]


def test_a_reporter_who_is_named_again_is_gone_on_about() -> None:
    text = (
        "Selon Mark Gurman, Orion lancera une tablette en mars. L'écran serait plus grand.\n\n"
        "Gurman a aussi décrit la gamme. La marque devrait présenter deux montres."
    )
    assert credited(text) == [["Mark Gurman"]] * 3


def test_other_sources_are_not_those_before() -> None:
    text = (
        "Orbit paierait 4 millions d'euros, selon L'Équipe. D'après d'autres sources, le contrat "
        "serait signé lundi."
    )
    assert credited(text, outlet="Radio Sud") == [["L'Équipe"], ["Radio Sud"]]


def test_unnamed_people_are_not_those_of_somebody_who_spoke_by_name() -> None:
    text = (
        "Nordica rachètera Calix en mars, a confié Marc Tessier aux Échos.\n\nSelon une source "
        "syndicale, Calix fermerait son usine en mai."
    )
    assert credited(text, outlet="Auto Actu") == [["Marc Tessier", "Les Échos"], ["Auto Actu"]]


def test_he_added_is_the_reporter_and_not_the_club() -> None:
    text = (
        "Orbit could drop the port, according to Bloomberg's Mark Feld. He added that the Red "
        "Devils were close to signing Mendes."
    )
    assert credited(text) == [["Bloomberg", "Mark Feld"], ["Bloomberg", "Mark Feld"]]


def test_what_is_carried_on_stays_whose_it_was_beside_a_claim_with_another_source() -> None:
    text = (
        "Nordica est en discussions pour racheter Calix, rapporte le Wall Street Journal.\n\n"
        "Calix chercherait à lever 2 milliards d'euros. Boréal et Sirius seraient également en "
        "pourparlers, d'après The Information."
    )
    assert credited(text) == [["Wall Street Journal"], ["Wall Street Journal"], ["The Information"]]
