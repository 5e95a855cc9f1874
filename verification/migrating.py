"""How long a migration may wait and work, on PostgreSQL, while the newsroom goes on.

A change of a table waits until nobody reads it, and whoever comes after waits behind it. So it
waits for a few seconds only, and fails: nothing has changed then, and it is tried again. What it
does once it has its locks may take as long as it takes.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections


def before_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `pre_migrate`."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('lock_timeout', %s, false), "
                "set_config('statement_timeout', '0', false), "
                "set_config('idle_in_transaction_session_timeout', '0', false)",
                [f"{settings.MIGRATION_LOCK_SECONDS * 1000:.0f}"],
            )


def after_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`. What is put up after this must not be missing: it may wait."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
            cursor.execute("RESET statement_timeout")
            cursor.execute("RESET idle_in_transaction_session_timeout")
