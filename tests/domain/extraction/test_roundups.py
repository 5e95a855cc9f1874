"""Columns of gossip: whose each item is, and what of it is a claim."""

import pytest

from tests.domain.extraction.reading import credited


@pytest.mark.parametrize(
    ("item", "sources"),
    [
        ("Rovers could sell Mendes, 24, in May. (Sun)external-link", ["The Sun"]),
        ("Rovers could sell Mendes, 24, in May. (Mail) external link", ["Daily Mail"]),
        # Nothing else stands there, so both are outlets.
        ("Rovers could sell Mendes in May. (Que Onda, via Ayr Post)", ["Que Onda", "Ayr Post"]),
        ("Rovers could sell Mendes in May. (Que Onda, via Mirror)", ["Que Onda", "Daily Mirror"]),
        # The outlet's from its first sentence on.
        ("Rovers have joined the race to sign Mendes. He is 24. (Marca)", ["Marca"]),
        ("Mendes has rejected a new deal at Rovers. (Marca)", ["Marca"]),
        ("Rovers have renewed their interest in Mendes. (Marca)", ["Marca"]),
    ],
)
def test_an_item_is_whose_it_is_signed_by(item: str, sources: list[str]) -> None:
    assert credited(f"Friday's gossip\n\n{item}\n\nCity drew with Town on Friday.") == [sources]


def test_what_nobody_has_signed_is_no_report_of_a_step() -> None:
    assert credited("Friday's news\n\nMendes has rejected a new deal at Rovers.") == []


def test_an_item_is_not_the_next_items() -> None:
    text = (
        "Friday's gossip\n\nRovers could sell Mendes in May. (Marca)\n\n"
        "Ada Roy is set to coach City from June. (Sun)"
    )
    assert credited(text) == [["Marca"], ["The Sun"]]
