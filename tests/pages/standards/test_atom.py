"""The feeds, read with a parser as a feed reader would."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from tests import factories
from tests.pages.reading import queries
from tests.pages.records import decided
from verification.services import verdicts

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OURS = "http://127.0.0.1:8000"


def read(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def text(element, name):
    return element.find(f"{ATOM}{name}").text


def entries(feed):
    return feed.findall(f"{ATOM}entry")


def titles(feed):
    return [text(entry, "title") for entry in entries(feed)]


def links(element, rel):
    return [link.get("href") for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def revise(claim, outcome="denied", day=2):
    return verdicts.revise(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        outcome=outcome,
        rationale="It was another company.",
        became_known_on=date(2026, 3, 1),
        evidence=[factories.evidence()],
        now=datetime(2026, 4, day, tzinfo=UTC),
    )


def voided(claim):
    return verdicts.void(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        rationale="Logged twice.",
        now=datetime(2026, 4, 3, tzinfo=UTC),
    )


@pytest.fixture
def claim():
    beat = factories.BeatFactory.create(name="Space", slug="space")
    source = factories.SourceFactory.create(name="Journal", slug="journal")
    made = factories.claim(
        statement="It will fly.", beat=beat, reports=[factories.report_draft(source)]
    )
    factories.decide(made, evidence=[factories.evidence(url="https://example.org/a?b=1&c=2")])
    return made


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/feeds/verdicts.atom", {}),
        ("/feeds/verdicts.atom", {"beat": "space", "lang": "fr"}),
        ("/feeds/verdicts/journal.atom", {}),
        ("/feeds/corrections.atom", {}),
    ],
)
def test_a_feed_has_what_the_format_demands(client, claim, path, query):
    feed = read(client, path, **query)
    assert feed.tag == f"{ATOM}feed"
    [own] = links(feed, "self")
    assert text(feed, "id") == own
    # The address in the feed leads to the feed.
    assert ElementTree.tostring(read(client, own.removeprefix(OURS))) == ElementTree.tostring(feed)
    [page] = links(feed, "alternate")
    assert client.get(page.removeprefix(OURS)).status_code == 200
    assert datetime.fromisoformat(text(feed, "updated")).tzinfo
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Borne Out"
    assert feed.get(LANG) == query.get("lang", "en")
    for entry in entries(feed):
        assert text(entry, "id").startswith("tag:127.0.0.1,2026-")
        assert text(entry, "title")
        assert datetime.fromisoformat(text(entry, "updated")).tzinfo
        assert len(links(entry, "alternate")) == 1


def test_an_entry_says_what_became_of_the_claim_and_where_to_read_why(client, claim):
    [entry] = entries(read(client, "/feeds/verdicts.atom"))
    assert text(entry, "title") == "Confirmed: It will fly."
    assert text(entry, "summary") == (
        "Due by 31 March 2026.\nBecame known 27 February 2026.\nAnnounced by the company."
    )
    assert text(entry, "published") == text(entry, "updated") == "2026-04-01T09:00:00Z"
    assert links(entry, "alternate") == [f"{OURS}/claims/it-will-fly/"]
    assert links(entry, "related") == ["https://example.org/a?b=1&c=2"]
    categories = {
        category.get("term"): category.get("label") for category in entry.findall(f"{ATOM}category")
    }
    assert categories == {"space": "Space", "confirmed": "confirmed"}


def test_it_speaks_french(client, claim):
    [entry] = entries(read(client, "/feeds/verdicts.atom", lang="fr"))
    assert text(entry, "title") == "Confirmée\u00a0: It will fly."


def test_the_id_of_an_entry_stands_when_the_site_changes_around_it(client, claim, settings):
    [before] = entries(read(client, "/feeds/verdicts.atom"))
    settings.SITE_URL = "http://127.0.0.1:9999"
    decided(factories.SourceFactory.create(), hits=1)
    after = entries(read(client, "/feeds/verdicts.atom", lang="fr"))[-1]
    assert text(before, "id") == text(after, "id")


def test_the_newest_verdict_comes_first_and_dates_the_feed(client, claim):
    other = factories.claim(statement="It will sail.")
    factories.decide(other, now=datetime(2026, 4, 3, 8, tzinfo=UTC))
    response = client.get("/feeds/verdicts.atom")
    feed = ElementTree.fromstring(response.content)
    assert titles(feed) == ["Confirmed: It will sail.", "Confirmed: It will fly."]
    assert text(feed, "updated") == "2026-04-03T08:00:00Z"
    assert response["Last-Modified"] == "Fri, 03 Apr 2026 08:00:00 GMT"


def test_a_feed_holds_the_newest_fifty(client):
    decided(factories.SourceFactory.create(name="Journal"), hits=52)
    shown = titles(read(client, "/feeds/verdicts.atom"))
    assert len(shown) == 50
    assert shown[0] == "Confirmed: Journal, claim 51."


def test_a_correction_takes_the_place_of_what_it_corrects_and_has_a_feed_of_its_own(client, claim):
    assert entries(read(client, "/feeds/corrections.atom")) == []
    revise(claim)
    assert titles(read(client, "/feeds/verdicts.atom")) == ["Denied: It will fly."]
    [entry] = entries(read(client, "/feeds/corrections.atom"))
    assert text(entry, "title") == "Denied: It will fly."
    assert "It supersedes the earlier verdict: confirmed." in text(entry, "summary")


def test_a_verdict_that_was_withdrawn_is_a_correction_and_no_verdict(client, claim):
    verdicts.reopen(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        rationale="Too early.",
        now=datetime(2026, 4, 2, tzinfo=UTC),
    )
    assert titles(read(client, "/feeds/verdicts.atom")) == []
    assert titles(read(client, "/feeds/corrections.atom")) == ["Reopened: It will fly."]


def test_a_claim_that_was_void_from_the_start_is_no_news(client, claim):
    never = factories.claim(statement="It will sink.")
    voided(never)
    for path in ("/feeds/verdicts.atom", "/feeds/verdicts.atom?beat=space"):
        assert titles(read(client, path)) == ["Confirmed: It will fly."]


def test_whoever_was_told_of_an_outcome_is_told_that_the_claim_is_void(client, claim):
    voided(claim)
    for path in ("/feeds/verdicts.atom", "/feeds/verdicts/journal.atom"):
        [entry] = entries(read(client, path))
        assert text(entry, "title") == "Void: It will fly."
        assert "It supersedes the earlier verdict: confirmed." in text(entry, "summary")


def test_so_it_is_where_the_outcome_had_been_withdrawn_in_between(client, claim):
    verdicts.reopen(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        rationale="Too early.",
        now=datetime(2026, 4, 2, tzinfo=UTC),
    )
    claim.refresh_from_db()
    voided(claim)
    assert titles(read(client, "/feeds/verdicts.atom")) == ["Void: It will fly."]


def test_a_feed_can_be_of_one_beat_or_one_source(client, claim):
    decided(factories.SourceFactory.create(name="Other", slug="other"), hits=1)
    assert titles(read(client, "/feeds/verdicts.atom", beat="space")) == ["Confirmed: It will fly."]
    assert titles(read(client, "/feeds/verdicts/journal.atom")) == ["Confirmed: It will fly."]
    assert titles(read(client, "/feeds/verdicts/other.atom")) == ["Confirmed: Other, claim 0."]
    assert client.get("/feeds/verdicts.atom?beat=nowhere").status_code == 404
    assert client.get("/feeds/verdicts/nobody.atom").status_code == 404


def test_an_internal_claim_is_in_no_feed(client):
    source = factories.SourceFactory.create(slug="mixed")
    beat = factories.BeatFactory.create(slug="space")
    hidden = factories.claim(public=False, reports=[factories.report_draft(source)], beat=beat)
    factories.decide(hidden)
    revise(hidden)
    factories.claim(reports=[factories.report_draft(source)], beat=beat)
    for path in (
        "/feeds/verdicts.atom",
        "/feeds/verdicts.atom?beat=space",
        "/feeds/verdicts/mixed.atom",
        "/feeds/corrections.atom",
    ):
        assert entries(read(client, path)) == [], path


def test_a_feed_takes_the_same_queries_however_long_it_is(client, claim):
    revise(claim)
    paths = ("/feeds/verdicts.atom", "/feeds/verdicts/journal.atom", "/feeds/corrections.atom")
    before = [queries(client, path) for path in paths]
    for made in decided(claim.reports.get().source, hits=4, beat=claim.beat):
        revise(made)
    assert [queries(client, path) for path in paths] == before


def test_every_page_tells_feed_readers_where_the_feeds_are(client, claim):
    for path in ("/", "/claims/it-will-fly/", "/sources/journal/", "/leaderboard/?beat=space"):
        html = client.get(path).content.decode()
        assert 'type="application/atom+xml" href="/feeds/verdicts.atom?lang=en"' in html
        assert 'type="application/atom+xml" href="/feeds/corrections.atom?lang=en"' in html
    assert (
        'href="/feeds/verdicts/journal.atom?lang=en"'
        in client.get("/sources/journal/").content.decode()
    )
    assert 'href="/feeds/verdicts.atom?beat=space&amp;lang=en"' in html
