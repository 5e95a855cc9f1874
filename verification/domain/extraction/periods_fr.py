"""The French grammar of periods."""

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
from verification.domain.extraction.windows import DAY, Window

MONTHS = numbered(
    "janvier janv|février fevrier févr|mars|avril avr|mai|juin|juillet juil|août aout|"
    "septembre sept|octobre oct|novembre nov|décembre decembre déc".split("|")
)
WEEKDAYS = numbered("lundi mardi mercredi jeudi vendredi samedi dimanche".split())
SEASONS = numbered("printemps été automne hiver".split())
ORDINALS = numbered(
    "premier première 1er 1ère 1re|deuxième second seconde 2e 2ème 2nd|troisième 3e 3ème|"
    "quatrième dernier 4e 4ème".split("|")
)
NUMBERS = numbered(
    "un une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    "dix-sept|dix-huit".split("|")
) | {"vingt": 20, "trente": 30, "quarante": 40, "soixante": 60, "quatre-vingt-dix": 90, "cent": 100}
_UNITS = {"heure": "hour", "jour": "day", "semaine": "week", "mois": "month", "an": "year"} | {
    "année": "year"
}

_MONTH = names_of_months(MONTHS)
_DAY = "|".join(WEEKDAYS)
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_NUMBER = r"\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_TURN = r"(?: (?P<turn>prochaine?|suivante?|derni(?:er|ère)|passée?|en cours|écoulée?))?"
_YEAR = r"(?:,? (?:de |de l'année |de l'exercice )?(?P<year>(?:19|20|21)\d\d))?(?!\d)"
_SPAN = r"(?P<unit>heure|jour|semaine|mois|année|an)s?"

_ARTICLE = r"(?:(?:en|à|au|aux|de|du|la|le|les|ce|cet|cette|courant) |d'|l')"
_OF = r"(?:(?:de|du|la|le|les|ce|cet|cette|mois|année|exercice) |d'|l')"
_MONTH_HINTS = tuple(MONTHS)
_SPAN_HINTS = ("jour", "semaine", "mois", "an", "heure")
_LEAD = re.compile(
    r"(?<![\w'])"
    r"(?:(?P<before>(?:pas |plus )?avant(?: même)?|à la veille d[eu']|en amont d[eu'])"
    r"|(?P<by>d'ici(?: là)?|(?:d'ici )?au plus tard|(?:à|pour) l'horizon(?: de)?)"
    r"|(?P<until>jusqu')"
    r"|(?P<at>(?:au plus tôt )?(?:dès|en|au|à)|courant|pour|aux|à partir|à compter|vers|ce|cet|"
    r"cette"
    r"|le|la|l'|sous|dans|lors|autour|au cours|durant|pendant|entre|l'exercice|l'année|la session)"
    r"|(?P<joint>et|ou|voire))?"
    # "Dès la réunion de juin".
    r"(?:(?<=dès) (?:la |le |l'|sa |son )\w+(?= d)|(?<=lors) de (?:la |l'|son |sa )\w+(?= d))?"
    rf" ?{_ARTICLE}*+"
    r"(?:(?P<end>fin|toute fin|bout|terme|clôture)"
    r"|(?P<early>(?:tout )?début|premiers jours)"
    r"|(?P<mid>mi|milieu))?"
    rf"[ -]?{_OF}*+$",
)


def _turn(match: re.Match[str]) -> str:
    word = match["turn"] or ""
    if word.startswith(("prochain", "suivant")):
        return "next"
    return "last" if word.startswith(("derni", "pass", "écoul")) else ""


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?<!\d-){pattern}(?!\w)")


