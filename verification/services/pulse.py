"""Signs of life of the processes, for the desk and for `/healthz`."""

from __future__ import annotations

from datetime import datetime, timedelta

from verification.models import Heartbeat

BEAT, WORKER = "beat", "worker"
#: A process that has been silent for longer is taken for dead.
SILENT_AFTER = timedelta(minutes=3)


def record(*, name: str, now: datetime) -> None:
    """Notes that the process did its work at `now`."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=now)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )
