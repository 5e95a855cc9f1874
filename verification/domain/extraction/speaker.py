"""Whom "he" is in "Roe told Sky he would stay": whoever speaks, if the sentence names them."""

from __future__ import annotations

import re
from collections.abc import Collection

from verification.domain.extraction.cuts import Cut
from verification.domain.extraction.offices import OFFICE
from verification.domain.extraction.outlets import KNOWN_REPORTERS, known_outlets
from verification.domain.extraction.proper import people
from verification.domain.extraction.speakers import AGAIN, ANONYMOUS, HOUSE, OBSERVER, PRONOUN
from verification.domain.extraction.speech import Speech
from verification.domain.extraction.tags import is_what_they_are
from verification.domain.extraction.text import lowered

_PERSON = re.compile(r"(?:he|she|il|elle)(?= )", re.IGNORECASE)
_THING = re.compile(r"it(?= )", re.IGNORECASE)
_MANY = re.compile(r"(?:they|ils|elles)(?= )", re.IGNORECASE)
_OWN = re.compile(r"(?P<who>his|her|its)(?= )", re.IGNORECASE)
# "Il faudra", "il y aurait", "it would be possible to" are nobody.
_NOBODY = re.compile(
    r"(?:il (?:n'|ne )?(?:y |s'agi|faut|faudr|serait (?:\w+ )?(?:de|que|possible|nécessaire|"
    r"question)|sera (?:possible|nécessaire|question)|est (?:possible|probable|question)|"
    r"conviendr|restera|reste))"
    r"|it (?:is|was|would be|will be|could be|may be|might be|has been) (?:\w+ ){0,2}(?:to|that)\b",
    re.IGNORECASE,
)
_FEMALE = re.compile(
    r"(?:la|sa|une|cette) |.*\b(?:ministre déléguée|présidente|directrice|patronne|députée|"
    r"actrice|chanteuse|joueuse|secrétaire générale|ms|mrs|mme|madame|chairwoman|spokeswoman|"
    r"actress)\b",
    re.IGNORECASE,
)
_MALE = re.compile(
    r"(?:le|son|un|ce) |.*\b(?:président|directeur|patron|député|acteur|chanteur|joueur|mr|"
    r"monsieur|sir|lord|chairman|spokesman|actor)\b",
    re.IGNORECASE,
)
_SHE = frozenset({"she", "her", "elle", "elles"})
_HE = frozenset({"he", "his", "il", "ils"})
# The Treasury, EDF, Nordica Plc.
_BODY = re.compile(
    r"(?:the |l'|la |le |les )?[A-ZÀ-Þ][A-Z&]+$|(?:[Tt]he |[Ll]'|[Ll]a |[Ll]e )[A-ZÀ-Þ][^,]*$|.* "
    r"(?:plc|Plc|Inc|Corp|Ltd|AG|SA|SE|Group|Groupe|Motors|Airlines|Bank|Airways|Energy|"
    r"Pharma|Games|Studios?|Pictures|Entertainment|Focus|Freight|Partners|Capital|Systems|Co)\.?$"
)
_SPEAKS_FOR = re.compile(
    r"\b(?:agent|lawyer|attorney|avocate?|porte-parole|spokes\w+|representative|représentante?|"
    r"entourage|father|mother|brother|père|mère|frère|wife|husband|coach|manager|entraîneure?|"
    r"sélectionneure?|aides?|advis[eo]r)\b",
    re.IGNORECASE,
)
# "He expects": what a reporter and an analyst, too, say of themselves.
_THINKS = re.compile(
    r"\w+ (?:now |still |also |s')?(?:expects?|thinks?|believes?|hopes?|predicts?|forecasts?|"
    r"s'attend\w*|attend|table|estim\w+|prévo\w+|esp[éè]r\w+|pens\w+|hoped|expected)\b",
    re.IGNORECASE,
)
#: Characters of a subject.
_LONGEST = 120


