"""The candidate claims of an article: what an editor may want to log, for them to tick and mend."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from verification.domain.extraction import (
    hedges_en,
    hedges_fr,
    periods,
    periods_en,
    periods_fr,
    signals,
    speech_en,
    speech_fr,
)
from verification.domain.extraction.attribution import Attribution, attributions
from verification.domain.extraction.hedges import Cues, Hedge, hedges
from verification.domain.extraction.language import Language, detect
from verification.domain.extraction.naming import begins_with_house, observer, people
from verification.domain.extraction.outlets import Names, known_outlets
from verification.domain.extraction.quantities import quantities
from verification.domain.extraction.sentences import Sentence, sentences
from verification.domain.extraction.signals import Signals
from verification.domain.extraction.speech import Speech
from verification.domain.extraction.statement import dateline, statement
from verification.domain.extraction.text import Plain, lowered, plain
from verification.domain.extraction.thread import Credited, Thread
from verification.domain.extraction.twins import without_twins
from verification.domain.extraction.weighing import THRESHOLD, Case, weigh
from verification.domain.extraction.when import deadline

#: Characters. An article is a tenth of it; more is refused, not cut.
TEXT_MAX = 200_000


#: The reasons of a rumour that the sentence credits to nobody.
_RUMOURS = frozenset({"conditional of rumour", "talks"})
#: Words of a person's name; what has more is more often an organisation's.
_FULL_NAME = 3
#: Characters. What is shorter is no sentence that says something of the future.
SHORTEST = 20


class TooLongError(ValueError):
    """The text is longer than :data:`TEXT_MAX`."""


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


# "The deal, which may top $6bn, could be announced": the main verb comes later.
_HAD = re.compile(r"\b(?:had|avait|avaient) (?:\w+ly )?$")
_ASIDE = re.compile(r"\b(?:which|who|that|qui|dont)(?: \w+| n'| ne)? $")


@dataclass(frozen=True, slots=True)
class _Tongue:
    speech: Speech
    cues: Cues
    grammar: periods.Grammar
    signals: Signals


_TONGUES: dict[Language, _Tongue] = {
    "fr": _Tongue(speech_fr.FRENCH, hedges_fr.FRENCH, periods_fr.FRENCH, signals.FRENCH),
    "en": _Tongue(speech_en.ENGLISH, hedges_en.ENGLISH, periods_en.ENGLISH, signals.ENGLISH),
}


def extract(
    text: str,
    *,
    published: date,
    language: Language | None = None,
    outlet: str | None = None,
    names: Names | None = None,
) -> Extraction:
    """The candidate claims of an article's text.

    ``published`` is the day that "next week" is counted from; ``outlet`` whose page it is;
    ``names`` the sources that are known, with their aliases. The work grows with the length of the
    text and with nothing else. Raises TooLongError.
    """
    if len(text) > TEXT_MAX:
        raise TooLongError(f"{len(text)} characters; at most {TEXT_MAX} are read")
    made = plain(text)
    spoken = language or detect(made.text)
    reader = _Reader(text, made, _TONGUES[spoken], published, outlet, names or known_outlets())
    return Extraction(tuple(reader.candidates()), spoken, reader.thread.outlet)


class _Reader:
    """Reads one article from its beginning to its end."""

    def __init__(
        self,
        printed: str,
        made: Plain,
        tongue: _Tongue,
        published: date,
        outlet: str | None,
        names: Names,
    ) -> None:
        self.printed, self.made, self.tongue, self.published = printed, made, tongue, published
        self.names = names
        self.thread = Thread(outlet, None)
        self.credited = Credited()

    def candidates(self) -> list[Candidate]:
        found: list[Candidate] = []
        article = sentences(self.made.text)
        named = [name for sentence in article for name in people(sentence.text)]
        self.thread.subject = _most_named(named)
        self.thread.full = _full_names(named)
        open_since = -1
        for place, sentence in enumerate(article):
            self.credited = Credited()
            candidate = self._candidate(place, sentence)
            if sentence.paragraph == open_since and self._reports():
                # "X serait vendu. Selon Reuters, un accord": the rumour was Reuters' already.
                found[-1] = replace(found[-1], sources=self.credited.names)
            open_since = -1
            if candidate is not None:
                found.append(candidate)
                if not candidate.sources and candidate.reasons[0] in _RUMOURS:
                    open_since = sentence.paragraph
        return without_twins(found)

    def _reports(self) -> bool:
        """Whether the sentence that was just read credits a report."""
        return self.credited.reported and self.credited.manner in {"attributed", "own reporting"}

    def _candidate(self, place: int, sentence: Sentence) -> Candidate | None:
        text = sentence.text
        if len(text) < SHORTEST:
            return None
        begin, agency = dateline(text)
        if agency and self.thread.outlet is None:
            self.thread.outlet = agency
        credits = attributions(text, self.tongue.speech, self.names, self.thread.outlet)
        masked = [(0, begin), *((each.start, each.end) for each in credits)]
        hedge = self._hedge(sentence, credits, begin)
        subject = self._speaker(text[begin : hedge.start]) if hedge else None
        credited = self.thread.credit(place, sentence, credits, hedge, subject)
        self.credited = credited
        if hedge is None or text.rstrip(' "»').endswith("?"):
            return None
        house = None if credited.manner else observer(text[begin : hedge.start])
        if house is not None:
            credited = Credited((house,), "attributed", True)
        return self._weighed(sentence, begin, masked, hedge, credited)

    def _speaker(self, before: str) -> str | None:
        """Whom the sentence is about, by what stands before its hedge."""
        if begins_with_house(before):
            return self.thread.subject
        named = people(before)
        if named and before.rstrip(" ,").endswith(named[-1]):
            return named[-1]
        whole = next((name for name in named if " " in name), None)
        return whole or next((name for name in named if before.lstrip().startswith(name)), None)

    def _hedge(self, sentence: Sentence, credits: list[Attribution], begin: int) -> Hedge | None:
        """The hedge that governs the sentence: its first verb, or else an aside."""
        text = sentence.text
        saying = [each.start for each in credits]
        usable = [
            hedge
            for hedge in hedges(text, self.tongue.cues, heading=sentence.heading)
            if hedge.start >= begin
            and not any(
                each.start <= hedge.start < each.end and not _is_verb_of(hedge, each)
                for each in credits
            )
        ]
        backshift = self.tongue.cues.backshift
        fitting = [
            hedge
            for hedge in usable
            if not (backshift.match(hedge.text) or _HAD.search(text, 0, hedge.start))
            or any(place <= hedge.start for place in saying)
            or (saying and hedge.kind == "talks")
        ]
        finite = [
            hedge
            for hedge in fitting
            if hedge.finite and not _ASIDE.search(text, max(0, hedge.start - 16), hedge.start)
        ]
        return next(iter(finite or fitting), None)

    def _weighed(
        self,
        sentence: Sentence,
        begin: int,
        masked: list[tuple[int, int]],
        hedge: Hedge,
        credited: Credited,
    ) -> Candidate | None:
        text = sentence.text
        named = periods.find(text, self.tongue.grammar, self.published)
        when = deadline(text, named, hedge, masked, self.published)
        core = statement(text, begin, masked)
        core_low = lowered(core)
        over = (
            any(period.day < self.published and period.precision != "day" for period in named)
            or self.tongue.signals.over.search(core_low) is not None
        )
        case = Case(
            core=core,
            hedge=hedge,
            credited=credited,
            deadline=when,
            amounts=len(quantities(core)),
            heading=sentence.heading,
            core_low=core_low,
            low=lowered(text),
            quoted=_quoted(text, hedge.start),
            over=over,
        )
        weight = weigh(case, self.tongue.signals)
        if weight is None or weight.score < THRESHOLD or not core:
            return None
        start = self.made.printed(sentence.start)
        end = self.made.printed(sentence.end)
        return Candidate(
            statement=core,
            span=self.printed[start:end],
            start=start,
            end=end,
            sources=credited.names,
            hedge=hedge.text,
            certainty=hedge.certainty,
            deadline=when.day if when else None,
            deadline_text=when.text.strip() if when else "",
            deadline_precision=when.precision if when else "",
            score=weight.score,
            reasons=(*weight.reasons, *(("headline",) if sentence.heading else ())),
            heading=sentence.heading,
        )


def _is_verb_of(hedge: Hedge, credit: Attribution) -> bool:
    """Whether a source's verb is the hedge itself: "les mêmes sources évoquent un coût de"."""
    return hedge.kind == "plan" and hedge.end == credit.end and credit.credit.kind != "voice"


def _most_named(named: list[str]) -> str | None:
    """The name that the article has most often; of several, the first."""
    counted = Counter(named)
    return max(counted, key=lambda name: counted[name], default=None)


def _full_names(named: list[str]) -> dict[str, str]:
    """Last names with the first full name that the article has for each."""
    full: dict[str, str] = {}
    for name in named:
        first, _, last = name.rpartition(" ")
        words = name.split()
        if first and len(words) <= _FULL_NAME and all(word[0].isupper() for word in words):
            full.setdefault(last, name)
    return full


def _quoted(text: str, place: int) -> bool:
    """Whether a place is inside quotation marks."""
    before = text[:place]
    return before.count("«") > before.count("»") or before.count('"') % 2 == 1
