"""The candidate claims of an article: what an editor may want to log, for them to tick and mend."""

from __future__ import annotations

import re
from datetime import date

from verification.domain.extraction import periods
from verification.domain.extraction.attribution import attributions
from verification.domain.extraction.candidate import Candidate, Extraction
from verification.domain.extraction.claimed import claimed
from verification.domain.extraction.credits import Attribution, quoted
from verification.domain.extraction.found import Found
from verification.domain.extraction.governing import governing
from verification.domain.extraction.halves import are_halves, halves
from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.kinds import Credited
from verification.domain.extraction.language import Language, detect
from verification.domain.extraction.memory import Memory, full_names, most_named
from verification.domain.extraction.naming import begins_with_house
from verification.domain.extraction.outlets import Names, known_outlets
from verification.domain.extraction.proper import people
from verification.domain.extraction.quantities import quantities
from verification.domain.extraction.scoops import scoop
from verification.domain.extraction.sentences import Sentence, in_quotation, sentences
from verification.domain.extraction.signatures import signature, signed_item
from verification.domain.extraction.statement import WIRES, core_of, dateline, signed
from verification.domain.extraction.tellers import teller
from verification.domain.extraction.text import Plain, lowered, plain
from verification.domain.extraction.thread import Thread
from verification.domain.extraction.tongues import TONGUES, Tongue
from verification.domain.extraction.twins import without_twins
from verification.domain.extraction.weighing import THRESHOLD, Case, weigh
from verification.domain.extraction.when import deadline

#: Characters. An article is a tenth of it; more is refused, not cut.
TEXT_MAX = 200_000
#: What an article has at most; of a text with more, the rest is left unread.
CANDIDATES_MAX = 500
# "That's according to Bloomberg", "l'information provient de": who said what stands before.
_POINTS = re.compile(
    r"(?:c'est|voilà|l'info(?:rmation)?|une (?:info(?:rmation)?|rumeur|date|hypothèse|piste)|"
    r"la nouvelle|that's|that is|this is|"
    r"the (?:news|claim|information|rumou?r|leak))\b",
    re.IGNORECASE,
)
# "(NYSE:DAL)" is nobody.
_LISTED = re.compile(r"\([A-Z]{2,8}: ?[A-Z0-9.]{1,8}\)")
_ADDED = re.compile(r", (?:qui|dont) [^,]{3,120},")
#: Characters. What is shorter is no sentence that says something of the future.
SHORTEST = 20


class TooLongError(ValueError):
    """The text is longer than :data:`TEXT_MAX`."""


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
    reader = _Reader(text, made, TONGUES[spoken], published, outlet, names or known_outlets())
    return Extraction(tuple(reader.candidates()), spoken, reader.thread.outlet)


class _Reader:
    """Reads one article from its beginning to its end."""

    def __init__(
        self,
        printed: str,
        made: Plain,
        tongue: Tongue,
        published: date,
        outlet: str | None,
        names: Names,
    ) -> None:
        self.printed, self.made, self.tongue, self.published = printed, made, tongue, published
        self.names = names
        memory = Memory(known=names)
        memory.own(outlet)
        self.thread = Thread(outlet, None, wire=signed(made.text), memory=memory)
        self.credited = Credited()
        self.signed: dict[int, tuple[str, ...]] = {}
        self.told = self.bygone = False
        self.inside: set[int] = set()
        self.weak: tuple[int, Sentence, int, list[Attribution], Hedge] | None = None

    def candidates(self) -> list[Candidate]:
        found = Found()
        tongue = self.tongue
        article = [
            half
            for sentence in sentences(self.made.text)
            for half in halves(sentence, tongue.speech, tongue.cues, self.names, self.thread.outlet)
        ]
        named = [name for sentence in article for name in people(_LISTED.sub("", sentence.text))]
        self.thread.subject = most_named(named)
        self.thread.memory.full = full_names(named)
        self.signed = {
            each.paragraph: names
            for each in article
            if (names := signed_item(each.text, self.names))
        }
        self.inside = in_quotation(article)
        opening = next((each.text for each in article if not each.heading), "")
        history = tongue.signals.bygone
        self.bygone = history is not None and history.match(lowered(opening)) is not None
        for place, sentence in enumerate(article):
            if len(found.candidates) == CANDIDATES_MAX:
                break
            self.credited = Credited()
            signed_by = signature(sentence.text, self.names)
            if signed_by:
                found.sign(sentence.paragraph, signed_by)
                continue
            candidate = self._candidate(place, sentence)
            points = candidate is None and _POINTS.match(sentence.text) is not None
            before = article[place - 1] if place else None
            if self._reports() and not (before and are_halves(self.made.text, before, sentence)):
                found.hear(
                    place, sentence, self.credited, points=points, claims=candidate is not None
                )
            if points and self._reports() and self.weak and self.weak[0] == place - 1:
                # "X pourrait vendre Y. C'est ce que rapporte Z": little by itself, but reported.
                candidate = self._weighed(*self.weak[1:], self.credited)
            if candidate is not None:
                opens = before is not None and before.paragraph != sentence.paragraph
                carried = self.credited.manner == "carried on" and not self.told
                # "Reports suggest" says whose it is: nobody's in particular.
                open_to = not (candidate.sources or self.told) or (opens and carried)
                found.add(candidate, place, sentence, opens=opens, carried=carried, unsaid=open_to)
        return without_twins(found.candidates)

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
        if agency in WIRES:
            self.thread.wire = agency
        credits = attributions(text, self.tongue.speech, self.names, self.thread.outlet)
        hedge = governing(sentence, credits, begin, self.tongue.cues)
        subject = self._speaker(text[begin : hedge.start]) if hedge else None
        told = (
            teller(text[begin : hedge.start], hedge.text, text[hedge.end :][:60]) if hedge else None
        )
        credited = self.thread.credit(place, sentence, credits, hedge, subject, told)
        if not credited.names and sentence.paragraph in self.signed:
            # An item of a round-up is its outlet's, from its first sentence on.
            credited = Credited(self.signed[sentence.paragraph], "attributed", True)
        self.credited, self.told = credited, bool(credits)
        if hedge is None:
            over = self.tongue.signals.over
            hedge = scoop(text, credits, credited, self.tongue.speech, over)
        if hedge is None or text.rstrip(' "»').endswith("?"):
            return None
        candidate = self._weighed(sentence, begin, credits, hedge, credited)
        if candidate is None:
            self.weak = (place, sentence, begin, credits, hedge)
        return candidate

    def _as_printed(self, sentence: Sentence, hedge: Hedge) -> str:
        """A hedge with the apostrophes and quotation marks that the page has."""
        start, end = sentence.start + hedge.start, sentence.start + hedge.end
        if self.made.text[start:end] != hedge.text:
            return hedge.text
        return self.printed[self.made.printed(start) : self.made.printed(end)]

    def _speaker(self, before: str) -> str | None:
        """Whom the sentence is about, by what stands before its hedge."""
        if begins_with_house(before):
            return self.thread.subject
        named = people(before)
        if named and before.rstrip(" ,").endswith(named[-1]):
            return named[-1]
        whole = next((name for name in named if " " in name), None)
        return whole or next((name for name in named if before.lstrip().startswith(name)), None)

    def _weighed(
        self,
        sentence: Sentence,
        begin: int,
        credits: list[Attribution],
        hedge: Hedge,
        credited: Credited,
    ) -> Candidate | None:
        text = sentence.text
        masked = [(0, begin), *((each.start, each.end) for each in credits)]
        named = periods.find(text, self.tongue.grammar, self.published)
        when = (
            None if hedge.kind == "told" else deadline(text, named, hedge, masked, self.published)
        )
        core = core_of(text, begin, masked)
        core_low = lowered(core)
        # ", qui l'avait révélé,": what is added of somebody is no past of what is said.
        main = _ADDED.sub(",", core_low)
        added = [match.span() for match in _ADDED.finditer(lowered(text))]
        over = (
            any(
                period.day < self.published
                and period.precision != "day"
                and not any(start <= period.start < end for start, end in added)
                for period in named
            )
            # "Reported that Rego had turned it down": the step is what is told.
            or self.tongue.signals.over.search(_untold(main, hedge)) is not None
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
            text=text,
            quoted=quoted(text, hedge.start) != (sentence.start in self.inside),
            over=over,
            published=self.published,
            bygone=self.bygone,
        )
        weight = weigh(case, self.tongue.signals)
        if weight is None or weight.score < THRESHOLD or not core:
            return None
        start = self.made.printed(sentence.start)
        end = self.made.printed(sentence.end)
        bound = (when.start, when.end) if when else None
        return Candidate(
            statement=claimed(
                text,
                begin,
                credits,
                hedge,
                self.tongue.speech,
                bound,
                self.thread.memory.full.keys(),
            ),
            span=self.printed[start:end],
            start=start,
            end=end,
            sources=credited.names,
            hedge=self._as_printed(sentence, hedge),
            certainty=hedge.certainty,
            deadline=when.day if when else None,
            deadline_text=when.text.strip() if when else "",
            deadline_precision=when.precision if when else "",
            score=weight.score,
            reasons=(*weight.reasons, *(("headline",) if sentence.heading else ())),
            heading=sentence.heading,
        )


def _untold(core: str, hedge: Hedge) -> str:
    """What is told, in lower case, without the step that was taken."""
    return core.replace(hedge.text.lower(), " ", 1) if hedge.kind == "done" else core
