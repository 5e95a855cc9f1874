"""Whom the text has named so far: people, reporters, outlets, and who holds which office."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from verification.domain.extraction.credits import Attribution
from verification.domain.extraction.lands import land_before
from verification.domain.extraction.outlets import KNOWN_REPORTERS, Names, known_outlets
from verification.domain.extraction.proper import CAP, people
from verification.domain.extraction.recall import is_outlet, is_person, means_somebody, meant
from verification.domain.extraction.roles import holder, holders

#: So many sentences back, somebody who was only named is remembered.
_NAMED_LATELY = 2
# "The Times" is another paper than The Irish Times, and "the Sun" than The Sunday Sun.
_NAMESAKE = re.compile(r"(?:The )?(?:Irish|Scottish|Sunday|Daily) ")
# "The Finance Minister", with capitals.
_OFFICE = re.compile(
    r"(?:[A-Z]\w+ ){0,2}(?:Minister|Secretary|President|Chancellor|Governor|Mayor|Premier|Speaker|"
    r"Chairman|Commissioner|Ambassador|Taoiseach|Tánaiste|Ministre|Maire|Préfet|Préfète)"
)
# "Wired's Ann Lowe", "Wired reporter Ann Lowe".
_WRITES_THERE = re.compile(
    rf"(?:'s |(?:'s)? (?:[a-z]+ ){{0,2}}?(?:reporter|journalist|correspondent|editor|columnist|"
    rf"writer|insider|blogger),? )(?P<who>{CAP}(?: {CAP}){{1,2}})"
)
#: What an outlet's name goes without: "Nova" is Nova News.
_PAGES = frozenset({"News", "Media", "Magazine", "Online", "Newspaper", "Newspapers", "TV"})
_TOLD = re.compile(r"\b(?:told|informed|tells)\b")
_SPOKESPERSON = re.compile(r"(?:But |And )?(?:A|The|Its) (?:\w+ ){0,2}?spokes\w+ (?!for\b)")
#: Characters in which a sentence names whom it is about.
_BEGINS = 12
_HAD_TOLD = re.compile(
    r"(?: \([^()]{1,40}\))? (?:a|avait) (?:\w+ ){0,2}?(?:annoncé|déclaré|promis|dit|indiqué|"
    r"assuré|affirmé|présenté|répondu|expliqué|confirmé|détaillé|dévoilé|reconnu|prévenu)\b"
)
_OF = re.compile(r" (?:of|for|and) ")
#: Words of a person's name; what has more is more often an organisation's.
_FULL_NAME = 3


@dataclass(slots=True)
class Memory:
    """What a reader who has come so far knows of those whom the text names."""

    known: Names = field(default_factory=known_outlets)
    full: Mapping[str, str] = field(default_factory=dict)
    """Last names with the full names that the text has for them."""
    people: set[str] = field(default_factory=set)
    """Those who were credited with something."""
    reporters: set[str] = field(default_factory=set)
    """Those of them who report, and do not speak for themselves."""
    _page: str = ""
    """Whose page it is, where that has more than one word."""
    _lately: tuple[str, ...] = ()
    _offices: dict[str, str] = field(default_factory=dict)
    """The offices that the text has named somebody for."""
    _lands: dict[str, str] = field(default_factory=dict)
    """From where the text has said that they are."""
    _desks: dict[str, str] = field(default_factory=dict)
    """For whom the text has said that somebody reports."""
    _printed: dict[str, None] = field(default_factory=dict)
    """The outlets that the text has named."""

    def meet(self, text: str) -> None:
        """Takes in the outlets that a sentence names, before it is said whom it credits."""
        for each in self.known.find(text):
            self._printed[each.name] = None
            land = land_before(text, each.start)
            if land:
                self._lands[each.name] = land
            writes = _WRITES_THERE.match(text, each.end)
            if writes is not None:
                self._desks[writes["who"]] = each.name

    def _desk(self, name: str) -> tuple[str, ...]:
        """Of "Lowe's sources", Ann Lowe and the outlet that the text has said she reports for."""
        whole = self.full.get(name, name)
        outlet = self._desks.get(whole)
        return (whole, outlet) if outlet is not None else (whole,)

    def is_of(self, name: str, land: str) -> bool:
        """Whether the text has said that an outlet is from a country."""
        return self._lands.get(name) == land

    def own(self, outlet: str | None) -> None:
        """Takes in whose page it is: "the Gazette" is the Harrowby Gazette there."""
        if outlet and " " in outlet and not _NAMESAKE.match(outlet):
            self._printed[outlet] = None
            self._page = outlet

    def read(self, text: str) -> None:
        """Takes in a sentence that has been read."""
        self._offices |= holders(text)
        self._lately = (text, *self._lately[: _NAMED_LATELY - 1])

    def named_lately(self, said: str, *, own: Callable[[str], bool]) -> str | None:
        """The outlet that the last sentences name, without crediting it with anything."""
        for text in self._lately if said else ():
            for named in reversed(self.known.find(text)):
                if not own(named.name) and meant(said, (named.name,)):
                    self.reporters.add(named.name)
                    return named.name
        person = self.person_lately() if said else None
        return person if person and means_somebody(said) else None

    def named(self, found: Sequence[Attribution], *, own: Callable[[str], bool]) -> tuple[str, ...]:
        """Those who are named, by their full names; from here on they are known."""
        named = tuple(
            dict.fromkeys(
                self._in_office(whole)
                if each.credit.kind == "voice"
                else (self._speaker(whole) if each.credit.names[1:] else whole)
                for each in sorted(found, key=self._no_speaker)
                for said in each.credit.names
                for name in (
                    self._desk(said)
                    if each.credit.words == "sources"
                    else (self._told(said) if each.credit.kind == "media" else said,)
                )
                for whole in map(self.whole, self._both(name))
            )
        )
        self.reporters |= {
            self.whole(name)
            for each in found
            for name in each.credit.names
            if each.credit.kind == "media" or (each.lead and name[:1].isupper())
        }
        self.reporters |= KNOWN_REPORTERS.intersection(named)
        self.people |= set(named)
        # "In a note seen by MacRumors, Kuo said": the page that has seen it is not who says so.
        seen = {name for each in found if each.lead for name in each.credit.names}
        others = tuple(name for name in named if name not in seen or not own(name))
        return others or named

    def between_two(self, each: Attribution, text: str) -> bool:
        """Whether one person has told another, and no outlet: "Cole has told Whitcombe"."""
        names = [self.full.get(name, name) for name in each.credit.names]
        told = _TOLD.search(text, each.start, each.end) is not None
        return told and len(names) > 1 and all(map(is_person, names))

    def _told(self, name: str) -> str:
        """The page by its short name, where somebody was heard: "told Nova" on Nova News.

        The BBC is not BBC News to a newsroom that keeps them apart.
        """
        short, _, kind = self._page.partition(" ")
        return self._page if name == short and kind in _PAGES and not self._is_known(name) else name

    def _no_speaker(self, each: Attribution) -> bool:
        """False for somebody with the outlet that they told, who come before other outlets."""
        names = each.credit.names
        return not (names[1:] and is_person(self.full.get(names[0], names[0])))

    def _in_office(self, name: str) -> str:
        """Somebody by their full name; an office is whoever the text has said holds it."""
        if name[:1].islower() or _OFFICE.fullmatch(name):
            return holder(name, self._offices) or name
        return self.full.get(name, name)

    def _both(self, name: str) -> tuple[str, ...]:
        """Of "Chow and Shan", each by the full name that the text has for them."""
        parts = name.split(" and ")
        known = all(part in self.full for part in parts)
        return tuple(self.full[part] for part in parts) if parts[1:] and known else (name,)

    def _speaker(self, name: str) -> str:
        """Who spoke to an outlet by their full name: "Ortega told DAZN"."""
        whole = self.full.get(name, name)
        return whole if is_person(whole) and not is_outlet(name) else name

    def person_lately(self) -> str | None:
        """Whom the last sentences name in full: "he" is somebody."""
        named = (name for text in self._lately for name in people(text))
        return next((name for name in named if name in self._whole_names and is_person(name)), None)

    def spoke_last(self) -> str | None:
        """Who had said something in the last sentence: "Luc Armand avait promis"."""
        for text in self._lately[:1]:
            for name in people(text):
                if is_person(name) and _HAD_TOLD.match(text, text.find(name) + len(name)):
                    return name
        return None

    def house_lately(self, sentence: str) -> str | None:
        """Whose "a spokesperson" is: of whom the sentence before speaks, where it begins so."""
        if _SPOKESPERSON.match(sentence) is None or not self._lately:
            return None
        before = self._lately[0]
        named = next(iter(people(before)), None)
        return named if named and before.find(named) <= _BEGINS else None

    @property
    def _whole_names(self) -> set[str]:
        return set(self.full.values())

    def whole(self, name: str) -> str:
        """The full name of somebody who was credited with it before: "Gurman"."""
        if name.startswith("The ") and name.count(" ") == 1:
            # "The Times" is the one of New York where that was credited before.
            last = name.removeprefix("The")
            longer = (each for each in reversed(self._printed) if each.endswith(last))
            return next((each for each in longer if each != name), name)
        if " " in name:
            return name
        if self._is_known(name):
            # "Sport" is a paper of its own, whatever else ends with that word.
            return name
        for each in sorted(self.people):
            # "Gurman", and "Goldman" for Goldman Sachs.
            if each.endswith(f" {name}") or each.startswith(f"{name} "):
                return each
        printed = (each for each in reversed(self._printed) if each.endswith(f" {name}"))
        return next(printed, name)

    def _is_known(self, name: str) -> bool:
        """Whether a name of one word is an outlet's as it stands."""
        return any(each.end - each.start == len(name) for each in self.known.find(name))


def most_named(named: list[str]) -> str | None:
    """The name that the article has most often; of several, the first."""
    counted = Counter(named)
    return max(counted, key=lambda name: counted[name], default=None)


def full_names(named: list[str]) -> dict[str, str]:
    """Last names with the first full name that the article has for each."""
    full: dict[str, str] = {}
    # "Ming-Li Zhao of Hartwell Securities" is somebody, and whose.
    for name in (part for each in named for part in _OF.split(each)):
        first, _, last = name.rpartition(" ")
        words = name.split()
        if "'s " in name:
            continue
        if first and len(words) <= _FULL_NAME and all(word[0].isupper() for word in words):
            full.setdefault(last, name)
    return full
