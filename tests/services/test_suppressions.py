"""An address that a mail server refused for good: nothing more is sent there, and others hear."""

from __future__ import annotations

import smtplib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import factories, sink
from tests.services.desk import last_entry
from verification.models import Claim, Message, Suppression, User
from verification.models.choices import MessageState
from verification.services import messages, outbox, people, reminders, suppressions

DUE = datetime(2026, 3, 31, 9, tzinfo=UTC)
DEADLINE = date(2026, 3, 31)


def refused(answer: str, kind: str = "recipient") -> smtplib.SMTPException:
    """What smtplib raises for this answer of a server to RCPT TO, MAIL FROM or DATA."""
    code, _space, text = answer.partition(" ")
    if kind == "recipient":
        return smtplib.SMTPRecipientsRefused({"owner@example.org": (int(code), text.encode())})
    if kind == "sender":
        return smtplib.SMTPSenderRefused(int(code), text.encode(), "desk@example.org")
    return smtplib.SMTPDataError(int(code), text.encode())


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.1.1 no such user",
        "550 no such user here",
        "550 5.1.0 address rejected",
        "550 5.1.2 no such host",
        "553 5.1.3 bad syntax",
        "551 5.1.6 moved to another place",
        "556 5.1.10 the domain takes no mail",
        "550 5.2.1 mailbox disabled",
        "553 name not allowed",
        "550 5.1.1\nno such user",
    ],
)
def test_an_answer_that_the_address_is_no_good_is_hard(answer: str) -> None:
    assert suppressions.is_hard(refused(answer))


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("450 4.2.1 try later", "recipient"),
        ("552 5.2.2 mailbox full", "recipient"),
        ("552 over quota", "recipient"),
        ("550 5.2.2 mailbox full", "recipient"),
        ("550 5.7.1 blocked: your server has a bad name", "recipient"),
        ("554 5.7.1 relay access denied", "recipient"),
        ("550 5.1.8 the sender's domain does not exist", "recipient"),
        ("550 5.1.7 bad address of the sender", "recipient"),
        ("550 5.4.4 unable to route", "recipient"),
        ("550 4.1.1 contradicts itself", "recipient"),
        ("554 transaction failed", "recipient"),
        ("550 5.1.1 no such user", "sender"),
        ("550 5.1.1 no such user", "data"),
        ("554 5.6.0 we do not like the text", "data"),
    ],
)
def test_an_answer_about_anything_else_suppresses_nobody(answer: str, kind: str) -> None:
    assert not suppressions.is_hard(refused(answer, kind))


@pytest.fixture
def smtp(settings, db):
    with sink.running() as (server, port):
        settings.EMAIL_BACKEND = "verification.emails.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield server


def due_claim(actor: User, **fields: object) -> Claim:
    return factories.claim(actor=actor, deadline=DEADLINE, **fields)


def work(now: datetime = DUE) -> dict[str, int]:
    """One full sweep and drain."""
    reminders.sweep(now=now)
    return dict(messages.drain(clock=lambda: now))


def test_a_hard_bounce_suppresses_the_address_and_the_next_in_line_is_told(smtp) -> None:
    owner, boss = factories.editor(username="Owner"), factories.managing_editor(username="boss")
    claim = due_claim(owner)
    smtp.answer = lambda recipient: "550 5.1.1 gone" if recipient.startswith("Owner@") else None

    assert work() == {"failed": 1}

    row = Suppression.objects.get()
    assert (row.address, row.since) == ("owner@example.org", DUE)
    assert row.reason == "550 5.1.1 gone"
    assert row.message == Message.objects.get()
    claim.refresh_from_db()
    assert claim.next_reminder_at == DUE, "it is looked at again at once"
    entry = last_entry()
    assert (entry.action, entry.content) == ("address refused", {"users": ["Owner"]})

    assert work() == {"sent": 1}
    assert smtp.reminders() == [(boss.email, claim.slug, "due")]


@pytest.mark.parametrize("answer", ["552 5.2.2 mailbox full", "550 5.7.1 blocked"])
def test_another_refusal_of_the_recipient_fails_the_message_and_has_the_claim_looked_at_again(
    smtp, answer: str
) -> None:
    claim = due_claim(factories.editor())
    smtp.answer = lambda recipient: answer

    assert work() == {"failed": 1}

    assert not Suppression.objects.exists()
    claim.refresh_from_db()
    assert claim.next_reminder_at == DUE


