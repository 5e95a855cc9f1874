"""Internal claims are seen on the desk only."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests import factories
from tests.pages.reading import section, words
from verification.services import verdicts

APRIL = datetime(2026, 4, 3, 12, tzinfo=UTC)


@pytest.fixture
def hidden():
    """Internal claims, open, awaiting, decided and revised, of a source with one public claim."""
    source = factories.SourceFactory.create(name="Mixed", slug="mixed")
    only = factories.SourceFactory.create(name="Whisper", slug="whisper")
    beat = factories.BeatFactory.create(name="Secret beat", slug="secret")
    fields = {"public": False, "beat": beat, "statement": "Hush."}
    reports = [factories.report_draft(source), factories.report_draft(only)]
    factories.claim(deadline=date(2026, 4, 20), reports=reports, **fields)
    factories.claim(deadline=date(2026, 2, 20), reports=reports, **fields)
    decided = factories.claim(reports=reports, **fields)
    factories.decide(decided, now=datetime(2026, 4, 1, tzinfo=UTC))
    verdicts.revise(
        actor=factories.managing_editor(),
        claim=decided,
        version=decided.version,
        outcome="denied",
        rationale="Hush.",
        became_known_on=date(2026, 3, 1),
        evidence=[factories.evidence()],
        now=APRIL,
    )
    public = factories.claim(statement="Said aloud.", reports=[factories.report_draft(source)])
    factories.decide(public, now=APRIL)
    return decided


PATHS = (
    "/",
    "/claims/",
    "/claims/?status=open",
    "/claims/?status=awaiting",
    "/claims/?status=denied",
    "/claims/?beat=secret",
    "/claims/?source=mixed",
    "/claims/?q=hush",
    "/sources/",
    "/sources/mixed/",
    "/leaderboard/",
    "/leaderboard/?matured=1",
    "/methodology/",
    "/corrections/",
    "/ledger/",
    "/embed/leaderboard/",
    "/embed/latest/",
    "/embed/source/mixed/",
    "/badge/source/mixed.svg",
    "/feeds/verdicts.atom",
    "/feeds/verdicts/mixed.atom",
    "/feeds/corrections.atom",
    "/sitemap.xml",
    "/sitemap-claims-0.xml",
    "/sitemap-sources-0.xml",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_page_shows_one(client, hidden, path):
    with time_machine.travel(APRIL, tick=False):
        response = client.get(path)
    assert response.status_code == 200
    page = words(response)
    assert "hush" not in page.lower()
    assert "Secret beat" not in page
    assert "whisper" not in page.lower()


def test_its_own_page_its_beat_and_its_source_are_not_found(client, hidden):
    assert client.get(f"/claims/{hidden.slug}/").status_code == 404
    assert client.get("/leaderboard/?beat=secret").status_code == 404
    assert client.get("/sources/whisper/").status_code == 404


def test_no_widget_feed_picture_or_answer_for_other_sites_knows_of_it(client, hidden):
    for path in (
        f"/embed/claim/{hidden.slug}/",
        "/embed/source/whisper/",
        "/embed/leaderboard/?beat=secret",
        "/embed/latest/?beat=secret",
        "/badge/source/whisper.svg",
        f"/cards/claim/{hidden.slug}.png",
        "/cards/source/whisper.png",
        "/feeds/verdicts.atom?beat=secret",
        "/feeds/verdicts/whisper.atom",
        f"/oembed?url=http://127.0.0.1:8000/claims/{hidden.slug}/",
        "/oembed?url=http://127.0.0.1:8000/sources/whisper/",
        "/oembed?url=http://127.0.0.1:8000/leaderboard/%3Fbeat=secret",
    ):
        assert client.get(path).status_code == 404, path


def test_it_counts_in_no_figure(client, hidden):
    with time_machine.travel(APRIL, tick=False):
        front, source = client.get("/"), client.get("/sources/mixed/")
    assert "claim logged 1 decided 1 awaiting a verdict 0 source that reported 1" in words(front)
    assert "hit 1 misses 0 lapsed, not counted 0 open 0" in section(source, "record")
    assert "n = 1 decided" in section(source, "record")


def test_staff_see_no_more_on_the_public_pages(client, hidden):
    client.force_login(factories.managing_editor())
    assert client.get(f"/claims/{hidden.slug}/").status_code == 404
