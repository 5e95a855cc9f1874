"""A sentence that makes two claims on two people's word, in its halves.

"Selon Reuters, le site fermerait en mars, tandis que Les Échos évoquent une vente": an editor logs
two claims, each with its own source. A sentence is only divided where each half has a source of its
own and speaks of what is not known; all others stay whole.
"""

from __future__ import annotations

import re
from itertools import islice

from verification.domain.extraction.attribution import attributions
from verification.domain.extraction.credits import Attribution, quoted
from verification.domain.extraction.hedges import Cues, hedges
from verification.domain.extraction.outlets import Names
from verification.domain.extraction.sentences import Sentence
from verification.domain.extraction.speech import Speech

_TURN = re.compile(
    r" ?; |, (?:(?:tandis|alors) qu(?:e |')|quand |mais |et |while |whereas |but |and )|"
    r" and (?=the (?-i:[A-Z]))",
    re.IGNORECASE,
)
_WHILE = re.compile(
    r"(?:Si|Quand|Là où|Alors que|Tandis que|While) (?P<first>[^,;]{20,140}), "
    r"(?=[A-ZÀ-Þ]|l[ea] |l'|the )"
)
#: Places of a sentence where it may turn that are looked at.
_TURNS = 4
#: Characters of a half.
_SHORTEST = 30
#: Characters of the second half in which somebody else is credited.
_AT_ONCE = 45


def halves(
    sentence: Sentence, speech: Speech, cues: Cues, names: Names, outlet: str | None
) -> list[Sentence]:
    """The sentence, or its halves where each is somebody else's claim."""
    text = sentence.text
    while_other = _WHILE.match(text)
    if while_other is not None:
        # "Si Le Monde parle d'un prêt, L'Équipe évoque une vente."
        parts = (
            _part(sentence, 0, while_other.end("first")),
            _part(sentence, while_other.end(), len(text)),
        )
        each_told = [attributions(part.text, speech, names, outlet) for part in parts]
        both = all(each.credit.kind == "media" for found in each_told for each in found)
        if both and _credits(each_told[1]) and _others(*map(_credits, each_told)):
            return list(parts)
    for turn in islice(_TURN.finditer(text), _TURNS):
        first, second = text[: turn.start()], text[turn.end() :]
        if min(len(first), len(second)) < _SHORTEST or quoted(text, turn.start()):
            continue
        told = attributions(second, speech, names, outlet)
        if not _credits(told) or min(each.start for each in told) > _AT_ONCE:
            continue
        if not _others(_credits(attributions(first, speech, names, outlet)), _credits(told)):
            continue
        reported = all(each.credit.kind == "media" for each in told)
        told_in = (first,) if reported else (first, second)
        # What another outlet reports is its own, whether or not it speaks of what is to come.
        if all(hedges(half, cues, heading=sentence.heading) for half in told_in):
            return [
                _part(sentence, 0, turn.start()),
                _part(sentence, turn.end(), len(text)),
            ]
    return [sentence]


def _credits(found: list[Attribution]) -> set[str]:
    """The names that are credited."""
    return {
        name
        for each in found
        if each.credit.kind in {"media", "voice"}
        for name in each.credit.names
    }


def _others(first: set[str], second: set[str]) -> bool:
    return bool(first) and not first & second


def _part(sentence: Sentence, begin: int, end: int) -> Sentence:
    return Sentence(
        sentence.start + begin,
        sentence.start + end,
        sentence.text[begin:end],
        sentence.paragraph,
        sentence.heading,
    )
