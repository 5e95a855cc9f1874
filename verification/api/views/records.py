"""Records and the leaderboard."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from verification.api import schema
from verification.api.base import ApiView
from verification.api.filters import BoardQuery, RecordQuery, beat_of
from verification.api.permissions import sees_internal, source_at
from verification.api.problems import invalid
from verification.api.standings import LeaderOut, RecordOut
from verification.api.tables import RENDERERS, Columns
from verification.domain import scoring
from verification.models import Source
from verification.services import figures
from verification.services.boards import Figures
from verification.services.errors import refuse
from verification.services.figures import Scope

OFFSET = "offset"
#: What of a line a table has: all of it, and what belongs together side by side.
COLUMNS: Columns = {
    name: (name,)
    for name in (
        "rank", "source", "name", "beat", "as_of", "matured", "hits", "misses",
        "lapsed_uncounted", "open", "accuracy",
    )
} | {
    "interval_low": ("interval", 0),
    "interval_high": ("interval", 1),
    "level": ("level",),
    "provisional": ("provisional",),
    "relays_total": ("relays", "total"),
    "relays_borne_out": ("relays", "borne_out"),
    "relays_not": ("relays", "not"),
    "prior_mean": ("prior", "mean"),
    "prior_strength": ("prior", "strength"),
    "first_to_report": ("first_to_report",),
    "method": ("method",),
}  # fmt: skip


class ScopedView(ApiView):
    """What a record and the leaderboard count."""

    query: type[RecordQuery] = RecordQuery

    def scope(self) -> Scope:
        """What was asked for. Raises ValidationError for `beat` and `as_of`."""
        asked = self.asked
        if asked["internal"] and not sees_internal(self.request.user):
            if not self.request.user.is_authenticated:
                raise NotAuthenticated
            refuse(self.request.user, "view_claim")
        as_of = asked.get("as_of")
        if as_of is not None and as_of > self.today:
            raise invalid(
                "as_of",
                _("Enter a day up to %(today)s.") % {"today": self.today.isoformat()},
            )
        return Scope(
            beat=beat_of(asked, self.request.user),
            # What is known at the end of today is what is known now, and that is kept.
            as_of=None if as_of == self.today else as_of,
            matured=asked["matured"],
            internal=asked["internal"],
        )

    def standing(self, source: Source, found: Figures, scope: Scope) -> dict[str, Any]:
        """What a record and a line of the leaderboard have in common."""
        return {
            "source": source.slug,
            "beat": scope.beat.slug if scope.beat else None,
            "as_of": scope.as_of or self.today,
            "matured": scope.matured,
            "hits": found.hits,
            "misses": found.misses,
            "lapsed_uncounted": found.lapsed_uncounted,
            "open": found.open,
            "relays": {
                "total": found.relays,
                "borne_out": found.relays_borne_out,
                "not": found.relays_not,
            },
            "accuracy": found.accuracy,
            "interval": [found.low, found.high],
            "level": scoring.LEVEL,
            "provisional": found.provisional,
            "rank": found.rank,
            "prior": {"mean": found.prior.mean, "strength": found.prior.strength},
            "first_to_report": found.first_to_report,
            "method": figures.METHOD,
        }


class SourceRecord(ScopedView):
    """The record of one source."""

    @schema.reads(
        "sources_record",
        gettext_lazy("Read the record of a source"),
        RecordOut,
        query=RecordQuery,
        slug=True,
        internal=True,
        description=gettext_lazy("Public claims only, unless the desk's own view is asked for."),
    )
    def get(self, request: Request, slug: str) -> Response:
        """The record."""
        source = source_at(slug, request.user)
        scope = self.scope()
        found = figures.board(scope, now=self.now).figures(source.pk)
        detail = figures.detail(source, scope, now=self.now)
        record = self.standing(source, found, scope) | {
            "brier": asdict(detail.brier) if detail.brier else None,
            "median_lead_days": detail.median_lead_days,
        }
        return Response(self.sent(RecordOut, record))


class Leaderboard(ScopedView):
    """The records of all sources, ranked."""

    query = BoardQuery
    renderer_classes = RENDERERS
    columns = COLUMNS
    file_name = "leaderboard"

    @schema.reads(
        "leaderboard",
        gettext_lazy("Read the leaderboard"),
        schema.page_of(LeaderOut, "LeaderPage"),
        query=BoardQuery,
        table=True,
        internal=True,
        description=gettext_lazy(
            "Ranked by the lower end of the interval; provisional sources follow, without a rank."
        ),
    )
    def get(self, request: Request) -> Response:
        """Some lines of the leaderboard."""
        scope = self.scope()
        board = figures.board(scope, now=self.now)
        first, limit = self.asked[OFFSET], self.limit()
        shown = board.order[first : first + limit]
        sources = Source.objects.in_bulk(shown)
        lines = [
            self.standing(sources[pk], board.rows[pk], scope) | {"name": sources[pk].name}
            for pk in shown
            if pk in sources
        ]
        return self.listed(
            LeaderOut(lines, many=True).data,
            self.beside(first + limit, len(board.order)),
            self.beside(max(first - limit, 0), first),
        )

    def beside(self, offset: int, end: int) -> str | None:
        """The address of the lines from `offset`, if there are any before `end`."""
        if offset >= end:
            return None
        here = self.request.build_absolute_uri()
        if offset == 0:
            return remove_query_param(here, OFFSET)
        return replace_query_param(here, OFFSET, offset)
