"""Every address of the desk, for everybody who may come to it, by GET and by POST.

An address that the table does not name fails the test: whoever adds one says who may use it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern, URLResolver, reverse

from tests import factories
from tests.admin.conftest import client_of
from tests.permissions.desk import OPEN, RANKS, READER, REPORTER, TABLE
from verification.models import (
    ApiToken,
    Claim,
    LedgerEntry,
    Message,
    StoryUpdate,
    Suppression,
    User,
)
from verification.models.choices import WebhookEvent
from verification.services import proposals, replies, stories, webhooks
from verification.services.drafts import StoryDraft
from verification.services.importing import uploads


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns)
        elif pattern.name:
            found.add(pattern.name)
    return found


def test_every_address_of_the_desk_is_in_the_table() -> None:
    assert names(admin.site.get_urls()) == set(TABLE) | OPEN


def test_what_has_no_name_is_the_page_that_says_so(db: None) -> None:
    unnamed = [
        pattern
        for pattern in admin.site.get_urls()
        if isinstance(pattern, URLPattern) and not pattern.name
    ]
    assert len(unnamed) == 1
    response = client_of(factories.managing_editor()).get("/admin/no/such/page/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


@pytest.fixture
def things(db: None) -> dict[str, Any]:
    """One of everything, decided by nobody yet."""
    boss = factories.managing_editor()
    claim = factories.claim(actor=boss)
    story = stories.add_story(
        actor=boss,
        claim=claim,
        draft=StoryDraft(
            title="Ours", url="https://ours.example/1", published_on=factories.NOW.date()
        ),
        now=factories.NOW,
    )
    stories.add_story(
        actor=boss,
        claim=(decided := factories.claim(actor=boss)),
        draft=StoryDraft(
            title="Overtaken", url="https://ours.example/2", published_on=factories.NOW.date()
        ),
        now=factories.NOW,
    )
    decided.refresh_from_db()
    factories.decide(decided, actor=boss)
    report = claim.reports.get()
    beat = factories.BeatFactory.create(second_editor=True)
    proposal = proposals.decide(
        actor=boss,
        claim=factories.claim(actor=boss, beat=beat),
        version=None,
        outcome="lapsed",
        now=factories.NOW + timedelta(days=90),
    )
    day = factories.NOW.date()
    reply = replies.ask(
        actor=boss, claim=claim, whom="OpenAI", asked_on=day, answer_by=day, now=factories.NOW
    )
    token, _key = ApiToken.objects.create(user=factories.reporter(), name="script")
    message = Message.objects.create(
        recipient=boss,
        message_id="<1@example.org>",
        state="failed",
        created_at=factories.NOW,
        next_attempt_at=None,
        html="<p>Hello</p>",
        text="Hello",
    )
    webhook = factories.webhook(actor=boss)
    delivery = webhooks.make(webhook, WebhookEvent.TEST, {}, factories.NOW, claim=claim)
    delivery.save()
    person = factories.reporter()
    Suppression.objects.create(address=person.email, since=factories.NOW, reason="550")
    run = uploads.receive(actor=boss, name="claims.csv", content=[b"id\n"], now=factories.NOW)
    return {
        "app": "verification",
        "sources": "sources",
        "sheet": "0123456789abcdef",
        "claim": claim.pk,
        "report": report.pk,
        "story": story.pk,
        "reply": reply.pk,
        "proposal": proposal.pk,
        "update": StoryUpdate.objects.get().pk,
        "source": report.source_id,
        "beat": claim.beat_id,
        "message": message.pk,
        "webhook": webhook.pk,
        "delivery": delivery.pk,
        "user": person.pk,
        "token": token.pk,
        "run": run.pk,
        "csv": "csv",
    }


def user_of(rank: str) -> User | None:
    if rank == "anonymous":
        return None
    return factories.UserFactory.create() if rank == "no role" else factories.with_role(rank)


def state() -> tuple[int, list[tuple[int, int]], int, list[str], int]:
    return (
        LedgerEntry.objects.count(),
        list(Claim.objects.values_list("pk", "version")),
        ApiToken.objects.count(),
        list(Message.objects.values_list("state", flat=True)),
        Suppression.objects.count(),
    )


@pytest.mark.parametrize("rank", RANKS)
def test_who_may_not_use_an_address_is_turned_away(rank: str, things: dict[str, Any]) -> None:
    client = client_of(user_of(rank))

    for name, page in sorted(TABLE.items()):
        url = reverse(f"admin:{name}", args=[things[key] for key in page.args.split()])
        before = state()
        got = client.get(url)
        assert state() == before, f"a GET of {name} changes nothing"
        check(f"GET {name}", rank, page.get, got)
        check(f"POST {name}", rank, page.post, client.post(url))


def check(what: str, rank: str, least: str | None, response: Any) -> None:
    """That the answer is the one for somebody of this rank."""
    status = response.status_code
    if rank == "anonymous":
        assert status == 302, what
        assert response["Location"].startswith("/admin/login/?next="), what
    elif least is None:
        assert status == 405, what
    elif RANKS.index(rank) < RANKS.index(least):
        assert status == 403, what
        assert "Your role does not include this" in response.content.decode(), what
    else:
        assert status in (200, 302), what


@pytest.mark.parametrize("action", ["lapse", "assign"])
@pytest.mark.parametrize("rank", ["no role", READER, REPORTER])
def test_who_may_not_decide_or_assign_does_neither_in_bulk(
    rank: str, action: str, things: dict[str, Any]
) -> None:
    client = client_of(user_of(rank))
    before = state()

    for extra in ({"index": "0"}, {"index": "0", "confirmed": "yes"}, {"confirmed": "yes"}):
        client.post(
            reverse("admin:verification_claim_changelist"),
            {"action": action, "_selected_action": [things["claim"]], **extra},
        )

    assert state() == before


@pytest.mark.parametrize("action", ["requeue", "give_up"])
def test_who_may_not_put_mail_back_does_not_in_bulk(action: str, things: dict[str, Any]) -> None:
    before = state()

    client_of(factories.editor()).post(
        reverse("admin:verification_message_changelist"),
        {"action": action, "index": "0", "_selected_action": [things["message"]]},
    )

    assert state() == before


def test_somebody_without_a_role_is_told_what_to_do(db: None) -> None:
    page = client_of(factories.UserFactory.create()).get("/admin/").content.decode()

    assert "You have no role yet" in page
    assert "Log a claim" not in page


def test_who_has_left_the_desk_is_not_let_in(db: None) -> None:
    client = client_of(factories.editor(is_staff=False))

    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_every_model_is_on_the_desk_or_has_a_reason() -> None:
    exempt = {
        "Report": "shown and changed on the page of its claim",
        "Story": "shown and changed on the page of its claim",
        "Reply": "shown and changed on the page of its claim",
        "ProposalNotice": "told by its message",
        "Excerpt": "told where its article is read again",
        "Evidence": "shown with its verdict on the page of its claim",
        "Heartbeat": "told by /healthz",
        "IdempotentRequest": "the memory of what was sent under a key, which runs out by itself",
        "Rung": "shown and changed on the page of its beat",
        "Watch": "shown and changed on the page of its claim",
        "Snooze": "shown and changed on the page of its claim",
        "Snapshot": "shown on the page of its report",
        "Rereading": "shown on the page of its claim",
        "Digest": "told by its message",
        "Breakdown": "drawn on the page of its source",
        "Course": "what a claim adds to past days: the past days’ own housekeeping",
        "PastDay": "a day of which past boards are made: their own housekeeping",
        "PastRecord": "read by the board as of a past day",
        "PastBreakdown": "read by a source’s record as of a past day",
        "DeskSession": "shown and ended on the page of its user’s account",
        "Attempts": "shown and lifted on the page of its user’s account",
        "SecondFactor": "shown and taken away on the page of its user’s account",
        "RecoveryCode": "counted on the page of its user’s account, and shown nowhere",
        "AccountNotice": "told by its message",
        "Suppression": "told on the page of its user",
        "ClaimCount": "a number of the lists’ own housekeeping",
        "SourceAlias": "edited with its source",
        "SourceDomain": "edited with its source",
        "ImportRun": "shown on the page of its import",
        "ImportDifference": "shown on the page of its import",
        "ImportNote": "shown on the page of its import",
        "ImportPart": "a piece of a file that waits to be brought in",
        "ImportRefusal": "shown on the page of its import",
        "ImportedName": "shown on the page of its import",
        "RecordsRevision": "a number of the tallies’ own housekeeping",
        "Group": "the roles are a table in the code",
        "Permission": "the roles are a table in the code",
    }

    models = [
        *apps.get_app_config("verification").get_models(),
        *apps.get_app_config("auth").get_models(),
    ]
    missing = {model.__name__ for model in models if not admin.site.is_registered(model)}
    assert missing == set(exempt)
