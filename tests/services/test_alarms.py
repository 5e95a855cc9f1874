"""What is not well, as of now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.services.desk import last_entry
from verification.models import Claim, Heartbeat, Message, Reminder, User
from verification.models.choices import MessageState
from verification.services import alarms, pulse, stuck, suppressions

pytestmark = pytest.mark.django_db

NOW = factories.NOW
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def boss() -> User:
    """The newsroom's first user, who has been there for a year."""
    return factories.managing_editor(date_joined=NOW - timedelta(days=365))


@pytest.fixture
def alive() -> None:
    pulse.record(name=pulse.WORKER, now=NOW)
    pulse.record(name=pulse.BEAT, now=NOW)


def message(**fields: Any) -> Message:
    state = fields.setdefault("state", "pending")
    fields.setdefault("next_attempt_at", NOW if state == "pending" else None)
    fields.setdefault("created_at", NOW)
    fields.setdefault("message_id", f"<{Message.objects.count()}@example.org>")
    return Message.objects.create(**{"recipient": User.objects.first(), **fields})


def about(mail: Message, claim: Claim) -> Message:
    Reminder.objects.create(
        claim=claim, deadline=claim.deadline, stage="due", recipient=mail.recipient,
        message=mail, created_at=NOW,
    )  # fmt: skip
    return mail


def queries(now: datetime = NOW) -> int:
    with CaptureQueriesContext(connection) as captured:
        alarms.state(now)
    return len(captured)


def test_a_calm_day_is_well_and_costs_one_query(alive) -> None:
    assert alarms.state(NOW).well
    assert queries() == 1


# --- Claims of which nobody can be told -----------------------------------------------------------


def test_claims_of_which_nobody_can_be_told_are_counted_and_the_first_are_named(alive) -> None:
    claims = [factories.claim() for _ in range(5)]
    for index, claim in enumerate(claims):
        Claim.objects.filter(pk=claim.pk).update(unreachable_since=NOW - index * MINUTE)
    factories.decide(claims[4])

    found = alarms.state(NOW)

    assert not found.well
    assert (found.unreachable.count, found.unreachable.more) == (4, False)
    assert found.unreachable.first == (claims[3], claims[2], claims[1]), "the longest first"


def test_nothing_is_counted_beyond_a_hundred(alive, monkeypatch) -> None:
    monkeypatch.setattr(alarms, "MOST", 2)
    for _ in range(3):
        factories.claim()
    Claim.objects.update(unreachable_since=NOW)

    found = alarms.state(NOW).unreachable

    assert (found.count, found.more) == (2, True)


# --- Mail that waits ------------------------------------------------------------------------------


def test_mail_counts_from_when_it_was_due(alive) -> None:
    message(created_at=NOW - timedelta(hours=9), next_attempt_at=NOW - 10 * MINUTE)
    found = alarms.state(NOW)
    assert (found.waits, found.unsent) == (10 * MINUTE, False)
    assert alarms.state(NOW + MINUTE).unsent


def test_mail_that_is_due_later_waits_for_nothing(alive) -> None:
    message(created_at=NOW - timedelta(hours=9), next_attempt_at=NOW + MINUTE)
    assert alarms.state(NOW).waits is None


@pytest.mark.parametrize("tried", [{"attempts": 1}, {"last_error": "no route to host"}])
def test_mail_that_was_tried_counts_from_when_it_was_written(alive, tried) -> None:
    """Each attempt puts the next one off: a mail server that is down must not hide by that."""
    message(created_at=NOW - 11 * MINUTE, next_attempt_at=NOW + MINUTE, **tried)
    found = alarms.state(NOW)
    assert (found.waits, found.unsent) == (11 * MINUTE, True)


def test_mail_that_is_sent_waits_no_more(alive) -> None:
    message(created_at=NOW - timedelta(days=1), state="sent")
    assert alarms.state(NOW).well


# --- Mail that could not be sent ------------------------------------------------------------------


@pytest.mark.parametrize("state", stuck.STATES)
def test_mail_that_could_not_be_sent_is_told_while_its_claim_is_undecided(alive, state) -> None:
    claim = factories.claim()
    mail = about(message(state=state), claim)

    assert alarms.state(NOW).stuck.first == (mail,)
    factories.decide(claim)

    assert alarms.state(NOW).well


def test_mail_about_a_deadline_that_was_moved_is_not_missed(alive) -> None:
    claim = factories.claim()
    about(message(state="failed"), claim)
    Claim.objects.update(deadline=date(2026, 12, 31))

    assert alarms.state(NOW).well


