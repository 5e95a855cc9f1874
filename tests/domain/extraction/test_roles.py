"""Who is meant by an office, by a house's head, and before a colon."""

import pytest

from tests.domain.extraction.reading import credited
from verification.domain.extraction.roles import holder, holders


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Anne Roy, ministre des Transports, a parlé jeudi. La ministre a ajouté que le train "
            "pour Rilly partirait en mars.",
            [["Anne Roy"]],
        ),
        (
            "Le patron de Nordica, Marc Tessier, est venu lundi. Calix sera vendu en mars, a "
            "indiqué le patron.",
            [["Marc Tessier"]],
        ),
        (
            "Les taux baisseront en mars, a déclaré lundi le gouverneur de la Banque de Norland, "
            "Marc Tessier.",
            [["Marc Tessier"]],
        ),
        (
            "Le patron de Nordica Luca de Mello a annoncé que Calix serait vendu en mars.",
            [["Luca de Mello"]],
        ),
        (
            "Le gouverneur de la Banque de Norland François Villeroy de Rilly a dit que les taux "
            "baisseraient en mars.",
            [["François Villeroy de Rilly"]],
        ),
        (
            "Le ministre de l'Intérieur Luc Armand a assuré que la loi serait votée en mars.",
            [["Luc Armand"]],
        ),
        (
            "Kevin Rego refuse de partir. L'ancien portier du PSG a annoncé qu'il resterait à "
            "Francfort cette saison.",
            [["Kevin Rego"]],
        ),
        (
            "Luc Armand se montre prudent : « Le musée de Rilly pourrait rouvrir en mars. »",
            [["Luc Armand"]],
        ),
        (
            "Mark Gurman, le journaliste de Bloomberg, a refroidi les amateurs : la montre Orion "
            "serait présentée en mars.",
            [["Mark Gurman", "Bloomberg"]],
        ),
    ],
)
def test_the_person_is_credited_and_not_the_house(text: str, sources: list[list[str]]) -> None:
    assert credited(text, outlet="Radio Sud") == sources


def test_an_office_that_nobody_holds_stays_what_it_is() -> None:
    text = "La ministre a ajouté que le train pour Rilly partirait en mars."
    assert credited(text, outlet="Radio Sud") == [["ministre"]]


def test_offices_are_read_on_either_side_of_a_name() -> None:
    known = holders("La maire de Rilly, Anne Roy, a reçu Marc Tessier, directeur de Calix.")
    assert holder("maire", known) == "Anne Roy"
    assert holder("directrice", known) == "Marc Tessier"
    assert holder("préfète", known) is None
    assert holder("les trains", known) is None


def test_a_body_of_the_party_is_not_whoever_leads_it() -> None:
    known = holders("Party leader Joan Keller intends to step down before Christmas.")

    assert holder("party's rules committee", known) is None
    assert holder("the party leader", known) == "Joan Keller"
