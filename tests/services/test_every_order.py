"""Whatever order things happen in, and however the clock jumps, nobody is lost and nobody nagged.

The rules below do what a newsroom does: change ladders, hours and wishes, put claims off, hand them
over, leave and come back, refuse mail. The model beside them knows nothing of how a sweep works: it
reckons who answers for a claim, and which stage is current for that person, from the state alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests import factories
from tests.services.clock import DEADLINE, at
from verification import newsroom
from verification.domain import deadlines
from verification.domain.deadlines import LADDER, Step
from verification.models import Claim, Message, Reminder, Snooze, User
from verification.services import (
    claims,
    handing,
    ladders,
    people,
    preferences,
    reminders,
    snoozes,
    watches,
)
from verification.services.drafts import DeadlineDraft
from verification.services.plans import UNSENT_AGAIN

EXAMPLES = int(os.environ.get("STATEFUL_EXAMPLES", "15"))
STEPS = int(os.environ.get("STATEFUL_STEPS", "20"))

LADDERS: tuple[tuple[Step, ...], ...] = (
    LADDER,
    (Step("due", 0, "owner"),),
    (Step("heads-up", -30, "owner"), Step("due", 0, "owner"), Step("due", 0, "managing")),
    (
        Step("due", 0, "owner"),
        Step("overdue-1", 2, "owner"),
        Step("overdue-3", 5, "owner"),
        Step("escalation", 1, "editor"),
        Step("escalation", 2, "watcher"),
    ),
)
hours = st.none() | st.integers(0, 23)
who = st.integers(0, 3)
which = st.integers(0, 1)


class Newsroom(RuleBasedStateMachine):
    """A reporter, two editors and a managing editor; two claims on one beat."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now = at(20, month=3)
        #: What was told so far: (claim, deadline, stage, recipient) since the last snooze of both.
        self.told: set[tuple[int, date, str, int]] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize()
    def people_and_claims(self) -> None:
        made = (factories.reporter, factories.editor, factories.editor, factories.managing_editor)
        self.people = [make() for make in made]
        self.root = factories.UserFactory.create(is_superuser=True, email="")
        self.beat = factories.BeatFactory.create(editor=self.people[2])
        self.claims = [
            factories.claim(actor=self.people[number], beat=self.beat, deadline=deadline)
            for number, deadline in enumerate((DEADLINE, date(2026, 4, 4)))
        ]

    def claim(self, number: int) -> Claim:
        return Claim.objects.select_related("beat__editor", "assignee", "logged_by").get(
            pk=self.claims[number].pk
        )

    def person(self, number: int) -> User:
        return User.objects.get(pk=self.people[number].pk)

    # --- What happens -----------------------------------------------------------------------------

    @rule(minutes=st.sampled_from((1, 20, 60, 5 * 60, 24 * 60, 4 * 24 * 60)))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(ladder=st.sampled_from(LADDERS), hour=hours)
    def another_ladder(self, ladder: tuple[Step, ...], hour: int | None) -> None:
        ladders.set_ladder(actor=self.root, beat=self.beat, hour=hour, rungs=ladder, now=self.now)

    @rule(person=who, hour=hours, muted=st.booleans())
    def other_wishes(self, person: int, hour: int | None, muted: bool) -> None:
        preferences.set_preferences(
            actor=self.root,
            user=self.person(person),
            fields={"mail_hour": hour, "muted_stages": ["heads-up", "overdue-3"] if muted else []},
            now=self.now,
        )

    @rule(person=who, active=st.booleans(), address=st.booleans())
    def somebody_comes_or_goes(self, person: int, active: bool, address: bool) -> None:
        user = self.person(person)
        people.edit_user(
            actor=self.root,
            user=user,
            fields={"is_active": active, "email": f"{user.username}@x.example" if address else ""},
            role=people.role_of(user),
            now=self.now,
        )

    @rule(claim=which, person=who, note=st.booleans())
    def handed_over(self, claim: int, person: int, note: bool) -> None:
        given, to = self.claim(claim), self.person(person)
        if to.is_active and given.assignee != to:
            handing.hand_over(actor=self.root, claim=given, version=None, to=to, now=self.now)
        elif note:
            claims.assign(actor=self.root, claim=given, version=None, assignee=None, now=self.now)

    @rule(claim=which, person=who)
    def watched(self, claim: int, person: int) -> None:
        user = self.person(person)
        if user.is_active:
            watches.watch(actor=user, claim=self.claim(claim), now=self.now)

    @rule(claim=which, person=who, days=st.integers(1, 6))
    def put_off(self, claim: int, person: int, days: int) -> None:
        user = self.person(person)
        if user.is_active:
            until = newsroom.day(self.now) + timedelta(days=days)
            snoozes.snooze(actor=user, claim=self.claim(claim), until=until, now=self.now)

    @rule(claim=which, person=who)
    def taken_up_again(self, claim: int, person: int) -> None:
        user = self.person(person)
        if user.is_active:
            snoozes.end(actor=user, claim=self.claim(claim), now=self.now)

    @rule(claim=which, days=st.integers(0, 12))
    def deadline_moved(self, claim: int, days: int) -> None:
        day = newsroom.day(self.now) + timedelta(days=days)
        moved = self.claim(claim)
        if day != moved.deadline:
            claims.extend(
                actor=self.root,
                claim=moved,
                version=None,
                deadline=DeadlineDraft(day=day),
                reason="Talks.",
                now=self.now,
            )

    # --- What the mail server does ----------------------------------------------------------------

    @rule(accepts=st.booleans())
    def the_mail_server_answers(self, accepts: bool) -> None:
        """What is written is sent, or refused for good; what holds no more is dropped."""
        for message in Message.objects.filter(state="pending"):
            rows = reminders.current(message)
            if not rows or not message.recipient.is_active or not message.recipient.email:
                state = "dropped"
            else:
                state = "sent" if accepts else "failed"
            for row in rows if state == "sent" else ():
                key = (row.claim_id, row.deadline, row.stage, row.recipient_id)
                assert key not in self.told, "told twice without a snooze in between"
                self.told.add(key)
            Message.objects.filter(pk=message.pk).update(state=state, next_attempt_at=None)
        # What became of a mail is seen when the sweep looks again, minutes later.
        self.now += UNSENT_AGAIN

    # --- What holds after each step ---------------------------------------------------------------

    @invariant()
    def a_sweep_leaves_nobody_out_and_another_adds_nothing(self) -> None:
        if not hasattr(self, "claims"):
            return
        running = {(row.claim_id, row.user_id): row for row in Snooze.objects.filter(ended_at=None)}
        reminders.sweep(now=self.now)
        for claim, user in set(running) - self.sleeping():
            # The snooze is over: what was told before may be told again.
            self.told = {key for key in self.told if (key[0], key[3]) != (claim, user)}
        for number in range(len(self.claims)):
            self.look_at(self.claim(number))
        before = list(Reminder.objects.order_by("pk").values_list("pk", "message", "created_at"))
        reminders.sweep(now=self.now)
        after = list(Reminder.objects.order_by("pk").values_list("pk", "message", "created_at"))
        assert after == before

    def sleeping(self) -> set[tuple[int, int]]:
        return set(Snooze.objects.filter(ended_at=None).values_list("claim_id", "user_id"))

    def look_at(self, claim: Claim) -> None:
        """Whoever answers for the claim was told its current stage, or sleeps, or wants no mail."""
        stage_of: Callable[[User], str | None] = lambda user: self.stage(claim, user)  # noqa: E731
        refused = {
            (row.recipient_id, row.stage)
            for row in Reminder.objects.filter(
                claim=claim, deadline=claim.deadline, message__state="failed"
            )
        }
        line = (claim.assignee, claim.logged_by, claim.beat.editor)
        chiefs = [self.person(3)]
        reached = [
            user
            for user in (*line, *chiefs)
            if user is not None
            and user.is_active
            and user.email
            and (user.pk, stage_of(user)) not in refused
        ]
        if not reached:
            assert claim.unreachable_since is not None or self.stage(claim, None) is None
            return
        assert claim.unreachable_since is None
        owner = reached[0]
        stage = stage_of(owner)
        if stage is None or stage in owner.muted_stages:
            return
        if (claim.pk, owner.pk) in self.sleeping():
            return
        told = Reminder.objects.get(
            claim=claim, deadline=claim.deadline, stage=stage, recipient=owner
        )
        assert told.message is not None
        assert told.message.state in ("pending", "sent")

    def stage(self, claim: Claim, user: User | None) -> str | None:
        hour = next(
            hour
            for hour in (user and user.mail_hour, claim.beat.reminder_hour, 9)
            if hour is not None
        )
        step = deadlines.current_step(
            claim.deadline, self.now, hour, newsroom.zone(), "owner", ladders.of(claim.beat)
        )
        return step.stage if step else None


@pytest.mark.django_db
def test_whatever_happens_whoever_answers_is_told_once() -> None:
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
