"""Who had it from whom: the reports of one claim as chains that begin at their origins.

A report that credits nobody is an origin. A relay hangs under the source that it credits: under
that source's own report where one is logged, else under a place kept for it. What a source reports
again hangs under its first report. So each chain has one beginning, and the number of chains says
how many independent origins a rumour really has, however often it was repeated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from verification.domain.credit import ReportFacts


@dataclass(slots=True)
class Link:
    """One place in a chain: a report, or (`report` none) a source that is only credited.

    `source` and `report` are the numbers of `ReportFacts`. What hangs `under` it is oldest first.
    """

    source: int
    report: int | None
    under: list[Link] = field(default_factory=list)


def chains(reports: Iterable[ReportFacts]) -> list[Link]:
    """The chains of one claim, by the day on which each was first heard of.

    Every report stands in exactly one place. A relay hangs under a report of another relay only if
    that one is not younger, so sources that credit each other make no circle.
    """
    in_order = sorted(reports, key=lambda report: (report.published_on, report.order))
    links = {report.order: Link(report.source, report.order) for report in in_order}
    # An origin stands for its source whenever it was published: pages are dated late, or again.
    origin: dict[int, Link] = {}
    for report in in_order:
        if report.via is None:
            origin.setdefault(report.source, links[report.order])
    relayed: dict[int, Link] = {}
    kept: dict[int, Link] = {}
    found: list[Link] = []

    def place(source: int) -> Link:
        if source in origin:
            return origin[source]
        if source in relayed:
            return relayed[source]
        if source not in kept:
            kept[source] = Link(source, None)
            found.append(kept[source])
        return kept[source]

    for report in in_order:
        link = links[report.order]
        if report.via is not None:
            place(report.via).under.append(link)
            relayed.setdefault(report.source, link)
        elif origin[report.source] is link:
            found.append(link)
        else:
            origin[report.source].under.append(link)
    return found
