"""Text for other programs has nothing in it that they stumble over."""

from xml.etree import ElementTree
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from verification.domain.plain import plain, plain_line


@given(st.text())
def test_any_text_can_stand_in_xml(text):
    assert ElementTree.fromstring(f"<a>{escape(plain(text))}</a>") is not None


def test_controls_and_overrides_of_the_direction_go():
    assert plain("a\x00b\x1bc\x85d\u202ee\u2066f\u2069g\ufffe") == "abcdefg"


def test_letters_marks_and_pictograms_stay():
    assert plain("« Ça » العربية 日本 🎉 e\u0301") == "« Ça » العربية 日本 🎉 e\u0301"


def test_a_line_is_one_line_and_keeps_the_spaces_that_do_not_break():
    assert plain_line("  one\n two\u2028three\t74\u00a0% ") == "one two three 74\u00a0%"


def test_only_white_space_that_breaks_goes_from_the_ends_of_a_line():
    assert plain_line(" \u00a0X marks the spot: X\n") == "\u00a0X marks the spot: X"
