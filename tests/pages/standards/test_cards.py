"""The pictures beside a link, and what the head of a page says of them."""

import re
import struct

import pytest
from django.core.cache import cache

from tests import factories
from tests.pages.records import decided
from verification.pages.standards import cards


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def claim():
    source = factories.SourceFactory.create(name="Journal", slug="journal")
    return factories.claim(statement="It will fly.", reports=[factories.report_draft(source)])


@pytest.fixture
def drawn(monkeypatch):
    """The SVGs that were made into pictures."""
    kept = []
    real = cards.svg_to_bytes
    monkeypatch.setattr(
        cards,
        "svg_to_bytes",
        lambda **given: kept.append(given["svg_string"]) or real(**given),
    )
    return kept


def size(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def words(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("path", ["/cards/claim/it-will-fly.png", "/cards/source/journal.png"])
def test_it_is_a_picture_of_the_size_that_networks_take(client, claim, path):
    response = client.get(path)
    assert response["Content-Type"] == "image/png"
    assert size(response.content) == (1200, 630)
    assert 8_000 < len(response.content) < 150_000


def test_the_words_are_drawn_and_not_dropped(client, claim):
    """Without its typefaces the library leaves all text out, and two pictures would be alike."""
    other = factories.claim(statement="It will sink.", reports=claim_reports(claim))
    first = client.get("/cards/claim/it-will-fly.png").content
    assert client.get(f"/cards/claim/{other.slug}.png").content != first


def claim_reports(claim):
    return [factories.report_draft(claim.reports.get().source)]


def test_a_claim_shows_its_status_its_statement_and_who_had_it(client, claim, drawn):
    factories.decide(claim)
    client.get("/cards/claim/it-will-fly.png")
    assert words(drawn[0]) == [
        "Confirmed",
        str(claim.beat),
        "It will fly.",
        "Journal · 29 January 2026 · known 27 February 2026",
        "Borne Out",
    ]


def test_a_source_shows_its_interval_and_whether_it_is_provisional(client, drawn):
    source = factories.SourceFactory.create(name="Journal", slug="journal")
    decided(source, hits=2)
    client.get("/cards/source/journal.png", {"lang": "fr"})
    shown = words(drawn[0])
    assert shown[1] == "Journal"
    assert re.fullmatch(r"\d+\u00a0% – \d+\u00a0%", shown[2])
    assert shown[3] == "provisoire"
    assert "n = 2 tranchées" in shown[4]


def test_a_source_without_a_record_shows_no_interval(client, claim, drawn):
    client.get("/cards/source/journal.png")
    assert words(drawn[0])[2] == "Nothing that counts has been decided yet."


def test_a_long_statement_stays_inside_the_picture(client, drawn):
    long = factories.claim(statement="Le gouvernement dissoudra l’Assemblée nationale. " * 10)
    client.get(f"/cards/claim/{long.slug}.png")
    heights = [
        float(y) for y in re.findall(r'<text x="72" y="([\d.]+)" font-family="Noto Se', drawn[0])
    ]
    assert len(heights) == 6
    assert heights == sorted(heights)
    assert heights[-1] < 506 - 40
    assert words(drawn[0])[7].endswith("…")


def test_a_name_that_cannot_be_drawn_gives_way_to_its_address(client, drawn):
    factories.SourceFactory.create(
        name="朝日新聞", slug="asahi", homepage="https://www.asahi.example/"
    )
    client.get("/cards/source/asahi.png")
    assert words(drawn[0])[1] == "asahi.example"


def test_a_statement_that_cannot_be_drawn_gives_way_to_words_that_can(client, drawn):
    claim = factories.claim(statement="政府は来年、消費税を引き上げる。", slug="tax")
    client.get("/cards/claim/tax.png")
    assert "A claim that was reported" in " ".join(words(drawn[0]))
    assert claim.slug == "tax"


def test_it_is_drawn_once_for_each_thing_that_it_shows(client, claim, drawn):
    first = client.get("/cards/claim/it-will-fly.png")
    assert client.get("/cards/claim/it-will-fly.png").content == first.content
    assert len(drawn) == 1
    factories.decide(claim)
    second = client.get("/cards/claim/it-will-fly.png", headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]
    assert len(drawn) == 2


def test_who_has_the_picture_costs_no_drawing(client, claim, drawn):
    tag = client.get("/cards/claim/it-will-fly.png")["ETag"]
    cache.clear()
    again = client.get("/cards/claim/it-will-fly.png", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert len(drawn) == 1


def test_an_internal_claim_and_its_source_have_no_picture(client):
    source = factories.SourceFactory.create(slug="whisper")
    claim = factories.claim(public=False, reports=[factories.report_draft(source)])
    assert client.get(f"/cards/claim/{claim.slug}.png").status_code == 404
    assert client.get("/cards/source/whisper.png").status_code == 404


# --- The head of a page ---------------------------------------------------------------------------


def metas(client, path, **headers):
    html = client.get(path, headers=headers).content.decode()
    return dict(
        re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)"', html)
    )


@pytest.mark.parametrize("path", ["/claims/it-will-fly/", "/sources/journal/"])
def test_a_claim_and_a_source_have_a_card_with_a_picture(client, claim, path):
    found = metas(client, path)
    assert found["twitter:card"] == "summary_large_image"
    assert found["og:url"] == f"http://127.0.0.1:8000{path}"
    assert found["og:title"] in ("It will fly.", "Journal")
    image = found["og:image"].replace("&amp;", "&")
    assert image.startswith("http://127.0.0.1:8000/cards/")
    assert client.get(image.removeprefix("http://127.0.0.1:8000"))["Content-Type"] == "image/png"


@pytest.mark.parametrize("path", ["/", "/claims/", "/leaderboard/", "/methodology/"])
def test_every_other_page_has_a_card_without_one(client, path):
    found = metas(client, path)
    assert found["twitter:card"] == "summary"
    assert found["og:title"]
    assert found["og:description"]
    assert "og:image" not in found


def test_the_pictures_address_changes_with_what_it_shows(client, claim):
    """Networks keep a picture for as long as its address stays."""
    before = metas(client, "/claims/it-will-fly/"), metas(client, "/sources/journal/")
    factories.decide(claim)
    after = metas(client, "/claims/it-will-fly/"), metas(client, "/sources/journal/")
    assert [card["og:image"] for card in before] != [card["og:image"] for card in after]
    assert before[1]["og:image"] != after[1]["og:image"]


def test_a_card_speaks_the_readers_language(client, claim):
    found = metas(client, "/claims/it-will-fly/", **{"accept-language": "fr"})
    assert found["og:locale"] == "fr_FR"
    assert "lang=fr" in found["og:image"]
