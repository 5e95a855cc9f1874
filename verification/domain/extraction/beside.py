"""What stands beside a credit: the outlet that somebody writes for, spoke on, or is quoted by."""

from __future__ import annotations

import re
from dataclasses import replace

from verification.domain.extraction.credits import Attribution, inside, only, quoted
from verification.domain.extraction.kinds import Credit
from verification.domain.extraction.proper import CAP
from verification.domain.extraction.scene import Scene

# "Sur RTL, la ministre a dit": where somebody said so, before who.
_AIRED = re.compile(
    r"(?:(?:Interrogée?s?|Invitée?s?|Interviewée?s?|Reçue?s?|Présente?s?|Speaking|Asked|Appearing|"
    r"Interviewed)(?: (?:ce |on )?[a-zA-Z]+)? )?(?:[Ss]ur l(?:e plateau|'antenne|es ondes) d[eu]|"
    r"[Aa]u micro d[eu]|[Ss]ur|[Dd]ans|[Cc]hez|[Dd]e|[Dd]u|[Aa]u|[Ee]n|"
    r"[Pp]ar|[Oo]n|[Ii]n|[Tt]o|[Bb]y|[Ww]ith|[Àà] l'antenne d[eu]) ?(?=\S)"
)
# "Invitée de Télé-Sud, la ministre": an outlet that is on no list.
_GUEST = re.compile(
    r"(?:Invitée?s?|Reçue?s?|Interrogée?s?)(?: (?:ce |hier )?[a-zà-ÿ]+){0,2}? (?:de|du|sur|"
    rf"à l'antenne de|au micro de) (?P<on>{CAP}(?: {CAP}){{0,2}})(?=,)"
)
_THEN = re.compile(
    r"(?: (?:ce |on )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matin|soir|hier|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?: (?:matin|soir|midi))?)?,"
)
#: Characters of an article before a name.
_ARTICLE = 5
# "Mark Gurman sur Bloomberg", "(Bloomberg)", ", journaliste pour le tabloïd The Sun".
_WRITES_FOR = re.compile(
    r"(?:(?P<what>, (?:le |la |the |an? |une? )?(?:\w+ ){0,2}?(?:journaliste?|reporter|"
    r"correspondante?|chroniqueur|éditorialiste|consultante?|chef(?:fe)? du service [a-zé]+|"
    r"rédact(?:eur|rice) en chef|correspondent|editor|insider|columnist))? "
    r"(?:sur|dans|chez|pour|de|du|d'|à|au|for|in|on|at|of|with) ?| \()"
    r"(?P<on>(?:(?:le|la|les|the) |l')?)"
)
# ", journaliste du site WinFuture": an outlet that is on no list.
_OF_A_TITLE = re.compile(
    rf", (?:le |la |l'|une? )?(?:[\w-]+ ){{0,2}}?(?:journaliste|reporter|chroniqueu(?:r|se)|"
    rf"insider|correspondante?|spécialiste)(?: [a-zé-]+)?(?: (?:pour|chez)|(?: (?:du|de|d'|pour le|"
    rf"pour la|de la|au|à la))? (?:l')?(?:quotidien|site|média|magazine|journal|hebdomadaire|"
    rf"podcast|chaîne|radio|blog)(?: [a-zà-ÿ-]+){{0,2}}?) (?:le |la |l')?"
    rf"(?P<on>{CAP}(?: {CAP}){{0,2}})"
)
#: Characters between "pour" and a name: "le tabloïd anglais The Sun".
_TITLE = 24
# Between the outlets of a list.
_LISTED = re.compile(
    r"(?:,| et| and| ou| or|, and|, et|, ainsi que| ainsi que) (?:le |la |les |l'|the )?"
)
# "Has told advisers that": nothing that is said in public, where an outlet tells of it.
_IN_PRIVATE = re.compile(
    r"\btold (?:(?:his|her|their|the|some|close|senior|several) )*"
    r"(?:advis[eo]rs|aides|allies|associates|friends|colleagues|confidants|donors|officials|"
    r"ministers|people|staff|team-?mates|executives|investors)\b"
)


