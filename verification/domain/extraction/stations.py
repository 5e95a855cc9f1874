"""A known name with what goes on from it: "BBC Radio Sheffield", "France Bleu Gard Lozère"."""

from __future__ import annotations

import re

from verification.domain.extraction.outlets import Named

# A station of a network, a title of a house; two more capitals are a reporter's name.
_GOES_ON = re.compile(
    r" (?:Radio(?: [A-ZÀ-Þ][\w-]+)?|News|Sports?|Business|TV|Online|Magazine|Info|Brasil|Türk|"
    r"Scotland|Wales|Ulster|Northern Ireland|World Service|Africa|India|Arabia|Deutschland)"
    r"(?![\w-])(?! [A-ZÀ-Þ]\w+ [A-ZÀ-Þ])"
)
_STATION = re.compile(r"(?:Radio|Télé|Rádio|Bel) $")
#: Networks whose stations go by a place: "Ici Bourgogne", "BFM Lyon".
_NETWORKS = frozenset({"France Bleu", "BFMTV", "France 3", "BBC", "RTL", "Fox News", "CNN"})
_LOCAL = re.compile(r" [A-ZÀ-Þ][\w-]++(?! [A-ZÀ-Þ])(?!')")
# "The Times of Malta" is not the one of London.
_GENERAL = frozenset(
    {"The Times", "The Sun", "The Telegraph", "The Observer", "The Guardian", "Metro"}
)
_ELSEWHERE = re.compile(r" of (?!London|England|Britain)(?:the )?[A-ZÀ-Þ][\w-]++(?<!day)")
_REGIONAL = frozenset({"France Bleu", "France 3"})
_REGION = re.compile(r"(?: [A-ZÀ-Þ][\w'-]++){1,3}")


def in_full(sentence: str, named: Named) -> Named:
    """A known name with what goes on from it: "BBC Radio Sheffield", "Fox Business"."""
    elsewhere = _ELSEWHERE.match(sentence, named.end) if named.name in _GENERAL else None
    if elsewhere is not None:
        name = re.sub(r"^(?:le|du|au) ", "", sentence[named.start : elsewhere.end()], flags=re.I)
        return Named(named.start, elsewhere.end(), name)
    more = _GOES_ON.match(sentence, named.end)
    place = _REGION if named.name in _REGIONAL else _LOCAL
    local = place.match(sentence, named.end) if named.name in _NETWORKS else None
    if more is None and local is not None:
        return Named(named.start, local.end(), sentence[named.start : local.end()])
    ahead = _STATION.search(sentence, max(0, named.start - 7), named.start)
    start = ahead.start() if ahead is not None else named.start
    end = more.end() if more is not None else named.end
    first, last = sentence[start : named.start], sentence[named.end : end]
    return Named(start, end, f"{first}{named.name}{last}")
