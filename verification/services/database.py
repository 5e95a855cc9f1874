"""Whether the database answers, and soon."""

from __future__ import annotations

from django.db import Error as DatabaseError
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

#: How long a server may take to answer, in seconds; its library takes no less than two.
PATIENCE = 2


def answers() -> bool:
    """Whether the database answers within `PATIENCE`.

    A server is asked over a new connection: one that is open already and whose other end is frozen,
    or behind a dead line, could be waited for as long as the system pleases.
    """
    if connection.vendor != "postgresql":
        return _ask(connection)
    fresh = connection.copy()
    options = fresh.settings_dict.get("OPTIONS", {})
    fresh.settings_dict = fresh.settings_dict | {
        "OPTIONS": options | {"connect_timeout": PATIENCE},
        "CONN_HEALTH_CHECKS": False,
    }
    try:
        return _ask(fresh)
    finally:
        fresh.close()


def _ask(of: BaseDatabaseWrapper) -> bool:
    try:
        with of.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
