"""The English grammar of periods."""

from __future__ import annotations

import re
from datetime import date

from verification.domain.extraction import calendar_units as units
from verification.domain.extraction import windows
from verification.domain.extraction.periods import (
    Grammar,
    Unit,
    in_years,
    names_of_months,
    number,
    numbered,
)
from verification.domain.extraction.windows import Window

MONTHS = numbered(
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
    "september sept sep|october oct|november nov|december dec".split("|")
)
WEEKDAYS = numbered(
    "monday mon|tuesday tue|wednesday wed|thursday thu|friday fri|saturday sat|sunday sun".split(
        "|"
    )
)
SEASONS = numbered("spring|summer|autumn fall|winter".split("|"))
ORDINALS = numbered("first 1st|second 2nd|third 3rd|fourth 4th final last closing".split("|"))
NUMBERS = numbered(
    "one a an|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    "fifteen".split("|")
) | {"eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}

_MONTH = names_of_months(name.title() for name in MONTHS)
_DAY = "|".join(name.title() for name in sorted(WEEKDAYS, key=len, reverse=True))
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_NUMBER = r"\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_TURN = r"(?:(?P<turn>next|this|this coming|the coming|last|past|current|the current|the next) )?"
_YEAR = r"(?:,? (?:of )?(?P<year>(?:19|20|21)\d\d))?(?!\d)"
_OF_YEAR = (
    r"(?:,? (?:of |in )?(?:the )?(?:fiscal |calendar |financial )?(?:year )?(?P<year>20\d\d)"
    r"|,? (?:of )?(?P<later>next|this|the) year)?(?!\d)"
)
_SPAN = r"(?P<unit>hour|day|week|fortnight|month|year)s?"
_UNITS = {"hour", "day", "week", "month", "year"}

_MONTH_HINTS = tuple(MONTHS)
_SPAN_HINTS = ("day", "week", "fortnight", "month", "year", "hour")
_LEAD = re.compile(
    r"(?<![\w'])"
    r"(?:(?P<before>(?:not )?before|prior to|ahead of|not until|not till|in advance of)"
    r"|(?P<by>(?:as late as )?by|no later than|not later than|at the latest by|come|within)"
    r"|(?P<until>until|till|through|up to|up until)"
    r"|(?P<at>(?:as )?(?:early|soon) as|no earlier than|(?:sometime |some time )?(?:in|during|on|"
    r"at)"
    r"|for|from|starting|over|around|about|toward|towards|between|of|beginning|effective|later)"
    r"|(?P<joint>and|or|to))?"
    r" ?(?:by |in |on |at |this |the |its |their |his |her |for |from |around )*+"
    r"(?:(?P<end>very end|end|close|last (?:day|days|week|weeks)|late|later|latter part)"
    r"|(?P<early>early(?: part)?|start|beginning|first (?:day|days|week|weeks))"
    r"|(?P<mid>mid|middle))?"
    r"[ -]?(?:of |in |the |this |fiscal |calendar |year )*+$",
)


def _turn(match: re.Match[str]) -> str:
    word = (match["turn"] or "").lower()
    if word.endswith("next"):
        return "next"
    return "last" if word in {"last", "past"} else ""


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!\d-){pattern}(?!\w)")


def _cased(pattern: str) -> re.Pattern[str]:
    """For names of months and days: "may" and "march" are verbs, "sun" and "sat" are words."""
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


def _date(match: re.Match[str], today: date) -> Window:
    return units.day_of_year(
        MONTHS[match["month"].rstrip(".").lower()],
        int(match["day"]),
        today,
        year=in_years(match["year"]),
    )


def _figures(match: re.Match[str], today: date) -> Window:
    return windows.one_day(date(int(match["year"]), int(match["month"]), int(match["day"])))


def _month(match: re.Match[str], today: date) -> Window:
    index = MONTHS[match["month"].rstrip(".").lower()]
    return units.recurring(
        lambda year: windows.month(year, index),
        today,
        year=_said(match, today),
        turn=_turn(match),
    )


def _quarter(match: re.Match[str], today: date) -> Window:
    index = ORDINALS[match["ordinal"].lower()] if match["ordinal"] else int(match["digit"])
    return units.recurring(
        lambda year: windows.quarter(year, index), today, year=_said(match, today), turn=""
    )


def _half(match: re.Match[str], today: date) -> Window:
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


def _season(match: re.Match[str], today: date) -> Window:
    return units.season_around(
        SEASONS[match["season"].lower()], today, year=_said(match, today), turn=_turn(match)
    )


def _around(match: re.Match[str], today: date) -> Window:
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


def _weekday(match: re.Match[str], today: date) -> Window:
    index = WEEKDAYS[match["name"].lower()] - 1
    turn = _turn(match)
    if turn == "next":
        # "Next Friday" is next week's.
        following = units.week_around(today, "next").first
        return units.weekday(index, following, turn="")
    return units.weekday(index, today, turn=turn)


def _span(match: re.Match[str], today: date) -> Window | None:
    count = number(match["most"] or match["count"], NUMBERS)
    unit = match["unit"].lower()
    if count is None:
        return None
    if unit == "fortnight":
        return windows.after(today, 2 * count, "week")
    if unit == "hour":
        return windows.one_day(windows.after(today, (count + 23) // 24, "day").last)
    return windows.after(today, count, unit)


def _vague(match: re.Match[str], today: date) -> Window | None:
    unit = match["unit"].lower()
    return windows.vague(today, unit) if unit in _UNITS else None


_FEASTS = {
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
    "labor day": units.nth_weekday(9, 0, 1),
    "halloween": units.feast(10, 31),
    "thanksgiving": units.nth_weekday(11, 3, 4),
    "black friday": units.shifted(units.nth_weekday(11, 3, 4), 1),
}


def _feast(match: re.Match[str], today: date) -> Window:
    make = _FEASTS[match["name"].lower()]
    return units.recurring(make, today, year=in_years(match["year"]), turn=_turn(match))


def _transfers(match: re.Match[str], today: date) -> Window:
    named = {"summer": (9, 1), "january": (1, 31), "winter": (1, 31)}.get(
        (match["kind"] or "").strip().lower()
    )
    days = [named] if named else [(1, 31), (9, 1)]
    ends = [units.recurring(units.feast(*day), today, year=None, turn="") for day in days]
    return min(ends, key=lambda window: window.last)


def _fiscal(match: re.Match[str], today: date) -> Window:
    year = match["year"] or f"20{match['short']}"
    return windows.whole_year(int(year))


ENGLISH = Grammar(
    units=(
        Unit(_compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"), _figures, hints=("20",)),
        Unit(
            _cased(
                rf"(?:(?:{_DAY})\.?,? )?(?P<month>{_MONTH}) (?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?"
                rf"(?![\d%]){_YEAR}"
            ),
            _date,
            cased=True,
            hints=_MONTH_HINTS,
        ),
        Unit(
            _cased(
                rf"(?:(?:{_DAY})\.?,? )?(?:the )?(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?(?: of)? "
                rf"(?P<month>{_MONTH}){_YEAR}"
            ),
            _date,
            cased=True,
            hints=_MONTH_HINTS,
        ),
        Unit(
            _compile(
                rf"(?:(?P<ordinal>{_ORDINAL})[ -](?:fiscal )?quarter(?!-final|final)|"
                rf"q(?P<digit>[1-4]))"
                rf"{_OF_YEAR}"
            ),
            _quarter,
            hints=("quarter", "q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q"),
        ),
        Unit(
            _compile(rf"(?P<digit>[1-4])q(?P<ordinal>)(?P<later>)(?: (?P<year>20\d\d))?"),
            _quarter,
            hints=("quarter", "q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q"),
        ),
        Unit(
            _compile(
                rf"(?:(?P<ordinal>first|second|1st|2nd|latter|back|last)[ -]half|h(?P<digit>[12]))"
                rf"{_OF_YEAR}"
            ),
            _half,
            bare=False,
            hints=("half", "h1", "h2"),
        ),
        Unit(
            _compile(
                r"(?:(?P<kind>summer|january|winter) )?(?:transfer window|transfer deadline"
                r"|window(?= closes| shuts))"
            ),
            _transfers,
            bare=False,
            hints=("transfer", "window"),
        ),
        Unit(
            _compile(
                rf"{_TURN}(?P<season>summer|winter|spring|autumn)(?P<later>){_YEAR}(?! \w*ing|"
                rf" recess| break| games)"
            ),
            _season,
            bare=False,
            hints=("summer", "winter", "spring", "autumn"),
        ),
        Unit(
            _compile(
                rf"(?:(?P<turn>next|this|last) |(?<=the )|(?<=in )|(?<=by ))"
                rf"(?P<season>fall)(?! of| in| from| to| short| by)(?P<later>){_YEAR}"
            ),
            _season,
            hints=("fall",),
        ),
        Unit(
            _compile(
                rf"(?P<turn>next|this|last) (?P<season>summer|winter|spring|autumn)(?P<later>)"
                r"(?P<year>)"
            ),
            _season,
            hints=("summer", "winter", "spring", "autumn"),
        ),
        Unit(
            _compile(r"(?<=end of )(?:the |this )?(?:current )?season"),
            lambda match, today: units.recurring(
                lambda year: windows.month(year, 6), today, year=None, turn=""
            ),
            bare=False,
            hints=("season",),
        ),
        Unit(
            _compile(r"(?<=end of )(?:the |this )?decade"),
            lambda match, today: windows.one_day(date(today.year // 10 * 10 + 9, 12, 31)),
            bare=False,
            hints=("decade",),
        ),
        Unit(
            _compile(
                rf"{_TURN}(?P<name>" + "|".join(sorted(_FEASTS, key=len, reverse=True)) + r")"
                r"(?: (?P<year>20\d\d))?"
            ),
            _feast,
            bare=False,
            hints=tuple(_FEASTS),
        ),
        Unit(
            _compile(r"(?:year[- ]end|year's end|the end of the year|the year's end)"),
            lambda match, today: windows.whole_year(today.year),
            hints=("year",),
        ),
        Unit(
            _compile(
                rf"(?:within|in under|in less than|in|over|inside|during) (?:about |around |"
                rf"roughly |"
                rf"as little as |the next |the coming |another |no more than )?"
                rf"(?P<count>{_NUMBER})(?:(?:[ -](?:to|or)[ -]|"
                rf"-)(?P<most>{_NUMBER}))?[ -](?:more )?{_SPAN}(?:'s?)?(?: time)?"
                r"(?! ago| earlier| to (?:january|february|march|april|may|june|july|august"
                r"|september|october|november|december))(?! of the)"
            ),
            _span,
            hints=_SPAN_HINTS,
        ),
        Unit(
            _compile(rf"(?:the )?(?:next|coming) (?P<count>{_NUMBER})(?P<most>) {_SPAN}"),
            _span,
            hints=_SPAN_HINTS,
        ),
        Unit(
            _compile(rf"(?P<count>{_NUMBER})(?P<most>) {_SPAN} from now"), _span, hints=_SPAN_HINTS
        ),
        Unit(
            _compile(
                rf"(?:within|in|over|during|in a matter of|in just)(?: the)?"
                rf"(?: (?:coming|next few|next couple of|following))? {_SPAN}"
                r"(?: ahead| to come)?(?! of)"
            ),
            lambda match, today: _vague(match, today) if _is_plural(match) else None,
            hints=_SPAN_HINTS,
        ),
        Unit(
            _compile(
                r"(?:soon(?! as)(?! after)|shortly(?! after)(?! before)|in the near (?:future|term)"
                r"|before long|in due course)"
            ),
            lambda match, today: windows.vague(today, "soon"),
            hints=("soon", "shortly", "near ", "before long", "due course"),
        ),
        Unit(
            _compile(r"(?:imminently|imminent|any day now|any moment)"),
            lambda match, today: windows.vague(today, "day"),
            hints=("imminent", "any "),
        ),
        Unit(
            _compile(
                r"(?P<turn>next|this|this coming|the coming|last|past|the current|the next) "
                r"(?P<word>weekend|week|month|quarter|half|year)(?!s|-old| old|-long)"
            ),
            _around,
            hints=("week", "month", "quarter", "half", "year"),
        ),
        Unit(
            _compile(
                r"(?:(?<=end of the )|(?<=later in the )|(?<=half of the )|(?<=middle of the )"
                r"|(?<=start of the )|(?<=part of the )|(?<=end of )|(?<=at the )|(?<=over the )|"
                r"(?<=by the ))"
                r"(?P<turn>)(?P<word>weekend|week|month|quarter|year)(?!s|-)"
            ),
            _around,
            hints=("week", "month", "quarter", "half", "year"),
        ),
        Unit(
            _compile(r"(?P<word>month|week|quarter)[- ]end(?P<turn>)"),
            _around,
            bare=False,
            hints=("week", "month", "quarter", "half", "year"),
        ),
        Unit(
            _compile(r"(?:fiscal(?: year)? (?P<year>20\d\d)|fy ?'?(?:20)?(?P<short>\d\d))"),
            _fiscal,
            hints=("fiscal", "fy"),
        ),
        Unit(
            re.compile(
                rf"(?<!\w)(?:(?P<turn>[Nn]ext|[Tt]his|[Ll]ast|[Pp]ast) )?(?P<month>{_MONTH})"
                rf"{_OF_YEAR}(?!\w|'s \w+ (?:said|told))"
            ),
            _month,
            bare=False,
            cased=True,
            hints=_MONTH_HINTS,
        ),
        Unit(
            _cased(rf"(?P<turn>[Nn]ext|[Tt]his|[Ll]ast) (?P<month>{_MONTH})(?P<year>)(?P<later>)"),
            _month,
            cased=True,
            hints=_MONTH_HINTS,
        ),
        Unit(
            _cased(rf"(?P<turn>)(?P<month>{_MONTH})(?P<later>),? (?P<year>20\d\d)"),
            _month,
            cased=True,
            hints=_MONTH_HINTS,
        ),
        Unit(
            _compile(r"(?:tomorrow(?: (?:morning|evening|night))?)"),
            lambda match, today: windows.after(today, 1, "day"),
            hints=("tomorrow",),
        ),
        Unit(
            _compile(r"(?:today|tonight|later today|this evening|this afternoon)"),
            lambda match, today: windows.one_day(today),
            hints=("today", "tonight", "this evening", "this afternoon"),
        ),
        Unit(
            re.compile(
                rf"(?<!\w)(?:(?P<turn>[Nn]ext|[Tt]his|[Ll]ast|[Pp]ast) )?(?P<name>{_DAY})(?!\w)"
                r"(?: (?:morning|evening|night|afternoon))?"
            ),
            _weekday,
            cased=True,
            hints=tuple(WEEKDAYS),
        ),
        Unit(
            _compile(r"(?P<year>20[0-9]{2})(?!\d| ?(?:%|[a-z]+s\b)|,\d)"),
            lambda match, today: windows.whole_year(int(match["year"])),
            bare=False,
            hints=("20",),
        ),
    ),
    lead=_LEAD,
    opens=re.compile(r"(?<!\w)(?:between|from|either|late|early|in|as early as)(?!\w)"),
    joins=re.compile(r",? (?:and|to|or|or even|through)(?: (?:the|in))? ?"),
)


def _is_plural(match: re.Match[str]) -> bool:
    """ "In weeks" is a window; "in week" and "in the day" are not."""
    return match[0].lower().rstrip(" ahead to come").endswith("s") or "s " in match[0].lower()
