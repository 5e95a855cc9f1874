"""Where the credits of a sentence stand, those as one that nothing stands between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verification.domain.extraction.credits import Attribution

#: Between two credits that are one: ", and later".
_BETWEEN = re.compile(
    r"(?:[\s,;]|\b(?:and|et|puis|then|later|first|also|ainsi que|ensuite|as|comme|en|on|ce|tard|"
    r"late|first|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|"
    r"jeudi|vendredi|samedi|dimanche|hier)\b)*",
    re.IGNORECASE,
)


def places(
    sentence: str, begin: int, credits: Sequence[Attribution], hedge: int
) -> list[tuple[int, int, Attribution]]:
    """The places of the credits, those as one that nothing stands between."""
    found: list[tuple[int, int, Attribution]] = []
    for each in sorted(credits, key=lambda one: (one.start, one.end)):
        start = max(begin, each.start)
        if each.end <= start or start <= hedge < each.end:
            continue
        if found and (
            start <= found[-1][1] or _BETWEEN.fullmatch(sentence, found[-1][1], start) is not None
        ):
            first, until, credit = found[-1]
            last = each if credit.lead or each.end > until else credit
            found[-1] = (first, max(until, each.end), last)
        else:
            found.append((start, each.end, each))
    return found
