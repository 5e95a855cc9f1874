"""Exporting what is kept, in the formats in which it can come in again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from verification.models import Claim
from verification.services.claimfile import Row


def export_rows() -> Iterator[Row]:
    """Every claim, oldest first, as a claims file has it."""
    found = (
        Claim.objects.select_related("beat", "assignee", "verdict")
        .prefetch_related("reports__source", "reports__via", "verdict__evidence")
        .order_by("id")
    )
    for claim in found.iterator(chunk_size=500):
        yield export_row(claim)


def export_row(claim: Claim) -> Row:
    """One claim as a claims file has it; what belongs to it should be fetched already."""
    verdict = claim.verdict
    return {
        "id": claim.slug,
        "language": claim.language,
        "statement": claim.statement,
        "criteria": claim.criteria,
        "beat": claim.beat.name,
        "deadline": claim.deadline.isoformat(),
        "deadline_text": claim.deadline_text,
        "deadline_precision": claim.deadline_precision,
        "deadline_basis": claim.deadline_basis,
        "assignee": claim.assignee.username if claim.assignee else None,
        "public": claim.public,
        "reports": [
            {
                "source": report.source.name,
                "author": report.author or None,
                "url": report.url,
                "published": report.published_on.isoformat(),
                "headline": report.headline or None,
                "stance": report.stance,
                "certainty": report.certainty or None,
                "hedge": report.hedge,
                "via": report.via.name if report.via else None,
            }
            for report in claim.reports.all()
        ],
        "outcome": claim.outcome or None,
        "outcome_date": _iso(verdict.became_known_on) if verdict else None,
        "rationale": verdict.rationale if verdict else "",
        "evidence": [
            {"title": row.title, "url": row.url, "published": _iso(row.published_on)}
            for row in (verdict.evidence.all() if verdict else [])
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
