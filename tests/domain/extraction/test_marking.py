"""An article in pieces: every letter of it comes out once, whatever places are asked for."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from verification.domain.extraction.marking import Span, paragraphs

TEXT = "A first line.\n\nSelon le Monde, elle pourrait partir. Une autre phrase.\n\nThe end."


def printed(text: str, spans: list[Span]) -> str:
    return "".join(
        piece.text for runs in paragraphs(text, spans) for run in runs for piece in run.pieces
    )


def test_a_span_is_told_apart_with_its_hedge_and_its_source() -> None:
    start = TEXT.index("Selon")
    end = TEXT.index(" Une autre")
    _first, second, _last = paragraphs(
        TEXT, [Span(1, start, end, hedge="pourrait", sources=("Le Monde", "AFP"))]
    )

    marked, rest = second
    assert (marked.number, marked.first, rest.number) == (1, True, None)
    assert [(piece.text, piece.kind) for piece in marked.pieces] == [
        ("Selon ", ""),
        ("le Monde", "source"),
        (", elle ", ""),
        ("pourrait", "hedge"),
        (" partir.", ""),
    ]


def test_a_source_is_found_without_the_article_of_its_name() -> None:
    text = "Selon le Wall Street Journal, rien."
    [[run, *_rest]] = paragraphs(text, [Span(1, 0, 28, sources=("The Wall Street Journal",))])
    assert ("Wall Street Journal", "source") in [(one.text, one.kind) for one in run.pieces]


def test_a_span_over_two_paragraphs_begins_once() -> None:
    runs = [run for part in paragraphs("One two.\n\nThree four.", [Span(3, 4, 15)]) for run in part]
    assert [(run.number, run.first) for run in runs] == [
        (None, False),
        (3, True),
        (3, False),
        (None, False),
    ]


def test_lines_are_paragraphs_where_no_line_is_blank() -> None:
    assert len(paragraphs("One.\nTwo.\nThree.", [])) == 3
    assert len(paragraphs("One\ntwo.\n\nThree\nfour.", [])) == 2


@given(
    st.text(alphabet="aİß \n.", max_size=60),
    st.lists(
        st.tuples(st.integers(-5, 80), st.integers(-5, 80), st.text("aİß", max_size=3)), max_size=6
    ),
)
def test_no_place_that_is_sent_loses_or_doubles_a_letter(
    text: str, places: list[tuple[int, int, str]]
) -> None:
    spans = [
        Span(number, start, end, hedge=words, sources=(words,))
        for number, (start, end, words) in enumerate(places, 1)
    ]
    assert re.sub(r"\s", "", printed(text, spans)) == re.sub(r"\s", "", text)
