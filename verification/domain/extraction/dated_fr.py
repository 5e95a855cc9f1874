"""French dates, and the named parts of a year: quarters, halves, seasons, feasts."""

from __future__ import annotations

import re

from verification.domain.extraction import calendar_units as units
from verification.domain.extraction import windows
from verification.domain.extraction.calendar_fr import (
    DAY_NAME,
    FEASTS,
    MONTH,
    MONTH_HINTS,
    ORDINAL,
    TURN,
    YEAR,
    read_date,
    read_day_alone,
    read_decade,
    read_feast,
    read_figures,
    read_half,
    read_mercato,
    read_part_of_month,
    read_quarter,
    read_season,
    read_season_of_play,
)
from verification.domain.extraction.periods import Unit


def whole_words(pattern: str) -> re.Pattern[str]:
    """For words that stand by themselves, and not behind a number's hyphen."""
    return re.compile(rf"(?<![\w'])(?<!\d-){pattern}(?!\w)")


def after_elision(pattern: str) -> re.Pattern[str]:
    """For words that may stand behind an apostrophe as well: "d'avril"."""
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


# When players are bought, and what that does on its last day.
_TRANSFERS = r"(?:mercato|(?:marché|fenêtre|période) des transferts)"
_SHUTS = r"(?: (?:ne )?(?:(?:se )?(?:re)?ferme(?: ses portes)?|s'achève|se termine|prenne fin))?"

#: In the order in which they are tried: the longer wordings first.
DATED: tuple[Unit, ...] = (
    Unit(
        whole_words(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"), read_figures, hints=("20",)
    ),
    Unit(
        whole_words(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>20\d\d)"),
        read_figures,
        hints=("20",),
    ),
    Unit(
        whole_words(
            rf"(?:semaine|week-end) du (?:(?:{DAY_NAME}) )?(?P<day>1er|[12]?\d|3[01])"
            rf"(?: (?:au|et) \d{{1,2}})? (?P<month>{MONTH}){YEAR}{TURN}"
        ),
        lambda match, today: windows.week(read_date(match, today).first),
        hints=("semaine du", "week-end du"),
    ),
    Unit(
        after_elision(
            rf"(?P<nth>première|deuxième|seconde|troisième|dernière) (?P<span>semaine|"
            rf"quinzaine)"
            rf" (?:de |d'|du mois de |du mois d')(?P<month>{MONTH}){YEAR}{TURN}"
        ),
        read_part_of_month,
        hints=("semaine de", "semaine d'", "semaine du", "quinzaine"),
    ),
    Unit(
        whole_words(
            rf"(?:(?:{DAY_NAME}),? )?(?P<day>1er|[12]?\d|3[01]) (?P<month>{MONTH}){YEAR}{TURN}"
        ),
        read_date,
        hints=MONTH_HINTS,
    ),
    Unit(
        whole_words(
            rf"(?:(?P<ordinal>{ORDINAL}) trimestre|t(?P<digit>[1-4]))"
            rf"(?:(?: de)? (?P<next>l'an(?:née)? prochaine?)| de (?:cette|l')"
            rf" ?année(?! 20))?{YEAR}{TURN}"
        ),
        read_quarter,
        hints=("trimestre", "t1", "t2", "t3", "t4"),
    ),
    Unit(
        whole_words(
            rf"(?:(?P<ordinal>{ORDINAL}) (?:semestre|moitié de)|s(?P<digit>[12])(?= |$|[.,]))"
            rf"(?:(?: de)? (?P<next>l'an(?:née)? prochaine?)| l'année| de (?:cette|l')"
            rf" ?année(?! 20))?{YEAR}{TURN}"
        ),
        read_half,
        hints=("semestre", "moitié", "s1", "s2"),
    ),
    Unit(
        after_elision(r"vacances (?:d'été|estivales|scolaires d'été)|(?:trêve|pause) estivale"),
        lambda match, today: units.recurring(windows.holidays, today, year=None, turn=""),
        bare=False,
        hints=("vacances", "estivale"),
    ),
    Unit(
        after_elision(
            r"(?:(?<=d'ici )|(?<=d'ici à )|(?<=avant ))la trêve(?: des confiseurs| de Noël)?"
            r"(?! (?:estiv|internat|hivern|olymp|human|de |d'))"
        ),
        lambda match, today: units.recurring(windows.truce, today, year=None, turn=""),
        bare=False,
        hints=("trêve",),
    ),
    Unit(
        after_elision(
            r"(?:(?<=plus tard le )|(?<=d'ici le )|(?<=d'ici au )|(?<=avant le ))"
            r"(?P<day>[12]?\d|3[01])(?! ?[\w%€$])(?![,.]\d)"
        ),
        read_day_alone,
        hints=("le ", "au "),
    ),
    Unit(
        after_elision(
            rf"{_TRANSFERS} (?:d'|de )?"
            r"(?P<kind>été|estivale?|hiver|hivernale?|janvier)(?: (?P<year>20\d\d))?"
            rf"{_SHUTS}"
        ),
        read_mercato,
        bare=False,
        hints=("mercato", "transferts"),
    ),
    Unit(
        after_elision(
            rf"(?:(?<=l')|(?<=cet )|(?<=d')|(?<=en )|(?<=mi-)|(?<=plein )|(?<=fin )|(?<=début )"
            rf"|(?<=avant )|(?<=dès ))(?P<season>été)(?! \w+[éis]e?s? )"
            rf"(?: (?P<year>20\d\d))?{TURN}"
        ),
        read_season,
        hints=("été",),
    ),
    Unit(
        after_elision(
            rf"(?P<season>printemps|automne|hiver)(?: (?P<year>20\d\d)(?:-20\d\d)?)?{TURN}"
        ),
        read_season,
        bare=False,
        hints=("printemps", "automne", "hiver"),
    ),
    Unit(
        after_elision(
            r"(?:(?<=fin du )|(?<=fin de la )|(?<=clôture du )|(?<=clôture de la )|"
            r"(?<=fermeture du )|(?<=fermeture de la )|(?<=avant que le )|(?<=avant que la )|"
            r"(?<=cours du )|(?<=pendant le )|(?<=lors du )|(?<=durant le ))"
            rf"{_TRANSFERS}(?! d')(?P<kind>)(?: (?P<year>20\d\d))?{_SHUTS}"
        ),
        read_mercato,
        bare=False,
        hints=("mercato", "transferts"),
    ),
    Unit(
        after_elision(
            r"(?:(?<=fin de )|(?<=issue de )|"
            r"(?<=terme de ))(?:la )?saison(?: (?:20\d\d-)?(?P<year>20\d\d))?"
        ),
        read_season_of_play,
        bare=False,
        hints=("saison",),
    ),
    Unit(
        after_elision(r"(?<=fin de )(?:la |cette )?décennie"),
        read_decade,
        bare=False,
        hints=("décennie",),
    ),
    Unit(
        after_elision(
            r"(?P<name>" + "|".join(sorted(FEASTS, key=len, reverse=True)) + r")"
            rf"(?: (?P<year>20\d\d))?{TURN}"
        ),
        read_feast,
        bare=False,
        hints=tuple(FEASTS),
    ),
)
