"""The outlook of a claim in words, for mails and the desk alike."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verification.domain.outlook import Account, Outlook, Rate, Voice
from verification.templatetags.borneout import number, percent

register = template.Library()

#: How many origins of each side are named with their records; the rest are counted.
NAMED = 3


@register.filter
def outlook_words(outlook: Outlook, with_rate: bool = True) -> str:
    """The outlook in a few sentences, of plain figures and no forecast.

    A list of claims tells the same base rate only once: `with_rate` leaves it out.

    "One independent origin: The Wall Street Journal, right in 12 of 15 on this beat (accuracy 74%,
    58–87%). On this beat, sources are right in 66 of 120 cases (55%)."
    """
    return " ".join(
        part
        for part in (
            _asserting(outlook),
            _disputing(outlook),
            _relays(outlook.relays),
            _rate(outlook.rate) if with_rate else "",
        )
        if part
    )


def account_words(account: Account | None) -> str:
    """A source's record in words."""
    if account is None:
        return _("nothing of its own decided yet")
    values = {
        "hits": number(account.hits),
        "decided": number(account.decided),
        "accuracy": percent(account.accuracy),
        "low": number(account.low * 100),
        "high": percent(account.high),
    }
    if account.on_beat:
        words = _("right in %(hits)s of %(decided)s on this beat (accuracy %(accuracy)s, %(span)s)")
    elif account.provisional:
        words = _("right in %(hits)s of %(decided)s (provisional estimate: %(accuracy)s, %(span)s)")
    else:
        words = _("right in %(hits)s of %(decided)s (accuracy %(accuracy)s, %(span)s)")
    return words % (values | {"span": _("%(low)s–%(high)s") % values})


def _asserting(outlook: Outlook) -> str:
    voices = outlook.asserting
    if not voices:
        return _("No independent origin asserts it.")
    if len(voices) == 1:
        return _("One independent origin: %(names)s.") % {"names": _named(voices)}
    return ngettext(
        "%(n)s independent origin: %(names)s.", "%(n)s independent origins: %(names)s.", len(voices)
    ) % {"n": len(voices), "names": _named(voices)}


def _disputing(outlook: Outlook) -> str:
    voices = outlook.disputing
    if not voices:
        return ""
    return ngettext("Disputed by %(names)s.", "Disputed by %(n)s: %(names)s.", len(voices)) % {
        "n": len(voices),
        "names": _named(voices),
    }


def _named(voices: Sequence[Voice]) -> str:
    words = [
        _("%(name)s, %(record)s") % {"name": voice.name, "record": account_words(voice.account)}
        for voice in voices[:NAMED]
    ]
    rest = len(voices) - NAMED
    if rest > 0:
        words.append(ngettext("%(n)s more", "%(n)s more", rest) % {"n": rest})
    return _("; ").join(words)


def _relays(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(n)s source only passes it on.", "%(n)s sources only pass it on.", count) % {
        "n": number(count)
    }


def _rate(rate: Rate | None) -> str:
    if rate is None:
        return ""
    words = (
        _("On this beat, sources are right in %(hits)s of %(decided)s cases (%(share)s).")
        if rate.on_beat
        else _("Over all beats, sources are right in %(hits)s of %(decided)s cases (%(share)s).")
    )
    return words % {
        "hits": number(rate.hits),
        "decided": number(rate.decided),
        "share": percent(rate.fraction),
    }
