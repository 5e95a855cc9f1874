"""Delivery: at least once, never silently lost."""

from __future__ import annotations

import smtplib
import socket
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import OperationalError

from tests import factories
from tests.services.waiting_mail import DUE, drain, due_claim, several
from tests.sink import Sink
from verification.emails import reminders as reminder_mails
from verification.emails import smtp as mail_server
from verification.models import Claim, Message, User
from verification.models.choices import MessageState
from verification.services import afterwards, messages, outbox, reminders

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return factories.editor(username="owner")


def test_a_due_claim_arrives_once_at_the_far_end(smtp: Sink, owner: User) -> None:
    claim = due_claim(owner)

    for _ in range(3):
        reminders.sweep(now=DUE)
        drain()

    assert smtp.reminders() == [("owner@example.org", claim.slug, "due")]
    message = Message.objects.get()
    assert (message.state, message.attempts, message.sent_at) == (MessageState.SENT, 1, DUE)


def test_what_arrived_is_what_the_desk_shows(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    drain()

    message, mail = Message.objects.get(), smtp.mails[0]
    assert message.subject == mail["Subject"]
    assert message.message_id == mail["Message-ID"]
    assert message.address == mail["To"]
    html = mail.get_body(("html",))
    assert html is not None
    assert message.html.split() == html.get_content().split()


def test_a_batch_goes_over_one_connection(smtp: Sink) -> None:
    several(5)

    drain()

    assert len(smtp.mails) == 5
    assert smtp.connections == 1


def test_each_recipient_has_a_message_of_his_own(smtp: Sink) -> None:
    several(3)

    drain()

    assert sorted(str(mail["To"]) for mail in smtp.mails) == [
        f"owner-{index}@example.org" for index in range(3)
    ]


def test_a_temporary_refusal_is_tried_again_later_with_the_same_message_id(
    smtp: Sink, owner: User
) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    smtp.answer = lambda recipient: "451 try again"
    assert drain() == {"put back": 1}
    before = Message.objects.get()
    assert (before.state, before.attempts) == (MessageState.PENDING, 1)
    assert "451" in before.last_error
    assert drain() == {}, "not before its time"

    smtp.answer = lambda recipient: None
    assert drain(DUE + afterwards.FIRST_WAIT) == {"sent": 1}

    assert [mail["Message-ID"] for mail in smtp.mails] == [before.message_id]


def test_a_permanent_refusal_fails_visibly_after_one_attempt_and_holds_up_nobody(
    smtp: Sink,
) -> None:
    several(4)
    smtp.answer = lambda recipient: "550 no such user" if recipient.startswith("owner-1@") else None

    assert drain() == {"failed": 1, "sent": 3}

    failed = Message.objects.get(state=MessageState.FAILED)
    assert failed.recipient.username == "owner-1"
    assert failed.attempts == 1
    assert "550" in failed.last_error


def test_an_answer_that_never_came_leads_to_a_second_mail_with_the_same_message_id(
    smtp: Sink, owner: User
) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    smtp.hang_up_after_accepting = True
    assert drain() == {"put back": 1}

    assert drain(DUE + afterwards.FIRST_WAIT) == {"sent": 1}

    assert len(smtp.mails) == 2
    assert len({mail["Message-ID"] for mail in smtp.mails}) == 1


def test_a_mail_server_that_cannot_be_reached_is_no_messages_fault(settings, owner: User) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    settings.EMAIL_BACKEND = "verification.emails.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    several(2)

    assert drain() == {"unreachable": 2}

    assert {m.attempts for m in Message.objects.all()} == {0}
    assert {m.next_attempt_at for m in Message.objects.all()} == {DUE + messages.SERVER_WAIT}


def test_a_message_that_uses_its_attempts_up_is_set_aside(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    smtp.answer = lambda recipient: "451 try again"

    now = DUE
    for _ in range(outbox.MAX_ATTEMPTS):
        drain(now)
        now += afterwards.LONGEST_WAIT

    message = Message.objects.get()
    assert (message.state, message.attempts) == (MessageState.QUARANTINED, outbox.MAX_ATTEMPTS)
    assert "451" in message.last_error


def test_what_is_taken_is_marked_before_the_next_mail_is_given(
    smtp: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(3)
    give, mark_sent = mail_server._InSteps.give, afterwards.mark_sent
    happened: list[str] = []

    def giving(steps: mail_server._InSteps) -> None:
        happened.append("given")
        give(steps)

    def marking(*given: Any) -> None:
        happened.append("marked")
        mark_sent(*given)

    monkeypatch.setattr(mail_server._InSteps, "give", giving)
    monkeypatch.setattr(afterwards, "mark_sent", marking)

    assert drain() == {"sent": 3}
    assert happened == ["given", "marked"] * 3


def test_a_claim_decided_after_its_mail_was_written_is_not_told(
    smtp: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(3)
    write = reminder_mails.reminders

    def overtaken(message, rows, *others):
        written = write(message, rows, *others)
        if message.recipient.username == "owner-1":
            factories.decide(Claim.objects.get(pk=rows[0].claim_id), now=DUE)
        return written

    monkeypatch.setattr(reminder_mails, "reminders", overtaken)

    assert drain() == {"sent": 2, "dropped": 1}
    assert [str(mail["To"]) for mail in smtp.mails] == [
        "owner-0@example.org",
        "owner-2@example.org",
    ]
    assert smtp.connections == 1, "what was begun is taken back, and the line is kept"


def test_a_server_that_hangs_up_at_the_next_mail_does_not_undo_the_one_before(
    smtp: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(2)
    begin = mail_server._InSteps.begin

    def hung_up(steps: mail_server._InSteps) -> None:
        if steps._mail.to == ["owner-1@example.org"]:
            raise smtplib.SMTPServerDisconnected("no more")
        begin(steps)

    monkeypatch.setattr(mail_server._InSteps, "begin", hung_up)

    assert drain() == {"sent": 1, "put back": 1}
    states = dict(Message.objects.values_list("recipient__username", "state"))
    assert states == {"owner-0": MessageState.SENT, "owner-1": MessageState.PENDING}


def test_a_backend_without_steps_sends_as_well(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    several(2)

    assert drain() == {"sent": 2}
    assert [mail.to for mail in django_mail.outbox] == [
        ["owner-0@example.org"], ["owner-1@example.org"],
    ]  # fmt: skip


class Ticking:
    """A clock that goes on by some seconds with each look at it."""

    def __init__(self, seconds: float) -> None:
        self.now, self.step = DUE, timedelta(seconds=seconds)

    def __call__(self) -> datetime:
        self.now += self.step
        return self.now


def test_a_slow_batch_keeps_its_lease_to_the_end(smtp: Sink) -> None:
    several(5)

    done = messages.send_batch(clock=Ticking(5))

    assert done == {"sent": 5}, "it took longer than a lease"


def test_a_batch_stops_where_another_worker_has_taken_over_a_part_of_it(
    smtp: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(4)
    write = reminder_mails.reminders

    def frozen(message, rows, *others):
        if message.recipient.username == "owner-1" and not taken:
            # Asleep in the middle of a batch, until one of the others is taken over.
            clock.now += outbox.lease_length()
            taken.extend(outbox.lease(now=clock.now, size=3)[-1:])
        return write(message, rows, *others)

    taken: list[Message] = []
    clock = Ticking(0)
    monkeypatch.setattr(reminder_mails, "reminders", frozen)

    done = messages.send_batch(clock=clock)

    assert done["lost"] == 2
    assert "owner-3@example.org" not in [str(mail["To"]) for mail in smtp.mails]
    assert Message.objects.get(pk=taken[0].pk).lease_token == taken[0].lease_token


def test_nothing_is_sent_once_a_renewal_has_failed(
    smtp: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(3)
    clock = Ticking(0)
    lease = outbox.lease

    def overslept(*, now: datetime) -> list[Message]:
        batch = lease(now=now)
        clock.now += outbox.lease_length()
        assert len(lease(now=clock.now)) == 3, "all are another worker's by now"
        return batch

    monkeypatch.setattr(outbox, "lease", overslept)

    assert messages.send_batch(clock=clock) == {"lost": 3}
    assert smtp.mails == []


def test_a_batch_that_takes_too_long_gives_its_rest_back_uncounted(smtp: Sink) -> None:
    several(4)

    done = messages.send_batch(clock=Ticking(messages.LONGEST_BATCH.total_seconds() / 3))

    assert done["put back"] + done["sent"] == 4
    assert done["put back"] > 0
    put_back = Message.objects.filter(state=MessageState.PENDING)
    assert {(m.lease_token, m.attempts) for m in put_back} == {(None, 0)}


def test_an_address_that_no_mail_server_could_be_told_holds_up_nobody(smtp: Sink) -> None:
    several(3)
    User.objects.filter(username="owner-1").update(email="owner@example.org, all@example.org")

    assert drain() == {"sent": 2, "quarantined": 1}

    [set_aside] = Message.objects.filter(state=MessageState.QUARANTINED)
    assert set_aside.recipient.username == "owner-1"
    assert "cannot be sent" in set_aside.last_error


def test_a_claim_that_cannot_be_rendered_is_alone_in_its_quarantine(
    smtp: Sink, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        due_claim(owner, statement=f"Claim {number}.")
    reminders.sweep(now=DUE)
    write = reminder_mails.reminders

    def poisoned(message, rows, *others):
        if any(row.claim.statement == "Claim 1." for row in rows):
            raise ValueError("this one cannot be rendered")
        return write(message, rows, *others)

    monkeypatch.setattr(reminder_mails, "reminders", poisoned)

    drain()

    assert {claim for _to, claim, _stage in smtp.reminders()} == {"claim-0", "claim-2"}
    [set_aside] = Message.objects.filter(state=MessageState.QUARANTINED)
    assert [row.claim.slug for row in set_aside.reminders.all()] == ["claim-1"]
    assert "cannot be rendered" in set_aside.last_error


def test_waits_double_up_to_the_longest() -> None:
    waits = [afterwards.waiting_time(attempts) for attempts in range(1, outbox.MAX_ATTEMPTS + 1)]

    assert waits[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert waits == sorted(waits)
    assert waits[-1] == afterwards.LONGEST_WAIT


def test_a_sent_message_is_marked_as_soon_as_the_database_is_back(
    smtp: Sink, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    mark, refusals = outbox.mark, iter([OperationalError("the server closed the connection")] * 2)

    def restarting(message: Message, state: str, **changes: object) -> bool:
        for refusal in refusals:
            raise refusal
        return mark(message, state, **changes)

    monkeypatch.setattr(outbox, "mark", restarting)
    monkeypatch.setattr(afterwards, "MARK_PAUSE_SECONDS", 0)
    # Under the test's own transaction the connection may neither be closed nor waited for.
    away = SimpleNamespace(in_atomic_block=False, close=lambda: None)
    monkeypatch.setattr(afterwards, "connection", away)

    assert drain() == {"sent": 1}
    assert Message.objects.get().state == MessageState.SENT
    assert len(smtp.mails) == 1


def test_a_database_that_goes_away_is_not_the_messages_fault(
    smtp: Sink, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)

    def away(*_given: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(reminder_mails, "reminders", away)
    with pytest.raises(OperationalError):
        drain()

    monkeypatch.undo()
    assert Message.objects.get().state == MessageState.PENDING
