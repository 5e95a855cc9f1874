"""French reports: who is credited with a rumour, and how far it goes on."""

from datetime import date

import pytest

from tests.domain.extraction.reading import TODAY, credited
from verification.domain.extraction import extract


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Rego pourrait retourner à Nice. (Gazzetta dello Sport)", ["Gazzetta dello Sport"]),
        ("Rego pourrait retourner à Nice. (Voetbal Nieuws)", ["Voetbal Nieuws"]),
        ("Rego signerait à Nice (RMC Sport).", ["RMC Sport"]),
        ("Selon «Télé-Loisirs», Marie Roy animerait le jeu en mars.", ["Télé Loisirs"]),
        ("Selon l'hebdomadaire «Le Phare», Calix serait vendu en mars.", ["Phare"]),
        ("Calix serait vendu, selon les informations des 'Echos'.", ["Les Échos"]),
        ("Selon le Sun, Rego signerait à Nice.", ["The Sun"]),
        ("Selon Sport et El Mundo Deportivo, Rego partirait.", ["Sport", "Mundo Deportivo"]),
        ("Rego signerait à Nice, selon L'Équipe et Rugby Sud.", ["L'Équipe", "Rugby Sud"]),
        ("Selon Marc Petit et Anne Grand, Orbit sortirait en mars.", ["Marc Petit", "Anne Grand"]),
        ("Selon une note de J.P. Morland, Orbit sortirait en mars.", ["J.P. Morland"]),
        (
            "Selon le journaliste Hugo Lam (Sky Sports), Rego signerait à Nice.",
            ["Hugo Lam", "Sky Sports"],
        ),
        ("Pour l'insider Hugo Lam, Orion sortirait en mars.", ["Hugo Lam"]),
        ("À lire Kotaku, Orion aurait droit à une suite en mars.", ["Kotaku"]),
        (
            "Une fuite corroborée par VGC veut qu'Orion sorte en mars, Orbit devrait suivre.",
            ["VGC"],
        ),
        ("C'est L'Équipe qui révèle que Rego signerait à Nice.", ["L'Équipe"]),
        ("Calix serait vendu, reprend le magazine Capital.", ["Capital"]),
        ("Calix serait vendu, glissait lundi Le Figaro.", ["Le Figaro"]),
        ("La vente de Calix serait proche, a-t-on appris lundi auprès du SNJ.", ["SNJ"]),
        ("Sur BFMTV ce lundi, Anne Roy a dit que la loi passerait en mars.", ["BFMTV", "Anne Roy"]),
        ("Selon Marc Roy, qui précise que le prix monterait, Calix serait vendu.", ["Marc Roy"]),
        ("Un proche du ministre nous le confirme : la loi passerait en mars.", ["Radio Sud"]),
        ("Le Monde rapporte que Marc Roy a dit à ses élus que Calix serait vendu.", ["Le Monde"]),
        ("Selon Hugo Lam, si Orbit lance un téléphone, il serait pliable.", ["Hugo Lam"]),
        ("Selon Les Échos, Calix juge l'offre trop basse et pourrait la refuser.", ["Les Échos"]),
        ("TF1 aurait proposé le jeu du soir à Marie Roy.", []),
        ("Marca et L'Équipe sont d'accord : Rego devrait signer.", ["Marca", "L'Équipe"]),
        ("Hugo Nys, économiste à Oddion, estime que Calix serait vendu en mars.", ["Hugo Nys"]),
        ("Hugo Nys, analyste à la banque Oddion, juge que Calix serait vendu.", ["Hugo Nys"]),
        (
            "Anne Roy et Hugo Nys, de la banque Oddion, estiment que Calix serait vendu.",
            ["Anne Roy", "Hugo Nys"],
        ),
        (
            "Anne Roy et Hugo Nys, d'Oddion, tiennent pour probable une hausse en mars.",
            ["Anne Roy", "Hugo Nys"],
        ),
        ("Hugo Nys, économiste, estime que Calix serait vendu en mars.", ["Hugo Nys"]),
        ("L'Insee table sur une croissance de 0,9 % en 2026.", ["L'Insee"]),
        ("Le nom de Marc Roy circule pour diriger Calix, croit savoir Marianne.", ["Marianne"]),
        ("Les ministres tablent sur mars pour Rilly, a appris Le Monde.", ["Le Monde"]),
    ],
)
def test_whose_report_it_is(text: str, sources: list[str]) -> None:
    [found] = credited(text, outlet="Radio Sud")
    assert set(found) == set(sources)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        # Its next paragraph is somebody else's.
        (
            "Nice pense à Rego, révèle Marca. Le joueur serait tenté.\n\n"
            "À Lens, Petit serait proche d'un départ. RMC Sport évoque une offre de 4 millions.",
            ["RMC Sport"],
        ),
        # It goes on under the next heading.
        (
            "D'après Foot Mercato, Nice pourrait passer à l'action pour Rego.\n\n"
            "Nice en tête d'affiche\n\nRego serait une doublure de Petit à Nice.",
            ["Foot Mercato"],
        ),
        # It goes on after something that has happened.
        (
            "Foot Mercato révèle que Rego signerait à Nice. Il a passé sa visite médicale. "
            "La signature de son contrat devrait intervenir mardi.",
            ["Foot Mercato"],
        ),
        # "Various sources" and "the local press" are not the outlet before.
        (
            "Rego partirait, selon RMC. D'après diverses sources, il plairait à Lens.",
            ["Radio Sud"],
        ),
        # What the page has of its own sources is a rumour of its own.
        (
            "Selon nos informations, Rego a trouvé un accord avec Nice.\n\n"
            "Il signerait un contrat de quatre ans.",
            ["Radio Sud"],
        ),
        # A poll's economists.
        (
            "Selon un sondage Reuters, la banque relèverait ses taux en mars. Parmi eux, cinq "
            "économistes tablent sur un taux à 4 % en mai.",
            ["Reuters"],
        ),
    ],
)
def test_how_far_a_report_goes_on(text: str, sources: list[str]) -> None:
    found = credited(text, outlet="Radio Sud")
    assert sources in found[-2:]
    assert found[-1] == sources or found[-2] == sources


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("La signature de Rego devrait venir fin mai, début juin.", date(2026, 6, 10)),
        (
            "Orion sera présenté en mars, et plus précisément le 12 mars, selon Kotaku.",
            date(2026, 3, 12),
        ),
        ("Libre en juin, Rego chercherait un club avec Nice, selon RMC.", None),
        ("Calix va contester le jugement qui l'a condamné lundi, a appris Le Monde.", None),
        ("Difficile à ce jour de dire si Calix sera vendu, selon Le Monde.", None),
    ],
)
def test_which_day_counts(text: str, day: date | None) -> None:
    [found] = extract(text, published=TODAY).candidates
    assert found.deadline == day


