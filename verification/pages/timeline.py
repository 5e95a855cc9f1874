"""A claim's reports on one line of time, with its deadline and the day of its outcome, as SVG.

This module measures, a template draws. Lengths are text, so that no decimal comma of the reader's
language gets into an attribute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verification.models import Claim, Report, Verdict
from verification.templatetags.borneout import day_words

#: The drawing's own units.
WIDTH = 640
LEFT, RIGHT = 12, 12
#: Dots that would touch are stacked; no stack is higher than this, for then nobody counts dots.
DOT, STACK_MAX = 13, 8
#: What is left free above the highest dot and below the axis, for the words: they are larger on a
#: phone, where the drawing is shrunk.
ABOVE, BELOW = 46, 34
#: From here on to the right a word is written to the left of its mark.
TURN = 0.7


@dataclass(frozen=True, slots=True)
class Dot:
    """One report."""

    x: str
    y: str
    origin: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """A day that is named: where its line stands and to which side its word goes."""

    x: str
    anchor: str
    nudge: str
    word: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing. `known` is none while nobody has decided."""

    height: int
    axis: str
    words_at: str
    left: str
    right: str
    dots: tuple[Dot, ...]
    start: Flag
    deadline: Flag
    known: Flag | None
    words: str


def timeline(claim: Claim, reports: Sequence[Report], verdict: Verdict | None) -> Timeline | None:
    """The drawing of one claim; none where there is nothing to put in order."""
    if not reports:
        return None
    known_on = verdict.became_known_on if verdict else None
    days = [report.published_on for report in reports]
    first = min(days)
    last = max([*days, claim.deadline, *([known_on] if known_on else [])])
    if first == last:
        return None

    def share(day: date) -> float:
        return (day - first).days / (last - first).days

    levels = _levels([_x(share(day)) for day in days])
    height = ABOVE + max(levels) * DOT + DOT + BELOW
    axis = height - BELOW
    return Timeline(
        height=height,
        axis=str(axis),
        words_at=str(height - 8),
        left=f"{LEFT:.1f}",
        right=f"{WIDTH - RIGHT:.1f}",
        dots=tuple(
            Dot(
                f"{_x(share(report.published_on)):.1f}",
                f"{axis - DOT * (level + 0.75):.1f}",
                report.via_id is None,
            )
            for report, level in zip(reports, levels, strict=True)
        ),
        start=_flag(share(first), day_words(first)),
        deadline=_flag(
            share(claim.deadline), _("due %(day)s") % {"day": day_words(claim.deadline)}
        ),
        known=_flag(share(known_on), _outcome(verdict, known_on)) if verdict and known_on else None,
        words=_in_words(claim, reports, known_on),
    )


def _levels(places: Sequence[float]) -> list[int]:
    """On which level each dot is drawn, so that none lies on another."""
    ends: list[float] = []
    levels = []
    for x in places:
        level = next(
            (number for number, end in enumerate(ends) if x - end >= DOT),
            min(len(ends), STACK_MAX),
        )
        ends[level : level + 1] = [x]
        levels.append(level)
    return levels


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _flag(share: float, word: str) -> Flag:
    turned = share > TURN
    return Flag(f"{_x(share):.1f}", "end" if turned else "start", "-5" if turned else "5", word)


def _outcome(verdict: Verdict, known_on: date) -> str:
    return _("%(outcome)s %(day)s") % {
        "outcome": verdict.get_outcome_display(),
        "day": day_words(known_on),
    }


def _in_words(claim: Claim, reports: Sequence[Report], known_on: date | None) -> str:
    """The same for readers who cannot see it."""
    first = min(report.published_on for report in reports)
    said = ngettext(
        "%(n)s report, the first on %(first)s; due %(due)s.",
        "%(n)s reports, the first on %(first)s; due %(due)s.",
        len(reports),
    ) % {"n": len(reports), "first": day_words(first), "due": day_words(claim.deadline)}
    if known_on is None:
        return said
    return f"{said} " + _("The outcome became known on %(day)s.") % {"day": day_words(known_on)}
