"""Who says so: every credit of a sentence, and where in it the crediting is done."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from verification.domain.extraction.beside import aired_first, outside, with_others, with_outlet
from verification.domain.extraction.colons import before_colon
from verification.domain.extraction.credits import Attribution, inside, only
from verification.domain.extraction.kinds import NOBODY, Credit
from verification.domain.extraction.leads import lead
from verification.domain.extraction.openings import goes_on_to_say, opened_by
from verification.domain.extraction.outlets import KNOWN_REPORTERS, Names, key_of
from verification.domain.extraction.quoting import as_saying, without_compared
from verification.domain.extraction.saying import spoken
from verification.domain.extraction.scene import Scene
from verification.domain.extraction.signatures import signature
from verification.domain.extraction.speech import Speech

# "Interrogée dans Télé Star, l'actrice": it was told there, whoever she is.
_GUEST = re.compile(r"(?:Interrog|Interview|Invit|Reçu)ée?s? ")
#: A sentence in which more is said is an attack.
_VERBS = 12
#: Letters of a word that is more than an article of an outlet's name.
_BRAND = 3
# "(Ultra, d'après les dernières rumeurs)" is no more than what is in brackets.
_ASIDE = re.compile(r"\([^()]+$")
# What a sentence ends with: "signerait à Lyon (L'Équipe)."
_IN_BRACKETS = re.compile(
    r"(?P<closed>(?<=[.…!?»\"]))? ?\((?P<source>[Ss]ource ?: ?|via )?(?P<who>[^()]{2,40})\)[\s.]*$"
)
# "(Source: Il Resto del Nord)": nothing else stands there.
_TITLE = re.compile(
    r"[A-ZÀ-Þ@][\w'’.-]*(?: (?:[A-ZÀ-Þ][\w'’.-]*|de|del|della|dello|di|da|do|of|the)){0,4}"
)
# "Devrait être annoncé par le groupe": nobody has said it yet.
# "Aurait été contacté par la fédération": who did says nothing.
_ASKED = re.compile(r"(?:contact|sollicit|sond|joint|question|interrog|approch)")
_WAS = re.compile(r"(?<!\w)(?:été|être|est|sont|fut|serait|seraient)(?: \w+ment)? $")
_COMING = re.compile(r"(?<!\w)(?:être|be)(?: \w+ment| \w+ly)? $")


def attributions(
    sentence: str, speech: Speech, names: Names, outlet: str | None = None
) -> list[Attribution]:
    """The credits of a sentence, from left to right."""
    scene = Scene.of(sentence, names, outlet)
    found = [
        Attribution(match.start(), match.end(), NOBODY, own=True)
        for match in speech.own.finditer(scene.low)
    ]
    for match in speech.learned.finditer(scene.sentence):
        found.extend(_learned(match, found, scene, outlet))
    found.extend(as_saying(scene))
    found.extend(_leads(scene, speech, found))
    for match in islice(speech.verbs.finditer(scene.low), _VERBS):
        if not inside(found, match.start("verb")):
            said = spoken(scene, match, speech, _led(found, match.end()))
            if said is not None:
                found += _not_said(scene, said, match.start(), found)
    found += _bracketed(scene, found, names)
    if any(each.credit.kind in {"voice", "pronoun"} for each in found) or _GUEST.match(sentence):
        found += aired_first(scene, found)
    if not found:
        found = (
            goes_on_to_say(scene, speech)
            or opened_by(scene)
            or before_colon(scene)
            or _again(scene, speech)
        )
    found = [with_others(scene, with_outlet(scene, each)) for each in found]
    found = without_compared(scene, outside(scene.sentence, found))
    return sorted((each for each in found if each.own or each.credit.kind), key=_place)


def _not_said(
    scene: Scene, said: Attribution, verb: int, found: list[Attribution]
) -> list[Attribution]:
    """Without who says something only in what somebody else says: "X dit qu'il avait dit que"."""
    over = max((each.end for each in found if said.start < each.end <= verb), default=None)
    if over is None or not scene.sentence[over:verb].strip(" ,"):
        # "The Guardian, citing a source, reports": nothing stands between.
        return [said]
    credited = scene.credit(over, verb)
    quoted_on = any(each.credit.kind == "media" and said.start < each.end <= verb for each in found)
    if not credited.names or (quoted_on and credited.kind == "voice"):
        # What an outlet says that somebody has told others is the outlet's.
        return []
    return [replace(said, start=over, credit=credited)]


def _leads(scene: Scene, speech: Speech, found: list[Attribution]) -> list[Attribution]:
    """Every "selon" and "according to", but for what is in brackets and unnamed."""
    led: list[Attribution] = []
    for match in speech.leads.finditer(scene.low):
        if inside(led, match.start()):
            continue
        if inside(found, match.start()):
            # "A-t-on appris auprès du SNJ": somebody with a name has told it.
            told = lead(scene, match) if "appris" in match[0] else None
            if told is not None and only(told.credit)[:1].isupper():
                found[:] = [each for each in found if not each.start <= match.start() < each.end]
                led.append(told)
            continue
        approached = _ASKED.match(match[0]) and _WAS.search(scene.low, 0, match.start())
        if not approached and not _COMING.search(scene.low, 0, match.start()):
            opened = lead(scene, match)
            if opened.credit.kind != "anonymous" or not _ASIDE.search(scene.low, 0, opened.start):
                led.append(opened)
    return led


def _bracketed(scene: Scene, found: list[Attribution], names: Names) -> list[Attribution]:
    """The outlet in the brackets that end a sentence: "… à Lyon (L'Équipe)"."""
    last = _IN_BRACKETS.search(scene.sentence)
    if last is None or inside(found, last.start("who")):
        return []
    signed = signature(f"({last['who']})", names) if last["closed"] is not None else ()
    if last["source"] and last["closed"] is not None and _TITLE.fullmatch(last["who"]):
        signed = signed or (last["who"],)
    if signed:
        return [Attribution(last.start(), last.end(), Credit("media", signed))]
    credited = scene.credit(*last.span("who"))
    reporter = only(credited) in KNOWN_REPORTERS
    closed = last["closed"] is not None or reporter
    if credited.kind == "voice" and closed and len(credited.names) == 1:
        # "Il partirait. (Voetbal Nieuws)": nothing else stands there.
        credited = replace(credited, kind="media")
    alone = credited.kind == "media" and key_of(only(credited)) == key_of(last["who"])
    return [Attribution(last.start(), last.end(), credited)] if alone else []


def _again(scene: Scene, speech: Speech) -> list[Attribution]:
    """Mentions of whoever was credited before, where nobody else is credited."""
    return [
        Attribution(match.start(), match.end(), Credit("again", words=match[0]))
        for match in islice(speech.again.finditer(scene.low), _VERBS)
    ]


def _is_brand(name: str, outlet: str) -> bool:
    """Whether a name is the page's outlet by a brand of its: "Express Sport", "THEWILL"."""
    said, own = name.lower(), outlet.lower()
    return said == own or any(word in own.split() for word in said.split() if len(word) > _BRAND)


def _place(each: Attribution) -> int:
    return each.start


def _led(found: list[Attribution], place: int) -> int:
    """Where what is said begins: after "au micro de Digi24", if that comes next."""
    return next((each.end for each in found if 0 <= each.start - place <= 1), place)


def _learned(
    match: re.Match[str], found: list[Attribution], scene: Scene, outlet: str | None
) -> list[Attribution]:
    credited = scene.credit(*match.span("who"))
    if outlet and credited.kind == "voice" and _is_brand(only(credited), outlet):
        credited = Credit("media", (outlet,))
    if credited.kind not in {"media", "voice"} or inside(found, match.start("who")):
        return []
    if credited.kind == "voice" and match[0].endswith(("told", "seen")):
        # "Lindqvist has been told he can leave" is no report of his.
        return []
    end = match.start("rest") if match["rest"] else match.end()
    learned = [Attribution(match.start(), end, credited)]
    if match["from"]:
        told = scene.credit(*match.span("from"))
        if told.kind == "voice" and "de source " in match["rest"]:
            told = Credit("anonymous")
        learned.append(Attribution(match.start("rest"), match.end(), told))
    return learned
