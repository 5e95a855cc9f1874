"""Which of a sentence's hedges governs it."""

from __future__ import annotations

import re

from verification.domain.extraction.credits import Attribution
from verification.domain.extraction.hedges import Cues, Hedge, hedges
from verification.domain.extraction.sentences import Sentence

# "The deal, which may top $6bn, could be announced": the main verb comes later.
_HAD = re.compile(
    r"(?<!have )(?<!has )\b(?:had|avait|avaient) (?:(?:\w+ly|also|since|long) )?(?:been )?$"
)
# "The question is whether it will": nobody says that it will.
_ASKED = re.compile(
    r"\b(?:whether|where|how|why|(?:mention|says?|said|knows?|clear|decided?|see|asked|"
    r"wonder\w*) if) "
    r"(?:[\w'’.&-]+ ){0,7}$",
    re.IGNORECASE,
)
_REPORTED = frozenset({"media", "anonymous", "again"})
# "Sans préciser s'il y aura une signature".
_UNASKED = re.compile(
    r"\b(?:(?:sans|pas|ni|plus) (?:\w+ ){0,2}?(?:préciser|précisé|savoir|dire|dit|indiquer|indiqué|"
    r"déterminer|trancher|décider)|(?:de|à) savoir) (?:s'ils?|s'elles?|si|quand|où|comment|combien|"
    r"pourquoi|quel(?:le)?s?) (?:[\w'’.&-]+ ){0,7}$",
    re.IGNORECASE,
)
# "Alors que Solano pourrait partir, Lowe serait": the main clause comes next.
_MEANWHILE = re.compile(
    r"(?:[\w' ]{1,20}, )?(?:alors|tandis|pendant) qu(?:e |')[^,;:]{3,120}", re.IGNORECASE
)
_WISH = re.compile(r"souhait|veu|want|wish|hope|espèr|cherch|seek", re.IGNORECASE)
# "As both clubs look to finalise the deal": said by the way.
_ON_THE_SIDE = re.compile(r"(?<!comes )(?<!come )(?<!came )\b(?:as|while) (?:[\w'’-]+ ){1,4}$")
_LOOKS = re.compile(r"(?:looks?|seeks?|aims?|prepares?|bids?|tries|try|hopes?) to", re.IGNORECASE)
#: Characters between a verb and the credit that stands right behind it.
_BESIDE = 2
#: Characters before a hedge in which all of these stand.
_NEAR = 140
_ASIDE = re.compile(r"\b(?:which|who|that|qui|dont) $|\b(?:which|who|qui|dont)(?: \w+| n'| ne) $")


def governing(
    sentence: Sentence, credits: list[Attribution], begin: int, cues: Cues
) -> Hedge | None:
    """The hedge that governs the sentence: its first verb, or else an aside."""
    text = sentence.text
    saying = [each.start for each in credits]
    usable = [
        hedge
        for hedge in hedges(text, cues, heading=sentence.heading)
        if hedge.start >= begin
        and not any(
            each.start <= hedge.start < each.end and not _is_verb_of(hedge, each)
            for each in credits
        )
    ]
    backshift = cues.backshift
    fitting = [
        hedge
        for hedge in usable
        if not (backshift.match(hedge.text) or _HAD.search(text, _near(hedge), hedge.start))
        # "Visaient, d'après l'agence, une signature".
        or any(place <= hedge.start or 0 <= place - hedge.end <= _BESIDE for place in saying)
        or (saying and hedge.kind == "talks")
    ]
    fitting = [hedge for hedge in fitting if not _is_wish(text, hedge)]
    fitting = [
        hedge
        for hedge in fitting
        if not _ASKED.search(text, _near(hedge), hedge.start)
        and not _UNASKED.search(text, _near(hedge), hedge.start)
    ]
    finite = [hedge for hedge in fitting if hedge.finite and not _is_aside(text, hedge)]
    asides = [hedge for hedge in fitting if hedge.kind != "done"]
    reported = any(each.own or each.credit.kind in _REPORTED for each in credits)
    steps = [hedge for hedge in fitting if reported and not _is_aside(text, hedge)]
    for some in (finite, steps, asides, fitting):
        # "Is not expected to bid, though it may sell": what may be comes before what may not.
        governs = next((hedge for hedge in some if not hedge.negated), next(iter(some), None))
        if governs is not None:
            return governs
    return None


def _near(hedge: Hedge) -> int:
    return max(0, hedge.start - _NEAR)


def _is_aside(text: str, hedge: Hedge) -> bool:
    """Whether a relative clause has it: "the deal, which may top", or one of time."""
    if _MEANWHILE.fullmatch(text, 0, hedge.start):
        return True
    return _ASIDE.search(text, max(0, hedge.start - 16), hedge.start) is not None


def _is_wish(text: str, hedge: Hedge) -> bool:
    """Whether it only says of whom the sentence speaks: "those who want to travel"."""
    if _is_aside(text, hedge) and _WISH.match(hedge.text) is not None:
        return True
    return _LOOKS.match(hedge.text) is not None and (
        _ON_THE_SIDE.search(text, _near(hedge), hedge.start) is not None
    )


def _is_verb_of(hedge: Hedge, credit: Attribution) -> bool:
    """Whether a source's verb is the hedge itself: "les mêmes sources évoquent un coût de"."""
    return hedge.kind == "plan" and hedge.end == credit.end and credit.credit.kind != "voice"
