"""A newsroom with one of everything, once public and once internal, and a canary in what is not.

Each internal text has the word CANARY in it, so that whoever must not see it is found out by a
search of whatever was answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tests import factories
from verification.emails import links
from verification.models import (
    ApiToken,
    Beat,
    Claim,
    Message,
    Source,
    StoryUpdate,
    Suppression,
    User,
)
from verification.models.choices import WebhookEvent
from verification.services import (
    diary,
    proposals,
    replies,
    stories,
    tokens,
    verdicts,
    webhooks,
)
from verification.services.drafts import StoryDraft
from verification.services.importing import uploads

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
CANARY = "zqxcanary"


@dataclass
class Room:
    """`things` are names and keys by which the tables address what is there."""

    things: dict[str, Any]
    boss: User
    root: User


def _story(boss: User, claim: Claim, title: str) -> Any:
    draft = StoryDraft(
        title=title,
        url=f"https://ours.example/{title.replace(' ', '-')}",
        published_on=date(2026, 1, 30),
    )
    story = stories.add_story(actor=boss, claim=claim, draft=draft, now=factories.NOW)
    claim.refresh_from_db()
    return story


def _ask(boss: User, claim: Claim, whom: str) -> Any:
    return replies.ask(
        actor=boss,
        claim=claim,
        whom=whom,
        contact=f"{CANARY}-contact@example.org",
        asked_on=date(2026, 3, 1),
        answer_by=date(2026, 3, 2),
        now=NOW,
    )


def _secret(boss: User, source: Source, beat: Beat, number: int, **fields: Any) -> Claim:
    """An internal claim, every word of which is one that nobody outside may see."""
    word = f"{CANARY}{number}"
    draft = factories.report_draft(
        source,
        author=f"{word} author",
        headline=f"{word} headline",
        hedge=f"{word} hedge",
        url=f"https://{word}.example/report",
        certainty="likely",
    )
    other = factories.report_draft(
        factories.SourceFactory.create(slug=f"open-{number}"), via=source
    )
    claim = factories.claim(
        actor=boss,
        beat=beat,
        slug=f"{word}-claim",
        statement=f"{word} statement of a launch.",
        criteria=f"{word} criteria.",
        reports=[draft, other],
        public=False,
        **fields,
    )
    _story(boss, claim, f"{word} story")
    _ask(boss, claim, f"{word} asked")
    return claim


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def build() -> Room:
    """Makes it all through the services."""
    boss = factories.managing_editor(username="boss", email="boss@example.org")
    root = factories.UserFactory.create(username="root", is_superuser=True)
    person = factories.reporter(username="rita")
    beat = factories.BeatFactory.create(slug="space", name="Space", editor=boss)
    watched = factories.BeatFactory.create(slug="courts", name="Courts", second_editor=True)
    hidden_beat = factories.BeatFactory.create(slug=f"{CANARY}-beat", name=f"{CANARY} beat")
    source = factories.SourceFactory.create(slug="wire", name="The Wire")
    other = factories.SourceFactory.create(slug="journal", name="The Journal")
    hidden_source = factories.SourceFactory.create(
        slug=f"{CANARY}-source", name=f"{CANARY} source", homepage=f"https://{CANARY}.example"
    )
    drafts = [factories.report_draft(source, certainty="likely"), factories.report_draft(other)]
    fine = {"actor": boss, "beat": beat, "reports": drafts}
    claim = factories.claim(slug="undecided", statement="A rocket will launch.", **fine)
    denied = factories.claim(slug="denied", statement="A rocket will land.", **fine)
    _story(boss, denied, "Overtaken")
    _ask(boss, denied, "The company")
    factories.decide(denied, "denied", actor=boss, now=NOW)
    second = factories.claim(slug="watched", **fine | {"beat": watched})
    waiting = factories.claim(slug="waiting", **fine | {"beat": watched})
    proposal = proposals.decide(
        actor=boss,
        claim=waiting,
        version=None,
        outcome="denied",
        rationale=f"{CANARY} proposed",
        became_known_on=date(2026, 3, 1),
        evidence=[factories.evidence(title=f"{CANARY} page", url=f"https://{CANARY}.example/p")],
        now=NOW,
    )
    secret = _secret(boss, hidden_source, hidden_beat, 1)
    _secret(boss, hidden_source, hidden_beat, 2, deadline=date(2026, 12, 31))
    decided = _secret(boss, hidden_source, hidden_beat, 3)
    said = {
        "rationale": f"{CANARY} rationale",
        "evidence": [
            factories.evidence(title=f"{CANARY} evidence", url=f"https://{CANARY}.example/e")
        ],
    }
    factories.decide(decided, actor=boss, now=NOW, **said)
    verdicts.revise(
        actor=boss,
        claim=decided,
        version=decided.version,
        outcome="denied",
        became_known_on=date(2026, 3, 1),
        now=NOW,
        **said,
    )
    report = claim.reports.first()
    assert report is not None
    story, reply = _story(boss, claim, "Ours"), _ask(boss, claim, "Somebody")
    token, _key = tokens.create(actor=None, user=person, name="script", now=NOW)
    roots, _key = tokens.create(actor=None, user=root, name="of root", now=NOW)
    message = Message.objects.create(
        recipient=boss,
        message_id="<1@example.org>",
        state="failed",
        created_at=NOW,
        next_attempt_at=None,
        html="<p>Hello</p>",
        text="Hello",
    )
    webhook = factories.webhook(actor=boss)
    delivery = webhooks.make(webhook, WebhookEvent.TEST, {}, NOW, claim=None)
    delivery.save()
    Suppression.objects.create(address=person.email, since=NOW, reason="550")
    assert ApiToken.objects.count() == 2
    run = uploads.receive(actor=boss, name="claims.csv", content=[b"id\n"], now=NOW)
    return Room(
        boss=boss,
        root=root,
        things={
            "app": "verification",
            # Of the desk, by key.
            "desk": {
                "sources": "sources",
                "sheet": "0123456789abcdef",
                "run": run.pk,
                "csv": "csv",
                "app": "verification",
                "claim": claim.pk,
                "report": report.pk,
                "story": story.pk,
                "reply": reply.pk,
                "proposal": proposal.pk,
                "update": StoryUpdate.objects.filter(story__claim=denied).get().pk,
                "source": source.pk,
                "beat": beat.pk,
                "message": message.pk,
                "webhook": webhook.pk,
                "delivery": delivery.pk,
                "user": person.pk,
                "token": token.pk,
            },
            # What is out of a managing editor's reach.
            "roots": {"user": root.pk, "token": roots.pk},
            # Of the pages and the API, by name.
            "claim": claim.slug,
            "watched": second.slug,
            "secret_claim": secret.slug,
            "source": source.slug,
            "other": other.slug,
            "secret_source": hidden_source.slug,
            "accent": "0a5cd7",
            "kind": "claims",
            "first": 0,
            "problem": "permission",
            "action": "snooze",
            "bad_token": "made-up",
            "diary": diary.address(boss).rpartition("/")[2].removesuffix(".ics"),
            "unsubscribe": _last(links.unsubscribe_url(boss)),
            "mail": _last(links.action_url("snooze", claim, boss, deadline=claim.deadline)),
        },
    )
