"""Who stands in for whom, at whose hour, and what happens where there is nobody left."""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.services.clock import DEADLINE, DUE, at, fail, fresh, sweep, told
from verification.domain.deadlines import Step
from verification.models import Beat, Claim, Message, Reminder, Suppression, User
from verification.services import claims, ladders, looks, people, preferences, reminders, verdicts

pytestmark = pytest.mark.django_db

NOW = factories.NOW
HOUR = timedelta(hours=1)


@pytest.fixture
def chief() -> User:
    return factories.managing_editor(username="chief")


@pytest.fixture
def editor() -> User:
    return factories.editor(username="editor")


@pytest.fixture
def logger() -> User:
    return factories.reporter(username="logger")


@pytest.fixture
def assignee() -> User:
    return factories.reporter(username="assignee")


@pytest.fixture
def claim(logger: User, assignee: User, editor: User, chief: User) -> Claim:
    """Assigned to one, logged by another, on the beat of a third; there is a managing editor."""
    beat = factories.BeatFactory.create(editor=editor)
    return factories.claim(actor=logger, assignee=assignee, beat=beat, deadline=DEADLINE)


def edit(user: User, by: User, now: datetime, **fields: object) -> None:
    """A managing editor changes a user on the desk."""
    people.edit_user(actor=by, user=user, fields=fields, role=people.role_of(user), now=now)


# --- Out of reach ---------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["inactive", "no address", "refused"])
def test_who_cannot_be_reached_is_stood_in_for_whatever_the_reason(
    how: str, claim: Claim, assignee: User
) -> None:
    if how == "refused":
        Suppression.objects.create(address=assignee.email.lower(), since=NOW, reason="550")
    else:
        changes = {"is_active": False} if how == "inactive" else {"email": ""}
        User.objects.filter(pk=assignee.pk).update(**changes)

    assert sweep(DUE) == {("logger", "due")}


def test_who_leaves_after_being_told_is_stood_in_for_at_once(
    claim: Claim, assignee: User, chief: User
) -> None:
    assert sweep(DUE) == {("assignee", "due")}
    edit(assignee, chief, DUE + HOUR, is_active=False)

    assert sweep(DUE + HOUR) == {("logger", "due")}


def test_who_comes_back_takes_over_where_it_stands(
    claim: Claim, assignee: User, chief: User
) -> None:
    User.objects.filter(pk=assignee.pk).update(email="")
    assert sweep(DUE) == {("logger", "due")}
    edit(assignee, chief, DUE + HOUR, email="back@example.org")

    assert sweep(DUE + HOUR) == {("assignee", "due")}


def test_a_mail_that_was_dropped_told_nobody_anything(
    claim: Claim, assignee: User, chief: User
) -> None:
    reminders.sweep(now=DUE)
    Message.objects.update(state="dropped", next_attempt_at=None)
    looks.at_claim(claim, DUE)

    assert sweep(DUE) == {("assignee", "due")}
    assert Reminder.objects.count() == 1


# --- Refused for good -----------------------------------------------------------------------------


def test_where_a_mail_is_refused_for_good_the_next_in_line_is_told(
    claim: Claim, assignee: User
) -> None:
    reminders.sweep(now=DUE)
    fail(assignee)

    assert sweep(DUE + HOUR) == {("logger", "due")}


def test_what_is_refused_goes_to_the_next_though_its_reader_has_muted_the_stage_meanwhile(
    claim: Claim, assignee: User
) -> None:
    week_before = DUE - timedelta(days=7)
    reminders.sweep(now=week_before)
    wishes = {"mail_hour": None, "muted_stages": ["heads-up"]}
    preferences.set_preferences(actor=assignee, user=assignee, fields=wishes, now=week_before)
    reminders.sweep(now=week_before)
    fail(assignee)

    assert sweep(week_before + HOUR) == {("logger", "heads-up")}


def test_the_line_is_followed_to_its_end_and_the_end_is_an_alarm(
    claim: Claim, assignee: User, logger: User, editor: User, chief: User
) -> None:
    told_in_turn = []
    for hours in range(5):
        reminders.sweep(now=DUE + hours * HOUR)
        waiting = list(Message.objects.filter(state="pending"))
        told_in_turn.append([message.recipient.username for message in waiting])
        for message in waiting:
            fail(message.recipient)

    assert told_in_turn == [["assignee"], ["logger"], ["editor"], ["chief"], []]
    assert fresh(claim).unreachable_since == DUE + 4 * HOUR


