"""Who is meant by the words that a text credits: "the paper", "M. Tessier", "des sources"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from verification.domain.extraction import outlet_words, speakers
from verification.domain.extraction.offices import OFFICE
from verification.domain.extraction.outlets import KNOWN_REPORTERS, KNOWN_SURNAMES
from verification.domain.extraction.proper import CAP, people
from verification.domain.extraction.unnamed import is_unnamed

#: ``media`` an outlet or agency (with the reporter, where named); ``voice`` somebody who speaks
#: for themselves or an organisation; ``anonymous`` unnamed sources; ``again`` whoever was credited
#: before ("the paper"), ``agency`` the same or a public body, ``pronoun`` the same or whom the
#: sentence is about ("he"); ``house`` an
#: organisation that the text calls by what it is ("the company"); ``court`` what a court heard;
#: ``rumour`` what nobody in particular tells ("reports suggest").
Kind = Literal[
    "media", "voice", "anonymous", "again", "agency", "pronoun", "house", "court", "rumour", ""
]


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is credited, and in what manner. Only ``media`` and ``voice`` have names."""

    kind: Kind
    names: tuple[str, ...] = ()
    words: str = ""
    """What those are called who were credited before: "the paper"."""


NOBODY = Credit("")

ARTICLE = re.compile(
    r"^(?:à |au |aux |de |du |des |d')?(?:l[ae]s? |l'|the |its |sa |son |ses |leur |un |une |an? |"
    r"one of the |one of )?",
    re.I,
)
_ONE_OF_MANY = re.compile(
    r"(?:an?|une?|one(?: of)?|l'une? des|several|plusieurs|two|three|deux|trois) ", re.I
)
_SPOKEN_FOR = re.compile(r"spokes\w+|porte-parole|representative|représentant", re.I)
# "The GMW union" is GMW.
_COMMON = re.compile(
    r" (?:union|party|newspaper|paper|magazine|website|news site|site|group|company|firm|"
    r"think tank|"
    r"consultancy|news agency|news|agency|channel|broadcaster|newsletter|podcast)$"
)
# "Selon Chosun donc".
_AFTERWORD = re.compile(
    r"(?<=\w) (?:donc|toutefois|pourtant|notamment|cependant|ainsi|également|aussi|encore|hier|"
    r"lui-même|elle-même|eux-mêmes|though|however|also|too)$"
)
_HANDLE = re.compile(r"(?<!\w)@\w{2,30}")
# "Labour's Ailsa Boyd": whose, and who.
_OWNER = re.compile(rf"(?P<owner>{CAP}(?: {CAP})*)'s? {CAP}")
_BY = re.compile(r" (?:par|by|dans|in|auprès d[eu'])(?= )(?P<rest>.*)$")
# "Le collectif Oui au train de nuit", "le syndicat Force ouvrière".
_BODY = re.compile(
    r"^(?:l'|le |la |the )?(?:collectif|association|syndicat|ong|parti|mouvement|fédération|"
    r"confédération|charity|campaign group) (?P<name>[A-ZÀ-Þ][\w'-]+(?! d)(?: [\w'-]+){1,5})$"
)
_SUBORDINATE = re.compile(
    r"(?:after|before|while|as|since|when|because|although|though|with|après que|alors que|"
    r"depuis que|lorsque|quand|parce que)\b",
    re.IGNORECASE,
)
MARGIN = " ,;:-–—'\"«»()"
# "Economists at Hartwell": the house speaks.
AT = re.compile(
    r"\b(?i:analyst|economist|strategist|expert|researcher|analyste|économiste|stratège|chercheur)"
    rf"e?s? (?:at|of|from|with|chez|de|d'|à|au) ?(?:the |la |l'|le )?"
    rf"(?:banque |cabinet |courtier |bank |broker |brokerage |consultancy )?(?P<who>{CAP}.*)$"
)
# "Analysts at Commerzbank expect it": where the house's name is over.
_EXPECTS = re.compile(
    r" (?:also |now |still )?(?:expect|see|say|said|forecast|predict|estimate|think|believe|reckon|"
    r"s'attend|tabl|estim|prévoi|anticip|jug|pens|mis)\w*(?: .*)?$"
)
_ABROAD = re.compile(
    r"\b(?:US|UK|EU|American|British|Chinese|Russian|Spanish|Italian|German|Indian) "
)
# "The Bell from Seoul", "Lowe on Tuesday": where or when, and no part of the name.
_APART = re.compile(r" (?:from|on (?=[A-Z]\w+day\b)) ?")
# "Lowe's sources": a reporter's.
_WHOSE_SOURCES = re.compile(rf"(?P<who>{CAP}(?: {CAP}){{0,2}}?)['’]s? (?:\w+ )?sources?")
_SOURCES_OF = re.compile(rf"(?:l[ae]s? )?(?:propres )?sources? (?:de |d')(?P<who>{CAP})")
# "Hartwell economists".
_HOUSE_SAYS = re.compile(
    rf"(?:[Tt]he )?(?P<who>{CAP}(?: (?:& )?{CAP}){{0,2}}) (?:analysts|economists|strategists)"
)
#: Those of whom the analysts are whom they look at, and of none of theirs.
_NO_HOUSE = frozenset(
    {"Wall Street", "City", "Street", "Apple", "Tesla", "Fed", "Many", "Most", "Some"}
)
_FAMILIAR = re.compile(r"familiar|proche|close to|knowledge", re.IGNORECASE)
# What is one thing as a whole, and another in a longer phrase.
_WHOLE: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"ils|elles|eux|they|them", re.IGNORECASE), "again"),
    (re.compile(r"(?:.{0,20}, |et |mais )?on", re.IGNORECASE), "anonymous"),
    (speakers.NOBODY, ""),
    (speakers.FIGURES, ""),
    (speakers.COURT, "court"),
    (speakers.PRONOUN, "pronoun"),
)
_NAME_WORDS = 6
#: Words of a role that are too many to be one.
_ROLE_WORDS = 9