def _elided(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


def _date(match: re.Match[str], today: date) -> Window:
    day = 1 if match["day"].startswith("1er") else int(match["day"])
    return units.day_of_year(
        MONTHS[match["month"].rstrip(".").lower()], day, today, year=in_years(match["year"])
    )


def _figures(match: re.Match[str], today: date) -> Window:
    return windows.one_day(date(int(match["year"]), int(match["month"]), int(match["day"])))


def _month(match: re.Match[str], today: date) -> Window:
    index = MONTHS[match["month"].rstrip(".").lower()]
    return units.recurring(
        lambda year: windows.month(year, index),
        today,
        year=in_years(match["year"]),
        turn=_turn(match),
    )


def _quarter(match: re.Match[str], today: date) -> Window:
    index = ORDINALS[match["ordinal"].lower()] if match["ordinal"] else int(match["digit"])
    return units.recurring(
        lambda year: windows.quarter(year, index),
        today,
        year=_year_said(match, today),
        turn=_turn(match),
    )


def _half(match: re.Match[str], today: date) -> Window:
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


def _season(match: re.Match[str], today: date) -> Window:
    return units.season_around(
        SEASONS[match["season"].lower()], today, year=in_years(match["year"]), turn=_turn(match)
    )


def _around(match: re.Match[str], today: date) -> Window:
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


def _weekday(match: re.Match[str], today: date) -> Window:
    found = units.weekday(WEEKDAYS[match["name"].lower()] - 1, today, turn=_turn(match))
    return windows.one_day(found.first + 7 * DAY) if match["eight"] else found


def _span(match: re.Match[str], today: date) -> Window | None:
    count = number(match["most"] or match["count"], NUMBERS)
    unit = _UNITS[match["unit"].lower()]
    if count is None:
        return None
    if unit == "hour":
        return windows.one_day(today + ((count + 23) // 24) * DAY)
    return windows.after(today, count, unit)


def _vague(match: re.Match[str], today: date) -> Window:
    return windows.vague(today, _UNITS[match["unit"].lower()])


_FEASTS = {
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
_WINDOW_OF_TRANSFERS = {"été": (9, 1), "estival": (9, 1), "hiver": (1, 31), "hivernal": (1, 31)}


def _feast(match: re.Match[str], today: date) -> Window:
    make = _FEASTS[match["name"].lower()]
    return units.recurring(make, today, year=in_years(match["year"]), turn=_turn(match))


def _mercato(match: re.Match[str], today: date) -> Window:
    named = _WINDOW_OF_TRANSFERS.get((match["kind"] or "").lower())
    # Unnamed, it is the one that is on or comes next.
    days = [named] if named else [(1, 31), (9, 1)]
    ends = [units.recurring(units.feast(*day), today, year=None, turn="") for day in days]
    if named and match["year"]:
        return windows.one_day(date(int(match["year"]), *named))
    return min(ends, key=lambda window: window.last)


def _season_of_play(match: re.Match[str], today: date) -> Window:
    year = in_years(match["year"])
    return units.recurring(lambda y: windows.month(y, 6), today, year=year, turn="")


def _decade(match: re.Match[str], today: date) -> Window:
    return windows.one_day(date(today.year // 10 * 10 + 9, 12, 31))


def _relative(days: int) -> Unit:
    words = {
        0: r"(?:aujourd'hui|ce soir|cette nuit|ce jour|(?<!plus tôt )dans la journée)",
        1: r"(?<!de )demain(?: (?:matin|soir|midi))?",
        2: r"après-demain",
    }
    return Unit(_compile(words[days]), lambda match, today: windows.one_day(today + days * DAY))


FRENCH = Grammar(
    units=(
        Unit(_compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"), _figures, hints=("20",)),
        Unit(
            _compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>20\d\d)"),
            _figures,
            hints=("20",),
        ),
        Unit(
            _compile(rf"(?:(?:{_DAY}),? )?(?P<day>1er|[12]?\d|3[01]) (?P<month>{_MONTH}){_YEAR}"),
            _date,
            hints=_MONTH_HINTS,
        ),
        Unit(
            _compile(
                rf"(?:(?P<ordinal>{_ORDINAL}) trimestre|t(?P<digit>[1-4]))"
                rf"(?:(?: de)? (?P<next>l'an(?:née)? prochaine?))?{_YEAR}{_TURN}"
            ),
            _quarter,
            hints=("trimestre", "t1", "t2", "t3", "t4"),
        ),
        Unit(
            _compile(
                rf"(?:(?P<ordinal>{_ORDINAL}) (?:semestre|moitié de)|s(?P<digit>[12])(?= |$|[.,]))"
                rf"(?:(?: de)? (?P<next>l'an(?:née)? prochaine?)| l'année)?{_YEAR}{_TURN}"
            ),
            _half,
            hints=("semestre", "moitié", "s1", "s2"),
        ),
        Unit(
            _elided(
                r"(?:mercato|marché des transferts) (?:d')?"
                r"(?P<kind>été|estival|hiver|hivernal)(?: (?P<year>20\d\d))?"
            ),
            _mercato,
            bare=False,
            hints=("mercato", "transferts"),
        ),
        Unit(
            _elided(
                rf"(?:(?<=l')|(?<=cet )|(?<=d')|(?<=en )|(?<=mi-)|(?<=plein )|(?<=fin )|(?<=début )"
                rf"|(?<=avant )|(?<=dès ))(?P<season>été)(?! \w+[éis]e?s? )"
                rf"(?: (?P<year>20\d\d))?{_TURN}"
            ),
            _season,
            hints=("été",),
        ),
        Unit(
            _elided(
                rf"(?P<season>printemps|automne|hiver)(?: (?P<year>20\d\d)(?:-20\d\d)?)?{_TURN}"
            ),
            _season,
            bare=False,
            hints=("printemps", "automne", "hiver"),
        ),
        Unit(
            _elided(
                r"(?:(?<=fin du )|(?<=clôture du )|(?<=cours du )|(?<=pendant le )|(?<=lors du )|"
                r"(?<=durant le ))mercato(?! d')(?: (?P<kind>estival|"
                r"hivernal))?(?: (?P<year>20\d\d))?"
            ),
            _mercato,
            bare=False,
            hints=("mercato", "transferts"),
        ),
        Unit(
            _elided(r"(?<=fin de )(?:la )?saison(?: (?:20\d\d-)?(?P<year>20\d\d))?"),
            _season_of_play,
            bare=False,
            hints=("saison",),
        ),
        Unit(
            _elided(r"(?<=fin de )(?:la |cette )?décennie"),
            _decade,
            bare=False,
            hints=("décennie",),
        ),
        Unit(
            _elided(
                r"(?P<name>" + "|".join(sorted(_FEASTS, key=len, reverse=True)) + r")"
                rf"(?: (?P<year>20\d\d))?{_TURN}"
            ),
            _feast,
            bare=False,
            hints=tuple(_FEASTS),
        ),
        Unit(
            _elided(
                r"(?:dans (?:les |le |la |un délai (?:de |d')|une? )?|d'ici (?:à )?(?:les )?|sous |"
                r"en moins (?:de |d')|au cours des |lors des |durant les |avant |ces |les )"
                rf"(?:environ |près de )?(?P<count>{_NUMBER})(?: (?:à|ou) (?P<most>{_NUMBER}))? "
                rf"(?:prochaine?s )?{_SPAN}"
                r"(?: prochaine?s| à venir| qui viennent| au plus)?(?! plus tôt| dernier|ée? de)"
            ),
            _span,
            hints=_SPAN_HINTS,
        ),
        Unit(
            _elided(
                r"(?:dans|d'ici|sous|avant|au cours|lors|durant|ces|les)(?: à| de| d)?(?: l?[ea]s|"
                r" ce[st]te?s?)?"
                rf" ?(?:(?:toutes? )?prochaine?s? |quelques |toutes prochaines ){_SPAN}"
                r"(?: à venir| seulement)?"
            ),
            _vague,
            hints=_SPAN_HINTS,
        ),
        Unit(
            _elided(
                rf"(?:dans|d'ici|durant|au cours)(?: les| des| ce[st]?)? {_SPAN}"
                r"(?: à venir| qui viennent| suivante?s)"
            ),
            _vague,
            hints=_SPAN_HINTS,
        ),
        Unit(
            _elided(
                r"(?:bientôt|prochainement|sous peu|d'ici peu|incessamment(?: sous peu)?|"
                r"très vite|à court terme)"
            ),
            lambda match, today: windows.vague(today, "soon"),
            hints=("bient", "prochainement", "sous peu", "ici peu", "incess", "très vite", "terme"),
        ),
        Unit(
            _elided(
                r"(?:imminente?s?|de manière imminente|d'un (?:jour|moment|instant) à l'autre)"
            ),
            lambda match, today: windows.vague(today, "day"),
            hints=("imminent", "à l'autre"),
        ),
        Unit(
            _elided(r"(?:sous|dans la|d'ici(?: à)? (?:la|une)) quinzaine"),
            lambda match, today: windows.after(today, 15, "day"),
            hints=("quinzaine",),
        ),
        Unit(
            _elided(
                r"(?:(?:la |cette |de |en |le |ce |du |au |d'|l'|cet |chaque )*)"
                r"(?P<word>semaine|mois|trimestre|semestre|week-end|année|an)"
                r"(?:-ci)? (?P<turn>prochaine?|suivante?|dernière?|dernier|passée?|écoulée?|"
                r"en cours)"
            ),
            _around,
            hints=("semaine", "mois", "mestre", "week-end", "ann", "an "),
        ),
        Unit(
            _elided(
                r"(?P<turn>prochaine?) (?P<word>semaine|mois|trimestre|semestre|week-end|année)"
            ),
            _around,
            bare=False,
            hints=("semaine", "mois", "mestre", "week-end", "ann", "an "),
        ),
        Unit(
            _elided(
                r"(?:(?<=cette )|(?<=cet )|(?<=ce )|(?<=fin )|(?<=fin de )|(?<=fin du )"
                r"|(?<=fin de la )|(?<=fin de l')|(?<=fin d')|(?<=fin de cette )"
                r"|(?<=milieu de l')|(?<=milieu d')|(?<=milieu de )|(?<=début de )|"
                r"(?<=courant de l')"
                r"|(?<=cours de l')|(?<=cours de la )|(?<=début d')|(?<=dans l')|(?<=courant )"
                r"|(?<=milieu de la ))"
                r"(?P<word>semaine|mois|trimestre|semestre|week-end|année)(?:-ci)?(?P<turn>)"
                r"(?! \d)(?! d)"
            ),
            _around,
            hints=("semaine", "mois", "mestre", "week-end", "ann", "an "),
        ),
        Unit(
            _compile(rf"(?P<month>{_MONTH}){_YEAR}{_TURN}"),
            _month,
            bare=False,
            cased=True,
            hints=_MONTH_HINTS,
        ),
        _relative(2),
        _relative(1),
        _relative(0),
        Unit(
            _compile(
                rf"(?P<name>{_DAY})(?: (?:matin|soir|midi|après-midi))?{_TURN}(?P<eight> en huit)?"
            ),
            _weekday,
            hints=tuple(WEEKDAYS),
        ),
        Unit(
            _compile(r"(?P<year>20[0-9]{2})(?:[-/]20\d\d)?(?!\d| ?(?:€|\$|%|euros|[a-z]+s\b))"),
            lambda match, today: windows.whole_year(int(match["year"])),
            bare=False,
            hints=("20",),
        ),
    ),
    lead=_LEAD,
    opens=re.compile(r"(?<!\w)(?:entre|de|du|d'|fin|mi|début|en|courant)(?!\w)"),
    joins=re.compile(r",? (?:et|à|au|ou|voire|ou même)(?: (?:le|la))? ?"),
)
