"""The deadline of a claim: the one of its sentence's periods that bounds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from verification.domain.extraction.happened import AIM, happened, holds
from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.periods import Period
from verification.domain.extraction.verbs_fr import STEP_NOW
from verification.domain.extraction.windows import in_year

# "On Monday" after a verb in the past is when something was said or done.
_DONE_BEFORE = re.compile(
    r"^[,;:] ?\w+(?:é|i|is|it|u)e?s? $|"
    r"(?:\b(?:said|told|fell|rose|slid|slipped|met|began|was|were|had|did|came|went|held|sent|won|"
    r"lost|"
    r"(?<!be )(?<!been )(?!pencill?ed|scheduled|slated|planned|expected|targeted|earmarked)"
    r"\b\w{3,}ed)(?: \w+){0,3},? (?:on )?$"
    r"|\b\w{3,}(?<!r)ai(?:t|ent)\b [^,;]{0,30}$"
    # "A deal that could" and "at a Direct" are no French verbs.
    r"|\b(?:(?<!at )(?<!in )(?<!on )(?<!by )(?<!of )(?<!to )(?<!as )(?<!for )(?<!with )"
    r"a(?! \w+ (?:that|to|which|of|for|in|on)\b)|ont|est|sont|avait|était|s'est|ce) "
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
# "A report published on Monday", "closing price Tuesday": the day is the report's, the price's.
_ISSUED = re.compile(
    r"\b(?:publi|par|diffus|dévoil|rend|dat|transmi)(?:ée?s?|ue?s?|se?s?) (?:(?:ce|hier|le) )?$|"
    r"\b(?:published|released|issued|dated|posted|aired) (?:(?:late|early|on) )*$|"
    r"\bclos(?:e|ing price)(?: on)? $",
)
# "La hausse qui entre en vigueur ce matin serait": when the rise comes, and not what is said of it.
_WHICH = re.compile(r"\b(?:qui|dont|which|who) [^,;]{0,40}$")
# "Après le lancement en septembre": what comes first.
_SINCE = re.compile(r"\b(?:depuis|since) [^,;]{0,60}$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:après|depuis|after|since|following) [^,;]{2,60}$", re.IGNORECASE)
# "Un plan présenté en juin": when that was done. "Aurait été signé en juin" is what is said.
_MADE = re.compile(
    r"\b(?<!être )(?<!été )(?:présenté|annoncé|lancé|adopté|signé|conclu|voté|engagé|entamé|"
    r"déposé|noué|scellé|acquitté|payé|dévoilé|publié|versé|acheté|acquis|ouvert)e?s? "
    r"(?:(?:en|le|au|à la|à l'|début|fin|mi|dès) ?)?$"
)
# "Marc Roy, aujourd'hui secrétaire d'État": what somebody is.
_IS_NOW = re.compile(r"[,(] ?aujourd'hui(?:$| [^,;]{0,80}$)", re.IGNORECASE)
# "Bloomberg, qui cite, lundi, des sources": the day is that of saying.
_SAYING = re.compile(
    r"\b(?:cit(?:e|ent|ant|ing|es)|rapport(?:e|ent)|affirm(?:e|ent)|indiqu(?:e|ent)|écri(?:t|vent)|"
    r"révèl(?:e|ent)|annonc(?:e|ent)|said|says|reported|wrote),? (?:on |ce )?$|"
    r"\b(?:told|informed) (?:[Tt]he )?[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,3},? (?:on )?$"
)
_TERM = re.compile(
    r"\b(?:contrat|contract|bail|deal|extension|prolong|sous contrat|lié)\w*\b", re.IGNORECASE
)
# "To 2027 from 2025": what it is moved from is no deadline.
# "Libre en juin": from when on, and not by when.
_FREE = re.compile(
    r"\b(?:libre|(?:en )?fin de (?:contrat|bail)|sous contrat)(?: de tout \w+)? (?:dès |jusqu')?$",
    re.IGNORECASE,
)
_DELAY = re.compile(
    r"\b(?:delay|push|postpon|defer|mov|bring|brought|attendre|patienter|repouss|report|"
    r"décal)\w*\b",
    re.IGNORECASE,
)
_SAID_BETWEEN = re.compile(
    r"\b(?:que|qu'|that)\b|\b(?:said|told|announced|pledged|promised|revealed)\b|"
    r"\bavai(?:t|ent)\b|^,? (?:\w+ ){1,4}\bhad\b|"
    r"\b(?:a|ont) (?:\w+ )?(?:déclaré|indiqué|affirmé|assuré|annoncé|précisé|confirmé|dit|expliqué|"
    r"confié|reconnu|estimé|prévenu)\b"
)


# "Contre 2,5 millions annoncés en avril", "au lieu de mars": what it is compared with.
_COMPARED = re.compile(
    r"\b(?:contre|au lieu d[eu'](?: la| l')?|plutôt qu(?:e|')|par rapport à(?: la| l')?|instead of|"
    r"rather than|compared (?:with|to)) ?(?:[^,;:]|,(?=\d)){0,50}$"
)
_WAS = re.compile(r"\b\w+(?<!r)ai(?:t|ent)\b")
_NOW = re.compile(rf"{STEP_NOW}(?!\w)")
_DAY_OF_MONTH = re.compile(
    r"(?:(?:le|au|du|dès le|à partir du|à compter du|on|from) )?(?:\w+di |dimanche |\w+day )?"
    r"(?:\d{1,2}(?:er)? [a-zûé]{3,9}|[A-Z][a-z]{2,8} \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})"
)
#: Characters between a hedge and its own verb: "devrait être publié".
_NEAR = 12
# "Expects the rate to stay at 2% until the end of the year": that it lasts is what is said.
_STAYS = re.compile(
    r"(?:\bto|will|would|could|may|might|should) (?:\w+ly |now |then )?(?:stay|remain|hold|last|be "
    r"kept|be held)\b[^,;]{0,60}$"
)
# "…, but officials aim to do so in May": what comes behind is another clause.
_CLAUSE = re.compile(r", (?:with|but|while|whereas|although|though|and|which|who) |; ")
_TELLS_MORE = re.compile(
    r"(?:, (?:but|while|whereas|although|though|and) |; )[^,;]{0,80}?\b(?:will|would|could|may|"
    r"might|"
    r"should|aims?|plans?|hopes?|wants?|expects?|intends?|(?:is|are) (?:due|expected|set|likely))\b"
)
# "To start this autumn and to be done by the end of 2027": all of it by then.
_AND_TO = re.compile(r" and (?:to )?[a-z][^,;:]{2,60}")
_LASTS = re.compile(
    r"\b(?:fund|financ|remain|stay|keep|court|dur|rest|prolong|extend|run|mainten|maint[iî]e|conserv|"
    r"gard|garanti|assur|employ|étal|s'étend|préserv|gel|suspen|engag|ferm|retenu|absent|écart|lié|"
    r"sign(?!al))"
    r"\w*\b"
)
# "C'est ce soir que le ministre doit": the day is what is said.
_CLEFT = re.compile(r"\b[Cc]'est (?:dès |à partir d[eu] |le |en )?$")
_RATHER = re.compile(
    r",? ?\(?(?:et |and )?(?:plus (?:précisément|exactement)|(?:more )?(?:precisely|"
    r"specifically)|(?:sans doute|probablement|vraisemblablement|peut-être|si possible)"
    r"(?: même)?),? ?"
    r"(?:le |on |à la |en |in )?"
)
#: Characters before a day that tell what it is the day of.
_WINDOW = 80
_OR = frozenset({", ", " ou ", ", voire ", " voire ", " ou à la ", " ou en ", " or ", " or in "})


def deadline(
    sentence: str,
    periods: Sequence[Period],
    hedge: Hedge,
    without: Iterable[tuple[int, int]],
    today: date,
) -> Period | None:
    """The period that says when, or None where the sentence does not."""
    masked = list(without)
    periods = [_to_come(sentence, period, hedge, today) for period in periods]
    superseded = _superseded(sentence, periods)
    fitting = [
        period
        for period in periods
        if period.day >= today
        and period not in superseded
        and not sentence[: period.start].lower().endswith("earlier ")
        and not any(start <= period.start < end for start, end in masked)
        and not _of_saying(sentence, period, hedge, masked)
        and not _past(sentence, period, hedge)
        and not _issued(sentence, period, hedge)
        and not _made(sentence, period, hedge)
        and not (period.bound == "until" and (_TERM.search(sentence) or _lasts(sentence, period)))
        and not (period.text[:5].lower() == "from " and _DELAY.search(sentence))
        and not _apart(sentence, period, hedge)
        and not _FREE.search(sentence, max(0, period.start - _WINDOW), period.start)
        and not _SINCE.search(sentence, 0, period.start)
        and not _COMPARED.search(sentence, max(0, period.start - _WINDOW), period.start)
        and not (period.end <= hedge.start and _AFTER.search(sentence, 0, period.start))
        and not (period.end <= hedge.start and _WHICH.search(sentence, 0, period.start))
    ]
    delayed = _DELAY.search(sentence, hedge.start) is not None
    clause = _CLAUSE.search(sentence, hedge.end)
    more = _TELLS_MORE.search(sentence, hedge.end)
    own = [period for period in fitting if clause is None or period.start < clause.end()]
    others = [period for period in fitting if more is None or period.start < more.end()]
    return max(
        own or others, key=lambda period: _rank(period, hedge, delayed=delayed), default=None
    )


def _to_come(sentence: str, period: Period, hedge: Hedge, today: date) -> Period:
    """A day without a year that is past, where the verb says that it is still to come.

    "Le film sortira le 25 novembre", in January, is next November's.
    """
    comes = hedge.kind in {"future", "expected"} or (
        hedge.kind == "hearsay" and not hedge.text.startswith(("aur", "ser"))
    )
    if not comes or period.day >= today or _DAY_OF_MONTH.fullmatch(period.text) is None:
        return period
    if hedge.end > period.start or "," in sentence[hedge.end : period.start]:
        return period
    first, day = (in_year(each, each.year + 1) for each in (period.first, period.day))
    return replace(period, first=first, day=day)


def _superseded(sentence: str, periods: Sequence[Period]) -> set[Period]:
    """Those for which the next one stands: "fin mai, début juin"."""
    ordered = sorted(periods, key=lambda period: period.start)
    return {
        period
        for period, other in pairwise(ordered)
        if (period.day < other.day and sentence[period.end : other.start] in _OR)
        or (
            period.day < other.day
            and other.bound in {"by", "before"}
            and _AND_TO.fullmatch(sentence, period.end, other.start - 1)
        )
        or _RATHER.fullmatch(sentence, period.end, other.start)
    }


def _apart(sentence: str, period: Period, hedge: Hedge) -> bool:
    """Whether it is in brackets that the hedge is not in: "(rechute en janvier)"."""
    opened = sentence.rfind("(", 0, period.start)
    if opened < 0 or sentence.find(")", opened, period.start) >= 0:
        return False
    return not opened < hedge.start < max(sentence.find(")", opened), opened)


def _issued(sentence: str, period: Period, hedge: Hedge) -> bool:
    """Whether it is the day of a report, and not what the hedge governs: "sera publié lundi"."""
    begin = max(0, period.start - 30)
    issued = _ISSUED.search(sentence, begin, period.start) or _SAYING.search(
        sentence, begin, period.start
    )
    return (
        issued is not None
        and period.precision == "day"
        and not 0 <= issued.start() - hedge.end <= _NEAR
    )


def _made(sentence: str, period: Period, hedge: Hedge) -> bool:
    """Whether it is when something was done, or since when somebody is something."""
    if period.start < hedge.end:
        return False
    set_off = sentence.startswith("aujourd'hui,", period.start)
    if not set_off and _IS_NOW.search(sentence, hedge.end, period.end):
        return True
    made = _MADE.search(sentence, max(hedge.end, period.start - 30), period.start)
    return made is not None and made.start() - hedge.end > _NEAR


def _of_saying(
    sentence: str, period: Period, hedge: Hedge, masked: Sequence[tuple[int, int]]
) -> bool:
    """Whether it is set off behind who said so: ", a rapporté Bloomberg, mardi, citant"."""
    closed = sentence[period.end : period.end + 1] in {",", ".", ""}
    return (
        closed
        and period.bound == "in"
        and period.precision == "day"
        and any(
            start > hedge.start and sentence[end : period.start].strip(" ce,") == ""
            for start, end in masked
            if end <= period.start
        )
    )


def _lasts(sentence: str, period: Period) -> bool:
    """Whether the day is the end of something and not its coming: "fund it until December"."""
    if _STAYS.search(sentence, max(0, period.start - 90), period.start):
        return False
    return _LASTS.search(sentence, max(0, period.start - 45), period.start) is not None


def _past(sentence: str, period: Period, hedge: Hedge) -> bool:
    if hedge.kind == "done" and period.end <= hedge.start:
        # "Avant Noël, A et B ont conclu un accord."
        return True
    if hedge.kind == "done" and hedge.end <= period.start and not _NOW.match(hedge.text):
        between = sentence[hedge.end : period.start]
        if AIM.search(f"{hedge.text[-3:]} {between}") is None:
            return True
    if _WAS.search(hedge.text) and sentence[hedge.end : period.start] in {" ", ", "}:
        # "Tenait la corde vendredi": that is when it did.
        return period.precision == "day" and period.bound == "in"
    if happened(sentence, period, hedge) or holds(sentence, period, hedge):
        return True
    if period.bound in {"by", "before"}:
        return False
    if hedge.end <= period.start and (
        _DID.search(sentence, max(hedge.end, period.start - _WINDOW), period.start)
        or _SINCE_DONE.search(sentence, hedge.end, period.start)
    ):
        return True
    clause = max(sentence.rfind(mark, 0, period.start) for mark in (", ", "; ", ": "))
    cleft = _CLEFT.search(sentence, max(0, period.start - _WINDOW), period.start) is not None
    said = _SAID_BETWEEN.search(sentence, period.end, hedge.start) is not None
    if period.end <= hedge.start and said and not cleft:
        return True
    if clause < hedge.start < period.start:
        # "Could be announced on Monday": the hedge governs the day.
        return False
    before = sentence[max(period.start - 40, clause, 0) : period.start]
    return _DONE_BEFORE.search(before) is not None


def _rank(period: Period, hedge: Hedge, *, delayed: bool) -> tuple[bool, int, int]:
    # "Delay the meeting until Friday": it is when the meeting comes.
    until = 2 if delayed else 0
    weight = {"by": 3, "before": 3, "in": 2, "until": until}[period.bound] - 2 * period.vague
    follows = period.start >= hedge.start
    distance = period.start - hedge.end if follows else hedge.start - period.end
    return follows and weight > 0, min(weight, 2), -distance
