"""The mail that reminds a recipient of claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy, ngettext

from verification import newsroom
from verification.domain.outlook import Outlook, Rate
from verification.emails import links
from verification.emails.base import build, language_of, page, unsubscribing
from verification.emails.moulds import Text
from verification.models import Claim, Message, Reminder, User
from verification.templatetags.borneout import day_words
from verification.templatetags.outlook import outlook_words

#: Most urgent first: the order in which a message lists its claims.
URGENCY = ("overdue-7", "escalation", "overdue-3", "overdue-1", "due", "heads-up")
STAGE_HEADS: dict[str, Any] = {
    "overdue-7": gettext_lazy("Long overdue"),
    "escalation": gettext_lazy("Late on your beat"),
    "overdue-3": gettext_lazy("Still overdue"),
    "overdue-1": gettext_lazy("Overdue"),
    "due": gettext_lazy("Due now"),
    "heads-up": gettext_lazy("Coming up"),
}
#: Stages before the deadline has passed.
IN_TIME = frozenset({"due", "heads-up"})
#: What a recipient may do with a claim besides deciding it, in the order of the links.
ACTIONS: dict[links.Action, Any] = {
    "snooze": gettext_lazy("Put it off"),
    "hand-over": gettext_lazy("Hand over"),
    "extend": gettext_lazy("Move the deadline"),
}
#: Whether a link of this action is printed for this claim and user.
May = Callable[[links.Action, Claim, User], bool]
#: Claims that a message tells in full; the others have a line or two, and their links all the same.
IN_FULL = 10


@dataclass(frozen=True, slots=True)
class Link:
    """Words and the address behind them."""

    words: str
    url: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim as a mail lists it; `full` with its sources and its outlook."""

    full: bool
    statement: Text
    language: str
    beat: Text
    deadline: Text
    origins: Text
    relays: Text
    outlook: Text
    claim_url: Text
    decide_url: Text
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one stage."""

    head: str
    late: bool
    entries: tuple[Entry, ...]


def reminders(
    message: Message,
    rows: Sequence[Reminder],
    now: datetime,
    outlooks: Mapping[int, Outlook],
    may: May = links.may,
) -> EmailMultiAlternatives:
    """The mail that reminds `message.recipient` of these claims, text and HTML.

    `outlooks` are those of the claims, by primary key; `may` says which links are printed.
    """
    recipient = message.recipient
    today = newsroom.day(now)
    rows = sorted(rows, key=lambda row: (URGENCY.index(row.stage), row.deadline, row.pk))
    with translation.override(language_of(recipient)):
        unsubscribe = links.unsubscribe_url(recipient)
        return build(
            "reminders",
            message,
            subject=_subject(rows, today),
            context={
                "groups": _groups(rows, recipient, today, outlooks, may),
                "count": len(rows),
                "preview": Text(rows[1].claim.statement if len(rows) > 1 else ""),
                "desk_url": page("admin:index"),
                "my_mail_url": page("admin:my_mail"),
                "unsubscribe_url": Text(unsubscribe),
            },
            moulded=True,
            headers={
                "X-BorneOut-Reminders": ", ".join(f"{row.claim.slug}:{row.stage}" for row in rows),
                **unsubscribing(unsubscribe),
            },
        )


def _groups(
    rows: Sequence[Reminder],
    recipient: User,
    today: date,
    outlooks: Mapping[int, Outlook],
    may: May,
) -> list[Group]:
    by_stage: dict[str, list[Entry]] = {}
    rates: set[Rate | None] = set()
    for index, row in enumerate(rows):
        full, outlook, words = index < IN_FULL, outlooks.get(row.claim_id), ""
        if full and outlook is not None:
            words = outlook_words(outlook, with_rate=outlook.rate not in rates)
            rates.add(outlook.rate)
        actions = tuple(_actions(row.claim, recipient, may))
        entry = _entry(row.claim, actions, today, words, full)
        by_stage.setdefault(row.stage, []).append(entry)
    return [
        Group(head=str(STAGE_HEADS[stage]), late=stage not in IN_TIME, entries=tuple(entries))
        for stage, entries in by_stage.items()
    ]


def _actions(claim: Claim, recipient: User, may: May) -> Iterator[Link]:
    for action, words in ACTIONS.items():
        if may(action, claim, recipient):
            url = links.action_url(action, claim, recipient, deadline=claim.deadline)
            yield Link(str(words), Text(url))


def _entry(claim: Claim, actions: tuple[Link, ...], today: date, outlook: str, full: bool) -> Entry:
    origins, relays = sources_in_words(claim) if full else ("", "")
    far = deadline_in_words(claim, today) if full else distance_in_words(claim, today)
    return Entry(
        full=full,
        statement=Text(claim.statement),
        language=claim.language,
        beat=Text(claim.beat),
        deadline=Text(far),
        origins=Text(origins),
        relays=Text(relays),
        outlook=Text(outlook),
        claim_url=Text(page("admin:verification_claim_change", claim.pk)),
        decide_url=Text(page("admin:verification_claim_decide", claim.pk)),
        actions=actions,
    )


def distance_in_words(claim: Claim, today: date) -> str:
    """How far off the deadline is: "due today", "due in 7 days", "3 days overdue"."""
    off = (claim.deadline - today).days
    if off == 0:
        return gettext("due today")
    if off > 0:
        return ngettext("due in %(days)s day", "due in %(days)s days", off) % {"days": off}
    return ngettext("%(days)s day overdue", "%(days)s days overdue", -off) % {"days": -off}


def deadline_in_words(claim: Claim, today: date) -> str:
    """The deadline's day, how far off it is, and its wording as printed."""
    values = {
        "day": day_words(claim.deadline),
        "far": distance_in_words(claim, today),
        "wording": claim.deadline_text,
    }
    if claim.deadline_text:
        return gettext("%(day)s (%(far)s; printed as “%(wording)s”)") % values
    return gettext("%(day)s (%(far)s)") % values


def sources_in_words(claim: Claim) -> tuple[str, str]:
    """Who reported it, and who only passed it on."""
    reports = list(claim.reports.all())
    origins = dict.fromkeys(row.source.name for row in reports if row.via_id is None)
    relays = dict.fromkeys(
        gettext("%(source)s (crediting %(via)s)") % {"source": row.source.name, "via": row.via.name}
        for row in reports
        if row.via is not None
    )
    return ", ".join(origins) or gettext("no origin logged"), ", ".join(relays)


def _subject(rows: Sequence[Reminder], today: date) -> str:
    """What a full inbox needs to see: the one statement, or how many and how urgent."""
    first = rows[0]
    if len(rows) == 1:
        return gettext("%(distance)s: %(statement)s") % {
            "distance": _capital(distance_in_words(first.claim, today)),
            "statement": _short(first.claim.statement),
        }
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.stage] = counts.get(row.stage, 0) + 1
    if len(counts) == 1:
        parts = str(STAGE_HEADS[first.stage]).lower()
    else:
        parts = ", ".join(
            gettext("%(n)s %(stage)s") % {"n": n, "stage": str(STAGE_HEADS[stage]).lower()}
            for stage, n in counts.items()
        )
    return ngettext("%(count)s claim: %(parts)s", "%(count)s claims: %(parts)s", len(rows)) % {
        "count": len(rows),
        "parts": parts,
    }


def _short(statement: str) -> str:
    most = 90
    return statement if len(statement) <= most else Truncator(statement).chars(most)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
