"""Finding what is due among open claims, beside a full scan with an anti-join."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from benchmarks.frame import Figures, Line, Place, side_by_side

PLACES = (Place("sqlite-open"),)
DUE = 100


def measure(place: Place) -> dict[str, float]:
    """Milliseconds of finding `DUE` claims, of finding none, and of the scan."""
    from django.db import connection, transaction

    from verification.models import Claim

    now = datetime.now(UTC)
    soon = (now + timedelta(days=25)).date()

    def scan() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.id FROM verification_claim c NOT INDEXED "
                "LEFT JOIN verification_reminder r ON r.claim_id = c.id "
                "AND r.deadline = c.deadline AND r.stage = 'heads-up' "
                "WHERE c.outcome = '' AND c.deadline <= %s AND r.id IS NULL",
                [soon.isoformat()],
            )
            cursor.fetchall()

    def find() -> None:
        list(Claim.objects.due(now).values_list("pk", flat=True)[:500])

    found = side_by_side({"nothing": find})
    with transaction.atomic():
        keys = list(Claim.objects.order_by("?").values_list("pk", flat=True)[:DUE])
        Claim.objects.filter(pk__in=keys).update(next_reminder_at=now)
        found |= side_by_side({"due": find, "scan": scan})
        transaction.set_rollback(True)
    return found


def lines(figures: Mapping[tuple[str, int], Figures]) -> list[Line]:
    """Ours by the scan's, and with nothing due by one millisecond."""
    return [
        line
        for (_kind, claims), found in figures.items()
        for line in (
            Line(f"find {DUE} due among {claims:,} open claims", "full scan with anti-join",
                 found["scan"], found["due"], "ms", "<= 0.0025"),
            Line(f"find nothing due among {claims:,} open claims", "one millisecond",
                 1.0, found["nothing"], "ms", "<= 1"),
        )
    ]  # fmt: skip
