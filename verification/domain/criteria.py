"""Criteria to begin with: what would confirm a claim and what would deny it, in its own language.

A proposal for an editor to mend. It is kept with the claim, so it is in the language of the claim
and not of whoever reads the form.
"""

from __future__ import annotations

import re
from datetime import date

from verification.domain.extraction import hedges_en, hedges_fr
from verification.domain.extraction.hedges import hedges
from verification.domain.extraction.language import Language

_MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
}
#: The number of a month by its name, in either language.
_NUMBERS = {
    name.casefold(): place for names in _MONTHS.values() for place, name in enumerate(names, 1)
}
_NAMES = "|".join(_NUMBERS)
# "2026-03-31", "31 March 2026", "31st of March 2026", "1er avril 2026", "March 31, 2026".
_DAY = re.compile(
    r"\b(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?P<first>\d{{1,2}})(?:st|nd|rd|th|er)?(?P<of>\s+(?:of\s+)?)(?P<month>{_NAMES}),?\s+"
    rf"(?P<year>\d{{4}})|(?P<month2>{_NAMES})\s+(?P<second>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
    r"(?P<year2>\d{4}))\b",
    re.IGNORECASE,
)
_ENGLISH = (
    "Confirmed if{by} those concerned or an official document show that {what}: "
    "“{fact}” Denied if they rule it out{then} or the opposite has happened."
)
_FRENCH = (
    "Confirmée si{by} les intéressés ou un document officiel établissent {what}\u00a0: "
    "«\u00a0{fact}\u00a0» Démentie {then} l’excluent ou si le contraire s’est produit."
)
_PLAIN: dict[Language, str] = {"en": "this has happened", "fr": "ce fait"}
#: "It could be sold" has happened as soon as it could be: what is meant is the sale.
_HEDGED: dict[Language, str] = {
    "en": "what is here only possible, planned or reported has become a fact",
    "fr": "que ce qui n’est ici que possible, prévu ou rapporté est devenu un fait",
}
# That talks go on is a fact of its own; "is close to buying" says what may come of them.
_TALKS = re.compile(r"talk|discuss|negotiat|négociation|négocie|pourparler|dialog", re.IGNORECASE)
#: The kinds of hedge that say less than that it will be.
_SAY_LESS = frozenset({"hearsay", "plan", "expected", "chance", "would"})
_CUES = {"en": hedges_en.ENGLISH, "fr": hedges_fr.FRENCH}
#: Characters of a statement in which its hedge is looked for.
_READ = 600


def proposed(
    statement: str, *, language: Language, deadline: date | None = None, wording: str = ""
) -> str:
    """The criteria for a statement that is to come true by `deadline`, inclusive.

    `wording` is how the text put the deadline. Empty for an empty statement.
    """
    fact = " ".join(statement.split())
    what = (_HEDGED if _is_hedged(fact, language) else _PLAIN)[language]
    return _worded(fact, what, language, deadline, wording)


def _is_hedged(fact: str, language: Language) -> bool:
    """Whether a statement says only what could be, is planned or is reported."""
    read = fact[:_READ].replace("’", "'")
    found = hedges(read, _CUES[language], heading=False)
    return any(
        hedge.kind in _SAY_LESS or (hedge.kind == "talks" and not _TALKS.search(hedge.text))
        for hedge in found[:1]
    )


def _worded(fact: str, what: str, language: Language, deadline: date | None, wording: str) -> str:
    """The criteria, whose fact is introduced by the words of ``what``."""
    if not fact:
        return ""
    if not fact.endswith((".", "!", "?", "…")):
        fact += "."
    by = then = ""
    if language == "fr":
        then = "s’ils"
        if deadline is not None:
            by = f", au plus tard le {_day(deadline, language)} inclus{_said(wording, language)},"
            then = "si, d’ici là, ils"
        return _FRENCH.format(by=by, what=what, fact=fact, then=then)
    if deadline is not None:
        by = f", by {_day(deadline, language)} inclusive{_said(wording, language)},"
        then = " by then"
    return _ENGLISH.format(by=by, what=what, fact=fact, then=then)


def _day(day: date, language: Language) -> str:
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"


def _said(wording: str, language: Language) -> str:
    words = " ".join(wording.split())
    if not words:
        return ""
    return f" («\u00a0{words}\u00a0»)" if language == "fr" else f" (“{words}”)"


def days_named(text: str) -> list[date]:
    """The days that criteria name in full, in English, French or as 2026-03-31, once each."""
    found = (_day_of(match) for match in _DAY.finditer(text))
    return list(dict.fromkeys(day for day in found if day is not None))


def other_days(text: str, deadline: date) -> list[date]:
    """The days that criteria name where none of them is the deadline; none where one is."""
    named = days_named(text)
    return [] if deadline in named else named


def is_proposed(
    text: str, statement: str, *, language: Language, deadline: date | None, wording: str
) -> bool:
    """Whether criteria are as they were proposed, so that nobody wrote them.

    Those of a hedged statement were once proposed in the words of a plain one.
    """
    fact = " ".join(statement.split())
    return bool(fact) and any(
        text.split() == _worded(fact, words[language], language, deadline, wording).split()
        for words in (_PLAIN, _HEDGED)
    )


def for_deadline(
    text: str,
    *,
    statement: str,
    language: Language,
    old: tuple[date, str],
    new: tuple[date, str],
    name_day: bool = True,
) -> str:
    """The criteria when a deadline moves, each a day with its wording.

    Those that nobody wrote are proposed anew; in others only the day is changed, where `name_day`
    says so, and nothing where they do not name it.
    """
    if is_proposed(text, statement, language=language, deadline=old[0], wording=old[1]):
        return proposed(statement, language=language, deadline=new[0], wording=new[1])
    return moved(text, old=old[0], new=new[0]) if name_day else text


def moved(text: str, *, old: date, new: date) -> str:
    """The criteria with the day `new` wherever they name `old`, each in the manner of its place."""

    def say(match: re.Match[str]) -> str:
        if _day_of(match) != old:
            return match[0]
        if match["iso"]:
            return new.isoformat()
        month = match["month"] or match["month2"]
        french = month.casefold() in (name.casefold() for name in _MONTHS["fr"])
        name = _MONTHS["fr" if french else "en"][new.month - 1]
        if match["month2"]:
            return f"{name} {new.day}, {new.year}"
        return _day(new, "fr") if french else f"{new.day}{match['of']}{name} {new.year}"

    return _DAY.sub(say, text)


def _day_of(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        month = _NUMBERS[(match["month"] or match["month2"]).casefold()]
        return date(
            int(match["year"] or match["year2"]), month, int(match["first"] or match["second"])
        )
    except ValueError:
        return None
