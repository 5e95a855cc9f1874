"""What is proposed of an article: a claim that an editor may want to log, and all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from verification.domain.extraction.language import Language


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim to be proposed; the names are the contract's.

    ``span`` is ``text[start:end]`` of the text that was given. ``certainty`` is a term of the
    ICD 203 ladder, ``deadline`` the last day, inclusive; a proposed one has "vague window" among
    the ``reasons``. ``score`` is from 0 to 1.
    """

    statement: str
    span: str
    start: int
    end: int
    sources: tuple[str, ...]
    hedge: str
    certainty: str
    deadline: date | None
    deadline_text: str
    deadline_precision: str
    score: float
    reasons: tuple[str, ...]
    heading: bool = False
    """Whether a headline says it."""

    def as_dict(self) -> dict[str, object]:
        """The candidate by the names of the contract, its deadline as ISO 8601 or None."""
        return {
            "statement": self.statement,
            "span": self.span,
            "start": self.start,
            "end": self.end,
            "sources": list(self.sources),
            "hedge": self.hedge,
            "certainty": self.certainty,
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "deadline_text": self.deadline_text,
            "deadline_precision": self.deadline_precision or None,
            "score": self.score,
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True, slots=True)
class Extraction:
    """The candidates of an article, in its order, and how it was read.

    ``outlet`` is whose page it is: it relays those whom the candidates credit, and is the origin
    where it credits nobody but itself.
    """

    candidates: tuple[Candidate, ...]
    language: Language
    outlet: str | None