def spoken_for(
    sentence: str, cut: Cut, rest: str, speech: Speech, surnames: Collection[str]
) -> str:
    """What is said, with the speaker's name for the pronoun that it begins with.

    ``surnames`` are those of people: "Renault said it would" is of a firm, "Kuo said it would" not.
    """
    credit = cut.credit
    if credit is None or credit.credit.kind not in {"voice", "house", "media"} or credit.lead:
        return rest
    pronoun = next(
        (found for kind in (_PERSON, _THING, _MANY, _OWN) if (found := kind.match(rest))), None
    )
    if pronoun is None or _NOBODY.match(rest):
        return rest
    whole = _subject(sentence, cut, speech)
    name = whole and _named(whole, pronoun[0].lower())
    if not whole or not name:
        return rest
    said = pronoun[0].lower()
    thinks = _THINKS.match(rest) is not None
    if said in {"it", "its"}:
        meant = credit.credit.kind != "media" and _is_body(name, surnames)
    else:
        meant = _is_meant(whole, name, said, credit.credit.kind, thinks=thinks)
    if not meant:
        return rest
    if pronoun.re is _OWN:
        if name[0].islower() or not name[:1].isupper():
            return rest
        name += "'" if name.endswith("s") else "'s"
    return name + rest[pronoun.end() :]


def _subject(sentence: str, cut: Cut, speech: Speech) -> str | None:
    """The words before the verb of saying, without those before them that only say when."""
    low = lowered(sentence)
    verb = None
    for match in speech.verbs.finditer(low, cut.start, cut.end):
        verb = match
    return sentence[cut.start : verb.start()].strip(" ,") if verb is not None else None


def _named(whole: str, pronoun: str) -> str | None:
    """The piece of a subject that names somebody: "Jane Doe" of "The chief executive, Jane Doe"."""
    pieces = [piece.strip() for piece in whole.split(",")]
    pieces = [piece for piece in pieces if piece and not is_what_they_are(piece)] or pieces
    named = [piece for piece in pieces if any(" " in name for name in people(piece))]
    named = named or [piece for piece in pieces if people(piece)]
    chosen = named[0] if named else pieces[0]
    if not chosen or len(chosen) > _LONGEST:
        return None
    office = OFFICE.search(chosen) is not None
    return chosen if named or office or pronoun in {"it", "they", "ils", "elles"} else None


def _is_body(name: str, surnames: Collection[str]) -> bool:
    """Whether it is a firm's name or a body's, and nobody's."""
    if AGAIN.match(name) or ANONYMOUS.search(name) or KNOWN_REPORTERS.intersection(people(name)):
        return False
    alone = " " not in name and name[:1].isupper() and name not in surnames
    return alone or _BODY.match(name) is not None or HOUSE.fullmatch(name) is not None


def _for_another(whole: str, said: str) -> bool:
    """Whether it is somebody else's agent or coach who speaks: "Her coach said she would"."""
    begins = whole.split(" ", 1)[0].lower()
    others = {"her": {"she", "her"}, "his": {"he", "his"}, "its": {"it"}, "their": {"they"}}
    return (
        said in others.get(begins, ())
        or begins in {"son", "sa", "ses", "leur", "leurs"}
        or _SPEAKS_FOR.search(whole) is not None
    )


def _is_meant(whole: str, name: str, pronoun: str, kind: str, *, thinks: bool) -> bool:
    """Whether somebody who speaks speaks of themselves, and not of whom they report on."""
    if kind == "media" and (pronoun == "they" or not _is_person(name)):
        # "Reuters said he would": he is whom Reuters writes of.
        return False
    if OBSERVER.search(whole) and not thinks:
        return False
    if _for_another(whole, pronoun) and not thinks:
        return False
    if AGAIN.match(name) or PRONOUN.fullmatch(name) or (ANONYMOUS.search(name) and not thinks):
        return False
    if KNOWN_REPORTERS.intersection(people(name)) and not thinks:
        return False
    if pronoun in {"they", "ils", "elles"}:
        return name.split()[0].lower() in {"the", "les", "ministers"} and name.endswith("s")
    female, male = _FEMALE.match(whole), _MALE.match(whole)
    return not (
        (pronoun in _SHE and male and not female) or (pronoun in _HE and female and not male)
    )


def _is_person(name: str) -> bool:
    """Whether it is somebody's name, and no outlet's, and of no outlet's reporter."""
    if re.match(r"(?:[Tt]he|[Ll]es?|[Ll]a|[Ll]') ?[A-Z]", name):
        return False
    return bool(people(name)) and not known_outlets().find(name)