def test_claims_that_wait_in_other_messages_to_a_refused_address_are_not_lost(smtp) -> None:
    owner, boss = factories.editor(username="owner"), factories.managing_editor(username="boss")
    first = due_claim(owner)
    reminders.sweep(now=DUE)
    second = due_claim(owner)
    reminders.sweep(now=DUE)
    assert Message.objects.count() == 2
    smtp.answer = lambda recipient: "550 gone" if recipient.startswith("owner@") else None

    assert dict(messages.drain(clock=lambda: DUE)) == {"failed": 1, "dropped": 1}
    assert work() == {"sent": 1}

    assert {(to, slug) for to, slug, _stage in smtp.reminders()} == {
        (boss.email, first.slug),
        (boss.email, second.slug),
    }


def test_a_claim_that_was_decided_or_moved_is_not_looked_at_again(db) -> None:
    owner = factories.editor()
    decided, moved = due_claim(owner), due_claim(owner)
    reminders.sweep(now=DUE)
    message = Message.objects.get()
    factories.decide(decided)
    Claim.objects.filter(pk=moved.pk).update(deadline=date(2026, 12, 31), next_reminder_at=None)

    suppressions.suppress(address=owner.email, reason="550", message=message, now=DUE)

    assert not Claim.objects.filter(next_reminder_at=DUE).exists()


def test_an_address_is_refused_whatever_its_case_and_once(db) -> None:
    owner = factories.editor(email="Emma@Example.ORG")
    for address in ("Emma@Example.ORG", "emma@example.org", "EMMA@EXAMPLE.ORG"):
        suppressions.suppress(address=address, reason="550", message=None, now=DUE)

    assert Suppression.objects.get().address == "emma@example.org"
    assert set(suppressions.of([owner, factories.editor()])) == {owner.pk}
    assert suppressions.refused_users() == [owner]


@pytest.fixture
def refused_owner(db) -> User:
    owner = factories.editor(username="owner")
    suppressions.suppress(address=owner.email, reason="550 gone", message=None, now=DUE)
    return owner


def test_a_managing_editor_has_mail_sent_again(refused_owner: User) -> None:
    boss = factories.managing_editor()
    claim = due_claim(boss)
    Claim.objects.filter(pk=claim.pk).update(unreachable_since=DUE, next_reminder_at=None)

    assert suppressions.lift(actor=boss, user=refused_owner, now=DUE)

    assert not Suppression.objects.exists()
    assert last_entry().action == "address accepted again"
    assert "@" not in str(last_entry().content), "the ledger is exported"
    claim.refresh_from_db()
    assert claim.next_reminder_at == DUE, "somebody may be told of it now"
    assert not suppressions.lift(actor=boss, user=refused_owner, now=DUE)


def test_nobody_less_has_mail_sent_again(refused_owner: User) -> None:
    with pytest.raises(PermissionDenied):
        suppressions.lift(actor=factories.editor(), user=refused_owner, now=DUE)
    assert Suppression.objects.exists()


def edit(user: User, **fields: object) -> None:
    people.edit_user(
        actor=factories.managing_editor(), user=user, fields=fields, role="editor", now=DUE
    )


def test_a_new_address_takes_mail_and_the_old_refusal_is_forgotten(refused_owner: User) -> None:
    edit(refused_owner, email="new@example.org")

    assert not Suppression.objects.exists()


def test_a_refusal_stays_while_somebody_else_has_the_address(refused_owner: User) -> None:
    other = factories.editor(email=refused_owner.email.upper())

    edit(refused_owner, email="new@example.org")

    assert suppressions.refused_users() == [other]


def test_a_change_of_something_else_forgets_no_refusal(refused_owner: User) -> None:
    edit(refused_owner, first_name="Olga")

    assert suppressions.refused_users() != []


def test_sending_again_tries_the_refused_address_again(smtp) -> None:
    owner = factories.editor(username="owner")
    claim = due_claim(owner)
    smtp.answer = lambda recipient: "550 gone"
    work()
    message = Message.objects.get(state=MessageState.FAILED)
    boss = factories.managing_editor(email="")

    assert outbox.requeue(actor=boss, message=message, now=DUE + timedelta(hours=1))
    assert not Suppression.objects.exists()
    smtp.answer = lambda recipient: None
    messages.drain(clock=lambda: DUE + timedelta(hours=1))

    assert smtp.reminders() == [("owner@example.org", claim.slug, "due")]
