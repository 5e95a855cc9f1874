"""POST /api/v1/extract/: an article in, candidates out."""

from __future__ import annotations

import pytest

from tests.api import payloads
from tests.api.payloads import wrong

pytestmark = pytest.mark.django_db

EXTRACT = "/api/v1/extract/"
TEXT = "Nordica could buy Calix by the end of the second quarter, the Financial Times reported."


def test_the_candidates_have_the_names_of_the_contract(reporter):
    response = reporter.post(EXTRACT, {"text": TEXT, "outlet": "The Wire"})
    assert response.status_code == 200
    assert response.json() == {
        "results": [
            {
                "statement": "Nordica could buy Calix by the end of the second quarter.",
                "span": TEXT,
                "start": 0,
                "end": len(TEXT),
                "sources": ["Financial Times"],
                "hedge": "could",
                "certainty": "roughly even chance",
                "deadline": "2026-06-30",
                "deadline_text": "by the end of the second quarter",
                "deadline_precision": "quarter",
                "score": 0.99,
                "reasons": ["attributed", "possibility", "dated", "kind of event", "names"],
            }
        ],
        "language": "en",
        "date": "2026-04-01",
        "date_from": "today",
        "outlet": "The Wire",
        "title": "",
        "url": "",
        "text": TEXT,
    }


def test_an_article_without_a_claim_has_no_candidate(reporter):
    response = reporter.post(EXTRACT, {"text": "Calix a été fondé en 2004 à Lyon."})
    assert response.json()["results"] == []
    assert response.json()["language"] == "fr"


def test_the_day_of_the_article_is_what_its_times_are_counted_from(reporter):
    body = {"text": "Orbit could launch it next month.", "date": "2027-12-31"}
    [candidate] = reporter.post(EXTRACT, body).json()["results"]
    assert candidate["deadline"] == "2028-01-31"


@pytest.mark.parametrize(
    ("text", "date", "found", "by"),
    [
        (f"LONDON, Feb 28 (Reuters) - {TEXT}", None, "2026-02-28", "printed"),
        (f"LONDON, Feb 28 (Reuters) - {TEXT}", "2026-01-02", "2026-01-02", "given"),
        (TEXT, None, "2026-04-01", "today"),
    ],
)
def test_the_day_that_a_text_prints_is_the_articles_and_said_to_be(reporter, text, date, found, by):
    answer = reporter.post(EXTRACT, {"text": text, "date": date}).json()
    assert (answer["date"], answer["date_from"]) == (found, by)


def test_a_piece_of_html_is_read_and_a_page_tells_its_address(reporter):
    answer = reporter.post(EXTRACT, {"text": f"<p>{TEXT}</p>"}).json()
    assert (answer["text"], answer["url"], len(answer["results"])) == (TEXT, "", 1)
    page = f'<html><link rel="canonical" href="https://press.example/1"><p>{TEXT}</p></html>'
    assert reporter.post(EXTRACT, {"text": page}).json()["url"] == "https://press.example/1"


def test_a_claim_without_a_time_has_null(reporter):
    [candidate] = reporter.post(EXTRACT, {"text": "Nordica could buy Calix, Reuters said."}).json()[
        "results"
    ]
    assert candidate["deadline"] is None
    assert candidate["deadline_precision"] is None
    assert candidate["deadline_text"] == ""


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": None, "url": ""}, "text"),
        ({"url": "https://example.org/article"}, "url"),
        ({"url": "ftp://example.org/article"}, "url"),
        ({"text": TEXT, "url": "https://example.org/article"}, "url"),
        ({"text": TEXT, "language": "de"}, "language"),
        ({"text": TEXT, "date": "2026-02-30"}, "date"),
        ({"text": TEXT, "outlet": "x" * 201}, "outlet"),
        ({"text": TEXT, "langage": "fr"}, "langage"),
        ({"text": "a" * 200_001}, "text"),
    ],
)
def test_a_wrong_field_is_named(reporter, body, field):
    before = payloads.rows()
    response = reporter.post(EXTRACT, body)
    assert response.status_code == 400
    assert list(wrong(response)) == [field]
    assert payloads.rows() == before


def test_a_length_that_is_refused_says_how_much_is_taken(reporter):
    response = reporter.post(EXTRACT, {"text": "a" * 200_001})
    assert "200000" in wrong(response)["text"]


def test_it_can_be_sent_again_under_its_key(reporter):
    first = reporter.post(EXTRACT, {"text": TEXT}, HTTP_IDEMPOTENCY_KEY="once")
    again = reporter.post(EXTRACT, {"text": TEXT}, HTTP_IDEMPOTENCY_KEY="once")
    assert again["Idempotent-Replay"] == "true"
    assert again.json() == first.json()


def test_it_costs_the_same_however_many_candidates(reporter, django_assert_num_queries):
    reporter.post(EXTRACT, {"text": TEXT})
    with django_assert_num_queries(7) as few:
        reporter.post(EXTRACT, {"text": TEXT})
    with django_assert_num_queries(len(few.captured_queries)):
        reporter.post(
            EXTRACT, {"text": "\n\n".join(TEXT.replace("Calix", f"C{n}") for n in range(9))}
        )


def test_an_outlet_that_credits_itself_is_told_by_one_name(reporter):
    text = "Nordica could buy Calix by Friday, Eurogamer has learned."
    sent = reporter.post(EXTRACT, {"text": text, "outlet": "eurogamer.net"}).json()
    assert sent["outlet"] == "Eurogamer"
    assert sent["results"][0]["sources"] == ["Eurogamer"]
