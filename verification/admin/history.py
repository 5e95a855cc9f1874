"""The ledger in words: who did what, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verification.models import Beat, Claim, LedgerEntry, Source, User
from verification.models.choices import Basis, Precision, VerdictOutcome

#: The fields of a claim and a report, as the desk calls them.
FIELDS: dict[str, Any] = {
    "statement": gettext_lazy("statement"),
    "criteria": gettext_lazy("criteria"),
    "language": gettext_lazy("language"),
    "beat": gettext_lazy("beat"),
    "public": gettext_lazy("public"),
    "deadline": gettext_lazy("deadline"),
    "deadline_text": gettext_lazy("deadline as worded"),
    "deadline_precision": gettext_lazy("precision"),
    "deadline_basis": gettext_lazy("deadline given by"),
    "assignee": gettext_lazy("assignee"),
    "source": gettext_lazy("source"),
    "author": gettext_lazy("author"),
    "url": gettext_lazy("address"),
    "published_on": gettext_lazy("published on"),
    "headline": gettext_lazy("headline"),
    "stance": gettext_lazy("stance"),
    "certainty": gettext_lazy("certainty"),
    "hedge": gettext_lazy("hedge as printed"),
    "via": gettext_lazy("credits"),
}

#: What may say why something was done, the most particular first.
WHY = ("reason", "correction", "rationale")


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the ledger in words: “Camille Roux” “moved the deadline …”, and why."""

    number: int
    at: datetime
    who: str
    what: str
    why: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The names behind the ledger's slugs and user names."""

    people: Mapping[str, str]
    sources: Mapping[str, str]
    beats: Mapping[str, str]


def of_claim(claim: Claim) -> list[Step]:
    """What happened to a claim, newest first."""
    return in_words(claim.history.order_by("-number"))


def latest(claim: Claim) -> Step | None:
    """The last thing that happened to a claim."""
    steps = in_words(claim.history.order_by("-number")[:1])
    return steps[0] if steps else None


def in_words(entries: Iterable[LedgerEntry]) -> list[Step]:
    """The entries in words, in their order."""
    entries = list(entries)
    known = _known(entries)
    return [
        Step(
            number=entry.number,
            at=entry.recorded_at,
            who=known.people.get(entry.actor_name, entry.actor_name) or _("The tracker"),
            what=_what(entry, known),
            why=str(next((entry.content[name] for name in WHY if entry.content.get(name)), "")),
            changes=_changes(entry.content, known),
        )
        for entry in entries
    ]


def _known(entries: Iterable[LedgerEntry]) -> Known:
    """Looks up, in three queries, every name that the entries hold as a slug."""
    found: dict[str, set[str]] = {"people": set(), "sources": set(), "beats": set()}
    for entry in entries:
        found["people"].add(entry.actor_name)
        for content in (entry.content, entry.content.get("before")):
            if isinstance(content, Mapping):
                found["people"].add(str(content.get("assignee")))
                found["beats"].add(str(content.get("beat")))
                found["sources"] |= {str(content.get("source")), str(content.get("via"))}
            else:
                found["people"].add(str(content))
    people = User.objects.filter(username__in=found["people"])
    return Known(
        people={user.username: str(user) for user in people},
        sources=dict(Source.objects.filter(slug__in=found["sources"]).values_list("slug", "name")),
        beats=dict(Beat.objects.filter(slug__in=found["beats"]).values_list("slug", "name")),
    )


