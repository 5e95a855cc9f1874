"""Hostile words in every field of a claim run nowhere, break nothing and say only themselves.

Each output is read with a real parser of its kind, and what it holds is compared with what was put
in: a payload may be shown, and may be nothing else.
"""

import json
import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.db import models

from tests import factories
from verification.domain.plain import plain_line
from verification.models import Beat, Claim, Evidence, Report, Source, Verdict
from verification.pages.standards import cards
from verification.services import verdicts

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "--></script><img src=x onerror=alert(1)>",
    "</title></textarea></style><svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% load x %}${7*7}#{7*7}",
    "{% csrf_token %}{{ 7|add:7 }}",
    "]]><x>&entity;&#0;&lt;b&gt;",
    "\u202eoverridden \u2066isolated",
    "tab\tline\u2028paragraph\u2029end",
    "controls \x01\x02\x1b[31m\x7f\x85",
    '=HYPERLINK("https://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "\u0645\u0631\u062d\u0628\u0627 \U0001f3f4\u200d\u2620\ufe0f e\u0301\u0301\u0301",
    "\ufffe\uffff",
    "x" * 150,
)


class Page(HTMLParser):
    """What a page is made of: its elements with their attributes, its words, its scripts."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.words, self.scripts, self.open = [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        (self.scripts if self.open[-1:] == ["script"] else self.words).append(data)

    def shape(self):
        """Its elements and the names of their attributes, without what they say."""
        return [(tag, sorted(attributes)) for tag, attributes in self.elements]


@pytest.fixture(params=PAYLOADS, ids=range(len(PAYLOADS)))
def payload(request):
    return request.param


@pytest.fixture
def say(monkeypatch):
    """Puts words into every field of a decided and revised claim, past the services."""
    source = factories.SourceFactory.create(slug="evil")
    relay = factories.SourceFactory.create(slug="relay")
    report = {"headline": "x", "author": "x", "hedge": "x"}
    claim = factories.claim(
        statement="Evil",
        beat=factories.BeatFactory.create(slug="beat"),
        reports=[
            factories.report_draft(source, **report),
            factories.report_draft(relay, via=source, **report),
        ],
    )
    factories.decide(claim)
    verdicts.revise(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        outcome="denied",
        rationale="x",
        became_known_on=date(2026, 3, 1),
        evidence=[factories.evidence()],
        now=datetime(2026, 4, 2, tzinfo=UTC),
    )

    def said(words):
        Claim.objects.update(statement=words, criteria=words, deadline_text=words[:200])
        Source.objects.filter(pk=source.pk).update(name=words[:200])
        Source.objects.filter(pk=relay.pk).update(name=f"relay {words}"[:200])
        Beat.objects.update(name=words[:120])
        Report.objects.update(headline=words, author=words, hedge=words[:100])
        # Verdicts and evidence are append-only, by triggers: their words come as they are read.
        for model, name in ((Verdict, "rationale"), (Evidence, "title")):

            def read(cls, *args, name=name):
                row = models.Model.from_db.__func__(cls, *args)
                setattr(row, name, words)
                return row

            monkeypatch.setattr(model, "from_db", classmethod(read))

    return said


@pytest.fixture
def claim(payload, say):
    say(payload)
    return Claim.objects.get()


WIDGETS = ("/embed/claim/evil/", "/embed/source/evil/", "/embed/leaderboard/", "/embed/latest/")
PAGES = ("/claims/evil/", "/sources/evil/", "/leaderboard/")


def test_a_page_has_the_elements_of_a_harmless_one(client, say, payload):
    """Were an element or an attribute opened by a payload, there would be one more of it."""
    pages = []
    for words in (payload, "harmless"):
        say(words)
        pages.append([read(client, path) for path in (*WIDGETS, *PAGES)])
    for hostile, harmless in zip(*pages, strict=True):
        assert hostile.shape() == harmless.shape()
        for tag, attributes in hostile.elements:
            for name in ("href", "src", "action"):
                address = attributes.get(name)
                assert address is None or re.match(r"https?://|/|#|\?", address), (tag, address)
        for script in hostile.scripts:
            json.loads(script)


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return Page(response.content.decode())


def test_no_template_carries_out_what_it_shows(client, say):
    say("{{ 7|add:7 }}{% now 'Y' %}")
    for path in (*WIDGETS, *PAGES):
        page = client.get(path).content.decode()
        assert "{{ 7|add:7 }}{% now &#x27;Y&#x27; %}" in page, path


def test_the_codes_for_other_peoples_pages_are_harmless_there(client, claim, payload):
    """An editor copies what the field shows; so that is parsed, as the article's page would be."""
    for path in PAGES:
        html = client.get(path).content.decode()
        codes = re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
        assert len(codes) == (3 if "sources" in path else 2)
        for code in codes:
            shown = Page(f"<textarea>{code}</textarea>")
            [pasted] = ["".join(shown.words)]
            inside = Page(pasted)
            tags = [tag for tag, _attributes in inside.elements]
            assert tags in (["div", "a", "script"], ["iframe"], ["a", "img"]), pasted
            assert inside.scripts == []
            for _tag, attributes in inside.elements:
                assert not [name for name in attributes if name.startswith("on")]
                for name in ("href", "src"):
                    assert attributes.get(name, "http://127.0.0.1:8000/").startswith(
                        "http://127.0.0.1:8000/"
                    )


