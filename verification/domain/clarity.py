"""What a statement leaves to its day and to its page: "next month", "the company".

A claim is read a year later, by itself. Nothing is mended here: an editor is told of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from verification.domain.extraction import periods, periods_en, periods_fr
from verification.domain.extraction.finites import verbs
from verification.domain.extraction.language import Language
from verification.domain.extraction.offices import OFFICE
from verification.domain.extraction.outlets import known_outlets
from verification.domain.extraction.proper import CAP
from verification.domain.extraction.speakers import HOUSE
from verification.domain.extraction.text import lowered

#: ``day``: the words name none; ``who`` and ``what``: the subject has no name; ``whose``: nor has
#: whoever it belongs to.
Kind = Literal["day", "who", "what", "whose"]

#: Characters of a statement that are read, and of the article in which a name is looked for.
_READ, _TEXT = 600, 50_000
#: Words of a subject that has no name.
_MOST = 4
_GRAMMARS = {"en": periods_en.ENGLISH, "fr": periods_fr.FRENCH}
# "By March 2027" names a day, and "in March" the month at least.
_NAMED = re.compile(
    r"\d{4}|\d/\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|fév|fev|avr|mai|juin|juil|"
    r"aoû|déc)[a-zéûô]*\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:he|she|they|we|i|il|elle|ils|elles|nous|je|on(?= \w+(?:ra|rait|a|est) )|ce dernier|"
    r"cette dernière|the latter)"
    r"(?![\w'-])",
    re.IGNORECASE,
)
_IT = re.compile(r"(?:it|celui-ci|celle-ci)(?![\w'-])", re.IGNORECASE)
_WHOSE = re.compile(
    r"(?:its|his|her|their|our|my|son|sa|ses|leurs?|notre|nos|mon|ma|mes) [\w'-]+", re.IGNORECASE
)
# Of people, and of houses that no office is a word for.
_PEOPLE = re.compile(
    r"\b(?:joueu(?:r|se)|attaquante?|défenseure?|milieu|gardien(?:ne)?|international|"
    r"avant-centre|act(?:eur|rice)|chanteu(?:r|se)|intéressée?|délégations|médiateurs|entreprises|"
    r"player|striker|winger|midfielder|defender|goalkeeper|quarterback|actor|actress|singer|"
    r"companies|clubs|groups|firms|delegations|mediators|pair|duo)\b"
)
# "This time, the functions".
_WHEN = re.compile(r"\b(?:fois|année|semaine|mois|jour|soir|matin|time|week|month|year|day)\b")
# Between a subject and its verb.
_PARTICLE = re.compile(r"(?: (?:ne|se|lui|y|en|also|aussi|now|still)|(?<=\w) (?:n'|s'|l'))+$")
_NOBODY = re.compile(
    r"(?:il (?:n'|ne )?(?:y |s'agi|faut|faudr|serait (?:\w+ )?(?:de|que|possible|question)|"
    r"est (?:possible|probable|question))|it (?:is|was|would be|will be) (?:\w+ ){0,2}"
    r"(?:to|that)\b)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"(?:the|this|that|these|those|le|la|les|l'|ce|cet|cette|ces)(?: |(?<='))", re.IGNORECASE
)
# "A deal", "un accord": of whom, the sentence before said.
_INDEFINITE = re.compile(
    r"(?:an?|any|une?|tout) (?:\w+ )?(?:deal|agreement|announcement|decision|offer|bid|sale|vote|"
    r"accord|annonce|décision|offre|vente|cession|contrat)(?=[ ,])",
    re.IGNORECASE,
)
# Of these there is one, in a newsroom's country.
_ONE = re.compile(
    r"\b(?:government|prime minister|parliament|senate|country|king|queen|pope|economy|state|"
    r"gouvernement|exécutif|premier ministre|parlement|sénat|assemblée|pays|roi|reine|pape|"
    r"économie|état|inflation|weather|météo|sun|soleil)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(rf"{CAP}|\d|[«\"]")
# "Le constructeur automobile Renault", and not "le patron des Échos".
_BETWEEN = (
    r"(?: (?!des |dans |pour |par |sur |chez |avec |contre |selon |que |qui |est )[a-zà-ÿ-]{3,20})?"
)
_IN_SMALL = re.compile(r"[a-zà-ÿ]{2}")
_NAME = rf"(?P<name>{CAP}(?: {CAP}){{0,3}})"


@dataclass(frozen=True, slots=True)
class Note:
    """Words of a statement that say too little by themselves.

    ``name`` is whom the article calls so, for ``who`` and ``what``; empty where it does not.
    """

    kind: Kind
    words: str
    name: str = ""


def notes(statement: str, *, language: Language, published: date, text: str = "") -> list[Note]:
    """What of a statement is not understood without its article, the subject first.

    ``published`` is the day that "next month" is counted from, ``text`` the article.
    """
    said = " ".join(statement[:_READ].split()).replace("’", "'").lstrip('«" “')
    found = [subject] if (subject := _subject(said, language, text)) else []
    seen: set[str] = set()
    for period in periods.find(said, _GRAMMARS[language], published):
        words = period.text.strip(" ,")
        if not _NAMED.search(_whole(said, period)) and words not in seen:
            seen.add(words)
            found.append(Note("day", words))
    return found


def _whole(said: str, period: periods.Period) -> str:
    """A period with what may stand right behind it: "this summer" and "2027"."""
    behind = said[period.end : period.end + 9]
    return said[period.start : period.end] + (
        behind if re.match(r",? (?:de )?\d{4}", behind) else ""
    )


def _subject(said: str, language: Language, text: str) -> Note | None:
    """What the statement speaks of, where that has no name in it."""
    if _NOBODY.match(said):
        return None
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("who", _WHO),
        ("what", _IT),
        ("whose", _WHOSE),
    )
    for kind, pattern in kinds:
        alone = pattern.match(said)
        if alone is not None:
            return Note(kind, alone[0])
    unbound = _INDEFINITE.match(said)
    if unbound is not None and not _CAPITAL.search(_head(said, language)[unbound.end() :]):
        return Note("what", unbound[0])
    begins = _DEFINITE.match(said)
    if begins is None:
        return None
    head = _PARTICLE.sub("", _head(said, language).split(",")[0].strip())
    rest = head[begins.end() :].strip()
    if not rest or _CAPITAL.search(rest) or _ONE.search(rest) or _WHEN.search(rest):
        return None
    someone = any((HOUSE.match(head), OFFICE.search(rest), _PEOPLE.search(rest)))
    if len(rest.split()) > (_MOST if someone else 1):
        # "The bus lanes in the centre" is what it is.
        return None
    return Note("who" if someone else "what", head, _called(rest, language, text))


def _head(said: str, language: Language) -> str:
    """The words before the verb."""
    verb = verbs(french=language == "fr").search(lowered(said))
    return said[: verb.start()] if verb is not None else said[:60]


def _called(words: str, language: Language, text: str) -> str:
    """The name that the article has beside it: "le constructeur automobile Renault"."""
    noun = re.escape(words.split()[-1 if language == "en" else 0])
    between = "" if language == "en" else _BETWEEN
    beside = re.compile(rf"\b{noun}{between} {_NAME}")
    named = {
        match["name"].rstrip(".,'’")
        for match in beside.finditer(text[:_TEXT].replace("’", "'"))
        if _IN_SMALL.search(match["name"]) and not known_outlets().find(match["name"])
    }
    return named.pop() if len(named) == 1 else ""
