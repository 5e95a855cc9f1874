"""The mail that reminds a recipient of claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy, ngettext

from verification import newsroom
from verification.emails.base import absolute, build, language_of
from verification.emails.links import unsubscribe_url
from verification.models import Claim, Message, Reminder
from verification.templatetags.borneout import day_words

#: Most urgent first: the order in which a message lists its claims.
URGENCY = ("overdue-7", "escalation", "overdue-3", "overdue-1", "due", "heads-up")
STAGE_HEADS = {
    "overdue-7": gettext_lazy("Overdue for a week or more"),
    "escalation": gettext_lazy("On your beat: overdue for three days or more"),
    "overdue-3": gettext_lazy("Overdue for three days or more"),
    "overdue-1": gettext_lazy("Overdue"),
    "due": gettext_lazy("Due today"),
    "heads-up": gettext_lazy("Coming up"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim as a mail lists it."""

    claim: Claim
    deadline: str
    sources: str
    decide_url: str
    extend_url: str
    claim_url: str


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one stage."""

    stage: str
    head: str
    entries: tuple[Entry, ...]


def reminders(message: Message, rows: Sequence[Reminder], now: datetime) -> EmailMultiAlternatives:
    """The mail that reminds `message.recipient` of these claims, text and HTML."""
    recipient = message.recipient
    today = newsroom.day(now)
    rows = sorted(rows, key=lambda row: (URGENCY.index(row.stage), row.deadline, row.pk))
    with translation.override(language_of(recipient)):
        groups = _groups(rows, today)
        unsubscribe = unsubscribe_url(recipient)
        context: dict[str, object] = {
            "recipient": recipient,
            "groups": groups,
            "count": len(rows),
            "language": translation.get_language(),
            "site_name": settings.SITE_NAME,
            "desk_url": absolute(reverse("admin:index")),
            "unsubscribe_url": unsubscribe,
            "subject": _subject(groups, len(rows)),
        }
        headers = {
            "X-BorneOut-Reminders": ", ".join(f"{row.claim.slug}:{row.stage}" for row in rows),
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        return build("reminders", message, context, headers)


def _groups(rows: Sequence[Reminder], today: date) -> list[Group]:
    by_stage: dict[str, list[Entry]] = {}
    for row in rows:
        by_stage.setdefault(row.stage, []).append(_entry(row.claim, today))
    return [
        Group(stage=stage, head=str(STAGE_HEADS[stage]), entries=tuple(entries))
        for stage, entries in by_stage.items()
    ]


def _entry(claim: Claim, today: date) -> Entry:
    return Entry(
        claim=claim,
        deadline=deadline_in_words(claim, today),
        sources=sources_in_words(claim),
        decide_url=absolute(reverse("admin:verification_claim_decide", args=[claim.pk])),
        extend_url=absolute(reverse("admin:verification_claim_extend", args=[claim.pk])),
        claim_url=absolute(reverse("admin:verification_claim_change", args=[claim.pk])),
    )


def deadline_in_words(claim: Claim, today: date) -> str:
    """The deadline's day, how far off it is, and its wording as printed."""
    day = day_words(claim.deadline)
    off = (claim.deadline - today).days
    if off == 0:
        far = gettext("today")
    elif off > 0:
        far = ngettext("in %(days)s day", "in %(days)s days", off) % {"days": off}
    else:
        far = ngettext("%(days)s day ago", "%(days)s days ago", -off) % {"days": -off}
    if claim.deadline_text:
        return gettext("%(day)s (%(far)s; printed as “%(wording)s”)") % {
            "day": day,
            "far": far,
            "wording": claim.deadline_text,
        }
    return gettext("%(day)s (%(far)s)") % {"day": day, "far": far}


def sources_in_words(claim: Claim) -> str:
    """Who reported it, and who only passed it on."""
    reports = list(claim.reports.all())
    origins = list(dict.fromkeys(row.source.name for row in reports if row.via_id is None))
    relays = list(
        dict.fromkeys(
            gettext("%(source)s (crediting %(via)s)")
            % {"source": row.source.name, "via": row.via.name}
            for row in reports
            if row.via is not None
        )
    )
    return ", ".join([*origins, *relays]) or gettext("no report logged")


def _subject(groups: Sequence[Group], count: int) -> str:
    """What a full inbox needs to see: the one statement, or how many and how urgent."""
    if count == 1:
        return gettext("%(stage)s: %(statement)s") % {
            "stage": groups[0].head,
            "statement": Truncator(groups[0].entries[0].claim.statement).chars(90),
        }
    parts = ", ".join(
        gettext("%(stage)s: %(count)s") % {"stage": group.head.lower(), "count": len(group.entries)}
        for group in groups
    )
    return ngettext("%(count)s claim: %(parts)s", "%(count)s claims: %(parts)s", count) % {
        "count": count,
        "parts": parts,
    }
