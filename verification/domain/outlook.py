"""The outlook of an undecided claim: what the records of those who report it say, and no more.

It is not a forecast. The figures stand side by side and are not multiplied into one probability:
sources read each other and share their informants, so that two origins are seldom two independent
draws, and a record says how often a source was right on *other* claims. What can be said honestly
is who vouches for the claim, how each has fared, and how such claims fare as a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from verification.domain.credit import Stance
from verification.domain.scoring import PROVISIONAL_UNDER

#: A source's record on the beat speaks for it from so many decided positions on; with fewer its
#: record over all beats does.
BEAT_MIN = PROVISIONAL_UNDER


@dataclass(frozen=True, slots=True)
class Account:
    """One source's record: hits of `decided` positions, accuracy and interval as fractions.

    `on_beat`: the record on the claim's beat, else the one over all beats.
    """

    hits: int
    decided: int
    accuracy: float
    low: float
    high: float
    on_beat: bool

    @property
    def provisional(self) -> bool:
        """Too few decided positions for a rank."""
        return self.decided < PROVISIONAL_UNDER


@dataclass(frozen=True, slots=True)
class Voice:
    """A source that reports the claim. `house` is its outlet, or the source itself without one."""

    source: int
    name: str
    house: int
    stance: str
    relay: bool
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """The base rate: of `decided` positions so many were `hits`, on the beat or on all beats."""

    hits: int
    decided: int
    on_beat: bool

    @property
    def fraction(self) -> float:
        """The share of hits."""
        return self.hits / self.decided


@dataclass(frozen=True, slots=True)
class Outlook:
    """Who vouches for a claim and who disputes it, each with a record, the longest first.

    `relays` counts the sources that only pass it on. `rate` is none where nothing is decided yet.
    """

    asserting: tuple[Voice, ...] = ()
    disputing: tuple[Voice, ...] = ()
    relays: int = 0
    rate: Rate | None = field(default=None)


def speaking(on_beat: Account | None, on_all: Account | None) -> Account | None:
    """Which of a source's two records speaks for it; none where nothing of its own is decided."""
    if on_beat is not None and on_beat.decided >= BEAT_MIN:
        return on_beat
    return on_all if on_all is not None and on_all.decided else None


def outlook(voices: Iterable[Voice], rate: Rate | None) -> Outlook:
    """What the records of these voices say.

    A relay vouches for nothing of its own and is only counted. Sources of one house that say the
    same are one origin, not several: the one with the longest record speaks for them. Who only
    observes takes no side and is left out.
    """
    origins: dict[tuple[int, str], Voice] = {}
    relays = 0
    for voice in sorted(voices, key=_longest_first):
        if voice.stance not in (Stance.ASSERTS, Stance.DISPUTES):
            continue
        if voice.relay:
            relays += 1
        else:
            origins.setdefault((voice.house, voice.stance), voice)
    sides: dict[str, list[Voice]] = {Stance.ASSERTS: [], Stance.DISPUTES: []}
    for voice in origins.values():
        sides[voice.stance].append(voice)
    return Outlook(
        asserting=tuple(sides[Stance.ASSERTS]),
        disputing=tuple(sides[Stance.DISPUTES]),
        relays=relays,
        rate=rate if rate is not None and rate.decided else None,
    )


def _longest_first(voice: Voice) -> tuple[int, str, int]:
    decided = voice.account.decided if voice.account else 0
    return -decided, voice.name.casefold(), voice.source
