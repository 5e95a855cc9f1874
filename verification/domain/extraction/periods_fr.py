"""The French grammar of periods."""

from __future__ import annotations

import re

from verification.domain.extraction import calendar_units as units
from verification.domain.extraction import windows
from verification.domain.extraction.calendar_fr import (
    DAY_NAME,
    FEASTS,
    MONTH,
    MONTH_HINTS,
    NUMBER,
    ORDINAL,
    SPAN,
    SPAN_HINTS,
    TURN,
    WEEKDAYS,
    YEAR,
    read_around,
    read_date,
    read_day_alone,
    read_decade,
    read_feast,
    read_figures,
    read_half,
    read_mercato,
    read_month,
    read_part_of_month,
    read_quarter,
    read_season,
    read_season_of_play,
    read_span,
    read_vague,
    read_weekday,
)
from verification.domain.extraction.periods import Grammar, Unit
from verification.domain.extraction.windows import DAY

_ARTICLE = r"(?:(?:en|à|au|aux|de|du|la|le|les|ce|cet|cette|courant) |d'|l')"
_OF = r"(?:(?:de|du|la|le|les|ce|cet|cette|mois|année|exercice) |d'|l')"
_LEAD = re.compile(
    r"(?<![\w'])(?! )"
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


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?<!\d-){pattern}(?!\w)")


