"""Whose report the text is going on about, from one sentence to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from verification.domain.extraction.confided import Confided, by_the_way, confirms
from verification.domain.extraction.credits import Attribution
from verification.domain.extraction.heard import Heard, had_said, reminds
from verification.domain.extraction.hedges import Hedge
from verification.domain.extraction.kinds import Credited
from verification.domain.extraction.lands import land_of
from verification.domain.extraction.matter import Matter
from verification.domain.extraction.memory import Memory
from verification.domain.extraction.outlets import (
    KNOWN_REPORTERS,
    KNOWN_SURNAMES,
    key_of,
)
from verification.domain.extraction.pronouns import leads, no_company
from verification.domain.extraction.recall import (
    back,
    is_outlet,
    is_person,
    means_outlet,
    meant,
    several,
)
from verification.domain.extraction.sentences import Sentence
from verification.domain.extraction.strangers import each_of
from verification.domain.extraction.tellers import Teller, observer_named

#: Hedges that need somebody who says so: where nobody is named, it is whoever was before.
_BORROWED = frozenset({"hearsay", "chance", "would", "talks", "done"})
#: Hedges of what the page's own sources are taken to have said as well.
_TOLD_ON = frozenset({"would", "chance", "expected", "future"})
#: Manners of a report that the next sentences may go on about.
_OF_SOMEBODY = frozenset({"attributed", "own reporting", "anonymous sources"})
_REPORT = re.compile(r"\b(?:latest|new|recent) (?:report|article|story|leak|rumou?r)")
_REPORTED = re.compile(r"\b(?:report|article|story|newspaper|paper|outlet|website|magazine)s?\b")
# A quotation that is opened and not closed.
_QUOTATION = re.compile(r'"[^"]+"')
_RUNS_ON = re.compile(r'"[^"]*$')
#: So many sentences later, a report is still gone on about.
_REACH = 3
#: So many of its own paragraph, whatever it is that is said of it.
_SAME = 2
#: Characters in which a sentence says what it is about.
_BEGINS = 50

# "On évoque le nom de Marc Roy": nobody in particular does.
_MENTIONED = re.compile(r"évoquée?s?$|\bnoms?\b|^[Ss]peculation\b")


@dataclass(slots=True)
class Thread:
    """The credits so far: ``outlet`` is whose page it is, ``subject`` whom the text is about."""

    outlet: str | None
    subject: str | None
    wire: str | None = None
    """The agency whose copy it is, whatever page it is on."""
    memory: Memory = field(default_factory=Memory)
    """Whom the text has named so far."""
    _names: tuple[str, ...] = ()
    _reported: bool = False
    _in_text: bool = False
    _sentence: int = -9
    _paragraph: int = -9
    _presented: str | None = None
    """The reporter whom the sentence before presented without saying what they say."""
    _heard: Heard = field(default_factory=Heard)
    _matter: Matter = field(default_factory=Matter)
    """Whom the last report is about."""
    _told_in: int = -9
    """The paragraph in which somebody was credited last, and not only gone on about."""
    _loose: int = -9
    """The paragraph that has said something of its own since anybody was credited."""
    _confided: Confided = field(default_factory=Confided)
    """Those to whom people without a name have spoken so far."""

    def credit(
        self,
        place: int,
        sentence: Sentence,
        found: Sequence[Attribution],
        hedge: Hedge | None,
        subject: str | None,
        told: Teller | None = None,
    ) -> Credited:
        """Who is credited in the sentence at ``place``; the thread goes on from there.

        ``told`` is whose forecast the sentence is, where it has no verb of saying.
        """
        self.memory.meet(sentence.text)
        credited = self._forecast(told) if told is not None and not found else None
        if credited is None:
            credited = self._credited(place, sentence, found, hedge, subject)
        self._presented = None if found else observer_named(sentence.text)
        self.memory.read(sentence.text)
        self._heard.read(credited, self.memory.reporters, place)
        self._confided.read(credited, sentence.text, self._house())
        told_before = (hedge is None and had_said(sentence.text)) or (
            by_the_way(found, sentence.text) and self._has_own()
        )
        if credited.manner and credited.names and not sentence.heading and not told_before:
            own = credited.manner == "own reporting" and self._house()
            self._names, self._reported = own or credited.names, credited.reported
            self._in_text = (
                self._in_text
                if credited.manner == "carried on"
                else (credited.manner in _OF_SOMEBODY)
            )
        self._matter.read(
            sentence,
            told=credited.manner not in {"", "carried on"},
            on=bool(credited.manner) or sentence.paragraph == self._paragraph,
        )
        if not credited.manner and hedge is None:
            self._resume(place, sentence)
        self._move(place, sentence, credited, claims=hedge is not None)
        return credited

    def _move(self, place: int, sentence: Sentence, credited: Credited, *, claims: bool) -> None:
        """Remembers where somebody was credited last, and where nobody is any more."""
        if credited.manner in _OF_SOMEBODY:
            self._loose, self._told_in = -9, sentence.paragraph
        elif claims and not credited.manner and sentence.paragraph != self._paragraph:
            self._loose = sentence.paragraph
        if credited.manner and not sentence.heading:
            self._sentence, self._paragraph = place, sentence.paragraph
        elif sentence.heading and place:
            # A report goes on under the next heading.
            self._sentence += 1
            self._paragraph += 1

    def _credited(
        self,
        place: int,
        sentence: Sentence,
        found: Sequence[Attribution],
        hedge: Hedge | None,
        subject: str | None,
    ) -> Credited:
        others = [each for each in found if not self.memory.between_two(each, sentence.text)]
        found = others if any(each.credit.kind == "anonymous" for each in others) else found
        kinds = {each.credit.kind for each in found}
        if "court" in kinds:
            return Credited()
        if kinds == {"rumour"}:
            return Credited((), "anonymous sources", True)
        named = self.memory.named(found, own=self._is_own)
        if any(each.credit.kind == "pronoun" and each.credit.words for each in found) and not named:
            # "L'ancien portier du PSG": whom the last sentences named.
            player = subject if is_person(subject or "") else self.memory.person_lately()
            return Credited((player,) if player else (), "attributed", player in KNOWN_REPORTERS)
        if "pronoun" in kinds:
            leading = leads(found, sentence.text, subject or "")
            before = leading or no_company(sentence.text, subject or "")
            seen = {name for each in found if each.lead for name in each.credit.names}
            if len(named) == 1 and named[0] in seen and self._is_own(named[0]):
                # "In a note viewed by MacRumors, he said": the page is not who says so.
                named = ()
                subject = None if self._is_own(subject or "") else subject
            return self._of_pronoun(named, None if leading or (before and self._names) else subject)
        if named and confirms(found, sentence.text):
            # "A-t-on appris de deux sources, confirmant une information du Monde."
            return Credited(tuple(dict.fromkeys((*self._house(), *named))), "own reporting", True)
        if named:
            analyst = observer_named(sentence.text) if all(each.lead for each in found) else None
            if analyst is not None and len(named) == 1 and self._is_own(named[0]):
                # "The analyst Lee has sent a note, seen by the Post, that predicts".
                return Credited((analyst,), "attributed", True)
            return Credited(named, "attributed", bool(self.memory.reporters & set(named)))
        return self._nameless(place, sentence, found, hedge, subject)

    def _nameless(
        self,
        place: int,
        sentence: Sentence,
        found: Sequence[Attribution],
        hedge: Hedge | None,
        subject: str | None,
    ) -> Credited:
        """Who is credited where nobody is named: the page itself, or those of before."""
        kinds = {each.credit.kind for each in found}
        if any(each.own for each in found):
            return Credited(self._house(), "own reporting", True)
        if "again" in kinds:
            said = next(each.credit.words for each in found if each.credit.kind == "again")
            return self._again(place, said)
        if "agency" in kinds and self._reported and self._before():
            said = next(each.credit.words for each in found if each.credit.kind == "agency")
            return self._again(place, said)
        if "house" in kinds or "agency" in kinds:
            whose = subject or self.memory.house_lately(sentence.text) or self.subject
            return Credited((whose,) if whose else (), "attributed", False)
        if "anonymous" in kinds:
            others = any(each.credit.words for each in found if each.credit.kind == "anonymous")
            return self._unnamed(place, sentence, others=others)
        return self._carried_on(place, sentence, hedge) if hedge is not None else Credited()

    def _carried_on(self, place: int, sentence: Sentence, hedge: Hedge) -> Credited:
        """Whose a sentence is that credits nobody, and goes on about what was told before."""
        near = place - self._sentence <= _REACH and sentence.paragraph - self._paragraph <= 1
        if hedge.kind == "hearsay" and self._reported:
            near = (
                place - self._sentence <= 2 * _REACH and sentence.paragraph - self._paragraph <= 3
            )
        same = sentence.paragraph == self._paragraph and place == self._sentence + 1
        goes_on = _RUNS_ON.match(sentence.text) or (same and _QUOTATION.fullmatch(sentence.text))
        if near and goes_on and self._names:
            # The next paragraph of what somebody says, with no mark to close it.
            return replace(self._before() or Credited(), manner="attributed")
        if sentence.paragraph == self._loose or reminds(sentence.text):
            return Credited()
        if near and self._in_text and self._goes_on(place, sentence, hedge):
            relayed = self._confided.relayed_of(self._names)
            if hedge.kind == "hearsay" and relayed:
                # What the company told the paper is its own; what is rumoured is the paper's.
                return Credited(relayed, "carried on", True)
            return self._before() or Credited()
        return Credited()

    def _unnamed(self, place: int, sentence: Sentence, *, others: bool) -> Credited:
        """What unnamed people say in a text that goes by somebody's report is that report's.

        ``others`` are none of those who have spoken before.
        """
        named = self._confided.with_sources(self._names) if self._reported else ()
        carried = Credited(named, "carried on", True) if named and not others else None
        confided = self._confided.names
        if carried and confided != named and self._has_own():
            # What is relayed had no sources, and the page has had some of its own.
            return Credited(confided, "anonymous sources", True)
        away = place - self._sentence > 1 or sentence.paragraph != self._told_in
        if confided and not others and (carried is None or away or back(sentence.text)):
            # "A fourth source said", after others have spoken, goes on where sources did.
            carried = Credited(confided, "carried on", True)
        return carried or Credited(self._house(), "anonymous sources", True)

    def _resume(self, place: int, sentence: Sentence) -> None:
        """A sentence that begins with a reporter goes on about them: "Gurman described it"."""
        name = self._heard.begun_with(sentence.text[:_BEGINS])
        if name is not None:
            self._names, self._reported, self._in_text = (name,), True, True
            self._sentence, self._paragraph = place, sentence.paragraph

    def _again(self, place: int, said: str) -> Credited:
        """Those who were credited before, by what they are called now."""
        if self._confided.are_meant(said):
            # "The sources said", after somebody else has spoken.
            return Credited(self._confided.names, "attributed", True)
        outlets = self._heard.outlets(place) if several(said) else ()
        if len(outlets) > 1:
            return Credited(outlets, "attributed", True)
        land = land_of(said)
        there = self._heard.latest(lambda name: self.memory.is_of(name, land)) if land else None
        if there is not None:
            # "The Korean report" is whose the text has said is Korean.
            return Credited((there,), "attributed", True)
        # A report is nobody's who spoke for themselves.
        before = None if _REPORTED.search(said) and not self._reported else self._before()
        if before is not None and means_outlet(said) and all(map(self._is_own, before.names)):
            # "Selon le quotidien": no paper calls itself so.
            told = self._heard.called(said, but=self._is_own)
            before = Credited((told,), "carried on", True) if told is not None else before
        if before is not None and (narrowed := meant(said, before.names)):
            return replace(before, names=narrowed, manner="attributed")
        # "L'agence" is whoever of those before is one, if the last one is not.
        earlier = self._heard.called(said) if said else None
        if earlier is not None:
            return Credited((earlier,), "attributed", True)
        if before is not None:
            return before
        named = self.memory.named_lately(said, own=self._is_own)
        if named is not None:
            return Credited((named,), "attributed", True)
        # "The latest report" of nobody in particular is not the page's own.
        house = () if _REPORT.search(said) else self._house()
        return Credited(house, "anonymous sources", True)

    def _forecast(self, told: Teller) -> Credited | None:
        """A forecast of somebody who reports, or who is shown to by the sentence."""
        if not told.name:
            return self._before()
        name = self.memory.whole(self.memory.full.get(told.name, told.name))
        heard = self.memory.reporters | self.memory.people | KNOWN_REPORTERS
        spoke = name in heard and (is_person(name) or name in self.memory.reporters)
        if not told.known and not spoke and told.name not in KNOWN_SURNAMES:
            return None
        self.memory.reporters.add(name)
        self.memory.people.add(name)
        return Credited(each_of(name), "attributed", True)

    def _of_pronoun(self, named: tuple[str, ...], subject: str | None) -> Credited:
        """A pronoun is whom the sentence is about, or else whoever was credited before."""
        if self._presented is not None and not named:
            return Credited((self._presented,), "attributed", True)
        spoke = self.memory.spoke_last()
        if spoke is not None and not named and not is_person(subject or ""):
            # "Les sites de Lens seront cédés, avait-il dit": whoever spoke in the last sentence.
            before = self._before()
            subject = (
                spoke if subject or before is None or all(map(is_outlet, before.names)) else None
            )
        if subject is not None and not subject.isupper():
            names = tuple(dict.fromkeys((subject, *named)))
            return Credited(names, "attributed", bool(self.memory.reporters & set(names)))
        if named:
            # "He told the radio": whom the last sentence named.
            spoke = self.memory.person_lately() if all(map(is_outlet, named)) else None
            return Credited((spoke, *named) if spoke else named, "attributed", True)
        before = self._before()
        if before is None:
            spoke = self.memory.person_lately()
            if spoke is None:
                return Credited((), "attributed", False)
            return Credited((spoke,), "attributed", spoke in KNOWN_REPORTERS)
        return replace(before, manner="attributed")

    def _before(self) -> Credited | None:
        """Whoever was credited before; None where nobody was."""
        return Credited(self._names, "carried on", self._reported) if self._names else None

    def _goes_on(self, place: int, sentence: Sentence, hedge: Hedge) -> bool:
        new = sentence.paragraph != self._paragraph
        if _MENTIONED.search(hedge.text) or (new and self._matter.is_left(sentence, hedge)):
            return False
        same = sentence.paragraph == self._paragraph
        adjacent = place - self._sentence <= (_SAME if same else 1)
        if not self._reported:
            return adjacent and hedge.kind in {"hearsay", "would"}
        onward = self._matter.goes_on(sentence)
        if self._names == self._house():
            # What the page has of its own sources is not all that it tells.
            more = hedge.kind in _TOLD_ON and self._confided.names == self._names and hedge.finite
            borrowed = same and adjacent and hedge.kind in _BORROWED
            return hedge.kind == "hearsay" or borrowed or (more and adjacent and onward)
        if hedge.kind in _BORROWED:
            return adjacent or hedge.kind == "hearsay"
        return adjacent and (same or hedge.kind == "expected" or (onward and hedge.kind != "plan"))

    def _is_own(self, name: str) -> bool:
        return self.outlet is not None and key_of(name) == key_of(self.outlet)

    def _has_own(self) -> bool:
        """Whether those without a name who have spoken last have spoken to the page itself."""
        return bool(self._confided.names) and all(map(self._is_own, self._confided.names))

    def _house(self) -> tuple[str, ...]:
        house = self.wire or self.outlet
        return (house,) if house else ()
