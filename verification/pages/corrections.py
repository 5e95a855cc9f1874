"""What was decided wrongly: every verdict that another one superseded, and how the two differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from verification.domain import outcomes
from verification.models import Verdict
from verification.pages.http import public_page
from verification.pages.paging import NEWEST, page
from verification.services.verdicts import parts
from verification.templatetags.borneout import day_words


@dataclass(frozen=True, slots=True)
class Correction:
    """A verdict that superseded another.

    `mended` says how it differs where the outcome is the same, a sentence for each part; `why` is
    in the language of the claim.
    """

    verdict: Verdict
    mended: list[str]
    why: str


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    """Every verdict that was superseded, with what replaced it and why; newest first."""
    replaced = (
        Verdict.objects.filter(supersedes__isnull=False, claim__public=True)
        .select_related("claim", "supersedes")
        .prefetch_related("evidence", "supersedes__evidence")
    )
    listed = page(replaced, request, NEWEST)
    return render(
        request,
        "verification/corrections.html",
        {"page": listed, "corrections": [of_verdict(verdict) for verdict in listed.items]},
    )


def of_verdict(verdict: Verdict) -> Correction:
    """The correction that a verdict is which supersedes another."""
    old = verdict.supersedes
    assert old is not None  # noqa: S101  (for the type checker)
    before, after = (parts(row, list(row.evidence.all())) for row in (old, verdict))
    return Correction(verdict, mended(before, after), verdict.correction or verdict.rationale)


def mended(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """What a verdict of the same outcome says otherwise than the one before it, in sentences.

    Both as the ledger has them. Empty where the outcomes differ: that is what there is to say then.
    """
    found = outcomes.differences(before, after)
    if "outcome" in found:
        return []
    if not found:
        return [_("The same verdict was given again.")]
    said = {
        "became_known_on": _(
            "The day on which it became known was corrected, from %(before)s to %(after)s."
        )
        % {"before": _day(before), "after": _day(after)},
        "rationale": _("The explanation was reworded."),
        "evidence": _("The evidence was changed."),
    }
    return [said[part] for part in found]


def _day(said: Mapping[str, object]) -> str:
    day = said.get("became_known_on")
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return day_words(day) if isinstance(day, date) else "–"
