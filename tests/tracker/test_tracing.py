"""A request's id goes with the tasks that it starts, and with those that they start."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from celery.signals import before_task_publish, task_postrun, task_prerun

from tracker import tracing
from tracker.measures import TASKS
from tracker.tracing import REQUEST_ID, TASK_ID

GIVEN = "request-of-a-reader"


def published() -> dict[str, Any]:
    """The headers of a task's message, as they go to the broker."""
    headers: dict[str, Any] = {"id": "task-0001"}
    before_task_publish.send(sender="a task", headers=headers, body=None)
    return headers


def run(headers: dict[str, Any], work: Any = None, state: str = "SUCCESS") -> None:
    """Runs a task as a worker does that has got this message."""
    task = SimpleNamespace(name="a task", request=SimpleNamespace(**headers))
    task_prerun.send(sender=None, task_id=headers["id"], task=task)
    if work:
        work()
    task_postrun.send(sender=None, task_id=headers["id"], task=task, state=state)


@pytest.fixture
def at_work() -> Any:
    token = REQUEST_ID.set(GIVEN)
    yield
    REQUEST_ID.reset(token)


def test_a_task_works_under_the_id_of_the_request_that_started_it(at_work: None) -> None:
    headers = published()
    REQUEST_ID.set("")
    seen: list[tuple[str, str]] = []

    def work() -> None:
        seen.append((REQUEST_ID.get(), TASK_ID.get()))
        assert published()[tracing.HEADER] == GIVEN, "and so do the tasks that it starts"

    run(headers, work)

    assert seen == [(GIVEN, "task-0001")]
    assert (REQUEST_ID.get(), TASK_ID.get()) == ("", ""), "the next task is another's"


def test_a_task_of_no_request_has_none() -> None:
    headers = published()
    assert tracing.HEADER not in headers
    run(headers, lambda: pytest.fail("it has one") if REQUEST_ID.get() else None)


def test_an_id_in_a_message_is_trusted_no_more_than_one_in_a_request() -> None:
    forged = {"id": "task-0001", tracing.HEADER: 'x"\nforged-line-0123'}
    run(forged, lambda: pytest.fail("it was taken") if REQUEST_ID.get() else None)


def test_a_task_is_timed_by_how_it_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[tuple[Any, ...]] = []
    monkeypatch.setattr(tracing.tally, "observe", lambda *said: found.append(said))
    run({"id": "task-0001"}, state="FAILURE")
    ((measure, took, *labels),) = found
    assert measure is TASKS and took >= 0 and labels == ["a task", "failure"]
