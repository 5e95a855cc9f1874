"""Somebody, or a house, by a name that is on no list."""

from __future__ import annotations

import re

from verification.domain.extraction import outlet_words, speakers
from verification.domain.extraction.kinds import NOBODY, Credit
from verification.domain.extraction.offices import OFFICE
from verification.domain.extraction.outlets import KNOWN_REPORTERS
from verification.domain.extraction.proper import CAP, people

ARTICLE = re.compile(
    r"^(?:à |au |aux |de |du |des |d')?(?:l[ae]s? |l'|the |its |sa |son |ses |leur |un |une |an? |"
    r"one of the |one of )?",
    re.I,
)
# "The GMW union" is GMW.
_COMMON = re.compile(
    r" (?:union|party|newspaper|paper|magazine|website|news site|site|group|company|firm|"
    r"think tank|consultancy|news agency|news|agency|channel|broadcaster|newsletter|podcast)$"
)
# "Labour's Ailsa Boyd": whose, and who.
_OWNER = re.compile(rf"(?P<owner>{CAP}(?: {CAP})*)'s? {CAP}")
# "Le collectif Oui au train de nuit", "le syndicat Force ouvrière".
_BODY = re.compile(
    r"^(?:l'|le |la |the )?(?:collectif|association|syndicat|ong|parti|mouvement|fédération|"
    r"confédération|charity|campaign group) (?P<name>[A-ZÀ-Þ][\w'-]+(?! d)(?: [\w'-]+){1,5})$"
)
# "The Bell from Seoul", "Lowe on Tuesday": where or when, and no part of the name.
_APART = re.compile(r" (?:from|on (?=[A-Z]\w+day\b)) ?")
# "Le ministère de la Santé", "la préfecture du Var".
_OF_STATE = re.compile(
    r"(?i:l'|le |la )?(?P<name>(?:ministère|préfecture|mairie|rectorat|tribunal|cour|agence|"
    r"chambre|conseil|université|hôpital|commission|région|département|métropole|chancellerie|ambassade|"
    r"aéroport|port|office|fédération|ligue|syndicat|ordre|CHU)(?: [a-zà-ÿ]+){0,2} "
    rf"(?:de la |de l'|du |des |de |d'){CAP}[\w' -]{{0,30}})"
)
# "Le préfet du Var", who has no name here, and is not the Var.
_IN_OFFICE = re.compile(
    r"(?i:l'|le |la )?(?P<name>(?:vice-)?(?:préf[eè]te?|maire|procureure?|présidente?|"
    r"recteur|rectrice|évêque|gouverneure?|bourgmestre|ambassadeur|ambassadrice|ministre|adjointe?|commissaire)"
    rf"(?: [a-zà-ÿ]+){{0,2}} (?:de la |de l'|du |des |de |d'){CAP}(?:-[\w-]+)?)"
)
#: Words of an organisation's name; what has more is a phrase.
_NAME_WORDS = 6
# "Dans sa newsletter Power On": whose it is has been credited.
_OWN = re.compile(r"\b(?:sa|son|ses|his|her|their)\b", re.IGNORECASE)
# "Le président de": what comes next is a house, and then its president.
_HEADS = re.compile(
    rf"(?:l'|le |la |the )?(?:\w+ ){{0,3}}?{OFFICE.pattern}.{{0,20}} "
    r"(?:d[eu] |des |de la |de l'|d')$",
    re.IGNORECASE,
)
# "La chaîne danoise TV 2": a channel's number is part of its name.
_NUMBERED = re.compile(rf"(?: [a-zà-ÿ-]+){{0,2}} (?P<name>{CAP} \d{{1,3}})(?!\w)")
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


def stranger(words: str, proper: tuple[str, ...]) -> Credit:
    """Somebody by a name that is not known: an outlet where the words or the name say so."""
    noun = outlet_words.NOUN.search(words)
    # "Daily Trust": a noun with a capital belongs to the name.
    if noun is not None and noun[0][0].islower():
        if _OWN.search(words, 0, noun.start()):
            return NOBODY
        after = people(words[noun.end() :])
        numbered = _NUMBERED.match(words, noun.end())
        if numbered is not None:
            return Credit("media", (numbered["name"],))
        if after and (" " not in after[0] or not _has_first_name(words, after[0])):
            return Credit("media", after[:1])
    owner = _OWNER.search(words)
    house = owner["owner"].removesuffix("'s") if owner is not None else ""
    if house and outlet_words.is_shaped(house):
        return Credit("media", (house, proper[-1]))
    both = _two(words) or each_of(proper[-1])
    if both[1:]:
        return Credit("media" if speakers.OBSERVER.search(words) else "voice", both)
    name = _public(words, proper) or _LEGAL.sub("", _officer(words, whole_name(words, proper)))
    somebody = _OF_A_HOUSE.match(name)
    if somebody is not None and not _BODIES.search(somebody["who"]):
        name = somebody["who"]
    of = _OF_AN_OUTLET.fullmatch(ARTICLE.sub("", words, count=1).strip())
    if of is not None and (outlet_words.is_shaped(of["outlet"]) or of["who"] in KNOWN_REPORTERS):
        return Credit("media", (of["who"], of["outlet"]))
    observes = speakers.OBSERVER.search(words) or outlet_words.is_shaped(name)
    return Credit("media" if observes else "voice", (name,))


def _public(words: str, proper: tuple[str, ...]) -> str:
    """A public body or office by where it is: "préfecture du Var"; empty for anybody else."""
    body = _OF_STATE.fullmatch(words)
    if body is None and not has_person(proper):
        body = _IN_OFFICE.fullmatch(words)
    return body["name"] if body is not None else ""


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


def whole_name(words: str, proper: tuple[str, ...]) -> str:
    """The person, or the name with what belongs to it: "Société des grands projets"."""
    if has_person(proper):
        return proper[-1]
    body = _BODY.match(words)
    if body is not None and body["name"].startswith(proper[0]):
        return body["name"]
    name = _COMMON.sub("", ARTICLE.sub("", words, count=1).strip())
    name = _APART.split(name)[0]
    first = ARTICLE.sub("", proper[0], count=1)
    return name if name.startswith(first) and len(name.split()) <= _NAME_WORDS else proper[0]


def has_person(proper: tuple[str, ...]) -> bool:
    """Whether one of some names is a person's, or looks like one: it has two words or more."""
    return any(" " in name and " and " not in name and " et " not in name for name in proper)