def test_the_oembed_answer_is_one_harmless_frame(client, claim, payload):
    url = f"http://127.0.0.1:8000/claims/{claim.slug}/"
    answer = client.get("/oembed", {"url": url}).json()
    [(tag, attributes)] = Page(answer["html"]).elements
    assert tag == "iframe"
    assert sorted(attributes) == ["frameborder", "height", "loading", "src", "title", "width"]
    assert attributes["title"] == plain_line(payload) == answer["title"]


def test_the_structured_data_says_the_payload_and_nothing_else(client, claim, payload):
    page = Page(client.get(f"/claims/{claim.slug}/").content.decode())
    [script] = page.scripts
    assert not re.search("[<>&\u2028\u2029]", script)
    found = json.loads(script)
    assert found.get("claimReviewed", "") == plain_line(payload)
    assert set(found) <= {
        "@context", "@type", "url", "claimReviewed", "datePublished", "inLanguage", "author",
        "reviewRating", "reviewBody", "citation", "itemReviewed",
    }  # fmt: skip


def test_a_feed_is_still_a_feed(client, claim):
    for path in ("/feeds/verdicts.atom", "/feeds/verdicts/evil.atom", "/feeds/corrections.atom"):
        check_feed(client.get(path))


def check_feed(response):
    feed = ElementTree.fromstring(response.content)
    names = {element.tag.partition("}")[2] for element in feed.iter()}
    assert names <= {
        "feed", "id", "title", "updated", "link", "author", "name", "entry", "published",
        "category", "summary",
    }  # fmt: skip
    for link in feed.iter("{http://www.w3.org/2005/Atom}link"):
        assert re.match("https?://", link.get("href"))
    assert not re.search(
        "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]", response.content.decode()
    )


def test_the_badge_is_still_one_picture(client, claim, payload):
    response = client.get("/badge/source/evil.svg")
    svg = ElementTree.fromstring(response.content)
    names = [element.tag.partition("}")[2] for element in svg.iter()]
    assert set(names) == {"svg", "title", "clipPath", "rect", "g", "path", "text"}
    assert names.count("text") == 2
    attributes = {name for element in svg.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or "href" in name]
    assert svg.get("aria-label").startswith(plain_line(payload)[:60].strip())


def test_a_card_is_drawn_of_words_alone(client, claim, payload, monkeypatch):
    drawn = []
    monkeypatch.setattr(cards, "svg_to_bytes", lambda **given: drawn.append(given) or b"png")
    for path in (f"/cards/claim/{claim.slug}.png", "/cards/source/evil.png"):
        assert client.get(path).status_code == 200
    for given in drawn:
        svg = ElementTree.fromstring(given["svg_string"])
        names = {element.tag.partition("}")[2] for element in svg.iter()}
        assert names <= {"svg", "rect", "line", "g", "path", "text", "circle"}
        assert not [name for e in svg.iter() for name in e.attrib if "href" in name]


def test_the_sitemap_is_still_a_sitemap(client, claim):
    for path in ("/sitemap.xml", "/sitemap-claims-0.xml", "/sitemap-sources-0.xml"):
        names = {
            e.tag.partition("}")[2] for e in ElementTree.fromstring(client.get(path).content).iter()
        }
        assert names <= {"sitemapindex", "sitemap", "urlset", "url", "loc", "lastmod"}


@pytest.mark.django_db
def test_a_hostile_query_is_refused_or_said_back_escaped(client, payload):
    for path in ("/embed/latest/", "/embed/leaderboard/", "/feeds/verdicts.atom", "/oembed"):
        for name in ("lang", "theme", "accent", "beat", "url", "maxwidth", "format"):
            response = client.get(path, {name: payload})
            assert response.status_code in (200, 400, 404, 501), (path, name)
            assert "alert(1)" not in response.content.decode()
