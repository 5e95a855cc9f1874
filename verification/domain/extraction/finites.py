"""Whether some words have a verb of their own, and which of them may go with whoever speaks."""

from __future__ import annotations

import re

from verification.domain.extraction.verbs_fr import CONDITIONAL, FUTURE

_ENGLISH = re.compile(
    r"(?<![\w'-])(?:is|are|was|were|has|have|had|will|would|could|may|might|must|should|shall|can|"
    r"cannot|do|does|did|(?:is|are|was|were|has|have|had|wo|would|could|should|ca|do|does|"
    r"did)n't|(?<!the )(?<!its )(?<!his )(?<!her )(?<!their )(?<!of )(?<!new )(?:plans?|aims?|"
    r"hopes?|needs?|looks?)|expects?|wants?|intends?|seeks?|remains?|appears?|seems?|says|said|thinks?|believes?|fell|rose|took|began|became|went|came|got|made|agreed|"
    r"refused|declined|announced|confirmed|denied)(?![\w-])|\b(?:it|that|he|she|there|they|we|i)'"
    r"(?:s|ll|re|d|ve)\b",
)
_FRENCH = re.compile(
    r"(?<![\w-])(?:est|sont|était|étaient|fut|a|ont|avait|avaient|va|vont|doit|doivent|peut|peuvent|"
    r"veut|veulent|faut|fait|font|compte|comptent|prévoit|prévoient|envisage|envisagent|souhaite|"
    r"souhaitent|entend|entendent|espère|espèrent|vise|visent|reste|restent|s'apprête(?:nt)?|"
    r"travaille(?:nt)?|table(?:nt)?|prépare|préparent|étudie|étudient|négocie|négocient|dit|affirme|assure|"
    r"bondissait|chutait|reculait|progressait)(?![\w-])"
    rf"|{CONDITIONAL}|{FUTURE}"
)
# ", who had reported earlier that it was late, ": its verbs are not the sentence's.
_RELATIVE = re.compile(r", (?:who|whose|which|qui|dont|où) [^,;:]{2,120}(?:, |$)")
# "Asked whether it would be sold, the mayor".
_ASKED = re.compile(
    r"(?:asked|pressed|questioned|speaking|interviewed|interrogée?s?|invitée?s?|contactée?s?|"
    r"jointe?s?|interviewée?s?)\b[^,;:]{0,120},"
)


def verbs(*, french: bool) -> re.Pattern[str]:
    """The finite verbs that are told by their looks, for lower case: auxiliaries and the like."""
    return _FRENCH if french else _ENGLISH


def has_verb(words: str, *, french: bool) -> bool:
    """Whether some words, in lower case, have a verb that is not only a relative clause's."""
    words = _ASKED.sub("", _RELATIVE.sub(", ", words).strip())
    return verbs(french=french).search(words) is not None
