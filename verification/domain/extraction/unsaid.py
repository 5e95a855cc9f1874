"""A claim of which the text may say afterwards whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verification.domain.extraction.sentences import Sentence

# What turns against what was said is somebody else's, and what was said long ago is not today's.
_OTHERWISE = re.compile(
    r"^Mais (?!selon lui|selon elle)|\b(?:pourtant|toutefois|cependant|en revanche|au contraire|"
    r"de (?:son|leur) côté|however|by contrast)\b|(?:le mois|l'an|l'année|la semaine|la saison) "
    r"(?:derni[eè]re?|passée?)\b|"
    r"\bil y a \w+ (?:semaines|mois|ans)\b|\blast (?:year|month)\b|\b(?:months|years) ago\b",
    re.IGNORECASE,
)
#: So many sentences after the first claim, the text may say whose it is.
_LEDE = 2


@dataclass(frozen=True, slots=True)
class Unsaid:
    """The last candidate, as long as the text has not said whose it is."""

    place: int
    paragraph: int
    rumour: bool
    first: bool
    opens: bool
    """Whether it opens its paragraph."""
    carried: bool
    """Whether it has the source of what was credited before, for want of another."""

    def is_told(
        self, place: int, sentence: Sentence, *, points: bool, claims: bool, spoken: bool = False
    ) -> bool:
        """Whether a sentence that credits a report says whose it was.

        "X serait vendu. Selon Reuters, un accord": the rumour was Reuters' already. "C'est du
        moins ce qu'affirme": what is pointed at is, whatever its words. And a relay may tell the
        whole of it before it says whose it is. A claim that somebody has ``spoken`` for themselves
        is another one.
        """
        if spoken and (claims or not points):
            return False
        if not points and (_OTHERWISE.search(sentence.text) or sentence.text.startswith("«")):
            # What somebody is quoted with is something else.
            return False
        if self.first and place - self.place <= _LEDE and sentence.paragraph - self.paragraph <= 1:
            return True
        near = place == self.place + 1 and sentence.paragraph == self.paragraph
        if self.carried:
            # Somebody else's claim comes next, with its source: that is not this one's.
            return near and not claims
        return near and (self.rumour or points or self.opens)
