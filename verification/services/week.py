"""What happened in a week of the newsroom, beat by beat: the facts that all of its digests share.

Read in a fixed number of queries, however many digests are sent, and kept for a minute: a thousand
recipients do not cost a thousand counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any, Generic

from django.db import connection
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from verification import newsroom
from verification.domain import ledger, outcomes
from verification.emails.digest import Latency, Line, LineT, StoryLine
from verification.models import Beat, Claim, LedgerEntry, Verdict
from verification.services import notices

#: Days that "coming" looks ahead, today included.
COMING_DAYS = 14
#: Days of verdicts over which a beat's latency is taken.
LATENCY_DAYS = 90
#: Rows of a part that are listed; the rest is counted.
LISTED = 8
#: How long what was read is told.
KEPT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Found(Generic[LineT]):
    """A row with its beat, whose it is (a user's primary key), and its place among all of them."""

    beat: int
    owner: int | None
    place: tuple[Any, ...]
    line: LineT


@dataclass(frozen=True, slots=True)
class Shelf(Generic[LineT]):
    """How many there are on each beat, and the first of each."""

    counts: Mapping[int, int]
    rows: Mapping[int, Sequence[Found[LineT]]]

    def count(self, beats: Iterable[int]) -> int:
        """How many there are on these beats."""
        return sum(self.counts.get(beat, 0) for beat in beats)

    def first(self, beats: Iterable[int]) -> list[Found[LineT]]:
        """The first of these beats together."""
        found = [row for beat in beats for row in self.rows.get(beat, ())]
        return sorted(found, key=lambda row: row.place)[:LISTED]


@dataclass(frozen=True, slots=True)
class Week:
    """The facts of one week, as of `read_at`. Beats go by their primary keys, in their order."""

    monday: date
    today: date
    read_at: datetime
    names: Mapping[int, str]
    editors: Mapping[int, int | None]
    decided: Shelf[Line]
    awaiting: Shelf[Line]
    coming: Shelf[Line]
    updates: Shelf[StoryLine]
    latencies: Mapping[int, Latency]
    head_number: int
    head_hash: str


_kept: dict[str, Week] = {}


def read(monday: date, *, now: datetime) -> Week:
    """The facts of the week that begins on `monday`, at most a minute old."""
    if connection.in_atomic_block:
        # The transaction may yet be undone.
        return _read(monday, now)
    kept = _kept.get("week")
    if kept is None or kept.monday != monday or not kept.read_at <= now < kept.read_at + KEPT:
        kept = _kept["week"] = _read(monday, now)
    return kept


def _read(monday: date, now: datetime) -> Week:
    today = newsroom.day(now)
    undecided = Claim.objects.undecided()
    awaiting = undecided.awaiting(today)
    coming = undecided.due_between(today, coming_until(today))
    beats = list(Beat.objects.order_by("name").values_list("pk", "name", "editor_id"))
    head = LedgerEntry.objects.order_by("-number").values_list("number", "hash").first()
    return Week(
        monday=monday,
        today=today,
        read_at=now,
        names={pk: name for pk, name, _editor in beats},
        editors={pk: editor for pk, _name, editor in beats},
        decided=_decided(monday),
        awaiting=_undecided(awaiting, today),
        coming=_undecided(coming, today),
        updates=_updates(),
        latencies=_latencies(now),
        head_number=head[0] if head else 0,
        head_hash=head[1] if head else ledger.GENESIS,
    )


def coming_until(today: date) -> date:
    """The last day that counts as coming."""
    return today + timedelta(days=COMING_DAYS - 1)


def claims_found(claims: QuerySet[Claim], today: date) -> list[Found[Line]]:
    """Undecided claims as a digest lists them, in the order in which they come."""
    rows = claims.values_list(
        "pk", "statement", "language", "beat_id", "beat__name", "deadline",
        "assignee_id", "logged_by_id",
    )  # fmt: skip
    return [
        Found(
            beat=beat,
            owner=assignee or logger,
            place=(deadline, pk),
            line=Line(
                claim=pk,
                statement=statement,
                language=language,
                beat=name,
                day=deadline,
                days=(deadline - today).days,
            ),
        )
        for pk, statement, language, beat, name, deadline, assignee, logger in rows
    ]


def _undecided(claims: QuerySet[Claim], today: date) -> Shelf[Line]:
    return _shelf(
        _counts(claims, "beat_id"),
        claims_found(_firsts(claims, "beat_id", "deadline", "id"), today),
    )


def _decided(monday: date) -> Shelf[Line]:
    """What stands of the verdicts given in the week before `monday`; each is told in one week."""
    zone = newsroom.zone()
    verdicts = Verdict.objects.filter(
        decided_at__gte=datetime.combine(monday - timedelta(days=7), time(), tzinfo=zone),
        decided_at__lt=datetime.combine(monday, time(), tzinfo=zone),
        superseded_by__isnull=True,
    )
    rows = _firsts(verdicts, "claim__beat_id", "-decided_at", "-id").values_list(
        "pk", "outcome", "decided_at", "claim_id", "claim__statement", "claim__language",
        "claim__beat_id", "claim__beat__name", "claim__assignee_id", "claim__logged_by_id",
    )  # fmt: skip
    return _shelf(
        _counts(verdicts, "claim__beat_id"),
        [
            Found(
                beat=beat,
                owner=assignee or logger,
                place=(-at.timestamp(), -pk),
                line=Line(
                    claim=claim,
                    statement=statement,
                    language=language,
                    beat=name,
                    day=newsroom.day(at),
                    outcome=outcome,
                ),
            )
            for pk, outcome, at, claim, statement, language, beat, name, assignee, logger in rows
        ],
    )


def _updates() -> Shelf[StoryLine]:
    to_do = notices.to_do()
    rows = _firsts(to_do, "story__claim__beat_id", "id").values_list(
        "pk", "story__claim__beat_id", "recipient_id", "story__author_id", "story__title",
        "verdict__outcome", "created_at",
    )  # fmt: skip
    return _shelf(
        _counts(to_do, "story__claim__beat_id"),
        [
            Found(
                beat=beat,
                owner=author or recipient,
                place=(pk,),
                line=StoryLine(update=pk, title=title, outcome=outcome, day=newsroom.day(at)),
            )
            for pk, beat, recipient, author, title, outcome, at in rows
        ],
    )


def _latencies(now: datetime) -> dict[int, Latency]:
    """How long each beat's verdicts took, in days, over the last ninety days.

    From the day on which the outcome became known (or the day on which the claim was logged, where
    that is later) to the day of the claim's first verdict: what a revision took says nothing of it.
    """
    rows = Verdict.objects.filter(
        decided_at__gte=now - timedelta(days=LATENCY_DAYS),
        supersedes__isnull=True,
        outcome__in=outcomes.MERITS,
    ).values_list(
        "claim__beat_id", "claim__beat__name", "decided_at", "became_known_on", "claim__logged_at"
    )
    days: dict[tuple[int, str], list[int]] = defaultdict(list)
    for beat, name, decided_at, known_on, logged_at in rows:
        could = max(known_on, newsroom.day(logged_at)) if known_on else newsroom.day(logged_at)
        days[beat, name].append((newsroom.day(decided_at) - could).days)
    return {
        beat: Latency(beat=name, median_days=float(median(taken)), decided=len(taken))
        for (beat, name), taken in days.items()
    }


def _counts(rows: QuerySet[Any], beat: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(beat).annotate(n=Count("pk")))


def _firsts(rows: QuerySet[Any], beat: str, *order: str) -> QuerySet[Any]:
    """The first rows of each beat."""
    by = [F(name[1:]).desc() if name.startswith("-") else F(name).asc() for name in order]
    place = Window(RowNumber(), partition_by=[F(beat)], order_by=by)
    found: QuerySet[Any] = rows.annotate(place=place).filter(place__lte=LISTED)
    return found.order_by(*order)


def _shelf(counts: Mapping[int, int], found: Iterable[Found[LineT]]) -> Shelf[LineT]:
    rows: dict[int, list[Found[LineT]]] = defaultdict(list)
    for row in found:
        rows[row.beat].append(row)
    return Shelf(counts, rows)