def test_at_the_next_stage_it_is_his_turn_again(claim: Claim, assignee: User) -> None:
    reminders.sweep(now=DUE)
    fail(assignee)
    sweep(DUE + HOUR)

    assert sweep(at(1)) == {("assignee", "overdue-1")}


def test_a_mail_that_waits_for_the_mail_server_is_nobody_elses_yet(claim: Claim) -> None:
    reminders.sweep(now=DUE)
    for minutes in range(5, 60, 5):
        reminders.sweep(now=DUE + timedelta(minutes=minutes))

    assert told() == {("assignee", "due")}


def test_once_the_mail_is_away_the_claim_rests_until_the_next_stage(claim: Claim) -> None:
    sweep(DUE)
    sweep(DUE + HOUR)

    assert fresh(claim).next_reminder_at == at(1)


# --- Nobody left ----------------------------------------------------------------------------------


def test_a_due_claim_that_nobody_can_be_told_of_says_since_when(
    claim: Claim, caplog: pytest.LogCaptureFixture
) -> None:
    User.objects.update(email="")
    with caplog.at_level(logging.ERROR):
        assert sweep(DUE) == set()
    assert fresh(claim).unreachable_since == DUE
    assert claim.slug in caplog.text

    # It stays as it was, is looked at again soon, and goes when somebody is told.
    sweep(DUE + HOUR)
    assert fresh(claim).unreachable_since == DUE
    User.objects.filter(username="chief").update(email="chief@example.org")
    assert sweep(DUE + 2 * HOUR) == {("chief", "due")}
    assert fresh(claim).unreachable_since is None


def test_somebody_who_joins_is_told_at_once_of_what_nobody_could_be_told(
    claim: Claim, chief: User
) -> None:
    User.objects.update(email="")
    sweep(DUE)
    people.create_user(
        actor=chief,
        fields={"username": "new", "email": "new@example.org", "is_active": True},
        role="managing editor",
        password="a long phrase of its own",
        now=DUE,
    )

    assert sweep(DUE) == {("new", "due")}


def test_a_claim_before_its_first_stage_is_no_alarm(claim: Claim) -> None:
    User.objects.update(email="")
    looks.at_claim(claim, at(1, month=3))
    sweep(at(1, month=3))

    assert fresh(claim).unreachable_since is None
    assert fresh(claim).next_reminder_at == at(24, month=3)


def test_a_verdict_ends_the_alarm(claim: Claim) -> None:
    User.objects.update(email="")
    sweep(at(1))
    factories.decide(fresh(claim), actor=User.objects.get(username="chief"))

    assert fresh(claim).unreachable_since is None


def test_a_watcher_who_is_told_does_not_answer_for_the_claim(claim: Claim) -> None:
    watcher = factories.reporter(username="watcher")
    claim.watches.create(user=watcher, since=NOW)
    User.objects.exclude(pk=watcher.pk).update(email="")

    assert sweep(DUE) == {("watcher", "due")}
    assert fresh(claim).unreachable_since == DUE


def test_a_claim_that_is_opened_again_reminds_as_if_it_had_never_been_decided(
    claim: Claim, chief: User
) -> None:
    reminders.sweep(now=DUE)
    factories.decide(fresh(claim), actor=chief, now=DUE)
    Message.objects.update(state="dropped", next_attempt_at=None)
    decided = fresh(claim)
    verdicts.reopen(
        actor=chief, claim=decided, version=decided.version, rationale="Wrong.", now=DUE
    )

    assert sweep(DUE) == {("assignee", "due")}


# --- Hours ----------------------------------------------------------------------------------------


def test_each_is_told_at_an_hour_of_his_own(
    claim: Claim, assignee: User, editor: User, chief: User
) -> None:
    """The beat at eleven; one of its people earlier, one later, one not minding."""
    watcher = factories.reporter(username="watcher", mail_hour=14)
    claim.watches.create(user=watcher, since=NOW)
    beat = claim.beat
    rungs = (
        Step("due", 0, "owner"),
        Step("due", 0, "watcher"),
        Step("escalation", 1, "editor"),
    )
    ladders.set_ladder(actor=chief, beat=beat, hour=11, rungs=rungs, now=NOW)
    preferences.set_preferences(actor=assignee, user=assignee, fields={"mail_hour": 6}, now=NOW)

    assert hours_told(31, month=3) == {6: {("assignee", "due")}, 14: {("watcher", "due")}}
    assert hours_told(1) == {11: {("editor", "escalation")}}


