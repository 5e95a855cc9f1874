"""Sources and beats over the API."""

from __future__ import annotations

import pytest

from tests import factories
from tests.api.payloads import SOURCES, wrong
from verification.models import Source

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
        "kind": "reporter",
        "homepage": "https://wsj.example/a",
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


def test_beats_say_who_is_in_charge(public):
    factories.BeatFactory.create(slug="ai", name="AI", editor=factories.editor(username="edith"))
    assert public.get("/api/v1/beats/").json()["results"] == [
        {"slug": "ai", "name": "AI", "editor": "edith"}
    ]
