"""How pages print the day that they are of, in English and French: with words or in figures.

One form is read at a time; where in an article it may stand is said in
:mod:`verification.domain.dateline`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from verification.domain import writtendays
from verification.domain.extraction.language import Language
from verification.domain.writtendays import Order

_MONTHS = (
    "january jan janvier janv|february feb fevrier fevr fev|march mar mars|april apr avril avr|"
    "may mai|june jun juin|july jul juillet juil|august aug aout|september sept sep septembre|"
    "october oct octobre|november nov novembre|december dec decembre"
)
_WEEKDAYS = (
    "monday mon lundi lun|tuesday tues tue mardi mar|wednesday wed mercredi mer|"
    "thursday thurs thu jeudi jeu|friday fri vendredi ven|saturday sat samedi sam|"
    "sunday sun dimanche dim"
)


def _numbered(names: str, first: int) -> dict[str, int]:
    """Each name with the number of its group."""
    groups = enumerate(names.split("|"), first)
    return {name: number for number, group in groups for name in group.split()}


_MONTH_OF, _WEEKDAY_OF = _numbered(_MONTHS, 1), _numbered(_WEEKDAYS, 0)


def _any_of(names: dict[str, int]) -> str:
    """A pattern for the names, whose letters may have the accents of French."""
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(name.replace("e", "[eé]").replace("u", "[uû]") for name in longest_first)


_MONTH, _YEAR = rf"(?:{_any_of(_MONTH_OF)})\b\.?", r"(?:19|20)\d\d(?!\d)"
_CLOCK = (
    r"(?:\d{1,2} ?[h:.] ?\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?(?: ?[ap]\.? ?m\b\.?)?"
    r"|\d{1,2} ?h(?:eures?)?\b|\d{1,2} ?[ap]\.? ?m\b\.?)"
)
_ZONE = (
    r"(?: ?(?-i:Z\b|[A-Z]{2,5}\b(?:[+-]\d{1,2}(?::?\d\d)?)?)| ?[+-]\d\d:?\d\d"
    r"| ?\([^()]{2,24}\)| ?heure de (?-i:[A-ZÀ-Ý])[\w-]+)?"
)
_TIME = rf"{_CLOCK}{_ZONE}"
#: A day as it is printed, with its weekday and its time, if they are.
FORM = (
    rf"(?:{_TIME} ?[,|•·–—-]? ?(?:on |le )?)?"
    rf"(?:(?:le )?\b(?P<weekday>{_any_of(_WEEKDAY_OF)})\b\.?,? )?(?:le |the )?"
    r"(?:(?P<iso>(?:19|20)\d\d(?P<dash>[/-])\d\d(?P=dash)\d\d)(?!\d)"
    rf"|(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?"
    rf"|(?P<us_month>{_MONTH}) (?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    rf"(?:,? (?P<us_year>{_YEAR}))?"
    r"|(?P<figures>\d{1,2}(?P<sign>[./-])\d{1,2}(?P=sign)(?:\d{4}|\d{2}))(?!\d))"
    rf"(?P<time>(?: ?(?:[,|•·–—-]|à|at|@|T))? ?{_TIME})?"
)
_BRITISH, _AMERICAN = re.compile(r"\b(?:GMT|BST)\b"), re.compile(r"\b[ECMP][SD]?T\b")
#: So many years back, each day of the calendar has been on each weekday.
_BACK = 12


def read(found: re.Match[str], *, language: Language, today: date) -> date | None:
    """The day that a match of :data:`FORM` means, if it means but one, and not one after `today`.

    Without a year it is the last such day. Of figures that can be read with the day or the month
    first, French and British ones have the day first, American ones the month; others mean nothing.
    """
    if found["iso"]:
        return _until(today, _iso(found["iso"]))
    if found["figures"]:
        return _of_figures(found, language, today)
    month = _MONTH_OF[_plain(found["month"] or found["us_month"])]
    day = int(found["day"] or found["us_day"])
    year = found["year"] or found["us_year"]
    if year:
        return _until(today, _day(int(year), month, day))
    named = _WEEKDAY_OF[_plain(found["weekday"])] if found["weekday"] else None
    earlier = (_day(today.year - back, month, day) for back in range(_BACK))
    fitting = (one for one in earlier if one and (named is None or one.weekday() == named))
    return next((one for one in fitting if one <= today), None)


def _of_figures(found: re.Match[str], language: Language, today: date) -> date | None:
    written = found["figures"]
    if not written[-4:].isdecimal():
        written = f"{written[:-2]}20{written[-2:]}"
    meant = {order: day for order, day in writtendays.readings(written).items() if day <= today}
    if language == "fr" or _BRITISH.search(found["time"] or ""):
        return meant.get(Order.DAY_FIRST)
    if _AMERICAN.search(found["time"] or ""):
        return meant.get(Order.MONTH_FIRST)
    return next(iter(meant.values())) if len(meant) == 1 else None


def _plain(name: str) -> str:
    """A name in small letters, without accents and the point of an abbreviation."""
    apart = unicodedata.normalize("NFD", name.rstrip(".").lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _iso(written: str) -> date | None:
    return _day(*(int(number) for number in re.split("[/-]", written)))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _until(today: date, day: date | None) -> date | None:
    return day if day and day <= today else None
