"""Every address of the desk, for everybody who may come to it, by GET and by POST.

An address that the table does not name fails the test: whoever adds one says who may use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern, URLResolver, reverse

from tests import factories
from tests.admin.conftest import client_of
from verification import roles
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
from verification.services import stories, webhooks
from verification.services.drafts import StoryDraft
from verification.services.importing import uploads

REPORTER, EDITOR, MANAGING = roles.ROLES
#: From who may least.
RANKS = ("anonymous", "no role", REPORTER, EDITOR, MANAGING)
ALL = "no role"


@dataclass(frozen=True)
class Page:
    """From which rank on an address may be used; none where the method is not taken at all."""

    get: str | None
    post: str | None
    args: str = ""


TABLE: dict[str, Page] = {
    "index": Page(ALL, ALL),
    "diary": Page(REPORTER, REPORTER),
    "password_change": Page(ALL, ALL),
    "password_change_done": Page(ALL, None),
    "my_mail": Page(ALL, ALL),
    "account": Page(ALL, None),
    "end_sessions": Page(None, ALL),
    "second_factor": Page(ALL, ALL),
    # Without a second factor they lead back to the account.
    "recovery_codes": Page(ALL, ALL),
    "second_factor_off": Page(ALL, ALL),
    "app_list": Page(ALL, ALL, "app"),
    "intake": Page(REPORTER, REPORTER),
    "intake_logged": Page(REPORTER, None, "sheet"),
    "similar": Page(REPORTER, None),
    "suggest": Page(REPORTER, REPORTER, "sources"),
    "verification_claim_changelist": Page(REPORTER, REPORTER),
    "verification_claim_add": Page(REPORTER, REPORTER),
    "verification_claim_import": Page(EDITOR, EDITOR),
    "verification_claim_import_run": Page(EDITOR, EDITOR, "run"),
    "verification_claim_import_faults": Page(EDITOR, None, "run"),
    "verification_claim_import_refused": Page(EDITOR, None, "run csv"),
    "verification_claim_export": Page(REPORTER, None, "csv"),
    "verification_claim_change": Page(REPORTER, None, "claim"),
    "verification_claim_decide": Page(EDITOR, EDITOR, "claim"),
    "verification_claim_extend": Page(EDITOR, EDITOR, "claim"),
    "verification_claim_assign": Page(EDITOR, EDITOR, "claim"),
    "verification_claim_snooze": Page(REPORTER, REPORTER, "claim"),
    "verification_claim_snooze_end": Page(None, REPORTER, "claim"),
    "verification_claim_hand_over": Page(EDITOR, EDITOR, "claim"),
    "verification_claim_watch": Page(None, REPORTER, "claim"),
    "verification_claim_unwatch": Page(None, REPORTER, "claim"),
    "verification_claim_watcher_add": Page(EDITOR, EDITOR, "claim"),
    "verification_claim_watcher_remove": Page(None, EDITOR, "claim user"),
    "verification_claim_revise": Page(MANAGING, MANAGING, "claim"),
    "verification_claim_reopen": Page(MANAGING, MANAGING, "claim"),
    "verification_claim_void": Page(MANAGING, MANAGING, "claim"),
    "verification_claim_edit": Page(REPORTER, REPORTER, "claim"),
    "verification_claim_report_add": Page(REPORTER, REPORTER, "claim"),
    "verification_claim_report_amend": Page(REPORTER, REPORTER, "claim report"),
    "verification_claim_report_withdraw": Page(EDITOR, EDITOR, "claim report"),
    "verification_claim_report_read": Page(None, REPORTER, "claim report"),
    "verification_claim_report_changes": Page(REPORTER, None, "claim report"),
    "verification_claim_story_add": Page(REPORTER, REPORTER, "claim"),
    "verification_claim_story_remove": Page(EDITOR, EDITOR, "claim story"),
    "verification_source_changelist": Page(REPORTER, REPORTER),
    "verification_source_add": Page(REPORTER, REPORTER),
    "verification_source_change": Page(REPORTER, EDITOR, "source"),
    "verification_source_merge": Page(MANAGING, MANAGING, "source"),
    "verification_source_redact": Page(MANAGING, MANAGING, "source"),
    "verification_beat_changelist": Page(REPORTER, REPORTER),
    "verification_beat_add": Page(MANAGING, MANAGING),
    "verification_beat_change": Page(MANAGING, MANAGING, "beat"),
    "verification_beat_ladder": Page(MANAGING, MANAGING, "beat"),
    "verification_verdict_changelist": Page(REPORTER, REPORTER),
    "verification_position_changelist": Page(REPORTER, REPORTER),
    "verification_record_changelist": Page(REPORTER, REPORTER),
    "verification_ledgerentry_changelist": Page(REPORTER, REPORTER),
    "verification_reminder_changelist": Page(EDITOR, EDITOR),
    "verification_message_changelist": Page(EDITOR, EDITOR),
    "verification_message_change": Page(EDITOR, None, "message"),
    "verification_message_html": Page(EDITOR, None, "message"),
    "verification_message_requeue": Page(None, MANAGING, "message"),
    "verification_message_give_up": Page(None, MANAGING, "message"),
    "verification_storyupdate_changelist": Page(REPORTER, REPORTER),
    "verification_storyupdate_change": Page(REPORTER, None, "update"),
    # Of somebody else's story; the author may too.
    "verification_storyupdate_tick": Page(None, EDITOR, "update"),
    "verification_storyupdate_untick": Page(None, EDITOR, "update"),
    "verification_user_changelist": Page(MANAGING, MANAGING),
    "verification_user_add": Page(MANAGING, MANAGING),
    "verification_user_change": Page(MANAGING, MANAGING, "user"),
    "verification_user_password": Page(MANAGING, MANAGING, "user"),
    "verification_user_mail_again": Page(MANAGING, MANAGING, "user"),
    "verification_webhook_changelist": Page(MANAGING, MANAGING),
    "verification_webhook_add": Page(MANAGING, MANAGING),
    "verification_webhook_change": Page(MANAGING, None, "webhook"),
    "verification_webhook_edit": Page(MANAGING, MANAGING, "webhook"),
    "verification_webhook_rotate": Page(MANAGING, MANAGING, "webhook"),
    "verification_webhook_test": Page(None, MANAGING, "webhook"),
    "verification_webhook_on": Page(None, MANAGING, "webhook"),
    "verification_webhook_off": Page(None, MANAGING, "webhook"),
    "verification_delivery_changelist": Page(MANAGING, MANAGING),
    "verification_delivery_change": Page(MANAGING, None, "delivery"),
    "verification_delivery_again": Page(None, MANAGING, "delivery"),
    "verification_user_account": Page(MANAGING, None, "user"),
    "verification_user_end_sessions": Page(None, MANAGING, "user"),
    "verification_user_unlock": Page(None, MANAGING, "user"),
    "verification_user_reset_factor": Page(MANAGING, MANAGING, "user"),
    "verification_apitoken_changelist": Page(MANAGING, MANAGING),
    "verification_apitoken_revoke": Page(MANAGING, MANAGING, "token"),
}
#: Addresses that are for whoever is not signed in, too; they have tests of their own.
OPEN = {
    "login", "login_code", "login_enrol", "logout", "language", "forgotten", "password_reset",
}  # fmt: skip


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
@pytest.mark.parametrize("rank", ["no role", REPORTER])
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
        "Evidence": "shown with its verdict on the page of its claim",
        "Heartbeat": "told by /healthz",
        "IdempotentRequest": "the memory of what was sent under a key, which runs out by itself",
        "Rung": "shown and changed on the page of its beat",
        "Watch": "shown and changed on the page of its claim",
        "Snooze": "shown and changed on the page of its claim",
        "Snapshot": "shown on the page of its report",
        "Rereading": "shown on the page of its claim",
        "Digest": "told by its message",
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
        "ImportPart": "a piece of a file that waits to be brought in",
        "ImportRefusal": "shown on the page of its import",
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
