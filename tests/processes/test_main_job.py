"""The main job with everything real: web, worker, beat, broker, database and mail server.

The processes are started as the documentation says.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests import waiting
from tests.processes.newsroom import BIN, ROOT, Newsroom, claim, prepared


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


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("newsroom")
    with ExitStack() as stack:
        running = stack.enter_context(prepared(folder, REMINDER_SWEEP_SECONDS="0.5"))
        celery = [str(BIN / "celery"), "-A", "tracker"]
        for name, command in {
            "web": [str(BIN / "gunicorn"), "tracker.wsgi", "--bind", f"127.0.0.1:{running.port}"],
            "worker": [*celery, "worker", "--concurrency", "2"],
            "beat": [*celery, "beat"],
        }.items():
            stack.enter_context(process(command, running.env, folder / f"{name}.log"))
        waiting.until(running.answers, "the web answers")
        yield running


def log_claim(newsroom: Newsroom, statement: str) -> str:
    """Logs a claim that is due today, over the API. Gives its slug."""
    return str(newsroom.call("POST", "/api/v1/claims/", claim(statement))["slug"])


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
