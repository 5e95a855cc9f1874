"""The weekly digest: once a week, to those who want it, with what they have to know."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.services import desk
from verification.domain.ledger import GENESIS
from verification.emails.digest import Facts
from verification.models import Claim, Digest, LedgerEntry, Message, Suppression, User
from verification.models.choices import MessageKind, MessageState
from verification.services import digests, messages, notices, stories, sweeping, verdicts, week

pytestmark = pytest.mark.django_db

#: A Monday.
MONDAY = date(2026, 3, 30)


def at(day: int, hour: int = 9, month: int = 3, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_utc(settings: Any) -> None:
    settings.NEWSROOM_TIME_ZONE, settings.REMINDER_HOUR = "UTC", 9


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    week._kept.clear()


def old(role: str = "editor", **fields: Any) -> User:
    """Somebody who has been on the desk for a while."""
    return factories.with_role(role, **{"date_joined": at(1, month=1)} | fields)


@pytest.fixture
def reader() -> User:
    return old(username="reader")


def due(day: int, month: int = 4, **fields: Any) -> Claim:
    """A claim, logged by somebody who joined only now, so that there is one digest to look at."""
    return factories.claim(deadline=date(2026, month, day), **fields)


def owed() -> list[tuple[str, date]]:
    return [(row.recipient.username, row.week) for row in Digest.objects.order_by("id")]


def sent(now: datetime) -> list[mail.EmailMultiAlternatives]:
    """The digests that one sweep and drain send."""
    mail.outbox.clear()
    sweeping.sweep(now=now)
    messages.drain(clock=lambda: now)
    return [m for m in mail.outbox if m.subject.startswith(("Week of", "Semaine du"))]


def facts(user: User, now: datetime) -> Facts:
    return digests.facts_for(user, week.read(digests.monday(now.date()), now=now))


# --- When, and to whom ----------------------------------------------------------------------------


def test_it_comes_on_monday_at_the_hour_and_not_before(reader: User) -> None:
    due(2)
    sent(at(28))  # last week's

    assert sent(at(29, 23)) == []
    assert sent(at(30, 8, minute=59)) == []
    assert [m.to for m in sent(at(30))] == [["reader@example.org"]]
    assert sent(at(30, 10)) == []
    assert sent(at(31)) == []


def test_it_comes_at_the_recipients_own_hour(reader: User) -> None:
    early, midnight = old(username="early", mail_hour=6), old(username="midnight", mail_hour=0)
    due(2)

    assert [m.to for m in sent(at(30, 0))] == [[midnight.email]]
    assert [m.to for m in sent(at(30, 6))] == [[early.email]]
    assert [m.to for m in sent(at(30, 9))] == [[reader.email]]


def test_the_hour_is_the_newsrooms(reader: User, settings: Any) -> None:
    settings.NEWSROOM_TIME_ZONE = "Europe/Paris"  # in summer time since the day before
    due(2)

    assert sent(at(30, 6, minute=59)) == []
    assert len(sent(at(30, 7))) == 1


def test_a_scheduler_that_was_down_until_wednesday_sends_this_weeks_once(reader: User) -> None:
    due(10)
    sent(at(16))

    assert len(sent(at(1, month=4))) == 1
    assert owed() == [("reader", date(2026, 3, 16)), ("reader", MONDAY)]
    assert sent(at(2, month=4)) == []


def test_a_digest_that_could_not_be_sent_in_its_week_is_dropped(reader: User) -> None:
    due(10)
    sweeping.sweep(now=at(30))

    assert len(sent(at(6, month=4))) == 1, "the new week's, and not the old one's"
    assert Message.objects.filter(state=MessageState.DROPPED).count() == 1


def test_who_joined_after_that_hour_waits_for_the_next() -> None:
    due(20)
    old(username="new", date_joined=at(30, 10))
    old(username="just", date_joined=at(30, 9))

    sent(at(31))
    assert [name for name, _week in owed()] == ["just"]

    sent(at(6, month=4))
    assert ("new", date(2026, 4, 6)) in owed()


def test_it_goes_to_those_who_may_read_it_want_it_and_can_be_reached() -> None:
    due(2)
    old(username="fine")
    old("reporter", username="reports")
    old(username="unwilling", weekly_digest=False)
    old(username="gone", is_active=False)
    old(username="mute", email="")
    old(username="refused")
    Suppression.objects.create(address="refused@example.org", since=at(1), reason="550")
    factories.UserFactory.create(username="norole", date_joined=at(1, month=1))
    factories.UserFactory.create(username="root", date_joined=at(1, month=1), is_superuser=True)

    assert sorted(m.to[0].partition("@")[0] for m in sent(at(30))) == ["fine", "reports", "root"]


def test_who_stops_it_between_sweep_and_sending_gets_none(reader: User) -> None:
    due(2)
    sweeping.sweep(now=at(30))
    User.objects.filter(pk=reader.pk).update(weekly_digest=False)

    assert sent(at(30)) == []


def test_who_lost_the_role_between_sweep_and_sending_gets_none(reader: User) -> None:
    due(2)
    sweeping.sweep(now=at(30))
    reader.groups.clear()

    assert sent(at(30)) == []


def test_an_empty_week_sends_nothing_and_is_not_asked_again(reader: User) -> None:
    assert sent(at(30)) == []
    assert owed() == [("reader", MONDAY)]

    due(2)
    assert sent(at(31)) == []
    assert Message.objects.filter(kind=MessageKind.DIGEST).count() == 1


def test_two_sweeps_at_once_make_one(reader: User) -> None:
    due(2)
    digests.make(now=at(30))
    Digest.objects.bulk_create(
        [Digest(recipient=reader, week=MONDAY, created_at=at(30))], ignore_conflicts=True
    )

    assert digests.make(now=at(30)) == 0
    assert Message.objects.filter(kind=MessageKind.DIGEST).count() == 1


# --- What it tells --------------------------------------------------------------------------------


def test_a_verdict_is_told_in_the_week_after_it_and_in_no_other(reader: User) -> None:
    for known, now in ((22, at(22, 23)), (23, at(23, 0)), (29, at(29, 23)), (30, at(30, 0))):
        claim = due(20, statement=f"Decided on {known} March.")
        factories.decide(claim, known_on=date(2026, 3, known), now=now)

    told = facts(reader, at(30)).decided

    assert told.total == 2
    assert [line.statement for line in told.lines] == [
        "Decided on 29 March.",
        "Decided on 23 March.",
    ]


def test_a_verdict_revised_within_the_week_is_told_as_it_stands(reader: User) -> None:
    claim = due(20)
    factories.decide(claim, "confirmed", known_on=date(2026, 3, 24), now=at(24))
    verdicts.void(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        rationale="In error.",
        now=at(25),
    )

    [line] = facts(reader, at(30)).decided.lines

    assert line.outcome == "void"


def test_what_awaits_is_told_with_its_days_and_what_comes_for_two_weeks(reader: User) -> None:
    for day, month in ((1, 3), (29, 3), (30, 3), (12, 4), (13, 4)):
        due(day, month, statement=f"Due {day}-{month}.", reports=[])
    told = facts(reader, at(30))

    assert [(line.statement, line.days) for line in told.awaiting.lines] == [
        ("Due 1-3.", -29),
        ("Due 29-3.", -1),
    ]
    assert [(line.statement, line.days) for line in told.coming.lines] == [
        ("Due 30-3.", 0),
        ("Due 12-4.", 13),
    ]


def test_an_editor_in_charge_is_told_of_the_beats_and_others_of_everything(reader: User) -> None:
    mine, other = factories.BeatFactory.create(editor=reader), factories.BeatFactory.create()
    due(2, beat=mine, statement="On my beat.")
    due(2, beat=other, statement="On another.")

    told = facts(reader, at(30))
    assert [line.statement for line in told.coming.lines] == ["On my beat."]
    assert list(told.beats) == [mine.name]

    everything = facts(old(), at(30))
    assert everything.coming.total == 2
    assert list(everything.beats) == []


def test_ones_own_come_first_and_are_marked_however_many_wait_longer(reader: User) -> None:
    beat = factories.BeatFactory.create()
    for day in range(1, week.LISTED + 3):
        due(day, 2, beat=beat, reports=[])
    due(28, 3, beat=beat, actor=reader, statement="Mine.", reports=[])

    told = facts(reader, at(30)).awaiting

    assert (told.lines[0].statement, told.lines[0].mine) == ("Mine.", True)
    assert len(told.lines) == week.LISTED
    assert not any(line.mine for line in told.lines[1:])
    assert told.total == week.LISTED + 3
    assert told.more == 3


def test_the_latency_runs_from_the_day_it_was_known_to_the_verdict(reader: User) -> None:
    beat = factories.BeatFactory.create(name="Deals")
    for known, decided in ((20, 21), (20, 23), (20, 29)):
        claim = due(20, beat=beat)
        factories.decide(claim, known_on=date(2026, 3, known), now=at(decided))

    [latency] = facts(reader, at(30)).latencies

    assert (latency.beat, latency.median_days, latency.decided) == ("Deals", 3.0, 3)
    assert latency.words == "3 days"


def test_a_claim_logged_after_its_outcome_was_known_counts_from_its_logging(reader: User) -> None:
    claim = due(20, now=at(25))
    factories.decide(claim, known_on=date(2026, 2, 1), now=at(27))

    [latency] = facts(reader, at(30)).latencies

    assert latency.median_days == 2


def test_neither_revisions_nor_old_verdicts_nor_void_ones_count_as_latency(reader: User) -> None:
    beat = factories.BeatFactory.create()
    ancient, revised, void = (due(20, beat=beat) for _ in range(3))
    factories.decide(ancient, known_on=date(2026, 1, 30), now=at(30, month=3) - timedelta(days=59))
    factories.decide(revised, known_on=date(2026, 3, 20), now=at(21))
    verdicts.revise(
        actor=factories.managing_editor(),
        claim=revised,
        version=revised.version,
        outcome="denied",
        rationale="We were wrong.",
        became_known_on=date(2026, 3, 1),
        evidence=[factories.evidence()],
        now=at(28),
    )
    factories.decide(void, "void", known_on=None, now=at(28))

    assert [row.decided for row in facts(reader, at(30)).latencies] == [2]
    later = at(30) + timedelta(days=40)
    assert [row.decided for row in facts(reader, later).latencies] == [1]


def test_stories_still_to_update_are_told_ones_own_first(reader: User) -> None:
    for number, author in enumerate((None, reader)):
        claim = due(20)
        stories.add_story(
            actor=factories.editor(),
            claim=claim,
            draft=desk.story(author=author, title=f"Story {number}"),
            now=at(20),
        )
        claim.refresh_from_db()
        factories.decide(claim, known_on=date(2026, 3, 20), now=at(20))

    told = facts(reader, at(30)).updates

    assert [(line.title, line.mine) for line in told.lines] == [
        ("Story 1", True),
        ("Story 0", False),
    ]
    for update in notices.to_do():
        notices.tick_off(actor=factories.editor(), update=update, now=at(29))
    assert facts(reader, at(30)).updates.total == 0


def test_it_anchors_the_ledger(reader: User) -> None:
    assert (facts(reader, at(30)).head_number, facts(reader, at(30)).head_hash) == (0, GENESIS)
    due(2)

    head = LedgerEntry.objects.latest("number")
    [only] = sent(at(30))

    assert head.hash in only.body
    assert f"number {head.number}." in only.body


def test_internal_claims_are_the_desks_own_and_told(reader: User) -> None:
    due(2, public=False)

    assert facts(reader, at(30)).coming.total == 1


# --- What it costs --------------------------------------------------------------------------------


def test_an_idle_sweep_asks_twice(reader: User) -> None:
    digests.make(now=at(30))
    with CaptureQueriesContext(connection) as queries:
        assert digests.make(now=at(30)) == 0
    assert len(queries) <= 2


def test_sweeping_costs_the_same_for_any_number_of_recipients() -> None:
    def queries(number: int, now: datetime) -> int:
        for _ in range(number):
            old()
        with CaptureQueriesContext(connection) as captured:
            made = digests.make(now=now)
        assert made >= number
        return len(captured)

    assert queries(2, at(30)) == queries(30, at(6, month=4))


def test_the_weeks_facts_cost_the_same_for_any_number_of_claims_and_beats() -> None:
    def queries(beats: int) -> int:
        for beat in factories.BeatFactory.create_batch(beats):
            for day in (1, 28):
                due(day, 3, beat=beat, reports=[])
                due(day, beat=beat, reports=[])
        with CaptureQueriesContext(connection) as captured:
            week.read(MONDAY, now=at(30))
        return len(captured)

    assert queries(1) == queries(6)


@pytest.mark.usefixtures("real_transactions")
def test_the_facts_are_read_once_for_a_batch_and_again_after_a_minute() -> None:
    def read(now: datetime) -> int:
        with CaptureQueriesContext(connection) as captured:
            week.read(MONDAY, now=now)
        return len(captured)

    assert read(at(30)) > 0
    assert read(at(30) + timedelta(seconds=59)) == 0
    assert read(at(30) + week.KEPT) > 0
    assert read(at(30)) > 0, "a clock that went back is no reason to tell tomorrow's facts"