# "According to sources, Banes has informed the premier that": nobody heard him say so.
_CONFIDED = re.compile(
    r"\b(?:has|have|had) (?:\w+ly |also |already |since )?(?:told|informed|assured|notified|"
    r"promised|"
    r"warned|advised)\b"
)


def aired_first(scene: Scene, found: list[Attribution]) -> list[Attribution]:
    """The outlet of "Interrogé sur Europe 1, la ministre a indiqué", which was told first."""
    opens = _AIRED.match(scene.sentence)
    if opens is None:
        return []
    known = [
        Attribution(0, named.end, Credit("media", (named.name,)))
        for named in scene.named
        if opens.end() <= named.start <= opens.end() + _ARTICLE
        and _THEN.match(scene.sentence, named.end)
        and not inside(found, named.start)
    ][:1]
    guest = None if known else _GUEST.match(scene.sentence)
    if guest is not None and not inside(found, guest.start("on")):
        return [Attribution(0, guest.end("on"), Credit("media", (guest["on"],)))]
    return known


def with_outlet(scene: Scene, each: Attribution) -> Attribution:
    """A reporter with the outlet that is named right behind: "Gurman, journaliste à Bloomberg"."""
    person = each.credit.kind in {"voice", "media"} and only(each.credit)
    place = scene.sentence.find(person, each.start, each.end) if person else -1
    if person and place < 0:
        place = scene.sentence.rfind(person, 0, each.start)
    writes = _WRITES_FOR.match(scene.sentence, place + len(str(person))) if place >= 0 else None
    if place >= 0 and " " in str(person):
        titled = _OF_A_TITLE.match(scene.sentence, place + len(str(person)))
        if titled is not None and not any(
            named.start < titled.end() and titled.start() < named.end for named in scene.named
        ):
            names = tuple(dict.fromkeys((*each.credit.names, titled["on"])))
            return replace(each, credit=Credit("media", names))
    if writes is None or " " not in str(person):
        return each
    near = writes.end() + (_TITLE if writes["what"] else _ARTICLE)
    for named in scene.named:
        if writes.start("on") <= named.start <= near:
            names = tuple(dict.fromkeys((*each.credit.names, named.name)))
            closed = scene.sentence[named.end : named.end + 1] == ")"
            end = max(each.end, named.end + closed)
            return replace(each, end=end, credit=Credit("media", names))
    return each


def with_others(scene: Scene, each: Attribution) -> Attribution:
    """A credit with the outlets that are listed after it: "Bloomberg, Eurogamer and VGC"."""
    if each.credit.kind != "media" or each.own:
        return each
    end, names = each.end, each.credit.names
    if not any(named.end == end for named in scene.named):
        return each
    for named in scene.named:
        if named.start > end and _LISTED.fullmatch(scene.sentence, end, named.start):
            end, names = named.end, (*names, named.name)
    return replace(each, end=end, credit=replace(each.credit, names=tuple(dict.fromkeys(names))))


def outside(sentence: str, found: list[Attribution]) -> list[Attribution]:
    """Without those who are credited in what an outlet is quoted with: "X told staff," it said."""
    within = [
        each
        for each in found
        if each.credit.kind == "voice"
        and quoted(sentence, each.start)
        and quoted(sentence, each.end)
    ]
    within += [
        each
        for each in found
        if each.credit.kind == "voice" and _IN_PRIVATE.search(sentence, each.start, each.end + 30)
    ]
    if any(each.credit.kind == "anonymous" for each in found):
        private = [
            each
            for each in found
            if each.credit.kind in {"voice", "pronoun"}
            and _CONFIDED.search(sentence, each.start, each.end + 40)
        ]
        found = [each for each in found if each not in private]
    media = [each for each in found if each.credit.kind == "media" and each not in within]
    if not (within and any(not quoted(sentence, each.end) for each in media)):
        return found
    return [each for each in found if each not in within]
