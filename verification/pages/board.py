"""The leaderboard."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from verification.domain import scoring
from verification.models import Beat, Source
from verification.pages.charts import interval_bar
from verification.pages.claims import public_beats
from verification.pages.http import asked, public_page
from verification.pages.sources import Row
from verification.services import figures
from verification.services.boards import Board
from verification.services.figures import Scope

#: How many of each part are listed; the others are found in the list of sources.
RANKED_SHOWN, PROVISIONAL_SHOWN = 100, 50


@public_page
def leaderboard(request: HttpRequest) -> HttpResponse:
    """Sources by the lower end of their interval; provisional ones apart, unranked.

    `?beat=` takes the slug of a beat, `?period=` a year in which outcomes became known, and
    `?matured=1` counts only claims whose deadline has passed.
    """
    beats = public_beats()
    beat = _chosen(asked(request, "beat"), beats)
    matured = asked(request, "matured") == "1"
    years = figures.years()
    year = _year(asked(request, "period"), years)
    scope = Scope(beat=beat, matured=matured, year=year)
    board = figures.board(scope, now=timezone.now())
    decided = len(board.ranked) + len(board.provisional)
    shown = [*board.ranked[:RANKED_SHOWN], *board.provisional[:PROVISIONAL_SHOWN]]
    rows = rows_of(board, shown)
    return render(
        request,
        "verification/leaderboard.html",
        {
            "beats": beats,
            "beat": beat,
            "matured": matured,
            "years": years,
            "year": year,
            "prior": board.prior,
            "ranked": [row for row in rows if row.figures.rank],
            "provisional": [row for row in rows if not row.figures.rank],
            "unlisted": decided - len(shown),
            "undecided": len(board.order) - decided,
            "level": scoring.LEVEL,
            "provisional_under": scoring.PROVISIONAL_UNDER,
        },
    )


def _chosen(slug: str, beats: list[Beat]) -> Beat | None:
    if not slug:
        return None
    for beat in beats:
        if beat.slug == slug:
            return beat
    raise Http404("There is no such beat.")


def _year(asked_for: str, years: list[int]) -> int | None:
    if not asked_for:
        return None
    for year in years:
        if str(year) == asked_for:
            return year
    raise Http404("There is no such period.")


def rows_of(board: Board, keys: Sequence[int]) -> list[Row]:
    """The rows of the sources `keys`, in that order."""
    found = Source.objects.select_related("outlet").in_bulk(keys)
    return [
        Row(found[key], board.rows[key], interval_bar(board.rows[key]))
        for key in keys
        if key in found
    ]
