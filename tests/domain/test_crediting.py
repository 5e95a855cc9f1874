"""Who is the origin, who the relay, and whose words are whose."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verification.domain.crediting import Reported, reports

NAMES = st.lists(
    st.sampled_from(["Reuters", "Bloomberg", "Le Monde", "LE MONDE", "AFP"]), max_size=5
)
OUTLETS = st.sampled_from(["", "Le Monde", "Press GPT"])


def test_a_page_relays_whom_it_credits_in_its_own_words() -> None:
    assert reports(["WSJ", "FT"], outlet="Press GPT", hedge="could", certainty="likely") == [
        Reported("WSJ", certainty="likely"),
        Reported("FT", certainty="likely"),
        Reported("Press GPT", "WSJ", page=True, hedge="could", certainty="likely"),
    ]


def test_a_page_that_credits_itself_is_the_one_origin() -> None:
    assert reports(["Eurogamer"], outlet="eurogamer", hedge="could") == [
        Reported("eurogamer", page=True, hedge="could")
    ]


def test_whose_page_it_is_may_be_unknown() -> None:
    assert reports(["WSJ"], outlet="", hedge="could") == [Reported("WSJ")]
    assert reports([], outlet="", hedge="could") == [Reported("", page=True, hedge="could")]


@given(NAMES, OUTLETS)
def test_nobody_relays_themselves_and_nobody_is_told_of_twice(
    credited: list[str], outlet: str
) -> None:
    told = reports(credited, outlet=outlet, hedge="could", certainty="likely")

    assert told
    assert all(one.source.casefold() != one.via.casefold() for one in told if one.via)
    assert len({one.source for one in told}) == len(told)
    assert {one.via for one in told if one.via} <= {one.source for one in told if not one.via}


@given(NAMES, OUTLETS)
def test_the_words_are_the_pages_alone(credited: list[str], outlet: str) -> None:
    told = reports(credited, outlet=outlet, hedge="could", certainty="likely")

    assert all(one.page for one in told if one.hedge)
    assert sum(one.page for one in told) <= 1
    assert all(one.certainty == "likely" for one in told)