def unknown(words: str) -> Credit:
    """Whom some words credit in which there is no known name."""
    for pattern, kind in _WHOLE:
        if pattern.fullmatch(words):
            return Credit(kind)
    handle = _HANDLE.search(words)
    if handle is not None:
        return Credit("media", (handle[0],))
    words = _AFTERWORD.sub("", words)
    proper = people(words)
    titled = outlet_words.titled(words)
    if titled and not proper[1:]:
        return Credit("media", (titled,))
    at = AT.search(words)
    if at is not None and not _FAMILIAR.search(words):
        return Credit("voice", (_house(at),))
    if words[1:].islower() and speakers.PRESS_OF.fullmatch(words):
        return Credit("rumour")
    if not proper and speakers.AGAIN.match(words):
        return Credit("agency" if speakers.BODY.search(words) else "again", words=words)
    if _SUBORDINATE.match(words):
        return NOBODY
    return _by_outlet(words, proper) or _by_kind(words, proper)


def observer(words: str) -> str | None:
    """The house of "les analystes d'Oddion", whose forecast the sentence then is."""
    at = AT.search(words)
    return _house(at) if at is not None and people(at["who"]) else None


def _house(at: re.Match[str]) -> str:
    """The house of those who are "at" it."""
    who = _EXPECTS.sub("", at["who"])
    return _whole(who, people(who))


def _by_outlet(words: str, proper: tuple[str, ...]) -> Credit | None:
    """The outlet of "les documents mis en ligne par le site TekNow", or None."""
    by = _BY.search(words) if proper else None
    named = _proper(by["rest"], people(by["rest"]) or proper) if by is not None else NOBODY
    return named if named.kind == "media" else None


def _by_kind(words: str, proper: tuple[str, ...]) -> Credit:
    common = _ABROAD.sub("", words)
    if (not proper or common[1:].islower()) and (
        speakers.REPORTS.fullmatch(common) or speakers.FRENCH_REPORTS.fullmatch(words)
    ):
        return Credit("rumour")
    whose = _WHOSE_SOURCES.fullmatch(words)
    if whose is not None:
        return Credit("media", (whose["who"],))
    theirs = _SOURCES_OF.fullmatch(words)
    if theirs is not None and theirs["who"] in KNOWN_SURNAMES:
        return Credit("media", (theirs["who"],))
    house = _HOUSE_SAYS.fullmatch(words)
    if house is not None and house["who"] not in _NO_HOUSE:
        return Credit("voice", (house["who"],))
    if is_unnamed(words, proper):
        return Credit("anonymous")
    if speakers.ANONYMOUS.search(words) and not _has_person(proper):
        if speakers.OTHERS.search(words):
            return Credit("anonymous", words=words)
        same = speakers.SAME.search(words)
        return Credit("again", words=same[0]) if same is not None else Credit("anonymous")
    if proper and _PLAYER.match(words) and not _has_person(proper):
        return Credit("pronoun", words=words)
    if proper:
        return _proper(words, proper)
    return Credit("house") if speakers.HOUSE.fullmatch(words) else _role(words)


