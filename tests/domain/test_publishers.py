"""A page that speaks of itself is found out, by whatever name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain import publishers

NAMES = st.text(alphabet="abcdefgh ’'.-éLeThe", min_size=1, max_size=20).filter(str.strip)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("eurogamer.net", "Eurogamer"),
        ("www.eurogamer.net", "Eurogamer"),
        ("https://www.lemonde.fr/economie/1", "Le Monde"),
        ("lequipe.fr", "L’Équipe"),
        ("theverge.com", "The Verge"),
        ("wsj.com", "The Wall Street Journal"),
        ("wsj.com", "Wall Street Journal"),
        ("nytimes.com", "The New York Times"),
        ("bourse.lefigaro.fr", "Le Figaro"),
        ("ouest-france.fr", "Ouest-France"),
        ("médiacités.fr", "Mediacités"),
        ("fr.investing.com", "Investing.com"),
        ("WSJ", "le Wall Street Journal"),
        ("Le Monde", "Monde"),
    ],
)
def test_a_name_and_its_site_are_one_outlet(one: str, other: str) -> None:
    assert publishers.same(one, other)
    assert publishers.same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Times", "LA Times"),
        ("thetimes.com", "The Sunday Times"),
        ("lemonde.fr", "Le Monde diplomatique"),
        ("x.com", "X"),
        ("medium.com", "Medium"),
        ("eurogamer.net", "Gamer"),
        ("Press GPT", "OpenAI"),
        ("", "Eurogamer"),
        ("", ""),
    ],
)
def test_others_are_not(one: str, other: str) -> None:
    assert not publishers.same(one, other)


@given(NAMES, NAMES)
def test_it_does_not_matter_which_is_named_first(one: str, other: str) -> None:
    assert publishers.same(one, other) == publishers.same(other, one)


@given(NAMES)
def test_every_name_is_its_own(name: str) -> None:
    assert publishers.same(name, name)