def _elided(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


def _relative(days: int) -> Unit:
    words = {
        0: r"(?:aujourd'hui|ce soir|cette nuit|ce jour|(?<!plus tôt )dans la journée(?! d[eu']))",
        1: r"(?<!de )demain(?: (?:matin|soir|midi))?",
        2: r"après-demain",
    }
    return Unit(_compile(words[days]), lambda match, today: windows.one_day(today + days * DAY))


FRENCH = Grammar(
    units=(
        Unit(
            _compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"), read_figures, hints=("20",)
        ),
        Unit(
            _compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>20\d\d)"),
            read_figures,
            hints=("20",),
        ),
        Unit(
            _compile(
                rf"(?:semaine|week-end) du (?:(?:{DAY_NAME}) )?(?P<day>1er|[12]?\d|3[01])"
                rf"(?: (?:au|et) \d{{1,2}})? (?P<month>{MONTH}){YEAR}{TURN}"
            ),
            lambda match, today: windows.week(read_date(match, today).first),
            hints=("semaine du", "week-end du"),
        ),
        Unit(
            _elided(
                rf"(?P<nth>première|deuxième|seconde|troisième|dernière) (?P<span>semaine|"
                rf"quinzaine)"
                rf" (?:de |d'|du mois de |du mois d')(?P<month>{MONTH}){YEAR}{TURN}"
            ),
            read_part_of_month,
            hints=("semaine de", "semaine d'", "semaine du", "quinzaine"),
        ),
        Unit(
            _compile(
                rf"(?:(?:{DAY_NAME}),? )?(?P<day>1er|[12]?\d|3[01]) (?P<month>{MONTH}){YEAR}{TURN}"
            ),
            read_date,
            hints=MONTH_HINTS,
        ),
        Unit(
            _compile(
                rf"(?:(?P<ordinal>{ORDINAL}) trimestre|t(?P<digit>[1-4]))"
                rf"(?:(?: de)? (?P<next>l'an(?:née)? prochaine?)| de (?:cette|l')"
                rf" ?année(?! 20))?{YEAR}{TURN}"
            ),
            read_quarter,
            hints=("trimestre", "t1", "t2", "t3", "t4"),
        ),
        Unit(
            _compile(
                rf"(?:(?P<ordinal>{ORDINAL}) (?:semestre|moitié de)|s(?P<digit>[12])(?= |$|[.,]))"
                rf"(?:(?: de)? (?P<next>l'an(?:née)? prochaine?)| l'année| de (?:cette|l')"
                rf" ?année(?! 20))?{YEAR}{TURN}"
            ),
            read_half,
            hints=("semestre", "moitié", "s1", "s2"),
        ),
        Unit(
            _elided(r"vacances (?:d'été|estivales|scolaires d'été)|(?:trêve|pause) estivale"),
            lambda match, today: units.recurring(windows.holidays, today, year=None, turn=""),
            bare=False,
            hints=("vacances", "estivale"),
        ),
        Unit(
            _elided(
                r"(?:(?<=plus tard le )|(?<=d'ici le )|(?<=d'ici au )|(?<=avant le ))"
                r"(?P<day>[12]?\d|3[01])(?! ?[\w%€$])(?![,.]\d)"
            ),
            read_day_alone,
            hints=("le ", "au "),
        ),
        Unit(
            _elided(
                r"(?:mercato|marché des transferts) (?:d')?"
                r"(?P<kind>été|estival|hiver|hivernal)(?: (?P<year>20\d\d))?"
            ),
            read_mercato,
            bare=False,
            hints=("mercato", "transferts"),
        ),
        Unit(
            _elided(
                rf"(?:(?<=l')|(?<=cet )|(?<=d')|(?<=en )|(?<=mi-)|(?<=plein )|(?<=fin )|(?<=début )"
                rf"|(?<=avant )|(?<=dès ))(?P<season>été)(?! \w+[éis]e?s? )"
                rf"(?: (?P<year>20\d\d))?{TURN}"
            ),
            read_season,
            hints=("été",),
        ),
        Unit(
            _elided(
                rf"(?P<season>printemps|automne|hiver)(?: (?P<year>20\d\d)(?:-20\d\d)?)?{TURN}"
            ),
            read_season,
            bare=False,
            hints=("printemps", "automne", "hiver"),
        ),
        Unit(
            _elided(
                r"(?:(?<=fin du )|(?<=clôture du )|(?<=cours du )|(?<=pendant le )|(?<=lors du )|"
                r"(?<=durant le ))mercato(?! d')(?: (?P<kind>estival|"
                r"hivernal))?(?: (?P<year>20\d\d))?"
            ),
            read_mercato,
            bare=False,
            hints=("mercato", "transferts"),
        ),
        Unit(
            _elided(r"(?<=fin de )(?:la )?saison(?: (?:20\d\d-)?(?P<year>20\d\d))?"),
            read_season_of_play,
            bare=False,
            hints=("saison",),
        ),
        Unit(
            _elided(r"(?<=fin de )(?:la |cette )?décennie"),
            read_decade,
            bare=False,
            hints=("décennie",),
        ),
        Unit(
            _elided(
                r"(?P<name>" + "|".join(sorted(FEASTS, key=len, reverse=True)) + r")"
                rf"(?: (?P<year>20\d\d))?{TURN}"
            ),
            read_feast,
            bare=False,
            hints=tuple(FEASTS),
        ),
        Unit(
            _elided(
                r"(?:dans (?:les |le |la |un délai (?:de |d')|moins (?:de |d')|une? )?|"
                r"d'ici (?:à )?(?:les )?|sous |"
                r"en moins (?:de |d')|au cours des |lors des |durant les |avant |ces |les )"
                rf"(?:environ |près de |une )?(?P<count>{NUMBER})(?: (?:à|"
                rf"ou) (?P<most>{NUMBER}))? (?:de )?"
                rf"(?:prochaine?s )?{SPAN}(?P<half> et demie?)?"
                r"(?: prochaine?s| à venir| qui viennent| au plus)?(?! plus tôt| dernier|ée? de)"
            ),
            read_span,
            hints=SPAN_HINTS,
        ),
        Unit(
            _elided(
                r"(?:dans|d'ici|sous|avant|au cours|lors|durant|ces|les)(?: à| de| d)?(?: l?[ea]s|"
                r" ce[st]te?s?)?"
                rf" ?(?:(?:toute?s? )?prochaine?s? |quelques |toutes prochaines ){SPAN}"
                r"(?: à venir| seulement)?"
            ),
            read_vague,
            hints=SPAN_HINTS,
        ),
        Unit(
            _elided(
                rf"(?:dans|d'ici|durant|au cours)(?: les| des| ce[st]?)? {SPAN}"
                r"(?: à venir| qui viennent| suivante?s)"
            ),
            read_vague,
            hints=SPAN_HINTS,
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
                r"(?:imminente?s?|ces jours-ci|de manière imminente|d'un (?:jour|moment|"
                r"instant) à l'autre)"
            ),
            lambda match, today: windows.vague(today, "day"),
            hints=("imminent", "à l'autre", "ces jours"),
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
            read_around,
            hints=("semaine", "mois", "mestre", "week-end", "ann", "an "),
        ),
        Unit(
            _elided(
                r"(?P<turn>prochaine?) (?P<word>semaine|mois|trimestre|semestre|week-end|année)"
            ),
            read_around,
            bare=False,
            hints=("semaine", "mois", "mestre", "week-end", "ann", "an "),
        ),
        Unit(
            _elided(
                r"(?:(?<=cette )|(?<=cet )|(?<=ce )|(?<=fin )|(?<=fin de )|(?<=fin du )"
                r"|(?<=fin de la )|(?<=fin de l')|(?<=fin d')|(?<=fin de cette )"
                r"|(?<=milieu de l')|(?<=milieu d')|(?<=milieu de )|(?<=début de )|"
                r"(?<=courant de l')"
                r"|(?<=cours de l')|(?<=cours de la )|(?<=début d')|(?<=dans l')|(?<=dans la )|"
                r"(?<=courant )"
                r"|(?<=milieu de la ))"
                r"(?P<word>semaine|mois|trimestre|semestre|week-end|année)(?:-ci)?(?P<turn>)"
                r"(?! \d)(?! d)"
            ),
            read_around,
            hints=("semaine", "mois", "mestre", "week-end", "ann", "an "),
        ),
        Unit(
            _elided(rf"(?P<month>{MONTH}){YEAR}{TURN}"),
            read_month,
            bare=False,
            cased=True,
            hints=MONTH_HINTS,
        ),
        _relative(2),
        _relative(1),
        _relative(0),
        Unit(
            _compile(
                rf"(?P<name>{DAY_NAME})(?: (?:matin|soir|midi|après-midi))?{TURN}"
                r"(?P<eight> en huit)?"
            ),
            read_weekday,
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
