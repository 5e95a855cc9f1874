"""A newsroom of its own for tests of real processes: database, queue, mail server and an editor.

Without `DATABASE_URL` and `CELERY_BROKER_URL` it stands on the embedded defaults, in a folder of
its own; with them, on a database of its own on that server.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests import sink
from tests.sink import Sink

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """A database that nothing else uses, dropped at the end."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'newsroom.sqlite3'}"
        return
    name = f"borneout_processes_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def own_queue() -> dict[str, str]:
    """A Redis database that nothing else in the suite uses; else the embedded broker."""
    broker = os.environ.get("CELERY_BROKER_URL", "")
    if not broker:
        return {}
    return {"CELERY_BROKER_URL": urlunsplit(urlsplit(broker)._replace(path="/9"))}


class Newsroom:
    """A running newsroom, as its API and its mail server see it."""

    def __init__(self, port: int, env: dict[str, str], mail: Sink) -> None:
        self.port, self.url = port, f"http://127.0.0.1:{port}"
        self.env, self.mail = env, mail
        self.token = ""

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def call(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(  # noqa: S310  our own server
            f"{self.url}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Content-Type": "application/json",
                **({"Authorization": f"Bearer {self.token}"} if self.token else {}),
            },
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return json.load(answer)

    def answers(self) -> bool:
        try:
            return bool(self.call("GET", "/api/v1/claims/"))
        except OSError:
            return False

    def healthy(self) -> bool:
        try:
            return bool(self.call("GET", "/healthz"))
        except OSError:
            return False


@contextmanager
def prepared(folder: Path, **settings: str) -> Iterator[Newsroom]:
    """A newsroom that is migrated and has an editor with a token, of which nothing runs yet.

    `settings` are put into the environment of its processes beside what all of them need.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with sink.running() as (mail, mail_port), own_database(folder) as database:
        env = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        env |= own_queue() | {
            "SECRET_KEY": "of-this-test",
            "VAR_DIR": str(folder),
            "DATABASE_URL": database,
            "SITE_URL": f"http://127.0.0.1:{port}",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
            "REMINDER_HOUR": "0",
            "DJANGO_SUPERUSER_PASSWORD": "of-this-test",
        }
        newsroom = Newsroom(port, env | settings, mail)
        newsroom.manage("migrate", "--verbosity", "0")
        newsroom.manage(
            "createsuperuser", "--noinput", "--username", "emma", "--email", "emma@example.org"
        )
        newsroom.token = newsroom.manage("create_token", "emma").strip()
        yield newsroom


def claim(statement: str) -> dict[str, Any]:
    """A claim that is due today, as the API takes it."""
    return {
        "statement": statement,
        "criteria": "Confirmed if the company says so.",
        "language": "en",
        "beat": "AI & tech business",
        "deadline": datetime.now(UTC).date().isoformat(),
        "reports": [
            {
                "source": "The Wall Street Journal",
                "url": "https://example.org/report",
                "published_on": "2026-01-29",
                "stance": "asserts",
            }
        ],
    }
