import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError

from tests import factories
from tracker import broker
from verification.models import Claim, Heartbeat, Message
from verification.pages import health
from verification.services import database, pulse

NOW = datetime(2026, 4, 3, 12, tzinfo=UTC)
WELL = health.Part(ok=True, detail="answers")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def well_broker(monkeypatch):
    monkeypatch.setattr(health, "_broker", lambda: WELL)


@pytest.fixture
def heartbeats():
    for name in ("worker", "beat"):
        Heartbeat.objects.create(name=name, at=NOW - timedelta(seconds=180))


def asked(client):
    response = client.get("/healthz")
    return response.status_code, response.json()


def unsent(age, state="pending"):
    return Message.objects.create(
        recipient=factories.UserFactory.create(),
        message_id=f"<{age}-{state}@example.org>",
        state=state,
        created_at=NOW - age,
        next_attempt_at=NOW - age if state == "pending" else None,
    )


def test_all_well_is_200_and_names_each_part(client, well_broker, heartbeats):
    status, body = asked(client)
    assert status == 200
    assert body["ok"] is True
    assert set(body["parts"]) == {
        "database", "broker", "worker", "beat", "oldest_unsent_message", "unreachable_claims",
    }  # fmt: skip
    assert all(set(part) == {"ok", "detail"} and part["ok"] for part in body["parts"].values())


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_a_process_without_a_sign_of_life_is_503(client, well_broker, heartbeats, name):
    Heartbeat.objects.filter(name=name).update(at=NOW - timedelta(seconds=181))
    status, body = asked(client)
    assert status == 503
    assert [part for part, found in body["parts"].items() if not found["ok"]] == [name]
    Heartbeat.objects.filter(name=name).delete()
    assert asked(client)[1]["parts"][name] == {"ok": False, "detail": "never seen"}


def test_a_sign_of_life_says_when_it_was_given_and_since_when(client, well_broker, heartbeats):
    Heartbeat.objects.filter(name="worker").update(
        at=NOW - timedelta(seconds=12), since=NOW - timedelta(hours=2)
    )
    assert asked(client)[1]["parts"]["worker"] == {
        "ok": True,
        "detail": "last seen 12 s ago (2026-04-03T11:59:48Z), at work since 2026-04-03T10:00:00Z",
    }


def test_a_sign_of_life_from_before_a_restart_is_nobodys(client, well_broker, heartbeats):
    Heartbeat.objects.filter(name="worker").update(
        at=NOW - timedelta(seconds=50), stopped_at=NOW - timedelta(seconds=40)
    )
    status, body = asked(client)
    assert status == 503
    assert body["parts"]["worker"] == {
        "ok": False, "detail": "stopped 40 s ago, and not seen since",
    }  # fmt: skip


def test_a_message_that_waits_for_more_than_ten_minutes_is_503(client, well_broker, heartbeats):
    unsent(timedelta(minutes=10))
    unsent(timedelta(days=1), state="sent")
    assert asked(client)[0] == 200
    unsent(timedelta(minutes=11))
    status, body = asked(client)
    assert status == 503
    assert body["parts"]["oldest_unsent_message"] == {"ok": False, "detail": "waits since 660 s"}


def test_a_broker_that_does_not_answer_is_503_and_its_address_is_not_told(
    client, heartbeats, settings
):
    settings.CELERY_BROKER_URL = "redis://:hunter2@127.0.0.1:1/0"
    status, body = asked(client)
    assert status == 503
    assert body["parts"]["broker"] == {"ok": False, "detail": "does not answer (of its own)"}
    assert "hunter2" not in json.dumps(body)
    assert "127.0.0.1" not in json.dumps(body)


def test_an_embedded_broker_that_runs_is_well(client, heartbeats, settings, tmp_path):
    broker.ensure_running(tmp_path, idle_seconds=5)
    settings.EMBEDDED_BROKER_URL = settings.CELERY_BROKER_URL = broker.url(tmp_path)
    assert asked(client)[1]["parts"]["broker"] == {"ok": True, "detail": "answers (embedded)"}


def test_an_embedded_broker_that_does_not_run_is_503(client, heartbeats, settings, tmp_path):
    settings.EMBEDDED_BROKER_URL = settings.CELERY_BROKER_URL = (
        f"redis+socket://{tmp_path}/broker.sock"
    )
    status, body = asked(client)
    assert status == 503
    assert body["parts"]["broker"] == {"ok": False, "detail": "does not answer (embedded)"}


def test_a_database_that_does_not_answer_is_503_and_says_no_more(client, well_broker, monkeypatch):
    def broken():
        raise DatabaseError("password=hunter2")

    with monkeypatch.context() as away:
        away.setattr(database.connection, "cursor", broken)
        status, body = asked(client)
    assert status == 503
    assert not body["parts"]["database"]["ok"]
    assert body["parts"]["broker"]["ok"]
    assert "hunter2" not in json.dumps(body)


def test_a_claim_of_which_nobody_can_be_told_is_503(client, well_broker, heartbeats):
    assert asked(client)[1]["parts"]["unreachable_claims"] == {"ok": True, "detail": "none"}
    claim = factories.claim()
    Claim.objects.update(unreachable_since=NOW)
    status, body = asked(client)
    assert status == 503
    assert body["parts"]["unreachable_claims"] == {
        "ok": False,
        "detail": "1: due, and nobody can be told",
    }
    assert claim.slug not in json.dumps(body), "it may be an internal one"


def test_who_runs_the_command_by_cron_needs_neither_processes_nor_broker(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    pulse.record(name=pulse.COMMAND, now=NOW - timedelta(minutes=5))
    status, body = asked(client)
    assert status == 200
    assert body["parts"]["worker"]["detail"] == "send_reminders ran 300 s ago"
    assert "send_reminders does without" in body["parts"]["broker"]["detail"]


def test_it_is_never_kept(client, well_broker):
    assert "no-store" in client.get("/healthz")["Cache-Control"]
    assert client.post("/healthz").status_code == 405
