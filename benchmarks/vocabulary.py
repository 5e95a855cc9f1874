"""Invented claims in English and French, with words that are as unequally frequent as in print."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass


def _words(text: str) -> list[str]:
    return text.split()


#: The head of the distribution; names that nobody bears follow, down to words that occur once.
ENGLISH = _words("""
company government deal market shares price factory plant merger launch election strike minister
budget bank rate court trial season transfer striker coach stadium album series studio film
platform chip battery model satellite rocket mission contract pipeline refinery airline airport
train hospital vaccine drug union pension tax tariff treaty summit sanctions border ceasefire
parliament senate president chancellor governor mayor candidate coalition referendum board
chairman stake bid offer listing bond debt loan bankruptcy layoffs hiring headquarters campus
warehouse store brand network spectrum licence patent lawsuit settlement fine inquiry report
recall upgrade delay opening closure sale purchase expansion investment funding round valuation
revenue profit loss dividend
""")
FRENCH = _words("""
entreprise gouvernement accord marché actions prix usine site fusion lancement élection grève
ministre budget banque taux tribunal procès saison transfert attaquant entraîneur stade album
série studio film plateforme puce batterie modèle satellite fusée mission contrat gazoduc
raffinerie compagnie aéroport train hôpital vaccin médicament syndicat retraite impôt tarif
traité sommet sanctions frontière trêve parlement sénat président chancelier gouverneur maire
candidat coalition référendum conseil dirigeant participation offre cotation obligation dette
prêt faillite licenciements embauches siège campus entrepôt magasin marque réseau spectre
licence brevet plainte règlement amende enquête rapport rappel retard ouverture fermeture vente
achat expansion investissement levée valorisation bénéfice dividende réforme décret négociation
prévision croissance inflation énergie réacteur éolienne
""")
SYLLABLES = [
    head + tail
    for head in _words("b c d f g l m n p r s t v z br cr dr gr pl st tr ch")
    for tail in _words("a e i o u an en on al ar er is or é")
]
NAMES = 40_000

PATTERNS = {
    "en": (
        "{a} will {verb} {b} for ${n}bn by {when}, with {x} and {y}.",
        "{a} could {verb} its {x} in {b} before {when}: {n} jobs at the {y}.",
        "The {x} of {a} will be decided by {when}, {n} {y} included, says {b}.",
        "{a} is set to {verb} the {x} {y} of {b} by {when}.",
    ),
    "fr": (
        "{a} devrait {verb} {b} pour {n} milliards d’euros {when}, {x} et {y} compris.",
        "{a} pourrait {verb} l’{x} de {b} avant la fin de {when} : {n} postes au {y}.",
        "La {x} de {a} sera décidée {when}, {y} de {b} et {n} millions d’euros à la clé.",
        "{a} s’apprête à {verb} le {x} {y} de {b} {when}.",
    ),
}
VERBS = {
    "en": _words("buy sell open close launch cancel finance sue replace join leave build"),
    "fr": _words("acheter céder ouvrir fermer lancer annuler financer attaquer remplacer quitter"),
}
CRITERIA = {
    "en": "Confirmed if {a} or {b} says so on the record; denied if the {x} is called off.",
    "fr": "Confirmé si {a} ou {b} l’annonce officiellement ; démenti si le {x} est abandonné.",
}
HEDGES = {"en": ("could", "is set to", "will", ""), "fr": ("pourrait", "devrait", "va", "")}


@dataclass(frozen=True, slots=True)
class Worded:
    """The texts of one claim."""

    statement: str
    criteria: str


class Vocabulary:
    """Words and names by Zipf's law, from one seed."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        names: dict[str, None] = {}
        while len(names) < NAMES:
            names["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).capitalize()] = None
        self.names = list(names)
        self.by_name = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(NAMES)))
        self.words = {
            language: [
                *common,
                *(name.lower() for name in self.names[:: 4 if language == "en" else 5]),
            ]
            for language, common in (("en", ENGLISH), ("fr", FRENCH))
        }
        self.by_word = {
            language: list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))
            for language, words in self.words.items()
        }

    def claim(self, language: str, year: int) -> Worded:
        """A statement and its criteria."""
        rng = self.rng
        a, b = rng.choices(self.names, cum_weights=self.by_name, k=2)
        x, y = rng.choices(self.words[language], cum_weights=self.by_word[language], k=2)
        when = f"{'Q' if language == 'en' else 'T'}{rng.randint(1, 4)} {year}"
        said = {
            "a": a, "b": b, "x": x, "y": y, "when": when, "verb": rng.choice(VERBS[language]),
            "n": int(rng.paretovariate(0.8)) % 100_000,
        }  # fmt: skip
        return Worded(
            rng.choice(PATTERNS[language]).format(**said), CRITERIA[language].format(**said)
        )
