"""What the processes count and time as they work: names, units and labels, as operators see them.

The names are part of what an installation offers: dashboards and alerts hang on them.
"""

from __future__ import annotations

from dataclasses import dataclass

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A counter, or with `buckets` (upper bounds, ascending, in the unit of its name) a histogram.

    No label may hold what a client sends: each value that it ever had is kept.
    """

    name: str
    help: str
    labels: tuple[str, ...]
    buckets: tuple[float, ...] = ()


REQUESTS = Measure(
    "borneout_http_request_duration_seconds",
    "Time from a request's arrival to the end of its answer, by view and status.",
    ("view", "status"),
    (0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
TASKS = Measure(
    "borneout_task_duration_seconds",
    "Time that a task took, by task and by how it ended.",
    ("task", "state"),
    (0.05, 0.25, 1, 5, 15, 60, 300),
)
MESSAGES = Measure(
    "borneout_messages_total",
    "Attempts to send a message, by its kind and by what became of it.",
    ("kind", "became"),
)
DELIVERIES = Measure(
    "borneout_webhook_deliveries_total",
    "Attempts to tell a webhook of an event, by what became of it.",
    ("event", "became"),
)
UNREACHABLE = Measure(
    "borneout_mail_server_unreachable_total",
    "Batches of mail that ended because the mail server could not be reached.",
    (),
)
VERDICTS = Measure(
    "borneout_verdict_latency_seconds",
    "Time from the end of a claim's deadline to its first verdict; an earlier verdict counts as 0.",
    ("outcome",),
    (0, DAY / 4, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY),
)

ALL = (REQUESTS, TASKS, MESSAGES, DELIVERIES, UNREACHABLE, VERDICTS)
