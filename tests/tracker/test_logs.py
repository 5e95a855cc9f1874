"""What the logs look like, as a program or a person reads them from stderr."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.urls import resolve

from tracker.logs import JsonLines, PlainLines
from tracker.tracing import REQUEST_ID, TASK_ID

FORGED = '\n{"level": "error", "event": "forged"}\r\n2026-01-01T00:00:00 ERROR forged\x1b[2J\u2028x'


class Log:
    """A logger, and the lines that it wrote."""

    def __init__(self, formatter: logging.Formatter) -> None:
        self.stream = io.StringIO()
        handler = logging.StreamHandler(self.stream)
        handler.setFormatter(formatter)
        self.logger = logging.Logger("borneout.tests")
        self.logger.addHandler(handler)

    @property
    def written(self) -> str:
        return self.stream.getvalue()


@pytest.fixture
def json_log() -> Log:
    return Log(JsonLines())


@pytest.fixture
def plain_log() -> Log:
    return Log(PlainLines())


@pytest.fixture
def at_work() -> Iterator[None]:
    request, task = REQUEST_ID.set("request-0001"), TASK_ID.set("task-0001")
    yield
    REQUEST_ID.reset(request)
    TASK_ID.reset(task)


def fail(words: str) -> None:
    raise ValueError(words)


def test_a_line_is_an_object_with_who_is_at_work(json_log: Log, at_work: None) -> None:
    json_log.logger.warning("message %s was not accepted", 12)
    said = json.loads(json_log.written)
    assert said.pop("time").endswith("+00:00")
    assert said == {
        "level": "warning",
        "logger": "borneout.tests",
        "event": "message 12 was not accepted",
        "request_id": "request-0001",
        "task_id": "task-0001",
    }


def test_a_value_with_line_breaks_makes_no_second_object(json_log: Log) -> None:
    json_log.logger.warning("searched for %s", FORGED)
    assert len(json_log.written.splitlines()) == 1
    assert json.loads(json_log.written)["level"] == "warning"
    assert json_log.written.isascii() and "\x1b" not in json_log.written


def test_nor_does_it_in_an_exception(json_log: Log) -> None:
    try:
        fail(FORGED)
    except ValueError:
        json_log.logger.exception("it failed")
    assert len(json_log.written.splitlines()) == 1
    said = json.loads(json_log.written)
    assert said["event"] == "it failed"
    assert "ValueError" in said["trace"] and "test_logs.py" in said["trace"]


def test_for_people_a_line_begins_with_the_time_and_nothing_else_does(
    plain_log: Log, at_work: None
) -> None:
    plain_log.logger.error("searched for %s", FORGED)
    try:
        fail(FORGED)
    except ValueError:
        plain_log.logger.exception("it failed")
    lines = plain_log.written.splitlines()
    assert [line[:2] for line in lines if not line.startswith("    ")] == ["20", "20"]
    assert all("borneout.tests" in line for line in lines if not line.startswith("    "))
    assert "\x1b" not in plain_log.written and "\r" not in plain_log.written
    assert "request_id=request-0001" in lines[0]


@pytest.mark.parametrize("form", [JsonLines, PlainLines])
def test_secrets_and_addresses_are_taken_out_of_messages_and_traces(form: type) -> None:
    log = Log(form())
    try:
        fail("550 anna@example.org at redis://:hunter2@redis/0")
    except ValueError:
        log.logger.exception("told anna@example.org: Bearer hunter2")
    assert "anna" not in log.written and "hunter2" not in log.written
    assert "example.org" in log.written


def test_a_path_that_lets_in_whoever_has_it_is_not_written(json_log: Log) -> None:
    path = "/mail/snooze/a-secret-token/"
    request = SimpleNamespace(path=path, resolver_match=resolve(path))
    json_log.logger.error("%s: %s", "Internal Server Error", path, extra={"request": request})
    assert json.loads(json_log.written)["event"] == "Internal Server Error: the view mail_link"

    lost = SimpleNamespace(path="/nowhere/a-secret-token", resolver_match=None)
    json_log.logger.error("%s: %s", "Bad Request", lost.path, extra={"request": lost})
    assert "secret" not in json_log.written
