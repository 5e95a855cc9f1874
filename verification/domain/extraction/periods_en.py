"""The English grammar of periods: spans and relative days, and what leads up to them."""

from __future__ import annotations

import re

from verification.domain.extraction import windows
from verification.domain.extraction.calendar_en import (
    MONTH,
    MONTH_HINTS,
    NUMBER,
    OF_YEAR,
    SHORT_DAY,
    SPAN,
    SPAN_HINTS,
    WEEKDAYS,
    read_around,
    read_fiscal,
    read_month,
    read_span,
    read_vague,
    read_weekday,
)
from verification.domain.extraction.dated_en import (
    DATED,
    cased,
    whole_words,
)
from verification.domain.extraction.periods import Grammar, Unit

# What is not over on the eve ("before noon on Friday"), and words of another clause.
_ENDING = (
    r"(?:noon|midnight|midday|lunch\w*|dawn|dusk|breakfast|clos\w*|end|ends|ending|expir\w*|shuts?|"
    r"deadline|that|would|will|could|may|might|should|said|says|told|is|are|it|he|she|they|"
    r"window|this|next|last|and|or|but) "
)
_LEAD = re.compile(
    r"(?<![\w'])(?! )"
    r"(?:(?P<before>(?:not )?before|prior to|ahead of|not until|not till|"
    r"(?:(?<=not |n't )|(?<=unlikely to ))(?:[a-z'-]+ ){1,8}until|in advance of|"
    # "No change is expected until July".
    r"(?<=\bno )(?:[a-z]+ ){2,7}until|"
    # "Before racing resumes on 25 August": what comes first is on that day.
    rf"(?:before|ahead of|prior to) (?:(?!{_ENDING})[\w'’-]+ ){{1,7}}?(?=(?:on|in) ))"
    r"|(?P<by>(?:as late as )?by(?: the time)?|no later than|not later than|at the latest by|come|"
    r"within)"
    r"|(?P<until>until|till|through|up to|up until)"
    r"|(?P<at>(?:as )?(?:early|soon) as|no earlier than|(?:sometime |some time )?(?:in|during|on|"
    r"at)"
    r"|for|from|starting|over|around|about|into|toward|towards|between|of|beginning|effective|"
    r"later)"
    r"|(?P<joint>and|or|to))?"
    r" ?(?:by |in |on |at least |at |this |the |its |their |his |her |for |from |around )*+"
    r"(?:(?P<end>very end|end|(?:close|closing|closure)(?= of)|last (?:day|days|week|weeks)|late|"
    r"later|latter part)"
    r"|(?P<early>early(?: part)?|start(?! in )|beginning(?! in )|first (?:day|days|week|weeks))"
    r"|(?P<mid>mid|middle))?"
    r"[ -]?(?:of |in |the |this |fiscal |calendar |(?<!\ba )year )*+$",
)


