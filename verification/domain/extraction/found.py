"""The candidates so far, and what the text tells of them afterwards: whose they were."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from verification.domain.extraction.candidate import Candidate
from verification.domain.extraction.kinds import Credited
from verification.domain.extraction.recall import is_outlet, is_person
from verification.domain.extraction.sentences import Sentence
from verification.domain.extraction.unsaid import Unsaid

#: The reasons of a rumour that the sentence credits to nobody.
_RUMOURS = frozenset({"conditional of rumour", "talks"})


@dataclass(slots=True)
class Found:
    """The candidates of an article, as far as it has been read, each with its paragraph."""

    candidates: list[Candidate] = field(default_factory=list)
    _paragraphs: list[int] = field(default_factory=list)
    _unsaid: Unsaid | None = None
    """The last of them, as long as the text has not said whose it is."""

    def add(
        self,
        candidate: Candidate,
        place: int,
        sentence: Sentence,
        *,
        opens: bool,
        carried: bool,
        unsaid: bool,
    ) -> None:
        """Takes in the candidate of the sentence at ``place``.

        ``opens`` says that it is the first of its paragraph, ``carried`` that it has its source
        from before, ``unsaid`` that what comes next may say whose it is.
        """
        self.candidates.append(candidate)
        self._paragraphs.append(sentence.paragraph)
        self._unsaid = None
        if unsaid:
            rumour = candidate.reasons[0] in _RUMOURS
            first = len(self.candidates) == 1 and not carried
            self._unsaid = Unsaid(place, sentence.paragraph, rumour, first, opens, carried)

    def hear(
        self, place: int, sentence: Sentence, credited: Credited, *, points: bool, claims: bool
    ) -> None:
        """Takes in a sentence that credits a report, which may say whose the last one was.

        ``points`` says that it points back ("that's according to"), ``claims`` that it makes a
        claim itself.
        """
        spoken = any(map(is_person, credited.names[:1]))
        if self._unsaid is not None and self._unsaid.is_told(
            place, sentence, points=points, claims=claims, spoken=spoken
        ):
            self.candidates[-1] = replace(self.candidates[-1], sources=credited.names)
            self._unsaid = None

    def sign(self, paragraph: int, names: tuple[str, ...]) -> None:
        """Credit what the item says that ends with a name, where the item credits nobody."""
        for place in reversed(range(len(self.candidates))):
            if paragraph - self._paragraphs[place] > 1:
                return
            told = self.candidates[place].sources
            if any(map(is_outlet, told)) or self._paragraphs[place] < self._paragraphs[-1]:
                return
            self.candidates[place] = replace(self.candidates[place], sources=(*told, *names))
