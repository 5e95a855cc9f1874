"""Computes every position, tally and past day anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from verification.management.base import NewsroomCommand
from verification.management.counting import Counting
from verification.services import recomputing, summing


class Command(NewsroomCommand):
    """Computes every position, tally and past day anew."""

    help = "Computes every position, tally and past day anew, from reports and verdicts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether only a part is to be put right."""
        only = parser.add_mutually_exclusive_group()
        only.add_argument(
            "--past",
            action="store_true",
            help="past days only, some claims at a time, while the newsroom goes on",
        )
        only.add_argument(
            "--sums",
            action="store_true",
            help="tallies and breakdowns only, from the positions as they are: seconds",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sums"]:
            self.stdout.write(f"{summing.sum_up()} records summed up.")
            return
        counting = Counting(self.stderr, "claims computed", verbosity=options["verbosity"])
        if options["past"]:
            recomputing.catch_up(counting.told)
            counting.end()
            self.stdout.write("Past days are summed up.")
            return
        made = recomputing.recompute(counting.told)
        counting.end()
        self.stdout.write(f"{made} positions recomputed.")
