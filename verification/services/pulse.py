"""Signs of life of the processes, for the desk and for `/healthz`.

A process that stops in an orderly way takes its sign back, so that nobody counts it as alive after
a restart. One that is killed cannot: its sign runs out.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from verification.models import Heartbeat

#: `COMMAND` is `send_reminders`, which does the work of both for those who run cron; `SWEEP` is a
#: sweep that came to its end, whoever did it.
BEAT, WORKER, COMMAND, SWEEP = "beat", "worker", "command", "sweep"
#: Ticks that may be missed before a process is taken for dead.
MISSED = 3
#: However fast the ticks are, it is given so long: beat for a slow database, a worker for what it
#: is at, which may be a long mail queue.
BEAT_AT_LEAST, WORKER_AT_LEAST = timedelta(minutes=1), timedelta(minutes=3)
#: Cron's pace is slower: the command may be silent for three runs at five minutes.
COMMAND_SILENT_AFTER = timedelta(minutes=15)
#: The command stands for a process that was never seen, or not for so long: one that fell silent
#: today has died, whoever runs the command by hand beside it.
COMMAND_STANDS_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Process:
    """A process of ours: which one, and when it began."""

    name: str
    since: datetime


#: What this process is, once it has said so; the processes that it forks are the same one.
_own: dict[str, Process] = {}


def silent_after(name: str) -> timedelta:
    """For how long beat or a worker may be silent: a few of its ticks."""
    ticks = timedelta(seconds=MISSED * settings.REMINDER_SWEEP_SECONDS)
    return max(ticks, BEAT_AT_LEAST if name == BEAT else WORKER_AT_LEAST)


def begin(*, name: str, now: datetime) -> None:
    """Says which process this is: its signs from now on bear its name and its beginning."""
    host = socket.gethostname()[:80]
    _own[name] = Process(f"{host}:{os.getpid()}", now)


def record(*, name: str, now: datetime) -> None:
    """Notes that the process did its work at `now`."""
    own = _own.get(name)
    Heartbeat.objects.bulk_create(
        [
            Heartbeat(
                name=name,
                at=now,
                process=own.name if own else "",
                since=own.since if own else None,
            )
        ],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at", "process", "since", "stopped_at"],
    )


def end(*, name: str, now: datetime) -> None:
    """Takes this process's last sign of life back; another one's stands."""
    own = _own.pop(name, None)
    if own is not None:
        Heartbeat.objects.filter(name=name, process=own.name).update(stopped_at=now)
