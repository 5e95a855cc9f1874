"""The English grammar of periods."""

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
    NUMBER,
    OF_YEAR,
    ORDINAL,
    SPAN,
    SPAN_HINTS,
    TURN,
    WEEKDAYS,
    YEAR,
    read_around,
    read_date,
    read_day_alone,
    read_feast,
    read_figures,
    read_fiscal,
    read_half,
    read_month,
    read_quarter,
    read_season,
    read_span,
    read_transfers,
    read_vague,
    read_week_of_month,
    read_weekday,
)
from verification.domain.extraction.periods import Grammar, Unit

_LEAD = re.compile(
    r"(?<![\w'])(?! )"
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


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!\d-){pattern}(?!\w)")


def _cased(pattern: str) -> re.Pattern[str]:
    """For names of months and days: "may" and "march" are verbs, "sun" and "sat" are words."""
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


ENGLISH = Grammar(
    units=(
        Unit(
            _compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"), read_figures, hints=("20",)
        ),
        Unit(
            _cased(
                rf"(?P<nth>first|second|third|fourth|last|final|latter) (?P<span>week|half) of "
                rf"(?P<turn>)(?P<later>)(?P<month>{MONTH}){YEAR}"
            ),
            read_week_of_month,
            cased=True,
            hints=("week of", "half of"),
        ),
        Unit(
            _cased(
                rf"[Ww]eek (?:of|beginning|commencing|starting) (?P<month>{MONTH}) "
                rf"(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?{YEAR}"
            ),
            lambda match, today: windows.week(read_date(match, today).first),
            cased=True,
            hints=("week",),
        ),
        Unit(
            _cased(
                rf"(?:(?:{DAY_NAME})\.?,? )?(?P<month>{MONTH}) (?P<day>[12]?\d|3[01])"
                rf"(?:st|nd|rd|th)?(?![\d%]){YEAR}"
            ),
            read_date,
            cased=True,
            hints=MONTH_HINTS,
        ),
        Unit(
            _cased(
                rf"(?:(?:{DAY_NAME})\.?,? )?(?:the )?(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?"
                rf"(?: of)? (?P<month>{MONTH}){YEAR}"
            ),
            read_date,
            cased=True,
            hints=MONTH_HINTS,
        ),
        Unit(
            _compile(
                rf"(?:(?P<ordinal>{ORDINAL})[ -](?:fiscal )?quarter(?!-final|final)|"
                rf"q(?P<digit>[1-4]))"
                rf"{OF_YEAR}"
            ),
            read_quarter,
            hints=("quarter", "q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q"),
        ),
        Unit(
            _compile(r"(?P<digit>[1-4])q(?P<ordinal>)(?P<later>)(?: (?P<year>20\d\d))?"),
            read_quarter,
            hints=("quarter", "q1", "q2", "q3", "q4", "1q", "2q", "3q", "4q"),
        ),
        Unit(
            _compile(
                rf"(?:(?P<ordinal>first|second|1st|2nd|latter|back|last)[ -]half|h(?P<digit>[12]))"
                rf"{OF_YEAR}"
            ),
            read_half,
            bare=False,
            hints=("half", "h1", "h2"),
        ),
        Unit(
            _compile(r"(?P<later>)(?P<ordinal>)h(?P<digit>[12]) (?P<year>20\d\d)"),
            read_half,
            hints=("h1", "h2"),
        ),
        Unit(
            _compile(r"(?:summer|august) (?:recess|holidays?|break)"),
            lambda match, today: units.recurring(windows.recess, today, year=None, turn=""),
            bare=False,
            hints=("summer", "august"),
        ),
        Unit(
            _compile(r"by (?:the )?end of (?:the )?(?:day|business)"),
            lambda match, today: windows.one_day(today),
            hints=("end of",),
        ),
        Unit(
            _compile(r"(?<=the )(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)(?! \w)"),
            read_day_alone,
            bare=False,
            hints=("st", "nd", "rd", "th"),
        ),
        Unit(
            _compile(
                r"(?:(?P<kind>summer|january|winter) )?(?:transfer window|transfer deadline"
                r"|window(?= closes| shuts)|(?<=of the )window|deadline day)"
            ),
            read_transfers,
            bare=False,
            hints=("transfer", "window", "deadline day"),
        ),
        Unit(
            _compile(
                rf"{TURN}(?P<season>summer|winter|spring|autumn)(?P<later>){YEAR}(?! \w*ing|"
                rf" recess| break| games)"
            ),
            read_season,
            bare=False,
            hints=("summer", "winter", "spring", "autumn"),
        ),
        Unit(
            _compile(
                rf"(?:(?P<turn>next|this|last) |(?<=the )|(?<=in )|(?<=by ))"
                rf"(?P<season>fall)(?! of(?! 20)| in| from| to| short| by)(?P<later>){YEAR}"
            ),
            read_season,
            hints=("fall",),
        ),
        Unit(
            _compile(
                r"(?P<turn>next|this|last) (?P<season>summer|winter|spring|autumn)(?P<later>)"
                r"(?P<year>)"
            ),
            read_season,
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
                rf"{TURN}(?P<name>" + "|".join(sorted(FEASTS, key=len, reverse=True)) + r")"
                r"(?: (?P<year>20\d\d))?"
            ),
            read_feast,
            bare=False,
            hints=tuple(FEASTS),
        ),
        Unit(
            _compile(
                r"(?:year[- ]end|year's end|the end of the year|the year's end|"
                r"the turn of the year)"
            ),
            lambda match, today: windows.whole_year(today.year),
            hints=("year",),
        ),
        Unit(
            _compile(
                rf"(?:within|in under|in less than|in|over|inside|during) (?:about |around |"
                rf"roughly |"
                rf"as little as |the next |the coming |another |no more than )?"
                rf"(?P<count>{NUMBER})(?:(?:[ -](?:to|or)[ -]|"
                rf"-)(?P<most>{NUMBER}))?[ -](?:more )?{SPAN}(?:'s?)?(?: time)?"
                r"(?! ago| earlier| to (?:january|february|march|april|may|june|july|august"
                r"|september|october|november|december))(?! of the)"
            ),
            read_span,
            hints=SPAN_HINTS,
        ),
        Unit(
            _compile(rf"(?:the )?(?:next|coming) (?P<count>{NUMBER})(?P<most>) {SPAN}"),
            read_span,
            hints=SPAN_HINTS,
        ),
        Unit(
            _compile(rf"(?P<count>{NUMBER})(?P<most>) {SPAN} from now"), read_span, hints=SPAN_HINTS
        ),
        Unit(
            _compile(
                r"(?:within|in|over|during|in a matter of|in just)(?: the)?"
                r"(?: (?:coming|next few|next couple of|following|a few|a couple of|several))? "
                r"(?P<unit>hour|day|week|month|year)s"
                r"(?: ahead| to come)?(?! of)"
            ),
            read_vague,
            hints=SPAN_HINTS,
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
            read_around,
            hints=("week", "month", "quarter", "half", "year"),
        ),
        Unit(
            _compile(
                r"(?:(?<=end of the )|(?<=later in the )|(?<=half of the )|(?<=middle of the )"
                r"|(?<=start of the )|(?<=before the )|(?<=part of the )|(?<=end of )|(?<=at the )|"
                r"(?<=over the )|"
                r"(?<=by the ))"
                r"(?P<turn>)(?P<word>weekend|week|month|quarter|year)(?!s|-)"
            ),
            read_around,
            hints=("week", "month", "quarter", "half", "year"),
        ),
        Unit(
            _compile(r"(?P<word>month|week|quarter)[- ]end(?P<turn>)"),
            read_around,
            bare=False,
            hints=("week", "month", "quarter", "half", "year"),
        ),
        Unit(
            _compile(r"(?:fiscal(?: year)? (?P<year>20\d\d)|fy ?'?(?:20)?(?P<short>\d\d))"),
            read_fiscal,
            hints=("fiscal", "fy"),
        ),
        Unit(
            re.compile(
                rf"(?<!\w)(?:(?P<turn>[Nn]ext|[Tt]his|[Ll]ast|[Pp]ast) )?(?P<month>{MONTH})"
                rf"{OF_YEAR}(?!\w|'s \w+ (?:said|told)| \d{{1,2}}\b)"
            ),
            read_month,
            bare=False,
            cased=True,
            hints=MONTH_HINTS,
        ),
        Unit(
            _cased(rf"(?P<turn>[Nn]ext|[Tt]his|[Ll]ast) (?P<month>{MONTH})(?P<year>)(?P<later>)"),
            read_month,
            cased=True,
            hints=MONTH_HINTS,
        ),
        Unit(
            _cased(rf"(?P<turn>)(?P<month>{MONTH})(?P<later>),? (?P<year>20\d\d)"),
            read_month,
            cased=True,
            hints=MONTH_HINTS,
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
                rf"(?<!\w)(?:(?P<turn>[Nn]ext|[Tt]his|[Ll]ast|[Pp]ast) )?(?P<name>{DAY_NAME})(?!\w)"
                r"(?: (?:morning|evening|night|afternoon))?"
            ),
            read_weekday,
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
