"""The first line of a pasted text, where it is a headline."""

from __future__ import annotations

import pytest

from verification.domain.headlines import LONGEST, headline

BODY = "Nordica could buy Calix, the FT reported. More follows."


@pytest.mark.parametrize(
    "line",
    [
        "Nordica circles Calix in $4bn deal",
        "Will Nordica buy Calix?",
        "Vega : « Nous vendrons »",
        "  Deux   fusions à Lyon  ",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n\r\n"])
def test_a_short_line_before_a_text_is_its_headline(line: str, between: str) -> None:
    assert headline(f"\n{line}{between}{BODY}\n") == " ".join(line.split())


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\n{BODY}",
        "Nordica circles Calix in $4bn deal",
        f"Business\n\n{BODY}",
        f"Nordica, and those who follow it:\n{BODY}",
        f"{'word ' * LONGEST}\n\n{BODY}",
        "one line of a list\nanother line of it\nand a third",
        "",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert headline(text) == ""
