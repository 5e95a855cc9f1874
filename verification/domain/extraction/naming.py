"""Who is meant by the words that a text credits: "the paper", "M. Tessier", "des sources"."""

from __future__ import annotations

import re

from verification.domain.extraction import outlet_words, speakers
from verification.domain.extraction.kinds import NOBODY, Credit, Kind
from verification.domain.extraction.offices import OFFICE
from verification.domain.extraction.outlets import KNOWN_SURNAMES
from verification.domain.extraction.proper import CAP, people
from verification.domain.extraction.strangers import ARTICLE, has_person, stranger, whole_name
from verification.domain.extraction.unnamed import is_land, is_unnamed

_ONE_OF_MANY = re.compile(
    r"(?:an?|une?|one(?: of)?|l'une? des|several|plusieurs|two|three|deux|trois) ", re.I
)
_SPOKEN_FOR = re.compile(r"spokes\w+|porte-parole|representative|représentant", re.I)
# "Selon Chosun donc".
_AFTERWORD = re.compile(
    r"(?<=\w) (?:donc|toutefois|pourtant|notamment|cependant|ainsi|également|aussi|encore|hier|"
    r"lui-même|elle-même|eux-mêmes|yesterday|today|this week|last week|last night|"
    r"though|however|also|too)$"
)
_HANDLE = re.compile(r"(?<!\w)@\w{2,30}")
_BY = re.compile(r" (?:par|by|dans|in|auprès d[eu'])(?= )(?P<rest>.*)$")
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
# "Lowe's sources": a reporter's.
_WHOSE_SOURCES = re.compile(rf"(?P<who>{CAP}(?: {CAP}){{0,2}}?)['’]s? (?:\w+ )?sources?")
_SOURCES_OF = re.compile(rf"(?:l[ae]s? )?(?:propres )?sources? (?:de |d')(?P<who>{CAP})")
# "Des informations exclusives de la chaîne LN24": the channel's.
_INFO_OF = re.compile(
    r"(?:l[ae]s? |des |ces |une |l')?(?:dernières |premières )?(?:informations?|infos?|"
    r"révélations?|prévisions?|estimations?|calculs?|projections?) "
    r"(?:[a-zà-ÿ]+ )?(?:recueillies par |obtenues par |de |du |d'|des )"
    r"(?P<who>.{2,60})"
)
_TELLERS = frozenset({"media", "voice", "rumour", "house"})
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
# "L'Italien précise": the reporter who was named before.
_DEMONYM = re.compile(
    r"(?:L'|l'|Le |le |La |la )(?:Italien|Espagnol|Britannique|Anglais|Allemand|Français|Belge|"
    r"Portugais|Néerlandais|Argentin|Brésilien|Américain|Écossais|Turc|Chinois|Coréen|Sud-Coréen|"
    r"Suisse|Canadien|Québécois|Sénégalais|Ivoirien)(?:ne|e)?"
)
_WHOLE: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"ils|elles|eux|they|them", re.IGNORECASE), "again"),
    (re.compile(r"(?:.{0,20}, |et |mais )?on", re.IGNORECASE), "anonymous"),
    (
        re.compile(r"another|a (?:second|third|fourth)|the other|(?:one|two) of them", re.I),
        "anonymous",
    ),
    (speakers.NOBODY, ""),
    (speakers.FIGURES, ""),
    (speakers.COURT, "court"),
    (speakers.PRONOUN, "pronoun"),
    (_DEMONYM, "again"),
)
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
    return whole_name(who, people(who))


def _by_outlet(words: str, proper: tuple[str, ...]) -> Credit | None:
    """The outlet of "les documents mis en ligne par le site TekNow", or None."""
    told = _INFO_OF.fullmatch(words)
    if told is not None and (whose := unknown(told["who"])).kind in _TELLERS:
        return whose
    by = _BY.search(words) if proper else None
    named = stranger(by["rest"], people(by["rest"]) or proper) if by is not None else NOBODY
    return named if named.kind == "media" else None


def _by_kind(words: str, proper: tuple[str, ...]) -> Credit:
    common = _ABROAD.sub("", words)
    if (not proper or common[1:].islower() or is_land(proper[-1])) and (
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
    if speakers.ANONYMOUS.search(words) and not has_person(proper):
        if speakers.OTHERS.search(words):
            return Credit("anonymous", words=words)
        same = speakers.SAME.search(words)
        return Credit("again", words=same[0]) if same is not None else Credit("anonymous")
    if proper and _PLAYER.match(words) and not has_person(proper):
        return Credit("pronoun", words=words)
    if proper:
        return stranger(words, proper)
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


_SOMEBODY = re.compile(
    r"(?:l'|le |la |cet |cette |ce )(?:jeune |ancienne? |ex-)?(?:actrice|acteur|comédien(?:ne)?|"
    r"chanteu(?:r|se)|animat(?:eur|rice)|présentat(?:eur|rice)|réalisat(?:eur|rice)|cinéaste|rappeu(?:r|se)|"
    r"humoriste|romanci(?:er|ère)|attaquante?|défenseure?|milieu|gardien(?:ne)?|ailier|"
    r"skippeu(?:r|se)|pilote|cycliste|coureu(?:r|se)|champion(?:ne)?|édile|trentenaire|"
    r"quadragénaire|quinquagénaire|sexagénaire|septuagénaire|avocate?|médecin|chercheu(?:r|se))",
    re.IGNORECASE,
)


def _role(words: str) -> Credit:
    """Somebody by what they are: "porte-parole du gouvernement"; "un élu" is nobody known."""
    if _ONE_OF_MANY.match(words):
        return Credit("house" if _SPOKEN_FOR.search(words) else "anonymous")
    role = ARTICLE.sub("", words, count=1).strip()
    if OFFICE.search(role) and role[0].isalpha() and len(role.split()) <= _ROLE_WORDS:
        return Credit("voice", (role,))
    # "L'actrice": whom the last sentences named.
    return Credit("pronoun", words=words) if _SOMEBODY.fullmatch(words) else NOBODY


def begins_with_house(words: str) -> bool:
    """Whether a sentence is about "the company", by what it is and not by its name."""
    return speakers.HOUSE.match(words.lstrip(' "«')) is not None