@pytest.mark.parametrize(
    "text",
    [
        "Il y a encore trois semaines, ils prévoyaient que Calix pourrait être vendu en mai.",
        "Il s'en serait vendu 3 millions en 2024, selon Canalys.",
        "La réunion de Calix, prévue le 25 février, n'avait pu se tenir.",
        "Tout portait à croire que Rego pourrait partir à Nice.",
        "Ce qui resterait la solution la plus simple pour Rego.",
        "On ne sait pas quand Orbit révélera la montre Orion.",
    ],
)
def test_what_is_past_or_only_thought_is_not_proposed(text: str) -> None:
    assert credited(text, outlet="Radio Sud") == []


@pytest.mark.parametrize(
    "text",
    [
        "Les éditeurs de Calix… et de Nordica seront vendus en mars, selon Le Monde.",
        "« Rego viendra à Nice. » Selon Marca, Lens aurait aussi proposé 4 millions d'euros.",
    ],
)
def test_where_a_sentence_ends(text: str) -> None:
    assert len(credited(text, outlet="Radio Sud")) == 1


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Selon Les Échos, Marc Roy semble bien parti pour diriger Calix.", "semble bien parti"),
        ("Selon Les Échos, on parle toujours de Marc Roy pour diriger Calix.", "on parle toujours"),
        ("Selon Marca, Anne Roy fait la course en tête pour le poste.", "fait la course en tête"),
        ("Selon Marca, Nice a un nouveau favori pour le banc : Hugo Lam.", "favori"),
        ("Selon Marca, Hugo Lam reste une option sérieuse pour Nice.", "reste une option"),
        ("Plusieurs rumeurs donnent la date du 11 août pour le téléphone d'Orbit.", "rumeurs"),
        ("Selon Les Échos, il devient plus probable que Nordica vende Calix.", "probable"),
        ("Selon Les Échos, les acheteurs ont jusqu'à lundi pour faire une offre.", "ont"),
    ],
)
def test_who_is_ahead_or_in_question_is_a_claim(text: str, hedge: str) -> None:
    [found] = extract(text, published=TODAY).candidates
    assert hedge in found.hedge
