"""The records as of a past day, from sums that are kept: no history is replayed to read one.

Each claim has its *course*: from which day on the position of each source counted as what. Whatever
changes a claim calls `follow` in its own transaction, which works the course out anew, takes what
the old one had put into the sums out of them and puts in what the new one gives. So a revised
verdict, a withdrawn report or a claim that changes its beat change every past day that they
change in a replay, and no other.

What was moved is summed by day, by month and by year. The record as of a day is the years before
it, the months of its year before it and the days of its month: its cost does not grow with what was
logged in any of them.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from verification import newsroom
from verification.domain import courses
from verification.domain.courses import Course
from verification.domain.credit import ReportFacts
from verification.models import (
    Claim,
    PastBreakdown,
    PastDay,
    PastRecord,
    RecordsRevision,
    Source,
    Verdict,
)
from verification.models import Course as CourseRow
from verification.services import multirow
from verification.services.breakdowns import Share
from verification.services.scopes import Scope

#: The columns that are summed of a `PastRecord`.
TALLIES = (*dict.fromkeys(courses.TALLY_OF.values()), courses.FIRST)

#: A report with the time at which it was logged, and a verdict as (decided at, outcome, known on).
Logged = tuple[datetime, ReportFacts]
Given = tuple[datetime, str, date | None]
#: What is moved where: matured, day, public, beat, source.
Place = tuple[bool, int, bool, int, int]
Moves = dict[Place, Counter[str]]

DAY = ("matured", "day", "public", "beat_id")
SPAN = ("matured", "span", "starts", "public", "beat_id", "source_id")
PART = ("source_id", "matured", "part", "starts", "public", "beat_id", "value")


# --- Kept -----------------------------------------------------------------------------------------


def course_of(claim: Claim, reports: Iterable[Logged], verdicts: Iterable[Given]) -> Course:
    """The course of a claim, of its reports and its verdicts in the order of their keys."""
    return Course(
        beat=claim.beat_id,
        public=claim.public,
        matures=courses.matures(claim.deadline),
        marks=courses.marks(
            claim.deadline_basis,
            [(_day(at), facts) for at, facts in reports],
            [(_day(at), outcome, known_on) for at, outcome, known_on in verdicts],
        ),
    )


def follow(claim: Claim, reports: Iterable[Logged]) -> None:
    """Brings the course of one claim and the sums that it makes up to date.

    `reports` are all that it has. Call it inside the transaction of the change, with the chain of
    the ledger held, as every change has it.
    """
    given = Verdict.objects.filter(claim=claim).order_by("id")
    right = course_of(claim, reports, given.values_list("decided_at", "outcome", "became_known_on"))
    kept = of_claims(claim.pk, claim.pk).get(claim.pk)
    if kept == right:
        return
    CourseRow.objects.update_or_create(claim_id=claim.pk, defaults={"course": as_list(right)})
    move(difference([kept] if kept else [], [right]))


def enter(new: Mapping[int, Course]) -> None:
    """Keeps the courses of new claims, by their keys, and adds them to the sums."""
    keep(new)
    move(difference([], new.values()))


def keep(new: Mapping[int, Course]) -> None:
    """Keeps the courses of new claims, by their keys, and leaves the sums alone."""
    multirow.insert(
        CourseRow, [CourseRow(claim_id=key, course=as_list(row)) for key, row in new.items()]
    )


def as_list(course: Course) -> list[Any]:
    """A course as it is kept."""
    marks = [[day, source, *counts] for day, source, counts in course.marks]
    return [course.beat, course.public, course.matures, marks]


def of_claims(first: int, last: int) -> dict[int, Course]:
    """The kept courses of the claims with the keys from `first` to `last`."""
    rows = CourseRow.objects.filter(claim__gte=first, claim__lte=last)
    return {
        key: Course(
            beat, public, matures, tuple((day, source, tuple(of)) for day, source, *of in marks)
        )
        for key, (beat, public, matures, marks) in rows.values_list("claim_id", "course")
    }


def difference(old: Iterable[Course], new: Iterable[Course]) -> Moves:
    """What the sums are to be moved by, where some courses give way to others."""
    found: Moves = {}
    for sign, some in ((-1, old), (1, new)):
        for course in some:
            for (matured, day, source), moved in courses.moves(course).items():
                place = (matured, day, course.public, course.beat, source)
                sums = found.setdefault(place, Counter())
                for name, number in moved.items():
                    sums[name] += sign * number
    kept = ((place, _without_zeros(sums)) for place, sums in found.items())
    return {place: sums for place, sums in kept if sums}


@dataclass(frozen=True, slots=True)
class Folded:
    """Moves as they are summed: by day and source, by month and year, by month of each part."""

    days: dict[tuple[Any, ...], dict[int, Counter[str]]]
    spans: dict[tuple[Any, ...], Counter[str]]
    parts: dict[tuple[Any, ...], Counter[str]]


def fold(moves: Moves) -> Folded:
    """The moves by the keys of the rows that keep them: `DAY`, `SPAN` and `PART`."""
    found = Folded(defaultdict(dict), defaultdict(Counter), defaultdict(Counter))
    for (matured, number, public, beat, source), sums in moves.items():
        day = date.fromordinal(number)
        month, year = day.replace(day=1), date(day.year, 1, 1)
        found.days[matured, day, public, beat][source] = sums
        in_month = found.spans[matured, PastRecord.MONTH, month, public, beat, source]
        in_year = found.spans[matured, PastRecord.YEAR, year, public, beat, source]
        for name, by in sums.items():
            if name in _TALLIES:
                in_month[name] += by
                in_year[name] += by
            else:
                part, value, came = said(name)
                found.parts[source, matured, part, month, public, beat, value][came] += by
    return found


def move(moves: Moves) -> None:
    """Moves the sums of days, months and years."""
    folded = fold(moves)
    _move_days(folded.days)
    for model, key, sums_of, columns in (
        (PastRecord, SPAN, folded.spans, TALLIES),
        (PastBreakdown, PART, folded.parts, ("yes", "no")),
    ):
        moved = {which: sums for which, sums in sums_of.items() if any(sums.values())}
        multirow.add_up(model, key, moved, columns)


def said(name: str) -> tuple[str, str, str]:
    """Part, value and yes or no of "certainty almost-certain yes"."""
    part, _space, rest = name.partition(" ")
    value, _space, came = rest.rpartition(" ")
    return part, value, came


_TALLIES = frozenset(TALLIES)


def _move_days(days: Mapping[tuple[Any, ...], Mapping[int, Counter[str]]]) -> None:
    near = [set(values) for values in zip(*days, strict=True)]
    if not near:
        return
    rows = PastDay.objects.filter(
        **{f"{name}__in": values for name, values in zip(DAY, near, strict=True)}
    )
    kept = {(row.matured, row.day, row.public, row.beat_id): row for row in rows}
    fresh, changed, gone = [], [], []
    for key in sorted(days):
        row = kept.get(key) or PastDay(**dict(zip(DAY, key, strict=True)), moves={})
        for source, sums in days[key].items():
            moved = Counter(row.moves.get(str(source), {}))
            moved.update(sums)
            row.moves[str(source)] = _without_zeros(moved)
            if not row.moves[str(source)]:
                del row.moves[str(source)]
        if key not in kept:
            fresh.append(row)
        elif row.moves:
            changed.append((json.dumps(row.moves), row.pk))
        else:
            gone.append(row.pk)
    multirow.insert(PastDay, [row for row in fresh if row.moves])
    if changed:
        multirow.update(PastDay, ("moves",), changed)
    if gone:
        PastDay.objects.filter(pk__in=gone).delete()


def _without_zeros(sums: Mapping[str, int]) -> Counter[str]:
    return Counter({name: number for name, number in sums.items() if number})


def _day(moment: datetime) -> int:
    return newsroom.day(moment).toordinal()


# --- Read -----------------------------------------------------------------------------------------


def kept() -> bool:
    """Whether the sums are to be believed: nothing was changed by a release without them."""
    return not RecordsRevision.objects.exclude(number=F("past")).exists()


def tallies(scope: Scope, day: date, total: Mapping[int, Mapping[str, int]]) -> list[Any]:
    """What adds up to the tallies as of a day, as (sign, tallies by source).

    `total` is what all that was ever moved comes to: the kept tallies. From the side that has fewer
    years: what was moved up to the day, or the total without what was moved after it.
    """
    years = _of(PastRecord, scope).filter(span=PastRecord.YEAR).values_list("starts", flat=True)
    # The two ends of an index, where MIN and MAX in one would read all of it.
    first, last = years.order_by("starts").first(), years.order_by("-starts").first()
    if first is None or last is None:
        return []
    month, year = day.replace(day=1), date(day.year, 1, 1)
    if day.year - first.year <= last.year - day.year:
        sign, found = 1, []
        in_years, in_months = Q(starts__lt=year), Q(starts__gte=year, starts__lt=month)
        days = Q(day__gte=month, day__lte=day)
    else:
        sign, found = -1, [(1, total)]
        in_years = Q(starts__gt=year)
        in_months = Q(starts__gt=month, starts__lte=date(day.year, 12, 1))
        days = Q(day__gt=day, day__lte=_last_of(month))
    rows = _within(_of(PastRecord, scope), scope)
    for span, which in ((PastRecord.YEAR, in_years), (PastRecord.MONTH, in_months)):
        sums = rows.filter(which, span=span).order_by().values_list("source_id")
        found.append((sign, {
            source: dict(zip(TALLIES, numbers, strict=True))
            for source, *numbers in sums.annotate(*(Sum(name) for name in TALLIES))
        }))  # fmt: skip
    return found + [
        (sign, {
            int(source): {name: by for name, by in sums.items() if name in _TALLIES}
            for source, sums in moves.items()
        })
        for moves in _days(scope, days)
    ]  # fmt: skip


def breakdown(source: Source, scope: Scope, day: date, *parts: str) -> dict[str, dict[str, Share]]:
    """Of each of the parts (certainty, lead) the share of each value, as of a day."""
    month = day.replace(day=1)
    found: dict[str, dict[str, Share]] = {part: {} for part in parts}
    rows = _within(_of(PastBreakdown, scope).filter(source=source), scope)
    rows = rows.filter(part__in=parts, starts__lt=month).order_by()
    for part, value, yes, no in rows.values_list("part", "value").annotate(Sum("yes"), Sum("no")):
        found[part][value] = (yes, no)
    for moves in _days(scope, Q(day__gte=month, day__lte=day)):
        for name, by in moves.get(str(source.pk), {}).items():
            part, value, came = said(name)
            if part in found:
                yes, no = found[part].get(value, (0, 0))
                found[part][value] = (yes + by, no) if came == "yes" else (yes, no + by)
    return {
        part: {value: share for value, share in shares.items() if any(share)}
        for part, shares in found.items()
    }


def _days(scope: Scope, which: Q) -> Iterator[Mapping[str, Mapping[str, int]]]:
    rows = _within(_of(PastDay, scope).filter(which), scope)
    yield from rows.order_by().values_list("moves", flat=True)


def _of(model: type[PastRecord | PastDay | PastBreakdown], scope: Scope) -> QuerySet[Any]:
    # SQLite searches no index for what is asked as `NOT matured`.
    return model._default_manager.filter(matured__in=[scope.matured])


def _within(rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    """The rows over the beat and audience of the scope."""
    # Both are named, so that the index is searched by the day as well.
    rows = rows.filter(public__in=[True, False] if scope.internal else [True])
    return rows if scope.beat is None else rows.filter(beat=scope.beat)


def _last_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
