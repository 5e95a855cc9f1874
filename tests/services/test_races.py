"""Two decisions on one claim: one wins, the other is told, and the records stay exact."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tests import factories
from verification.models import Claim, Message, Record, Reminder, User, Verdict
from verification.services import (
    outbox,
    recomputing,
    reminders,
    reports,
    snoozes,
    verdicts,
)
from verification.services.errors import Conflict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_transactions")]

DECIDED = datetime(2026, 4, 1, 9, tzinfo=UTC)
ROUNDS = 200


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Runs the acts in threads that start together; gives each one's result or exception."""
    barrier = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(index: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[index] = act()
        except Exception as error:  # noqa: BLE001  the test says what it may be
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def decide(claim: Claim, actor: User, outcome: str) -> Callable[[], Verdict]:
    return lambda: verdicts.decide(
        actor=actor,
        claim=claim,
        version=1,
        outcome=outcome,
        rationale="Announced.",
        became_known_on=date(2026, 2, 27),
        evidence=[factories.evidence()],
        now=DECIDED,
    )


def test_of_two_decisions_on_one_claim_exactly_one_wins_each_of_200_times() -> None:
    emma, manon = factories.editor(), factories.editor()
    beat, source, relay = (
        factories.BeatFactory.create(),
        factories.SourceFactory.create(),
        factories.SourceFactory.create(),
    )
    winners: Counter[str] = Counter()
    for number in range(ROUNDS):
        claim = factories.claim(
            actor=emma,
            beat=beat,
            statement=f"Claim {number}.",
            reports=[factories.report_draft(source), factories.report_draft(relay, via=source)],
        )

        results = at_once(decide(claim, emma, "confirmed"), decide(claim, manon, "denied"))

        [won] = [result for result in results if isinstance(result, Verdict)]
        [lost] = [result for result in results if not isinstance(result, Verdict)]
        assert isinstance(lost, Conflict), lost
        assert lost.claim.version == 2
        claim.refresh_from_db()
        assert (claim.outcome, claim.version, claim.verdict) == (won.outcome, 2, won)
        winners[won.outcome] += 1

    assert Verdict.objects.count() == ROUNDS
    assert recomputing.differences() == []
    record = Record.objects.get(source=source)
    assert (record.hits, record.misses) == (winners["confirmed"], winners["denied"])


def test_a_report_and_a_verdict_at_the_same_time_are_both_kept_and_counted() -> None:
    emma = factories.editor()
    for number in range(20):
        claim = factories.claim(actor=emma, statement=f"Claim {number}.")
        late = factories.report_draft()

        results = at_once(
            lambda claim=claim, late=late: reports.add_report(
                actor=emma, claim=claim, draft=late, now=DECIDED
            ),
            lambda claim=claim: verdicts.decide(
                actor=emma,
                claim=claim,
                version=None,
                outcome="lapsed",
                now=DECIDED,
            ),
        )

        refused = [result for result in results if isinstance(result, Exception)]
        assert all(isinstance(result, Conflict) for result in refused), refused
        kept = claim.reports.count() + claim.verdicts.count()
        assert kept == 3 - len(refused), "what was not refused was kept, and nothing else"
    assert recomputing.differences() == []


def test_two_sweeps_at_once_tell_each_recipient_once() -> None:
    owner = factories.editor(username="owner")
    for number in range(30):
        factories.claim(actor=owner, statement=f"Claim {number}.", deadline=date(2026, 3, 31))
    due = datetime(2026, 3, 31, 9, tzinfo=UTC)

    results = at_once(*[lambda: reminders.sweep(now=due)] * 3)

    assert not [result for result in results if isinstance(result, Exception)], results
    assert Reminder.objects.count() == 30
    assert Reminder.objects.filter(message__isnull=True).count() == 0
    assert sum(message.reminders.count() for message in Message.objects.all()) == 30


def test_workers_that_drain_at_once_share_the_messages_out() -> None:
    for number in range(20):
        owner = factories.editor(username=f"owner-{number}")
        factories.claim(actor=owner, deadline=date(2026, 3, 31))
    due = datetime(2026, 3, 31, 9, tzinfo=UTC)
    reminders.sweep(now=due)

    results = at_once(*[lambda: outbox.lease(now=due, size=10)] * 3)

    leased = [message.pk for batch in results for message in batch]  # type: ignore[attr-defined]
    assert len(leased) == len(set(leased)) == 20


def test_two_first_claims_of_one_statement_get_two_addresses() -> None:
    emma, beat = factories.editor(), factories.BeatFactory.create()

    for number in range(10):
        log = lambda number=number: factories.claim(  # noqa: E731
            actor=emma, beat=beat, statement=f"The same sentence {number}.", reports=[]
        )
        results = at_once(log, log)
        assert all(isinstance(result, Claim) for result in results), results

    assert Claim.objects.count() == 20


def test_two_sweeps_on_the_morning_after_a_snooze_tell_it_once() -> None:
    """The claim is one sweep's at a time, so the snooze is ended, and told anew, by one of them."""
    owner = factories.editor(username="owner")
    morning = datetime(2026, 4, 2, 9, tzinfo=UTC)
    claim = factories.claim(actor=owner, deadline=date(2026, 3, 31))
    for _ in range(10):
        reminders.sweep(now=morning - timedelta(days=1))
        Message.objects.filter(state="pending").update(state="sent", next_attempt_at=None)
        snoozes.snooze(
            actor=owner,
            claim=claim,
            until=morning.date(),
            now=morning - timedelta(days=1),
        )
        results = at_once(*[lambda: reminders.sweep(now=morning)] * 3)

        assert [result for result in results if isinstance(result, Exception)] == []
        told = Message.objects.filter(state="pending")
        assert [message.reminders.count() for message in told] == [1]
        assert Reminder.objects.count() == 1
        told.update(state="sent", next_attempt_at=None)
