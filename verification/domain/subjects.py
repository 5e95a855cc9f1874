"""Which beat a statement most likely belongs to.

Three things speak for a beat: words of the statement that are commoner in its past claims than in
those of the others, the beats of which the credited sources have reported before, and, for a
newsroom that has logged little yet, words of a subject, in English and French, that the beat is
named after. Where none of them speaks clearly, nothing is said.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from verification.domain.words import words

#: What must speak for a beat at least, and by how much it must be ahead of the next one. A word
#: that only its claims have is worth more.
_LEAST, _AHEAD = 0.5, 0.2
#: What a word of a subject is worth, and the most that the whole page counts beside the statement.
_WORD, _PAGE_MOST = 0.8, 2.0
#: Claims of a beat that its rates are smoothed with, so that one claim does not make a rule.
_PRIOR = 1.0
#: In how many past claims a common word must stand before it tells anything.
_OFTEN = 8
_NAME = re.compile(r"\b[^\W\d_a-zà-ÿ][\w’'&-]*")
#: Words that are so little commoner in a beat than elsewhere are every beat's.
_COMMON = 0.3
_SOURCE = 0.6
#: What a past claim that says the same is worth, and how far a statement must be ahead by itself to
#: be of another beat than its page.
_ALIKE, _CLEAR = 3.0, 2.0
#: What must speak for a page's beat, and how far it must be ahead, so that nobody need look at it.
#: A word of the statement stands in the page as well, so one alone is worth 1.6.
_SURE, _SURELY_AHEAD = 2.0, 0.5

#: Each subject: the words by which a beat is named after it, then those of its news.
_SUBJECTS = """
football sport sports soccer rugby tennis foot basket cyclisme olympics athletisme :: club clubs
coach coaches entraineur entraineurs striker midfielder defender goalkeeper winger attaquant
milieu defenseur gardien ailier transfer transfert mercato loan pret ligue league uefa fifa psg om
ol champions coupe cup match matchs stade stadium selectionneur joueur joueurs player players
contrat saison season supporters ballon tournoi tournament grand slam formule pilote juventus
arsenal chelsea liverpool barca barcelone barcelona madrid bayern inter milan lyon marseille
monaco nba nfl
--
tech technology technologie technologies numerique digital ai ia startups internet software ::
openai anthropic nvidia microsoft google meta chatgpt gpt llm chatbot model modele startup chip
chips puce puces semiconductor semiconducteurs datacenter data cloud software logiciel
intelligence artificielle artificial algorithm cybersecurity cybersecurite robot robots tsmc intel
amd oracle softbank mistral app application applications plateforme platform
--
apple hardware telephones phones smartphones gadgets mobile consumer appareils :: apple iphone
ipad mac macbook airpods watch samsung galaxy pixel smartphone smartphones telephone telephones
phone phones foldable pliable pliant ecran screen casque headset tablette tablet oled batterie
battery camera xiaomi huawei oppo honor oneplus vision airtag ios android wearable
--
games game gaming jeux jeu videogames video :: game games jeu jeux nintendo switch playstation
xbox sony ubisoft console consoles gta rockstar steam valve studio studios gamer gameplay dlc
remake zelda mario capcom sega bethesda activision blizzard esport esports
--
film films cinema movies television tv series media medias culture entertainment streaming
divertissement :: film films cinema movie movies serie series season netflix disney hbo warner
paramount marvel trailer casting actor actress acteur actrice director realisateur realisatrice
tournage box office oscar oscars cannes album tour concert tournee chanteur chanteuse singer
spinoff sequel suite reboot lucasfilm pixar shooting screenwriter scenariste episode episodes
--
politics politique politiques government gouvernement elections election parliament diplomatie
national international :: president presidente minister ministre ministers ministres prime premier
parliament parlement senate senat senateur senateurs depute deputes assembly assemblee vote votes
election elections electoral parti party coalition bill decret motion censure budget elysee
matignon downing congress white house reform reforme government gouvernement matignon cabinet
referendum candidate candidat candidate remaniement reshuffle treaty sanctions ambassador
--
business economy economie entreprises companies finance finances markets marches bourse money
industrie industry argent :: acquisition acquire acquerir takeover rachat racheter buy merger
fusion merge stake ipo shares actions investisseurs investors shareholders actionnaires emplois
layoffs licenciements suppressions plant usine factory bank banque bankruptcy redressement
liquidation revenue dividend dividende ceo pdg restructuring cession filiale subsidiary funding
levee valuation valorisation fed bce ecb rates taux inflation tariffs sale cession
--
cars automobile auto autos automotive transport transports mobilite mobility aviation :: car cars
voiture voitures vehicle vehicles vehicule vehicules tesla renault stellantis volkswagen toyota
bmw electric electrique suv hybrid hybride train trains sncf airline airlines compagnie aerienne
airport aeroport boeing airbus flight flights vols tgv metro tramway ferry autoroute
--
health sante medecine medicine science sciences pharma :: drug drugs medicament medicaments
vaccine vaccin trial essai hospital hospitals hopital hopitaux fda ema ansm patients virus
clinical clinique disease maladie cancer therapy therapie doctors medecins sanofi pfizer novo
obesity obesite
--
energy energie climate climat environment environnement ecologie planet planete :: nuclear
nucleaire reactor reacteur reacteurs edf oil petrole gas gaz solar solaire wind eolien eoliennes
emissions carbon carbone climate climat renewable renouvelable pipeline opec opep grid hydrogene
hydrogen
--
courts justice crime police droit law legal faits divers :: court cour tribunal judge juge trial
proces verdict appeal appel prosecutor procureur parquet indicted mis examen lawsuit plainte
convicted condamne prison sentence arrest arrestation investigation enquete jury
--
defence defense military militaire armees world monde guerre war :: army armee troops troupes
missile missiles nato otan ukraine russia russie drone drones fighter rafale frigate fregate
ceasefire strike frappe israel gaza iran taiwan
"""


def _names(text: str) -> set[str]:
    """The words that are written as names are: with a capital, or all in capitals if short."""
    return {
        word
        for found in _NAME.findall(text)
        for word in words(found)
        if len(word) > 3 or (found.isupper() and len(word) > 1)
    }


class Past:
    """What the newsroom's past claims say: of each, its beat and its statement."""

    def __init__(self, claims: Iterable[tuple[str, str]]) -> None:
        self._claims: Counter[str] = Counter()
        self._with: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for beat, statement in claims:
            self._claims[beat] += 1
            for word in set(words(statement)):
                self._with[word][beat] += 1

    def scores(self, statement: str) -> defaultdict[str, float]:
        """For each beat how much more its claims have the statement's words than the rest have."""
        found: defaultdict[str, float] = defaultdict(float)
        total = self._claims.total()
        named = _names(statement)
        for word in set(words(statement)):
            having = self._with.get(word)
            # A name tells at once; a common word only where it was seen often enough.
            if having is None or (word not in named and having.total() < _OFTEN):
                continue
            usual = having.total() / total
            for beat, number in having.items():
                rate = (number + _PRIOR * usual) / (self._claims[beat] + _PRIOR)
                telling = math.log(rate / usual)
                found[beat] += telling if telling >= _COMMON else 0.0
        return found


