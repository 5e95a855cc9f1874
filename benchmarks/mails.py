"""Sending what is due, beside a bare loop that hands ready mails to the same mail server.

Both send over SMTP on loopback to a server in a process of its own that takes everything. The loop
has its mails in memory, of the size of ours; we read, check, render, send and mark each. One round
sends `MAILS` reminders to as many recipients, in two parts, each with its row marked.
"""

from __future__ import annotations

import multiprocessing
import os
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import psycopg
from aiosmtpd.controller import Controller

from benchmarks.frame import ROUNDS, Figures, Line, Place
from benchmarks.places import POSTGRES, with_name

#: The mails have a newsroom of their own; the place says in which database, beside which one.
PLACES = (Place("sqlite", 0.01), Place("postgresql", 0.01))
#: Reminders of one round.
MAILS = int(os.environ.get("BENCH_MAILS", "2000"))


class Taker:
    """Takes every mail and keeps its size."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        return "250 OK"


def _serve(port: int, ready) -> None:
    controller = Controller(Taker(), hostname="127.0.0.1", port=port)
    controller.start()
    ready.set()
    time.sleep(3600)


@contextmanager
def mail_server() -> Iterator[int]:
    """A mail server in a process of its own; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_serve, args=(port, ready), daemon=True)
    process.start()
    ready.wait(30)
    yield port
    process.kill()


def bare(port: int, mails: list[bytes]) -> float:
    """Mails a second of the bare loop."""
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number, mail in enumerate(mails):
            server.sendmail("newsroom@example.org", [f"reader-{number}@example.org"], mail)
    return len(mails) / (time.perf_counter() - start)


def fill() -> None:
    """`MAILS` claims that are due today, each with its own recipient; swept, so that mails wait."""
    from verification import newsroom
    from verification.models import Beat, Claim, Report, Source, User
    from verification.services import records, reminders

    now = datetime.now(UTC)
    today = newsroom.day(now)
    beat, _made = Beat.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    source, _made = Source.objects.get_or_create(slug="wsj", defaults={"name": "The Journal"})
    first = User.objects.count()
    numbers = range(first, first + MAILS)
    users = User.objects.bulk_create(
        User(username=f"reader-{number}", email=f"reader-{number}@example.org")
        for number in numbers
    )
    rows = Claim.objects.bulk_create(
        Claim(
            slug=f"claim-{number}", statement=f"Amazon will buy company number {number}.",
            beat=beat, deadline=today, first_reported_on=today - timedelta(days=30),
            logged_by=user, logged_at=now, next_reminder_at=now,
        )
        for number, user in zip(numbers, users, strict=True)
    )  # fmt: skip
    Report.objects.bulk_create(
        Report(claim=row, source=source, url=f"https://wsj.example/{row.slug}", logged_at=now,
               published_on=today - timedelta(days=30), logged_by=row.logged_by)
        for row in rows
    )  # fmt: skip
    records.touch()
    reminders.sweep(now=now)


def drain() -> None:
    """Sends all that waits; run in a process of its own, as a worker is."""
    from django.utils import timezone

    from verification.services import messages

    done = messages.drain(clock=timezone.now)
    assert set(done) == {"sent"}, done


def ours(environment: Mapping[str, str], workers: int) -> float:
    """Mails a second of so many workers, without the time in which their processes start."""
    _child(environment, "fill").wait()
    running = [_child(environment, "drain") for _worker in range(workers)]
    for child in running:
        assert child.stdout is not None
        child.stdout.readline()
    start = time.perf_counter()
    for child in running:
        assert child.stdin is not None
        child.stdin.write(b"go\n")
        child.stdin.flush()
    assert [child.wait() for child in running] == [0] * workers
    return MAILS / (time.perf_counter() - start)


def _child(environment: Mapping[str, str], verb: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.mails", verb],
        env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


@contextmanager
def newsroom(place: Place) -> Iterator[str]:
    """The address of an empty database of this kind, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        if place.kind == "sqlite":
            yield f"sqlite:///{folder}/mails.sqlite3"
            return
        name = f"borneout_bench_mails_{os.getpid()}"
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
            try:
                yield with_name(name)
            finally:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def measure(place: Place) -> dict[str, float]:
    """Mails a second, medians: the bare loop, one worker, two workers."""
    with mail_server() as port, newsroom(place) as address:
        environment = os.environ | {
            "DATABASE_URL": address,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(port),
            "REMINDER_HOUR": "0",
        }
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True)
        mails = [_like_ours()] * MAILS
        taken: dict[str, list[float]] = {"bare": [], "one": [], "two": []}
        for _round in range(ROUNDS):
            taken["bare"].append(bare(port, mails))
            taken["one"].append(ours(environment, 1))
            taken["two"].append(ours(environment, 2))
    return {name: median(figures) for name, figures in taken.items()}


def _like_ours() -> bytes:
    """A mail in two parts of the size of a reminder of one claim."""
    from django.core.mail import EmailMultiAlternatives

    email = EmailMultiAlternatives("Due today: Amazon will buy it.", "x" * 76 + "\n" * 18)
    email.attach_alternative(("<p>" + "x" * 70 + "</p>\n") * 80, "text/html")
    return email.message().as_bytes(linesep="\r\n")


def lines(figures: Mapping[tuple[str, int], Figures]) -> list[Line]:
    """Ours by the loop's, with one worker and with two."""
    return [
        line
        for (kind, _claims), found in figures.items()
        for line in (
            Line(f"send what is due, one worker, {kind}", "bare smtplib loop, same server",
                 found["bare"], found["one"], "mails/s", ">= 0.95"),
            Line(f"send what is due, two workers, {kind}", "bare smtplib loop, same server",
                 found["bare"], found["two"], "mails/s", ">= 1.5"),
        )
    ]  # fmt: skip


if __name__ == "__main__":
    import django

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    django.setup()
    if sys.argv[1] == "fill":
        fill()
    else:
        # A worker has read its addresses, its templates and SciPy long before.
        from django.template.loader import get_template
        from django.urls import reverse

        from verification.domain import scoring
        from verification.services import messages  # noqa: F401

        reverse("front")
        scoring.accuracy([1], [1], scoring.fit_prior([1], [1]))
        get_template("emails/reminders.html"), get_template("emails/reminders.txt")
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        drain()
