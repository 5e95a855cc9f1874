"""Readers are told of a page that was changed in what the claim stands on, and of no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.test import Client

from tests import factories
from tests.pages.reading import queries, section, words
from verification.domain import edits
from verification.models import Claim
from verification.services import snapshots
from verification.services.articlepages import Article

READ = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
TEXT = (
    "Amazon could put at least $50bn into OpenAI, it is said. It rains in Paris. Nobody commented."
)


def claim(*texts: str, reports: int = 1, **fields: object) -> Claim:
    """A claim of which each report's page said these one after the other, a day between."""
    boss = factories.managing_editor()
    drafts = [factories.report_draft(hedge="could") for _ in range(reports)]
    made = factories.claim(actor=boss, reports=drafts, **fields)
    for report in made.reports.all():
        for day, text in enumerate(texts):
            at = READ + timedelta(days=day)
            article = Article(text=text, url=report.url, read_at=at)
            snapshots.keep(actor=boss, report=report, article=article, now=at)
    return made


def test_an_edit_of_what_the_claim_stands_on_is_marked_with_what_was_changed() -> None:
    made = claim(TEXT, TEXT.replace("at least", "up to"))
    page = Client().get(made.get_absolute_url())
    said = section(page, "reports")
    assert "This page was changed after it was read on 2 February 2026." in said
    assert "Seen on 3 February 2026." in said
    assert "It had read: Amazon could put at least $50bn into OpenAI, it is said." in said
    assert "It reads now: Amazon could put up to $50bn into OpenAI, it is said." in said
    assert "It rains" not in words(page), "no more than the changed sentence is published"
    assert "was found changed" in section(page, "history")


def test_no_more_than_a_few_words_are_published() -> None:
    long = f"{'word ' * 400}at least $50bn {'more ' * 400}."
    made = claim(long, long.replace("at least", "less than"))
    said = section(Client().get(made.get_absolute_url()), "reports")
    assert "less than $50bn" in said
    assert said.count("word") + said.count("more") < 2 * edits.QUOTE_MAX / 5


def test_other_edits_are_the_desks_own() -> None:
    for texts in ((TEXT,), (TEXT, TEXT), (TEXT, TEXT.replace("Paris", "Lyon"))):
        said = words(Client().get(claim(*texts).get_absolute_url()))
        assert "changed" not in said


def test_the_mark_is_seen_at_once_on_a_page_that_was_kept() -> None:
    made = claim(TEXT)
    client = Client()
    assert "was changed" not in words(client.get(made.get_absolute_url()))
    report = made.reports.get()
    article = Article(text=TEXT.replace("50", "40"), url=report.url, read_at=READ)
    later = READ + timedelta(days=1)
    boss = factories.managing_editor()
    snapshots.keep(actor=boss, report=report, article=replace(article, read_at=later), now=later)
    assert "was changed" in words(client.get(made.get_absolute_url()))


def test_an_internal_claim_tells_nobody_anything() -> None:
    made = claim(TEXT, TEXT.replace("at least", "up to"), public=False)
    client = Client()
    assert client.get(made.get_absolute_url()).status_code == 404
    for path in ("/", "/claims/", f"/api/v1/claims/{made.slug}/", "/corrections/"):
        assert "up to $50bn" not in client.get(path).content.decode()


def test_a_hostile_page_is_quoted_as_text() -> None:
    made = claim(
        TEXT, "Amazon could put <b onclick=x>$50bn</b> \u202einto OpenAI. It rains in Paris."
    )
    html = Client().get(made.get_absolute_url()).content.decode()
    assert "<b onclick" not in html
    assert "&lt;b onclick=x&gt;$50bn" in html
    assert "\u202e" not in html


def test_a_claim_takes_the_same_queries_however_many_pages_were_changed() -> None:
    changed = TEXT.replace("at least", "up to")
    one, many = claim(TEXT, changed), claim(TEXT, changed, reports=7)
    client = Client()
    assert queries(client, one.get_absolute_url()) == queries(client, many.get_absolute_url())
