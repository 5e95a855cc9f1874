"""The French grammar of periods: spans and relative days, and what leads up to them."""

from __future__ import annotations

import re

from verification.domain.extraction import windows
from verification.domain.extraction.calendar_fr import (
    DAY_NAME,
    MONTH,
    MONTH_HINTS,
    NUMBER,
    SPAN,
    SPAN_HINTS,
    TURN,
    WEEKDAYS,
    YEAR,
    read_around,
    read_month,
    read_span,
    read_vague,
    read_weekday,
)
from verification.domain.extraction.dated_fr import (
    DATED,
    after_elision,
    whole_words,
)
from verification.domain.extraction.periods import Grammar, Unit
from verification.domain.extraction.windows import DAY

_ARTICLE = r"(?:(?:en|à|au|aux|de|du|la|le|les|ce|cet|cette|courant) |d'|l')"
_OF = r"(?:(?:de|du|la|le|les|ce|cet|cette|mois|année|exercice) |d'|l')"
_LEAD = re.compile(
    # "Ne rouvrirait qu'en 2028".
    r"(?<!\w)(?:(?<!\w')|(?<=qu'))(?! )"
    r"(?:(?P<before>(?:pas |plus )?avant(?: même)?(?: que)?|à la veille d[eu']|en amont d[eu'])"
    r"|(?P<by>d'ici(?: là)?|(?:d'ici )?au plus tard|(?:à|pour) l'horizon(?: de)?)"
    r"|(?P<until>jusqu')"
    r"|(?P<at>(?:au plus tôt )?(?:dès|en|au|à)|courant|pour|aux|à partir|à compter|vers|ce|cet|"
    r"cette"
    r"|le|la|l'|sous|dans|lors|autour|au cours|durant|pendant|entre|l'exercice|l'année|la session)"
    r"|(?P<joint>et|ou|voire))?"
    # "Dès la réunion de juin".
    r"(?:(?<=dès) (?:la |le |l'|sa |son )\w+(?= d)|(?<=lors) de (?:la |l'|son |sa )\w+(?= d))?"
    # "Aux élections d'octobre", "au congrès de mars".
    r"(?:(?<=aux) (?:élections|législatives|municipales|européennes|régionales|sénatoriales)"
    r"(?: \w+)?(?= d)|"
    r"(?<=au) (?:congrès|scrutin|sommet|conseil|salon|festival|comité|forum)(?= d))?"
    # "Avant le conseil de mercredi".
    r"(?:(?<=avant) (?:la |le |l'|les |son |sa |leur )(?!fin\b|toute|terme|bout|issue|clôture|"
    r"fermeture|début|mi\b|milieu|mois|week|première|seconde|deuxième|prochain)"
    r"(?:[a-zà-ÿ']+ ){0,2}[a-zà-ÿ']+(?= d))?"
    rf" ?{_ARTICLE}*+"
    r"(?:(?P<end>fin|toute fin|bout|terme|issue|clôture|fermeture)"
    r"|(?P<early>(?:tout )?début|premiers jours)"
    r"|(?P<mid>mi|milieu))?"
    rf"[ -]?{_OF}*+$",
)


def _relative(days: int) -> Unit:
    words = {
        0: r"(?:aujourd'hui|ce soir|cette nuit|(?<!à )ce jour|"
        r"(?<!plus tôt )dans la journée(?! d[eu']))",
        1: r"(?<!de )demain(?: (?:matin|soir|midi))?",
        2: r"après-demain",
    }
    return Unit(whole_words(words[days]), lambda match, today: windows.one_day(today + days * DAY))


