"""Which words must be shared: enough to find a text with two words swapped, and few by chance."""

from __future__ import annotations

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain import sharing
from verification.domain.sharing import Shared, shared

WORDS = "abcdefghijklmn"
shares = st.floats(min_value=1e-6, max_value=1.0)
#: With words enough for the most that is asked for.
texts = st.dictionaries(
    st.sampled_from(WORDS), shares, min_size=sharing.SHARED[1] + sharing.SWAPPED
)


def test_two_of_the_four_rarest_words_are_asked_for():
    occurs = {"the": 0.5, "will": 0.2, "bank": 0.01, "openai": 1e-4, "vega": 1e-5, "lyon": 1e-3}
    assert shared(occurs, occurs, 1000, 10) == Shared(("vega", "openai", "lyon", "bank"), 2)


def test_of_equally_rare_words_the_longest_are_taken():
    occurs = dict.fromkeys(("aa", "bbbb", "ccc", "a", "b"), 0.001)
    assert shared(occurs, occurs, 1000, 10).words == ("bbbb", "ccc", "aa", "a")


def test_words_that_occur_nowhere_are_left_out():
    occurs = {"xylophone": 0.0, "bank": 0.1, "vega": 0.01}
    assert shared(occurs, occurs, 1000, 10) == Shared(("vega", "bank"), 2)
    assert shared(["xylophone"], occurs, 1000, 10) == Shared((), 0)


def test_a_single_word_is_asked_for_by_itself():
    assert shared(["vega"], {"vega": 0.01}, 1000, 10) == Shared(("vega",), 1)


@pytest.mark.parametrize(("share", "least"), [(0.001, 2), (0.02, 3), (0.3, 4)])
def test_the_more_frequent_the_words_the_more_are_asked_for(share, least):
    found = shared(WORDS, dict.fromkeys(WORDS, share), 1_000_000, 100)
    assert (found.least, len(found.words)) == (least, least + sharing.SWAPPED)


@given(texts, st.sets(st.sampled_from(WORDS), max_size=sharing.SWAPPED))
def test_whoever_swapped_two_words_still_shares_enough(occurs, swapped):
    """The claim has all words but those that were swapped in."""
    asked = shared(occurs, occurs, 1_000_000, 50)
    assert len(set(asked.words) - swapped) >= asked.least


@given(st.lists(shares, min_size=4, max_size=8), st.integers(min_value=1, max_value=4))
def test_the_chance_to_meet_is_that_of_strewn_words(chances, least):
    expected = sum(
        prod(chance if held else 1 - chance for chance, held in zip(chances, which, strict=True))
        for which in product((False, True), repeat=len(chances))
        if sum(which) >= least
    )
    assert sharing._by_chance(chances, least) == pytest.approx(expected)
