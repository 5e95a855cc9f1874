"""Claims as the lists of the desk show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verification.domain import outcomes
from verification.domain.outcomes import Status
from verification.models import Claim, Report
from verification.models.choices import ClaimStatus
from verification.querysets import ClaimQuerySet

#: How many sources a row names before it counts the rest.
NAMED = 2


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with what a row says of it. `days` counts from today to the deadline."""

    claim: Claim
    status: str
    status_words: str
    sources: tuple[str, ...]
    more_sources: int
    days: int
    when: str

    @property
    def awaiting(self) -> bool:
        """Whether the deadline has passed and nobody has decided."""
        return self.status == Status.AWAITING

    @property
    def undecided(self) -> bool:
        """Whether somebody still has to decide."""
        return self.status in outcomes.UNDECIDED

    @property
    def source_count(self) -> int:
        """How many sources reported it."""
        return len(self.sources) + self.more_sources


def with_all(claims: ClaimQuerySet) -> ClaimQuerySet:
    """The claims with all that their rows show, in a fixed number of queries."""
    reports = Report.objects.select_related("source").order_by("published_on", "id")
    return claims.select_related("beat", "assignee", "logged_by", "verdict").prefetch_related(
        Prefetch("reports", reports)
    )


def rows(claims: Iterable[Claim], today: date) -> list[ClaimRow]:
    """The rows of claims that were read by `with_all`."""
    return [row(claim, today) for claim in claims]


def row(claim: Claim, today: date) -> ClaimRow:
    """The row of one claim that was read by `with_all`."""
    status = outcomes.status(claim.outcome, claim.deadline, today)
    # Who reported it of their own comes before who passed it on.
    reports = sorted(claim.reports.all(), key=lambda report: report.via_id is not None)
    names = tuple(dict.fromkeys(report.source.name for report in reports))
    return ClaimRow(
        claim=claim,
        status=status,
        status_words=str(ClaimStatus(status).label),
        sources=names[:NAMED],
        more_sources=len(names[NAMED:]),
        days=(claim.deadline - today).days,
        when=distance((claim.deadline - today).days),
    )


def distance(days: int) -> str:
    """A number of days from today in words: “3 days ago”, “today”, “in 2 weeks”."""
    if days in (-1, 0, 1):
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    number, past = abs(days), days < 0
    if number < 14:
        words = (
            ngettext("%(n)d day ago", "%(n)d days ago", number)
            if past
            else ngettext("in %(n)d day", "in %(n)d days", number)
        )
        return words % {"n": number}
    if number < 60:
        number = round(number / 7)
        words = (
            ngettext("%(n)d week ago", "%(n)d weeks ago", number)
            if past
            else ngettext("in %(n)d week", "in %(n)d weeks", number)
        )
        return words % {"n": number}
    if number < 700:
        number = round(number / 30.44)
        words = (
            ngettext("%(n)d month ago", "%(n)d months ago", number)
            if past
            else ngettext("in %(n)d month", "in %(n)d months", number)
        )
        return words % {"n": number}
    number = round(number / 365.25)
    words = (
        ngettext("%(n)d year ago", "%(n)d years ago", number)
        if past
        else ngettext("in %(n)d year", "in %(n)d years", number)
    )
    return words % {"n": number}
