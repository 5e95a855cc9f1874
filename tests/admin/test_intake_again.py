"""An article that is logged already, or its news: what is known again, and what comes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.admin.intake import PAGE, log, read, typed
from verification.models import Beat, Claim, Excerpt


@pytest.fixture
def logged(beat: Beat) -> Claim:
    wire = factories.SourceFactory.create(name="Financial Times")
    return factories.claim(
        beat=beat,
        statement="Nordica could buy Calix for $4bn by 30 June 2026.",
        deadline=date(2026, 6, 30),
        reports=[factories.report_draft(wire)],
        public=False,
    )


def test_what_is_logged_already_is_shown_at_the_claim(desk: Any, logged: Claim) -> None:
    response = read(desk())

    first, second = response.context["sheet"].cards
    assert [(one.claim, one.status, one.per_cent) for one in first.similar] == [
        (logged, "open", 100)
    ]
    assert second.similar == []
    assert f'name="c0-into" value="{logged.pk}"' in response.content.decode()


def test_the_reports_can_go_to_the_claim_that_is_there(desk: Any, logged: Claim) -> None:
    client = desk("reporter")

    response = log(
        client,
        read(client),
        c0_tick="on",
        c0_into=str(logged.pk),
        c0_deadline="",
        c1_tick="on",
        c1_beat=logged.beat.name,
    )

    assert Claim.objects.count() == 2
    assert [row.source.name for row in logged.reports.order_by("id")] == [
        "Financial Times",
        "Press GPT",
    ]
    page = client.get(response["Location"]).content.decode()
    assert "1 report added to this claim" in page


def test_a_chosen_claim_stays_chosen_while_the_statement_is_mended(
    desk: Any, logged: Claim
) -> None:
    client = desk()

    response = client.post(
        PAGE,
        typed(read(client), do="look", c0_into=str(logged.pk), c0_statement="Quite different."),
    )

    assert [one.claim for one in response.context["sheet"].cards[0].similar] == [logged]
    assert f'value="{logged.pk}" checked' in response.content.decode()


def test_who_types_a_statement_is_told_what_is_like_it(desk: Any, logged: Claim) -> None:
    client = desk("reporter")
    address = "/admin/suggest/similar/"

    found = client.get(address, {"statement": "nordica could buy CALIX for $4bn"})
    chosen = client.get(
        address, {"statement": logged.statement, "choice": "c7-into", "into": str(logged.pk)}
    )

    assert found.context["similar"][0].claim == logged
    assert "<html" not in found.content.decode()
    assert f'name="c7-into" value="{logged.pk}" checked' in chosen.content.decode()
    for nothing in ({}, {"statement": "Zorro"}, {"statement": "\x00"}):
        assert client.get(address, nothing).content.decode().strip() == ""
    hostile = client.get(address, {"statement": logged.statement, "choice": '"><b data-hostile>'})
    assert "data-hostile" not in hostile.content.decode()


def test_the_same_is_asked_while_a_claim_is_logged_by_hand(desk: Any) -> None:
    page = desk().get("/admin/verification/claim/add/").content.decode()

    assert 'data-similar="id_statement" data-url="/admin/suggest/similar/"' in page


def test_an_article_that_is_read_twice_proposes_nothing_twice(desk: Any, beat: Beat) -> None:
    client = desk("reporter")
    ticks = {"c0_tick": "on", "c0_beat": beat.name, "c1_tick": "on", "c1_beat": beat.name}
    log(client, read(client), **ticks)
    first, second = Claim.objects.order_by("pk")

    again = read(client)
    cards = again.context["sheet"].cards
    log(client, again, **ticks)

    assert [(card.into, card.there) for card in cards] == [
        (first.pk, first.pk),
        (second.pk, second.pk),
    ]
    page = again.content.decode()
    assert page.count("Already logged from this article as") == 2
    assert page.count("It has all of these reports: there is nothing to add.") == 2
    assert not any(card.ticked for card in cards)
    assert Claim.objects.count() == 2
    assert [claim.reports.count() for claim in (first, second)] == [2, 2]


def test_another_page_that_says_the_same_adds_its_report(desk: Any, logged: Claim) -> None:
    cards = read(desk()).context["sheet"].cards

    assert [(card.into, card.there) for card in cards] == [(logged.pk, None), (None, None)]


@pytest.mark.parametrize(
    "statement",
    [
        "Nordica could buy Calix for $5bn by 30 June 2026.",
        "Nordica could buy Vega for $4bn by 30 June 2026.",
    ],
)
def test_another_number_or_name_is_another_claim(desk: Any, logged: Claim, statement: str) -> None:
    Claim.objects.filter(pk=logged.pk).update(statement=statement)

    assert read(desk()).context["sheet"].cards[0].into is None


def test_what_is_decided_takes_no_new_report_by_itself(desk: Any, logged: Claim) -> None:
    factories.decide(logged)

    assert read(desk()).context["sheet"].cards[0].into is None


def test_a_claim_that_was_mended_is_known_again_by_its_page(desk: Any, beat: Beat) -> None:
    client = desk("reporter")
    mended = "Nordica could buy its rival Calix for $4bn by the end of June 2026."
    log(client, read(client), c0_tick="on", c0_beat=beat.name, c0_statement=mended)

    [card, other] = read(client).context["sheet"].cards

    assert (card.into, other.into) == (Claim.objects.get().pk, None)


def test_a_claim_is_known_again_by_its_sentence_whatever_was_made_of_its_statement(
    desk: Any, beat: Beat
) -> None:
    client = desk("reporter")
    mended = "The sale of a network company goes through."
    log(client, read(client), c0_tick="on", c0_beat=beat.name, c0_statement=mended)
    claim = Claim.objects.get()

    for about in ({}, {"url": ""}):
        again = read(client, **about)
        [card, other] = again.context["sheet"].cards
        assert (card.into, other.into) == (claim.pk, None)
        assert not card.ticked
        page = again.content.decode()
        assert page.count("Already logged from this article as") == 1
        assert f'/admin/verification/claim/{claim.pk}/change/" target="_blank">{mended}</a>' in page
        assert f'name="c0-into" value="{claim.pk}" checked' in page

    log(client, again, c0_tick="on", c0_reports_1_source="Other Press")
    assert Claim.objects.get().reports.count() == 3, "a report can be added instead"


def test_the_same_sentence_of_another_page_brings_its_report_to_the_claim(
    desk: Any, beat: Beat
) -> None:
    client = desk("reporter")
    mended = "The sale of a network company goes through."
    log(client, read(client), c0_tick="on", c0_beat=beat.name, c0_statement=mended)
    elsewhere = {"url": "https://other.example/9", "outlet": "Other Press"}

    again = read(client, **elsewhere)

    assert "Logged from the same sentence of another page as" in again.content.decode()
    log(client, again, c0_tick="on")
    claim = Claim.objects.get()
    assert {row.source.name for row in claim.reports.all()} == {
        "Financial Times", "Press GPT", "Other Press",
    }  # fmt: skip
    factories.decide(claim)
    third = read(client, url="https://third.example/9", outlet="Third Press")
    assert third.context["sheet"].cards[0].into is None, "what is decided takes no report by itself"


def test_a_void_claim_does_not_stand_for_its_sentence(desk: Any, beat: Beat) -> None:
    client = desk("reporter")
    mended = "The sale of a network company goes through."
    log(client, read(client), c0_tick="on", c0_beat=beat.name, c0_statement=mended)
    factories.decide(Claim.objects.get(), outcome="void")

    assert read(client).context["sheet"].cards[0].into is None


def test_a_sentence_that_is_no_place_of_the_article_is_noted_nowhere(desk: Any, beat: Beat) -> None:
    client = desk("reporter")
    log(client, read(client), c0_tick="on", c0_beat=beat.name, c0_start="9999", c0_end="-1")

    assert Claim.objects.exists()
    assert not Excerpt.objects.exists()


def test_a_claim_that_was_chosen_is_offered_while_another_statement_is_typed(
    desk: Any, logged: Claim
) -> None:
    asked = {"statement": "Nothing like it.", "choice": "c0-into", "into": str(logged.pk)}

    page = desk().get("/admin/suggest/similar/", asked).content.decode()

    assert f'value="{logged.pk}" checked' in page


def test_no_new_claim_can_still_be_chosen(desk: Any, logged: Claim) -> None:
    client = desk()

    response = client.post(PAGE, typed(read(client), do="look", c0_into=""))

    assert response.context["sheet"].cards[0].into is None
