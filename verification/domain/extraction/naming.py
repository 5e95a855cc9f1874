"""Who is meant by the words that a text credits: "the paper", "M. Tessier", "des sources"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from verification.domain.extraction.outlets import Named, Names
from verification.domain.extraction.text import lowered, words

#: ``media`` an outlet or agency (with the reporter, where named); ``voice`` somebody who speaks
#: for themselves or an organisation; ``anonymous`` unnamed sources; ``again`` whoever was credited
#: before ("the paper"), ``pronoun`` the same or whom the sentence is about ("he"); ``house`` an
#: organisation that the text calls by what it is ("the company"); ``court`` what a court heard.
Kind = Literal["media", "voice", "anonymous", "again", "pronoun", "house", "court", ""]


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is credited, and in what manner. Only ``media`` and ``voice`` have names."""

    kind: Kind
    names: tuple[str, ...] = ()


NOBODY = Credit("")

# Names that are words as well: they are an outlet's only where they are all that is credited.
_WORDS_TOO = frozenset(
    words(
        "Next Capital Sport Record Goal People Metro Empire Mint Polygon Première Puck AS ABC "
        "Fortune Challenges Contexte Investir Variety Deadline Time Globo Expansión "
        "Stratégies Goal Slate Quartz Collider Marianne Public"
    )
) - {"Variety", "Deadline", "Contexte", "Challenges", "Fortune"}

