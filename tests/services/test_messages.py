"""The outbox: at least once, never silently lost."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories, sink
from tests.sink import Sink
from verification.emails import reminders as reminder_mails
from verification.models import Claim, Message, User
from verification.models.choices import MessageState
from verification.services import claims, messages, reminders
from verification.services.drafts import DeadlineDraft

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 3, 31, 9, tzinfo=UTC)
DEADLINE = date(2026, 3, 31)


@pytest.fixture
def smtp(settings) -> Iterator[Sink]:
    with sink.running() as (server, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield server


@pytest.fixture
def owner() -> User:
    return factories.editor(username="owner")


def due_claim(actor: User, **fields: object) -> Claim:
    return factories.claim(actor=actor, deadline=DEADLINE, **fields)


def several(number: int) -> list[User]:
    """Owners with a claim each, swept: a pending message each."""
    owners = [factories.editor(username=f"owner-{index}") for index in range(number)]
    for owner in owners:
        due_claim(owner)
    reminders.sweep(now=DUE)
    return owners


def drain(now: datetime = DUE) -> dict[str, int]:
    return dict(messages.drain(clock=lambda: now))


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
    assert drain(DUE + messages.FIRST_WAIT) == {"sent": 1}

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

    assert drain(DUE + messages.FIRST_WAIT) == {"sent": 1}

    assert len(smtp.mails) == 2
    assert len({mail["Message-ID"] for mail in smtp.mails}) == 1


def test_a_mail_server_that_cannot_be_reached_is_no_messages_fault(settings, owner: User) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
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
    for _ in range(messages.MAX_ATTEMPTS):
        drain(now)
        now += messages.LONGEST_WAIT

    message = Message.objects.get()
    assert (message.state, message.attempts) == (MessageState.QUARANTINED, messages.MAX_ATTEMPTS)
    assert "451" in message.last_error


def test_the_attempt_is_counted_before_it_is_made(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)

    leased = messages.lease(now=DUE)

    assert Message.objects.get().attempts == leased[0].attempts == 1


def test_a_message_that_kills_its_worker_each_time_is_set_aside(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    now = DUE
    for _ in range(messages.MAX_ATTEMPTS):
        assert messages.lease(now=now), "taken by a worker that never came back"
        now += messages.LEASE

    assert drain(now) == {"quarantined": 1}
    assert smtp.mails == []


def test_two_workers_never_hold_the_same_message(owner: User) -> None:
    several(5)

    first = messages.lease(now=DUE, size=3)
    second = messages.lease(now=DUE, size=3)

    assert (len(first), len(second)) == (3, 2)
    assert not {m.pk for m in first} & {m.pk for m in second}


def test_an_expired_lease_is_taken_over(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    messages.lease(now=DUE)

    assert drain(DUE + messages.LEASE - timedelta(seconds=1)) == {}
    assert drain(DUE + messages.LEASE) == {"sent": 1}


def test_a_worker_that_slept_through_its_lease_does_not_overwrite_the_next_ones_mark(
    smtp: Sink, owner: User
) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    [frozen] = messages.lease(now=DUE)
    drain(DUE + messages.LEASE)

    assert messages._mark(frozen, MessageState.FAILED) is False
    assert Message.objects.get().state == MessageState.SENT


def test_a_slow_batch_stops_before_its_lease_runs_out_and_gives_the_rest_back(
    smtp: Sink, settings
) -> None:
    several(4)
    times = iter([DUE, DUE, DUE, DUE + messages.LEASE])

    done = messages.send_batch(clock=lambda: next(times, DUE + messages.LEASE))

    assert done["put back"] + done["sent"] == 4
    assert done["put back"] > 0
    assert Message.objects.filter(state=MessageState.PENDING, lease_token=None, attempts=0).count()


def test_a_claim_decided_meanwhile_is_not_mailed(smtp: Sink, owner: User) -> None:
    claim = due_claim(owner)
    reminders.sweep(now=DUE)
    factories.decide(claim, now=DUE)

    assert drain() == {"dropped": 1}
    assert smtp.mails == []


def test_a_deadline_moved_meanwhile_is_not_mailed(smtp: Sink, owner: User) -> None:
    claim = due_claim(owner)
    reminders.sweep(now=DUE)
    claims.extend(
        actor=owner,
        claim=claim,
        version=claim.version,
        deadline=DeadlineDraft(day=date(2026, 6, 30)),
        reason="Put off.",
        now=DUE,
    )

    assert drain() == {"dropped": 1}
    assert smtp.mails == []


def test_what_still_holds_in_a_bundle_is_mailed_without_the_rest(smtp: Sink, owner: User) -> None:
    gone, stays = due_claim(owner, statement="Gone."), due_claim(owner, statement="Stays.")
    reminders.sweep(now=DUE)
    factories.decide(gone, now=DUE)

    drain()

    assert smtp.reminders() == [("owner@example.org", stays.slug, "due")]


def test_a_stage_that_could_not_be_sent_gives_way_to_the_next(smtp: Sink, owner: User) -> None:
    claim = due_claim(owner)
    reminders.sweep(now=DUE)
    reminders.sweep(now=DUE + timedelta(days=1))

    assert drain(DUE + timedelta(days=1)) == {"dropped": 1, "sent": 1}
    assert smtp.reminders() == [("owner@example.org", claim.slug, "overdue-1")]


def test_a_claim_that_cannot_be_rendered_is_alone_in_its_quarantine(
    smtp: Sink, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        due_claim(owner, statement=f"Claim {number}.")
    reminders.sweep(now=DUE)
    write = reminder_mails.reminders

    def poisoned(message, rows, now):
        if any(row.claim.statement == "Claim 1." for row in rows):
            raise ValueError("this one cannot be rendered")
        return write(message, rows, now)

    monkeypatch.setattr(reminder_mails, "reminders", poisoned)

    drain()

    assert {claim for _to, claim, _stage in smtp.reminders()} == {"claim-0", "claim-2"}
    [set_aside] = Message.objects.filter(state=MessageState.QUARANTINED)
    assert [row.claim.slug for row in set_aside.reminders.all()] == ["claim-1"]
    assert "cannot be rendered" in set_aside.last_error


def test_who_left_the_desk_meanwhile_gets_no_mail(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    User.objects.filter(pk=owner.pk).update(is_active=False)

    assert drain() == {"dropped": 1}


def test_a_failed_message_is_put_back_by_who_may(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    smtp.answer = lambda recipient: "550 no such user"
    drain()
    message = Message.objects.get()
    with pytest.raises(PermissionDenied):
        messages.requeue(actor=factories.reporter(), message=message, now=DUE)

    smtp.answer = lambda recipient: None
    assert messages.requeue(actor=factories.managing_editor(), message=message, now=DUE)

    assert drain() == {"sent": 1}
    assert not messages.requeue(actor=factories.managing_editor(), message=message, now=DUE)


def test_the_oldest_unsent_message_is_found(owner: User) -> None:
    assert messages.oldest_unsent(DUE) is None
    due_claim(owner)
    reminders.sweep(now=DUE)

    assert messages.oldest_unsent(DUE + timedelta(minutes=11)) == timedelta(minutes=11)


def test_waits_double_up_to_the_longest() -> None:
    waits = [messages.waiting_time(attempts) for attempts in range(1, messages.MAX_ATTEMPTS + 1)]

    assert waits[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert waits == sorted(waits)
    assert waits[-1] == messages.LONGEST_WAIT


def test_an_idle_outbox_costs_one_search_by_the_index_of_pending_messages() -> None:
    plan = messages._free(DUE).explain()
    if connection.vendor == "sqlite":
        assert "message_pending" in plan

    with CaptureQueriesContext(connection) as queries:
        assert messages.due(DUE) == 0
    assert len(queries) == 1
