"""One full sweep and drain, for those who run cron instead of Celery."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from verification.management.base import NewsroomCommand
from verification.services import messages, pulse, sweeping
from verification.services.importing import uploads


class Command(NewsroomCommand):
    """One full sweep and drain, for those who run cron instead of Celery."""

    help = "Finds who has to be told what by now, sends it, and exits."

    def handle(self, *args: Any, **options: Any) -> None:
        # For those who run it by cron it is the sign of life of worker and beat at once.
        pulse.record(name=pulse.COMMAND, now=timezone.now())
        found = sweeping.sweep(now=timezone.now())
        done = messages.drain(clock=timezone.now)
        uploads.forget_old(timezone.now())
        for key in uploads.due(timezone.now()):
            uploads.work(key, clock=timezone.now)
        self.stdout.write(
            f"{found.claims} claims looked at, {found.messages} messages written; "
            + (", ".join(f"{number} {state}" for state, number in sorted(done.items())) or "0 sent")
            + "."
        )
        if found.unreachable:
            self.stderr.write(
                f"{found.unreachable} claims are due and nobody can be told: give them an assignee "
                "with an address, or their beat an editor."
            )
