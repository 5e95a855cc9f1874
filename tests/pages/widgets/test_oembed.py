"""A pasted link becomes a widget, as oEmbed 1.0 has it."""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from tests import factories
from tests.pages.records import decided

OURS = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def claim():
    beat = factories.BeatFactory.create(name="Space", slug="space")
    source = factories.SourceFactory.create(name="Journal", slug="journal")
    decided(source, hits=1, beat=beat)
    return factories.claim(statement="It will fly.", beat=beat)


def ask(client, url, **more):
    return client.get("/oembed", {"url": url} | more)


class Frame(HTMLParser):
    """The attributes of the one iframe in a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def frame(html):
    [(tag, attributes)] = Frame(html).tags
    assert tag == "iframe"
    return attributes


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("/claims/it-will-fly/", "/embed/claim/it-will-fly/?lang=en"),
        ("/sources/journal/", "/embed/source/journal/?lang=en"),
        ("/leaderboard/", "/embed/leaderboard/?lang=en"),
        ("/leaderboard/?beat=space", "/embed/leaderboard/?beat=space&lang=en"),
    ],
)
def test_the_answer_is_a_rich_one_with_a_frame_that_answers(client, path, inside):
    response = ask(client, OURS + path)
    assert response["Content-Type"] == "application/json"
    answer = response.json()
    assert answer["version"] == "1.0"
    assert answer["type"] == "rich"
    assert answer["provider_name"] == "Borne Out"
    attributes = frame(answer["html"])
    assert attributes["src"] == OURS + inside
    assert attributes["width"] == str(answer["width"])
    assert attributes["height"] == str(answer["height"])
    assert client.get(inside).status_code == 200


def test_a_claim_and_a_source_have_a_picture(client):
    for path in ("/claims/it-will-fly/", "/sources/journal/"):
        answer = ask(client, OURS + path).json()
        assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (1200, 630)
        card = client.get(answer["thumbnail_url"].removeprefix(OURS))
        assert card["Content-Type"] == "image/png"


def test_the_consumers_limits_are_kept(client):
    answer = ask(client, f"{OURS}/claims/it-will-fly/", maxwidth="320", maxheight="200").json()
    assert (answer["width"], answer["height"]) == (320, 200)
    assert "thumbnail_url" not in answer
    assert ask(client, f"{OURS}/claims/it-will-fly/", maxwidth="5000").json()["width"] == 600


@pytest.mark.parametrize("limit", ["0", "-1", "wide", "1e9", "999999", "３２０"])
def test_a_limit_that_is_none_says_what_it_takes(client, limit):
    response = ask(client, f"{OURS}/claims/it-will-fly/", maxwidth=limit)
    assert response.status_code == 400
    assert "maxwidth takes a number of pixels" in response.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "it-will-fly",
        "/claims/it-will-fly/",
        "https://elsewhere.example/claims/it-will-fly/",
        "http://127.0.0.1:8000.elsewhere.example/claims/it-will-fly/",
        "http://user@127.0.0.1:8000@elsewhere.example/claims/it-will-fly/",
        "javascript://127.0.0.1:8000/claims/it-will-fly/",
        "http://[/claims/it-will-fly/",
        f"{OURS}/claims/",
        f"{OURS}/claims/nope/",
        f"{OURS}/claims/nope\0/",
        f"{OURS}/leaderboard/?beat=nowhere",
        f"{OURS}/admin/",
        f"{OURS}/nowhere/",
        f"{OURS}/{'x' * 3000}",
    ],
)
def test_what_is_not_ours_or_has_no_widget_is_not_found(client, url):
    assert ask(client, url).status_code == 404


def test_a_link_that_was_pasted_as_http_is_ours_on_a_site_of_https(client, settings):
    settings.SITE_URL = "https://verify.example.org"
    answer = ask(client, "http://Verify.example.org/claims/it-will-fly/?utm_source=x#verdict")
    assert answer.status_code == 200
    assert "https://verify.example.org/embed/claim/" in answer.json()["html"]


def test_there_is_no_xml(client):
    assert ask(client, f"{OURS}/claims/it-will-fly/", format="json").status_code == 200
    assert ask(client, f"{OURS}/claims/it-will-fly/", format="xml").status_code == 501


@pytest.mark.parametrize("path", ["/claims/it-will-fly/", "/sources/journal/", "/leaderboard/"])
def test_each_page_says_where_its_answer_is(client, path):
    html = client.get(path).content.decode()
    [address] = re.findall(
        r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', html
    )
    query = urlencode({"url": OURS + path, "format": "json"})
    assert address.replace("&amp;", "&") == f"{OURS}/oembed?{query}"
    assert client.get(address.replace("&amp;", "&").removeprefix(OURS)).status_code == 200


def test_the_frame_speaks_the_language_that_was_asked_for(client):
    answer = ask(client, f"{OURS}/leaderboard/", lang="fr").json()
    assert "lang=fr" in answer["html"]
    assert answer["title"] == "Classement"
