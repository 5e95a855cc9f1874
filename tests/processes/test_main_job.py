"""The main job with everything real: web, worker, beat, broker, database and mail server.

The processes are started as the documentation says. Without `DATABASE_URL` and
`CELERY_BROKER_URL` they run on the embedded defaults, in a folder of their own; with them, on a
database of their own on that server.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests import sink, waiting
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


@contextmanager
def process(command: list[str], env: dict[str, str], log: Path) -> Iterator[None]:
    """Runs one process, and ends it and all that it started."""
    with log.open("wb") as output:
        started = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=output, stderr=output, start_new_session=True
        )
        try:
            yield
        finally:
            started.terminate()
            try:
                started.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(started.pid, signal.SIGKILL)
                started.wait()


class Newsroom:
    """A running newsroom, as its API and its mail server see it."""

    def __init__(self, url: str, env: dict[str, str], mail: Sink) -> None:
        self.url, self.env, self.mail = url, env, mail
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


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("newsroom")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with ExitStack() as stack:
        mail, mail_port = stack.enter_context(sink.running())
        url = f"http://127.0.0.1:{port}"
        env = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        env |= own_queue() | {
            "SECRET_KEY": "of-this-test",
            "VAR_DIR": str(folder),
            "DATABASE_URL": stack.enter_context(own_database(folder)),
            "SITE_URL": url,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
            "REMINDER_SWEEP_SECONDS": "0.5",
            "REMINDER_HOUR": "0",
            "DJANGO_SUPERUSER_PASSWORD": "of-this-test",
        }
        running = Newsroom(url, env, mail)
        running.manage("migrate", "--verbosity", "0")
        running.manage(
            "createsuperuser", "--noinput", "--username", "emma", "--email", "emma@example.org"
        )
        running.token = running.manage("create_token", "emma").strip()
        celery = [str(BIN / "celery"), "-A", "tracker"]
        for name, command in {
            "web": [str(BIN / "gunicorn"), "tracker.wsgi", "--bind", f"127.0.0.1:{port}"],
            "worker": [*celery, "worker", "--concurrency", "2"],
            "beat": [*celery, "beat"],
        }.items():
            stack.enter_context(process(command, env, folder / f"{name}.log"))
        waiting.until(running.answers, "the web answers")
        yield running


def log_claim(newsroom: Newsroom, statement: str) -> str:
    """Logs a claim that is due today, over the API. Gives its slug."""
    made = newsroom.call(
        "POST",
        "/api/v1/claims/",
        {
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
        },
    )
    return str(made["slug"])


def arrived(newsroom: Newsroom, slug: str) -> list[tuple[str, str, str]]:
    return [reminder for reminder in newsroom.mail.reminders() if reminder[1] == slug]


def test_a_claim_posted_over_the_api_and_due_today_is_mailed_once(newsroom: Newsroom) -> None:
    first = log_claim(newsroom, "Amazon will put at least $50bn into OpenAI.")
    waiting.until(lambda: arrived(newsroom, first), "the mail arrives")

    # By the time a second claim has been swept and mailed, the first has been swept again.
    second = log_claim(newsroom, "The round will close by the end of the quarter.")
    waiting.until(lambda: arrived(newsroom, second), "the second mail arrives")

    assert arrived(newsroom, first) == [("emma@example.org", first, "due")]
    assert arrived(newsroom, second) == [("emma@example.org", second, "due")]


def test_the_verdict_moves_the_record_that_the_api_shows(newsroom: Newsroom) -> None:
    slug = log_claim(newsroom, "The record will change.")
    before = newsroom.call("GET", "/api/v1/sources/the-wall-street-journal/record/")

    newsroom.call(
        "POST",
        f"/api/v1/claims/{slug}/verdicts/",
        {
            "outcome": "confirmed",
            "rationale": "Announced.",
            "became_known_on": "2026-02-27",
            "evidence": [{"title": "The announcement", "url": "https://example.org/announcement"}],
            "version": 1,
        },
    )

    after = newsroom.call("GET", "/api/v1/sources/the-wall-street-journal/record/")
    assert (after["hits"], after["open"]) == (before["hits"] + 1, before["open"] - 1)
    assert after["accuracy"] > before["accuracy"]
    assert "equal" in newsroom.manage("verify_records")


def test_health_names_every_part_and_all_of_them_are_well(newsroom: Newsroom) -> None:
    waiting.until(newsroom.healthy, "every part is well")