def _what(entry: LedgerEntry, known: Known) -> str:
    content = entry.content
    if not content and entry.redacted_by is not None:
        return _("did what was removed from this entry, to forget a person")
    source = known.sources.get(str(content.get("source")), str(content.get("source") or ""))
    if entry.action == "claim logged":
        number = len(content.get("reports") or ())
        return ngettext(
            "logged the claim with %(n)d report", "logged the claim with %(n)d reports", number
        ) % {"n": number}
    if entry.action == "deadline moved":
        return _("moved the deadline to %(day)s") % {"day": _day(content.get("deadline"))}
    if entry.action == "claim assigned":
        return _assigned(content, known)
    if entry.action == "claim handed over":
        assignee = str(content.get("assignee"))
        return _("handed the claim over to %(name)s") % {
            "name": known.people.get(assignee, assignee)
        }
    if entry.action == "claim snoozed":
        return _("put the claim off until %(day)s") % {"day": _day(content.get("until"))}
    if entry.action in ("verdict", "verdict revised"):
        outcome = _label(VerdictOutcome, content.get("outcome"))
        known_on = content.get("became_known_on")
        if known_on:
            return _("gave the verdict: %(outcome)s, known on %(day)s") % {
                "outcome": outcome,
                "day": _day(known_on),
            }
        return _("gave the verdict: %(outcome)s") % {"outcome": outcome}
    told: dict[str, str] = {
        "report logged": _("logged a report by %(source)s"),
        "report amended": _("amended the report by %(source)s"),
        "report withdrawn": _("withdrew the report by %(source)s"),
        "page kept": _("kept what the page by %(source)s said"),
        "page changed": _("found the page by %(source)s changed"),
        "story logged": _("added our story “%(title)s”"),
        "story updated": _("ticked our story off as updated: “%(title)s”"),
        "story not updated": _("put our story back as still to update: “%(title)s”"),
        "story removed": _("removed one of our stories: %(url)s"),
        "claim edited": _("edited the claim"),
        "claim reopened": _("reopened the claim"),
        "webhook added": _("added the webhook “%(name)s”"),
        "webhook changed": _("changed the webhook “%(name)s”"),
        "webhook secret changed": _("gave the webhook “%(name)s” a new secret"),
        "webhook switched on": _("switched the webhook “%(name)s” on"),
        "webhook switched off": _("switched the webhook “%(name)s” off"),
        "delivery put back": _("had the webhook “%(name)s” told again"),
        "verdict proposed": _("proposed a verdict"),
        "proposal sent back": _("sent a proposed verdict back"),
        "proposal withdrawn": _("withdrew a proposed verdict"),
        "reply asked for": _("asked %(whom)s for a reply"),
        "reply answered": _("noted the answer of %(whom)s"),
        "reply removed": _("removed the right of reply of %(whom)s"),
        "snooze ended": _("wants to be reminded of the claim again"),
    }
    words = told.get(entry.action, entry.action)
    return words % {
        "source": source,
        "title": content.get("title", ""),
        "url": content.get("url", ""),
        "name": content.get("name", ""),
        "whom": content.get("whom", ""),
    }


def _assigned(content: Mapping[str, Any], known: Known) -> str:
    assignee = content.get("assignee")
    if not assignee:
        return _("took the claim from its assignee")
    return _("assigned the claim to %(name)s") % {
        "name": known.people.get(str(assignee), str(assignee))
    }


def _changes(content: Mapping[str, Any], known: Known) -> tuple[Change, ...]:
    """The fields that differ from what the entry says was there before."""
    before = content.get("before")
    if not isinstance(before, Mapping):
        return ()
    return tuple(
        Change(
            field=str(FIELDS.get(name, name)),
            before=_value(name, was, known),
            after=_value(name, content.get(name), known),
        )
        for name, was in before.items()
        if was != content.get(name)
    )


def _value(name: str, value: Any, known: Known) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ("deadline", "published_on"):
        return _day(value)
    if name == "deadline_basis":
        return _label(Basis, value)
    if name == "deadline_precision":
        return _label(Precision, value)
    names = {"source": known.sources, "via": known.sources, "beat": known.beats}.get(name, {})
    return names.get(str(value), str(value))


def _day(value: Any) -> str:
    return date_format(date.fromisoformat(str(value))) if value else "–"


def _label(choices: Any, value: Any) -> str:
    return str(choices(value).label) if value in choices.values else str(value)
