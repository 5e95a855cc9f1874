"""Why a claim was proposed, in an editor's words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