def hours_told(day: int, month: int = 4) -> dict[int, set[tuple[str, str]]]:
    """What each sweep of a day told, one sweep an hour."""
    found = {hour: sweep(at(day, hour, month)) for hour in range(24)}
    return {hour: told for hour, told in found.items() if told}


def test_an_hour_that_is_changed_in_the_morning_holds_on_that_morning(
    claim: Claim, assignee: User
) -> None:
    morning = at(31, 5, month=3)
    sweep(morning)
    preferences.set_preferences(actor=assignee, user=assignee, fields={"mail_hour": 6}, now=morning)
    sweep(morning)

    assert sweep(at(31, 6, month=3)) == {("assignee", "due")}


def test_who_takes_over_is_told_at_his_own_hour(claim: Claim, editor: User) -> None:
    late = factories.reporter(username="late", mail_hour=18)
    claims.assign(actor=editor, claim=claim, version=None, assignee=late, now=NOW)
    sweep(at(30, month=3))

    assert hours_told(31, month=3) == {18: {("late", "due")}}


@pytest.mark.parametrize(
    ("zone", "day", "hour", "instant"),
    [
        # On 29 March 2026 clocks in Paris go from two to three: who wants two is told at three.
        ("Europe/Paris", date(2026, 3, 29), 2, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Europe/Paris", date(2026, 3, 29), 3, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Europe/Paris", date(2026, 3, 29), 1, datetime(2026, 3, 29, 0, tzinfo=UTC)),
        # On 25 October they show two twice: the first time counts.
        ("Europe/Paris", date(2026, 10, 25), 2, datetime(2026, 10, 25, 0, tzinfo=UTC)),
        ("Europe/Paris", date(2026, 10, 25), 3, datetime(2026, 10, 25, 2, tzinfo=UTC)),
        # In Beirut midnight itself is skipped, in Lord Howe half an hour is.
        ("Asia/Beirut", date(2026, 3, 29), 0, datetime(2026, 3, 28, 22, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 10, 4), 2, datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ],
)
def test_ones_own_hour_on_days_on_which_the_clocks_change(
    settings, zone: str, day: date, hour: int, instant: datetime
) -> None:
    settings.NEWSROOM_TIME_ZONE = zone
    night = factories.editor(username="night", mail_hour=hour)
    factories.claim(actor=night, deadline=day, now=instant - timedelta(days=1))
    sweep(instant - timedelta(days=1))

    assert sweep(instant - timedelta(seconds=1)) == set()
    assert sweep(instant) == {("night", "due")}


def test_the_beats_hour_and_the_newsrooms_hour_where_nobody_wants_another(
    settings, claim: Claim, chief: User
) -> None:
    settings.REMINDER_HOUR = 8
    plain: Beat = factories.BeatFactory.create()
    factories.claim(actor=factories.editor(username="plain"), beat=plain, deadline=DEADLINE)
    ladders.set_ladder(actor=chief, beat=claim.beat, hour=10, rungs=None, now=NOW)
    sweep(at(30, month=3))

    assert hours_told(31, month=3) == {8: {("plain", "due")}, 10: {("assignee", "due")}}


# --- What it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["user", "beat"])
def test_a_look_again_goes_by_an_index_of_the_open_work(
    what: str, claim: Claim, assignee: User
) -> None:
    with CaptureQueriesContext(connection) as captured:
        looks.at_user(assignee, NOW) if what == "user" else looks.at_beat(claim.beat, NOW)
    plans = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # So few rows are read as a whole, which says nothing of many.
            cursor.execute("SET LOCAL enable_seqscan = off")
        for query in captured:
            explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
            cursor.execute(f"{explain} {query['sql']}")
            plans.append(" ".join(str(row[-1]) for row in cursor.fetchall()))

    assert plans
    for plan in plans:
        assert "Seq Scan on verification_claim" not in plan, plan
        assert not re.search(r"SCAN verification_claim(?! USING)", plan), plan
