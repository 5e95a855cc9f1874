"""English dates, and the named parts of a year: quarters, halves, seasons, feasts."""

from __future__ import annotations

import re
from datetime import date

from verification.domain.extraction import calendar_units as units
from verification.domain.extraction import windows
from verification.domain.extraction.calendar_en import (
    DAY_NAME,
    FEASTS,
    MONTH,
    MONTH_HINTS,
    OF_YEAR,
    ORDINAL,
    TURN,
    YEAR,
    read_date,
    read_day_alone,
    read_feast,
    read_figures,
    read_half,
    read_quarter,
    read_season,
    read_transfers,
    read_week_of_month,
)
from verification.domain.extraction.periods import Unit


def whole_words(pattern: str) -> re.Pattern[str]:
    """For words that stand by themselves, and not behind a number's hyphen."""
    return re.compile(rf"(?<!\w)(?<!\d-){pattern}(?!\w)")


def cased(pattern: str) -> re.Pattern[str]:
    """For names of months and days: "may" and "march" are verbs, "sun" and "sat" are words."""
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


# What a transfer window does on its last day.
_SHUTS = r"(?: (?:slams?|swings?))? (?:closes|shuts?|is (?:closed|shut|over))(?: for business)?"

#: In the order in which they are tried: the longer wordings first.
DATED: tuple[Unit, ...] = (
    Unit(
        whole_words(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"), read_figures, hints=("20",)
    ),
    Unit(
        cased(
            rf"(?P<nth>first|second|third|fourth|last|final|latter) (?P<span>week|half) of "
            rf"(?P<turn>)(?P<later>)(?P<month>{MONTH}){YEAR}"
        ),
        read_week_of_month,
        cased=True,
        hints=("week of", "half of"),
    ),
    Unit(
        cased(
            rf"[Ww]eek (?:of|beginning|commencing|starting) (?P<month>{MONTH}) "
            rf"(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?{YEAR}"
        ),
        lambda match, today: windows.week(read_date(match, today).first),
        cased=True,
        hints=("week",),
    ),
    Unit(
        cased(
            rf"(?:(?:{DAY_NAME})\.?,? )?(?P<month>{MONTH}) (?P<day>[12]?\d|3[01])"
            rf"(?:st|nd|rd|th)?(?![\d%]){YEAR}"
        ),
        read_date,
        cased=True,
        hints=MONTH_HINTS,
    ),
    Unit(
        cased(
            rf"(?:(?:{DAY_NAME})\.?,? )?(?:the )?(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?"
            rf"(?: of)? (?P<month>{MONTH}){YEAR}"
        ),
        read_date,
        cased=True,
        hints=MONTH_HINTS,
    ),
    Unit(
        whole_words(
            rf"(?:(?P<ordinal>{ORDINAL})[ -](?:fiscal )?quarter(?!-final|final)|"
            rf"q(?P<digit>[1-4]))"
            rf"{OF_YEAR}"
        ),
        read_quarter,
        hints=("quarter", "q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q"),
    ),
    Unit(
        whole_words(r"(?P<digit>[1-4])q(?P<ordinal>)(?P<later>)(?: (?P<year>20\d\d))?"),
        read_quarter,
        hints=("quarter", "q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q"),
    ),
    Unit(
        whole_words(
            rf"(?:(?P<ordinal>first|second|1st|2nd|latter|back|last)[ -]half|h(?P<digit>[12]))"
            rf"{OF_YEAR}"
        ),
        read_half,
        bare=False,
        hints=("half", "h1", "h2"),
    ),
    Unit(
        whole_words(r"(?P<later>)(?P<ordinal>)h(?P<digit>[12]) (?P<year>20\d\d)"),
        read_half,
        hints=("h1", "h2"),
    ),
    Unit(
        whole_words(r"(?:summer|august) (?:recess|holidays?|break)"),
        lambda match, today: units.recurring(windows.recess, today, year=None, turn=""),
        bare=False,
        hints=("summer", "august"),
    ),
    Unit(
        whole_words(r"by (?:the )?end of (?:the )?(?:day|business)"),
        lambda match, today: windows.one_day(today),
        hints=("end of",),
    ),
    Unit(
        whole_words(r"(?<=the )(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)(?! \w)"),
        read_day_alone,
        bare=False,
        hints=("st", "nd", "rd", "th"),
    ),
    Unit(
        whole_words(
            r"(?:(?P<kind>summer|january|winter) )?(?:transfer window|transfer deadline"
            r"|(?:(?<=summer )|(?<=january )|(?<=winter )|(?<=of the ))window"
            rf"|window(?={_SHUTS}| opens)|deadline day)(?:{_SHUTS}|(?P<opens> opens))?"
        ),
        read_transfers,
        bare=False,
        hints=("transfer", "window", "deadline day"),
    ),
    Unit(
        whole_words(
            rf"{TURN}(?P<season>summer|winter|spring|autumn)(?P<later>){YEAR}(?! \w*ing|"
            rf" recess| break| games)"
        ),
        read_season,
        bare=False,
        hints=("summer", "winter", "spring", "autumn"),
    ),
    Unit(
        whole_words(
            rf"(?:(?P<turn>next|this|last) |(?<=the )|(?<=in )|(?<=by ))"
            rf"(?P<season>fall)(?! of(?! 20)| in| from| to| short| by)(?P<later>){YEAR}"
        ),
        read_season,
        hints=("fall",),
    ),
    Unit(
        whole_words(
            r"(?P<turn>next|this|last) (?P<season>summer|winter|spring|autumn)(?P<later>)"
            r"(?P<year>)"
        ),
        read_season,
        hints=("summer", "winter", "spring", "autumn"),
    ),
    Unit(
        whole_words(r"(?<=end of )(?:the |this )?(?:current )?season"),
        lambda match, today: units.recurring(
            lambda year: windows.month(year, 6), today, year=None, turn=""
        ),
        bare=False,
        hints=("season",),
    ),
    Unit(
        whole_words(r"(?<=end of )(?:the |this )?decade"),
        lambda match, today: windows.one_day(date(today.year // 10 * 10 + 9, 12, 31)),
        bare=False,
        hints=("decade",),
    ),
    Unit(
        whole_words(
            rf"{TURN}(?P<name>" + "|".join(sorted(FEASTS, key=len, reverse=True)) + r")"
            r"(?: (?P<year>20\d\d))?"
        ),
        read_feast,
        bare=False,
        hints=tuple(FEASTS),
    ),
)
