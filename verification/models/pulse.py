"""Signs of life."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a kind of process last did its work.

    `beat` gave out a task, `worker` took one up, `command` is `send_reminders`, and
    `sweep` a sweep that came to its end. `process` says which one it was and `since` when that one
    began; `stopped_at`, when it took its leave: from then on the sign is nobody's.
    """

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    process = models.CharField(max_length=100, default="", db_default="")
    since = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
