"""What is nobody's report, and where a report is no longer gone on about."""

import pytest

from tests.domain.extraction.reading import credited

REPORT = "Selon RMC, Nice pourrait vendre Marc Rego à Lens pour 9 millions d'euros.\n\n"


@pytest.mark.parametrize(
    "more",
    [
        "À Marseille, Luc Petit serait proche d'un départ.",
        "Du côté de Monaco, Kevin Grand aurait refusé une offre.",
    ],
)
def test_a_paragraph_about_somebody_else_is_nobodys_report(more: str) -> None:
    assert credited(REPORT + more, outlet="Radio Sud") == [["RMC"], []]


@pytest.mark.parametrize(
    "more",
    [
        "Rego serait tenté par un retour dans le Nord.",
        "Il aurait déjà refusé une offre de Metz.",
        "Le Suédois de 26 ans aurait déjà refusé une offre de Metz.",
        "Quant à Lens, le club aurait aussi sondé Petit.",
        "Une visite médicale serait programmée à Lens.",
    ],
)
def test_a_paragraph_that_goes_on_about_it_is_that_report(more: str) -> None:
    assert credited(REPORT + more, outlet="Radio Sud") == [["RMC"], ["RMC"]]


@pytest.mark.parametrize(
    "text",
    [
        "Selon les médias américains, le vaccin de Calix pourrait être autorisé en mars.",
        "Calix serait vendu en mars, affirment différents médias.",
        "Selon certaines indiscrétions, le ministre Luc Armand quitterait le gouvernement en mars.",
        "Aux dernières nouvelles, Marc Roy serait en pole position pour diriger Calix.",
        "Des rumeurs circulent sur le retour de Marc Roy à la tête de Calix.",
        "La députée Anne Roy a parlé. Le nom de Marc Petit est évoqué pour Calix.",
    ],
)
def test_what_the_press_or_rumour_says_is_nobodys(text: str) -> None:
    assert credited(text, outlet="Radio Sud") == [[]]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("INFO RADIO NORD : Rego est en discussions avec Lens.", ["RADIO NORD"]),
        ("Marc Roy est formel : Rego ne sera pas vendu à Lens.", ["Marc Roy"]),
        ("Selon Chosun donc, Orbit présenterait Orion en juin.", ["Chosun"]),
        (
            "L'Agence des médicaments (EMA en anglais) a annoncé qu'elle trancherait en mars.",
            ["Agence des médicaments"],
        ),
        (
            "par Anne Roy LONDRES (Reuters) - La banque réduira ses taux en mars, montre une "
            "enquête de Reuters auprès d'économistes.",
            ["Reuters"],
        ),
        ("Comme indiqué par Sport 1, Rego est en contacts avancés avec Lens.", ["Sport1"]),
        ("L'AS Rome aurait proposé un échange à Lens (Gerard Romero).", ["Gerard Romero"]),
        (
            "La Lettre de l'Expansion rapporte que Calix pourrait être vendu en mars.",
            ["La Lettre de l'Expansion"],
        ),
        (
            "Au mois de juin, Le Figaro se faisait l'écho d'un départ que Marc Roy préparerait.",
            ["Le Figaro"],
        ),
    ],
)
def test_whose_it_is_nevertheless(text: str, sources: list[str]) -> None:
    assert credited(text, outlet="Radio Sud") == [sources]


def test_an_older_interview_does_not_take_a_report_over() -> None:
    text = (
        "Selon Le Monde, Calix prévoit de fermer deux usines. En juin, Marc Roy l'avait déjà "
        "laissé entendre dans une interview à la NZZ. L'usine de Rilly serait la première."
    )
    assert credited(text, outlet="Radio Sud")[-1] == ["Le Monde"]
