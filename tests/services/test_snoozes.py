"""Putting a claim off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import factories
from tests.services.clock import DEADLINE, DUE, at, fresh, sweep
from tests.services.desk import deadline, last_entry
from tests.services.rows import nothing_changes, refuses
from verification.models import Claim, Message, Reminder, Snooze, User
from verification.services import claims, messages, reminders, snoozes

pytestmark = pytest.mark.django_db

NOW = factories.NOW
HOUR = timedelta(hours=1)


@pytest.fixture
def chief() -> User:
    return factories.managing_editor(username="chief")


@pytest.fixture
def owner() -> User:
    return factories.editor(username="owner")


@pytest.fixture
def claim(owner: User, chief: User) -> Claim:
    beat = factories.BeatFactory.create(editor=chief)
    return factories.claim(actor=owner, beat=beat, deadline=DEADLINE)


def put_off(claim: Claim, user: User, until: date, now=DUE) -> Snooze:
    return snoozes.snooze(actor=user, claim=claim, until=until, now=now)


def test_who_put_a_claim_off_hears_nothing_of_it_before_that_morning(
    claim: Claim, owner: User
) -> None:
    assert sweep(DUE) == {("owner", "due")}
    put_off(claim, owner, date(2026, 4, 4))

    assert [sweep(at(day)) for day in (1, 2)] == [set(), set()]
    assert sweep(at(4, 8)) == {("chief", "escalation")}
    assert sweep(at(4)) == {("owner", "overdue-3")}
    assert fresh(claim).snoozes.get().ended_at == at(4)
    assert sweep(at(5)) == set()


def test_on_that_morning_a_stage_is_told_even_if_it_was_told_before(
    claim: Claim, owner: User
) -> None:
    assert sweep(at(1)) == {("owner", "overdue-1")}
    put_off(claim, owner, date(2026, 4, 2), at(1))

    assert sweep(at(2)) == {("owner", "overdue-1")}
    assert Reminder.objects.filter(recipient=owner).count() == 1, "under the same name"
    assert sweep(at(2)) == set()
    assert Message.objects.filter(recipient=owner, state="sent").count() == 2


def test_the_morning_is_at_the_hour_of_whoever_put_it_off(claim: Claim, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(mail_hour=6)
    sweep(at(1))
    put_off(claim, owner, date(2026, 4, 2), at(1))

    assert sweep(at(2, 5)) == set()
    assert sweep(at(2, 6)) == {("owner", "overdue-1")}


def test_a_scheduler_that_was_down_on_that_morning_tells_it_later(
    claim: Claim, owner: User
) -> None:
    sweep(at(1))
    put_off(claim, owner, date(2026, 4, 2), at(1))

    assert sweep(at(6)) == {("owner", "overdue-3"), ("chief", "escalation")}


def test_the_others_are_told_as_ever_and_nobody_stands_in(claim: Claim, owner: User) -> None:
    claim.watches.create(user=factories.reporter(username="watcher"), since=NOW)
    put_off(claim, owner, date(2026, 5, 20), at(28, month=3))

    assert sweep(DUE) == {("watcher", "due")}
    assert sweep(at(3)) == {("chief", "escalation")}
    assert sweep(at(7)) == {("chief", "overdue-7")}
    assert fresh(claim).unreachable_since is None


def test_a_snooze_of_one_claim_leaves_the_others_alone(claim: Claim, owner: User) -> None:
    other = factories.claim(actor=owner, deadline=DEADLINE, statement="Another.")
    put_off(claim, owner, date(2026, 4, 4), at(30, month=3))

    reminders.sweep(now=DUE)

    assert [row.claim for row in Reminder.objects.all()] == [other]


def test_a_mail_that_is_not_away_yet_leaves_out_what_was_put_off_since(
    claim: Claim, owner: User, mailoutbox: list
) -> None:
    other = factories.claim(actor=owner, deadline=DEADLINE, statement="Another.")
    reminders.sweep(now=DUE)
    put_off(claim, owner, date(2026, 4, 2))

    messages.drain(clock=lambda: DUE + HOUR)

    assert mailoutbox[0].extra_headers["X-BorneOut-Reminders"] == f"{other.slug}:due"


def test_what_was_left_out_because_it_was_put_off_is_told_in_the_end(
    claim: Claim, owner: User
) -> None:
    reminders.sweep(now=DUE)
    put_off(claim, owner, date(2026, 4, 1))
    messages.drain(clock=lambda: DUE + HOUR)
    assert Message.objects.get().state == "dropped"

    assert sweep(at(1)) == {("owner", "overdue-1")}


def test_a_snooze_before_the_first_stage_ends_without_a_word(claim: Claim, owner: User) -> None:
    put_off(claim, owner, date(2026, 2, 10), NOW)

    assert sweep(at(10, month=2)) == set()
    assert Snooze.objects.get().ended_at is not None
    assert sweep(at(24, month=3)) == {("owner", "heads-up")}


def test_a_moved_deadline_ends_it(claim: Claim, owner: User) -> None:
    put_off(claim, owner, date(2026, 5, 1), at(28, month=3))
    moved = fresh(claim)
    claims.extend(
        actor=owner,
        claim=moved,
        version=moved.version,
        deadline=deadline(date(2026, 4, 10)),
        reason="Put off.",
        now=DUE,
    )

    assert Snooze.objects.get().ended_at == DUE
    assert sweep(at(3)) == {("owner", "heads-up")}


def test_a_verdict_ends_it(claim: Claim, owner: User) -> None:
    put_off(claim, owner, date(2026, 5, 1))
    factories.decide(fresh(claim))

    assert Snooze.objects.get().ended_at is not None


def test_ending_it_by_hand_tells_what_came_meanwhile_and_nothing_twice(
    claim: Claim, owner: User
) -> None:
    sweep(DUE)
    put_off(claim, owner, date(2026, 4, 20))
    assert snoozes.end(actor=owner, claim=claim, now=DUE)
    assert sweep(DUE) == set(), "told already"
    put_off(claim, owner, date(2026, 4, 20))
    sweep(at(1))
    assert snoozes.end(actor=owner, claim=claim, now=at(2))
    assert sweep(at(2)) == {("owner", "overdue-1")}
    assert not snoozes.end(actor=owner, claim=claim, now=at(2))


def test_putting_it_off_again_moves_the_day(claim: Claim, owner: User) -> None:
    put_off(claim, owner, date(2026, 4, 4))
    put_off(claim, owner, date(2026, 4, 6), at(1))

    assert Snooze.objects.get().until == date(2026, 4, 6)
    assert sweep(at(4)) == {("chief", "escalation")}
    assert sweep(at(6)) == {("owner", "overdue-3")}


def test_the_same_day_again_changes_nothing(claim: Claim, owner: User) -> None:
    put_off(claim, owner, date(2026, 4, 4))

    with nothing_changes():
        put_off(claim, owner, date(2026, 4, 4))


def test_the_ledger_has_who_put_what_off(claim: Claim, owner: User) -> None:
    put_off(claim, owner, date(2026, 4, 4))

    entry = last_entry()
    assert (entry.action, entry.actor, entry.claim) == ("claim snoozed", owner, claim)
    assert entry.content == {"until": "2026-04-04"}
    assert fresh(claim).version == 1, "the claim itself is as it was"


@pytest.mark.parametrize("days", [-1, 0, 61, 4000])
def test_the_day_is_from_tomorrow_to_sixty_days(claim: Claim, owner: User, days: int) -> None:
    with refuses("until") as problems:
        put_off(claim, owner, DUE.date() + timedelta(days=days))
    assert problems == {"until": ["Enter a day from 1 April 2026 to 30 May 2026."]}


@pytest.mark.parametrize("days", [1, 60])
def test_tomorrow_and_the_sixtieth_day_are_taken(claim: Claim, owner: User, days: int) -> None:
    assert put_off(claim, owner, DUE.date() + timedelta(days=days)).pk


def test_a_decided_claim_is_not_put_off(claim: Claim, owner: User) -> None:
    factories.decide(claim)

    with refuses("until"):
        put_off(claim, owner, date(2026, 4, 4))


def test_who_may_not_see_claims_puts_none_off(claim: Claim) -> None:
    nobody = factories.UserFactory.create()

    with nothing_changes():
        with pytest.raises(PermissionDenied):
            put_off(claim, nobody, date(2026, 4, 4))
        with pytest.raises(PermissionDenied):
            snoozes.end(actor=nobody, claim=claim, now=DUE)
