"""A board has every source's figures, in the order in which they are listed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories
from verification.domain.scoring import PROVISIONAL_UNDER, Prior
from verification.models import Record, Source
from verification.services import boards
from verification.services.boards import Board
from verification.services.records import TALLIES

PRIOR = Prior(0.5, 4.0, 0, 0, fallback=True)
NUMBERS = st.fixed_dictionaries(dict.fromkeys(TALLIES, st.integers(0, 15)))


def of(tallies: dict[int, dict[str, int]]) -> Board:
    return boards.board(boards.counted(tallies), PRIOR)


@settings(deadline=None, max_examples=40)
@given(tallies=st.dictionaries(st.integers(1, 40), NUMBERS, max_size=12))
@pytest.mark.django_db
def test_every_source_has_its_own_tallies(tallies: dict[int, dict[str, int]]) -> None:
    board = of(tallies)

    assert set(board.rows) == set(board.order) == set(tallies)
    for source, numbers in tallies.items():
        figures = board.rows[source]
        assert {name: getattr(figures, name) for name in TALLIES} == numbers
        assert figures.low <= figures.accuracy <= figures.high
        assert (figures.rank is None) == (figures.decided < PROVISIONAL_UNDER)


@settings(deadline=None, max_examples=40)
@given(tallies=st.dictionaries(st.integers(1, 40), NUMBERS, max_size=12))
@pytest.mark.django_db
def test_the_ranked_come_first_then_whoever_has_most_decided(
    tallies: dict[int, dict[str, int]],
) -> None:
    board = of(tallies)

    rows = [board.rows[source] for source in board.order]
    keys = [(row.rank or len(rows) + 1, -row.decided, -row.low) for row in rows]
    assert keys == sorted(keys)
    assert board.ranked == tuple(row.source for row in rows if row.rank)
    assert board.provisional == tuple(
        row.source for row in rows if row.decided and row.rank is None
    )


@pytest.mark.django_db
def test_sources_that_are_equal_otherwise_are_listed_by_name() -> None:
    names = ("Zeit", "écho", "Agence", "bild")
    sources = {name: factories.SourceFactory.create(name=name) for name in names}

    board = of({row.pk: {"hits": 3, "misses": 1} for row in sources.values()})

    listed = Source.objects.in_bulk(board.order)
    assert [listed[key].name for key in board.order] == ["Agence", "bild", "Zeit", "écho"]


@pytest.mark.django_db
def test_the_kept_tallies_are_added_up_over_beats() -> None:
    one, other = factories.BeatFactory.create_batch(2)
    source, rival = factories.SourceFactory.create_batch(2)
    for beat, public, hits in ((one, True, 3), (other, True, 4), (one, False, 5)):
        Record.objects.create(source=source, beat=beat, public=public, hits=hits, misses=1)
    Record.objects.create(source=rival, beat=other, public=True, open=2)

    assert boards.kept(public=True).hits.tolist() == [7, 0]
    assert boards.kept().hits.tolist() == [12, 0]
    assert boards.kept(beat=one).sources == [source.pk]
    assert boards.board(boards.kept(public=True), PRIOR).rows[rival.pk].open == 2


@pytest.mark.django_db
def test_a_source_that_is_not_on_the_board_has_an_empty_record() -> None:
    board = of({1: {"hits": 20, "misses": 2}})

    figures = board.figures(99)

    assert (figures.source, figures.decided, figures.positions, figures.rank) == (99, 0, 0, None)
    assert figures.accuracy == PRIOR.mean
    assert 99 not in board.rows
