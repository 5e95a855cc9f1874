"""Verifies the ledger's chain."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from verification.models import LedgerEntry
from verification.services import ledger


class Command(BaseCommand):
    """Verifies the ledger's chain."""

    help = "Verifies the hash chain of the ledger; exit 1 where it breaks."

    def handle(self, *args: Any, **options: Any) -> None:
        entries = LedgerEntry.objects.order_by("number")
        broken = ledger.broken_at(entries.iterator(chunk_size=1000))
        if broken is not None:
            raise CommandError(f"The chain breaks at entry {broken}.")
        last = entries.last()
        head = last.hash if last else "no entry yet"
        self.stdout.write(f"The chain holds: {entries.count()} entries, head {head}.")
