"""Which request and which task is at work, from the first log line to the last.

A request has an id: the one that the web server in front gave it, where that is well-formed, or one
of our own. It goes with the tasks that the request starts, and with those that they start.
"""

from __future__ import annotations

import itertools
import os
import re
import time
from contextvars import ContextVar
from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun

from tracker.measures import TASKS
from tracker.tally import tally

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
TASK_ID: ContextVar[str] = ContextVar("task_id", default="")
#: What an id of somebody else's may look like. It is printed in logs and sent in headers.
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}", re.ASCII)
#: The header of a task's message.
HEADER = "request_id"

_began: ContextVar[float] = ContextVar("began", default=0.0)


class Ids:
    """New ids: random for each process, and counted in it, which takes less than to draw each."""

    def __init__(self) -> None:
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._first = os.urandom(12).hex()
        self._count = itertools.count(1)

    def new(self) -> str:
        """One that nobody has had."""
        return f"{self._first}{next(self._count):08x}"


_ids = Ids()


def request_id(given: str) -> str:
    """The id that was given, if it is one; else a new one."""
    return given if given and WELL_FORMED.fullmatch(given) else _ids.new()


@before_task_publish.connect
def send_along(headers: dict[str, Any] | None = None, **_kwargs: object) -> None:
    """Sends the id of the request at hand along with the task that it starts."""
    at_hand = REQUEST_ID.get()
    if at_hand and headers is not None:
        headers[HEADER] = at_hand


@task_prerun.connect
def begin(task_id: str = "", task: Any = None, **_kwargs: object) -> None:
    """A task begins: its log lines have its id, and that of the request behind it."""
    TASK_ID.set(task_id)
    came_with = getattr(task.request, HEADER, None)
    if isinstance(came_with, str) and WELL_FORMED.fullmatch(came_with):
        REQUEST_ID.set(came_with)
    _began.set(time.perf_counter())


@task_postrun.connect
def end(task: Any = None, state: str | None = None, **_kwargs: object) -> None:
    """A task has ended, well or not."""
    if began := _began.get():
        took = time.perf_counter() - began
        tally.observe(TASKS, took, task.name, (state or "unknown").lower())
    _began.set(0.0)
    TASK_ID.set("")
    REQUEST_ID.set("")
