"""Words for days, deadlines, shares and statuses, in the reader's language.

Plain functions first, so that mails, the desk and the pages say the same thing in the same words.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from django import template
from django.utils import formats, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from verification import newsroom
from verification.domain import deadlines, hedging, outcomes
from verification.models import Claim
from verification.models.choices import ClaimStatus

register = template.Library()

OUTSIDE = "nofollow noopener noreferrer"


# --- Days and deadlines ---------------------------------------------------------------------------


@register.filter
def day_words(day: date | None) -> str:
    """A day as it is written in running text: "31 March 2026", "1er avril 2026"."""
    if day is None:
        return ""
    return _day_words(day, translation.get_language() or "")


@lru_cache(maxsize=1024)
def _day_words(day: date, language: str) -> str:
    """In the language that is active; kept, since the mails of a morning tell of few days."""
    words = formats.date_format(day, "j F Y")
    return f"1er{words[1:]}" if day.day == 1 and language.startswith("fr") else words


@register.filter
def month_words(day: date) -> str:
    """The month of a day in running text: "March 2026"."""
    return formats.date_format(day, "F Y")


@register.filter
def local_day(moment: datetime) -> date:
    """The newsroom's day at an instant."""
    return newsroom.day(moment)


def _quarter(number: int) -> str:
    return (
        _("by the end of the first quarter of %(year)s"),
        _("by the end of the second quarter of %(year)s"),
        _("by the end of the third quarter of %(year)s"),
        _("by the end of the fourth quarter of %(year)s"),
    )[number]


def _half(number: int) -> str:
    return (
        _("by the end of the first half of %(year)s"),
        _("by the end of the second half of %(year)s"),
    )[number]


def deadline_words(day: date, precision: str = "day") -> str:
    """A deadline in words, as exactly as it was worded: "by the end of the first quarter of 2026".

    A day that does not end its period is named as a day, for the period would say too much.
    """
    if not deadlines.is_period_end(day, precision):
        precision = "day"
    month = day.month - 1
    pattern = {
        "day": lambda: _("by %(day)s"),
        "month": lambda: _("by the end of %(month)s %(year)s"),
        "quarter": lambda: _quarter(month // 3),
        "half": lambda: _half(month // 6),
        "year": lambda: _("by the end of %(year)s"),
    }[precision]()
    return pattern % {
        "day": day_words(day),
        "month": formats.date_format(day, "F"),
        "year": day.year,
    }


def deadline_with_wording(day: date, precision: str, printed: str) -> str:
    """The deadline in words, with the wording as printed: "by 31 March 2026 (printed: “…”)"."""
    words = deadline_words(day, precision)
    if not printed:
        return words
    return _("%(deadline)s (printed: “%(wording)s”)") % {"deadline": words, "wording": printed}


@register.filter
def deadline(claim: Claim) -> str:
    """The claim's deadline in words."""
    return deadline_words(claim.deadline, claim.deadline_precision)


@register.filter
def deadline_full(claim: Claim) -> str:
    """The claim's deadline in words, with the wording as printed."""
    return deadline_with_wording(claim.deadline, claim.deadline_precision, claim.deadline_text)


# --- Numbers --------------------------------------------------------------------------------------


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """A number, rounded, with the reader's separators: "1,074", "1 074"; a dash for none."""
    if value is None:
        return "–"
    # Django's own formatting cuts the digits off.
    return formats.number_format(round(value, decimals), decimals, force_grouping=True)


@register.filter
def percent(fraction: float | None, decimals: int = 0) -> str:
    """A fraction in per cent: "74%", in French "74 %"."""
    if fraction is None:
        return "–"
    return _("%(number)s%%") % {"number": number(fraction * 100, decimals)}


@register.filter
def band(certainty: str) -> str:
    """The band of a term of the ICD 203 ladder: "55–80%"."""
    low, high = hedging.BANDS[certainty]
    return _("%(low)s–%(high)s%%") % {"low": low, "high": high}


# --- Statuses and links ---------------------------------------------------------------------------


@register.simple_tag
def status(claim: Claim, today: date) -> SafeString:
    """The claim's status as a word in its colour."""
    value = outcomes.status(claim.outcome, claim.deadline, today)
    return format_html(
        '<span class="status status-{}">{}</span>', value.value, ClaimStatus(value.value).label
    )


def is_web(url: str) -> bool:
    """Whether it is an http(s) address: no other kind is ever printed as a link."""
    return url.startswith(("http://", "https://"))


@register.filter
def host(url: str) -> str:
    """The host of an address, without "www."; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # such as an unclosed bracket
        return ""


@register.simple_tag
def outlink(url: str, text: str, lang: str = "") -> SafeString:
    """`text` as a link to a page of somebody else's; the bare text where `url` is not http(s)."""
    language = format_html(' lang="{}"', lang) if lang else ""
    if not is_web(url):
        return format_html("<span{}>{}</span>", language, text)
    return format_html('<a href="{}" rel="{}"{}>{}</a>', url, OUTSIDE, language, text)
