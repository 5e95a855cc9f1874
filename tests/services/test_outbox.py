"""The outbox: who may send which message."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.services.waiting_mail import DUE, drain, due_claim, several
from tests.sink import Sink
from verification.models import Message, User
from verification.models.choices import MessageState
from verification.services import leases, outbox, reminders

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return factories.editor(username="owner")


def test_the_attempt_is_counted_before_it_is_made(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)

    leased = outbox.lease(now=DUE)

    assert Message.objects.get().attempts == leased[0].attempts == 1


def test_a_message_that_kills_its_worker_each_time_is_set_aside(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    now = DUE
    for _ in range(outbox.MAX_ATTEMPTS):
        assert outbox.lease(now=now), "taken by a worker that never came back"
        now += outbox.lease_length()

    assert drain(now) == {"quarantined": 1}
    assert smtp.mails == []


def test_two_workers_never_hold_the_same_message(owner: User) -> None:
    several(5)

    first = outbox.lease(now=DUE, size=3)
    second = outbox.lease(now=DUE, size=3)

    assert (len(first), len(second)) == (3, 2)
    assert not {m.pk for m in first} & {m.pk for m in second}


def test_an_expired_lease_is_taken_over(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    outbox.lease(now=DUE)

    assert drain(DUE + outbox.lease_length() - timedelta(seconds=1)) == {}
    assert drain(DUE + outbox.lease_length()) == {"sent": 1}


def test_a_worker_that_slept_through_its_lease_does_not_overwrite_the_next_ones_mark(
    smtp: Sink, owner: User
) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    [frozen] = outbox.lease(now=DUE)
    drain(DUE + outbox.lease_length())

    assert outbox.mark(frozen, MessageState.FAILED) is False
    assert Message.objects.get().state == MessageState.SENT


def test_a_killed_workers_messages_lie_still_for_half_a_minute(settings) -> None:
    settings.EMAIL_TIMEOUT = 5
    assert outbox.lease_length() == timedelta(seconds=30)


def test_a_lease_outlasts_a_mail_server_that_takes_all_its_time(settings) -> None:
    settings.EMAIL_TIMEOUT = 20
    assert outbox.lease_length() == timedelta(seconds=60)


def leased_until() -> set[datetime | None]:
    return set(Message.objects.filter(state="pending").values_list("lease_until", flat=True))


def test_a_lease_is_renewed_for_the_rest_of_the_batch_when_a_third_of_it_has_passed() -> None:
    several(3)
    batch = outbox.lease(now=DUE)
    outbox.mark(batch[0], MessageState.SENT)
    rest, third = batch[1:], outbox.lease_length() / 3

    with CaptureQueriesContext(connection) as queries:
        assert outbox.hold(rest, DUE + third - timedelta(seconds=1))
    assert len(queries) == 0, "not before it is due"

    assert outbox.hold(rest, DUE + third)
    assert leased_until() == {DUE + third + outbox.lease_length()}


def test_a_message_that_kills_its_worker_does_not_take_the_others_of_its_batch_with_it(
    smtp: Sink,
) -> None:
    several(3)
    now = DUE
    for _ in range(leases.ALONE_AFTER):
        assert len(outbox.lease(now=now)) == 3, "the worker dies over the first of them"
        now += outbox.lease_length()

    deadly = outbox.lease(now=now)

    assert len(deadly) == 1
    assert drain(now) == {"sent": 2}


def test_a_refused_message_is_no_suspect(smtp: Sink) -> None:
    several(3)
    Message.objects.update(attempts=outbox.MAX_ATTEMPTS - 1)

    assert len(outbox.lease(now=DUE)) == 3


def test_as_many_workers_are_woken_as_there_are_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 2)
    assert outbox.senders_wanted(DUE) == 0
    several(5)
    assert outbox.senders_wanted(DUE) == 3
    several_more = [factories.editor(username=f"more-{index}") for index in range(10)]
    for owner in several_more:
        due_claim(owner)
    reminders.sweep(now=DUE)
    assert outbox.senders_wanted(DUE) == outbox.MOST_SENDERS


def test_a_failed_message_is_put_back_by_who_may(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    smtp.answer = lambda recipient: "550 no such user"
    drain()
    message = Message.objects.get()
    with pytest.raises(PermissionDenied):
        outbox.requeue(actor=factories.reporter(), message=message, now=DUE)

    smtp.answer = lambda recipient: None
    assert outbox.requeue(actor=factories.managing_editor(), message=message, now=DUE)

    assert drain() == {"sent": 1}
    assert not outbox.requeue(actor=factories.managing_editor(), message=message, now=DUE)


def test_an_idle_outbox_costs_one_search_by_the_index_of_pending_messages() -> None:
    plan = outbox.free(DUE).explain()
    if connection.vendor == "sqlite":
        assert "message_pending" in plan

    with CaptureQueriesContext(connection) as queries:
        assert outbox.due(DUE) == 0
    assert len(queries) == 1
