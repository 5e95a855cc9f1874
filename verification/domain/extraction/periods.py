"""When, by the text? Every period that a sentence names, with its last day.

A grammar (:mod:`periods_fr`, :mod:`periods_en`) knows the units of its language: dates, months,
quarters, "the end of the week". What stands before a unit bounds it: "d'ici la fin de", "before",
"early". The two are read apart, so that each unit goes with each bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from verification.domain.extraction.text import lowered
from verification.domain.extraction.windows import (
    Bound,
    Part,
    Window,
    in_year,
    last_day,
    part_of,
)

#: How much text before a unit is looked at for what bounds it.
_LEAD = 56
#: A sentence of more periods is a table or an attack.
_MOST = 24
# Units that are bound as they stand: "dans trois mois", "within weeks".
_BOUND_ALREADY = ("dans ", "sous ", "d'ici", "au cours ", "within ", "in ", "over ", "ces ")
# "Push the start back to 2030" and not "from 2027 to 2030".
_MOVED = re.compile(r"\b(?:push|delay|postpon|defer|mov|slip|brought|put)\w*\b")
_OF_YEAR = re.compile(
    r",? (?:of |de )?(?:this|next|cette|l'|the following) ?(?:year|année|an)(?: prochaine?)?"
)
# "Before the window closes on 2 February" says on which day that is.
_CLOSES = re.compile(r"\b(?:window|deadline|mercato|transferts)\b")
_EVENING = re.compile(r"\b(?:soir|minuit|evening|night|midnight)$", re.IGNORECASE)
#: Years in which a number of four digits is read as a year.
YEARS = (1900, 2199)


@dataclass(frozen=True, slots=True)
class Period:
    """A period as printed: ``start`` to ``end`` of the sentence, and the last day, inclusive.

    ``bound`` is the wording's: "until" is more often how long something lasts than when it comes.
    """

    start: int
    end: int
    text: str
    first: date
    day: date
    precision: str
    vague: bool
    bound: Bound
    half: bool = False
    """Whether it is the second half of a range, and nothing by itself."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A form of words for a period, and the window that it means on a given day.

    ``hints`` are letters of which a text with the unit has at least one, in lower case: it is
    looked for only there. A pattern is for lower case, unless ``cased``. ``bare`` units stand
    alone; the others (a year, a month that is also a verb) need a bound before them. The window is
    None where the words turn out to be something else.
    """

    pattern: re.Pattern[str]
    window: Callable[[re.Match[str], date], Window | None]
    bare: bool = True
    cased: bool = False
    hints: tuple[str, ...] = ()
    ends: bool = False
    """Whether the words themselves are for the end of the window: "year-end"."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The units of a language, the more telling first, and what may stand before one.

    ``lead`` matches at the end of the text before a unit; its groups are ``by``, ``before``,
    ``until``, ``at``, ``early``, ``mid``, ``end``, and ``joint`` for what only joins the unit to
    another one. ``joins`` matches what is between the two ends of a range, and ``opens`` what
    opens one.
    """

    units: tuple[Unit, ...]
    lead: re.Pattern[str]
    opens: re.Pattern[str]
    joins: re.Pattern[str]


def find(sentence: str, grammar: Grammar, today: date) -> list[Period]:
    """The periods of a sentence, from left to right, as a reader of ``today`` understands them.

    Periods that are over are among them: what is said to have happened in them is past.
    """
    found: list[Period] = []
    taken = bytearray(len(sentence))
    low = lowered(sentence)
    for unit in grammar.units:
        if unit.hints and not any(hint in low for hint in unit.hints):
            continue
        for match in unit.pattern.finditer(sentence if unit.cased else low):
            if len(found) == _MOST:
                break
            if any(taken[match.start() : match.end()]):
                continue
            period = _period(sentence, low, grammar, unit, match, today)
            if period is not None:
                found.append(period)
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return _joined(sentence, low, grammar, sorted(found, key=lambda period: period.start))


def _period(
    sentence: str, low: str, grammar: Grammar, unit: Unit, match: re.Match[str], today: date
) -> Period | None:
    begin = max(0, match.start() - _LEAD)
    lead = None
    if not match[0].lower().startswith(_BOUND_ALREADY):
        lead = grammar.lead.search(low[begin : match.start()])
    said = {name for name, text in lead.groupdict().items() if text} if lead else set()
    if not said and not unit.bare:
        return None
    try:
        window = unit.window(match, today)
        if window is None:
            return None
        parts = (name for name in ("early", "mid", "end") if name in said)
        part: Part = next(parts, "end" if unit.ends else "")
        bound = cast(
            Bound, next((name for name in ("before", "by", "until") if name in said), "in")
        )
        if bound == "before" and _EVENING.search(match[0]):
            # "Avant dimanche soir" is on Sunday still.
            bound = "by"
        window = part_of(window, part)
        day, precision = last_day(window, bound, part)
    except (ValueError, OverflowError):
        # The 31 February, or a date that no calendar reaches.
        return None
    start = match.start()
    if lead and said:
        start = begin + (lead.end("joint") + 1 if "joint" in said else lead.start())
    start = min(start, match.start())
    return Period(
        start,
        match.end(),
        sentence[start : match.end()],
        window.first,
        day,
        precision,
        window.vague,
        bound,
        half=said == {"joint"} and not unit.bare,
    )


def _joined(sentence: str, low: str, grammar: Grammar, periods: list[Period]) -> list[Period]:
    """Makes one period of the two ends of a range: "between late 2026 and early 2027"."""
    joined: list[Period] = []
    for period in periods:
        before = joined[-1] if joined else None
        if before is not None and _OF_YEAR.fullmatch(low, before.end, period.end):
            # "In March next year", "en août de l'année prochaine".
            joined[-1] = _in_year(sentence, before, period)
        elif before is not None and _says_the_day(low, before, period):
            text = sentence[before.start : period.end]
            joined[-1] = replace(before, end=period.end, text=text, day=period.day)
        elif (
            before is not None
            and before.day <= period.day
            and _joins(low, grammar, before, period)
            and grammar.opens.search(low[max(0, before.start - 9) : before.end])
        ):
            joined[-1] = Period(
                before.start,
                period.end,
                sentence[before.start : period.end],
                before.first,
                period.day,
                period.precision,
                period.vague,
                before.bound,
            )
        elif not period.half or _MOVED.search(low, max(0, period.start - 160), period.start):
            joined.append(period)
    return joined


def _in_year(sentence: str, period: Period, year: Period) -> Period:
    """A day or month with the year that is said behind it."""
    first, day = (in_year(each, year.day.year) for each in (period.first, period.day))
    text = sentence[period.start : year.end]
    return replace(period, end=year.end, text=text, first=first, day=day)


def _says_the_day(sentence: str, closing: Period, period: Period) -> bool:
    """Whether the period is the day on which, as it says, what is before it closes."""
    return (
        period.bound == "in"
        and period.first == period.day
        and closing.bound in {"by", "before"}
        and sentence[closing.end : period.start] in {" ", ", "}
        and _CLOSES.search(sentence, closing.start, closing.end) is not None
    )


def _joins(sentence: str, grammar: Grammar, before: Period, period: Period) -> bool:
    """Whether what is between them joins them; of "from X to Y", Y has the "to" before it."""
    if grammar.joins.fullmatch(sentence, before.end, period.start):
        return True
    gap = sentence[before.end : period.start]
    return gap == " " and period.text.lower().startswith(("au ", "à ", "to "))


def number(text: str, words: dict[str, int]) -> int | None:
    """A small number, in digits or in words; None where it is neither."""
    text = text.lower()
    if text.isdecimal():
        return int(text)
    return words.get(text)


def in_years(text: str | None) -> int | None:
    """The year of four digits, or None where there is none."""
    if not text:
        return None
    year = int(text)
    return year if YEARS[0] <= year <= YEARS[1] else None


def numbered(words: str) -> dict[str, int]:
    """Names with their place in a list, from 1. Bars separate places, spaces names of one place."""
    places = enumerate(words.split("|"), 1)
    return {name: place for place, names in places for name in names.split()}


def names_of_months(names: Iterable[str]) -> str:
    """A pattern of the names, the longer first; an abbreviation may have its point."""
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(rf"{name}\.?" if _is_short(name) else name for name in ordered)


def _is_short(name: str) -> bool:
    return name.lower() not in {"may", "mai", "mars", "juin", "août", "aout", "june", "july"} and (
        len(name) <= 5 and name.lower() not in {"march", "april", "avril"}
    )
