"""Days on which something was said or done, and not by which it is to come."""

from __future__ import annotations

import re

from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.periods import Period
from verification.domain.extraction.verbs_fr import STEP_NOW

# "On Monday" after a verb in the past is when something was said or done.
_DONE_BEFORE = re.compile(
    r"^[,;:] ?\w+(?:é|i|is|it|u)e?s? $|"
    r"(?:\b(?:said|told|fell|rose|slid|slipped|met|began|was|were|had|did|came|went|held|sent|won|"
    r"lost|"
    r"(?<!be )(?<!been )(?!pencill?ed|scheduled|slated|planned|expected|targeted|earmarked)"
    r"\b\w{3,}ed)(?: \w+){0,3},? (?:on )?$"
    r"|\b\w{3,}(?<!r)ai(?:t|ent)\b [^,;]{0,30}$"
    # "A deal that could" is no French verb.
    r"|\b(?:a(?! \w+ (?:that|to|which|of|for|in|on)\b)|ont|est|sont|avait|était|s'est|ce) "
    r"(?:\w+ ){0,2}\w+[éist]e?s? (?:[\w']+ ){0,3}$)",
    re.IGNORECASE,
)
# "Va contester le jugement qui l'a condamné lundi", "un studio qui peine aujourd'hui à".
_DID = re.compile(
    r"\b(?:qui|que|dont|qu'\w+) (?:[\w']+ ){0,3}?(?:l'|s')?(?:a|ont|avait|avaient|est|sont) "
    r"(?:\w+ )?\w+(?:é|i|is|it|u)e?s? (?:\w+ )?$|"
    r"\b(?:une?|l[ea]|des) \w+ qui (?!va |vont |doit |sera |seront )"
    r"\w+(?<!ra)(?<!ront)(?<!rait)(?<!raient) $"
)
# "To end the series of cuts that began in July", "after he was placed on the list Wednesday".
_SINCE_DONE = re.compile(
    r"\b(?:that|which|who|after|since)\b "
    r"(?:(?!could|will|would|may|might|should|be|is|are)[\w'’.&/-]+ ){0,4}?(?:began|started|was|"
    r"were|"
    r"(?!need|speed|proceed|exceed|succeed|feed)[a-z]{3,}ed)\b[^,;:]{0,40}$"
)
_SAID_BETWEEN = re.compile(
    r"\b(?:que|qu'|that)\b|\b(?:said|told|announced|pledged|promised|revealed)\b|"
    r"\bavai(?:t|ent)\b|^,? (?:\w+ ){1,4}\bhad\b|"
    r"\b(?:a|ont) (?:\w+ )?(?:déclaré|indiqué|affirmé|assuré|annoncé|précisé|confirmé|dit|expliqué|"
    r"confié|reconnu|estimé|prévenu)\b"
)
# "Aurait proposé cette année": it is over. "Aurait fixé la réunion à lundi" is not.
_HAVING = re.compile(
    r"aurai(?:t|ent) (?:déjà |[a-z]+ment )?(?:été )?(?!lieu |droit |prévu|fixé|programmé|"
    r"planifié|calé|arrêté|annoncé|repoussé|reporté|avancé|décalé|retenu|convoqué)"
    r"[a-zà-ÿ]+(?:é|i|is|it|u|rt)e?s? (?:(?!de |d'|à |pour )[\w'-]+ ){0,3}"
)
# "Se serait retiré en mai", "serait parti lundi".
_GONE = re.compile(
    r"(?P<se>(?:se|s'|s'en) ?)?serai(?:t|ent) (?:déjà |[a-z]+ment )?(?!prévu|fixé|programmé|"
    r"attendu)(?(se)[a-zà-ÿ]+(?:é|i|is|it|u|rt)|(?:parti|allé|venu|revenu|entré|intervenu|passé|"
    r"tombé|"
    r"mort|devenu|retourné|arrivé))e?s? (?:(?!de |d'|à |pour )[\w'-]+ ){0,3}"
)
_STANDING = re.compile(
    r"aujourd'hui (?!l[ea]s? |l'|une? |des |ce |cette |il |elle |on )[a-zà-ÿ]+[^,;:]{0,60}, "
)
_WAS = re.compile(r"\b\w+(?<!r)ai(?:t|ent)\b")
_NOW = re.compile(STEP_NOW)
_SELF = ("s'en ", "se ", "s'")
_HAVE_DONE = re.compile(r" have (?!to |until )(?:\w+ly )?\w+")
# "C'est ce soir que le ministre doit": the day is what is said.
_CLEFT = re.compile(r"\b[Cc]'est (?:dès |à partir d[eu] |le |en )?$")
#: Characters before a day that tell what it is the day of.
WINDOW = 80
# "Have signed before Christmas" is over; "has agreed to pay by May" is not.
_AIM = re.compile(r"\b(?:de|d'|à|to|pour|for|of(?= \w+ing\b))(?![\w])")


def is_past(sentence: str, period: Period, hedge: Hedge) -> bool:
    """Whether it is when something was said or done, and not by when it is to come."""
    if hedge.kind == "done" and period.end <= hedge.start:
        # "Avant Noël, A et B ont conclu un accord."
        return True
    if hedge.kind == "done" and hedge.end <= period.start and not _NOW.match(hedge.text):
        between = sentence[hedge.end : period.start]
        if _AIM.search(f"{hedge.text[-3:]} {between}") is None:
            return True
    if _WAS.search(hedge.text) and sentence[hedge.end : period.start] in {" ", ", "}:
        # "Tenait la corde vendredi": that is when it did.
        return period.precision == "day" and period.bound == "in"
    if _happened(sentence, period, hedge) or _holds(sentence, period, hedge):
        return True
    if period.bound in {"by", "before"}:
        return False
    if hedge.end <= period.start and (
        _DID.search(sentence, max(hedge.end, period.start - WINDOW), period.start)
        or _SINCE_DONE.search(sentence, hedge.end, period.start)
    ):
        return True
    clause = max(sentence.rfind(mark, 0, period.start) for mark in (", ", "; ", ": "))
    cleft = _CLEFT.search(sentence, max(0, period.start - WINDOW), period.start) is not None
    said = _SAID_BETWEEN.search(sentence, period.end, hedge.start) is not None
    if period.end <= hedge.start and said and not cleft:
        return True
    if clause < hedge.start < period.start:
        # "Could be announced on Monday": the hedge governs the day.
        return False
    before = sentence[max(period.start - 40, clause, 0) : period.start]
    return _DONE_BEFORE.search(before) is not None


def _happened(sentence: str, period: Period, hedge: Hedge) -> bool:
    """Whether it is when something would have been done: "aurait proposé cette année"."""
    if period.start < hedge.end:
        return False
    if _HAVE_DONE.match(sentence, hedge.end):
        # "Is understood to have been submitted on Friday."
        return _AIM.search(sentence, hedge.end, period.start) is None
    if hedge.text.startswith(("serait", "seraient")):
        begin = next((len(se) for se in _SELF if sentence.startswith(se, hedge.start - len(se))), 0)
        return _GONE.fullmatch(sentence, hedge.start - begin, period.start) is not None
    if not hedge.text.startswith(("aurait", "auraient")):
        return False
    return _HAVING.fullmatch(sentence, hedge.start, period.start) is not None


def _holds(sentence: str, period: Period, hedge: Hedge) -> bool:
    """Whether it is since when somebody is what they are: ", aujourd'hui directeur, doit"."""
    if period.end > hedge.start or not sentence[: period.start].endswith(", "):
        return False
    return _STANDING.match(sentence, period.start) is not None
