"""What somebody reports to have been done, or not to be going to be done."""

import pytest

from tests.domain.extraction.reading import TODAY, credited
from verification.domain.extraction import extract


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Selon Le Monde, le patron de Nordica a rencontré trois fois les dirigeants de Calix.",
            ["Le Monde"],
        ),
        (
            "RMC Sport affirme que Rego a refusé une offre de Lens.",
            ["RMC Sport"],
        ),
        (
            "Hier, Marca a laissé entendre que Rego avait accepté un contrat de trois ans à Nice.",
            ["Marca"],
        ),
        (
            "Kotaku tient de deux sources qu'une suite d'Orion a été proposée à l'éditeur.",
            ["Kotaku"],
        ),
        (
            "Reuters a appris de deux sources que Nordica a proposé 4 milliards d'euros de Calix.",
            ["Reuters"],
        ),
        ("Bloomberg assure que la vente de Calix à Nordica est désormais certaine.", ["Bloomberg"]),
    ],
)
def test_a_step_on_an_outlets_own_word_is_a_claim(text: str, sources: list[str]) -> None:
    assert credited(text, outlet="Radio Sud") == [sources]


@pytest.mark.parametrize(
    "text",
    [
        "Selon l'AFP, trois personnes ont été arrêtées à Lyon dans l'attaque d'un fourgon.",
        "Selon une étude publiée par Le Monde, les loyers ont augmenté de 4 % à Lyon.",
        "Le ministre a déclaré que le gouvernement a proposé une loi sur l'énergie.",
        "Selon L'Équipe, Nice avait proposé un contrat à Rego l'an dernier.",
        "Selon les pompiers, le feu a été maîtrisé et les habitants de Rilly ont été accueillis.",
    ],
)
def test_what_has_openly_happened_is_none(text: str) -> None:
    assert credited(text, outlet="Radio Sud") == []


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("D'après RMC, Rego ne devrait pas prolonger son contrat à Nice.", ["RMC"]),
        ("Nordica ne serait pas intéressé par Calix, selon Les Échos.", ["Les Échos"]),
        ("Calix ne sera pas vendu à Nordica, affirme le Financial Times.", ["Financial Times"]),
        ("Nordica is not expected to return with a bid, the FT said.", ["Financial Times"]),
    ],
)
def test_a_rumour_that_is_denied_by_a_report_is_a_claim(text: str, sources: list[str]) -> None:
    assert credited(text, outlet="Radio Sud") == [sources]


def test_what_is_not_going_to_happen_on_nobodys_word_is_none() -> None:
    assert credited("Nordica ne devrait pas vendre Calix.", outlet="Radio Sud") == []
    assert credited("Nordica will not sell Calix.", outlet="Radio Sud") == []


def test_what_may_be_comes_before_what_may_not() -> None:
    text = "Nordica is not expected to bid again, though it may sell its stake, the FT said."
    [found] = extract(text, published=TODAY).candidates
    assert found.hedge == "may"


def test_a_report_of_a_step_has_no_deadline() -> None:
    text = "Avant mars, Nordica et Calix ont conclu un accord, affirme Le Monde."
    [found] = extract(text, published=TODAY).candidates
    assert (found.sources, found.deadline) == (("Le Monde",), None)
