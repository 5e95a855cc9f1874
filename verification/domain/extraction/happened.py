"""Whether a period is when something would have been done, and no day that is to come."""

from __future__ import annotations

import re

from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.periods import Period

# "Aurait proposé cette année": it is over. "Aurait fixé la réunion à lundi" is not.
_HAVING = re.compile(
    r"aurai(?:t|ent) (?:déjà |[a-z]+ment )?(?:été )?(?!lieu |droit |prévu|fixé|programmé|"
    r"planifié|calé|arrêté|annoncé|repoussé|reporté|avancé|décalé|retenu|convoqué)"
    r"[a-zà-ÿ]+(?:é|i|is|it|u|rt)e?s? (?:(?!de |d'|à |pour )[\w'-]+ ){0,3}"
)
# "Se serait retiré en mai", "serait parti lundi".
_GONE = re.compile(
    r"(?P<se>(?:se|s'|s'en) ?)?serai(?:t|ent) (?:déjà |[a-z]+ment )?(?!prévu|fixé|programmé|"
    r"attendu)(?(se)[a-zà-ÿ]+(?:é|i|is|it|u|rt)|(?:parti|allé|venu|revenu|entré|intervenu|passé|tombé|"
    r"mort|devenu|retourné|arrivé))e?s? (?:(?!de |d'|à |pour )[\w'-]+ ){0,3}"
)
_STANDING = re.compile(
    r"aujourd'hui (?!l[ea]s? |l'|une? |des |ce |cette |il |elle |on )[a-zà-ÿ]+[^,;:]{0,60}, "
)
_HAVE_DONE = re.compile(r" have (?!to |until )(?:\w+ly )?\w+")
# "Have signed before Christmas" is over; "has agreed to pay by May" is not.
AIM = re.compile(r"\b(?:de|d'|à|to|pour|for|of(?= \w+ing\b))(?![\w])")
_SELF = ("s'en ", "se ", "s'")


def happened(sentence: str, period: Period, hedge: Hedge) -> bool:
    """Whether it is when something would have been done: "aurait proposé cette année"."""
    if period.start < hedge.end:
        return False
    if _HAVE_DONE.match(sentence, hedge.end):
        # "Is understood to have been submitted on Friday."
        return AIM.search(sentence, hedge.end, period.start) is None
    if hedge.text.startswith(("serait", "seraient")):
        begin = next((len(se) for se in _SELF if sentence.startswith(se, hedge.start - len(se))), 0)
        return _GONE.fullmatch(sentence, hedge.start - begin, period.start) is not None
    if not hedge.text.startswith(("aurait", "auraient")):
        return False
    return _HAVING.fullmatch(sentence, hedge.start, period.start) is not None


def holds(sentence: str, period: Period, hedge: Hedge) -> bool:
    """Whether it is since when somebody is what they are: ", aujourd'hui directeur, doit"."""
    if period.end > hedge.start or not sentence[: period.start].endswith(", "):
        return False
    return _STANDING.match(sentence, period.start) is not None
