"""The height of a mail, as far as it can be told without a browser; one compares them elsewhere."""

from __future__ import annotations

import pytest

from verification.domain.mailheight import height_of

LINE = 24
EMPTY = height_of("", 600)


def high(html: str, width: int = 600) -> int:
    return height_of(html, width) - EMPTY


def test_words_take_as_many_lines_as_they_need() -> None:
    assert high("<p>A few words.</p>") == LINE
    assert high("<p>A few words.<br>And more.</p>") == 2 * LINE
    long = "<p>" + "word " * 200 + "</p>"
    assert high(long, 300) > high(long, 600) > 10 * LINE


def test_of_two_margins_the_larger_counts_and_paddings_add_up() -> None:
    two = '<p style="margin: 0 0 20px">A</p><p style="margin: 8px 0 0">B</p>'
    assert high(two) == 2 * LINE + 20
    assert high(f'<div style="padding: 16px 0; border-bottom: 1px solid">{two}</div>') == (
        2 * LINE + 20 + 33
    )


def test_what_nobody_sees_takes_no_room() -> None:
    unseen = '<div style="display: none">A <b>and</b> B</div><style>p {}</style>'
    assert high(f"<head><title>T</title></head>{unseen}<p>A</p>") == LINE


def test_a_button_is_higher_than_its_words_and_stays_in_one_piece() -> None:
    button = '<a style="display: inline-block; padding: 9px 18px">Put it off</a> '
    assert high(f"<p>{button}</p>") == LINE + 18
    assert high(f"<p>{button * 2}</p>", 200) == 2 * (LINE + 18)


def test_a_row_of_a_table_is_as_high_as_its_highest_cell() -> None:
    row = "<tr><td>A<br>B</td><td>C</td></tr>"
    assert high(f"<table>{row}{row}</table>") == 4 * LINE
    cell = '<td style="padding: 6px 0; border-bottom: 1px solid">A</td>'
    assert high(f"<table><tr>{cell}{cell}</tr></table><p>B</p>") == 2 * LINE + 13


def test_large_letters_take_more() -> None:
    styled = '<p style="font: 600 20px/2 serif">A</p>'
    assert high(styled) == 40
    assert high('<p style="font-size: 10px">A</p>') == 15


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert high(f"<p>{'x' * 64}</p>", 300) == 2 * LINE


@pytest.mark.parametrize(
    "html", ["<p>A", "A</p>", "</div><p>A</p></td>", "<p style='margin: a b c d e'>A</p>", "<b>A"]
)
def test_what_is_no_good_html_has_a_height_too(html: str) -> None:
    assert high(html) == LINE
