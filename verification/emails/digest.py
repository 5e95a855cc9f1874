"""The weekly digest: what was decided, what awaits its verdict, what is coming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from django.core.mail import EmailMultiAlternatives
from django.utils import formats, translation
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext

from verification.emails import links
from verification.emails.base import build, language_of, page, unsubscribing
from verification.models import Message
from verification.models.choices import VerdictOutcome
from verification.templatetags.borneout import day_words, number


@dataclass(frozen=True, slots=True)
class Line:
    """A claim as the digest lists it.

    `day` is its deadline, and `days` how far off that is (negative: past); of a decided claim, the
    day of its verdict. `outcome` is that of a decided one. `mine`: in the recipient's hands.
    """

    claim: int
    statement: str
    language: str
    beat: str
    day: date
    days: int = 0
    outcome: str = ""
    mine: bool = False

    @property
    def url(self) -> str:
        """Its page on the desk."""
        return page("admin:verification_claim_change", self.claim)

    @property
    def outcome_words(self) -> str:
        """The outcome as a reader is told it."""
        return str(VerdictOutcome(self.outcome).label)

    @property
    def when(self) -> str:
        """How far off the deadline is, in words."""
        if self.days < 0:
            return ngettext(
                "awaiting for %(days)s day", "awaiting for %(days)s days", -self.days
            ) % {"days": number(-self.days)}
        if self.days == 0:
            return gettext("due today")
        return ngettext("due in %(days)s day", "due in %(days)s days", self.days) % {
            "days": number(self.days)
        }


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story of ours that is still to be updated."""

    update: int
    title: str
    outcome: str
    day: date
    mine: bool = False

    @property
    def url(self) -> str:
        """The page on which it is ticked off."""
        return page("admin:verification_storyupdate_change", self.update)

    @property
    def outcome_words(self) -> str:
        """The verdict that the story does not know of."""
        return str(VerdictOutcome(self.outcome).label)


LineT = TypeVar("LineT", bound="Line | StoryLine")


@dataclass(frozen=True, slots=True)
class Part(Generic[LineT]):
    """One part of the digest: how many there are in all, and those that are listed."""

    total: int
    lines: Sequence[LineT]

    @property
    def more(self) -> int:
        """How many are not listed."""
        return max(self.total - len(self.lines), 0)


@dataclass(frozen=True, slots=True)
class Latency:
    """How long one beat's verdicts took: the median in days, over `decided` verdicts."""

    beat: str
    median_days: float
    decided: int

    @property
    def words(self) -> str:
        """The median in words: "3 days"."""
        whole = self.median_days == int(self.median_days)
        days = number(self.median_days, 0 if whole else 1)
        # Half a day is singular in French, and so is one and a half.
        return ngettext("%(days)s day", "%(days)s days", _plural(self.median_days)) % {"days": days}


@dataclass(frozen=True, slots=True)
class Facts:
    """What one recipient's digest tells. `beats` names the recipient's own; empty: all of them."""

    week: date
    coming_until: date
    beats: Sequence[str]
    decided: Part[Line]
    awaiting: Part[Line]
    coming: Part[Line]
    updates: Part[StoryLine]
    latencies: Sequence[Latency]
    head_number: int
    head_hash: str

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell: how long verdicts took is no news by itself."""
        return not (
            self.decided.total or self.awaiting.total or self.coming.total or self.updates.total
        )


def digest(message: Message, facts: Facts) -> EmailMultiAlternatives:
    """The digest of one week for `message.recipient`, text and HTML."""
    recipient = message.recipient
    with translation.override(language_of(recipient)):
        unsubscribe = links.unsubscribe_url(recipient, "digest")
        return build(
            "digest",
            message,
            subject=_subject(facts),
            context={
                "facts": facts,
                "span": _span(facts.week),
                "lists": _lists(facts),
                "desk_url": page("admin:index"),
                "unsubscribe_url": unsubscribe,
            },
            headers=unsubscribing(unsubscribe),
        )


def _span(week: date) -> str:
    """The days that the digest looks back on, in words."""
    return gettext("%(first)s to %(last)s") % {
        "first": day_words(week - timedelta(days=7)),
        "last": day_words(week - timedelta(days=1)),
    }


def _lists(facts: Facts) -> dict[str, str]:
    """Where the desk lists all that a part of the digest counts."""
    beat = {"beat": "mine"} if facts.beats else {}
    until = {"due_to": facts.coming_until.isoformat()}
    claims = page("admin:verification_claim_changelist")
    return {
        "decided": page("admin:verification_verdict_changelist"),
        "awaiting": f"{claims}?{urlencode({'status': 'awaiting', **beat})}",
        "coming": f"{claims}?{urlencode({'status': 'open', **beat, **until})}",
        "updates": page("admin:verification_storyupdate_changelist"),
    }


def _subject(facts: Facts) -> str:
    """The week and its figures, the most pressing first."""
    parts = [
        words % {"n": number(total)}
        for words, total in (
            (gettext("%(n)s awaiting a verdict"), facts.awaiting.total),
            (
                ngettext("%(n)s decided", "%(n)s decided", facts.decided.total),
                facts.decided.total,
            ),
            (gettext("%(n)s coming up"), facts.coming.total),
            (
                ngettext("%(n)s story to update", "%(n)s stories to update", facts.updates.total),
                facts.updates.total,
            ),
        )
        if total
    ]
    return gettext("Week of %(day)s: %(parts)s") % {
        "day": formats.date_format(facts.week, "j F"),
        "parts": ", ".join(parts),
    }


def _plural(days: float) -> int:
    """The number by which a language chooses its form: French counts one and a half as singular."""
    french = (translation.get_language() or "").startswith("fr")
    return int(days) if french else (1 if days == 1 else 2)
