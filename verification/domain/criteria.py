"""Criteria to begin with: what would confirm a claim and what would deny it, in its own language.

A proposal for an editor to mend. It is kept with the claim, so it is in the language of the claim
and not of whoever reads the form.
"""

from __future__ import annotations

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


def _day(day: date, language: Language) -> str:
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"


def _said(wording: str, language: Language) -> str:
    words = " ".join(wording.split())
    if not words:
        return ""
    return f" («\u00a0{words}\u00a0»)" if language == "fr" else f" (“{words}”)"
