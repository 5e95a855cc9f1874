"""A newsroom with its database, broker, processes and the far end, for one scenario."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests import waiting
from tests.faults import crew, servers
from tests.faults.crew import Crew, Member
from tests.faults.tally import Mail, Reminder, arrived

BIN = Path(sys.executable).parent
CELERY = [str(BIN / "celery"), "-A", "tracker"]
CONCURRENCY = 2
#: Colleagues may load the machine: only a bar that is itself a time is short.
PATIENCE_SECONDS = 300.0
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Place:
    """Where a newsroom is that has hosts of its own; by itself, all of it is on this machine.

    `desk` and `far_end` stand before the commands that run there. `near` is the address by which
    this process reaches the PostgreSQL server, `mail` the one by which hosts reach the far end.
    """

    desk: Sequence[str] = ()
    far_end: Sequence[str] = ()
    near: str = ""
    mail: str = servers.LOOPBACK


HERE = Place()


@contextmanager
def database(server: str, folder: Path, near: str = "") -> Iterator[str]:
    """A database that nothing else uses: on the given PostgreSQL server, else an SQLite file."""
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'newsroom.sqlite3'}"
        return
    name = f"faults_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(near or server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield named(server, name)
    finally:
        with psycopg.connect(near or server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def named(server: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def noon_zone(now: datetime) -> str:
    """A zone in which it is about noon, so that no deadline passes while a scenario runs."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


class Room:
    """The scenario's hands and eyes. `expected` are the reminders that have to arrive."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        broker_url: str,
        env: dict[str, str],
        place: Place = HERE,
    ) -> None:
        self.folder, self.database_url, self.place = folder, database_url, place
        port = servers.free_port()
        self.env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.env |= {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "SECRET_KEY": "of-this-run",
            "VAR_DIR": str(folder / "var"),
            "DATABASE_URL": database_url,
            "EMAIL_HOST": place.mail,
            "EMAIL_PORT": str(port),
            "NEWSROOM_TIME_ZONE": noon_zone(datetime.now(UTC)),
            "REMINDER_HOUR": "0",
            "REMINDER_SWEEP_SECONDS": "1",
            **({"CELERY_BROKER_URL": broker_url} if broker_url else {}),
            **env,
        }
        self.expected: set[Reminder] = set()
        self.kills = 0
        self.started = time.monotonic()
        logs = folder / "logs"
        logs.mkdir()
        self.orders()
        self.manage("migrate", "--verbosity", "0")
        self.crew = Crew(self.env, logs)
        far_end = [sys.executable, "-m", "tests.faults.sink", str(port), str(folder), place.mail]
        self.crew.start("sink", [*place.far_end, *far_end])

    def manage(self, *arguments: str) -> str:
        """What a management command prints."""
        return subprocess.run(
            [*self.place.desk, sys.executable, "manage.py", *arguments],
            cwd=crew.ROOT,
            env=self.env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    def orders(self, **orders: float) -> None:
        """Tells the mail server how to answer from now on."""
        path = self.folder / "orders.json"
        new = path.with_suffix(".new")
        new.write_text(json.dumps(orders))
        new.replace(path)

    def records(self, verb: str, *numbers: int) -> Any:
        output = self.folder / f"{verb}-{time.monotonic_ns()}.json"
        command = [sys.executable, "-m", "tests.faults.records", verb, str(output)]
        subprocess.run(
            [*self.place.desk, *command, *map(str, numbers)],
            cwd=crew.ROOT,
            env=self.env,
            check=True,
        )
        return json.loads(output.read_text())

    def make(
        self, claims: int, *, first: int = 1, each: int = 1, overdue: int = 0, unrenderable: int = 0
    ) -> set[Reminder]:
        """Claims that are due, `each` of them to a recipient. They are expected to arrive."""
        made = self.records("make", first, claims, each, overdue, unrenderable)
        new = {(address, slug, stage) for address, slug, stage in made}
        self.expected |= new
        return new

    def start(self, workers: int = 1, beats: int = 1) -> None:
        """Starts the processes; the time of the scenario counts from here."""
        for number in range(workers):
            command = [*CELERY, "worker", "--concurrency", str(CONCURRENCY), "--loglevel", "INFO"]
            self.crew.start(f"worker-{number}", command)
        for number in range(beats):
            self.crew.start(f"beat-{number}", [*CELERY, "beat"])
        self.started = time.monotonic()

    def workers(self) -> list[Member]:
        return [member for member in self.crew.members if member.name.startswith("worker")]

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the newsroom's database; none while it does not answer."""
        if self.database_url.startswith("sqlite"):
            path = self.database_url.removeprefix("sqlite:///")
            with closing(sqlite3.connect(path, timeout=20)) as connection:
                return connection.execute(sql).fetchall()
        name = urlsplit(self.database_url).path.removeprefix("/")
        near = named(self.place.near, name) if self.place.near else self.database_url
        try:
            with psycopg.connect(near, connect_timeout=5) as connection:
                return connection.execute(sql).fetchall()
        except psycopg.OperationalError:
            return []

    def states(self) -> dict[str, int]:
        """How many messages are in each state; empty while the database does not answer."""
        return dict(self.query("SELECT state, count(*) FROM verification_message GROUP BY state"))

    def mails(self) -> list[Mail]:
        return arrived(self.folder)

    def told(self) -> set[Reminder]:
        return {reminder for mail in self.mails() for reminder in mail.reminders}

    def wait(self, happened: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> bool:
        """Whether it happened in time. A scenario that waits in vain still has its row to fill."""
        last, pause = time.monotonic() + seconds, threading.Event()
        while not happened():
            if time.monotonic() > last:
                return False
            pause.wait(LOOK_SECONDS)
        return True

    def wait_for_mail(self, part: float = 1.0) -> bool:
        """Until that part of what is expected has arrived, or nothing is left that could arrive."""
        wanted = self.expected

        def has_arrived() -> bool:
            return len(wanted & self.told()) >= part * len(wanted)

        return self.wait(lambda: has_arrived() or self.is_over()) and has_arrived()

    def is_over(self) -> bool:
        """Whether everything that is due has a message, and none of the messages waits."""
        [(reminders, bundled)] = self.query(
            "SELECT count(*), count(message_id) FROM verification_reminder"
        ) or [(0, 0)]
        states = self.states()
        has_begun = bool(states) and reminders == bundled >= len(self.expected)
        return has_begun and not states.get("pending")

    def wait_for_rest(self) -> bool:
        """Until the outbox is empty, so that every duplicate that is to come has come."""
        return self.wait(self.is_over)

    def seconds(self) -> float:
        return time.monotonic() - self.started


@contextmanager
def room(
    folder: Path, database_url: str, broker_url: str = "", *, place: Place = HERE, **env: str
) -> Iterator[Room]:
    """A newsroom in a folder of its own."""
    folder.mkdir()
    with database(database_url, folder, place.near) as own:
        opened = Room(folder, own, broker_url, env, place)
        try:
            waiting.until((folder / "listening").exists, "the mail server answers")
            yield opened
        finally:
            opened.crew.close()
