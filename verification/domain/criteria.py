"""Criteria to begin with: what would confirm a claim and what would deny it, in its own language.

A proposal for an editor to mend. It is kept with the claim, so it is in the language of the claim
and not of whoever reads the form.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

Language = Literal["en", "fr"]

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
_ENGLISH = (
    "Confirmed if{by} those concerned or an official document show that this has happened: "
    "“{fact}” Denied if they rule it out{then} or the opposite has happened."
)
_FRENCH = (
    "Confirmée si{by} les intéressés ou un document officiel établissent ce fait\u00a0: "
    "«\u00a0{fact}\u00a0» Démentie si{then} ils l’excluent ou si le contraire s’est produit."
)


def proposed(
    statement: str, *, language: Language, deadline: date | None = None, wording: str = ""
) -> str:
    """The criteria for a statement that is to come true by `deadline`, inclusive.

    `wording` is how the text put the deadline. Empty for an empty statement.
    """
    fact = " ".join(statement.split())
    if not fact:
        return ""
    if not fact.endswith((".", "!", "?", "…")):
        fact += "."
    by = then = ""
    if language == "fr":
        if deadline is not None:
            by = f", au plus tard le {_day(deadline, language)} inclus{_said(wording, language)},"
            then = ", d’ici là,"
        return _FRENCH.format(by=by, fact=fact, then=then)
    if deadline is not None:
        by = f", by {_day(deadline, language)} inclusive{_said(wording, language)},"
        then = " by then"
    return _ENGLISH.format(by=by, fact=fact, then=then)


def follows(written: str, proposal: str) -> bool:
    """Whether criteria are still as they were proposed, however a browser sent them back."""
    return bool(proposal.strip()) and written.split() == proposal.split()


def days_named(text: str) -> list[date]:
    """The days that a text names, in either language or as numbers, in its order, each once."""
    found = (_read(match) for match in _NAMED.finditer(text))
    return list(dict.fromkeys(day for day in found if day is not None))


def another_day(text: str, deadline: date) -> date | None:
    """A day that criteria name in the deadline's place; none where they name the deadline too."""
    named = days_named(text)
    return named[0] if named and deadline not in named else None


def with_day(text: str, before: date, after: date, wording: str = "") -> str:
    """Criteria with another day in the place of `before`, each as its day was written.

    `wording` of the old day, in quotes behind it, is left out.
    """

    def put(match: re.Match[str]) -> str:
        if _read(match) != before:
            return match[0]
        if match["iso"]:
            return after.isoformat()
        if match["first"]:
            return f"{_MONTHS['en'][after.month - 1]} {after.day}, {after.year}"
        return _day(after, "fr" if match["month"].casefold() in _MONTHS["fr"] else "en")

    for language in _LANGUAGES:
        said = _said(wording, language)
        if said:
            # As the criteria are proposed, a word may stand between the day and its wording.
            day = rf"{re.escape(_day(before, language))}(?:\s(?:inclusive|inclus))?"
            text = re.sub(rf"({day}){re.escape(said)}", r"\1", text)
    return _NAMED.sub(put, text)


_LANGUAGES: tuple[Language, ...] = ("en", "fr")
_MONTH = "|".join(month for months in _MONTHS.values() for month in months)
_NAMED = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s(?P<month>{_MONTH})\s(?P<year>\d{{4}})"
    rf"|(?P<first>{_MONTH})\s(?P<number>\d{{1,2}}),\s(?P<of>\d{{4}}))\b",
    re.IGNORECASE,
)


def _read(match: re.Match[str]) -> date | None:
    """The day that was named; none for one that no calendar has."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        name = (match["month"] or match["first"]).casefold()
        month = next(
            place
            for months in _MONTHS.values()
            for place, one in enumerate(months, 1)
            if one.casefold() == name
        )
        return date(int(match["year"] or match["of"]), month, int(match["day"] or match["number"]))
    except ValueError:
        return None


def _day(day: date, language: Language) -> str:
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"


def _said(wording: str, language: Language) -> str:
    words = " ".join(wording.split())
    if not words:
        return ""
    return f" («\u00a0{words}\u00a0»)" if language == "fr" else f" (“{words}”)"