_AGAIN = re.compile(
    r"(?:^|.{0,24}\b)(?:(?:l[ea]s? |l'|ce |cet |cette |ces |un |une |du |de l')?(?:même |mêmes |"
    r"prestigieux |grand |célèbre )?"
    r"(?:quotidien|journal|magazine|hebdomadaire|hebdo|mensuel|agence(?: de presse)?|site|média|"
    r"médias|"
    r"chaîne|radio|publication|tabloïd|confrère|confrères|newsletter|article|enquête|rapport|"
    r"insider|leaker|intéressée?|titre|station)"
    r"|(?:the |this |that |same )+(?:financial |business |tech |trade |sports |british |american |"
    r"german |"
    r"french |japanese |italian |spanish |us |london-based )?(?:news)?"
    r"(?:paper|newspaper|report|reports|outlet|magazine|site|website|agency|publication|network|"
    r"broadcaster|channel|tabloid|journal|daily|article|story|leaker|insider|wire|service|"
    r"newsletter))"
    r"(?: \w+){0,2}$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:il|elle|on|lui|ce dernier|cette dernière|celui-ci|celle-ci|he|she|it|him|her|"
    r"the latter|l'intéressée?)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:the|an?|this|that|et|and|but|mais|or|ou|which|who|qui|le|la|les|l'|as|comme|if|si|also|"
    r"be|been|is|are|plus (?:tôt|tard|haut)|earlier|previously|prévu|quoi|cela|ça|one|some|many)",
    re.IGNORECASE,
)
# What a court hears is about the past.
_COURT = re.compile(
    r"(?:l'|le |la |les |the )?(?:enquête|enquêteurs|parquet|accusation|investigators|prosecutors|"
    r"prosecution|indictment|police|gendarmes|gendarmerie|premiers éléments)(?: .{0,40})?",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(
    r"\b(?:sources?|personnes?|proches?|entourage|initiés?|rumeurs?|bruits?|informations?|infos?|"
    r"témoins?|fuites?|leaks?|indiscrétions?|people|persons?|familiar|insiders?|aides?|delegates?|"
    r"bankers?|rumou?rs?|speculation|"
    r"executives|traders|diplomats?|diplomates?|conseillers?|banquiers|négociateurs|observateurs|"
    r"analystes?|économistes?|experts?|spécialistes|médias|presse|analysts?|economists?|"
    r"media|press|someone|documents?|memos?|mémos?|presentations?|filings?|data|figures|"
    r"chiffres|données|études?|study|calculs|courriers?|lettre|letters?|emails?|records|drafts?|"
    r"brouillon|"
    r"lawyers|employees|salariés)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:mêmes?|ces|cette|deuxième|seconde|troisième|second|third|same|these|those|the (?:people|"
    r"sources?|person|delegates|officials))\b",
    re.I,
)
_HOUSE = re.compile(
    r"(?:l[ea] |l'|les |the |its |their |sa |son |leurs? )"
    r"(?:\w+ )?(?:groupe|entreprise|société|compagnie|constructeur|constructrice|éditeur|"
    r"fabricant|studio|club|firme|géant|start-up|startup|laboratoire|opérateur|banque|fédération|"
    r"direction|company|group|firm|maker|carmaker|automaker|chipmaker|"
    r"drugmaker|retailer|publisher|developer|studio|club|bank|startup|start-up|airline|giant|team|"
    r"league|airport|manufacturer|streamer|operator|plane ?maker)(?: [\wé]+)?",
    re.IGNORECASE,
)
_CAP = r"(?:[A-ZÀ-ÖØ-Þ]|\d+[a-z]+\d*[A-Z])[\w'’.&-]*"
_LINK = r"(?:de la|de l'|de|du|des|d'|van|von|bin|ben|al|el|of the|of|and|&|et|for|pour|à|l')"
_PROPER = re.compile(rf"{_CAP}(?:(?: {_LINK} ?| |(?<=-))(?:{_CAP}))*")
_TITLES = re.compile(
    r"^(?:M|MM|Mme|Mlle|Me|Mgr|Dr|Pr|Mr|Mrs|Ms|Sir|Lord|Lady|Dame|President|Prime Minister|"
    r"Chief (?:Executive|Financial|Operating|Technology)(?: Officer)?|Executive|Officer|CEO|CFO|"
    r"COO|CTO|PDG|DG|"
    r"Secretary|Minister|Senator|Governor|Representative|Majority Leader|Minority Leader|Speaker|"
    r"Chancellor|Chairman|Chairwoman|Chair|Director|Finance Minister|Foreign Minister|"
    r"Treasury Secretary|Insider|Leaker|Analyst|Manager|Coach|Creator|Spokesman|Spokeswoman|Mayor|"
    r"Studio|Representatives|Analysts|Justice|Judge|Professor|Reporter|Former|Party|"
    r"Le|La|Les|L'|The|A|An|Un|Une|In|En|But|Mais|Et|And|As|At|On|Dans|Pour|For|However|Meanwhile|"
    r"Selon|According|D'après|Ce|Cette|Ces|Il|Elle|He|She|It|They)\.? (?=\S)"
)
_NOT_NAMES = frozenset(
    words(
        "Sur Pour Par À Au Aux Après Avant Avec Sans Sous Depuis Entre Vers Chez Lors Si "
        "Quand Comme Car Donc After Before With Without Under Over Since Between From By When "
        "While If Although Though Because As Some Many Most All Both Each Two Three One "
        "Global New Its Nos Notre Plus Le La Les L' The A An Un Une He She It They Il Elle "
        "Ils Elles On Ce Cette Ces We Nous I Je Lundi Mardi Mercredi Jeudi Vendredi Samedi "
        "Dimanche Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February "
        "March April May June July August September October November December In En Dans But "
        "Mais Et And However Selon According Contacté Contactée Interrogé Interrogée Son Sa "
        "Ses His Her Its Their That This These Those There Toujours Also"
    )
)
_ARTICLE = re.compile(
    r"^(?:à |au |aux |de |du |des |d')?(?:l[ae]s? |l'|the |its |sa |son |ses |leur |un |une |an? |"
    r"one of the |one of )?",
    re.I,
)
_OF_OUTLET = re.compile(rf"^(?:'s|’s)? (?P<after>{_CAP}(?: {_CAP})+)")
_REPORTER_OF = re.compile(
    rf"(?P<before>{_CAP}(?: {_CAP})+)(?: (?:of|from|at|de|du|d'|chez|pour))? ?(?:the |l'|la |le |"
    rf"les )?$"
)
_MARGIN = " ,;:-–—'\"«»()"
# "Economists at Hartwell": the house speaks.
_AT = re.compile(
    r"\b(?i:analyst|economist|strategist|expert|researcher|analyste|économiste|stratège|chercheur)"
    rf"e?s? (?:at|of|from|with|chez|de|d') ?(?:the |la |l')?(?P<who>{_CAP}.*)$"
)
_FAMILIAR = re.compile(r"familiar|proche|close to|knowledge", re.IGNORECASE)
# What is one thing as a whole, and another in a longer phrase.
_WHOLE: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"ils|elles|eux|they|them", re.IGNORECASE), "again"),
    (_NOBODY, ""),
    (_COURT, "court"),
    (_PRONOUN, "pronoun"),
)
# Those who report on others: an analyst is no voice of the company.
_OBSERVER = re.compile(
    r"\b(?:analyste?|insider|leaker|leakeur|tipster|journaliste|reporter|chroniqueur)\b", re.I
)
# "Ford Chief Financial Officer John Lawler".
_OFFICE = re.compile(
    r"^.*\b(?:Chief|Executive|Officer|Office|CEO|CFO|COO|President|Minister|Secretary|Chairman|"
    r"Director|Spokesman|Spokeswoman|PDG|Analyst|Manager|Coach) (?=[A-ZÀ-Þ])"
)
_ELIDED = re.compile(r"^[LD]['’](?=[A-Z]{2,})")
_NAME_WORDS = 6
#: Words of a role that are too many to be one.
_ROLE_WORDS = 9


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with the known names in it."""

    sentence: str
    low: str
    named: tuple[Named, ...]

    @classmethod
    def of(cls, sentence: str, names: Names, outlet: str | None = None) -> Scene:
        """The sentence, looked through once; the page's own outlet is known like the others."""
        found = names.find(sentence)
        place = sentence.find(outlet) if outlet else -1
        if outlet and place >= 0 and not any(named.start <= place < named.end for named in found):
            found.append(Named(place, place + len(outlet), outlet))
        return cls(sentence, lowered(sentence), tuple(found))

    def credit(self, start: int, end: int) -> Credit:
        """Whom the words from ``start`` to ``end`` credit."""
        words = self.sentence[start:end].strip(_MARGIN)
        if not words:
            return NOBODY
        media = self._media(start, end, words)
        return Credit("media", media) if media else unknown(words)

    def _media(self, start: int, end: int, words: str) -> tuple[str, ...]:
        found: list[str] = []
        for named in self.named:
            # "aux Échos": the article may be outside of the words.
            if not (start - 4 <= named.start and start < named.end <= end):
                continue
            written = self.sentence[max(start, named.start) : named.end]
            alone = _ARTICLE.sub("", words, count=1).strip()
            if named.name in _WORDS_TOO and alone not in (written, named.name):
                continue
            after = _OF_OUTLET.match(self.sentence[named.end : named.end + 60])
            before = _REPORTER_OF.search(self.sentence[max(start, named.start - 60) : named.start])
            found += people(before["before"])[:1] if before else ()
            found.append(named.name)
            found += people(after["after"])[:1] if after else ()
        return tuple(dict.fromkeys(found))


