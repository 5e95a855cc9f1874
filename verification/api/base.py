"""What every endpoint has: one clock, checked parameters, and an answer that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from verification import newsroom
from verification.api import throttles
from verification.api.filters import Query
from verification.api.negotiation import variant
from verification.api.pagination import LONGEST_PAGE, PAGE_SIZE, Order, page
from verification.api.sharing import share
from verification.api.tables import CSV, Columns, table
from verification.api.throttles import Allowance
from verification.models import User
from verification.readers import (
    SAFE,
    etag_of,
    is_anybody,
    kept_answer,
    unless_known,
)

VARY = ("Authorization", "Cookie", "Accept", "Accept-Language")


class ApiView(APIView):
    """The base of the endpoints.

    `query` are the parameters of its GET, and `needs` the permissions of its other methods (for
    each method, codenames of which one is enough); those in `sees_all` take the permission to see
    internal claims as well. `now` is read once for each request.

    What anybody may read is rendered once and kept while nothing changes, unless `keeps` says no.
    """

    keeps = True
    #: Of a list that can be had as CSV: its columns, and what the file is called.
    columns: Columns = {}
    file_name = ""
    query: type[Query] = Query
    needs: Mapping[str, tuple[str, ...]] = {}
    sees_all: tuple[str, ...] = ()
    now: datetime
    asked: dict[str, Any]
    allowance: Allowance | None = None

    @property
    def today(self) -> date:
        """The newsroom's day."""
        return newsroom.day(self.now)

    @property
    def actor(self) -> User:
        """Who makes a change."""
        return cast(User, self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A kept answer where there is one, before the framework begins its work."""

        def render() -> HttpResponseBase:
            return super(ApiView, self).dispatch(request, *args, **kwargs)

        kept = None
        if self.keeps and request.method in SAFE and is_anybody(request):
            kept = variant(request, self.media_types())
        try:
            response = render() if kept is None else kept_answer(request, render, variant=kept)
        except DatabaseError:
            # The framework meets the same, and says it as a problem.
            response = render()
        if request.method in SAFE:
            response = unless_known(request, response)
        if self.allowance is not None:
            for name, value in self.allowance.headers.items():
                response[name] = value
        return share(request, response)

    @classmethod
    @cache
    def media_types(cls) -> tuple[str, ...]:
        """What it can send, the usual form first."""
        return tuple(str(renderer.media_type) for renderer in cls.renderer_classes)

    def get_renderers(self) -> list[BaseRenderer]:
        """Those of the view; the answer to a change has one form."""
        is_read = self.request is None or self.request.method in (*SAFE, "OPTIONS")
        return [
            made() for made in (self.renderer_classes if is_read else self.renderer_classes[:1])
        ]

    def perform_authentication(self, request: Request) -> None:
        """Asks who it is, and counts the request either way. Raises what says no, or Throttled."""
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            # Whoever guesses at tokens is counted too, and soon turned away.
            self.count(throttles.count_address(request._request))
            wrong = throttles.count_wrong_token(request._request)
            if wrong is not None:
                self.count(wrong)
            raise
        self.count(throttles.count(request))

    def count(self, allowance: Allowance | None) -> None:
        """Notes what the client has left. Raises Throttled where that is less than nothing."""
        self.allowance = allowance
        if allowance is not None and allowance.left < 0:
            raise Throttled(wait=allowance.seconds)

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """What may be done here: the header `Allow` says it."""
        return Response(status=204)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Asks who it is and what may be done, then what is wanted."""
        self.now = timezone.now()
        super().initial(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            self.asked = self.query.read(request)

    def body(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """The checked body. Raises ValidationError."""
        checked = serializer(data=self.request.data)
        checked.is_valid(raise_exception=True)
        return dict(checked.validated_data)

    def sent(self, serializer: type[serializers.Serializer[Any]], row: Any) -> Any:
        """The row as JSON."""
        return serializer(row, context={"today": self.today}).data

    def page(
        self, rows: Any, order: Order, serializer: type[serializers.Serializer[Any]]
    ) -> Response:
        """One page of a list."""
        found = page(rows, order, self.request, limit=self.limit(), cursor=self.asked["cursor"])
        results = serializer(found.rows, many=True, context={"today": self.today}).data
        return self.listed(results, found.next, found.previous, rows=found.rows)

    def limit(self) -> int:
        """How many rows: as asked, else a page to look at, or what a spreadsheet should have."""
        given: int | None = self.asked.get("limit")
        if given is not None:
            return given
        is_json = self.request.accepted_renderer.format == "json"
        return PAGE_SIZE if is_json else LONGEST_PAGE

    def listed(
        self, results: Any, following: str | None, previous: str | None, *, rows: Any = ()
    ) -> Response:
        """The rows of a list in the form that was asked for, with the pages beside as `Link`."""
        beside = (("next", following), ("prev", previous))
        links = ", ".join(f'<{address}>; rel="{name}"' for name, address in beside if address)
        headers = {"Link": links} if links else {}
        if self.request.accepted_renderer.format == CSV:
            headers["Content-Disposition"] = f'attachment; filename="{self.file_name}.csv"'
            return Response(list(self.csv(results, rows)), headers=headers)
        return Response(
            {"results": results, "next": following, "previous": previous}, headers=headers
        )

    def csv(self, results: Any, rows: Any) -> Iterable[str]:
        """The lines of the list as CSV."""
        return table(self.columns, results)

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Says how long and for whom the answer holds."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(answer, VARY)
        if request.method not in SAFE or answer.status_code != 200:
            patch_cache_control(answer, no_store=True)
            return answer
        # Kept by whoever likes, and asked for anew each time: no stale figure beside a new one.
        whose = "public" if is_anybody(request._request) else "private"
        patch_cache_control(answer, **{whose: True}, no_cache=True)
        answer.render()
        # The framework takes it from a body with nothing in it: JSON Lines of an empty list.
        answer.headers.setdefault("Content-Type", request.accepted_media_type)
        answer["ETag"] = etag_of(answer.content)
        return answer