# "L'ancien portier du PSG": somebody who was named before, and not the club.
_PLAYER = re.compile(
    r"(?:l'|le |la |cet? |cette |the )?(?:(?:ancien(?:ne)?|ex|jeune|futur|numéro|former) |ex-)*+"
    r"(?:portier|gardien(?:ne)?|attaquante?|ailier|buteur|buteuse|défenseure?|latéral|milieu|"
    r"stoppeur|piston|meneur|avant-centre|capitaine|technicien(?:ne)?|entraîneure?|coach|"
    r"international|joueu(?:r|se)|pilote|acteur|actrice|chanteu(?:r|se)|striker|winger|"
    r"midfielder|defender|goalkeeper|captain)"
    r"(?: \w+){0,3}? (?:d[eu] |de la |des |d'|of |from |at )",
    re.IGNORECASE,
)
# "Dans sa newsletter Power On": whose it is has been credited.
_OWN = re.compile(r"\b(?:sa|son|ses|his|her|their)\b", re.IGNORECASE)
# "Le président de": what comes next is a house, and then its president.
_HEADS = re.compile(
    rf"(?:l'|le |la |the )?(?:\w+ ){{0,3}}?{OFFICE.pattern}.{{0,20}} (?:d[eu] |des |de la |de l'|"
    rf"d')$",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    {"Le", "La", "Di", "De", "Van", "Von", "Ben", "El", "Al", "Da", "Dos", "Del"}
)
#: Capitals of a house's name and somebody's.
_HOUSE_AND_NAME = 3
# "Sean Deveney of Heavy.com".
_OF_AN_OUTLET = re.compile(
    rf"(?P<who>{CAP}(?: {CAP})+) (?:of|at|from|for|de|du|pour|chez) (?:the |la |"
    rf"le )?(?P<outlet>{CAP}.{{0,30}})"
)
# "Ada Lowe of Hartwell", but "Reserve Bank of Ayr".
_OF_A_HOUSE = re.compile(rf"(?P<who>{CAP}(?: {CAP}){{1,2}}) (?:of|at|from) (?:the )?{CAP}")
_BODIES = re.compile(
    rf"{OFFICE.pattern}|\b(?:Reserve|Royal|College|Church|Duke|Duchess|Prince|Princess|King|Queen|"
    r"Earl|Lord|Chamber|House|Society|School|Academy|Museum|Republic|Kingdom|States|Centre|Center|"
    r"Bureau|Port|City|Archbishop|Bishop|Order|Times|News|Post)\b",
    re.IGNORECASE,
)
# Two people, each by their full name.
_PAIR = re.compile(rf"(?P<one>{CAP}(?: {CAP}){{1,2}}) (?:and|et) (?P<other>{CAP}(?: {CAP}){{1,2}})")
# Two people, each with what they are: "leaker Ada Stone and Ayr Post editor Ben Lowe".
_EACH_IN_OFFICE = re.compile(
    rf"(?:[a-z-]+ ){{0,3}}(?P<one>{CAP}(?: {CAP}){{1,2}}) and (?:the )?(?:{CAP} ){{0,3}}"
    rf"(?:[a-z-]+ ){{1,3}}(?P<other>{CAP}(?: {CAP}){{1,2}})(?! {CAP})"
)
# "Pearson Plc": a newsroom does without.
_LEGAL = re.compile(
    r" (?:Plc|PLC|plc|Inc|Corp|Ltd|Limited|LLC|LP|S\.?p\.?A|N\.?V|AG|SE|GmbH|Pty)\.?$"
)