ENGLISH = Grammar(
    units=(
        *DATED,
        Unit(
            whole_words(
                r"(?:year[- ]end|year's end|the end of the year|the year's end|"
                r"the turn of the year)"
            ),
            lambda match, today: windows.whole_year(today.year),
            hints=("year",),
            ends=True,
        ),
        Unit(
            whole_words(
                rf"(?:within|in under|in less than|in|over|inside|during) (?:about |around |"
                rf"roughly |"
                rf"as (?:little|early|soon) as |the next |the coming |another |no more than )?"
                rf"(?P<count>{NUMBER})(?:(?:[ -](?:to|or)[ -]|"
                rf"-)(?P<most>{NUMBER}))?[ -](?:more )?{SPAN}(?:'s?)?(?: time)?"
                r"(?! ago| earlier| to (?:january|february|march|april|may|june|july|august"
                r"|september|october|november|december))(?! of the)"
            ),
            read_span,
            hints=SPAN_HINTS,
        ),
        Unit(
            whole_words(rf"(?:the )?(?:next|coming) (?P<count>{NUMBER})(?P<most>) {SPAN}"),
            read_span,
            hints=SPAN_HINTS,
        ),
        Unit(
            whole_words(rf"(?P<count>{NUMBER})(?P<most>) {SPAN} from now"),
            read_span,
            hints=SPAN_HINTS,
        ),
        Unit(
            whole_words(
                r"(?:within|in|over|during|in a matter of|in just)(?: the)?"
                r"(?: (?:coming|next few|next couple of|next|following|a few|"
                r"a couple of|several))? "
                r"(?P<unit>hour|day|week|month|year)s"
                r"(?: ahead| to come)?(?! of)"
            ),
            read_vague,
            hints=SPAN_HINTS,
        ),
        Unit(
            whole_words(
                r"(?:soon(?! as)(?! after)|shortly(?! after)(?! before)|in the near (?:future|term)"
                r"|before long|in due course)"
            ),
            lambda match, today: windows.vague(today, "soon"),
            hints=("soon", "shortly", "near ", "before long", "due course"),
        ),
        Unit(
            whole_words(r"(?:imminently|imminent|any day now|any moment)"),
            lambda match, today: windows.vague(today, "day"),
            hints=("imminent", "any "),
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
            whole_words(
                r"(?P<turn>next|this|this coming|the coming|last|past|the current|the next) "
                r"(?P<word>weekend|week|month|quarter|half|year)(?!s|-old| old|-long)"
            ),
            read_around,
            hints=("week", "month", "quarter", "half", "year"),
        ),
        Unit(
            whole_words(
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
            whole_words(r"(?P<word>month|week|quarter)[- ]end(?P<turn>)"),
            read_around,
            bare=False,
            hints=("week", "month", "quarter", "half", "year"),
        ),
        Unit(
            whole_words(r"(?:fiscal(?: year)? (?P<year>20\d\d)|fy ?'?(?:20)?(?P<short>\d\d))"),
            read_fiscal,
            hints=("fiscal", "fy"),
        ),
        Unit(
            cased(rf"(?P<turn>[Nn]ext|[Tt]his|[Ll]ast) (?P<month>{MONTH})(?P<year>)(?P<later>)"),
            read_month,
            cased=True,
            hints=MONTH_HINTS,
        ),
        Unit(
            cased(rf"(?P<turn>)(?P<month>{MONTH})(?P<later>),? (?P<year>20\d\d)"),
            read_month,
            cased=True,
            hints=MONTH_HINTS,
        ),
        Unit(
            whole_words(r"(?:tomorrow(?: (?:morning|evening|night))?)"),
            lambda match, today: windows.after(today, 1, "day"),
            hints=("tomorrow",),
        ),
        Unit(
            whole_words(r"(?:today|tonight|later today|this evening|this afternoon)"),
            lambda match, today: windows.one_day(today),
            hints=("today", "tonight", "this evening", "this afternoon"),
        ),
        Unit(
            re.compile(
                rf"(?<!\w)(?:(?P<turn>[Nn]ext|[Tt]his|[Ll]ast|[Pp]ast) )?"
                # "Sun Microsystems", "to buy Sun": short forms only where a day is meant.
                rf"(?P<name>(?i:mon|tues|wednes|thurs|fri|satur|sun)day|"
                rf"(?<=\b[Oo]n |\b[Bb]y ){SHORT_DAY}(?! [A-Z]))(?!\w)"
                # "Monday's closing price" is when something was, or how much.
                r"(?: (?:morning|evening|night|afternoon))?(?!'s (?:clos|open|price|edition|report|"
                r"statement|trading|session|match|game))(?! (?:news)?papers?\b| Times|"
                r" Telegraph| Mirror)"
            ),
            read_weekday,
            cased=True,
            hints=tuple(WEEKDAYS),
        ),
        Unit(
            # "2027 jobs" is a number of them; "in 2027 as" is a year.
            whole_words(
                r"(?P<year>20[0-9]{2})(?!\d| ?(?:%|(?!(?:as|is|was|has|its|this|his|across|unless|"
                r"versus|plus|towards|besides|thus|always|perhaps|us|less)\b)[a-z]+s\b)|,\d)"
            ),
            lambda match, today: windows.whole_year(int(match["year"])),
            bare=False,
            hints=("20",),
        ),
    ),
    lead=_LEAD,
    opens=re.compile(r"(?<!\w)(?:between|from|either|late|early|in|as early as)(?!\w)"),
    joins=re.compile(r",? (?:and|to|or|or even|through)(?: (?:the|in))? ?"),
)
