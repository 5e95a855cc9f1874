"""A source's line and ladder on its page, and two sources head to head."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from verification.models import Source
from verification.services import merging

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Source, Source]:
    boss = factories.managing_editor()
    first = factories.SourceFactory.create(name="The Post", slug="post")
    second = factories.SourceFactory.create(name="The Wire", slug="wire")
    for month, outcome in ((2, "confirmed"), (3, "denied")):
        claim = factories.claim(
            actor=boss,
            statement=f"Shared {outcome}.",
            reports=[
                factories.report_draft(first, certainty="likely", hedge="could"),
                factories.report_draft(second, stance="disputes"),
            ],
        )
        factories.decide(claim, outcome, known_on=date(2026, month, 1))
    return first, second


def test_the_source_page_draws_its_line_and_says_the_same_in_a_table(client, pair) -> None:
    html = client.get("/sources/post/").content.decode()

    assert "<polyline" in html
    assert "Accuracy over time" in html
    assert "February 2026" in html
    assert "after 2 decided positions" in html


def test_the_source_page_says_what_its_hedges_are_worth(client, pair) -> None:
    html = client.get("/sources/post/").content.decode()

    assert "What its certainty is worth" in html
    assert "<q>could</q>" in html
    assert "likely: 1 of 2 came true." in html


def test_head_to_head_says_who_was_right(client, pair) -> None:
    html = client.get("/sources/post/against/wire/").content.decode()

    assert "2 claims that both reported" in html
    assert "only The Post right" in html
    assert html.count("Shared ") == 2


def test_the_other_source_is_offered_or_found_by_its_name(client, pair) -> None:
    offered = client.get("/sources/post/against/").content.decode()
    assert "/sources/post/against/wire/" in offered

    assert client.get("/sources/post/against/?other=the+wire").url == "/sources/post/against/wire/"
    unknown = client.get("/sources/post/against/?other=<b>Nobody").content.decode()
    assert "There is no source “&lt;b&gt;Nobody”" in unknown


def test_internal_claims_are_not_compared_in_public(client, pair) -> None:
    factories.claim(
        statement="Between us.",
        public=False,
        reports=[factories.report_draft(source) for source in pair],
    )

    assert "Between us" not in client.get("/sources/post/against/wire/").content.decode()


def test_a_reporters_record_stands_beside_the_outlets(client, pair) -> None:
    post, wire = pair
    Source.objects.filter(pk=wire.pk).update(outlet=post, kind="reporter")

    of_the_outlet = client.get("/sources/post/").content.decode()
    of_the_reporter = client.get("/sources/wire/").content.decode()

    assert "Its reporters" in of_the_outlet
    assert of_the_outlet.count("n = 2") == of_the_reporter.count("n = 2") == 2


def test_a_source_against_itself_is_its_page(client, pair) -> None:
    assert client.get("/sources/post/against/post/").url == "/sources/post/"


def test_the_page_of_a_merged_source_leads_to_the_one_that_stays(client, pair) -> None:
    post, wire = pair
    merging.merge(actor=factories.managing_editor(), source=wire, into=post, now=factories.NOW)

    response = client.get("/sources/wire/")

    assert (response.status_code, response.url) == (301, "/sources/post/")
    assert "The Wire" not in client.get("/sources/").content.decode()
