"""Any accent that a newsroom names can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain import colours

parts = st.integers(0, 255)
any_colour = st.tuples(parts, parts, parts)


@pytest.mark.parametrize("text", ["1f4e79", "#1F4E79"])
def test_six_digits_name_a_colour(text):
    assert colours.parse(text) == (0x1F, 0x4E, 0x79)


def test_three_digits_are_doubled():
    assert colours.parse("#fa0") == (0xFF, 0xAA, 0x00)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#",
        "red",
        "12345",
        "1234567",
        "#12 456",
        "url(x)",
        "１２３４５６",
        "1f4e79;}",
        "1f4e79\n",
    ],
)
def test_nothing_else_does(text):
    with pytest.raises(ValueError, match="hexadecimal"):
        colours.parse(text)


def test_contrast_is_that_of_wcag():
    assert colours.contrast(colours.BLACK, colours.WHITE) == pytest.approx(21)
    assert colours.contrast((0x77, 0x77, 0x77), colours.WHITE) == pytest.approx(4.478, abs=0.001)


@given(any_colour, any_colour)
def test_what_is_made_readable_can_be_read_on_any_ground(colour, ground):
    assert colours.contrast(colours.readable(colour, ground), ground) >= colours.TEXT_CONTRAST


@given(any_colour)
def test_a_colour_that_can_be_read_stays_as_it_is(colour):
    if colours.contrast(colour, colours.WHITE) >= colours.TEXT_CONTRAST:
        assert colours.readable(colour, colours.WHITE) == colour


def test_where_only_the_end_of_the_way_can_be_read_it_is_taken():
    assert colours.readable(colours.WHITE, colours.WHITE, least=21) == colours.BLACK
    assert colours.readable(colours.BLACK, colours.BLACK, least=21) == colours.WHITE


@given(any_colour)
def test_the_digits_name_the_colour_again(colour):
    assert colours.parse(colours.digits(colour)) == colour
