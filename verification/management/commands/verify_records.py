"""Compares what is kept with a full recompute."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from verification.services import records


class Command(BaseCommand):
    """Compares what is kept with a full recompute."""

    help = (
        "Compares positions and tallies with a full recompute; exit 1 and the differences if any."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = records.differences()
        for difference in found:
            self.stderr.write(str(difference))
        if found:
            raise CommandError(
                f"{len(found)} differences. `recompute_records` puts the records right."
            )
        self.stdout.write("The records equal a full recompute.")
