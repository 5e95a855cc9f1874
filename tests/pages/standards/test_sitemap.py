"""The sitemap, read as a search engine reads it."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from tests import factories
from tests.pages.reading import queries
from tests.pages.records import decided
from verification.pages.standards import sitemap

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OURS = "http://127.0.0.1:8000"


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    return {
        item.find(f"{SPACE}loc").text.removeprefix(OURS): item.findtext(f"{SPACE}lastmod")
        for item in ElementTree.fromstring(response.content)
    }


def everything(client):
    found = {}
    for path in read(client, "/sitemap.xml"):
        section = read(client, path)
        assert section, path
        assert not set(found) & set(section)
        found |= section
    return found


@pytest.fixture
def claim():
    source = factories.SourceFactory.create(name="Journal", slug="journal")
    return factories.claim(statement="It will fly.", reports=[factories.report_draft(source)])


def test_every_page_of_it_is_there(client, claim):
    factories.decide(claim)
    found = everything(client)
    assert {"/", "/leaderboard/", "/claims/it-will-fly/", "/sources/journal/"} <= set(found)
    for path in found:
        assert client.get(path).status_code == 200, path


def test_a_claim_says_when_it_last_changed(client, claim):
    logged = read(client, "/sitemap-claims-0.xml")["/claims/it-will-fly/"]
    factories.decide(claim)
    decided_at = read(client, "/sitemap-claims-0.xml")["/claims/it-will-fly/"]
    assert datetime.fromisoformat(logged) < datetime.fromisoformat(decided_at)
    assert decided_at.startswith("2026-04-01T09:00:00")
    assert read(client, "/sitemap.xml")["/sitemap-claims-0.xml"] == decided_at


def test_what_is_internal_is_not_in_it(client, claim):
    whisper = factories.SourceFactory.create(slug="whisper")
    factories.claim(public=False, statement="Hush.", reports=[factories.report_draft(whisper)])
    found = " ".join(everything(client))
    assert "hush" not in found
    assert "whisper" not in found


def test_a_long_list_is_cut_into_sections_by_number(client, claim, monkeypatch):
    monkeypatch.setattr(sitemap, "SECTION", 3)
    decided(claim.reports.get().source, hits=8)
    sections = [path for path in read(client, "/sitemap.xml") if "claims-" in path]
    assert len(sections) >= 3
    assert all(len(read(client, path)) <= 3 for path in sections)
    assert len([path for path in everything(client) if path.startswith("/claims/")]) == 10


def test_the_sections_hold_what_the_format_allows():
    assert sitemap.SECTION <= 50_000


@pytest.mark.parametrize(
    "path", ["/sitemap-claims-99.xml", "/sitemap-beats-0.xml", f"/sitemap-claims-{10**30}.xml"]
)
def test_a_section_that_is_not_there_is_not_found(client, claim, path):
    assert client.get(path).status_code == 404


def test_a_section_takes_the_same_queries_however_long_it_is(client, claim):
    paths = ("/sitemap.xml", "/sitemap-claims-0.xml", "/sitemap-sources-0.xml")
    before = [queries(client, path) for path in paths]
    for _ in range(3):
        decided(factories.SourceFactory.create(), hits=2)
    assert [queries(client, path) for path in paths] == before
