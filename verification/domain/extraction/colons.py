"""Who says what stands after a colon: "Le ministre en a dit un peu plus : « Il pourrait »"."""

from __future__ import annotations

import re

from verification.domain.extraction.credits import Attribution
from verification.domain.extraction.kinds import Credit
from verification.domain.extraction.outlets import KNOWN_REPORTERS
from verification.domain.extraction.proper import people
from verification.domain.extraction.scene import Scene
from verification.domain.extraction.speakers import OBSERVER, PRONOUN

_COLON = re.compile(r" ?: (?=\S)|:(?=[«\"])")
# "INFO RMC SPORT : Rego signera à Nice".
_BRANDED = re.compile(
    r"\W*(?:INFO|EXCLU|EXCLUSIF|"
    r"INFORMATION)(?: EXCLUSIVE)? (?P<who>[A-ZÀ-Þ\d][A-ZÀ-Þ\d' .+-]{1,28}?)"
    r" ?[:-] "
)
_QUOTE = re.compile(r" ?: ?[«\"]")
# Whoever is positive of what comes next: "Marc Roy est formel : Rego restera".
_IS_FIRM = re.compile(
    r"\b(?:a (?:mis fin|tranché|prévenu|coupé court|clarifié)|est (?:formel(?:le)?|catégorique|"
    r"clair|"
    r"claire|sûre?|ferme))\b[^:]{0,40}$"
)
#: Characters of a quotation that says something.
_SAYS = 25
#: Characters in which who speaks is named: "Interrogé lundi, Marc Roy se montre prudent".
_SUBJECT = 45
# "Le ministre", and not "le prix".
_ROLE = re.compile(
    r"(?:l'|le |la |the )(?:\w+ )?(?:ministre|maire|président|présidente|patron|patronne|directeur|"
    r"directrice|entraîneur|entraîneuse|technicien|joueur|joueuse|attaquant|dirigeant|dirigeante|"
    r"député|députée|sénateur|sénatrice|intéressé|intéressée|avocat|avocate|porte-parole|"
    r"minister|mayor|president|boss|director|coach|manager|player|striker|lawyer)\b",
    re.IGNORECASE,
)


def before_colon(scene: Scene) -> list[Attribution]:
    """The speaker whom a sentence names before its colon, where it has no verb of saying."""
    branded = _BRANDED.match(scene.sentence)
    if branded is not None:
        named = scene.credit(*branded.span("who"))
        names = named.names if named.kind == "media" else (branded["who"],)
        return [Attribution(0, branded.end(), Credit("media", names))]
    colon = _COLON.search(scene.sentence)
    if colon is None or len(scene.sentence) - colon.end() < _SAYS:
        return []
    before = scene.sentence[: colon.start()]
    media = tuple(named.name for named in scene.named if named.end <= colon.start())
    reporters = tuple(name for name in people(before) if name in KNOWN_REPORTERS)
    if reporters or (media and OBSERVER.search(before)):
        names = tuple(dict.fromkeys((*reporters, *media)))
        return [Attribution(colon.start(), colon.end(), Credit("media", names))]
    if _QUOTE.match(scene.sentence, colon.start()) is None and not _IS_FIRM.search(before):
        return []
    spoken = _speaker(before)
    return [Attribution(0, colon.end(), spoken)] if spoken is not None else []


def _speaker(before: str) -> Credit | None:
    if PRONOUN.match(before) and before[:1].isupper() and before.split()[0] not in {"On", "It"}:
        return Credit("pronoun")
    role = _ROLE.match(before)
    named = people(before[:_SUBJECT])
    whole = next((name for name in named if " " in name), None)
    if whole is not None:
        return Credit("voice", (whole,))
    return Credit("pronoun", words=role[0]) if role is not None else None