@dataclass(frozen=True, slots=True)
class Likely:
    """A beat, empty where nothing tells, and whether enough speaks for it to be taken as it is."""

    beat: str
    sure: bool


def likeliest(
    statements: Sequence[str],
    *,
    beats: Iterable[str],
    past: Past,
    page: str = "",
    alike: Sequence[tuple[str, float]] = (),
    reported: Sequence[Mapping[str, int]] = (),
) -> list[Likely]:
    """The beat of each statement of a page: nearly always the page's own, guessed once for all.

    A statement is an exception where it speaks clearly for another beat by itself. Empty where
    nothing tells. ``page`` is the text around them; ``alike`` has for each statement the beat of a
    past claim that says much the same, and how alike that is; ``reported``, for each, how often its
    sources have reported of each beat.
    """
    names = list(beats)
    own = [_scores(statement, names, past) for statement in statements]
    for scores, (beat, likeness) in zip(own, alike, strict=False):
        if beat:
            scores[beat] += _ALIKE * likeness
    whole: defaultdict[str, float] = defaultdict(float)
    for scores in own:
        for beat, score in scores.items():
            whole[beat] += score
    around = _scores(page, names, past) if page else {}
    most = max(around.values(), default=0.0)
    for beat, score in around.items():
        whole[beat] += score * min(_PAGE_MOST / most, 1.0) if most else 0.0
    for of_sources in reported:
        everywhere = sum(of_sources.values())
        for beat, number in of_sources.items():
            whole[beat] += _SOURCE * number / (everywhere + 1)
    usual = _first(whole, _LEAST, _AHEAD)
    clear = Likely(usual, sure=bool(_first(whole, _SURE, _SURELY_AHEAD)))
    others = (_exception(scores, usual) for scores in own)
    return [Likely(other, sure=True) if other else clear for other in others]


def _first(scores: Mapping[str, float], least: float, ahead: float) -> str:
    """The beat for which the most speaks, if that is enough and far enough ahead of the next."""
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < least:
        return ""
    return ranked[0][0] if ranked[0][1] - (ranked[1][1] if ranked[1:] else 0.0) >= ahead else ""


def _exception(scores: Mapping[str, float], usual: str) -> str:
    """The beat of a statement that is clearly of another one than its page."""
    other = _first(scores, _CLEAR, _AHEAD)
    return other if other and scores[other] - scores.get(usual, 0.0) >= _CLEAR else ""


def _scores(text: str, beats: Iterable[str], past: Past) -> defaultdict[str, float]:
    """What the words of a text say for each beat, by its past claims and by its subject."""
    scores = past.scores(text)
    said = set(words(text))
    for beat in beats:
        scores[beat] += _WORD * len(_vocabulary(beat) & said)
    return scores


@lru_cache(maxsize=512)
def _vocabulary(beat: str) -> frozenset[str]:
    """The words of every subject that the beat is named after."""
    called = set(words(beat))
    return frozenset().union(*(news for names, news in _subjects() if names & called))


@lru_cache(maxsize=1)
def _subjects() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    split = (entry.partition("::") for entry in _SUBJECTS.split("--"))
    return tuple((frozenset(words(names)), frozenset(words(news))) for names, _at, news in split)
