"""Who is quoted by an outlet, and which report is only set beside the one that is told."""

from __future__ import annotations

import re

from verification.domain.extraction.credits import Attribution
from verification.domain.extraction.kinds import Credit
from verification.domain.extraction.scene import Scene

# "The Mirror quoting the reporter Ada Stone as saying that".
_AS_SAYING = re.compile(
    r"\b(?:quot(?:es?|ed|ing)|cit(?:es?|ed|ing)) (?P<who>[^,;:\"()]{2,70}?) as (?:saying|claiming|"
    r"suggesting|reporting|insisting|adding)(?: that)?\b"
)
_FIRST_REPORTED = re.compile(
    r"(?:first |previously |earlier |originally |already )*(?:reported|revealed|disclosed|"
    r"broken) by"
)
#: Characters between an outlet and its quoting: "the BBC on Monday".
_NEAR = 20
# ", which squares with a post from": that post says the same, or not, and is not what is told.
_COMPARED = re.compile(
    r"(?:,? (?:which|that|and|but) (?:\w+ly |also |would )?|, (?:\w+ly )?)(?:squares?|chimes?|"
    r"tallies|"
    r"fits?|agrees?|accords?|lines? up|match(?:es|ing)?|echo(?:es|ing)?|back(?:s|ing)?(?: up)?|"
    r"corroborat(?:es?|ing)|support(?:s|ing)?|contradict(?:s|ing)?|conflict(?:s|ing)?|"
    r"follow(?:s|ing)|builds? on|adds? to|differs?|comes? (?:\w+ ){0,3}?(?:after|as)|came (?:\w+ )"
    r"{0,3}?(?:after|as)|in line|consistent|similar|contrary)\b|, (?:\w+ ){1,3}after "
)


def as_saying(scene: Scene) -> list[Attribution]:
    """Somebody whom an outlet quotes, with the outlet: both are credited."""
    found = []
    for match in _AS_SAYING.finditer(scene.low):
        credited = scene.credit(*match.span("who"))
        quoted = credited.names if credited.kind in {"voice", "media"} else ()
        outlet = next(
            (
                named
                for named in reversed(scene.named)
                if match.start() - _NEAR <= named.end <= match.start()
            ),
            None,
        )
        if outlet is not None:
            both = tuple(dict.fromkeys((*quoted, outlet.name)))
            found.append(Attribution(outlet.start, match.end(), Credit("media", both)))
    return found


def _without_first_reports(scene: Scene, found: list[Attribution]) -> list[Attribution]:
    """Of "the cuts, first reported by X, will come on Friday, sources said", the sources say so."""
    last = max((each.start for each in found), default=0)
    tellers = [each for each in found if each.credit.kind in {"anonymous", "again", "voice"}]
    if not any(each.start == last for each in tellers):
        return found
    return [
        each
        for each in found
        if each.start == last or not _FIRST_REPORTED.match(scene.low, each.start)
    ]


def without_compared(scene: Scene, found: list[Attribution]) -> list[Attribution]:
    """The credits without those whose report is only compared with what was told before."""
    found = _without_first_reports(scene, found)
    if len(found) <= 1:
        return found
    first = min(each.end for each in found)
    compared = _COMPARED.search(scene.low, first)
    if compared is None:
        return found
    return [each for each in found if each.start < compared.start() or each.credit.kind != "media"]
