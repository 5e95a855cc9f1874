"""How PostgreSQL and Redis are talked to, so that one that falls silent is noticed.

A host whose line is cut says no farewell, and by itself nobody misses it: what was sent is sent
again for a quarter of an hour, and who only waits for an answer waits for two hours. That holds for
both ends. A worker would hang; and the database would keep locked what a worker had in hand that is
not there any more, so that nobody else could take it.
"""

from __future__ import annotations

import math
import socket
from typing import Any
from urllib.parse import urlsplit


def keepalive(silence: float) -> dict[str, int]:
    """What a TCP connection has to do to be over after `silence` seconds without a sign of life.

    Who owes nothing is asked whether they are there after half of the time, and then at short
    intervals until it is over. The last is in milliseconds, the others are in seconds.
    """
    idle, interval = max(1, int(silence / 2)), max(1, int(silence / 8))
    return {
        "keepalives_idle": idle,
        "keepalives_interval": interval,
        "keepalives_count": max(1, math.ceil((silence - idle) / interval)),
        "tcp_user_timeout": int(silence * 1000),
    }


def to_connect(silence: float) -> int:
    """How long connecting may take: whole seconds, two at least, as PostgreSQL's library has it."""
    return max(2, min(10, int(silence / 2)))


def database(found: dict[str, Any], *, silence: float, idle: int, statement: int) -> dict[str, Any]:
    """Django's settings of a database, from what its address says.

    The times are in seconds: `silence` until the other end is given up, `idle` until the database
    ends a transaction in which nothing happens, and `statement` until it ends a statement. 0 stands
    for no end.
    """
    # To open one, and to say the pragmas, would take longer than most answers.
    kept = found | {"CONN_MAX_AGE": 60}
    if found["ENGINE"] == "django.db.backends.sqlite3":
        return kept | {
            "OPTIONS": {
                # A transaction that means to write takes its lock at BEGIN and waits for it there.
                # Upgrading a read lock later fails at once, "database is locked", whatever the
                # time-out.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                ),
            }
        }
    ends = keepalive(silence)
    # The other end is told to look after the line as well: it would keep its locks for two hours.
    server = {f"tcp_{name}" if name.startswith("keep") else name: ends[name] for name in ends} | {
        "idle_in_transaction_session_timeout": idle * 1000,
        "statement_timeout": statement * 1000,
    }
    ours = ends | {
        "connect_timeout": to_connect(silence),
        "options": " ".join(f"-c {name}={value}" for name, value in server.items()),
    }
    # What the address says itself comes first; over a socket what is about lines does nothing.
    return kept | {"CONN_HEALTH_CHECKS": True, "OPTIONS": ours | found.get("OPTIONS", {})}


def _sockets(silence: float) -> dict[str, Any]:
    """The same for a socket of our own, as far as this system has the options."""
    names = {
        "keepalives_idle": "TCP_KEEPIDLE",
        "keepalives_interval": "TCP_KEEPINTVL",
        "keepalives_count": "TCP_KEEPCNT",
        "tcp_user_timeout": "TCP_USER_TIMEOUT",
    }
    options = {
        getattr(socket, names[name]): value
        for name, value in keepalive(silence).items()
        if hasattr(socket, names[name])
    }
    return {"socket_keepalive": True, "socket_keepalive_options": options}


def queue(silence: float) -> dict[str, Any]:
    """The options of the broker's connections.

    Who waits for work may wait long, and asks now and then whether the line holds.
    """
    return {
        "socket_connect_timeout": to_connect(silence),
        "socket_timeout": silence,
        "health_check_interval": max(1, int(silence / 2)),
        **_sockets(silence),
    }


def cache(address: str, *, silence: float, patience: float, **more: object) -> dict[str, object]:
    """Django's settings of a cache in Redis, for which nobody waits longer than `patience`."""
    options = {"socket_connect_timeout": patience, "socket_timeout": patience}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        # A socket of this machine knows nothing of lines.
        "OPTIONS": options | ({} if urlsplit(address).scheme == "unix" else _sockets(silence)),
        **more,
    }
