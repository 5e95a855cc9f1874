"""What the widgets show."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders

from tests import factories
from tests.pages.reading import queries, words
from tests.pages.records import decided
from verification.services import merging, reports, verdicts

MARCH = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def journal():
    return factories.SourceFactory.create(name="Journal", slug="journal")


def test_an_open_claim_says_when_it_is_due_and_who_reported_it(client, journal):
    claim = factories.claim(reports=[factories.report_draft(journal, stance="disputes")])
    with time_machine.travel(MARCH, tick=False):
        page = words(client.get(f"/embed/claim/{claim.slug}/"))
    assert "open" in page
    assert "Due by 31 March 2026" in page
    assert "Journal disputes 29 January 2026" in page


def test_a_claim_that_nobody_decided_in_time_blames_nobody(client):
    claim = factories.claim()
    with time_machine.travel(datetime(2026, 4, 2, tzinfo=UTC), tick=False):
        page = words(client.get(f"/embed/claim/{claim.slug}/"))
    assert "awaiting verdict" in page
    assert "counts for or against nobody" in page


def test_a_decided_claim_says_what_became_of_it_and_what_each_is_credited_with(client, journal):
    relay = factories.report_draft(via=journal)
    claim = factories.claim(reports=[factories.report_draft(journal), relay])
    factories.decide(claim, rationale="The company said so.")
    page = words(client.get(f"/embed/claim/{claim.slug}/"))
    assert "confirmed" in page
    assert "Known 27 February 2026" in page
    assert "The company said so." in page
    assert "Journal hit 29 January 2026 · had it first · record" in page
    assert "passed on, borne out" in page


def test_a_claim_of_many_sources_shows_three_and_counts_the_others(client):
    claim = factories.claim(reports=[factories.report_draft() for _ in range(5)])
    page = words(client.get(f"/embed/claim/{claim.slug}/"))
    assert "and 2 more sources" in page
    assert page.count("29 January 2026") == 3


def test_a_source_shows_its_interval_before_its_accuracy(client, journal):
    decided(journal, hits=9, misses=2)
    page = words(client.get("/embed/source/journal/"))
    assert page.index("– ") < page.index("accuracy")
    assert "n = 11 decided" in page
    assert "Rank 1 on the leaderboard" in page
    assert "Provisional" not in page


def test_a_short_record_says_that_it_is_provisional(client, journal):
    decided(journal, hits=2)
    assert "Provisional: under 10 decided positions" in words(client.get("/embed/source/journal/"))


def test_a_source_without_a_record_says_so(client, journal):
    assert "Nothing that counts has been decided yet" in words(client.get("/embed/source/journal/"))


def test_a_merged_source_shows_the_record_that_stands(client, journal):
    old = factories.SourceFactory.create(name="Old", slug="old")
    decided(old, hits=2)
    merging.merge(actor=factories.managing_editor(), source=old, into=journal, now=factories.NOW)
    page = words(client.get("/embed/source/old/"))
    assert "Journal" in page
    assert "n = 2 decided" in page


def test_a_merged_source_shows_nothing_where_the_one_that_stands_is_internal(client):
    old = factories.SourceFactory.create(slug="old")
    hidden = factories.SourceFactory.create(slug="hidden")
    factories.claim(public=False, reports=[factories.report_draft(hidden)])
    merging.merge(actor=factories.managing_editor(), source=old, into=hidden, now=factories.NOW)
    assert client.get("/embed/source/old/").status_code == 404


def test_the_leaderboard_ranks_whoever_can_be_ranked(client, journal):
    decided(journal, hits=10)
    decided(factories.SourceFactory.create(name="Short"), hits=1)
    page = words(client.get("/embed/leaderboard/"))
    assert "1 Journal" in page
    assert "Short" not in page


def test_where_nobody_can_be_ranked_the_provisional_records_are_shown_as_such(client):
    decided(factories.SourceFactory.create(name="Short"), hits=1)
    page = words(client.get("/embed/leaderboard/"))
    assert "Provisional, unranked" in page
    assert "Short" in page


def test_a_list_can_be_of_one_beat(client):
    space = factories.BeatFactory.create(name="Space", slug="space")
    sport = factories.BeatFactory.create(name="Sport", slug="sport")
    decided(factories.SourceFactory.create(name="Rocket"), hits=1, beat=space)
    decided(factories.SourceFactory.create(name="Goal"), hits=1, beat=sport)
    for path in ("/embed/leaderboard/", "/embed/latest/"):
        page = words(client.get(path, {"beat": "space"}))
        assert "Rocket" in page
        assert "Goal" not in page
        assert client.get(path, {"beat": "nowhere"}).status_code == 404


def test_the_newest_verdicts_come_newest_first_and_five_at_most(client, journal):
    decided(journal, hits=7)
    page = words(client.get("/embed/latest/"))
    assert page.index("claim 6.") < page.index("claim 2.")
    assert "claim 1." not in page


def test_a_claim_that_was_reopened_has_no_verdict_any_more(client):
    claim = factories.claim(statement="It will fly.")
    factories.decide(claim)
    assert "It will fly." in words(client.get("/embed/latest/"))
    verdicts.reopen(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        rationale="Too early.",
        now=datetime(2026, 4, 2, tzinfo=UTC),
    )
    assert "It will fly." not in words(client.get("/embed/latest/"))


def test_an_undecided_claim_is_asked_about_more_often_than_a_decided_one(client):
    claim = factories.claim()
    assert 'data-ask="60"' in client.get(f"/embed/claim/{claim.slug}/").content.decode()
    factories.decide(claim)
    assert 'data-ask="600"' in client.get(f"/embed/claim/{claim.slug}/").content.decode()


def test_the_theme_and_the_accent_are_the_pages_choice(client):
    html = client.get("/embed/latest/", {"theme": "dark", "accent": "#C00"}).content.decode()
    assert '<html lang="en" data-theme="dark">' in html
    assert 'href="/embed/accent/cc0000.css"' in html
    html = client.get("/embed/latest/", {"theme": "auto"}).content.decode()
    assert "data-theme" not in html
    assert "/embed/accent/" not in html


def test_the_newsrooms_own_accent_is_the_default(client, settings):
    settings.EMBED_ACCENT = "117733"
    assert "/embed/accent/117733.css" in client.get("/embed/latest/").content.decode()
    response = client.get("/embed/latest/", {"accent": "cc0000"})
    assert "/embed/accent/cc0000.css" in response.content.decode()


def test_an_accent_is_made_readable_in_light_and_dark(client):
    css = client.get("/embed/accent/ffee00.css").content.decode()
    assert "--mark: #ffee00" in css
    light, dark = css.split("@media")
    assert "--accent: #ffee00" not in light
    assert "--accent: #ffee00" in dark
    assert client.get("/embed/accent/red.css").status_code == 404


def test_links_lead_out_of_the_frame(client):
    html = client.get("/embed/latest/").content.decode()
    assert html.count("<a ") == html.count('target="_blank" rel="noopener"') > 0


def test_a_widget_takes_the_same_queries_however_much_there_is(client, journal):
    beat = factories.BeatFactory.create(slug="space")
    decided(journal, hits=2, beat=beat)
    claim = factories.claim(reports=[factories.report_draft(journal)])
    paths = (
        f"/embed/claim/{claim.slug}/",
        "/embed/source/journal/",
        "/embed/leaderboard/?beat=space",
        "/embed/latest/?beat=space",
    )
    before = [queries(client, path) for path in paths]
    for _ in range(4):
        other = factories.SourceFactory.create()
        decided(other, hits=2, beat=beat)
        reports.add_report(
            actor=factories.managing_editor(),
            claim=claim,
            draft=factories.report_draft(other, published_on=date(2026, 1, 30)),
            now=factories.NOW,
        )
        claim.refresh_from_db()
    assert [queries(client, path) for path in paths] == before


def test_the_script_is_small_and_the_frame_light():
    def size(name: str) -> int:
        return Path(finders.find(f"verification/embed/{name}")).stat().st_size

    assert size("embed.js") <= 5_000
    assert size("widget.js") <= 5_000
    assert size("widget.css") <= 8_000


def test_the_dark_that_is_asked_for_is_the_dark_of_the_house():
    tokens = Path(finders.find("verification/tokens.css")).read_text(encoding="utf-8")
    widget = Path(finders.find("verification/embed/widget.css")).read_text(encoding="utf-8")
    dark = tokens[tokens.index("prefers-color-scheme: dark") :]
    assert values(dark[: dark.index("\n}")]) == values(
        widget[widget.index('[data-theme="dark"]') : widget.index("*, *::before")]
    )
    assert ("sheet", "#1f1e1b") in values(dark)
    assert ("sheet", "#ffffff") in values(tokens)


def values(css: str) -> list[tuple[str, str]]:
    """The custom properties that a piece of a stylesheet sets."""
    return re.findall(r"--([\w-]+): ([^;]+);", css)
