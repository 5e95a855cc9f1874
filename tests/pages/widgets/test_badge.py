"""A source's record as a badge."""

from xml.etree import ElementTree

import pytest

from tests import factories
from tests.pages.records import decided

SVG = "{http://www.w3.org/2000/svg}"


def badge(client, slug, **query):
    response = client.get(f"/badge/source/{slug}.svg", query)
    assert response["Content-Type"].startswith("image/svg+xml")
    return ElementTree.fromstring(response.content)


def said(svg):
    return [text.text for text in svg.iter(f"{SVG}text")]


def source(name, hits=0, misses=0):
    made = factories.SourceFactory.create(name=name)
    decided(made, hits=hits, misses=misses)
    return made.slug


def test_the_interval_comes_first_with_its_n(client):
    slug = source("Journal", 9, 2)
    name, record = said(badge(client, slug))
    assert name == "Journal"
    assert record.endswith("% · n = 11")
    assert record[0].isdigit()
    assert " – " in record


def test_a_provisional_record_says_so_and_is_grey(client):
    slug = source("Journal", 2)
    svg = badge(client, slug)
    assert said(svg)[1].startswith("provisional · ")
    assert "#1f4e79" not in [rect.get("fill") for rect in svg[2].iter(f"{SVG}rect")]


def test_a_source_without_a_record_has_a_badge_that_says_so(client):
    assert said(badge(client, source("Journal")))[1] == "no record yet"


def test_a_screen_reader_hears_the_record_in_full(client):
    svg = badge(client, source("Journal", 9, 2))
    assert svg.get("role") == "img"
    assert svg.get("aria-label").startswith("Journal: 90% interval from ")
    assert svg.find(f"{SVG}title").text.startswith(svg.get("aria-label"))


def test_it_speaks_french(client):
    assert said(badge(client, source("Journal", 2), lang="fr"))[1].startswith("provisoire · ")


@pytest.mark.parametrize(
    "name",
    [
        "X",
        "Süddeutsche Donaudampfschifffahrtsnachrichten",
        "La Tribune des régions et des départements d’outre-mer et d’ailleurs, édition du soir",
        "朝日新聞",
        "الجزيرة",
        "🎉" * 60,
        "W" * 200,
    ],
)
def test_every_name_has_room_and_no_badge_is_endless(client, name):
    svg = badge(client, source(name, 1))
    left, right = svg.iter(f"{SVG}text")
    boundary = int(svg[2][1].get("x"))
    assert int(left.get("x")) + int(left.get("textLength")) < boundary
    assert boundary < int(right.get("x"))
    assert int(right.get("x")) + int(right.get("textLength")) < int(svg.get("width")) < 620
    # Wide letters take wide room: at 12 pixels an ideograph is 12 wide.
    assert int(left.get("textLength")) >= min(5 * len(name), 300)


def test_whoever_readers_do_not_know_of_has_none(client):
    whisper = factories.SourceFactory.create(slug="whisper")
    factories.claim(public=False, reports=[factories.report_draft(whisper)])
    assert client.get("/badge/source/whisper.svg").status_code == 404
    assert client.get("/badge/source/nobody.svg").status_code == 404
