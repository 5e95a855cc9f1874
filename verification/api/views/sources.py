"""Sources, their positions, and beats."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from verification.api import schema
from verification.api.base import ApiView
from verification.api.filters import (
    PageQuery,
    PositionQuery,
    SourceQuery,
    positions_matching,
    sources_matching,
)
from verification.api.idempotency import one_change
from verification.api.inputs import SourcePatch, SourcePost
from verification.api.pagination import Order
from verification.api.permissions import beats_for, sees_internal, source_at, sources_for
from verification.api.serializers import BeatOut, PositionOut, SourceOut
from verification.api.tables import RENDERERS, columns_of
from verification.models import Source
from verification.services import sources
from verification.services.sources import source_named

BY_NAME = Order("name", ("name", "id"))
NEWEST_POSITION = Order("reported", ("first_reported_on", "id"), descending=True)


class SourceView(ApiView):
    """What the endpoints of sources have in common."""

    def outlet(self, name: str) -> Source | None:
        """The outlet that was named, if one was."""
        if not name:
            return None
        return source_named(actor=self.actor, name=name, now=self.now, field="outlet")


class Sources(SourceView):
    """All sources."""

    query = SourceQuery
    needs = {"POST": ("add_source",)}
    # That a name is taken would tell of a source that only internal claims name.
    sees_all = ("POST",)
    renderer_classes = RENDERERS
    columns = columns_of(SourceOut)
    file_name = "sources"

    @schema.reads(
        "sources_list",
        _("List sources"),
        schema.page_of(SourceOut, "SourcePage"),
        query=SourceQuery,
        table=True,
        description=_("By name."),
    )
    def get(self, request: Request) -> Response:
        """A page of sources."""
        rows = sources_matching(sources_for(request.user), self.asked).select_related("outlet")
        rows = rows.prefetch_related("aliases", "domains")
        return self.page(rows, BY_NAME, SourceOut)

    @schema.changes("sources_create", _("Add a source"), SourcePost, SourceOut, slug=False)
    @one_change
    def post(self, request: Request) -> Response:
        """Makes a source."""
        data = self.body(SourcePost)
        if "outlet" in data:
            data["outlet"] = self.outlet(data["outlet"])
        source = sources.create_source(actor=self.actor, now=self.now, **data)
        address = request.build_absolute_uri(reverse("api:source", args=[source.slug]))
        return Response(self.sent(SourceOut, source), status=201, headers={"Location": address})


class OneSource(SourceView):
    """One source."""

    needs = {"PATCH": ("change_source",)}
    sees_all = ("PATCH",)

    @schema.reads("sources_read", _("Read a source"), SourceOut, slug=True)
    def get(self, request: Request, slug: str) -> Response:
        """The source."""
        source = source_at(slug, request.user)
        return Response(self.sent(SourceOut, source))

    @schema.changes(
        "sources_change",
        _("Change a source"),
        SourcePatch,
        SourceOut,
        status=200,
        method="PATCH",
        description=_("Only what is sent is changed."),
    )
    @one_change
    def patch(self, request: Request, slug: str) -> Response:
        """Changes some of a source's fields."""
        source = source_at(slug, request.user)
        data = self.body(SourcePatch)
        if "outlet" in data:
            data["outlet"] = self.outlet(data["outlet"])
        changed = sources.edit_source(actor=self.actor, source=source, changes=data, now=self.now)
        return Response(self.sent(SourceOut, changed))


class SourcePositions(ApiView):
    """The positions of one source: what its record is made of."""

    query = PositionQuery
    renderer_classes = RENDERERS
    columns = columns_of(PositionOut)
    file_name = "positions"

    @schema.reads(
        "positions_list",
        _("List the positions of a source"),
        schema.page_of(PositionOut, "PositionPage"),
        query=PositionQuery,
        slug=True,
        table=True,
        description=_("What its record is made of, newest first."),
    )
    def get(self, request: Request, slug: str) -> Response:
        """A page of positions."""
        source = source_at(slug, request.user)
        rows = source.positions.all()
        if not sees_internal(request.user):
            rows = rows.filter(public=True)
        rows = positions_matching(rows, self.asked, request.user).select_related(
            "claim", "beat", "report"
        )
        return self.page(rows, NEWEST_POSITION, PositionOut)


class Beats(ApiView):
    """All beats."""

    query = PageQuery

    @schema.reads(
        "beats_list", _("List beats"), schema.page_of(BeatOut, "BeatPage"), query=PageQuery
    )
    def get(self, request: Request) -> Response:
        """A page of beats."""
        return self.page(beats_for(request.user).select_related("editor"), BY_NAME, BeatOut)
