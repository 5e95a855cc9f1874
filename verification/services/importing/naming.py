"""What the names in a claims file stand for, and what is made because a file names it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import partial

from verification.domain import names, outletnames
from verification.models import Beat, Source, User
from verification.models.choices import NameKind
from verification.services import sourcematch, sources
from verification.services.drafts import one_line

#: For so many new names of some rows known ones are suggested; each is looked for by itself.
SUGGESTED = 50
#: How alike the names of two beats are, from 0 to 1, of which one may be a slip of the other.
_BEATS_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Made:
    """A source or beat that is made because a file names it."""

    kind: NameKind
    name: str
    #: The name of a known one that may be meant; empty where none is like it.
    near: str = ""
    #: Where the file names it, as the fields of a claim are called.
    field: str = ""
    row: int = 0
    #: Whether the file lists it, with a row of its own.
    listed: bool = False


class Names:
    """What the names in a file stand for, each looked up by itself.

    Whatever is made meanwhile is remembered until `keep` or `forget`.
    """

    def __init__(self, actor: User, now: datetime) -> None:
        self.actor, self.now = actor, now
        self._made: list[Made] = []
        self._suggested = 0

    def source(self, name: str, field: str, within: str = "", address: str = "") -> Source:
        """A source by slug or name; an unknown one is made, where the actor may.

        `field` is the one that a fault is told of, `within` the report in which it stands, and
        `address` where the source published it.
        """
        return sources.source_named(
            actor=self.actor, name=name, now=self.now, field=field,
            making=partial(
                self.making, NameKind.SOURCE, field=within + field, address=address
            ),
        )  # fmt: skip

    def beat(self, name: str) -> Beat:
        """A beat by slug or name; an unknown one is made, where the actor may."""
        return sources.beat_named(
            actor=self.actor, name=name, now=self.now,
            making=partial(self.making, NameKind.BEAT, field="beat"),
        )  # fmt: skip

    def user(self, name: str) -> User | None:
        """A user of the desk by user name."""
        return User.objects.filter(username=name).first()

    def meant(self, name: str) -> list[Source]:
        """The sources that a name may stand for; nothing is made."""
        return sourcematch.find(name)

    def itself(self, source: str, via: str) -> str:
        """Where a source credits itself, by this name or another: the name to take for both.

        Empty where they are two. Two that the newsroom keeps apart may credit one another, however
        alike their names are; of one that it knows and one that it does not, the known is taken.
        """
        if one_line(source) == one_line(via):
            return source
        mine, theirs = self.meant(source), self.meant(via)
        if len(mine) > 1 or len(theirs) > 1:
            return ""
        if mine and theirs:
            return source if mine == theirs else ""
        if not outletnames.same_outlet(source, via):
            return ""
        return via if theirs else source

    def making(
        self, kind: NameKind, name: str, *, field: str, listed: bool = False, address: str = ""
    ) -> None:
        """Remembers what is about to be made, with a known one that may be meant."""
        near = ""
        if self._suggested < SUGGESTED:
            self._suggested += 1
            near = _near_beat(name) if kind == NameKind.BEAT else _near_source(name, address)
        self._made.append(Made(kind, name, near, field, listed=listed))

    def keep(self) -> list[Made]:
        """What was made since the last call, which is there to stay."""
        made, self._made = self._made, []
        return made

    def forget(self) -> None:
        """What was made since then was undone."""
        self._made.clear()


class Novelties:
    """What a file makes, each once.

    A dry run undoes one part of the file before it looks at the next, and so meets a new name in
    each of them. A name in a report means a source that is spelled nearly like it, and a row of a
    source's own only one of the same letters, as where they come in.
    """

    def __init__(self) -> None:
        self.all: list[Made] = []
        self._letters: set[tuple[str, str]] = set()
        self._spelled: set[tuple[str, str]] = set()

    def number(self, kind: NameKind) -> int:
        """How many of a kind there are."""
        return sum(one.kind == kind for one in self.all)

    def first(self, kind: NameKind, most: int) -> tuple[list[Made], int]:
        """Some of a kind, those that may mean a known one before the others; how many more are."""
        found = sorted((one for one in self.all if one.kind == kind), key=lambda one: not one.near)
        return found[:most], max(len(found) - most, 0)

    def add(self, one: Made) -> bool:
        """Adds one that was not met before; whether it was not."""
        letters = (one.kind, one.name.casefold())
        spelled = letters if one.kind == NameKind.BEAT else (one.kind, names.bare(one.name))
        met = letters in self._letters if one.listed else spelled in self._spelled
        if not met:
            self.all.append(one)
            self._letters.add(letters)
            self._spelled.add(spelled)
        return not met


def _near_source(name: str, address: str) -> str:
    """A source that may be meant: by a name that is like it, or by where it published."""
    found = sourcematch.near(name)
    if found:
        return found.source.name
    if not address or outletnames.is_well_known(name):
        return ""
    owner = sourcematch.source_at(address)
    published = owner.name if owner else outletnames.publisher_of(address)
    return "" if outletnames.same_outlet(name, published) else published


def _near_beat(name: str) -> str:
    folded = {names.folded(known): known for known in Beat.objects.values_list("name", flat=True)}
    like = get_close_matches(names.folded(name), folded, n=1, cutoff=_BEATS_ALIKE)
    return folded[like[0]] if like else ""
