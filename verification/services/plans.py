"""What one look at a claim comes to: who is told of which stage now, and when to look again.

Every recipient has an hour of their own, so every recipient's step is reckoned by itself; the next
look is at the earliest instant at which anybody's step changes. What a batch of claims shares is
read once for the batch, so that a sweep takes the same number of queries for one claim as for five
hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import F

from verification import newsroom
from verification.domain import deadlines
from verification.domain.deadlines import OPTIONAL_STAGES, Audience, Step
from verification.models import Claim, Proposal, Reminder, Snooze, User, Watch
from verification.models.choices import MessageState, ProposalState
from verification.services import ladders
from verification.services.routing import Routing, holding
from verification.services.schedule import hour_for

#: How soon a claim that nobody can be told of is looked at again.
UNREACHABLE_AGAIN = timedelta(hours=1)
#: How soon a claim is looked at again whose owner's mail is not away yet: should it be refused for
#: good, the next in line is told.
UNSENT_AGAIN = timedelta(minutes=5)
#: For so long after a verdict was proposed nobody is reminded: the second editor has been asked.
SECOND_EDITOR_HAS = timedelta(days=3)
#: States of a message from which nothing more comes by itself.
OVER = frozenset(MessageState.values) - {MessageState.PENDING}


@dataclass(slots=True)
class Plan:
    """What follows from one look. `told` gives the stage that each recipient is to be told of."""

    claim: Claim
    told: list[tuple[User, str]] = field(default_factory=list)
    #: Reminders (primary keys) that are to be told although their rows exist already.
    again: list[int] = field(default_factory=list)
    #: Running snoozes that are over now, and who sleeps on, by user.
    woken: dict[int, Snooze] = field(default_factory=dict)
    asleep: set[int] = field(default_factory=set)
    next_at: datetime | None = None
    unreachable: bool = False

    def look(self, at: datetime | None) -> None:
        """The next look is at this instant at the latest; none asks for nothing."""
        if at is not None and (self.next_at is None or at < self.next_at):
            self.next_at = at


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder that exists, and where its message is; an empty state where it has none yet."""

    pk: int
    state: str


def wakes_at(snooze: Snooze, user: User, claim: Claim) -> datetime:
    """The instant at which a snooze is over: the morning of its last day, at the user's hour."""
    return deadlines.local_instant(snooze.until, hour_for(user, claim.beat), newsroom.zone())


