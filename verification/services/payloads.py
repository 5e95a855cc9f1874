"""A claim as the API's JSON has it, for whom it is sent to without being asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings

from verification import newsroom
from verification.domain import outcomes
from verification.models import Claim, Report, Verdict


def read(pk: int, now: datetime) -> dict[str, object]:
    """The claim as it stands in the database, in a fixed number of queries."""
    rows = Claim.objects.select_related(
        "beat", "assignee", "verdict__decided_by", "verdict__confirmed_by"
    )
    found = rows.prefetch_related("reports__source", "reports__via", "verdict__evidence")
    return claim_json(found.get(pk=pk), newsroom.day(now))


def claim_json(claim: Claim, today: date) -> dict[str, object]:
    """What the API answers for the claim on this day of the newsroom."""
    return {
        "slug": claim.slug,
        "version": claim.version,
        "url": settings.SITE_URL + claim.get_absolute_url(),
        "statement": claim.statement,
        "criteria": claim.criteria,
        "language": claim.language,
        "beat": claim.beat.slug,
        "deadline": claim.deadline.isoformat(),
        "deadline_text": claim.deadline_text,
        "deadline_precision": claim.deadline_precision,
        "deadline_basis": claim.deadline_basis,
        "status": outcomes.status(claim.outcome, claim.deadline, today),
        "public": claim.public,
        "assignee": claim.assignee.username if claim.assignee else None,
        "logged_at": instant(claim.logged_at),
        "first_reported_on": _day(claim.first_reported_on),
        "reports": [_report(report) for report in claim.reports.all()],
        "verdict": _verdict(claim.verdict) if claim.verdict else None,
    }


def instant(moment: datetime) -> str:
    """A time in UTC, as the API writes it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _report(report: Report) -> dict[str, object]:
    return {
        "source": report.source.slug,
        "author": report.author,
        "url": report.url,
        "published_on": _day(report.published_on),
        "stance": report.stance,
        "certainty": report.certainty or None,
        "hedge": report.hedge,
        "via": report.via.slug if report.via else None,
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    told: dict[str, object] = {
        "outcome": verdict.outcome,
        "became_known_on": _day(verdict.became_known_on),
        "decided_at": instant(verdict.decided_at),
        "decided_by": verdict.decided_by.username,
        "confirmed_by": verdict.confirmed_by.username if verdict.confirmed_by else None,
        "rationale": verdict.rationale,
        "evidence": [
            {"title": row.title, "url": row.url, "published_on": _day(row.published_on)}
            for row in verdict.evidence.all()
        ],
    }
    if verdict.correction:
        told["correction"] = verdict.correction
    return told


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
