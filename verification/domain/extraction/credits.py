"""A credit in a sentence, and the words around one that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verification.domain.extraction.kinds import Credit
from verification.domain.extraction.naming import AT
from verification.domain.extraction.offices import OFFICE
from verification.domain.extraction.proper import people
from verification.domain.extraction.scene import Scene

#: How far back the subject of a verb of saying is looked for.
_SUBJECT = 110
_BOUNDARY = re.compile(r"[,;:»«\"()—]|\s[-–]\s")
_NAMED_AFTER = re.compile(
    r",? (?:the |le |la |l')?(?:docteure? |professeure? |général |maître )?"
    r"(?P<name>(?:[A-ZÀ-Ý][\w'.-]*)(?: (?:de |du |d'|& |van |von |Le |"
    r"La )?[A-ZÀ-Ý][\w'.-]*){1,3})(?=[,.;]|$| \()"
)
# "A survey published on Tuesday": the day is the survey's.
_DATED = re.compile(
    r" (?:(?:ce |on )?(?:late |early )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday)\b"
    r"(?: (?:soir|matin|midi|evening|morning|night))?)"
    r"| (?:publiée?s?|parue?s?|diffusée?s?|datée?s?|rendue?s? publique?s?|published|released|dated|"
    r"posted|aired|conducted|carried out)\b[^,;.:]{0,60}"
)
# "Le gouverneur de la Banque de France, Luc Armand": the bank is whose he is.
_HELD_OFFICE = re.compile(
    rf"(?:l'|le |la |the |its |son |sa )?(?:\w+[ -]){{0,2}}?{OFFICE.pattern} "
    r"(?:\w+ ){0,2}?(?:d[eu]s? |d'|chez |of |at |for )",
    re.IGNORECASE,
)
# "Selon le leaker, Hugo Lam," is he; "selon le quotidien, Pini Zahavi" is not the paper.
_WHO = re.compile(r"analyst|insider|leak|tipster|journalist|reporter", re.IGNORECASE)
_AT = re.compile(r" (?:at|from|in|for|with) (?:the )?")
_TAIL = re.compile(r"[^,;.:!?«»\"]{0,60}")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A credit in a sentence: ``start`` to ``end`` is what says so, without what is said."""

    start: int
    end: int
    credit: Credit
    own: bool = False
    lead: bool = False
    """Whether it is a "selon" or "according to": somebody is quoted on somebody else."""


def with_name(scene: Scene, start: int, begin: int, end: int) -> Attribution:
    """A credit whose words may go on with a name: "sa présidente, Sophie Lemaire"."""
    end = scene.whole(end)
    credited = scene.credit(begin, end)
    if credited.kind == "anonymous":
        until = tail(scene.sentence, end)
        # "Un rapport dont Le Monde fait état".
        wide = scene.credit(begin, until)
        told = wide.kind == "media" or AT.search(scene.sentence, begin, until) is not None
        return Attribution(start, until, wide if told else credited)
    whose = _AT.match(scene.sentence, end) if credited.kind == "" else None
    if whose is not None:
        # "Editors at Deadline".
        for named in scene.named:
            if whose.end() - 4 <= named.start <= whose.end():
                return Attribution(start, named.end, Credit("media", (named.name,)))
    dated = _DATED.match(scene.sentence, end)
    if dated is not None:
        return Attribution(start, dated.end(), credited)
    after = _NAMED_AFTER.match(scene.sentence, end)
    name = only(credited)
    if (
        after is not None
        and credited.kind == "again"
        and (after[0][0] != "," or _WHO.search(credited.words))
    ):
        return Attribution(start, after.end(), Credit("media", (after["name"],)))
    if after is not None and credited.kind in {"voice", "house", ""}:
        person = people(after["name"])
        office = _HELD_OFFICE.match(scene.sentence[begin:end].lstrip()) is not None
        if person and (" " not in name or name[:1].islower() or (office and after[0][0] == ",")):
            return Attribution(start, after.end(), Credit("voice", person[:1]))
    return Attribution(start, end, credited)


def only(credited: Credit) -> str:
    """The first of the names; empty where there is none."""
    return credited.names[0] if credited.names else ""


def clause_start(sentence: str, place: int) -> int:
    """Where the clause begins that ends at ``place``."""
    begin = max(0, place - _SUBJECT)
    ends = [boundary.end() for boundary in _BOUNDARY.finditer(sentence, begin, place)]
    return ends[-1] if ends else begin


def tail(sentence: str, place: int) -> int:
    """Where the clause ends that goes on at ``place``; at most so many characters on."""
    goes_on = _TAIL.match(sentence, place)
    return goes_on.end() if goes_on is not None else place


def quoted(text: str, place: int) -> bool:
    """Whether a place is inside quotation marks."""
    before = text[:place]
    return before.count("«") > before.count("»") or before.count('"') % 2 == 1


def inside(found: Sequence[Attribution], place: int) -> bool:
    """Whether a place is within one of the credits that were found."""
    return any(each.start <= place < each.end for each in found)
