"""The words of English for periods, and what they mean on a given day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from verification.domain.extraction import calendar_units as units
from verification.domain.extraction import windows
from verification.domain.extraction.periods import in_years, names_of_months, number, numbered
from verification.domain.extraction.windows import Window

MONTHS = numbered(
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
    "september sept sep|october oct|november nov|december dec"
)
WEEKDAYS = numbered(
    "monday mon|tuesday tue|wednesday wed|thursday thu|friday fri|saturday sat|sunday sun"
)
SEASONS = numbered("spring|summer|autumn fall|winter")
ORDINALS = numbered("first 1st|second 2nd|third 3rd|fourth 4th final last closing")
NUMBERS = numbered(
    "one a an|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
) | {"eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}

MONTH = names_of_months(name.title() for name in MONTHS)
DAY_NAME = "|".join(name.title() for name in sorted(WEEKDAYS, key=len, reverse=True))
SHORT_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
NUMBER = r"\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
TURN = r"(?:(?P<turn>next|this|this coming|the coming|last|past|current|the current|the next) )?"
YEAR = r"(?:,? (?:of )?(?P<year>(?:19|20|21)\d\d))?(?!\d)"
OF_YEAR = (
    r"(?:,? (?:of |in )?(?:the )?(?:fiscal |calendar |financial )?(?:year )?(?P<year>20\d\d)"
    r"|,? (?:of )?(?P<later>next|this|the) year)?(?!\d)"
)
SPAN = r"(?P<unit>hour|day|week|fortnight|month|year)s?"
_UNITS = {"hour", "day", "week", "month", "year"}

MONTH_HINTS = tuple(MONTHS)
SPAN_HINTS = ("day", "week", "fortnight", "month", "year", "hour")


def _turn(match: re.Match[str]) -> str:
    word = (match["turn"] or "").lower()
    if word.endswith("next"):
        return "next"
    return "last" if word in {"last", "past"} else ""


def read_date(match: re.Match[str], today: date) -> Window:
    """A day of a month, with or without its year."""
    return units.day_of_year(
        MONTHS[match["month"].rstrip(".").lower()],
        int(match["day"]),
        today,
        year=in_years(match["year"]),
    )


def read_day_alone(match: re.Match[str], today: date) -> Window:
    """A day without its month: the next of that number."""
    return units.day_ahead(int(match["day"]), today)


def read_figures(match: re.Match[str], today: date) -> Window:
    """A date in figures."""
    return windows.one_day(date(int(match["year"]), int(match["month"]), int(match["day"])))


def read_month(match: re.Match[str], today: date) -> Window:
    """A month."""
    index = MONTHS[match["month"].rstrip(".").lower()]
    return units.recurring(
        lambda year: windows.month(year, index),
        today,
        year=_said(match, today),
        turn=_turn(match),
    )


def read_week_of_month(match: re.Match[str], today: date) -> Window:
    """A week of a month, by its number; of a half, its half."""
    days = 15 if match["span"] == "half" else 7
    nth = 0 if match["nth"] in {"last", "final", "latter"} else ORDINALS[match["nth"]]
    return units.stretch(read_month(match, today), days, nth)


def read_quarter(match: re.Match[str], today: date) -> Window:
    """A quarter."""
    index = ORDINALS[match["ordinal"].lower()] if match["ordinal"] else int(match["digit"])
    return units.recurring(
        lambda year: windows.quarter(year, index), today, year=_said(match, today), turn=""
    )


def read_half(match: re.Match[str], today: date) -> Window:
    """A half-year."""
    ordinal = (match["ordinal"] or "").lower()
    index = ORDINALS.get(ordinal, 2) if ordinal else int(match["digit"])
    return units.recurring(
        lambda year: windows.half(year, min(index, 2)), today, year=_said(match, today), turn=""
    )


def _said(match: re.Match[str], today: date) -> int | None:
    year = in_years(match["year"])
    if year is None and match["later"] and match["later"].lower() == "next":
        return today.year + 1
    return year


def read_season(match: re.Match[str], today: date) -> Window:
    """A season."""
    return units.season_around(
        SEASONS[match["season"].lower()], today, year=_said(match, today), turn=_turn(match)
    )


def read_around(match: re.Match[str], today: date) -> Window:
    """This week, month, quarter, half-year or year, or the next or last."""
    word = match["word"].lower()
    turn = _turn(match)
    if word == "week":
        return units.week_around(today, turn)
    if word == "month":
        return units.month_around(today, turn)
    if word == "quarter":
        return units.quarter_around(today, turn)
    if word == "half":
        return units.half_around(today, turn)
    if word == "weekend":
        return units.weekend_around(today, turn)
    return windows.whole_year(units.of_the_year(today, turn))


def read_weekday(match: re.Match[str], today: date) -> Window:
    """A day of the week."""
    index = WEEKDAYS[match["name"].lower()] - 1
    turn = _turn(match)
    if turn == "next":
        # "Next Friday" is next week's.
        following = units.week_around(today, "next").first
        return units.weekday(index, following, turn="")
    return units.weekday(index, today, turn=turn)


def read_span(match: re.Match[str], today: date) -> Window | None:
    """So many days, weeks, months or years from today."""
    count = number(match["most"] or match["count"], NUMBERS)
    unit = match["unit"].lower()
    if count is None:
        return None
    if unit == "fortnight":
        return windows.after(today, 2 * count, "week")
    if unit == "hour":
        return windows.one_day(windows.after(today, (count + 23) // 24, "day").last)
    return windows.after(today, count, unit)


def read_vague(match: re.Match[str], today: date) -> Window | None:
    """An unknown number of them."""
    unit = match["unit"].lower()
    return windows.vague(today, unit) if unit in _UNITS else None


FEASTS = {
    "christmas eve": units.feast(12, 24),
    "christmas day": units.feast(12, 25),
    "christmas": units.feast(12, 25),
    "new year's eve": units.feast(12, 31),
    "new year's day": units.feast(1, 1),
    "new year's": units.feast(1, 1),
    "the new year": units.feast(1, 31),
    "valentine's day": units.feast(2, 14),
    "easter": units.easter,
    "memorial day": units.nth_weekday(5, 0, -1),
    "independence day": units.feast(7, 4),
    "the fourth of july": units.feast(7, 4),
    "early may bank holiday": units.nth_weekday(5, 0, 1),
    "spring bank holiday": units.nth_weekday(5, 0, -1),
    "august bank holiday": units.nth_weekday(8, 0, -1),
    "summer bank holiday": units.nth_weekday(8, 0, -1),
    "labor day": units.nth_weekday(9, 0, 1),
    "halloween": units.feast(10, 31),
    "thanksgiving": units.nth_weekday(11, 3, 4),
    "black friday": units.shifted(units.nth_weekday(11, 3, 4), 1),
}


def read_feast(match: re.Match[str], today: date) -> Window:
    """A day or month that has a name."""
    make = FEASTS[match["name"].lower()]
    return units.recurring(make, today, year=in_years(match["year"]), turn=_turn(match))


def read_transfers(match: re.Match[str], today: date) -> Window:
    """The end of a transfer window, or the day on which it opens."""
    summer, winter = ((6, 15), (1, 1)) if match["opens"] else ((9, 1), (1, 31))
    named = {"summer": summer, "january": winter, "winter": winter}.get(
        (match["kind"] or "").strip().lower()
    )
    days = [named] if named else [winter, summer]
    ends = [units.recurring(units.feast(*day), today, year=None, turn="") for day in days]
    # "Before deadline day" is before that day, by its name.
    closing = not match["opens"] and "deadline day" not in match[0].lower()
    return replace(min(ends, key=lambda window: window.last), closing=closing)


def read_fiscal(match: re.Match[str], today: date) -> Window:
    """A fiscal year, read as the calendar year of its number."""
    year = match["year"] or f"20{match['short']}"
    return windows.whole_year(int(year))
