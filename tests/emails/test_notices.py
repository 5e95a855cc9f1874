"""The mail that tells an author of a verdict."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from tests.emails.conftest import NOW, Build
from tests.emails.reading import html_of
from tests.services import desk
from verification.models import Claim, StoryUpdate, User
from verification.services import stories

pytestmark = pytest.mark.django_db


def decided(author: User | None, outcome: str = "denied", actor: User | None = None) -> Claim:
    """A claim with a story of ours, and its verdict."""
    journal = factories.SourceFactory.create(name=f"Journal {StoryUpdate.objects.count()}")
    claim = factories.claim(actor=actor, reports=[factories.report_draft(journal)])
    stories.add_story(
        actor=factories.editor(), claim=claim, draft=desk.story(author=author), now=NOW
    )
    claim.refresh_from_db()
    factories.decide(claim, outcome, known_on=date(2026, 3, 3), now=NOW)
    return claim


def test_it_says_which_story_said_what_what_became_of_it_and_what_to_do(build: Build) -> None:
    author = factories.reporter(username="author")
    claim = decided(author)

    email = build("notices", author)

    for words in (html_of(email).text, " ".join(email.body.split())):
        assert "Amazon in talks with OpenAI" in words
        assert "Your story of 30 January 2026 carried this claim, reported by Journal 0:" in words
        assert claim.statement in words
        assert "It was denied: known since 3 March 2026." in words
        assert "Say that it did not come true" in words
    html = html_of(email)
    assert html.links["The company's announcement"] == ["https://example.org/announcement"]
    assert html.links["Amazon in talks with OpenAI"] == ["https://ours.example/amazon"]
    [tick] = html.links["It is updated"]
    assert tick.endswith(f"/storyupdate/{StoryUpdate.objects.get().pk}/change/")
    assert tick in email.body


def test_who_answers_for_the_claim_is_told_whose_story_it_is(build: Build) -> None:
    owner = factories.editor(username="owner")
    gone = factories.reporter(first_name="Robin", last_name="Vega", is_active=False)
    decided(gone, actor=owner)

    assert "The story by Robin Vega of 30 January 2026" in build("notices", owner).body


def test_a_story_without_an_author_is_ours(build: Build) -> None:
    owner = factories.editor(username="owner")
    decided(None, actor=owner)

    assert "A story of ours of 30 January 2026" in build("notices", owner).body


def test_the_subject_names_verdict_and_story(build: Build) -> None:
    author = factories.reporter(username="author", language="fr")
    decided(author)

    assert build("notices", author).subject == (
        "Démentie, article à mettre à jour\u00a0: Amazon in talks with OpenAI"
    )


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "lapsed", "void"])
def test_every_verdict_has_its_advice(build: Build, outcome: str) -> None:
    author = factories.reporter(username="author")
    journal = factories.SourceFactory.create()
    claim = factories.claim(deadline=date(2026, 3, 1), reports=[factories.report_draft(journal)])
    stories.add_story(
        actor=factories.editor(), claim=claim, draft=desk.story(author=author), now=NOW
    )
    claim.refresh_from_db()
    known = date(2026, 3, 3) if outcome in ("confirmed", "denied") else None
    factories.decide(claim, outcome, known_on=known, now=NOW)

    email = build("notices", author)

    advice = {
        "confirmed": "Say that it came true",
        "denied": "Say that it did not come true",
        "lapsed": "Say that the deadline passed without it.",
        "void": "Nothing was found out",
    }
    assert advice[outcome] in email.body
    assert advice[outcome] in html_of(email).text


def test_it_cannot_be_stopped_with_one_click(build: Build) -> None:
    """A correction is owed to readers, whatever an author would rather not hear."""
    author = factories.reporter(username="author")
    decided(author)

    assert "List-Unsubscribe" not in build("notices", author).extra_headers
