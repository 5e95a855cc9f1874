"""Whatever is typed into a field stays text in every mail."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests import factories
from tests.emails.conftest import NOW, Build
from tests.emails.reading import html_of
from tests.services import desk
from verification.models import Beat, Claim, Source, Story, User
from verification.services import stories

pytestmark = pytest.mark.django_db

MARK = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}{% now 'Y' %}"
BREAK = "One\r\nBcc: victim@example.org\r\n\r\n<b>Two"


def name(user: User, text: str) -> None:
    User.objects.filter(pk=user.pk).update(first_name=text[:150], last_name="")


def hostile(text: str, recipient: User) -> Claim:
    """A claim with `text` in every field that a mail prints, past whatever forms would refuse."""
    beat = factories.BeatFactory.create()
    sources = factories.SourceFactory.create_batch(2)
    claim = factories.claim(
        actor=recipient,
        beat=beat,
        deadline=NOW.date(),
        reports=[
            factories.report_draft(sources[0]),
            factories.report_draft(sources[1], via=sources[0]),
        ],
    )
    stories.add_story(
        actor=factories.editor(), claim=claim, draft=desk.story(author=recipient), now=NOW
    )
    Claim.objects.filter(pk=claim.pk).update(statement=text, deadline_text=text, language="en")
    Beat.objects.filter(pk=beat.pk).update(name=text)
    for number, source in enumerate(sources):
        Source.objects.filter(pk=source.pk).update(name=f"{text}{number}")
    Story.objects.update(title=text)
    name(recipient, text)
    claim.refresh_from_db()
    return claim


@pytest.fixture(params=[MARK, BREAK], ids=["marks", "lines"])
def text(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["reminders", "notices", "digest"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_hostile_text_stays_text_in_every_field(build: Build, kind: str, text: str) -> None:
    reader = factories.managing_editor(
        username="reader", date_joined=datetime(2026, 1, 1, tzinfo=UTC)
    )
    claim = hostile(text, reader)
    if kind == "notices":
        factories.decide(
            claim,
            known_on=date(2026, 3, 1),
            now=NOW,
            rationale=text,
            evidence=[factories.evidence(title=text)],
        )
    reader.refresh_from_db()

    email = build(kind, reader)

    html = html_of(email)
    assert html.names <= {
        "html", "head", "meta", "title", "base", "style", "body", "div", "p", "h2", "a", "strong",
        "span", "table", "tr", "td",
    }  # fmt: skip
    assert not any(key.startswith("on") for _tag, attributes in html.tags for key in attributes)
    for _tag, attributes in html.tags:
        if "href" in attributes:
            assert str(attributes["href"]).startswith(("http://", "https://"))
    assert " ".join(text.split())[:40] in html.text
    assert "14" not in email.subject, "a statement is no template"


def test_no_field_begins_another_header(build: Build, kind: str) -> None:
    reader = factories.managing_editor(
        username="reader", date_joined=datetime(2026, 1, 1, tzinfo=UTC)
    )
    claim = hostile(BREAK, reader)
    if kind == "notices":
        factories.decide(claim, known_on=date(2026, 3, 1), now=NOW)

    parsed = build(kind, reader).message()

    assert parsed["Bcc"] is None
    assert "\n" not in build(kind, reader).subject
    assert parsed["To"] == reader.email
