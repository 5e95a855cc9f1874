"""What holds for every public page."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client

from tests import factories
from tests.pages.reading import words

PATHS = (
    "/",
    "/claims/",
    "/sources/",
    "/leaderboard/",
    "/methodology/",
    "/corrections/",
    "/claims/it-will-fly/",
    "/sources/journal/",
)


@pytest.fixture(autouse=True)
def _journal():
    source = factories.SourceFactory.create(name="Journal", slug="journal")
    claim = factories.claim(
        statement="It will fly.",
        reports=[factories.report_draft(source, hedge="could", certainty="likely")],
    )
    factories.decide(claim)


@pytest.mark.parametrize("path", PATHS)
def test_it_has_one_headline_landmarks_and_a_skip_link(client, path):
    html = client.get(path).content.decode()
    assert html.count("<h1") == 1
    for landmark in ("<header", "<nav", '<main id="main"', "<footer"):
        assert landmark in html
    assert html.index('href="#main"') < html.index("<header")
    assert '<html lang="en">' in html


@pytest.mark.parametrize("path", PATHS)
def test_it_runs_under_the_strict_policy_and_asks_nobody_else(client, path):
    response = client.get(path)
    html = response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]
    # The one script is data for search engines, which no browser runs; the one frame is our own.
    assert not re.search(r'<(script(?! type="application/ld\+json">)|style)\b', html)
    assert not re.search(r'<iframe (?!src="/embed/)', html)
    assert not re.search(r'\s(style|on\w+)="', html)
    for tag in re.findall(r"<(?:link|img|script)\b[^>]*>", html):
        assert re.search(r'(?:href|src)="/static/|src="/badge/|rel="alternate"|ld\+json', tag), tag


@pytest.mark.parametrize("path", PATHS)
def test_links_to_others_are_marked(client, path):
    for tag in re.findall(r"<a\b[^>]*>", client.get(path).content.decode()):
        if 'href="http' in tag:
            assert 'rel="nofollow noopener noreferrer"' in tag


@pytest.mark.parametrize("path", PATHS)
def test_it_may_be_kept_only_by_the_reader_and_is_asked_for_anew(client, path):
    response = client.get(path)
    assert {part.strip() for part in response["Cache-Control"].split(",")} == {
        "private",
        "no-cache",
    }
    assert {"Cookie", "Accept-Language"} <= {p.strip() for p in response["Vary"].split(",")}
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_it_is_small(client, path):
    assert len(client.get(path).content) < 30_000


def test_the_stylesheet_is_small():
    assert Path(finders.find("verification/site.css")).stat().st_size < 20_000


@pytest.mark.parametrize("path", PATHS)
def test_it_answers_in_french_too(client, path):
    response = client.get(path, headers={"accept-language": "fr"})
    assert response.status_code == 200
    assert '<html lang="fr">' in response.content.decode()
    assert "29 janvier 2026" in words(response) or path not in ("/", "/claims/it-will-fly/")


def test_the_language_is_switched_by_a_post_and_kept_in_a_cookie(client):
    assert '<html lang="en">' in client.get("/claims/?q=fly").content.decode()
    response = client.post("/i18n/setlang/", {"language": "fr", "next": "/claims/?q=fly"})
    assert response["Location"] == "/claims/?q=fly"
    assert '<html lang="fr">' in client.get("/claims/?q=fly").content.decode()


def test_the_language_switch_leads_to_no_other_site(client):
    response = client.post(
        "/i18n/setlang/", {"language": "fr", "next": "https://elsewhere.example/"}
    )
    assert response["Location"] == "/"


def test_the_language_switch_takes_the_pages_own_form():
    client = Client(enforce_csrf_checks=True)
    assert client.post("/i18n/setlang/", {"language": "fr"}).status_code == 403
    html = client.get("/claims/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[1]
    response = client.post(
        "/i18n/setlang/", {"language": "fr", "next": "/", "csrfmiddlewaretoken": token}
    )
    assert response.status_code == 302


def test_what_is_not_there_leads_on(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    page = words(response)
    assert "There is nothing at this address" in page
    assert "Search the claims" in page


def test_a_form_that_expired_says_so():
    response = Client(enforce_csrf_checks=True).post("/i18n/setlang/", {"language": "fr"})
    assert response.status_code == 403
    assert "This form has expired" in words(response)


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_a_page_for_when_nothing_works_needs_neither_request_nor_database(
    name, django_assert_num_queries
):
    with django_assert_num_queries(0):
        html = render_to_string(name)
    assert "<h1>" in html
    assert "site.css" in html


def test_robots_may_read_all_but_the_desk(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\n\nSitemap: http://127.0.0.1:8000/sitemap.xml\n"
    )


def test_the_favicon_is_found_by_either_name(client):
    assert client.get("/favicon.ico")["Location"] == "/static/verification/favicon.svg"
    assert finders.find("verification/favicon.svg")
