"""A board: the figures of a pool of sources, computed from their tallies in one vectorised pass.

The tallies stay columns of numbers, and a source's figures are put together when somebody asks for
them: of ten thousand sources a page shows a hundred.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from verification.domain import scoring
from verification.domain.scoring import Floats, Integers, Prior
from verification.models import Record, Source
from verification.services.records import TALLIES

Tallies = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """One source's record within a scope. Accuracy and interval are fractions, leads are days."""

    source: int
    hits: int
    misses: int
    lapsed_uncounted: int
    open: int
    relays_open: int
    relays_borne_out: int
    relays_not: int
    relays_lapsed_uncounted: int
    uncounted: int
    first_to_report: int
    accuracy: float
    low: float
    high: float
    rank: int | None
    prior: Prior

    @property
    def decided(self) -> int:
        """Positions that count towards accuracy: the n that is always shown beside it."""
        return self.hits + self.misses

    @property
    def provisional(self) -> bool:
        """Too few decided positions to be ranked."""
        return self.decided < scoring.PROVISIONAL_UNDER

    @property
    def relays(self) -> int:
        """Claims passed on from another source."""
        return (
            self.relays_open
            + self.relays_borne_out
            + self.relays_not
            + self.relays_lapsed_uncounted
        )

    @property
    def relays_decided(self) -> int:
        """Of these, the ones that count as borne out or not."""
        return self.relays_borne_out + self.relays_not

    @property
    def positions(self) -> int:
        """Every position, counted or not."""
        return self.decided + self.lapsed_uncounted + self.open + self.relays + self.uncounted


@dataclass(frozen=True, slots=True)
class Columns:
    """The tallies of some sources: `sources` are primary keys, `numbers` has a column for each.

    `numbers` is of shape (sources, `TALLIES`).
    """

    sources: Sequence[int]
    numbers: Integers

    @property
    def hits(self) -> Integers:
        """The hits of each source."""
        return self.numbers[:, TALLIES.index("hits")]

    @property
    def misses(self) -> Integers:
        """The misses of each source."""
        return self.numbers[:, TALLIES.index("misses")]

    @property
    def prior(self) -> Prior:
        """What is to be expected of a source of this pool."""
        return scoring.fit_prior(self.hits, self.misses)


def kept(**which: object) -> Columns:
    """The kept tallies of each source, over the records that are asked for. One query."""
    sums = [Sum(name) for name in TALLIES]
    rows = Record.objects.filter(**which).order_by("source").values_list("source").annotate(*sums)
    return _columns(list(rows))


def counted(tallies: Mapping[int, Tallies]) -> Columns:
    """Tallies that were counted one by one, by source."""
    return _columns(
        [(source, *(of.get(name, 0) for name in TALLIES)) for source, of in tallies.items()]
    )


def _columns(rows: Sequence[tuple[int, ...]]) -> Columns:
    import numpy as np

    table = np.array(rows, dtype=np.int64).reshape(len(rows), 1 + len(TALLIES))
    return Columns(table[:, 0].tolist(), table[:, 1:])


class _Rows(Mapping[int, Figures]):
    """The figures of each source, put together when they are asked for."""

    def __init__(
        self, columns: Columns, scores: tuple[Floats, Floats, Floats], ranks: Integers, prior: Prior
    ) -> None:
        self._columns, self._scores, self._ranks, self._prior = columns, scores, ranks, prior
        self._places = {source: place for place, source in enumerate(columns.sources)}
        self._made: dict[int, Figures] = {}

    def __getitem__(self, source: int) -> Figures:
        made = self._made.get(source)
        if made is None:
            place = self._places[source]
            accuracy, low, high = (float(column[place]) for column in self._scores)
            made = self._made[source] = Figures(
                source=source,
                accuracy=accuracy,
                low=low,
                high=high,
                rank=int(self._ranks[place]) or None,
                prior=self._prior,
                **dict(zip(TALLIES, self._columns.numbers[place].tolist(), strict=True)),
            )
        return made

    def __iter__(self) -> Iterator[int]:
        return iter(self._columns.sources)

    def __len__(self) -> int:
        return len(self._columns.sources)


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of a pool: `rows` by source, `order` as they are listed.

    First those that are ranked, then the provisional ones, the most decided first, and at last
    those of which nothing is decided.
    """

    prior: Prior
    rows: Mapping[int, Figures]
    order: tuple[int, ...]
    ranked: tuple[int, ...]
    provisional: tuple[int, ...]

    def figures(self, source: int) -> Figures:
        """The source's figures; those of an empty record where it has none."""
        found = self.rows.get(source)
        return found or _score(counted({source: {}}), self.prior)[0][source]


def board(columns: Columns, prior: Prior) -> Board:
    """The board of these tallies: posterior, interval and rank of every source, and their order."""
    import numpy as np

    rows, low, ranks = _score(columns, prior)
    decided = columns.hits + columns.misses
    names = dict(Source.objects.values_list("pk", "name")) if len(rows) else {}
    folded = [names.get(source, "").casefold() for source in columns.sources]
    by_name = np.array(sorted(range(len(folded)), key=folded.__getitem__), dtype=np.int64)
    unranked = ranks == 0
    # The last key is the first to be sorted by; a stable sort leaves equal ones by name.
    keys = (-low[by_name], -decided[by_name], ranks[by_name], unranked[by_name])
    sources = np.array(columns.sources, dtype=np.int64)[by_name][np.lexsort(keys)]
    order = tuple(sources.tolist())
    first, last = len(order) - int(unranked.sum()), int(np.count_nonzero(decided))
    return Board(prior, rows, order, ranked=order[:first], provisional=order[first:last])


def _score(columns: Columns, prior: Prior) -> tuple[_Rows, Floats, Integers]:
    """The figures of every source; with the lower ends and the ranks as columns."""
    scores = scoring.accuracy(columns.hits, columns.misses, prior)
    few = columns.hits + columns.misses < scoring.PROVISIONAL_UNDER
    ranks = scoring.rank(scores[1], few)
    return _Rows(columns, scores, ranks, prior), scores[1], ranks
