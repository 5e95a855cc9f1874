"""Signs of life."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a kind of process last did its work.

    `beat` gave out a task, `worker` took one up, `command` is `send_reminders`, and
    `sweep` a sweep that came to its end.
    """

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
