"""Whom the words behind a "selon", an "according to" or a "citing" credit."""

from __future__ import annotations

import re
from dataclasses import replace

from verification.domain.extraction.credits import Attribution, only, with_name
from verification.domain.extraction.kinds import NOBODY, Credit
from verification.domain.extraction.outlet_words import AUDIENCE
from verification.domain.extraction.proper import CAP, people
from verification.domain.extraction.scene import Scene
from verification.domain.extraction.told import is_media
from verification.domain.extraction.unnamed import is_land

_ASKED = ("interrog", "interview", "joint", "question", "sollicit", "contact", "asked")
#: Characters between "par" and the outlet's name, with its article.
_OF = range(-4, 4)
# "Le leaker Hugo Lam, plutôt fiable,".
_BEGINS_WITH = re.compile(
    r"(?:[Ll]'|[Ll][ea] |[Uu]ne? )(?:[a-zà-ÿ]+ ){0,2}?(?:insider|leaker|leakeur|tipster|"
    rf"journaliste|analyste|spécialiste|compte|économiste) "
    rf"(?P<who>(?:@[\w-]+|{CAP}(?: {CAP}){{0,2}}))(?=,? )",
)
# "Le sénateur Luc Armand, joint mercredi par": not "l'entourage de Luc Armand".
_ASKED_WHO = re.compile(
    rf"(?<!d[eu] )(?<!d')(?<!des )(?<![\w'.-])(?P<who>{CAP}(?: {CAP}){{1,2}})"
    r" *(?:\([^()]{1,40}\) *)?, $"
)
_CITES = re.compile(r"(?:qui )?cit|comme|dans|sur|which|that|as |in |during|an? ", re.IGNORECASE)
# "Confirmant une information du Messager", "la dernière fuite émane d'OnLeaks".
_HAS_ITS_OWN = re.compile(
    r"confirmant|(?:c'est |selon )?une info|(?:l')?info|rumeur|fuite|indiscrétion|révélation|"
    r"la (?:dern|prem)ière"
)
_TELLS = re.compile(
    rf"(?:[a-zà-ÿ'’-]+ ?){{0,5}}(?P<who>{CAP}(?: {CAP}){{1,2}}),? "
    r"(?:à|au|aux|auprès d[eu']|sur|dans|chez)(?!\w)"
)
#: Characters in which an outlet is named that cites somebody.
_CITES_IN = 30
# "Qui cite le Britannique Calix".
_FIRM_OF = re.compile(
    r" ?(?:le |l'|la )(?:[A-ZÀ-Þ][a-zà-ÿ]+(?:ique|ais|aise|ain|aine|and|ande|ien|ienne|ois|oise|"
    r"éen|ol)) "
    r"(?=[A-ZÀ-Þ])"
)


def lead(scene: Scene, match: re.Match[str]) -> Attribution:
    """A lead such as "selon X" or "citing X"; what is merely cited has to be somebody."""
    found = replace(with_name(scene, match.start(), *match.span("who")), lead=True)
    if found.credit.kind == "pronoun":
        return _begun_with(scene, match, found)
    if found.credit.kind == "voice" and _HAS_ITS_OWN.match(match[0]):
        # "Confirmant une information du Messager": whoever has information of its own tells it.
        return replace(found, credit=replace(found.credit, kind="media"))
    if match[0].startswith("comme") and found.credit.kind in {"media", "voice"}:
        return _with_teller(scene, match, found)
    if found.credit.kind == "media":
        return _answered(scene, match, found)
    if found.credit.kind == "anonymous" and match[0].startswith("citant"):
        return _citing(scene, match, found)
    if found.credit.kind != "voice":
        return found
    return _of_somebody(scene, match, found)


def _begun_with(scene: Scene, match: re.Match[str], found: Attribution) -> Attribution:
    """Of "Le leaker Hugo Lam n'y croit pas : selon lui, …", Hugo Lam: whom it begins with."""
    begins = _BEGINS_WITH.match(scene.sentence, 0, match.start())
    named = scene.credit(*begins.span("who")) if begins is not None else found.credit
    if named.kind not in {"media", "voice"} or len(named.names) != 1:
        return found
    return replace(found, credit=replace(named, kind="media"))


def _answered(scene: Scene, match: re.Match[str], found: Attribution) -> Attribution:
    """Of "Interrogé par Les Échos, son directeur, Luc Armand": who answers is named next.

    Or before: "Luc Armand, joint par Les Échos, s'attend à".
    """
    if not match[0].lower().startswith(_ASKED):
        return found
    named = next((each for each in scene.named if each.start - match.start("who") in _OF), None)
    if named is not None and match.start() and named.end < found.end:
        # "Une source interrogée par Reuters table sur": the verb is no part of the name.
        found = replace(found, end=named.end, credit=Credit("media", (named.name,)))
    asked = _ASKED_WHO.search(scene.sentence[: match.start()])
    if asked is not None:
        both = tuple(dict.fromkeys((asked["who"], *found.credit.names)))
        return replace(found, credit=Credit("media", both), lead=False)
    if match.start():
        return found
    answering = [name for name in people(scene.sentence[found.end :][:70]) if " " in name]
    both = tuple(dict.fromkeys((*answering[:1], *found.credit.names)))
    return replace(found, credit=Credit("media", both))


def _with_teller(scene: Scene, match: re.Match[str], found: Attribution) -> Attribution:
    """Of "comme l'a annoncé Luc Armand à RTL", both."""
    told = _TELLS.match(scene.sentence, *match.span("who"))
    if told is None or scene.credit(*told.span("who")).kind != "voice":
        return found
    heard = scene.credit(told.end("who"), match.end("who"))
    if not is_media(heard, scene.sentence[told.end("who") : match.end("who")]):
        return replace(found, credit=Credit("voice", (told["who"],)))
    names = tuple(dict.fromkeys((told["who"], *heard.names)))
    return replace(found, credit=Credit("media", names))


def _citing(scene: Scene, match: re.Match[str], found: Attribution) -> Attribution:
    """Of "Le média Chosun, en citant une source", it is Chosun that does."""
    before = scene.sentence[: match.start()].removesuffix("en ").rstrip(" ,")
    cites = scene.credit(max(0, len(before) - _CITES_IN), len(before))
    named = people(before)[-1:]
    does = cites.kind == "media" and named and before.endswith(named[0])
    return replace(found, credit=cites) if does else found


def _of_somebody(scene: Scene, match: re.Match[str], found: Attribution) -> Attribution:
    """Somebody who is no outlet, where the lead is one that somebody may stand behind."""
    low, role = match[0].lower(), only(found.credit)[:1].islower()
    cites = match[0].startswith(("cit", "qui cit"))
    if cites and _FIRM_OF.match(scene.sentence, *match.span("who")):
        # "Qui cite le Britannique Calix": those whom it names, and not who tells it.
        return replace(found, credit=Credit("anonymous"))
    if low.startswith("été"):
        # "A été confirmée à Lens": only an outlet tells it on.
        return replace(found, credit=NOBODY)
    if low.startswith(("speaking", "appearing")) and role:
        # "Speaking on the company's earnings call".
        return replace(found, credit=NOBODY)
    if low.startswith("confirmed by") and AUDIENCE.search(match["who"].lower()):
        # "Once confirmed by the Senate".
        return replace(found, credit=NOBODY)
    if is_land(only(found.credit)) or (role and _CITES.match(match[0])):
        return replace(found, credit=Credit("anonymous"))
    return found
