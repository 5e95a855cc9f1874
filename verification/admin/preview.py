"""What each outcome would do to the sources' records, before anybody decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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
