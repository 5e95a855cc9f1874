"""What other sites and programs fetch is the same for everybody, and says so."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from verification.services import verdicts

PATHS = (
    "/embed.js",
    "/embed/claim/it-will-fly/",
    "/embed/source/journal/",
    "/embed/leaderboard/",
    "/embed/latest/",
    "/embed/accent/1f4e79.css",
    "/badge/source/journal.svg",
    "/oembed?url=http://127.0.0.1:8000/claims/it-will-fly/",
    "/cards/claim/it-will-fly.png",
    "/cards/source/journal.png",
    "/feeds/verdicts.atom",
    "/feeds/verdicts/journal.atom",
    "/feeds/corrections.atom",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/robots.txt",
)
#: Those that other sites put in a frame.
FRAMED = PATHS[1:5]


@pytest.fixture(autouse=True)
def claim():
    source = factories.SourceFactory.create(name="Journal", slug="journal")
    made = factories.claim(
        statement="It will fly.", reports=[factories.report_draft(source)], beat=beat()
    )
    factories.decide(made)
    return made


def beat():
    return factories.BeatFactory.create(name="Space", slug="space")


@pytest.mark.parametrize("path", PATHS)
def test_any_cache_may_keep_it_and_it_hangs_on_no_header(client, path):
    client.force_login(factories.managing_editor())
    response = client.get(path, headers={"accept-language": "fr"})
    assert response.status_code == 200
    kept = {part.strip().partition("=")[0] for part in response["Cache-Control"].split(",")}
    assert kept == {"public", "max-age"}
    assert "Vary" not in response
    assert response["Content-Language"] == "en"


@pytest.mark.parametrize("path", [*PATHS, "/embed/claim/nope/", "/feeds/verdicts/nope.atom"])
def test_it_sets_no_cookie(client, path):
    client.cookies["django_language"] = "fr"
    response = client.get(path)
    assert not response.cookies
    assert response["Content-Language"] == "en"


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_is_told_so_in_a_few_bytes(client, path):
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert client.get(path, headers={"if-none-match": '"another"'}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_it_is_read_and_never_written_to(client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_programs_of_other_sites_may_read_it(client, path):
    response = client.get(path)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "X-For-Everybody" not in response


@pytest.mark.parametrize("path", FRAMED)
def test_a_widget_may_be_framed_by_anybody_under_a_policy_that_is_strict_otherwise(client, path):
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "X-Frame-Options" not in response


@pytest.mark.parametrize("path", ["/", "/claims/it-will-fly/", "/embed.js", "/oembed", "/admin/"])
def test_nothing_else_may_be_framed(client, path):
    response = client.get(path)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_a_verdict_is_seen_at_once_by_who_asks_with_an_old_tag(client):
    claim = factories.claim(statement="It will sail.")
    path = f"/embed/claim/{claim.slug}/"
    before = client.get(path)
    factories.decide(claim)
    after = client.get(path, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "confirmed" in after.content.decode()


@pytest.mark.parametrize("path", [*FRAMED, "/badge/source/journal.svg", "/feeds/verdicts.atom"])
def test_the_language_comes_from_the_address(client, path):
    for asked, spoken in (("fr", "fr"), ("fr-CA", "fr"), ("FR_ca", "fr"), ("en-GB", "en")):
        response = client.get(path, {"lang": asked})
        assert response["Content-Language"] == spoken
    assert client.get(path, {"lang": "fr"}).content != client.get(path).content


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"lang": "de"}, "lang takes one of: en, fr."),
        ({"theme": "sepia"}, "theme takes light, dark or auto."),
        ({"accent": "red"}, "accent takes a colour as six hexadecimal digits"),
        ({"accent": "1f4e79;}*{display:none"}, "accent takes a colour as six hexadecimal digits"),
    ],
)
def test_a_query_that_cannot_be_says_what_it_takes(client, query, words):
    response = client.get("/embed/latest/", query)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert response["Cache-Control"] == "no-cache"
    # The frame's maker should see it.
    assert "frame-ancestors *" in response["Content-Security-Policy"]


def test_what_is_not_there_is_not_kept_as_missing():
    response = Client().get("/embed/claim/not-yet/")
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-cache"
    assert "There is nothing at this address." in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/embed/claim/{}/", "/embed/latest/?theme=dark", "/feeds/verdicts.atom"]
)
def test_what_is_kept_is_read_with_one_query_and_a_change_is_seen_at_once(
    path: str, client: Client
) -> None:
    claim = factories.claim(slug="kept", statement="It will be kept.")
    factories.decide(claim)
    address = path.format(claim.slug)
    before = client.get(address).content
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).content == before
    assert len(taken) == 1

    boss = factories.managing_editor()
    verdicts.revise(
        actor=boss,
        claim=claim,
        version=claim.version,
        outcome="denied",
        rationale="We had misread it.",
        became_known_on=date(2026, 2, 27),
        evidence=[factories.evidence()],
        now=datetime(2026, 4, 2, 9, tzinfo=UTC),
    )

    assert client.get(address).content != before


def test_an_address_with_words_of_its_own_is_not_kept(client: Client) -> None:
    factories.claim(slug="kept")
    client.get("/embed/claim/kept/?anything=1")
    with CaptureQueriesContext(connection) as taken:
        client.get("/embed/claim/kept/?anything=1")
    assert len(taken) > 1
