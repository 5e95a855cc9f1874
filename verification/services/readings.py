"""When the page of a report is read again.

While the claim is open, at most once a day and ever more seldom as long as nothing changes; once
more when its verdict lands. A page that cannot be read is tried again ever later, and in the end
given up. Whoever means to read a page says so first: the next reading is put off and a failure
counted, which a reading that ends well takes back. So no page is taken twice, and one that kills
its reader is given up like any other that cannot be read.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F

from verification.models import Claim, Report, Rereading
from verification.models.choices import ReadFault

#: The first wait, which doubles with every reading that finds nothing new, up to the longest.
FIRST_WAIT, LONGEST_WAIT = timedelta(days=1), timedelta(days=14)
#: For how long a page that was taken is left to whoever took it.
HOLD = timedelta(hours=1)
#: After so many failures in a row nobody tries any more.
FAILURES_MAX = 8
#: Due pages among which those of different hosts are sought.
LOOKED_AT = 100


def begin(report: Report, now: datetime) -> None:
    """The page was read for the first time: it is read again if the claim is still open then."""
    if report.url:
        Rereading.objects.get_or_create(report=report, defaults={"next_at": now + FIRST_WAIT})


def at_verdict(claim: Claim, now: datetime) -> None:
    """Once more now that a verdict has landed; from now on again, if it was taken back."""
    Rereading.objects.filter(report__claim=claim).update(next_at=now, failures=0)


def take(report: Report, now: datetime) -> None:
    """Takes one page, whether it is due or not."""
    Rereading.objects.get_or_create(report=report)
    _take([report.pk], now)


@transaction.atomic
def take_due(now: datetime, *, most: int) -> list[Report]:
    """Takes up to `most` pages that are due, no two of them from one host."""
    # Those that were begun so often and never ended killed their readers.
    Rereading.objects.filter(next_at__lte=now, failures__gte=FAILURES_MAX).update(next_at=None)
    due = (
        Rereading.objects.filter(next_at__lte=now)
        .order_by("next_at", "id")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("report_id", "report__url")[:LOOKED_AT]
    )
    first: dict[str | None, int] = {}
    for report, url in due:
        first.setdefault(urlsplit(url).hostname, report)
    taken = list(first.values())[:most]
    _take(taken, now)
    return list(
        Report.objects.filter(pk__in=taken).select_related("claim", "source").order_by("id")
    )


def _take(reports: Collection[int], now: datetime) -> None:
    Rereading.objects.filter(report__in=reports).update(
        next_at=now + HOLD, failures=F("failures") + 1
    )


def went_well(report: Report, now: datetime, *, changed: bool) -> None:
    """The page was read. After a verdict that was the last time."""
    rows = Rereading.objects.filter(report=report)
    row = rows.first()
    if row is None:
        return
    steady = 0 if changed else min(row.steady + 1, 10)
    rows.update(
        steady=steady,
        failures=0,
        last_error="",
        failed_at=None,
        next_at=None if report.claim.outcome else now + _wait(steady),
    )


def went_wrong(report: Report, fault: ReadFault, now: datetime) -> None:
    """The page could not be read."""
    rows = Rereading.objects.filter(report=report)
    row = rows.first()
    if row is None:
        return
    given_up = row.failures >= FAILURES_MAX
    rows.update(
        last_error=fault, failed_at=now, next_at=None if given_up else now + _wait(row.failures - 1)
    )


def _wait(times: int) -> timedelta:
    return min(FIRST_WAIT * (1 << max(times, 0)), LONGEST_WAIT)
