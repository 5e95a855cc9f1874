"""Compares what is kept with a full recompute."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from verification.management.base import NewsroomCommand
from verification.management.counting import Counting
from verification.services import recomputing


class Command(NewsroomCommand):
    """Compares what is kept with a full recompute."""

    help = (
        "Compares positions, tallies and past days with a full recompute; exit 1 and the "
        "differences if any, each as it is found."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counting = Counting(self.stderr, "claims compared", verbosity=options["verbosity"])
        found = 0
        for difference in recomputing.compare(counting.told):
            counting.end()
            self.stderr.write(str(difference))
            found += 1
        counting.end()
        if found:
            raise CommandError(f"{found} differences. `recompute_records` puts the records right.")
        self.stdout.write("The records equal a full recompute.")
