"""Webhooks: what they are told, signed, in time and again; and what they are never told."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from tests import factories, receiver
from tests.receiver import Got, Receiver
from tests.services.files import confirmed, row
from verification import newsroom
from verification.api.serializers import ClaimOut
from verification.domain import signing
from verification.models import Claim, Delivery, LedgerEntry, Message, Webhook
from verification.models.choices import MessageState, SwitchedOff, WebhookEvent
from verification.services import (
    claims,
    deliveries,
    endpoints,
    imports,
    messages,
    payloads,
    verdicts,
    webhooks,
)
from verification.services.connecting import Net
from verification.services.drafts import DeadlineDraft

pytestmark = pytest.mark.django_db

NOW = factories.NOW
CANARY = "Canary47 will never be told."


@pytest.fixture
def cms() -> Iterator[Receiver]:
    with receiver.running() as found:
        yield found


def run(cms: Receiver, now: datetime = NOW) -> Counter[str]:
    return deliveries.deliver_batch(clock=lambda: now, net=cms.net)


def verified(webhook: Webhook, got: Got, secret: str = "", now: datetime = NOW) -> Any:
    with time_machine.travel(now, tick=False):
        return Verifier(secret or webhook.secret).verify(got.body, got.headers)


# --- What is told ---------------------------------------------------------------------------------


def test_every_event_is_told_with_the_apis_json_and_a_signature(cms: Receiver) -> None:
    boss = factories.managing_editor()
    webhook = factories.webhook(actor=boss)
    claim = factories.claim(actor=boss)
    later = DeadlineDraft(day=NOW.date() + timedelta(days=300), text="later", precision="day")
    claim = claims.extend(
        actor=boss, claim=claim, version=None, deadline=later, reason="They said so.", now=NOW
    )
    factories.decide(claim, actor=boss, now=NOW, known_on=NOW.date())
    verdicts.revise(
        actor=boss, claim=claim, version=claim.version, outcome="denied", rationale="No.",
        evidence=[factories.evidence()], now=NOW,
    )  # fmt: skip
    claim.refresh_from_db()
    verdicts.reopen(actor=boss, claim=claim, version=claim.version, rationale="Hm.", now=NOW)

    assert run(cms) == {"sent": 5}

    told = [verified(webhook, got) for got in cms.got]
    assert [payload["type"] for payload in told] == [
        "claim.logged",
        "claim.deadline_changed",
        "claim.verdict",
        "claim.verdict",
        "claim.reopened",
    ]
    assert [payload["data"]["status"] for payload in told] == [
        "open", "open", "confirmed", "denied", "open",
    ]  # fmt: skip
    assert told[3]["timestamp"] == "2026-01-30T10:00:00Z"
    assert cms.got[0].path == "/hook?key=in-the-address"
    assert len({got.headers["webhook-id"] for got in cms.got}) == 5


def test_the_data_are_what_the_api_answers() -> None:
    boss = factories.managing_editor()
    via = factories.SourceFactory.create()
    drafts = [
        factories.report_draft(certainty="likely", hedge="may"),
        factories.report_draft(via=via, published_on=NOW.date()),
    ]
    claim = factories.claim(actor=boss, reports=drafts, assignee=boss)
    factories.decide(claim, actor=boss)
    today = newsroom.day(NOW)
    fresh = Claim.objects.get(pk=claim.pk)

    assert payloads.read(claim.pk, NOW) == json.loads(
        json.dumps(dict(ClaimOut(fresh, context={"today": today}).data), default=str)
    )


def test_only_the_chosen_events_are_told() -> None:
    factories.webhook(events=["claim.verdict"])

    factories.decide(factories.claim())

    assert [row.event for row in Delivery.objects.all()] == ["claim.verdict"]


def test_an_internal_claim_is_never_told(cms: Receiver) -> None:
    factories.webhook()
    factories.decide(factories.claim(statement=CANARY, public=False))
    assert not Delivery.objects.exists()

    hidden = factories.claim(statement=CANARY)
    boss = factories.managing_editor()
    claims.edit(actor=boss, claim=hidden, version=1, changes={"public": False}, now=NOW)

    assert run(cms) == {"dropped": 1}, "it was public when it was logged, and is not any more"
    assert cms.got == []


def test_a_claim_that_becomes_public_is_told_as_logged(cms: Receiver) -> None:
    webhook = factories.webhook()
    claim = factories.claim(public=False)
    boss = factories.managing_editor()
    claims.edit(actor=boss, claim=claim, version=1, changes={"public": True}, now=NOW)

    assert run(cms) == {"sent": 1}
    assert verified(webhook, cms.got[0])["type"] == "claim.logged"


def test_what_an_import_brings_in_is_told_but_not_what_is_internal() -> None:
    factories.webhook()
    rows = [
        (1, row(id="open", deadline="2026-06-30")),
        (2, confirmed(id="decided", statement="Decided long ago.")),
        (3, row(id="hidden", statement=CANARY, public=False)),
    ]

    imports.import_rows(
        rows, actor=factories.managing_editor(), now=datetime(2026, 4, 10, tzinfo=UTC)
    )

    told = Delivery.objects.order_by("id").values_list("claim__slug", "event")
    assert list(told) == [
        ("open", "claim.logged"),
        ("decided", "claim.logged"),
        ("decided", "claim.verdict"),
    ]


def test_a_change_that_is_undone_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.webhook()
    claim = factories.claim()
    Delivery.objects.all().delete()

    def fails(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("verification.services.ledger.append", fails)
    with pytest.raises(RuntimeError):
        factories.decide(claim)

    assert not Delivery.objects.exists()


def test_without_a_webhook_a_change_costs_one_query_more_and_with_ten_no_more_than_with_one() -> (
    None
):
    claim = factories.claim()

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            webhooks.tell(WebhookEvent.VERDICT, claim, NOW)
        return len(found)

    assert queries() == 1
    factories.webhook()
    one = queries()
    for number in range(9):
        factories.webhook(name=f"CMS {number}")
    assert queries() == one


def test_a_chat_is_told_a_sentence_with_a_link(cms: Receiver) -> None:
    factories.webhook(kind="slack", url="https://hooks.slack.com/services/T0/B0/secret")
    claim = factories.claim(statement="A <b> & C.")

    assert run(cms) == {"sent": 1}

    [got] = cms.got
    sent = json.loads(got.body)
    assert sent["text"].splitlines()[1] == "A &lt;b&gt; &amp; C."
    assert sent["text"].endswith(claim.get_absolute_url())
    assert "webhook-signature" not in got.headers


# --- Secrets --------------------------------------------------------------------------------------


def test_for_a_day_both_secrets_verify_and_then_the_new_one_alone(cms: Receiver) -> None:
    old = factories.webhook()
    new = endpoints.rotate(actor=old.created_by, webhook=old, now=NOW)
    assert new.secret != old.secret
    factories.claim()
    run(cms)
    for secret in (old.secret, new.secret):
        assert verified(new, cms.got[0], secret)["type"] == "claim.logged"
    assert cms.got[0].headers["webhook-signature"].count("v1,") == 2

    after = NOW + endpoints.OVERLAP
    factories.claim(now=after)
    run(cms, after)
    assert verified(new, cms.got[1], now=after)
    with pytest.raises(WebhookVerificationError):
        verified(new, cms.got[1], old.secret, now=after)


def test_no_secret_is_in_the_ledger_or_the_log(
    cms: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    webhook = factories.webhook()
    boss = webhook.created_by
    new = endpoints.rotate(actor=boss, webhook=webhook, now=NOW)
    endpoints.edit(
        actor=boss, webhook=new, name="CMS", events=["claim.logged"], now=NOW, net=cms.net,
        url="https://other.example/hook?key=in-another-address",
    )  # fmt: skip
    factories.claim()
    cms.status = 410
    run(cms)

    written = caplog.text + str(list(LedgerEntry.objects.values_list("content", flat=True)))
    assert "other.example" in written
    for secret in (webhook.secret, new.secret, "in-the-address", "in-another-address"):
        assert secret.removeprefix("whsec_") not in written


# --- Again ----------------------------------------------------------------------------------------


def test_what_is_not_taken_is_tried_over_three_days_and_then_switched_off(cms: Receiver) -> None:
    webhook = factories.webhook()
    factories.claim()
    cms.status, cms.body = 500, b"out of \x00order" + b"!" * 9000
    now, waits = NOW, []
    for _ in range(signing.ATTEMPTS_MAX - 1):
        assert run(cms, now) == {"put back": 1}
        row = Delivery.objects.get()
        assert run(cms, row.next_attempt_at - timedelta(seconds=1)) == {}
        waits.append(row.next_attempt_at - now)
        now = row.next_attempt_at
    assert all(least <= wait for least, wait in zip(signing.WAITS, waits, strict=True))

    assert run(cms, now) == {"failed": 1}

    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.status) == ("failed", 10, 500)
    assert row.answer.startswith("out of order!")
    assert len(row.answer) == 500
    assert len({got.headers["webhook-id"] for got in cms.got}) == 1
    assert len({got.headers["webhook-timestamp"] for got in cms.got}) == 10
    webhook.refresh_from_db()
    assert webhook.switched_off_why == SwitchedOff.FAILING


def test_one_payload_that_is_refused_does_not_switch_off_what_takes_others(cms: Receiver) -> None:
    webhook = factories.webhook()
    factories.claim()
    Delivery.objects.update(attempts=signing.ATTEMPTS_MAX - 1, created_at=NOW - timedelta(days=3))
    refused = Delivery.objects.get()
    factories.claim()
    taken = Delivery.objects.exclude(pk=refused.pk)
    taken.update(state="sent", next_attempt_at=None, sent_at=NOW)
    cms.status = 422

    assert run(cms) == {"failed": 1}
    webhook.refresh_from_db()
    assert webhook.switched_off_at is None


def test_410_switches_off_at_once_and_who_can_mend_it_is_told(cms: Receiver) -> None:
    webhook = factories.webhook()
    factories.editor()
    factories.claim(actor=webhook.created_by)
    cms.status = 410

    assert run(cms) == {"failed": 1}

    webhook.refresh_from_db()
    assert (webhook.switched_off_at, webhook.switched_off_why) == (NOW, SwitchedOff.GONE)
    assert LedgerEntry.objects.filter(action="webhook switched off", actor=None).count() == 1
    factories.claim(actor=webhook.created_by)
    assert Delivery.objects.count() == 1, "what happens while it is off is not kept for it"
    mail.outbox.clear()
    messages.drain(clock=lambda: NOW)
    [sent] = mail.outbox
    assert sent.to == [webhook.created_by.email]
    assert "CMS" in sent.subject
    assert "in-the-address" not in str(sent.message())


def test_the_notice_is_not_sent_once_it_is_on_again() -> None:
    webhook = factories.webhook()
    endpoints.give_up(webhook, SwitchedOff.GONE, NOW)
    endpoints.switch(actor=webhook.created_by, webhook=webhook, on=True, now=NOW)

    assert messages.drain(clock=lambda: NOW) == {"dropped": 1}
    assert Message.objects.get().state == MessageState.DROPPED


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(cms: Receiver, status: int) -> None:
    factories.webhook()
    factories.claim()
    cms.status, cms.headers = status, {"Location": "https://other.example/"}

    assert run(cms) == {"put back": 1}
    assert len(cms.got) == 1


def test_a_worker_killed_between_delivery_and_mark_sends_the_same_id_again(
    cms: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.webhook()
    factories.claim()
    with monkeypatch.context() as patch:
        patch.setattr(
            deliveries.queue, "mark", lambda *args, **kwargs: (_ for _ in ()).throw(KilledError)
        )
        with pytest.raises(KilledError):
            run(cms)
    assert run(cms, NOW + deliveries.lease_length() - timedelta(seconds=1)) == {}

    assert run(cms, NOW + deliveries.lease_length()) == {"sent": 1}

    first, second = cms.got
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


class KilledError(Exception):
    """The worker is no more."""


def test_a_receiver_that_fails_keeps_no_other_waiting(cms: Receiver) -> None:
    factories.webhook()
    for _ in range(deliveries.BATCH + 2):
        factories.claim()
    factories.webhook(name="Other", url="https://other.example/hook")
    factories.claim()
    bad = Delivery.objects.filter(webhook__name="CMS").count()

    def by_host(got: Got) -> None:
        cms.status = 200 if got.headers["host"] == "other.example" else 503

    cms.before = by_host
    assert run(cms)["put back"] == deliveries.BATCH
    assert run(cms) == {"sent": 1}
    assert len(cms.got) == 2
    waiting = Delivery.objects.filter(next_attempt_at__gt=NOW)
    assert waiting.count() == bad
    assert sorted(waiting.values_list("attempts", flat=True))[-2:] == [0, 1]


def test_a_batch_that_takes_long_gives_its_rest_back(cms: Receiver) -> None:
    factories.webhook()
    for _ in range(4):
        factories.claim()
    times = [NOW]

    def slow(got: Got) -> None:
        times.append(times[-1] + deliveries.LONGEST_BATCH)

    cms.before = slow
    done = deliveries.deliver_batch(clock=lambda: times[-1], net=cms.net)

    assert done == {"sent": 2, "put back": 2}
    rest = Delivery.objects.filter(state="pending").values_list("attempts", flat=True)
    assert list(rest) == [0, 0]


def test_a_delivery_that_kills_its_worker_each_time_is_set_aside(cms: Receiver) -> None:
    factories.webhook()
    factories.claim()
    now = NOW
    for _ in range(signing.ATTEMPTS_MAX):
        assert deliveries.queue.lease(now=now, size=1)
        now += deliveries.lease_length()

    assert run(cms, now) == {"quarantined": 1}
    assert cms.got == []


def test_nobody_is_woken_where_somebody_is_at_it() -> None:
    assert not deliveries.wanted(NOW)
    factories.webhook()
    factories.claim()
    factories.claim()
    assert deliveries.wanted(NOW)
    deliveries.queue.lease(now=NOW, size=1)
    assert not deliveries.wanted(NOW)
    assert deliveries.wanted(NOW + deliveries.lease_length())


# --- Where to -------------------------------------------------------------------------------------


def test_a_name_that_leads_inside_by_now_is_not_connected_to() -> None:
    factories.webhook()
    factories.claim()

    def connect(*_args: object) -> Any:
        raise AssertionError("an address inside was to be connected to")

    rebound = Net(resolve=lambda host, port: ["10.0.0.7"], connect=connect, trusted=connect)

    assert deliveries.deliver_batch(clock=lambda: NOW, net=rebound) == {"put back": 1}
    assert Delivery.objects.get().fault == "not-public"


# --- By hand --------------------------------------------------------------------------------------


def test_a_test_is_sent_at_once_and_never_again(cms: Receiver) -> None:
    webhook = factories.webhook()
    endpoints.switch(actor=webhook.created_by, webhook=webhook, on=False, now=NOW)
    boss = webhook.created_by
    cms.status = 500

    failed = deliveries.send_test(actor=boss, webhook=webhook, clock=lambda: NOW, net=cms.net)
    assert (failed.state, failed.status, failed.answer) == ("failed", 500, "thanks")
    cms.status = 204
    cms.body = b""
    sent = deliveries.send_test(actor=boss, webhook=webhook, clock=lambda: NOW, net=cms.net)

    assert sent.state == MessageState.SENT
    assert verified(webhook, cms.got[1]) == {
        "type": "test", "timestamp": "2026-01-30T10:00:00Z", "data": {},
    }  # fmt: skip
    assert run(cms, NOW + timedelta(days=9)) == {}


def test_what_was_dropped_or_failed_can_be_sent_again_under_its_id(cms: Receiver) -> None:
    webhook = factories.webhook()
    factories.claim()
    boss = webhook.created_by
    endpoints.switch(actor=boss, webhook=webhook, on=False, now=NOW)
    assert run(cms) == {"dropped": 1}
    row = Delivery.objects.get()
    endpoints.switch(actor=boss, webhook=webhook, on=True, now=NOW)

    assert deliveries.send_again(actor=boss, delivery=row, now=NOW)
    assert not deliveries.send_again(actor=boss, delivery=row, now=NOW)
    assert run(cms) == {"sent": 1}
    assert cms.got[0].headers["webhook-id"] == row.message_id


# --- For how long ---------------------------------------------------------------------------------


def test_what_is_over_is_forgotten_after_ninety_days_and_nothing_that_waits(cms: Receiver) -> None:
    factories.webhook()
    factories.claim()
    assert run(cms) == {"sent": 1}
    factories.claim()
    sent, waiting = Delivery.objects.order_by("id")

    assert deliveries.sweep(now=NOW + deliveries.KEPT) == 0
    assert deliveries.sweep(now=NOW + deliveries.KEPT + timedelta(seconds=1)) == 1
    assert list(Delivery.objects.all()) == [waiting]
    assert sent.state == MessageState.SENT


def test_a_sweep_forgets_the_oldest_and_no_more_than_it_may(
    cms: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.webhook()
    for _number in range(3):
        factories.claim()
    run(cms)
    oldest, *others = Delivery.objects.order_by("id")
    Delivery.objects.filter(pk=oldest.pk).update(created_at=NOW - timedelta(days=1))
    monkeypatch.setattr(deliveries, "FORGOTTEN_AT_ONCE", 1)

    assert deliveries.sweep(now=NOW + timedelta(days=365)) == 1
    assert list(Delivery.objects.order_by("id")) == others


def test_a_webhook_that_is_off_is_removed_with_its_log_and_its_notice_is_not_sent() -> None:
    webhook = factories.webhook(name="Old CMS")
    factories.claim()
    boss = webhook.created_by
    with pytest.raises(ValidationError, match="Switch the webhook off first"):
        endpoints.remove(actor=boss, webhook=webhook, now=NOW)
    assert Delivery.objects.count() == 1
    endpoints.give_up(webhook, SwitchedOff.GONE, NOW)
    notices = list(Message.objects.all())

    endpoints.remove(actor=boss, webhook=webhook, now=NOW)

    assert not Webhook.objects.exists()
    assert not Delivery.objects.exists()
    assert notices
    for notice in notices:
        notice.refresh_from_db()
        assert endpoints.current(notice) == []
    assert LedgerEntry.objects.latest("number").content["name"] == "Old CMS"


def test_an_editor_removes_no_webhook() -> None:
    webhook = factories.webhook(off=True)
    with pytest.raises(PermissionDenied):
        endpoints.remove(actor=factories.editor(), webhook=webhook, now=NOW)