class Batch:
    """Some claims with all that is needed to say who is told of them at `now`."""

    def __init__(self, claims: Sequence[Claim], now: datetime) -> None:
        self.claims, self.now = claims, now
        self.zone = newsroom.zone()
        self.routing = Routing()

    def plans(self) -> list[Plan]:
        """One for each claim."""
        return [self._plan(claim) for claim in self.claims]

    @cached_property
    def _watchers(self) -> dict[int, list[User]]:
        """Those who watch a claim and may still see it."""
        found: dict[int, list[User]] = defaultdict(list)
        watches = Watch.objects.filter(claim__in=self.claims, user__in=holding("view_claim"))
        for watch in watches.select_related("user"):
            if self.routing.reaches(watch.user):
                found[watch.claim_id].append(watch.user)
        return found

    @cached_property
    def _snoozes(self) -> dict[int, list[Snooze]]:
        found: dict[int, list[Snooze]] = defaultdict(list)
        running = Snooze.objects.filter(claim__in=self.claims, ended_at__isnull=True)
        for snooze in running.select_related("user"):
            found[snooze.claim_id].append(snooze)
        return found

    @cached_property
    def _proposed(self) -> dict[int, datetime]:
        """Until when a proposal that holds keeps reminders of its claim back, by claim."""
        rows = Proposal.objects.filter(
            claim__in=self.claims,
            state=ProposalState.WAITING,
            claim_version=F("claim__version"),
            proposed_at__gt=self.now - SECOND_EDITOR_HAS,
        )
        return {
            claim: at + SECOND_EDITOR_HAS for claim, at in rows.values_list("claim", "proposed_at")
        }

    @cached_property
    def _reminders(self) -> dict[tuple[int, date, str, int], Told]:
        rows = Reminder.objects.filter(claim__in=self.claims).values_list(
            "claim_id", "deadline", "stage", "recipient_id", "pk", "message__state"
        )
        return {
            (claim, deadline, stage, recipient): Told(pk, state or "")
            for claim, deadline, stage, recipient, pk, state in rows
        }

    def _existing(self, claim: Claim, stage: str, user: User) -> Told | None:
        return self._reminders.get((claim.pk, claim.deadline, stage, user.pk))

    def _plan(self, claim: Claim) -> Plan:
        plan = Plan(claim)
        for snooze in self._snoozes[claim.pk]:
            wake = wakes_at(snooze, snooze.user, claim)
            if wake <= self.now:
                plan.woken[snooze.user_id] = snooze
            else:
                plan.asleep.add(snooze.user_id)
                plan.look(wake)
        if claim.pk in self._proposed:
            # Somebody has decided, and the second editor is asked by a mail of its own.
            plan.look(self._proposed[claim.pk])
            return plan
        ladder = ladders.of(claim.beat)
        seen: set[int] = set()
        for audience, users in self._audiences(claim, ladder, plan):
            steps = [step for step in ladder if step.audience == audience]
            for user in users:
                hour = hour_for(user, claim.beat)
                plan.look(deadlines.next_step_at(claim.deadline, self.now, hour, self.zone, steps))
                step = self._step(claim, hour, audience, steps)
                # Whoever is told in one capacity is not told in another as well.
                if step is not None and user.pk not in seen:
                    seen.add(user.pk)
                    self._tell(plan, user, step.stage, answers=audience == "owner")
        return plan

    def _step(
        self, claim: Claim, hour: int, audience: Audience, ladder: Iterable[Step]
    ) -> Step | None:
        return deadlines.current_step(claim.deadline, self.now, hour, self.zone, audience, ladder)

    def _audiences(
        self, claim: Claim, ladder: Sequence[Step], plan: Plan
    ) -> Iterator[tuple[Audience, list[User]]]:
        """The audiences of the claim, the one that answers for it first."""
        yield "owner", self._owners(claim, ladder, plan)
        listed = {step.audience for step in ladder}
        editor = claim.beat.editor
        if "editor" in listed and editor is not None and self.routing.reaches(editor):
            yield "editor", [editor]
        if "managing" in listed:
            yield "managing", self.routing.managing_editors
        if "watcher" in listed:
            yield "watcher", self._watchers[claim.pk]

    def _owners(self, claim: Claim, ladder: Sequence[Step], plan: Plan) -> list[User]:
        """Who answers for the claim now.

        Whoever has a mail of the present stage refused for good is passed over until the next one.
        """
        mine = [step for step in ladder if step.audience == "owner"]

        def passed(user: User) -> bool:
            hour = hour_for(user, claim.beat)
            step = self._step(claim, hour, "owner", mine)
            told = step and self._existing(claim, step.stage, user)
            if not told or told.state != MessageState.FAILED:
                return False
            # At the next stage it is this one's turn again.
            plan.look(deadlines.next_step_at(claim.deadline, self.now, hour, self.zone, mine))
            return True

        owners = self.routing.owners(claim, passed)
        if not owners:
            hour = hour_for(None, claim.beat)
            plan.unreachable = self._step(claim, hour, "owner", mine) is not None
            plan.look(
                self.now + UNREACHABLE_AGAIN
                if plan.unreachable
                else deadlines.next_step_at(claim.deadline, self.now, hour, self.zone, mine)
            )
        return owners

    def _tell(self, plan: Plan, user: User, stage: str, *, answers: bool) -> None:
        """Plans to tell the user of the stage, unless told already, or not wished for."""
        told = self._existing(plan.claim, stage, user)
        # What is on its way may still be refused, whatever they have come to wish meanwhile.
        if told is None or told.state in OVER:
            muted = stage in OPTIONAL_STAGES and stage in user.muted_stages
            if muted or user.pk in plan.asleep:
                return
            if told is None:
                plan.told.append((user, stage))
            elif told.state == MessageState.DROPPED or user.pk in plan.woken:
                # A message that was dropped told nobody anything.
                plan.again.append(told.pk)
            else:
                return
        if answers:
            plan.look(self.now + UNSENT_AGAIN)
