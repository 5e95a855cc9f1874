"""The API about itself: its addresses, its schema, the reader of the schema."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from verification.api.base import ApiView
from verification.api.fields import OneOf
from verification.api.filters import Query


class Root(ApiView):
    """Where everything is."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """The addresses of the lists and of the documentation."""
        names = ("claims", "sources", "leaderboard", "beats", "schema", "docs")
        return Response(
            {name: request.build_absolute_uri(reverse(f"api:{name}")) for name in names}
        )


class SchemaQuery(Query):
    """In which form."""

    format = OneOf([("json", "JSON"), ("yaml", "YAML")], required=False)


class Schema(ApiView):
    """The API in OpenAPI 3.1: JSON unless YAML is asked for."""

    query = SchemaQuery

    renderer_classes = [
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer2,
        OpenApiYamlRenderer,
    ]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """The whole schema, whoever asks."""
        return Response(_schema(get_language()))


@cache
def _schema(language: str) -> Any:
    """Made once for each language: it changes with the code only."""
    return SchemaGenerator().get_schema(request=None, public=True)


class Docs(SpectacularSwaggerSplitView):
    """A page that reads the schema and tries it out."""

    url_name = "api:schema"
    permission_classes = [AllowAny]
    template_name = "verification/api/docs.html"


class Unknown(ApiView):
    """An address under the API that is none of its own."""

    keeps = False

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sends an address that only lacks its last slash on, body and all; 404 to the others."""
        if not request.path.endswith("/") and _is_known(request.path_info + "/"):
            address = request.path + "/"
            if request.META.get("QUERY_STRING"):
                address += "?" + request.META["QUERY_STRING"]
            return HttpResponsePermanentRedirect(address, preserve_request=True)
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuses, whatever the method."""
        raise NotFound(_("There is nothing at this address. The list of addresses: /api/v1/."))


def _is_known(path: str) -> bool:
    try:
        return resolve(path).url_name != "unknown"
    except Resolver404:
        return False
