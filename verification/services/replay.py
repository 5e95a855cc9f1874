"""The record as it was known on a past day, and over matured claims only: from the history itself.

The kept tallies say what is known now. What was known at the end of an earlier day follows from the
rows that stood then: reports by the time they were logged, verdicts by the time they were given. A
verdict is never edited, so the replay gives today what it would have given on that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from verification import newsroom
from verification.domain import credit, deadlines
from verification.domain.courses import FIRST, TALLY_OF
from verification.domain.credit import ClaimFacts, ReportFacts, Standing
from verification.domain.outcomes import Outcome
from verification.models import Beat, Claim, Report, Source, Verdict
from verification.querysets import ClaimQuerySet
from verification.services.past import TALLIES


def standings(
    *,
    beat: Beat | None,
    as_of: date,
    matured: bool,
    internal: bool,
    source: Source | None = None,
    only: QuerySet[Claim] | None = None,
) -> Iterator[Standing]:
    """The positions as they stood at the end of `as_of`.

    Those of one source where it is given, and on some claims `only`.
    """
    end = deadlines.due_instant(as_of, newsroom.zone())
    claims = _claims(beat=beat, as_of=as_of, matured=matured, internal=internal)
    if source is not None:
        claims = claims.filter(reports__source=source)
    if only is not None:
        claims = claims.filter(pk__in=only.values("pk"))
    basis = dict(claims.values_list("id", "deadline_basis").distinct())

    verdict: dict[int, tuple[str, date | None]] = {}
    for claim, outcome, known_on in (
        Verdict.objects.filter(decided_at__lt=end, claim__in=claims)
        .order_by("id")
        .values_list("claim_id", "outcome", "became_known_on")
    ):
        verdict[claim] = ("", None) if outcome == Outcome.REOPENED else (outcome, known_on)

    reports: dict[int, list[ReportFacts]] = {}
    for claim, order, reporting, published_on, stance, certainty, via in Report.objects.filter(
        logged_at__lt=end, claim__in=claims
    ).values_list("claim_id", "id", "source_id", "published_on", "stance", "certainty", "via_id"):
        reports.setdefault(claim, []).append(
            ReportFacts(order, reporting, published_on, stance, certainty, via)
        )

    for claim, facts in reports.items():
        outcome, known_on = verdict.get(claim, ("", None))
        for standing in credit.settle(ClaimFacts(basis[claim], outcome, known_on), facts):
            if source is None or standing.source == source.pk:
                yield standing


def _claims(*, beat: Beat | None, as_of: date, matured: bool, internal: bool) -> ClaimQuerySet:
    claims = Claim.objects.all()
    if beat is not None:
        claims = claims.filter(beat=beat)
    if not internal:
        claims = claims.public()
    return claims.matured(as_of) if matured else claims


def tallies(
    *,
    beat: Beat | None,
    as_of: date,
    matured: bool,
    internal: bool,
    only: QuerySet[Claim] | None = None,
) -> dict[int, dict[str, int]]:
    """The tallies of each source, by the same names as the kept ones."""
    found: dict[int, dict[str, int]] = {}
    for standing in standings(
        beat=beat, as_of=as_of, matured=matured, internal=internal, only=only
    ):
        sums = found.setdefault(standing.source, dict.fromkeys(TALLIES, 0))
        sums[TALLY_OF[standing.credit]] += 1
        sums[FIRST] += standing.first
    return found
