"""What of a claim on the sheet follows what its editor mends: wording and criteria."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.admin.intake import PAGE, log, read, typed
from verification.models import Beat, Claim


def test_criteria_that_nobody_wrote_follow_the_claim_without_a_script(
    desk: Any, beat: Beat
) -> None:
    client = desk("reporter")
    changes = {"c0_statement": "Nordica will own Calix.", "c0_deadline": "2026-07-31"}

    looked = client.post(PAGE, typed(read(client), do="look", **changes))
    log(client, read(client), c0_tick="on", c0_beat=beat.name, **changes)

    for text in (looked.context["sheet"].cards[0].typed("criteria"), Claim.objects.get().criteria):
        assert "“Nordica will own Calix.”" in text
        assert "31 July 2026" in text
        assert "30 June 2026" not in text


def test_a_deadline_that_the_editor_moves_is_the_newsrooms_and_loses_its_wording(
    desk: Any, beat: Beat
) -> None:
    client = desk("reporter")
    moved = {"c0_deadline": "2026-07-31"}

    looked = client.post(PAGE, typed(read(client), do="look", **moved))
    log(client, read(client), c0_tick="on", c0_beat=beat.name, **moved)

    card, claim = looked.context["sheet"].cards[0], Claim.objects.get()
    assert (card.typed("deadline_text"), card.typed("deadline_basis")) == ("", "newsroom")
    assert "The source’s words, “by 30 June 2026”, were read as 30 June 2026." in (
        looked.content.decode()
    )
    assert (claim.deadline_text, claim.deadline_basis, claim.deadline_precision) == (
        "", "newsroom", "day",
    )  # fmt: skip


def test_a_moved_deadline_is_the_sources_where_the_editor_says_so_afterwards(
    desk: Any, beat: Beat
) -> None:
    client = desk("reporter")
    looked = client.post(PAGE, typed(read(client), do="look", c0_deadline="2026-07-31"))

    said = {"c0_deadline_text": "by the end of July", "c0_deadline_basis": "source"}
    log(client, looked, c0_tick="on", c0_beat=beat.name, **said)

    claim = Claim.objects.get()
    assert (claim.deadline_text, claim.deadline_basis) == ("by the end of July", "source")
    assert "by 31 July 2026 inclusive (“by the end of July”)" in claim.criteria


def test_a_deadline_that_is_moved_back_has_its_wording_again(desk: Any, beat: Beat) -> None:
    client = desk("reporter")
    looked = client.post(PAGE, typed(read(client), do="look", c0_deadline="2026-07-31"))
    again = client.post(PAGE, typed(looked, do="look", c0_deadline="2026-06-30"))

    card = again.context["sheet"].cards[0]
    assert (card.typed("deadline_text"), card.typed("deadline_basis")) == (
        "by 30 June 2026", "source",
    )  # fmt: skip


def test_a_vague_wording_stays_with_the_day_that_the_newsroom_sets(desk: Any, beat: Beat) -> None:
    client = desk("reporter")
    vague = read(client, "Nordica could buy Calix within weeks, Bloomberg reported.")

    log(client, vague, c0_tick="on", c0_beat=beat.name, c0_deadline="2026-05-15")

    claim = Claim.objects.get()
    assert (claim.deadline_text, claim.deadline_basis) == ("within weeks", "newsroom")


@pytest.mark.parametrize(
    "said", ["", "[", "[]", "null", '{"day": 1}', '{"deadline": 1}', "9" * 5000]
)
def test_a_tampered_deadline_breaks_nothing(desk: Any, beat: Beat, said: str) -> None:
    client = desk("reporter")

    response = log(
        client, read(client), c0_tick="on", c0_beat=beat.name, c0_said=said,
        c0_deadline="2026-07-31",
    )  # fmt: skip

    assert (response.status_code, Claim.objects.get().deadline) == (302, date(2026, 7, 31))


def test_criteria_that_somebody_wrote_stay_and_another_day_in_them_is_told(
    desk: Any, beat: Beat
) -> None:
    client = desk("reporter")
    written = "Only if the sale closes by 30 June 2026, in cash."
    changes = {"c0_criteria": written, "c0_deadline": "2026-07-31"}

    looked = client.post(PAGE, typed(read(client), do="look", **changes))
    logged = log(client, read(client), c0_tick="on", c0_beat=beat.name, **changes)

    told = "They name 30 June 2026; the deadline is 31 July 2026."
    assert looked.context["sheet"].cards[0].typed("criteria") == written
    assert told in looked.content.decode()
    assert Claim.objects.get().criteria == written
    assert told in client.get(logged["Location"]).content.decode()


def test_the_script_asks_the_server_for_the_criteria(desk: Any) -> None:
    answer = desk("reporter").get(
        "/admin/suggest/criteria/",
        {
            "statement": "Calix est vendue.",
            "deadline": "2026-03-31",
            "language": "fr",
            "criteria": "Avant le 1er mars 2026.",
        },
    )

    assert "au plus tard le 31 mars 2026" in answer.json()["proposed"]
    assert "1 March 2026" in answer.json()["said"]
    for hostile in ({}, {"deadline": "\x00"}, {"deadline": "soon", "language": "xx"}):
        assert desk("reporter").get("/admin/suggest/criteria/", hostile).status_code == 200
