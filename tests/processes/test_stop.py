"""Processes that are asked to end: what is at hand is finished, and what was counted is kept.

The processes are real, started and stopped as systemd does it; their logs are read as they are.
"""

from __future__ import annotations

import configparser
import json
import os
import re
import signal
import socket
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests import waiting
from tests.processes.newsroom import BIN, ROOT, Newsroom, claim, prepared
from tests.sink import Sink
from verification.services import deliveries, messages

TOKEN = "a-token-of-prometheus-alone"
LOGGED = 'borneout_http_request_duration_seconds_count{status="201",view="api:claims"}'
UNITS = ROOT / "deploy" / "systemd"


@dataclass
class Room:
    """A newsroom whose processes are started one by one."""

    folder: Path
    port: int
    newsroom: Newsroom
    mail: Sink
    number: int = field(default=0)

    @contextmanager
    def running(self, *command: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
        """A process and the file of what it says on stderr; killed at the end if it still runs."""
        self.number += 1
        log = self.folder / f"{self.number}.log"
        with log.open("wb") as output:
            started = subprocess.Popen(
                command, cwd=ROOT, env=self.newsroom.env, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
            try:
                yield started, log
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(started.pid, signal.SIGKILL)
                started.wait()

    def web(self) -> Any:
        return self.running(
            str(BIN / "gunicorn"), "tracker.wsgi", "--bind", f"127.0.0.1:{self.port}",
            "--workers", "2", "--threads", "2", "--no-control-socket",
        )  # fmt: skip

    def worker(self) -> Any:
        return self.running(
            str(BIN / "celery"), "--quiet", "-A", "tracker", "worker", "--loglevel", "INFO",
            "--concurrency", "1",
        )  # fmt: skip

    def answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=5):
            return True
        return False

    def metrics(self) -> dict[str, float]:
        request = urllib.request.Request(  # noqa: S310  our own server
            f"{self.newsroom.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            rows = answer.read().decode().splitlines()
        return {
            name: float(value)
            for name, _space, value in (row.rpartition(" ") for row in rows if row[0] != "#")
        }


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("room")
    with prepared(
        folder,
        EMAIL_TIMEOUT="30",
        LOG_FORMAT="json",
        METRICS_TOKEN=TOKEN,
        PYTHONWARNINGS="ignore:You're running the worker with superuser",
    ) as newsroom:
        yield Room(folder, newsroom.port, newsroom, newsroom.mail)


def lines(log: Path) -> list[dict[str, Any]]:
    """What a process has logged: every line of it is an object."""
    return [json.loads(line) for line in log.read_text().splitlines() if line.strip()]


def test_a_request_that_has_begun_is_answered_and_counted_by_a_web_that_is_to_end(
    room: Room,
) -> None:
    body = json.dumps(claim("Amazon will put at least $50bn into OpenAI.")).encode()
    # Counts are kept where the tasks wait; a worker looks after the embedded broker.
    with room.worker(), room.web() as (web, log):
        waiting.until(room.answers, "the web listens")
        # A Redis that tests before this one have used has counted already.
        before = room.metrics().get(LOGGED, 0)
        with socket.create_connection(("127.0.0.1", room.port), timeout=60) as line:
            line.sendall(
                f"POST /api/v1/claims/ HTTP/1.1\r\nHost: 127.0.0.1:{room.port}\r\n"
                f"Authorization: Bearer {room.newsroom.token}\r\nExpect: 100-continue\r\n"
                f"X-Request-ID: of-a-slow-client\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
            )
            assert line.recv(100).startswith(b"HTTP/1.1 100"), "it has begun"
            web.terminate()
            waiting.until(lambda: "signal: term" in log.read_text(), "it has heard of it")
            line.sendall(body)
            answer = b"".join(iter(lambda: line.recv(65_536), b""))
        assert b" 201 Created" in answer.splitlines()[0]
        assert b"X-Request-ID: of-a-slow-client" in answer
        assert web.wait(timeout=30) == 0

        said = lines(log)
        (request,) = (row for row in said if row.get("request_id") == "of-a-slow-client")
        assert (request["method"], request["view"], request["status"]) == (
            "POST",
            "api:claims",
            201,
        )
        assert any("gunicorn" in row["logger"] for row in said)
        assert room.newsroom.token not in log.read_text()

        with room.web():
            waiting.until(room.answers, "the next web listens")
            waiting.until(
                lambda: room.metrics().get(LOGGED) == before + 1,
                "what the last one counted is kept",
            )


def test_a_worker_that_is_to_end_sends_the_batch_at_hand(room: Room) -> None:
    room.newsroom.manage(
        "shell", "-c",
        "from tests.processes.test_stop import fill; fill()",
    )  # fmt: skip
    began, may_go_on = threading.Event(), threading.Event()

    def slowly(recipient: str) -> None:
        began.set()
        may_go_on.wait(60)

    room.mail.answer = slowly
    before = len(room.mail.mails)
    with room.worker() as (worker, log):
        waiting.until(began.is_set, "the first mail is on its way")
        worker.terminate()
        waiting.until(lambda: "Warm shutdown" in log.read_text(), "the worker has heard of it")
        may_go_on.set()
        assert worker.wait(timeout=60) == 0
    room.mail.answer = lambda recipient: None

    sent = [str(mail["To"]) for mail in room.mail.mails[before:]]
    assert len(sent) == len(set(sent)) >= 3, "each of them once"
    state = room.newsroom.manage(
        "shell", "-c",
        "from verification.models import Message; "
        "print(list(Message.objects.exclude(state='sent').values('state', 'lease_until')))",
    )  # fmt: skip
    assert state.strip().splitlines()[-1] == "[]"


def fill() -> None:
    """Called in a process of the newsroom: three more users, each with a claim that is due."""
    from django.utils import timezone  # noqa: PLC0415

    from tests import factories  # noqa: PLC0415

    for number in range(3):
        user = factories.editor(username=f"user-{number}", email=f"user-{number}@example.org")
        today = timezone.now().date()
        factories.claim(actor=user, deadline=today, now=timezone.now(), statement=f"No. {number}.")


def test_what_a_request_starts_is_logged_under_its_id(room: Room) -> None:
    with room.worker() as (_worker, log):
        # The embedded broker comes up with the first worker.
        waiting.until(lambda: "ready" in log.read_text(), "the worker is there")
        room.newsroom.manage(
            "shell", "-c",
            "from tracker.tracing import REQUEST_ID; from verification.tasks import sweep; "
            "REQUEST_ID.set('request-of-a-reader'); sweep.delay()",
        )  # fmt: skip

        def logged() -> bool:
            return '"request_id": "request-of-a-reader"' in log.read_text()

        waiting.until(logged, "the task is logged")
        for row in lines(log):
            if row.get("request_id") == "request-of-a-reader":
                assert row["task_id"] in row["event"]


# --- The time that systemd gives ------------------------------------------------------------------


def unit(name: str) -> configparser.SectionProxy:
    found = configparser.ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read(UNITS / f"borneout-{name}.service")
    return found["Service"]


def test_systemd_waits_for_longer_than_a_batch_may_take() -> None:
    stop = float(unit("worker")["TimeoutStopSec"])
    mail_timeout = 10
    assert stop > messages.LONGEST_BATCH.total_seconds() + 3 * mail_timeout
    assert stop > deliveries.LONGEST_BATCH.total_seconds() + 15
    # First the worker itself, which then tells its processes; what is left at the end is killed.
    assert unit("worker")["KillMode"] == unit("web")["KillMode"] == "mixed"


def test_systemd_waits_for_longer_than_gunicorn_waits_for_requests() -> None:
    told = subprocess.run(
        [str(BIN / "gunicorn"), "--print-config", "tracker.wsgi"],
        cwd=ROOT, env=os.environ | {"SECRET_KEY": "x"}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    waits = re.search(r"^graceful_timeout\s*= (\d+)", told, re.MULTILINE)
    assert waits is not None
    assert float(unit("web")["TimeoutStopSec"]) > float(waits[1])
