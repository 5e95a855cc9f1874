"""Django's `migrate`, after which the triggers stand, also where it failed."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from verification import triggers


class Command(migrate.Command):
    """Django's own, which sends no signal where a migration fails."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrates. Where that fails, puts up again what was taken down, and fails."""
        try:
            super().handle(*args, **options)
        except BaseException:
            for fault in triggers.after_failure(options["database"]):
                self.stderr.write(f"A trigger is down until a migration succeeds. {fault}")
            raise
