"""The chains of a claim's reports, with the rows that a template prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verification.domain import chains
from verification.domain.chains import Link
from verification.domain.credit import ReportFacts
from verification.models import Report, Source


@dataclass(frozen=True, slots=True)
class Place:
    """A report with what hangs under it; without a report, a source that is only credited."""

    source: Source
    report: Report | None
    under: tuple[Place, ...]


def drawn(reports: Sequence[Report]) -> tuple[Place, ...]:
    """The chains of one claim. `reports` come with their `source` and `via`."""
    rows = {report.pk: report for report in reports}
    sources = {report.source_id: report.source for report in reports}
    sources |= {report.via.pk: report.via for report in reports if report.via is not None}

    def place(link: Link) -> Place:
        return Place(
            source=sources[link.source],
            report=None if link.report is None else rows[link.report],
            under=tuple(place(below) for below in link.under),
        )

    facts = [
        ReportFacts(
            order=report.pk,
            source=report.source_id,
            published_on=report.published_on,
            stance=report.stance,
            via=report.via_id,
        )
        for report in reports
    ]
    return tuple(place(link) for link in chains.chains(facts))
