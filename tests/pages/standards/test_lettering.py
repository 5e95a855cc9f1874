"""Words are measured and set in lines as the typeface draws them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.pages.standards.lettering import Face, faces

SERIF, SANS, STRONG = faces()


def test_the_typefaces_hold_french_and_its_neighbours():
    for sign in "éèêëàâçîïôœùûüÿæÉÀÇŒß€«»’“”–—…·ŁłŠšİığРусскийΕλληνικά\u00a0\u202f":
        for face in faces():
            assert ord(sign) in face.advances, sign


def test_widths_are_the_typefaces_own():
    # The file says 1,000 units to the em, 600 for a figure of the bold and 572 of the regular face.
    assert SANS.width("0", 1000) == pytest.approx(572)
    assert STRONG.width("00", 1000) == pytest.approx(2 * 572, abs=1)
    assert SANS.width("W", 12) > SANS.width("i", 12)


def test_signs_that_it_does_not_hold_are_guessed_by_their_kind():
    assert SANS.width("日", 10) == 10
    assert SANS.width("ع", 10) == pytest.approx(6.2)
    assert SANS.width("\u200d\ufe0f", 10) == 0


@given(st.text(alphabet="ab cdW é", max_size=200), st.integers(40, 400))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text, width):
    lines = SANS.lines(text, 16, width)
    assert all(SANS.width(line, 16) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_word_without_a_space_is_broken():
    assert len(SANS.lines("x" * 200, 16, 300)) > 3


def test_the_largest_size_that_fits_is_taken():
    sizes = ((40, 1), (20, 2), (10, 3))
    assert SERIF.set("Short", sizes, 300) == (40, ["Short"])
    assert SERIF.set("Long enough for two lines", sizes, 200)[0] == 20


def test_what_fits_at_no_size_ends_with_an_ellipsis():
    size, lines = SERIF.set("word " * 100, ((20, 2), (10, 3)), 200)
    assert (size, len(lines)) == (10, 3)
    assert lines[-1].startswith("word word")
    assert lines[-1].endswith("…")
    assert SERIF.width(lines[-1], 10) <= 200


def test_pictograms_go_and_letters_of_another_script_leave_an_ellipsis():
    assert SERIF.drawable("Xi (习近平) will visit 🎉 Paris") == "Xi (…) will visit Paris"


def test_a_text_in_a_script_that_cannot_be_drawn_is_not_drawn_in_part():
    assert SERIF.drawable("朝日新聞 (Asahi)") == ""


def test_a_text_that_was_decomposed_is_drawn_composed():
    assert SERIF.drawable("e\u0301te\u0301") == "été"


def test_a_face_without_signs_guesses_all():
    assert Face({}).width("ab", 10) == pytest.approx(12.4)