def unknown(words: str) -> Credit:
    """Whom some words credit in which there is no known name."""
    for pattern, kind in _WHOLE:
        if pattern.fullmatch(words):
            return Credit(kind)
    proper = people(words)
    at = _AT.search(words)
    if at is not None and not _FAMILIAR.search(words):
        return Credit("voice", (_whole(at["who"], people(at["who"])),))
    if _ANONYMOUS.search(words) and not _has_person(proper):
        return Credit("again") if _SAME.search(words) else Credit("anonymous")
    if proper:
        observes = _OBSERVER.search(words) is not None
        return Credit("media" if observes else "voice", (_whole(words, proper),))
    if _AGAIN.match(words):
        return Credit("again")
    return Credit("house") if _HOUSE.fullmatch(words) else _role(words)


def _role(words: str) -> Credit:
    """Somebody by what they are: "porte-parole du gouvernement"."""
    role = _ARTICLE.sub("", words, count=1).strip()
    if role and role[0].isalpha() and len(role.split()) <= _ROLE_WORDS:
        return Credit("voice", (role,))
    return NOBODY


def begins_with_house(words: str) -> bool:
    """Whether a sentence is about "the company", by what it is and not by its name."""
    return _HOUSE.match(words.lstrip(' "«')) is not None


def _whole(words: str, proper: tuple[str, ...]) -> str:
    """The person, or the name with what belongs to it: "Société des grands projets"."""
    if _has_person(proper):
        return proper[-1]
    name = _ARTICLE.sub("", words, count=1).strip()
    return name if name.startswith(proper[0]) and len(name.split()) <= _NAME_WORDS else proper[0]


def _has_person(proper: tuple[str, ...]) -> bool:
    return any(" " in name for name in proper)


def people(words: str) -> tuple[str, ...]:
    """The proper names in some words, without titles; a name of one word at their head counts."""
    found: list[str] = []
    for match in _PROPER.finditer(words):
        name = match[0].rstrip(".'’&-")
        before = None
        while name != before:
            before, name = name, _TITLES.sub("", name)
        name = _OFFICE.sub("", name)
        name = _ELIDED.sub("", name.removesuffix("'s").strip())
        if len(name) > 1 and name not in _NOT_NAMES:
            found.append(name)
    return tuple(found)
