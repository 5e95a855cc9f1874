"""Signs of life of the processes, for the desk and for `/healthz`."""

from __future__ import annotations

from datetime import datetime, timedelta

from verification.models import Heartbeat

#: `COMMAND` is `send_reminders`, which does the work of both for those who run cron; `SWEEP` is a
#: sweep that came to its end, whoever did it.
BEAT, WORKER, COMMAND, SWEEP = "beat", "worker", "command", "sweep"
#: A process that has been silent for longer is taken for dead.
SILENT_AFTER = timedelta(minutes=3)
#: Cron's pace is slower: the command may be silent for three runs at five minutes.
COMMAND_SILENT_AFTER = timedelta(minutes=15)
#: The command stands for a process that was never seen, or not for so long: one that fell silent
#: today has died, whoever runs the command by hand beside it.
COMMAND_STANDS_AFTER = timedelta(days=1)


def record(*, name: str, now: datetime) -> None:
    """Notes that the process did its work at `now`."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=now)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )
