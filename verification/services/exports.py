"""Exporting what is kept, in the formats in which it can come in again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from verification.models import Claim, Source
from verification.querysets import ClaimQuerySet
from verification.services import sourcenames
from verification.services.claimfields import Row

#: Claims that are in hand at once: their number does not matter to the memory of an export.
AT_ONCE = 500


def export_rows(claims: ClaimQuerySet | None = None) -> Iterator[Row]:
    """Every claim, or those that are given, oldest first, as a claims file has them.

    Internal ones too: whoever calls it sees to it that they reach only those who may read them.
    """
    found = (
        (Claim.objects.all() if claims is None else claims)
        .select_related("beat", "assignee", "verdict")
        .prefetch_related("reports__source", "reports__via", "verdict__evidence")
        .order_by("id")
    )
    # By their keys: a cursor would have to be held open for as long as somebody takes to read.
    last = 0
    while chunk := list(found.filter(pk__gt=last)[:AT_ONCE]):
        last = chunk[-1].pk
        yield from map(export_row, chunk)


def export_sources() -> Iterator[Row]:
    """Every source that was not merged into another, by name."""
    found = Source.objects.filter(merged_into=None).prefetch_related("aliases", "domains")
    for source in found.order_by("name", "id").iterator(chunk_size=AT_ONCE):
        yield {
            "name": source.name,
            "kind": source.kind,
            "homepage": source.homepage or None,
            "language": source.language or None,
            "aliases": sourcenames.aliases_of(source),
            "domains": sourcenames.domains_of(source),
        }


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
