"""Whether what is left of a sentence is a sentence."""

from __future__ import annotations

import re

from verification.domain.extraction.finites import verbs
from verification.domain.extraction.text import lowered

#: Words that a sentence does not begin with.
_HANGS = re.compile(
    r"(?:qui|dont|que|qu'|which|who|whom|whose|that|than|and|or|et|ou|as|comme|also|également|"
    r"aussi|selon l\w*quel\w*|suivant|without|sans que|[,;:)»])(?![\w-])"
    r"(?! (?:well as|early|soon|late|many|much|a|the|que)\b)",
    re.IGNORECASE,
)
# ... and that none ends with.
_ENDS = re.compile(
    r"(?<![\w'-])(?:de|du|des|d'|à|au|aux|le|la|les|l'|un|une|et|ou|que|qui|par|pour|avec|sans|"
    r"dans|selon|son|sa|ses|ne|se|the|of|to|by|with|without|and|or|that|which|who|from|for|"
    r"as|than|their|its|his|was|were|is|are|comme|en|est|sont)$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:who|which|whose|qui|dont|où)(?: (?:[\w-]+ )?(?:\w+')?)?$")
_PIECE = re.compile(r",(?!\d)")
# "Le ministre", "Its head of safety", "Jane Doe": what may be said of the subject, or be it.
_NOUN = re.compile(
    r"(?:the|an?|its|his|her|their|le|la|l'|les|un|une|son|sa|ses|leurs?|ce|cette|ces|this|that|"
    r"il|elle|ils|elles|he|she|it|they|no|some|all|aucune?)(?:\b|(?<='))",
    re.IGNORECASE,
)
_LISTS = re.compile(r"(?:and|et|or|ou|&)\b|.*\b(?:and|et|or|ou|but|mais)\b", re.IGNORECASE)
_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"))
#: Words of a sentence.
_FEWEST = 3


def is_sentence(text: str, *, french: bool, opened: bool) -> bool:
    """Whether it has a subject before its verb, and what it opens it closes.

    ``opened``: whether its beginning is not the one that the sentence has in print.
    """
    if len(text.split()) < _FEWEST or _HANGS.match(text) or _ENDS.search(text.rstrip(' .!…»"')):
        return False
    if any(text.count(first) != text.count(last) for first, last in _PAIRS):
        return False
    if text.count('"') % 2 or ", ," in text or "()" in text or "( )" in text:
        return False
    low = lowered(text)
    found = list(verbs(french=french).finditer(low))
    if not found:
        return True
    if found[0].start() == 0 and text[:1].islower():
        return False
    head = low[: found[0].start()]
    if _RELATIVE.search(head) and not _goes_on(low, found):
        return False
    return not (opened and _is_broken_apposition(text[: found[0].start()]))


def _goes_on(low: str, found: list[re.Match[str]]) -> bool:
    """Whether a verb stands in no relative clause."""
    return any(not _RELATIVE.search(low, 0, each.start()) for each in found)


def _is_broken_apposition(head: str) -> bool:
    """Whether two subjects stand before the verb: "Le ministre, la loi"."""
    pieces = _PIECE.split(head)
    if len(pieces) != 2:
        # Two commas set something off, and none sets off nothing.
        return False
    first, second = (piece.strip() for piece in pieces)
    return (
        _NOUN.match(first) is not None
        and _NOUN.match(second) is not None
        and not _LISTS.match(second)
    )
