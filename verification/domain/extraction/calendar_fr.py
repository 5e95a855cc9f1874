"""The words of French for periods, and what they mean on a given day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from verification.domain.extraction import calendar_units as units
from verification.domain.extraction import windows
from verification.domain.extraction.periods import in_years, names_of_months, number, numbered
from verification.domain.extraction.windows import DAY, Window

MONTHS = numbered(
    "janvier janv|février fevrier févr|mars|avril avr|mai|juin|juillet juil|août aout|"
    "septembre sept|octobre oct|novembre nov|décembre decembre déc"
)
WEEKDAYS = numbered("lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche")
SEASONS = numbered("printemps|été|automne|hiver")
ORDINALS = numbered(
    "premier première 1er 1ère 1re|deuxième second seconde 2e 2ème 2nd|"
    "troisième 3e 3ème|quatrième dernier 4e 4ème"
)
NUMBERS = numbered(
    "un une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|"
    "quinze|seize|dix-sept|dix-huit"
) | {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "soixante": 60,
    "quatre-vingt-dix": 90,
    "cent": 100,
}
_UNITS = {
    "heure": "hour",
    "jour": "day",
    "semaine": "week",
    "mois": "month",
    "an": "year",
    "année": "year",
}

MONTH = names_of_months(MONTHS)
DAY_NAME = "|".join(WEEKDAYS)
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
NUMBER = r"\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
TURN = r"(?: (?P<turn>prochaine?|suivante?|derni(?:er|ère)|passée?|en cours|écoulée?))?"
YEAR = r"(?:,? (?:de |de l'année |de l'exercice )?(?P<year>(?:19|20|21)\d\d))?(?!\d)"
SPAN = r"(?P<unit>heure|jour|semaine|mois|année|an)s?"

MONTH_HINTS = tuple(MONTHS)
SPAN_HINTS = ("jour", "semaine", "mois", "an", "heure")


def _turn(match: re.Match[str]) -> str:
    word = match["turn"] or ""
    if word.startswith(("prochain", "suivant")):
        return "next"
    return "last" if word.startswith(("derni", "pass", "écoul")) else ""


def read_date(match: re.Match[str], today: date) -> Window:
    """A day of a month, with or without its year."""
    day = 1 if match["day"].startswith("1er") else int(match["day"])
    index, year, turn = (
        MONTHS[match["month"].rstrip(".").lower()],
        in_years(match["year"]),
        _turn(match),
    )
    if turn:
        return units.recurring(units.feast(index, day), today, year=year, turn=turn)
    return units.day_of_year(index, day, today, year=year)


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
        year=in_years(match["year"]),
        turn=_turn(match),
    )


def read_part_of_month(match: re.Match[str], today: date) -> Window:
    """A week or a half of a month, by its number."""
    days = 15 if match["span"] == "quinzaine" else 7
    whole = read_month(match, today)
    return units.stretch(whole, days, 0 if match["nth"] == "dernière" else ORDINALS[match["nth"]])


def read_quarter(match: re.Match[str], today: date) -> Window:
    """A quarter."""
    index = ORDINALS[match["ordinal"].lower()] if match["ordinal"] else int(match["digit"])
    return units.recurring(
        lambda year: windows.quarter(year, index),
        today,
        year=_year_said(match, today),
        turn=_turn(match),
    )


def read_half(match: re.Match[str], today: date) -> Window:
    """A half-year."""
    ordinal = (match["ordinal"] or "").lower()
    index = 2 if ordinal == "dernier" else ORDINALS[ordinal] if ordinal else int(match["digit"])
    return units.recurring(
        lambda year: windows.half(year, min(index, 2)),
        today,
        year=_year_said(match, today),
        turn=_turn(match),
    )


def _year_said(match: re.Match[str], today: date) -> int | None:
    year = in_years(match["year"])
    if year is None and match["next"]:
        return today.year + 1
    return year


def read_season(match: re.Match[str], today: date) -> Window:
    """A season."""
    return units.season_around(
        SEASONS[match["season"].lower()], today, year=in_years(match["year"]), turn=_turn(match)
    )


def read_around(match: re.Match[str], today: date) -> Window:
    """This week, month, quarter, half-year or year, or the next or last."""
    word = match["word"].lower()
    turn = _turn(match)
    if word.startswith("semaine"):
        return units.week_around(today, turn)
    if word == "mois":
        return units.month_around(today, turn)
    if word == "trimestre":
        return units.quarter_around(today, turn)
    if word == "semestre":
        return units.half_around(today, turn)
    if word.startswith("week"):
        return units.weekend_around(today, turn)
    return windows.whole_year(units.of_the_year(today, turn))


def read_weekday(match: re.Match[str], today: date) -> Window:
    """A day of the week."""
    found = units.weekday(WEEKDAYS[match["name"].lower()] - 1, today, turn=_turn(match))
    return windows.one_day(found.first + 7 * DAY) if match["eight"] else found


def read_span(match: re.Match[str], today: date) -> Window | None:
    """So many days, weeks, months or years from today."""
    count = number(match["most"] or match["count"], NUMBERS)
    unit = _UNITS[match["unit"].lower()]
    if count is None:
        return None
    if unit == "hour":
        return windows.one_day(today + ((count + 23) // 24) * DAY)
    if match["half"] and unit == "year":
        return windows.after(today, 12 * count + 6, "month")
    return windows.after(today, count, unit)


def read_vague(match: re.Match[str], today: date) -> Window:
    """An unknown number of them."""
    return windows.vague(today, _UNITS[match["unit"].lower()])


FEASTS = {
    "noël": units.feast(12, 25),
    "la saint-sylvestre": units.feast(12, 31),
    "le nouvel an": units.feast(1, 1),
    "nouvel an": units.feast(1, 1),
    "la saint-valentin": units.feast(2, 14),
    "saint-valentin": units.feast(2, 14),
    "pâques": units.easter,
    "la pentecôte": units.shifted(units.easter, 49),
    "pentecôte": units.shifted(units.easter, 49),
    "la toussaint": units.feast(11, 1),
    "toussaint": units.feast(11, 1),
    "halloween": units.feast(10, 31),
    "le 14-juillet": units.feast(7, 14),
    "14-juillet": units.feast(7, 14),
    "la rentrée": lambda year: windows.month(year, 9),
    "rentrée": lambda year: windows.month(year, 9),
}
_CLOSES_IN_SUMMER, _CLOSES_IN_WINTER = (9, 1), (1, 31)
_WINDOW_OF_TRANSFERS = dict.fromkeys(("été", "estival", "estivale"), _CLOSES_IN_SUMMER) | (
    dict.fromkeys(("hiver", "hivernal", "hivernale", "janvier"), _CLOSES_IN_WINTER)
)


def read_feast(match: re.Match[str], today: date) -> Window:
    """A day or month that has a name."""
    make = FEASTS[match["name"].lower()]
    return units.recurring(make, today, year=in_years(match["year"]), turn=_turn(match))


def read_mercato(match: re.Match[str], today: date) -> Window:
    """The end of a transfer window."""
    named = _WINDOW_OF_TRANSFERS.get((match["kind"] or "").lower())
    # Unnamed, it is the one that is on or comes next.
    days = [named] if named else [_CLOSES_IN_WINTER, _CLOSES_IN_SUMMER]
    ends = [units.recurring(units.feast(*day), today, year=None, turn="") for day in days]
    if named and match["year"]:
        ends = [windows.one_day(date(int(match["year"]), *named))]
    return replace(min(ends, key=lambda window: window.last), closing=True)


def read_season_of_play(match: re.Match[str], today: date) -> Window:
    """The end of a season of play."""
    year = in_years(match["year"])
    return units.recurring(lambda y: windows.month(y, 6), today, year=year, turn="")


def read_decade(match: re.Match[str], today: date) -> Window:
    """The end of the decade."""
    return windows.one_day(date(today.year // 10 * 10 + 9, 12, 31))
