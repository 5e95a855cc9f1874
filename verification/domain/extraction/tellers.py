"""Whose forecast a sentence is that has no verb of saying: "Barclays forecasts", "Kuo expects"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verification.domain.extraction.naming import observer
from verification.domain.extraction.proper import people
from verification.domain.extraction.speakers import AGAIN, OBSERVER

#: Verbs that say what somebody else will do. Who "plans" speaks of themselves.
_FORECASTS = re.compile(
    r"(?:forecasts?|predicts?|pronostiqu|prédi|(?:tien|jug|estim)[a-zà-ÿ ]{2,40}probable)",
    re.IGNORECASE,
)
# ", de la banque Oddion," says whose they are.
_BESIDE = re.compile(
    r", (?:d[eu] |d'|des |chez |(?:analyste|économiste|stratège|expert)e?s? )[^,;:]{2,60},? ?$"
)
# "L'Insee table sur une croissance de": how the economy will do.
_OUTLOOK = re.compile(
    r"^(?:tabl|prévoi|anticip|mis|s'attend|projett)\w*(?: \w+){0,3}? (?:[dl]')?(?:croissance|"
    r"inflation|récession|ralentissement|rebond|chômage|déficit|pib|taux d[eu']|"
    r"taux directeurs?)\b",
    re.IGNORECASE,
)
#: Verbs of which only a reporter's or an analyst's are a report: a company "expects" as well.
_RECKONS = re.compile(
    r"(?:expects?|anticipates?|sees?|believes?|thinks?|reckons?|tablent|table|misent|mise|"
    r"s'attend|prévoi|pari|anticip|voi)",
    re.IGNORECASE,
)

_ADVERB = re.compile(r"(?: (?:also|now|still|further|currently|similarly|therefore|thus))+$")


# "La plupart des économistes s'attendent à": those whom the text has a poll of.
_MANY = re.compile(
    r"\b(?:économistes|analystes|prévisionnistes|conjoncturistes|spécialistes|experts|sondés|"
    r"d'entre eux)"
    r"(?: interrogés| sondés)? $",
    re.IGNORECASE,
)


# "Most also expect it to cut": those of a poll.
_SHARE = (
    r"(?:(?:(?:the |a )?(?:great |vast |large |slim |small |clear |strong |narrow |"
    r"comfortable )?(?:majority|minority)|most|all|many|several|few|some|others|half|nearly all|"
    r"almost all|a (?:third|quarter)|(?:(?:more|fewer|less) than |nearly |almost |about |around |"
    r"some |over |just |only )?\d+(?:\.\d+)?(?:%| per ?cent| (?:out )?of (?:the )?\d+)|"
    r"all but (?:\w+|\d+))"
    r"(?: of (?:them|those|the|these|\d+))?)"
)
_POLLED = re.compile(
    rf"(?:and |but )?{_SHARE}(?: of(?: the| those)?)?(?: economists| analysts| respondents|"
    rf" forecasters| strategists| traders| polled| surveyed)*(?:,? (?:or )?{_SHARE}"
    r"(?: economists| analysts| respondents| polled| surveyed)*)?,?(?: also| now| still)? $",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Teller:
    """Who stands right before a hedge that is a forecast."""

    name: str
    """Empty for "the analyst", who was named before."""
    known: bool
    """Whether the sentence itself shows that it is their report, whoever they are."""


def teller(before: str, hedge: str, after: str = "") -> Teller | None:
    """Whose forecast it is, by the words on either side of a hedge; None where it is nobody's."""
    house = observer(before)
    if house is not None:
        return Teller(house, True)
    forecasts = (
        _FORECASTS.match(hedge) is not None or _OUTLOOK.search(f"{hedge}{after}") is not None
    )
    if not forecasts and _RECKONS.match(hedge) is None:
        return None
    if not forecasts and (_MANY.search(before) or _POLLED.fullmatch(before)):
        return Teller("", False)
    if not forecasts and AGAIN.fullmatch(before.strip(" ,")) and OBSERVER.search(before):
        return Teller("", False)
    before = _BESIDE.sub("", _ADVERB.sub("", before.rstrip(" ,")))
    named = people(before)
    if not named or not before.rstrip(" ,").endswith(named[-1]):
        return None
    return Teller(named[-1], forecasts or OBSERVER.search(before) is not None)


def observer_named(sentence: str) -> str | None:
    """The reporter or leaker whom a sentence presents: "le célèbre leaker Hugo Lam"."""
    presented = OBSERVER.search(sentence)
    if presented is None:
        return None
    named = people(sentence[presented.end() :][:60])
    follows = named and sentence[presented.end() :].lstrip().startswith(named[0])
    return named[0] if follows and " " in named[0] else None
