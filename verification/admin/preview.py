"""What each outcome would do to the sources' records, before anybody decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from verification import newsroom
from verification.admin.forms import Day
from verification.admin.naming import need
from verification.domain import credit, outcomes
from verification.domain.outcomes import Outcome
from verification.models import Claim, Report
from verification.models.choices import ClaimOutcome, Credit, Reason

#: The outcomes that are compared; a void claim counts nowhere, which takes no table to say.
COMPARED = (Outcome.CONFIRMED, Outcome.DENIED, Outcome.LAPSED)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one outcome adds to one source's record, and why, in words."""

    outcome: str
    credit: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One source's position and what each outcome would make of it."""

    report: Report
    relay: bool
    effects: tuple[Effect, ...]


def day(typed: Any) -> date | None:
    """The day that was typed; none for an empty field, and for what is no day."""
    try:
        found: date | None = Day(required=False).clean(typed)
    except ValidationError:
        return None
    return found


def context(
    claim: Claim, reports: Iterable[Report], today: date, known_on: date | None
) -> dict[str, Any]:
    """What the template of the effects takes."""
    return {
        "preview": lines(claim, reports, today, known_on),
        "compared": [str(ClaimOutcome(outcome).label) for outcome in COMPARED],
        "known_on": known_on,
        "known_too_early": claim.no_report_by(known_on),
        "claim": claim,
    }


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A piece of HTML: the effects for an outcome that became known on `?became_known_on=`."""
    need(request, "view_claim")
    claim = get_object_or_404(Claim, pk=pk)
    reports = claim.reports.select_related("source", "via").order_by("published_on", "id")
    known_on = day(request.GET.get("became_known_on", "").replace("\0", ""))
    today = newsroom.day(timezone.now())
    return TemplateResponse(
        request, "admin/desk/effects.html", context(claim, reports, today, known_on)
    )


def lines(
    claim: Claim, reports: Iterable[Report], today: date, known_on: date | None
) -> list[Line]:
    """A line for each source that holds a position, oldest first.

    `known_on` is the day on which the outcome is taken to have become known; none takes the day
    that a verdict of today would take.
    """
    by_pk = {report.pk: report for report in reports}
    facts = [
        credit.ReportFacts(
            order=report.pk,
            source=report.source_id,
            published_on=report.published_on,
            stance=report.stance,
            certainty=report.certainty,
            via=report.via_id,
        )
        for report in by_pk.values()
    ]
    settled = {
        outcome: credit.settle(
            credit.ClaimFacts(
                basis=claim.deadline_basis,
                outcome=outcome,
                became_known_on=known_on
                or outcomes.default_known_day(outcome, claim.deadline, today),
            ),
            facts,
        )
        for outcome in COMPARED
    }
    return [
        Line(
            report=by_pk[standings[0].report],
            relay=standings[0].relay,
            effects=tuple(
                Effect(
                    outcome=str(ClaimOutcome(outcome).label),
                    credit=standing.credit.value,
                    words=str(Credit(standing.credit).label),
                    reason=str(Reason(standing.reason).label),
                )
                for outcome, standing in zip(COMPARED, standings, strict=True)
            ),
        )
        for standings in zip(*settled.values(), strict=True)
    ]
