"""The list of sources, and the record of one source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from verification import newsroom
from verification.domain import scoring
from verification.models import Beat, Position, Record, Source
from verification.models.choices import SourceKind
from verification.pages.charts import (
    IntervalBar,
    calibration_chart,
    interval_bar,
    trend_chart,
)
from verification.pages.http import asked, public_page
from verification.pages.paging import Key, a_number, page, some_text
from verification.services import figures, sourcenames
from verification.services.boards import Figures
from verification.services.certainty import certainty_record
from verification.services.figures import Scope
from verification.services.trend import trend

BY_NAME = (Key("folded", some_text), Key("id", a_number))
NEWEST_POSITION = (Key("-first_reported_on", date.fromisoformat), Key("-id", a_number))


@dataclass(frozen=True, slots=True)
class Row:
    """One source in a list, with its figures within the list's scope."""

    source: Source
    figures: Figures
    bar: IntervalBar


@dataclass(frozen=True, slots=True)
class BeatRow:
    """A source's figures on one beat; `figures.prior.mean` is the base rate there."""

    beat: Beat
    figures: Figures
    bar: IntervalBar


@public_page
def sources(request: HttpRequest) -> HttpResponse:
    """Every source by name, narrowed by kind and by a part of the name."""
    wanted = {name: asked(request, name) for name in ("q", "kind")}
    found = (
        Source.objects.standing().readable().select_related("outlet").annotate(folded=Lower("name"))
    )
    if wanted["kind"]:
        found = found.filter(kind=wanted["kind"])
    if wanted["q"]:
        found = found.search(wanted["q"])
    listed = page(found, request, BY_NAME)
    board = figures.board(Scope(), now=timezone.now())
    rows = []
    for source in listed.items:
        numbers = board.figures(source.pk)
        rows.append(Row(source, numbers, interval_bar(numbers)))
    return render(
        request,
        "verification/sources.html",
        {
            "page": listed,
            "rows": rows,
            "wanted": wanted,
            "narrowed": any(wanted.values()),
            "kinds": SourceKind.choices,
        },
    )


@public_page
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """One source's record, down to every position that made it."""
    now = timezone.now()
    found = get_object_or_404(
        Source.objects.readable().select_related("outlet", "merged_into"), slug=slug
    )
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    board = figures.board(Scope(), now=now)
    numbers = board.figures(found.pk)
    points = trend(found, Scope(), now=now)
    certainty = certainty_record(found, Scope())
    positions = Position.objects.filter(source=found, public=True).select_related(
        "claim", "beat", "report__via"
    )
    return render(
        request,
        "verification/source.html",
        {
            "source": found,
            "aliases": sourcenames.aliases_of(found),
            "today": newsroom.day(now),
            "figures": numbers,
            "card_version": f"{numbers.hits}-{numbers.misses}",
            "bar": interval_bar(numbers),
            "detail": figures.detail(found, Scope(), now=now),
            "beats": _by_beat(found, now),
            "page": page(positions, request, NEWEST_POSITION),
            "outlet_figures": board.figures(found.outlet.pk) if found.outlet else None,
            "points": points,
            "trend": trend_chart(points),
            "certainty": certainty,
            "calibration": calibration_chart(certainty.ladder),
            "reporters": [
                (reporter, board.figures(reporter.pk))
                for reporter in Source.objects.standing()
                .readable()
                .filter(outlet=found)
                .order_by("name")
            ],
            "level": scoring.LEVEL,
            "provisional_under": scoring.PROVISIONAL_UNDER,
        },
    )


def _by_beat(found: Source, now: datetime) -> list[BeatRow]:
    """The record on each beat, most decided positions first."""
    kept = Record.objects.filter(source=found, public=True).select_related("beat")
    rows = []
    for record in kept:
        numbers = figures.board(Scope(beat=record.beat), now=now).figures(found.pk)
        rows.append(BeatRow(record.beat, numbers, interval_bar(numbers)))
    return sorted(rows, key=lambda row: (-row.figures.decided, row.beat.name.casefold()))
