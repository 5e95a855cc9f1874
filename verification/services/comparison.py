"""Two sources head to head, on the claims that both reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from verification.models import Position, Source
from verification.models.choices import Credit
from verification.services.figures import Scope

#: What counts as right, and as wrong, for origins and relays alike: here it is claim by claim.
RIGHT = frozenset({Credit.HIT, Credit.RELAY_BORNE_OUT})
WRONG = frozenset({Credit.MISS, Credit.RELAY_NOT})
#: How many of the claims are listed, the newest ones.
LISTED = 100


@dataclass(frozen=True, slots=True)
class Meeting:
    """One claim that both reported.

    `lead_days`: by how many days the first was ahead; negative where the second was.
    """

    first: Position
    second: Position
    lead_days: int


@dataclass(frozen=True, slots=True)
class HeadToHead:
    """What became of the claims that both reported.

    `shared` of them there are; `meetings` are the newest, by the first's report. Of the decided
    ones: how many only the first had right, only the second, both, neither. Of all: who reported
    earlier.
    """

    shared: int
    meetings: tuple[Meeting, ...]
    only_first_right: int
    only_second_right: int
    both_right: int
    neither_right: int
    first_earlier: int
    second_earlier: int
    same_day: int


def head_to_head(first: Source, second: Source, scope: Scope) -> HeadToHead:
    """Compares two sources. Costs little for each claim that they share, and more for those listed.

    What they share is found by the positions' index alone, before any position is looked at.
    """
    theirs = Position.objects.filter(source=second).order_by().values("claim")
    claims = list(
        Position.objects.filter(source=first, claim__in=theirs)
        .order_by()
        .values_list("claim", flat=True)
    )
    mine, others = (_stood(source, claims, scope) for source in (first, second))
    pairs = [(mine[claim], others[claim]) for claim in mine]
    rights = [
        (one.credit in RIGHT, other.credit in RIGHT)
        for one, other in pairs
        if one.credit in RIGHT | WRONG and other.credit in RIGHT | WRONG
    ]
    leads = [(other.day - one.day).days for one, other in pairs]
    newest = sorted(pairs, key=lambda pair: (pair[0].day, pair[0].key), reverse=True)[:LISTED]
    rows = Position.objects.select_related("claim", "report").in_bulk(
        [stood.key for pair in newest for stood in pair]
    )
    return HeadToHead(
        shared=len(pairs),
        meetings=tuple(
            Meeting(rows[one.key], rows[other.key], (other.day - one.day).days)
            for one, other in newest
        ),
        only_first_right=rights.count((True, False)),
        only_second_right=rights.count((False, True)),
        both_right=rights.count((True, True)),
        neither_right=rights.count((False, False)),
        first_earlier=sum(lead > 0 for lead in leads),
        second_earlier=sum(lead < 0 for lead in leads),
        same_day=leads.count(0),
    )


class _Stood(NamedTuple):
    """What of a position is compared."""

    key: int
    day: date
    credit: str


#: Claims that are asked for in one query: SQLite takes no more than so many parameters.
_TOGETHER = 10_000


def _stood(source: Source, claims: list[int], scope: Scope) -> dict[int, _Stood]:
    """The source's positions on these claims within the scope, by claim."""
    rows = Position.objects.filter(source=source).order_by()
    if scope.beat is not None:
        rows = rows.filter(beat=scope.beat)
    if not scope.internal:
        rows = rows.filter(public=True)
    return {
        claim: _Stood(key, day, credit)
        for start in range(0, len(claims), _TOGETHER)
        for claim, key, day, credit in rows.filter(
            claim__in=claims[start : start + _TOGETHER]
        ).values_list("claim_id", "pk", "first_reported_on", "credit")
    }
