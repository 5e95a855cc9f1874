"""A verdict lands, and the authors of our own stories are told, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.services import desk
from verification.emails import notices as notice_mails
from verification.models import Claim, LedgerEntry, Message, Story, StoryUpdate, Suppression, User
from verification.models.choices import MessageKind, MessageState
from verification.services import messages, notices, stories, sweeping, verdicts

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def author() -> User:
    return factories.reporter(username="author")


@pytest.fixture
def claim() -> Claim:
    return factories.claim()


def story(claim: Claim, author: User | None = None, **fields) -> Story:
    """Logs a story of ours and refreshes the claim."""
    row = stories.add_story(
        actor=factories.editor(), claim=claim, draft=desk.story(author=author, **fields), now=NOW
    )
    claim.refresh_from_db()
    return row


def revise(claim: Claim, outcome: str, now: datetime = NOW) -> None:
    claim.refresh_from_db()
    verdicts.revise(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        outcome=outcome,
        rationale="We were wrong.",
        became_known_on=NOW.date() - timedelta(days=1),
        evidence=[factories.evidence()],
        now=now,
    )


def to_do() -> list[tuple[str, str]]:
    """(story, outcome) of what is still to do."""
    return [(row.story.title, row.verdict.outcome) for row in notices.to_do().order_by("id")]


def sent(now: datetime = NOW) -> list[mail.EmailMultiAlternatives]:
    """The notices that one sweep and drain send."""
    mail.outbox.clear()
    sweeping.sweep(now=now)
    messages.drain(clock=lambda: now)
    return [m for m in mail.outbox if "X-BorneOut-Reminders" not in m.extra_headers]


def test_a_verdict_leaves_an_update_for_every_story_of_its_claim(
    claim: Claim, author: User
) -> None:
    story(claim, author, title="One")
    story(claim, title="Two", url="https://ours.example/two")
    story(factories.claim(), author, title="Of another claim")

    factories.decide(claim, "denied")

    assert to_do() == [("One", "denied"), ("Two", "denied")]


def test_a_verdict_that_is_refused_leaves_none(claim: Claim, author: User) -> None:
    story(claim, author)
    with pytest.raises(ValidationError):
        factories.decide(claim, "confirmed", evidence=[])

    assert not StoryUpdate.objects.exists()


def test_the_author_is_told_else_who_answers_for_the_claim(author: User) -> None:
    owner = factories.editor(username="owner")
    claim = factories.claim(actor=owner)
    gone = factories.reporter(username="gone", is_active=False)
    for number, writer in enumerate((author, None, gone)):
        story(claim, writer, url=f"https://ours.example/{number}")

    factories.decide(claim)

    told = [row.recipient for row in StoryUpdate.objects.order_by("id")]
    assert told == [author, owner, owner]


def test_the_mail_goes_once_for_each_verdict_and_story(claim: Claim, author: User) -> None:
    story(claim, author)
    factories.decide(claim)

    assert [m.to for m in sent()] == [["author@example.org"]]
    assert sent() == []


def test_the_stories_of_one_author_come_in_one_mail(author: User) -> None:
    for number in range(3):
        claim = factories.claim()
        story(claim, author, title=f"Story {number}")
        factories.decide(claim, ["confirmed", "denied", "denied"][number])

    [only] = sent()

    assert only.subject == "3 stories to update: 1 confirmed, 2 denied"
    assert all(f"Story {number}" in only.body for number in range(3))


def test_a_later_verdict_takes_the_place_of_one_that_was_not_sent_yet(
    claim: Claim, author: User
) -> None:
    story(claim, author)
    factories.decide(claim, "confirmed")
    sweeping.sweep(now=NOW)

    revise(claim, "denied")

    [only] = sent()
    assert only.subject.startswith("Denied, please update")
    assert Message.objects.filter(kind=MessageKind.NOTICES).count() == 2
    assert Message.objects.filter(state=MessageState.DROPPED).count() == 1


def test_a_verdict_superseded_before_the_sweep_is_never_mailed(claim: Claim, author: User) -> None:
    story(claim, author)
    factories.decide(claim, "confirmed")
    revise(claim, "denied")

    assert len(sent()) == 1
    assert to_do() == [("Amazon in talks with OpenAI", "denied")]


def test_a_revised_verdict_asks_again_after_the_story_was_ticked_off(
    claim: Claim, author: User
) -> None:
    story(claim, author)
    factories.decide(claim, "confirmed")
    sent()
    notices.tick_off(actor=author, update=StoryUpdate.objects.get(), now=NOW)

    revise(claim, "denied")

    [only] = sent()
    assert "Before that, the verdict was: confirmed." in only.body


@pytest.mark.parametrize("end", ["void", "reopened"])
def test_the_author_learns_that_a_claim_is_void_or_open_again(
    claim: Claim, author: User, end: str
) -> None:
    story(claim, author)
    factories.decide(claim)
    sent()
    chief = factories.managing_editor()
    act = verdicts.void if end == "void" else verdicts.reopen
    act(actor=chief, claim=claim, version=claim.version, rationale="In error.", now=NOW)

    [only] = sent()

    assert to_do() == [("Amazon in talks with OpenAI", end)]
    assert ("is void" if end == "void" else "open again") in only.body


def test_a_story_logged_after_the_verdict_needs_an_update_too(claim: Claim, author: User) -> None:
    factories.decide(claim)

    story(claim, author)

    assert to_do() == [("Amazon in talks with OpenAI", "confirmed")]


def test_a_story_of_an_undecided_claim_needs_none(claim: Claim, author: User) -> None:
    story(claim, author)
    factories.decide(claim)
    verdicts.reopen(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        rationale="Too early.",
        now=NOW,
    )

    story(claim, author, title="Later", url="https://ours.example/later")

    assert "Later" not in [title for title, _outcome in to_do()]


def test_an_author_who_cannot_be_reached_any_more_hands_on_to_the_next(
    author: User,
) -> None:
    owner = factories.editor(username="owner")
    claim = factories.claim(actor=owner)
    story(claim, author)
    factories.decide(claim)
    Suppression.objects.create(address="author@example.org", since=NOW, reason="550 no such user")

    assert [m.to for m in sent()] == [["owner@example.org"]]
    assert StoryUpdate.objects.get().recipient == owner


def test_an_update_that_nobody_can_be_told_of_waits_and_is_not_lost(author: User) -> None:
    claim = factories.claim(actor=factories.managing_editor(email=""))
    story(claim, author)
    User.objects.update(email="")
    factories.decide(claim, actor=factories.managing_editor(email=""))
    assert StoryUpdate.objects.get().recipient is None
    assert sent() == []

    User.objects.filter(pk=author.pk).update(email="author@example.org")

    assert [m.to for m in sent()] == [["author@example.org"]]


def test_a_notice_that_cannot_be_rendered_is_alone_in_its_quarantine(
    author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        claim = factories.claim()
        story(claim, author, title=f"Story {number}")
        factories.decide(claim)
    sweeping.sweep(now=NOW)
    write = notice_mails.notices

    def poisoned(message, rows):
        if any(row.story.title == "Story 1" for row in rows):
            raise ValueError("this one cannot be rendered")
        return write(message, rows)

    monkeypatch.setattr(notice_mails, "notices", poisoned)

    mail.outbox.clear()
    messages.drain(clock=lambda: NOW)

    assert sorted(m.subject for m in mail.outbox) == [
        "Confirmed, please update: Story 0",
        "Confirmed, please update: Story 2",
    ]
    stuck = Message.objects.get(state=MessageState.QUARANTINED)
    assert [row.story.title for row in stuck.story_updates.all()] == ["Story 1"]


# --- Ticking off ----------------------------------------------------------------------------------


@pytest.fixture
def update(claim: Claim, author: User) -> StoryUpdate:
    story(claim, author)
    factories.decide(claim)
    return StoryUpdate.objects.get()


def test_its_author_ticks_it_off_and_the_ledger_says_so(update: StoryUpdate, author: User) -> None:
    notices.tick_off(actor=author, update=update, now=NOW)

    assert to_do() == []
    entry = desk.last_entry()
    assert (entry.action, entry.actor, entry.claim) == ("story updated", author, update.story.claim)
    assert entry.content["title"] == "Amazon in talks with OpenAI"


def test_a_tick_is_taken_back(update: StoryUpdate, author: User) -> None:
    notices.tick_off(actor=author, update=update, now=NOW)
    notices.untick(actor=author, update=update, now=NOW)

    assert len(to_do()) == 1
    assert desk.last_entry().action == "story not updated"


def test_ticking_twice_is_one_entry(update: StoryUpdate, author: User) -> None:
    notices.tick_off(actor=author, update=update, now=NOW)
    before = LedgerEntry.objects.count()
    notices.tick_off(actor=author, update=update, now=NOW)

    assert LedgerEntry.objects.count() == before


def test_an_editor_may_tick_off_and_another_reporter_may_not(update: StoryUpdate) -> None:
    with pytest.raises(PermissionDenied):
        notices.tick_off(actor=factories.reporter(), update=update, now=NOW)
    assert len(to_do()) == 1

    notices.tick_off(actor=factories.editor(), update=update, now=NOW)
    assert to_do() == []


def test_who_lost_the_role_ticks_nothing_off(update: StoryUpdate, author: User) -> None:
    author.groups.clear()

    with pytest.raises(PermissionDenied):
        notices.tick_off(actor=User.objects.get(pk=author.pk), update=update, now=NOW)


def test_an_overtaken_update_is_neither_ticked_nor_put_back(
    update: StoryUpdate, author: User, claim: Claim
) -> None:
    revise(claim, "denied")
    with pytest.raises(ValidationError, match="later verdict"):
        notices.tick_off(actor=author, update=update, now=NOW)

    newest = notices.to_do().get()
    notices.tick_off(actor=author, update=newest, now=NOW)
    revise(claim, "confirmed")
    with pytest.raises(ValidationError, match="later verdict"):
        notices.untick(actor=author, update=newest, now=NOW)

    assert len(to_do()) == 1


def test_what_was_ticked_off_before_the_mail_went_is_not_mailed(
    update: StoryUpdate, author: User
) -> None:
    sweeping.sweep(now=NOW)
    notices.tick_off(actor=author, update=update, now=NOW)

    assert sent() == []


# --- What it costs --------------------------------------------------------------------------------


def test_an_idle_sweep_asks_once() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert notices.bundle(now=NOW) == 0
    assert len(queries) == 1


def test_reading_fifty_updates_costs_no_more_queries_than_two(author: User) -> None:
    def queries(number: int) -> int:
        for _ in range(number):
            claim = factories.claim()
            story(claim, author)
            factories.decide(claim)
        sweeping.sweep(now=NOW)
        message = Message.objects.filter(kind=MessageKind.NOTICES).latest("id")
        with CaptureQueriesContext(connection) as captured:
            rows = notices.current(message)
            notice_mails.notices(message, rows)
        assert len(rows) == number
        return len(captured)

    assert queries(2) == queries(12)


def test_a_fault_in_the_notices_holds_up_neither_reminders_nor_digests(
    update: StoryUpdate, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    owner = factories.editor(username="owner")
    factories.claim(actor=owner)

    def broken(*args, **kwargs):
        raise RuntimeError("out of order")

    monkeypatch.setattr(notices, "make_message", broken)
    found = sweeping.sweep(now=NOW)

    assert found.reminders > 0
    assert "the next sweep tries again" in caplog.text
