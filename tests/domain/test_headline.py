"""What is a plain text's headline."""

from __future__ import annotations

import pytest

from verification.domain.headline import of

BODY = "The company said on Monday that it would think about it."


@pytest.mark.parametrize(
    "line",
    [
        "Nordica could buy Calix for $4bn",
        "Nordica pourrait racheter Calix",
        "Will Nordica buy Calix?",
        "Calix says no",
        "a " * 29 + "z",
        f"Nordica buys {'x' * 187}",
        "Calix : « c’est fini »",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n", "\n \n"])
def test_a_short_first_line_without_a_point_is_the_headline(line: str, gap: str) -> None:
    assert of(f"\n {line} {gap}{BODY}\n") == line


@pytest.mark.parametrize(
    "text",
    [
        "Nordica could buy Calix for $4bn",
        f"{BODY}\n\n{BODY}",
        f"“{BODY}”\n\n{BODY}",
        f"Sport\n\n{BODY}",
        f"What we know so far:\n\n{BODY}",
        f"{'Nordica and ' * 20}Calix\n\n{BODY}",
        "",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert of(text) == ""


def test_the_headline_is_the_first_line_of_many() -> None:
    assert of(f"Nordica could buy Calix\n{BODY}\n\n{BODY}") == "Nordica could buy Calix"


@pytest.mark.parametrize(
    "line", ["3 November 2026", "Publié le 24 novembre 2026 à 18h12", "By Jane Doe | Nov 3, 2026"]
)
def test_a_day_above_the_headline_is_none(line: str) -> None:
    assert of(f"{line}\n\nNordica could buy Calix\n{BODY}") == "Nordica could buy Calix"
    assert of(f"{line}\n{BODY}") == ""
