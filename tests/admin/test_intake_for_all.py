"""What every claim of an article is given at once on its sheet."""

from __future__ import annotations

from typing import Any

from tests.admin.intake import PAGE, log, read, typed
from verification.models import Beat, Claim


def test_every_claim_takes_the_same_beat_and_assignee_at_once(desk: Any, beat: Beat) -> None:
    client = desk()

    response = client.post(
        PAGE, typed(read(client), do="all", all_beat="Deals", c1_assignee="nemo", all_assignee="")
    )

    cards = response.context["sheet"].cards
    assert [card.typed("beat") for card in cards] == ["Deals", "Deals"]
    assert [card.typed("assignee") for card in cards] == [client.user.username, "nemo"]


def test_a_deadline_for_all_is_the_newsrooms_and_leaves_those_of_the_text(
    desk: Any, beat: Beat
) -> None:
    client = desk()
    undated = "Nordica could buy Calix for $4bn, the Financial Times reported.\n\n"
    dated = "Vega is in talks to sell its Lyon plant by the end of May, Bloomberg reported."
    sheet = typed(read(client, undated + dated))

    response = client.post(PAGE, sheet | {"do": "all", "all_deadline": "2029-12-31"})

    first, second = response.context["sheet"].cards
    assert (first.typed("deadline"), second.typed("deadline")) == ("2029-12-31", "2026-05-31")
    assert "by 31 December 2029 inclusive" in first.typed("criteria")
    log(client, response, c0_tick="on", c0_beat=beat.name)
    claim = Claim.objects.get()
    assert f"{claim.deadline}" == "2029-12-31"
    assert (claim.deadline_basis, claim.deadline_precision) == ("newsroom", "day")


def test_a_day_for_all_that_is_none_is_told_and_changes_nothing(desk: Any, beat: Beat) -> None:
    client = desk()
    sheet = typed(read(client), do="all", c0_deadline="", all_deadline="31 mars")

    response = client.post(PAGE, sheet)

    assert "Enter a day of the calendar" in response.content.decode()
    assert response.context["sheet"].cards[0].typed("deadline") == ""
