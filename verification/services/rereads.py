"""Reading pages again, a few at a time."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime

from verification.models.choices import ReadFault
from verification.services import readings, snapshots
from verification.services.connecting import UnreadError
from verification.services.errors import Conflict

log = logging.getLogger(__name__)

#: Pages of one batch: at ten seconds each it ends well before the broker gives the task out again.
BATCH = 5


def reread_due(*, now: datetime, most: int = BATCH) -> Counter[str]:
    """Reads up to `most` pages that are due, each of another host, and counts what came of them.

    A page that cannot be read is noted with its report and holds up none of the others.
    """
    done: Counter[str] = Counter()
    for report in readings.take_due(now, most=most):
        try:
            found = snapshots.reread(actor=None, report=report, now=now)
        except UnreadError:
            done["unread"] += 1
        except Conflict:
            done["withdrawn"] += 1
        except Exception:
            log.exception("the page of report %s cannot be read", report.pk)
            readings.went_wrong(report, ReadFault.BROKEN, now)
            done["unread"] += 1
        else:
            done["changed" if found.edited and found.read_at == now else "read"] += 1
    return done
