"""`export_ledger`: the ledger as JSON Lines, for the newsroom's own archive."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from verification.management.base import NewsroomCommand
from verification.management.piping import read_while_wanted
from verification.services import ledgerexport


class Command(NewsroomCommand):
    """Writes the ledger to stdout, an entry on each line."""

    help = "Writes the ledger to stdout as JSON Lines, for `verify_ledger FILE`."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose ledger it is, and where it begins."""
        parser.add_argument(
            "--public", action="store_true", help="only what the public export says, too"
        )
        parser.add_argument(
            "--after", metavar="NUMBER", type=int, default=0, help="begin after this entry"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Streams: the memory that it takes does not grow with the entries."""
        found = ledgerexport.lines(public=options["public"], after=options["after"])
        with read_while_wanted(self.stdout):
            for line in found:
                self.stdout.write(line.decode(), ending="")