FRENCH = Grammar(
    units=(
        *DATED,
        Unit(
            after_elision(
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
            after_elision(
                r"(?:dans|d'ici|sous|avant|au cours|lors|durant|ces|les)(?: à| de| d)?(?: l?[ea]s|"
                r" ce[st]te?s?)?"
                rf" ?(?:(?:toute?s? )?prochaine?s? |quelques |toutes prochaines ){SPAN}"
                r"(?: à venir| seulement)?"
            ),
            read_vague,
            hints=SPAN_HINTS,
        ),
        Unit(
            after_elision(
                rf"(?:dans|d'ici|durant|au cours)(?: les| des| ce[st]?)? {SPAN}"
                r"(?: à venir| qui viennent| suivante?s)"
            ),
            read_vague,
            hints=SPAN_HINTS,
        ),
        Unit(
            after_elision(
                r"(?:bientôt|prochainement|sous peu|d'ici peu|incessamment(?: sous peu)?|"
                r"très vite|à court terme)"
            ),
            lambda match, today: windows.vague(today, "soon"),
            hints=("bient", "prochainement", "sous peu", "ici peu", "incess", "très vite", "terme"),
        ),
        Unit(
            after_elision(
                r"(?:imminente?s?|ces jours-ci|de manière imminente|d'un (?:jour|moment|"
                r"instant) à l'autre)"
            ),
            lambda match, today: windows.vague(today, "day"),
            hints=("imminent", "à l'autre", "ces jours"),
        ),
        Unit(
            after_elision(r"(?:sous|dans la|d'ici(?: à)? (?:la|une)) quinzaine"),
            lambda match, today: windows.after(today, 15, "day"),
            hints=("quinzaine",),
        ),
        Unit(
            after_elision(
                r"(?:(?:la |cette |de |en |le |ce |du |au |d'|l'|cet |chaque )*)"
                r"(?P<word>semaine|mois|trimestre|semestre|week-end|année|an)"
                r"(?:-ci)? (?P<turn>prochaine?|suivante?|dernière?|dernier|passée?|écoulée?|"
                r"en cours)"
            ),
            read_around,
            hints=("semaine", "mois", "mestre", "week-end", "ann", "an "),
        ),
        Unit(
            after_elision(
                r"(?P<turn>prochaine?) (?P<word>semaine|mois|trimestre|semestre|week-end|année)"
            ),
            read_around,
            bare=False,
            hints=("semaine", "mois", "mestre", "week-end", "ann", "an "),
        ),
        Unit(
            after_elision(
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
            after_elision(
                r"(?:(?<=avant le )|(?<=d'ici le )|(?<=d'ici au )|(?<=durant le )|(?<=dès le ))"
                r"(?P<word>week-end)(?P<turn>)(?! d)"
            ),
            read_around,
            hints=("week-end",),
        ),
        Unit(
            after_elision(rf"(?P<month>{MONTH}){YEAR}{TURN}"),
            read_month,
            bare=False,
            cased=True,
            hints=MONTH_HINTS,
        ),
        _relative(2),
        _relative(1),
        _relative(0),
        Unit(
            whole_words(
                rf"(?P<name>{DAY_NAME})(?: (?:matin|soir|midi|après-midi))?{TURN}"
                r"(?P<eight> en huit)?"
            ),
            read_weekday,
            hints=tuple(WEEKDAYS),
        ),
        Unit(
            # "2026 postes" is a number of them; "en 2026 dans" is a year.
            whole_words(
                r"(?P<year>20[0-9]{2})(?:[-/]20\d\d)?(?!\d| ?(?:€|\$|%|euros|(?!(?:dans|sous|après|"
                r"mais|puis|alors|vers|sans|très|plus|moins|dès|depuis|chez|lors|aux|les|des|ses|"
                r"ces|nos|leurs|toujours|jamais|près|pas|hors|sauf)\b)[a-z]+s\b))"
            ),
            lambda match, today: windows.whole_year(int(match["year"])),
            bare=False,
            hints=("20",),
        ),
    ),
    lead=_LEAD,
    opens=re.compile(r"(?<!\w)(?:entre|de|du|d'|fin|mi|début|en|dès|courant)(?!\w)"),
    joins=re.compile(r",? (?:et|à|au|ou|voire|ou même)(?: (?:le|la))? ?"),
)
