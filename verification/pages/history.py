"""What happened to a claim, as readers are told it: from the ledger, oldest first.

The desk's own affairs (who is assigned, which stories of ours carried it) stay on the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from verification.models import Claim, LedgerEntry, Source
from verification.models.choices import VerdictOutcome
from verification.pages.corrections import mended
from verification.templatetags.borneout import deadline_with_wording

VERDICTS = ("verdict", "verdict revised", "claim reopened")
#: What readers are told of; what else the ledger holds is the desk's.
TOLD = (
    "claim logged",
    "claim edited",
    "report logged",
    "report amended",
    "report withdrawn",
    "page changed",
    "deadline moved",
    *VERDICTS,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened.

    `why` is in the language of the claim; a `correction` took back what we had published.
    """

    number: int
    at: datetime
    what: str
    why: str = ""
    correction: bool = False


def of_claim(claim: Claim) -> list[Step]:
    """The steps of one claim."""
    entries = list(claim.history.filter(action__in=TOLD).order_by("number"))
    slugs = {entry.content.get("source") for entry in entries if "source" in entry.content}
    names = dict(Source.objects.filter(slug__in=slugs - {None}).values_list("slug", "name"))
    steps: list[Step] = []
    standing: dict[str, Any] = {}
    for entry in entries:
        step = _step(entry, names, standing)
        steps += [step] if step is not None else []
        standing = entry.content if entry.action in VERDICTS else standing
    return steps


def _step(entry: LedgerEntry, names: dict[str, str], standing: dict[str, Any]) -> Step | None:
    """The entry in words. `standing` is what the verdict before it said."""
    content = entry.content
    if not content and entry.redacted_by is not None:
        return _told(entry, _("What this entry said was removed, to forget a person."))
    if entry.action == "claim edited":
        return _edited(entry)
    if entry.action == "page changed" and not content.get("touches_claim"):
        return None
    if entry.action.startswith(("report", "page")):
        slug = content.get("source") or ""
        return _told(entry, _report(entry.action) % {"source": names.get(slug, slug)})
    if entry.action == "deadline moved":
        words = _("The deadline was moved: it had been due %(before)s, and from then on %(after)s.")
        told = words % {"before": _worded(content["before"]), "after": _worded(content)}
        if "criteria" in content:
            told = f"{told} {_('The criteria were put to the new day.')}"
        return _told(entry, told, content.get("reason") or "")
    if entry.action == "verdict":
        return _told(entry, _("Decided: %(outcome)s.") % {"outcome": _outcome(content["outcome"])})
    if entry.action == "verdict revised":
        return _told(entry, _revised(content, standing), _why(content), correction=True)
    if entry.action == "claim reopened":
        told = _("The verdict was withdrawn: the claim is undecided again.")
        return _told(entry, told, _why(content), correction=True)
    return _told(entry, _("The claim was logged."))


def _told(entry: LedgerEntry, what: str, why: str = "", *, correction: bool = False) -> Step:
    return Step(entry.number, entry.recorded_at, what, why, correction)


def _revised(content: dict[str, Any], standing: dict[str, Any]) -> str:
    same = content["supersedes"] == content["outcome"]
    if not same or not standing:
        return _("The verdict was revised, from %(before)s to %(after)s.") % {
            "before": _outcome(content["supersedes"]),
            "after": _outcome(content["outcome"]),
        }
    words = _("The verdict was corrected, and is still: %(outcome)s.")
    told = words % {"outcome": _outcome(content["outcome"])}
    return " ".join([told, *mended(standing, content)])


def _why(content: dict[str, Any]) -> str:
    """Why a verdict was taken back: the reason that was given for it, else its rationale."""
    return content.get("correction") or content.get("rationale") or ""


def _edited(entry: LedgerEntry) -> Step | None:
    """Readers are told of a changed sentence, with what it said before; not of the rest."""
    before: dict[str, Any] = entry.content.get("before") or {}
    if before.get("statement"):
        words = _("The statement was reworded. It had read: “%(before)s”")
        return _told(entry, words % {"before": before["statement"]}, correction=True)
    if "criteria" in before:
        return _told(entry, _("The criteria were changed."), correction=True)
    return None


def _report(action: str) -> str:
    return {
        "report logged": _("A report by %(source)s was logged."),
        "report amended": _("Our note of the report by %(source)s was corrected."),
        "report withdrawn": _("A report by %(source)s was taken out: it had been logged in error."),
        "page changed": _("The page of the report by %(source)s was found changed."),
    }[action]


def _outcome(value: str | None) -> str:
    return str(VerdictOutcome(value).label) if value else "–"


def _worded(content: dict[str, str]) -> str:
    return deadline_with_wording(
        date.fromisoformat(content["deadline"]),
        content["deadline_precision"],
        content["deadline_text"],
    )
