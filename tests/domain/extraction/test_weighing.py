"""What is a claim and what only looks like one."""

import pytest

from tests.domain.extraction.reading import credited


@pytest.mark.parametrize(
    "text",
    [
        "Les hommes de Marc Roy se projettent vite vers l'avant.",
        "Les Niçois espèrent rester leaders avant de jouer à Munich.",
        "Le suspect va terminer sa course dans un mur. Il va ensuite prendre la fuite à pied.",
        "Selon les quotidiens, la baisse vient de départs plus nombreux que prévu cette année.",
        "« C'est l'entreprise qui doit formuler de nouvelles propositions », précise la CGT.",
        "Sur Radio Sud, on lui demandait si Marc Roy prendrait la tête de Calix.",
        "Il n'a pas davantage indiqué si Nordica soutiendrait cette candidature.",
        "Personne n'en serait étonné : Marc Roy a déjà dirigé Calix.",
        "Pas de cadeau pour les voyageurs qui souhaitent prendre le train en fin d'année.",
        "Les syndicats réclament une prime alors que les négociations se déroulent en ce moment.",
        "Monaco veut vendre Rego, uniquement si le joueur revient en prêt.",
        "« On se parle et rien ne garantit qu'il y aura un accord », prévient Nordica.",
        "Recent data showed prices have picked up in Leeds over the past few months.",
        "Nordica gave no hint that it is even considering a sale of Calix.",
        "Leeds had also been looking to sign Rego, who has scored five goals.",
        "Back in April, Orbit delayed the phone due to issues with the screen.",
        "I'm not surprised that Orbit wants to get in on the trend.",
        'Ann Lowe told the Echo: "He is so good that we would be reluctant to lose him."',
        "The talks were advanced, but there was no guarantee that a deal would come by year-end.",
        "Any such move would follow the bank's decision in March to raise its key rate.",
        "Parents shun the vaccine over concerns, long debunked, that it could cause autism.",
        "The fossil beans may provide new insight into the evolution of Asian forests.",
        "Yesterday the minister set out his plan for managing the autumn and winter.",
        "An amber warning is in place in Scotland from 10am on Monday.",
    ],
)
def test_what_only_looks_like_a_claim_is_not_proposed(text: str) -> None:
    assert credited(text, outlet="X") == []


@pytest.mark.parametrize(
    "text",
    [
        "Le prix est estimé à 14 millions d'euros, à en croire Fabrizio Romano.",
        "Les discussions restent sur les rails, affirme le Financial Times.",
        "Les pourparlers sont en cours pour la vente de Calix, selon Les Échos.",
        "Le Monde a rapporté que Nordica réfléchissait à une vente de Calix.",
        "Rego a, selon RMC, déjà trouvé un accord avec Nice pour son contrat.",
        "Nordica s'emploie à vendre Calix, assure le Financial Times.",
        "AS affirme que Luis Perez est d'accord et que Nice touchera 48 millions d'euros.",
        "Le montant n'a pas été communiqué, mais il serait de 4 millions d'euros, selon Les Échos.",
        "Nordica is in the process of selling Calix, according to the Guardian.",
        "Rego is travelling to Leeds to undergo a medical, according to Sky Sports.",
        "Nordica is willing to sell Calix, the Guardian reported.",
        'Ann Lowe is in "early talks" to join the film, Deadline is reporting.',
        "Rego is getting close to leaving Nice, according to Fabrizio Romano.",
        "Theresa May has confirmed that a reshuffle will take place on Monday.",
    ],
)
def test_news_of_what_is_not_known_is_proposed(text: str) -> None:
    assert len(credited(text, outlet="X")) == 1
