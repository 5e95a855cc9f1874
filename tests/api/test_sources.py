"""Sources and beats over the API."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.api import payloads
from tests.api.payloads import SOURCES, wrong
from verification.models import Source
from verification.services import publication

pytestmark = pytest.mark.django_db


def test_a_source_is_made_and_read_back(reporter, public):
    factories.SourceFactory.create(slug="wsj", name="The Wall Street Journal")
    response = reporter.post(
        SOURCES,
        {
            "name": "A. Reporter",
            "kind": "reporter",
            "homepage": "https://wsj.example/a",
            "language": "en",
            "outlet": "the wall street journal",
        },
    )
    assert response.status_code == 201, response.content
    assert response.json() == {
        "slug": "a-reporter",
        "name": "A. Reporter",
        "aliases": [],
        "kind": "reporter",
        "homepage": "https://wsj.example/a",
        "domains": [],
        "language": "en",
        "outlet": "wsj",
        "url": "http://127.0.0.1:8000/sources/a-reporter/",
    }
    assert public.get(response["Location"]).json() == response.json()


def test_only_what_is_sent_is_changed(editor):
    source = factories.SourceFactory.create(slug="wsj", name="WSJ")
    sent = editor.patch(f"{SOURCES}wsj/", {"kind": "agency", "homepage": None}).json()
    assert (sent["name"], sent["kind"], sent["homepage"]) == ("WSJ", "agency", "")
    source.refresh_from_db()
    assert source.kind == "agency"


def test_a_reporter_leaves_an_outlet_with_null(editor):
    outlet = factories.SourceFactory.create(name="Outlet")
    factories.SourceFactory.create(slug="r", kind="reporter", outlet=outlet)
    assert editor.patch(f"{SOURCES}r/", {"outlet": None}).json()["outlet"] is None
    assert editor.patch(f"{SOURCES}r/", {"outlet": "outlet"}).json()["outlet"] == outlet.slug


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"slug": "other"}, "slug"),
        ({"name": ""}, "name"),
        ({"outlet": "wsj"}, "outlet"),
        ({"homepage": "javascript:alert(1)"}, "homepage"),
        ({"kind": "blog"}, "kind"),
    ],
)
def test_a_bad_change_is_refused_by_name(editor, body, field):
    factories.SourceFactory.create(slug="wsj")
    response = editor.patch(f"{SOURCES}wsj/", body)
    assert response.status_code == 400
    assert field in wrong(response)
    assert Source.objects.get().kind == "outlet"


def test_aliases_and_domains_are_made_read_and_changed(reporter, editor, public):
    body = {
        "name": "The Wall Street Journal",
        "homepage": "https://www.wsj.com/",
        "aliases": ["WSJ", "le Journal de Wall Street"],
        "domains": ["https://blogs.wsj.com/x"],
    }
    made = reporter.post(SOURCES, body)
    assert made.status_code == 201, made.content
    address = made["Location"]
    assert made.json()["aliases"] == ["le Journal de Wall Street", "WSJ"]
    assert made.json()["domains"] == ["blogs.wsj.com", "wsj.com"]
    assert public.get(address).json() == made.json()
    changed = editor.patch(address, {"aliases": ["WSJ"], "domains": []}).json()
    assert (changed["aliases"], changed["domains"]) == (["WSJ"], [])
    assert public.get(address).json() == changed, "a change is seen at once"
    assert editor.patch(address, {"language": "en"}).json()["aliases"] == ["WSJ"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"aliases": ["Reuters"]}, "aliases"),
        ({"aliases": "WSJ"}, "aliases"),
        ({"aliases": None}, "aliases"),
        ({"aliases": [""]}, "aliases.0"),
        ({"aliases": ["x" * 201]}, "aliases.0"),
        ({"domains": ["co.uk"]}, "domains"),
        ({"domains": ["reuters.com"]}, "domains"),
        ({"domains": ["https://x.com/wsj"]}, "domains"),
        ({"domains": [["wsj.com"]]}, "domains.0"),
        ({"name": "Agence Reuters"}, "name"),
    ],
)
def test_a_name_or_domain_that_cannot_be_is_refused_by_name(editor, body, field):
    factories.SourceFactory.create(slug="wsj", name="WSJ", homepage="")
    made = editor.post(
        SOURCES, {"name": "Reuters", "aliases": ["agence Reuters"], "domains": ["reuters.com"]}
    )
    assert made.status_code == 201
    response = editor.patch(f"{SOURCES}wsj/", body)
    assert response.status_code == 400
    assert field in wrong(response)
    assert public_names(editor) == {
        "wsj": ([], []),
        "reuters": (["agence Reuters"], ["reuters.com"]),
    }


def public_names(client):
    rows = client.get(SOURCES).json()["results"]
    return {row["slug"]: (row["aliases"], row["domains"]) for row in rows}


def test_a_claim_takes_its_sources_by_alias(reporter, editor):
    editor.post(SOURCES, {"name": "Reuters", "aliases": ["l’agence Reuters"]})
    factories.BeatFactory.create(name=payloads.claim()["beat"])
    body = payloads.claim(reports=[payloads.report(source="Agence Reuters")])
    made = reporter.post("/api/v1/claims/", body)
    assert made.status_code == 201, made.content
    assert made.json()["reports"][0]["source"] == "reuters"


@pytest.mark.parametrize("asked", ["wsj", "W.S.J.", "wall-street", "wsj.com", "le Wall Street"])
def test_sources_are_searched_by_every_name_and_domain(editor, public, asked):
    editor.post(
        SOURCES,
        {"name": "The Wall Street Journal", "aliases": ["WSJ"], "homepage": "https://www.wsj.com"},
    )
    factories.SourceFactory.create(name="Reuters")
    rows = public.get(SOURCES, {"search": asked}).json()["results"]
    assert [row["slug"] for row in rows] == ["the-wall-street-journal"]


def test_the_list_takes_as_many_queries_for_one_source_as_for_thirty(editor, public):
    def add(first, last):
        for number in range(first, last):
            names = {"aliases": [f"A{number}", f"B{number}"], "domains": [f"a{number}.example"]}
            assert editor.post(SOURCES, {"name": f"Paper {number}"} | names).status_code == 201

    def count():
        publication.bodies.clear()
        with CaptureQueriesContext(connection) as captured:
            assert public.get(f"{SOURCES}?limit=100").status_code == 200
        return len(captured)

    add(0, 1)
    one = count()
    add(1, 30)
    assert count() == one


def test_a_table_has_the_names_of_a_source_in_one_cell(editor, public):
    editor.post(SOURCES, {"name": "Reuters", "aliases": ["RTRS", "=1+1"], "domains": ["a.example"]})
    text = public.get(f"{SOURCES}?format=csv").content.decode()
    assert text.splitlines()[0].startswith("slug,name,aliases,kind,homepage,domains")
    assert "'=1+1; RTRS" in text


def test_beats_say_who_is_in_charge(public):
    factories.BeatFactory.create(slug="ai", name="AI", editor=factories.editor(username="edith"))
    assert public.get("/api/v1/beats/").json()["results"] == [
        {"slug": "ai", "name": "AI", "editor": "edith"}
    ]
