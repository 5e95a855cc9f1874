"""What made a message necessary is looked at again just before it is sent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import factories
from tests.services.waiting_mail import DUE, drain, due_claim
from tests.sink import Sink
from verification.models import Claim, User
from verification.services import claims, reminders, verdicts
from verification.services.drafts import DeadlineDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return factories.editor(username="owner")


def put_off(claim: Claim, day: date) -> None:
    claims.extend(
        actor=factories.managing_editor(),
        claim=claim,
        version=Claim.objects.get(pk=claim.pk).version,
        deadline=DeadlineDraft(day=day),
        reason="Put off.",
        now=DUE,
    )


def test_a_claim_decided_meanwhile_is_not_mailed(smtp: Sink, owner: User) -> None:
    claim = due_claim(owner)
    reminders.sweep(now=DUE)
    factories.decide(claim, now=DUE)

    assert drain() == {"dropped": 1}
    assert smtp.mails == []


def test_a_deadline_moved_meanwhile_is_not_mailed(smtp: Sink, owner: User) -> None:
    claim = due_claim(owner)
    reminders.sweep(now=DUE)
    put_off(claim, date(2026, 6, 30))

    assert drain() == {"dropped": 1}
    assert smtp.mails == []


@pytest.mark.parametrize("is_swept_between", [True, False])
def test_a_deadline_moved_away_and_back_is_told_of_after_all(
    is_swept_between: bool, smtp: Sink, owner: User
) -> None:
    claim = due_claim(owner)
    reminders.sweep(now=DUE)
    put_off(claim, date(2026, 4, 3))
    if is_swept_between:
        reminders.sweep(now=DUE)
        drain()
    put_off(claim, DUE.date())

    reminders.sweep(now=DUE)
    drain()

    assert smtp.reminders()[-1] == ("owner@example.org", claim.slug, "due")


def test_a_claim_decided_and_reopened_before_its_mail_went_out_is_told_of(
    smtp: Sink, owner: User
) -> None:
    claim = due_claim(owner)
    reminders.sweep(now=DUE)
    factories.decide(claim, now=DUE)
    drain()
    chief = factories.managing_editor()
    verdicts.reopen(actor=chief, claim=claim, version=claim.version, rationale="Wrong.", now=DUE)

    reminders.sweep(now=DUE)
    drain()

    assert smtp.reminders() == [("owner@example.org", claim.slug, "due")]


def test_somebody_else_is_told_when_the_recipient_left_before_the_mail_went_out(
    smtp: Sink, owner: User
) -> None:
    factories.managing_editor(username="chief")
    claim = due_claim(owner)
    reminders.sweep(now=DUE)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert drain() == {"dropped": 1}

    reminders.sweep(now=DUE)
    drain()

    assert smtp.reminders() == [("chief@example.org", claim.slug, "due")]


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


def test_who_left_the_desk_meanwhile_gets_no_mail(smtp: Sink, owner: User) -> None:
    due_claim(owner)
    reminders.sweep(now=DUE)
    User.objects.filter(pk=owner.pk).update(is_active=False)

    assert drain() == {"dropped": 1}
