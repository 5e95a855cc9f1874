"""What was read for a whole batch is taken only where nothing has changed since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.services.waiting_mail import DUE, due_claim
from verification.emails import links
from verification.models import Claim, Message, Reminder, Suppression, User
from verification.services import claims, contents, reminders, snoozes
from verification.services.ahead import Ahead, marks, marks_of
from verification.services.drafts import DeadlineDraft
from verification.services.routing import holders

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return factories.editor(username="owner")


@pytest.fixture
def claim(owner: User) -> Claim:
    return due_claim(owner)


@pytest.fixture
def message(claim: Claim) -> Message:
    reminders.sweep(now=DUE)
    return Message.objects.select_related("recipient").get()


def moved(claim: Claim, owner: User) -> None:
    claims.extend(
        actor=factories.managing_editor(),
        claim=claim,
        version=None,
        deadline=DeadlineDraft(day=claim.deadline + timedelta(days=9)),
        reason="Put off.",
        now=DUE,
    )


def decided(claim: Claim, owner: User) -> None:
    factories.decide(Claim.objects.get(pk=claim.pk), now=DUE)


def snoozed(claim: Claim, owner: User) -> None:
    snoozes.snooze(actor=owner, claim=claim, until=DUE.date() + timedelta(days=2), now=DUE)


def left(claim: Claim, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(is_active=False)


def refused(claim: Claim, owner: User) -> None:
    Suppression.objects.create(address=owner.email.lower(), since=DUE, reason="550")


def overtaken(claim: Claim, owner: User) -> None:
    reminders.sweep(now=DUE + timedelta(days=1))


@pytest.mark.parametrize("change", [moved, decided, snoozed, left, refused, overtaken])
def test_whatever_makes_a_message_stale_is_noticed_after_it_was_read(
    change: Callable[[Claim, User], None], claim: Claim, owner: User, message: Message
) -> None:
    ahead = Ahead([message], DUE)
    assert contents.read(message, now=DUE, ahead=ahead).items

    change(claim, owner)

    found = contents.read(message, now=DUE, ahead=ahead)
    assert not (found.items and found.reachable)


def test_another_address_is_written_to(owner: User, message: Message) -> None:
    ahead = Ahead([message], DUE)
    User.objects.filter(pk=owner.pk).update(email="new@example.org")

    assert contents.read(message, now=DUE, ahead=ahead).build().to == ["new@example.org"]


def test_the_marks_of_one_message_are_those_of_a_batch(message: Message) -> None:
    assert marks([message])[message.pk] == marks_of(message)
    assert marks_of(message) != ()


def test_a_batch_knows_of_each_recipient_what_the_user_may() -> None:
    users = [
        factories.editor(),
        factories.managing_editor(),
        factories.UserFactory.create(),
        factories.UserFactory.create(is_superuser=True),
        factories.managing_editor(is_active=False),
    ]
    given = factories.UserFactory.create()
    given.user_permissions.add(Permission.objects.get(codename="assign_claim"))

    holds = holders([*users, given], links.ASKED)

    for user in (*users, given):
        for permission in links.ASKED:
            assert holds(user, permission) == user.has_perm(f"verification.{permission}"), user


@time_machine.travel(DUE, tick=False)  # the links are signed with the second of their making
def test_a_mail_is_the_same_however_it_was_read(message: Message) -> None:
    by_itself = contents.read(message, now=DUE).build()
    ahead = contents.read(message, now=DUE, ahead=Ahead([message], DUE)).build()

    assert ahead.body == by_itself.body
    assert ahead.alternatives == by_itself.alternatives


def test_a_batch_takes_as_many_queries_as_one_and_each_mail_one_more() -> None:
    # On one beat: within a test's transaction no board is kept from one claim to the next.
    beat = factories.BeatFactory.create()
    for number in range(6):
        due_claim(factories.editor(), beat=beat, statement=f"Claim {number}.")
    reminders.sweep(now=DUE)
    batch = list(Message.objects.select_related("recipient"))
    Ahead(batch, DUE)

    def queries(some: list[Message]) -> int:
        with CaptureQueriesContext(connection) as taken:
            Ahead(some, DUE)
        return len(taken)

    assert queries(batch) == queries(batch[:1])
    ahead = Ahead(batch, DUE)
    with CaptureQueriesContext(connection) as taken:
        for message in batch:
            contents.read(message, now=DUE, ahead=ahead).build()
    # Whether the recipient's address is refused is read once.
    assert len(taken) <= len(batch) + 1
    assert Reminder.objects.count() == len(batch)
