"""French forms of crediting somebody."""

import pytest

from tests.domain.extraction.reading import credited


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Nordica serait vendu en mars, écrit le quotidien économique roumain Ziarul.",
            ["Ziarul"],
        ),
        (
            "La ministre, Anne Roy, a affirmé lundi sur BFMTV que le musée ouvrirait en mai.",
            ["Anne Roy", "BFMTV"],
        ),
        (
            "Le ministre, Radu Ilie, a déclaré au micro de Digi24 que le choix tomberait en mai.",
            ["Radu Ilie", "Digi24"],
        ),
        (
            "Orbit sortirait un téléphone en mars, d'après le leaker Digital Panda, dont les "
            "prédictions se révèlent justes.",
            ["Digital Panda"],
        ),
        (
            "Nordica serait vendu en mars, a indiqué à l'AFP une source proche du dossier.",
            ["AFP"],
        ),
        (
            "Nordica serait vendu en mars, ont indiqué plusieurs proches, mardi à Reuters.",
            ["Reuters"],
        ),
        (
            "La maternité devrait fermer en mars, a confirmé la direction au Télégramme.",
            ["Le Télégramme"],
        ),
        (
            "Le X9 arriverait en mars, si l'on en croit les documents mis en ligne par le site "
            "vietnamien TekNow.",
            ["TekNow"],
        ),
        ("Orbit préparerait un téléphone, selon le compte @orbit_fr.", ["@orbit_fr"]),
        (
            "Un texte sera déposé en mars, a prévenu Marie Roy, secrétaire de l'Union, sur "
            "Franceinfo.",
            ["Marie Roy", "Franceinfo"],
        ),
        ("Trois groupes seraient intéressés, d'après le collectif Oui au train.", ["Oui au train"]),
        ("Les analystes de la banque Oddion tablent sur un accord en mars.", ["Oddion"]),
        (
            "Nordica serait vendu en mars, affirme le Journal du Dimanche.",
            ["Le Journal du Dimanche"],
        ),
        ("Selon le Wall Street Journal, Nordica pourrait racheter Calix.", ["Wall Street Journal"]),
        ("Nordica pourrait racheter Calix, d'après le WSJ.", ["Wall Street Journal"]),
        ("À en croire L’Équipe, Solano devrait signer à Lyon jeudi.", ["L'Équipe"]),
        (
            "Selon les informations du Monde, Nordica pourrait racheter Calix.",
            ["Le Monde"],
        ),
        (
            "Selon nos confrères de L'Equipe, Solano devrait signer à Lyon jeudi.",
            ["L'Équipe"],
        ),
        ("Nordica pourrait racheter Calix, rapporte le Financial Times.", ["Financial Times"]),
        ("Nordica serait vendu en mars, a indiqué mardi l'agence Reuters.", ["Reuters"]),
        ("Reuters affirme que Nordica pourrait racheter Calix.", ["Reuters"]),
        ("De son côté, RMC Sport croit savoir que Solano signerait jeudi.", ["RMC Sport"]),
        ("Solano signerait jeudi, croit savoir le journal Marca.", ["Marca"]),
        (
            "Nordica rachètera Calix en mars, a confié Marc Tessier aux Échos.",
            ["Marc Tessier", "Les Échos"],
        ),
        (
            "Nordica prévoit de racheter Calix, a déclaré son directeur, Marc Tessier, dans un "
            "entretien au Figaro.",
            ["Marc Tessier", "Le Figaro"],
        ),
        (
            "Le taux serait maintenu, anticipent les économistes interrogés par Bloomberg.",
            ["Bloomberg"],
        ),
        (
            "Nordica serait vendu en mars, selon une source ministérielle citée par l'AFP.",
            ["AFP"],
        ),
        ("Le budget serait gelé, selon un document que l'AFP a pu consulter.", ["AFP"]),
        ("La ligne ouvrira en mars, a appris l'AFP.", ["AFP"]),
        ("L'AFP a appris de source proche du dossier que la ligne ouvrira en mars.", ["AFP"]),
        (
            "La ligne ouvrira en mars, a fait savoir la Société des grands projets.",
            ["Société des grands projets"],
        ),
        (
            "Le projet sera présenté le 3 mars, a annoncé la porte-parole du gouvernement.",
            ["porte-parole du gouvernement"],
        ),
        (
            "La présidente de région, Hélène Marchal, promet que la ligne ouvrira en mars.",
            ["Hélène Marchal"],
        ),
        (
            "L'ARS, de son côté, assure qu'une décision sera prise en mars.",
            ["ARS"],
        ),
        (
            "Orbit sortirait un téléphone en mars, affirme l'analyste Ming-Li Zhao.",
            ["Ming-Li Zhao"],
        ),
    ],
)
def test_a_french_credit_names_its_source(text: str, sources: list[str]) -> None:
    assert credited(text) == [sources]


def test_an_adverb_stands_between_the_parts_of_the_verb() -> None:
    text = (
        "« Le dispositif sera plus resserré en mai », a d'ailleurs soufflé Odile Varenne, la maire."
    )
    assert credited(text) == [["Odile Varenne"]]
