"""Who is told of what, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from verification.models import Claim, Message, Reminder, User
from verification.services import claims, reminders, verdicts
from verification.services.drafts import DeadlineDraft

pytestmark = pytest.mark.django_db

DEADLINE = date(2026, 3, 31)


def at(day: int, hour: int = 9, month: int = 4) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def told() -> set[tuple[str, str]]:
    """(recipient, stage) of every reminder so far."""
    return {(row.recipient.username, row.stage) for row in Reminder.objects.all()}


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


def sweep_days(*moments: datetime) -> list[set[tuple[str, str]]]:
    """What each sweep added."""
    added, before = [], told()
    for moment in moments:
        reminders.sweep(now=moment)
        added.append(told() - before)
        before = told()
    return added


def test_each_stage_comes_on_its_morning_and_not_an_hour_earlier(claim: Claim) -> None:
    mornings = [at(24, month=3), at(31, month=3), at(1), at(3), at(7)]
    moments = [moment for m in mornings for moment in (m - timedelta(hours=1), m)]

    added = sweep_days(*moments)

    assert added == [
        set(),
        {("owner", "heads-up")},
        set(),
        {("owner", "due")},
        set(),
        {("owner", "overdue-1")},
        set(),
        {("owner", "overdue-3"), ("chief", "escalation")},
        set(),
        {("owner", "overdue-7"), ("chief", "overdue-7")},
    ]


def test_the_hour_is_the_newsrooms_hour_on_both_sides_of_a_clock_change(
    settings, owner: User
) -> None:
    settings.NEWSROOM_TIME_ZONE = "Europe/Paris"  # goes forward on 29 March 2026
    factories.claim(actor=owner, deadline=DEADLINE)

    added = sweep_days(
        datetime(2026, 3, 24, 7, 59, tzinfo=UTC),
        datetime(2026, 3, 24, 8, 0, tzinfo=UTC),
        datetime(2026, 3, 31, 6, 59, tzinfo=UTC),
        datetime(2026, 3, 31, 7, 0, tzinfo=UTC),
    )

    assert added == [set(), {("owner", "heads-up")}, set(), {("owner", "due")}]


def test_sweeping_again_tells_nobody_twice(claim: Claim) -> None:
    for _ in range(3):
        reminders.sweep(now=at(31, month=3))

    assert Reminder.objects.count() == 1
    assert Message.objects.count() == 1


def test_after_days_of_silence_only_the_current_stage_is_told(claim: Claim) -> None:
    reminders.sweep(now=at(4))

    assert told() == {("owner", "overdue-3"), ("chief", "escalation")}


def test_a_claim_logged_after_its_deadline_is_told_as_overdue_at_once(owner: User) -> None:
    factories.claim(actor=owner, deadline=date(2026, 1, 29), now=at(31, month=1))

    assert sweep_days(at(31, month=1)) == [{("owner", "overdue-1")}]


def test_a_claim_due_on_the_day_it_is_logged_is_told_that_day(owner: User) -> None:
    factories.claim(actor=owner, deadline=date(2026, 1, 30), now=at(30, 14, month=1))

    assert sweep_days(at(30, 14, month=1)) == [{("owner", "due")}]


def test_a_decided_claim_reminds_nobody(claim: Claim) -> None:
    factories.decide(claim, "confirmed", now=at(20, month=3))

    assert sweep_days(at(24, month=3), at(31, month=3), at(7)) == [set(), set(), set()]


def test_a_reopened_claim_reminds_again(claim: Claim, chief: User) -> None:
    factories.decide(claim, "confirmed", now=at(1))
    verdicts.reopen(actor=chief, claim=claim, version=claim.version, rationale="Wrong.", now=at(2))

    assert sweep_days(at(2)) == [{("owner", "overdue-1")}]


def test_a_moved_deadline_starts_its_own_ladder(claim: Claim, chief: User) -> None:
    reminders.sweep(now=at(31, month=3))
    claims.extend(
        actor=chief,
        claim=claim,
        version=claim.version,
        deadline=DeadlineDraft(day=date(2026, 4, 30)),
        reason="The closing was put off.",
        now=at(1, 8),
    )

    def stages() -> list[str]:
        return [row.stage for row in Reminder.objects.filter(deadline=date(2026, 4, 30))]

    for moment, expected in [
        (at(1), []),
        (at(23), ["heads-up"]),
        (at(30), ["due", "heads-up"]),
    ]:
        reminders.sweep(now=moment)
        assert stages() == expected


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ([], {"assignee"}),
        (["assignee"], {"logger"}),
        (["assignee", "logger"], {"beat-editor"}),
        (["assignee", "logger", "beat-editor"], {"chief"}),
    ],
)
def test_who_cannot_be_reached_is_stood_in_for(gone: list[str], expected: set[str]) -> None:
    assignee = factories.editor(username="assignee")
    logger = factories.reporter(username="logger")
    beat_editor = factories.editor(username="beat-editor")
    factories.managing_editor(username="chief")
    factories.claim(
        actor=logger,
        assignee=assignee,
        beat=factories.BeatFactory.create(editor=beat_editor),
        deadline=DEADLINE,
    )
    User.objects.filter(username__in=gone).update(is_active=False)

    reminders.sweep(now=at(31, month=3))

    assert {name for name, _stage in told()} == expected


def test_a_claim_that_nobody_can_be_told_of_is_counted_and_looked_at_again(claim: Claim) -> None:
    User.objects.update(email="")
    found = reminders.sweep(now=at(31, month=3))
    assert (found.unreachable, found.reminders) == (1, 0)

    User.objects.filter(username="owner").update(email="owner@example.org")
    reminders.sweep(now=at(31, 10, month=3))

    assert told() == {("owner", "due")}


def test_heads_up_mails_can_be_declined_and_due_mails_cannot(claim: Claim, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(muted_stages=["heads-up"])

    assert sweep_days(at(24, month=3), at(31, month=3)) == [set(), {("owner", "due")}]


def test_the_beats_editor_is_not_told_twice_of_a_claim_of_his_own(chief: User) -> None:
    factories.claim(actor=chief, beat=factories.BeatFactory.create(editor=chief), deadline=DEADLINE)

    assert sweep_days(at(3)) == [{("chief", "overdue-3")}]


def test_one_recipient_gets_one_message_for_all_that_is_due_in_a_sweep(
    owner: User, chief: User
) -> None:
    for number in range(4):
        factories.claim(
            actor=owner, deadline=DEADLINE + timedelta(days=number), statement=f"Claim {number}."
        )
    factories.claim(actor=chief, deadline=DEADLINE, statement="Another's.")

    reminders.sweep(now=at(31, month=3))

    by_recipient = {m.recipient.username: m.reminders.count() for m in Message.objects.all()}
    assert by_recipient == {"owner": 4, "chief": 1}


def test_a_bundle_that_no_mail_server_would_take_is_cut_in_several(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "BUNDLE_MAX", 2)
    for number in range(5):
        factories.claim(actor=owner, deadline=DEADLINE, statement=f"Claim {number}.")

    reminders.sweep(now=at(31, month=3))

    assert sorted(m.reminders.count() for m in Message.objects.all()) == [1, 2, 2]


def test_a_sweep_that_was_cut_off_before_bundling_is_made_good_by_the_next(
    claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(reminders, "bundle", lambda *, now: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            reminders.sweep(now=at(31, month=3))
    assert Message.objects.count() == 0

    reminders.sweep(now=at(31, 10, month=3))

    assert Message.objects.get().reminders.count() == 1


def test_more_claims_than_fit_in_one_batch_are_all_looked_at(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "CLAIMS_AT_ONCE", 2)
    for number in range(5):
        factories.claim(actor=owner, deadline=DEADLINE, statement=f"Claim {number}.")

    assert reminders.sweep(now=at(31, month=3)).claims == 5
    assert Message.objects.get().reminders.count() == 5


def test_a_sweep_with_nothing_due_costs_two_queries_however_many_claims_are_open(
    owner: User,
) -> None:
    for number in range(5):
        factories.claim(actor=owner, deadline=DEADLINE, statement=f"Claim {number}.")

    with CaptureQueriesContext(connection) as queries:
        reminders.sweep(now=at(1, month=3))

    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len([sql for sql in statements if sql.startswith("SELECT")]) == 2


def test_the_sweep_finds_what_is_due_by_the_index_of_open_work(claim: Claim) -> None:
    plan = Claim.objects.due(at(31, month=3)).explain()

    if connection.vendor == "sqlite":
        assert "claim_next_reminder" in plan


def test_the_real_clock_is_never_asked(claim: Claim) -> None:
    with time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC)):
        reminders.sweep(now=at(31, month=3))

    assert told() == {("owner", "due")}
