"""What every endpoint has: one clock, checked parameters, and an answer that caches can use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, cast

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from verification import newsroom
from verification.api.filters import Query
from verification.api.pagination import Order, page
from verification.models import User

#: How many seconds a public answer may be a little old. With the ETag, asking again is cheap.
MAX_AGE = 60
VARY = ("Authorization", "Cookie", "Accept", "Accept-Language")


class ApiView(APIView):
    """The base of the endpoints.

    `query` are the parameters of its GET, and `needs` the permissions of its other methods (for
    each method, codenames of which one is enough). `now` is read once for each request.
    """

    query: type[Query] = Query
    needs: Mapping[str, tuple[str, ...]] = {}
    now: datetime
    asked: dict[str, Any]

    @property
    def today(self) -> date:
        """The newsroom's day."""
        return newsroom.day(self.now)

    @property
    def actor(self) -> User:
        """Who makes a change."""
        return cast(User, self.request.user)

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
        found = page(
            rows, order, self.request, limit=self.asked["limit"], cursor=self.asked["cursor"]
        )
        results = serializer(found.rows, many=True, context={"today": self.today}).data
        return Response({"results": results, "next": found.next, "previous": found.previous})

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Says how long and for whom the answer holds; 304 where the reader has it already."""
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, VARY)
        if request.method not in ("GET", "HEAD") or response.status_code != 200:
            patch_cache_control(response, no_store=True)
            return response
        return with_etag(request, response)


def with_etag(request: Request, response: Any) -> HttpResponseBase:
    """The answer to a GET with its ETag and Cache-Control, or 304."""
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=MAX_AGE)
    response.render()
    etag = f'W/"{sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request._request, etag=etag, response=response) or response
