"""Idempotency-Key: a change that is sent twice is made once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from tests import factories
from tests.api import payloads
from tests.api.conftest import TODAY, client_of
from tests.api.payloads import CLAIMS, wrong
from verification.models import Claim, IdempotentRequest, Verdict
from verification.services import claims

KEY = {"HTTP_IDEMPOTENCY_KEY": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


@pytest.fixture(autouse=True)
def _beat(db: None) -> None:
    factories.BeatFactory.create(name="AI & tech business", slug="ai-tech-business")


def without_keys(rows: dict[str, int]) -> dict[str, int]:
    return {name: number for name, number in rows.items() if "Idempotent" not in name}


@pytest.mark.parametrize("what", ["claims", "reports", "verdicts", "deadline", "sources"])
def test_every_post_can_be_repeated(managing, what):
    claim = factories.claim()
    address, body = {
        "claims": (CLAIMS, payloads.claim()),
        "reports": (f"{CLAIMS}{claim.slug}/reports/", payloads.report()),
        "verdicts": (f"{CLAIMS}{claim.slug}/verdicts/", payloads.verdict(version=1)),
        "deadline": (
            f"{CLAIMS}{claim.slug}/deadline/",
            {"deadline": "2026-06-30", "reason": "Asked for.", "version": 1},
        ),
        "sources": ("/api/v1/sources/", {"name": "Reuters"}),
    }[what]
    first = managing.post(address, body, **KEY)
    assert first.status_code in (200, 201), first.content
    assert "Idempotent-Replay" not in first
    before = payloads.rows()
    again = managing.post(address, body, **KEY)
    assert again["Idempotent-Replay"] == "true"
    assert again.status_code == first.status_code
    assert again.content == first.content
    assert again.get("Location") == first.get("Location")
    assert payloads.rows() == before


def test_the_same_key_with_another_body_or_address_is_refused(managing):
    managing.post(CLAIMS, payloads.claim(), **KEY)
    before = payloads.rows()
    for address, body in (
        (CLAIMS, payloads.claim(statement="Another.")),
        ("/api/v1/sources/", payloads.claim()),
    ):
        response = managing.post(address, body, **KEY)
        assert response.status_code == 422
        assert response["Content-Type"] == payloads.PROBLEM
        assert response.json()["type"] == "/problems/idempotency-key"
    assert payloads.rows() == before


def test_without_a_key_a_repetition_is_another_claim(managing):
    managing.post(CLAIMS, payloads.claim())
    managing.post(CLAIMS, payloads.claim())
    assert Claim.objects.count() == 2


def test_a_key_is_its_users_own(managing, reporter):
    managing.post(CLAIMS, payloads.claim(), **KEY)
    response = reporter.post(CLAIMS, payloads.claim(), **KEY)
    assert response.status_code == 201
    assert "Idempotent-Replay" not in response
    assert Claim.objects.count() == 2


def test_a_refused_request_may_be_mended_under_its_key(managing):
    before = payloads.rows()
    assert managing.post(CLAIMS, payloads.claim(deadline="soon"), **KEY).status_code == 400
    assert payloads.rows() == before
    assert managing.post(CLAIMS, payloads.claim(), **KEY).status_code == 201


def test_a_key_is_forgotten_after_a_day(managing):
    managing.post(CLAIMS, payloads.claim(), **KEY)
    with time_machine.travel(TODAY + timedelta(hours=23, minutes=59), tick=False):
        assert "Idempotent-Replay" in managing.post(CLAIMS, payloads.claim(), **KEY)
    with time_machine.travel(TODAY + timedelta(hours=24, seconds=1), tick=False):
        assert "Idempotent-Replay" not in managing.post(CLAIMS, payloads.claim(), **KEY)
    assert Claim.objects.count() == 2
    assert IdempotentRequest.objects.count() == 1


def test_a_crash_loses_neither_change_nor_key_alone(managing, monkeypatch):
    managing.raise_request_exception = False
    before = payloads.rows()

    def power_cut(row, response):
        raise RuntimeError("between the change and its answer")

    with monkeypatch.context() as patched:
        patched.setattr("verification.api.idempotency._keep", power_cut)
        assert managing.post(CLAIMS, payloads.claim(), **KEY).status_code == 500
    assert payloads.rows() == before
    assert managing.post(CLAIMS, payloads.claim(), **KEY).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "é", "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(managing, key):
    before = payloads.rows()
    response = managing.post(CLAIMS, payloads.claim(), HTTP_IDEMPOTENCY_KEY=key)
    assert response.status_code == 400
    assert set(wrong(response)) == {"Idempotency-Key"}
    assert payloads.rows() == before


def test_nobody_without_a_token_leaves_a_key(public):
    assert public.post(CLAIMS, payloads.claim(), **KEY).status_code == 401
    assert IdempotentRequest.objects.count() == 0


def test_a_replay_answers_what_was_true_then(managing):
    claim = factories.claim()
    address = f"{CLAIMS}{claim.slug}/verdicts/"
    first = managing.post(address, payloads.verdict(version=1), **KEY)
    managing.post(address, payloads.verdict("denied", version=2))
    again = managing.post(address, payloads.verdict(version=1), **KEY)
    assert again.content == first.content
    assert Verdict.objects.count() == 2


@pytest.mark.usefixtures("real_transactions")
@pytest.mark.django_db(transaction=True)
def test_duplicates_at_the_same_moment_make_one_claim(monkeypatch):
    user = factories.reporter()
    factories.BeatFactory.create(slug="ai")
    logged = []
    log = claims.log
    monkeypatch.setattr(claims, "log", lambda **asked: (logged.append(1), log(**asked))[1])
    clients = [client_of(user) for _ in range(4)]
    barrier = threading.Barrier(len(clients))
    answers = []

    def send(client):
        barrier.wait()
        try:
            answers.append(client.post(CLAIMS, payloads.claim(beat="ai"), **KEY))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replay" in answer for answer in answers) == 3
    assert Claim.objects.count() == len(logged) == 1
