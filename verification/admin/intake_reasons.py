"""Why a claim was proposed, and why an article is of its day, in an editor's words."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verification.domain.dateline import DayFrom
from verification.services.beatguess import How

VAGUE = "vague window"

_REASONS: dict[str, Promise] = {
    "attributed": gettext_lazy("credited to a source"),
    "own reporting": gettext_lazy("the page’s own reporting"),
    "anonymous sources": gettext_lazy("unnamed sources"),
    "carried on": gettext_lazy("goes on from the sentence before"),
    "conditional of rumour": gettext_lazy("conditional of rumour"),
    "talks": gettext_lazy("talks"),
    "plan": gettext_lazy("a plan"),
    "expected": gettext_lazy("something expected"),
    "possibility": gettext_lazy("a possibility"),
    "future": gettext_lazy("in the future tense"),
    "reported future": gettext_lazy("a reported future"),
    "reported step": gettext_lazy("a reported step"),
    "dated": gettext_lazy("has a deadline"),
    VAGUE: gettext_lazy("vague as to when"),
    "kind of event": gettext_lazy("an event of the news"),
    "names": gettext_lazy("names somebody"),
    "amount": gettext_lazy("names an amount"),
    "headline": gettext_lazy("from the headline"),
}


def in_words(written: str) -> list[str]:
    """The reasons that stand in a form, with bars between them."""
    known = (_REASONS.get(name) for name in written.split("|"))
    return [str(words) for words in known if words]


_BEATS: dict[str, Promise] = {
    How.GUESS: gettext_lazy("a guess: check"),
    How.LAST: gettext_lazy("the one you used last: check"),
}


def of_beat(how: str) -> str:
    """What is said of a beat that little or nothing speaks for; nothing of a clear one."""
    return str(_BEATS.get(how, ""))


def is_vague(written: str) -> bool:
    """Whether the text does not bound the time."""
    return VAGUE in written.split("|")


def strength(score: str) -> str:
    """A score in a word; nothing for a claim that was added by hand."""
    try:
        number = float(score)
    except ValueError:
        return ""
    return _("strong") if number >= 0.8 else _("fair") if number >= 0.65 else _("weak")


_DAYS: dict[str, Promise] = {
    DayFrom.TYPED: gettext_lazy("Published %(day)s (as set by hand)"),
    DayFrom.PAGE: gettext_lazy("Published %(day)s (from the page)"),
    DayFrom.PRINTED: gettext_lazy("Published %(day)s (as printed)"),
    DayFrom.TODAY: gettext_lazy("No date found: today, %(day)s"),
}


def of_day(day: date | None, by: str) -> str:
    """From which day an article's times are counted, and why; nothing where that was lost."""
    if day is None or by not in _DAYS:
        return ""
    return str(_DAYS[by]) % {"day": date_format(day)}


def counted_anew(deadlines: int) -> str:
    """What is said once an article's day was mended."""
    if not deadlines:
        return _("Counted from the new day: no deadline moved. What you typed is as it was.")
    return ngettext(
        "Counted from the new day: %(n)s deadline moved. What you typed is as it was.",
        "Counted from the new day: %(n)s deadlines moved. What you typed is as it was.",
        deadlines,
    ) % {"n": deadlines}
