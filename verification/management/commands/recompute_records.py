"""Computes every position and tally anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from verification.services import records


class Command(BaseCommand):
    """Computes every position and tally anew."""

    help = "Computes every position and tally anew, from reports and verdicts."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{records.recompute()} positions recomputed.")