def test_a_digest_is_missed_for_a_week(alive) -> None:
    message(state="failed", kind="digest")

    assert not alarms.state(NOW).well
    pulse.record(name=pulse.WORKER, now=NOW + timedelta(days=7))
    pulse.record(name=pulse.BEAT, now=NOW + timedelta(days=7))
    assert alarms.state(NOW + timedelta(days=7)).well


def test_mail_that_is_given_up_is_looked_after(alive, boss: User) -> None:
    mail = about(message(state="failed", last_error="550 no"), factories.claim())

    assert stuck.put_away(actor=boss, message=mail, now=NOW)

    mail.refresh_from_db()
    assert mail.state == MessageState.DROPPED
    assert "550 no" in mail.last_error, "what the server said can still be read"
    assert last_entry().action == "message given up"
    assert alarms.state(NOW).well
    assert not stuck.put_away(actor=boss, message=mail, now=NOW)


def test_an_editor_gives_no_mail_up(alive) -> None:
    mail = message(state="failed")
    with pytest.raises(PermissionDenied):
        stuck.put_away(actor=factories.editor(), message=mail, now=NOW)
    mail.refresh_from_db()
    assert mail.state == "failed"


def test_what_is_stuck_is_found_by_its_index_among_years_of_mail() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "message_stuck" in stuck.wanted(NOW).explain()


# --- Processes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [pulse.WORKER, pulse.BEAT])
def test_a_process_is_silent_after_three_ticks(alive, settings, name: str) -> None:
    settings.REMINDER_SWEEP_SECONDS = 60
    Heartbeat.objects.filter(name=name).update(at=NOW - 3 * MINUTE)
    assert alarms.state(NOW).silent == ()
    Heartbeat.objects.filter(name=name).update(at=NOW - 3 * MINUTE - timedelta(seconds=1))
    assert alarms.state(NOW).silent == (name,)


@pytest.mark.parametrize(
    ("tick", "name", "allowed"),
    [
        (1, pulse.BEAT, MINUTE),
        (1, pulse.WORKER, 3 * MINUTE),
        (600, pulse.BEAT, 30 * MINUTE),
        (600, pulse.WORKER, 30 * MINUTE),
    ],
)
def test_how_long_a_process_may_be_silent_goes_by_its_ticks(
    alive, settings, tick: int, name: str, allowed: timedelta
) -> None:
    settings.REMINDER_SWEEP_SECONDS = tick
    Heartbeat.objects.filter(name=name).update(at=NOW - allowed)
    assert alarms.state(NOW).silent == ()
    assert alarms.state(NOW + timedelta(seconds=1)).silent == (name,)


def test_processes_that_never_ran_are_told_once_the_newsroom_is_settled(boss: User) -> None:
    assert alarms.state(NOW).silent == (pulse.WORKER, pulse.BEAT)
    User.objects.update(date_joined=NOW - alarms.SETTLING)
    assert alarms.state(NOW).silent == ()


def test_the_command_stands_for_both_at_the_pace_of_cron() -> None:
    pulse.record(name=pulse.COMMAND, now=NOW - 15 * MINUTE)
    found = alarms.state(NOW)
    assert found.by_command
    assert found.silent == ()
    assert alarms.state(NOW + MINUTE).silent == (pulse.WORKER, pulse.BEAT)


def test_a_command_that_is_run_by_hand_does_not_hide_a_process_that_died_today() -> None:
    for name in (pulse.WORKER, pulse.BEAT):
        pulse.record(name=name, now=NOW - 4 * MINUTE)
    pulse.record(name=pulse.COMMAND, now=NOW)

    assert alarms.state(NOW).silent == (pulse.WORKER, pulse.BEAT)
    Heartbeat.objects.filter(name=pulse.BEAT).update(at=NOW - timedelta(days=2))
    assert alarms.state(NOW).silent == (pulse.WORKER,)


# --- Addresses ------------------------------------------------------------------------------------


def test_refused_addresses_of_active_users_are_told(alive) -> None:
    emma = factories.editor(username="emma")
    gone = factories.editor(username="gone", is_active=False)
    for user in (emma, gone):
        suppressions.suppress(address=user.email, reason="550", message=None, now=NOW)

    assert alarms.state(NOW).refused.first == (emma,)
    User.objects.filter(pk=emma.pk).update(is_active=False)
    assert alarms.state(NOW).well


def test_what_is_wrong_costs_the_same_for_any_number(alive) -> None:
    def one_more() -> int:
        claim = factories.claim()
        Claim.objects.update(unreachable_since=NOW)
        about(message(state="failed"), claim)
        user = factories.editor()
        suppressions.suppress(address=user.email, reason="550", message=None, now=NOW)
        return queries()

    assert {one_more() for _ in range(3)} == {5}