def _proper(words: str, proper: tuple[str, ...]) -> Credit:
    """Somebody by a name that is not known: an outlet where the words or the name say so."""
    noun = outlet_words.NOUN.search(words)
    # "Daily Trust": a noun with a capital belongs to the name.
    if noun is not None and noun[0][0].islower():
        if _OWN.search(words, 0, noun.start()):
            return NOBODY
        after = people(words[noun.end() :])
        if after and (" " not in after[0] or not _has_first_name(words, after[0])):
            return Credit("media", after[:1])
    owner = _OWNER.search(words)
    house = owner["owner"].removesuffix("'s") if owner is not None else ""
    if house and outlet_words.is_shaped(house):
        return Credit("media", (house, proper[-1]))
    both = _two(words) or each_of(proper[-1])
    if both[1:]:
        return Credit("media" if speakers.OBSERVER.search(words) else "voice", both)
    name = _LEGAL.sub("", _officer(words, _whole(words, proper)))
    somebody = _OF_A_HOUSE.match(name)
    if somebody is not None and not _BODIES.search(somebody["who"]):
        name = somebody["who"]
    of = _OF_AN_OUTLET.fullmatch(ARTICLE.sub("", words, count=1).strip())
    if of is not None and (outlet_words.is_shaped(of["outlet"]) or of["who"] in KNOWN_REPORTERS):
        return Credit("media", (of["who"], of["outlet"]))
    observes = speakers.OBSERVER.search(words) or outlet_words.is_shaped(name)
    return Credit("media" if observes else "voice", (name,))


def _two(words: str) -> tuple[str, ...]:
    """Of "leaker Ada Stone and Ayr Post editor Ben Lowe", each; empty for anybody else."""
    pair = _EACH_IN_OFFICE.match(ARTICLE.sub("", words, count=1).strip())
    return (pair["one"], pair["other"]) if pair is not None else ()


def _officer(words: str, name: str) -> str:
    """Without the house that somebody heads: "le patron de Nordica Luc Armand"."""
    parts = name.split()
    capitals = [place for place, part in enumerate(parts) if part[0].isupper()]
    if len(capitals) < _HOUSE_AND_NAME or not _HEADS.match(words[: max(0, words.find(name))]):
        return name
    linked = parts[capitals[-2]] in _PARTICLES or parts[capitals[-1] - 1].islower()
    first = -3 if linked else -2
    if len(capitals) == _HOUSE_AND_NAME:
        first = 1 - len(capitals)
    return " ".join(parts[capitals[first] :])


def each_of(name: str) -> tuple[str, ...]:
    """Of "Ada Stone and Ben Lowe", each; of any other name, it."""
    pair = _PAIR.fullmatch(name)
    return (pair["one"], pair["other"]) if pair is not None else (name,)


def _has_first_name(words: str, name: str) -> bool:
    """Whether a reporter is named and not the outlet: "le journaliste du site Ivan Roux"."""
    return speakers.OBSERVER.search(words[: words.find(name)]) is not None


def _role(words: str) -> Credit:
    """Somebody by what they are: "porte-parole du gouvernement"; "un élu" is nobody known."""
    if _ONE_OF_MANY.match(words):
        return Credit("house" if _SPOKEN_FOR.search(words) else "anonymous")
    role = ARTICLE.sub("", words, count=1).strip()
    if OFFICE.search(role) and role[0].isalpha() and len(role.split()) <= _ROLE_WORDS:
        return Credit("voice", (role,))
    return NOBODY


def begins_with_house(words: str) -> bool:
    """Whether a sentence is about "the company", by what it is and not by its name."""
    return speakers.HOUSE.match(words.lstrip(' "«')) is not None


def _whole(words: str, proper: tuple[str, ...]) -> str:
    """The person, or the name with what belongs to it: "Société des grands projets"."""
    if _has_person(proper):
        return proper[-1]
    body = _BODY.match(words)
    if body is not None and body["name"].startswith(proper[0]):
        return body["name"]
    name = _COMMON.sub("", ARTICLE.sub("", words, count=1).strip())
    name = _APART.split(name)[0]
    first = ARTICLE.sub("", proper[0], count=1)
    return name if name.startswith(first) and len(name.split()) <= _NAME_WORDS else proper[0]


def _has_person(proper: tuple[str, ...]) -> bool:
    return any(" " in name and " and " not in name and " et " not in name for name in proper)
