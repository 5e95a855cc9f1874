"""Whether "he" is whoever spoke before, or whom the sentence is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verification.domain.extraction.credits import Attribution

# "He added": no company.
_PERSON = re.compile(r"\b(?:he|she) (?:\w+ly )?(?:said|added|wrote|told|noted|says|adds)\b", re.I)
# "Affirmant que la sortie de Lowe l'avait surpris, il": he is who spoke before.
_STILL = re.compile(
    r"(?:[A-ZÀ-Þ][a-zà-ÿ]{2,12}ant qu[e']|Interrogée?|Questionnée?|Relancée?|À propos|Au sujet|"
    r"Concernant|Quant à)\b"
)


def leads(found: Sequence[Attribution], text: str, subject: str) -> bool:
    """Whether the pronoun comes before anybody whom the sentence could mean by it."""
    if _STILL.match(text):
        return True
    return any(
        each.credit.kind == "pronoun"
        and (not each.start or subject in text[each.end :])
        and subject not in text[: each.end]
        for each in found
    )


def no_company(text: str, subject: str) -> bool:
    """Whether "he" cannot be the subject: "he added that the club was close" is no club."""
    return _PERSON.search(text) is not None and " " not in subject
