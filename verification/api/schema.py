"""How the endpoints describe themselves in OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS

from verification.api import idempotency
from verification.api.fields import Strict
from verification.api.filters import Query
from verification.api.problems import MEDIA_TYPE, TYPES
from verification.api.serializers import ProblemOut
from verification.api.tables import RENDERERS

View = TypeVar("View", bound=Callable[..., Any])
SerializerClass = type[serializers.Serializer[Any]]

SLUG = OpenApiParameter("slug", str, OpenApiParameter.PATH, description=_("The slug."))
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description=_("The ETag of an earlier answer: 304 where it still holds."),
)
ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    description=_("What tells this answer from another."),
    response=[200, 304],
)
LINK = OpenApiParameter(
    "Link",
    str,
    OpenApiParameter.HEADER,
    description=_("The pages beside this one (RFC 8288), whatever its form."),
    response=[200],
)
RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    int,
    OpenApiParameter.HEADER,
    description=_("Seconds to wait."),
    response=[429],
)
#: The forms of a list besides JSON.
TABLES = tuple(str(renderer.media_type) for renderer in RENDERERS[1:])
TEXT = OpenApiResponse(OpenApiTypes.STR, description=_("One page, a row on each line."))
IDEMPOTENCY_KEY = OpenApiParameter(
    idempotency.HEADER,
    str,
    OpenApiParameter.HEADER,
    description=_(
        "Any text of your own, such as a UUID. Within 24 hours, the same request with the same key "
        "is made once and answered twice."
    ),
)


class BearerScheme(OpenApiAuthenticationExtension):
    """`Authorization: Bearer <token>`."""

    target_class = "verification.api.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """The scheme."""
        return build_bearer_security_scheme_object(
            header_name="Authorization",
            token_prefix="Bearer",  # noqa: S106  (the scheme's name)
        )


class SessionScheme(OpenApiAuthenticationExtension):
    """Somebody who is signed in to the desk; changes need the CSRF token."""

    target_class = "rest_framework.authentication.SessionAuthentication"
    name = "session"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """The scheme."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


class ApiSchema(AutoSchema):
    """Knows that what is public can be read by anybody, and that unknown names are refused."""

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        schema = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if isinstance(serializer, Strict):
            schema["additionalProperties"] = False
        if words := schema.get("description"):
            # What the class says of itself in English, in the catalogue's words.
            schema["description"] = gettext(words)
        return schema

    def get_description(self) -> str:  # type: ignore[override]  # as drf-spectacular has it
        """What an operation does, where it is described by its docstring alone too."""
        words = super().get_description()
        return gettext(words) if words else ""

    def get_auth(self) -> list[dict[str, list[str]]]:
        """The ways to say who is asking; for a GET, none is one of them."""
        ways: list[dict[str, list[str]]] = super().get_auth()
        return [{}, *ways] if self.method in SAFE_METHODS else ways


def problems(*statuses: int) -> dict[Any, OpenApiResponse]:
    """The error answers."""
    return {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemOut, description=TYPES[status][1])
        for status in statuses
    }


def page_of(item: SerializerClass, name: str) -> serializers.Serializer[Any]:
    """One page of a list."""
    return inline_serializer(
        name=name,
        fields={
            "results": item(many=True),
            "next": serializers.URLField(allow_null=True, help_text=_("The next page.")),
            "previous": serializers.URLField(allow_null=True, help_text=_("The page before.")),
        },
    )


def reads(
    operation: str,
    summary: Any,
    returns: Any,
    *,
    query: type[Query] = Query,
    slug: bool = False,
    table: bool = False,
    internal: bool = False,
    description: Any = "",
) -> Callable[[View], View]:
    """Describes a GET.

    `table`: a list that is also to be had as CSV and JSON Lines. `internal`: it has a view of the
    desk's own, which is refused to others.
    """
    return extend_schema(
        operation_id=operation,
        summary=summary,
        description=description,
        parameters=[
            *([SLUG] if slug else []),
            *([query] if query is not Query else []),
            IF_NONE_MATCH,
            ETAG,
            *([LINK] if table else []),
            RETRY_AFTER,
        ],
        responses={
            (200, "application/json"): returns,
            **({(200, media_type): TEXT for media_type in TABLES} if table else {}),
            304: OpenApiResponse(description=_("What you have still holds.")),
            **problems(
                400,
                401,
                *((403,) if internal else ()),
                *((404,) if slug else ()),
                406,
                429,
            ),
        },
    )


def changes(
    operation: str,
    summary: Any,
    takes: SerializerClass,
    returns: Any,
    *,
    status: int = 201,
    method: str = "POST",
    slug: bool = True,
    proposes: SerializerClass | None = None,
    description: Any = "",
) -> Callable[[View], View]:
    """Describes a POST or PATCH; `proposes` is what it answers where somebody has to confirm it."""
    repeatable = method == "POST"
    return extend_schema(
        operation_id=operation,
        summary=summary,
        description=description,
        parameters=[
            *([SLUG] if slug else []),
            *([IDEMPOTENCY_KEY] if repeatable else []),
            RETRY_AFTER,
        ],
        request=takes,
        responses={
            status: returns,
            **({202: proposes} if proposes else {}),
            **problems(
                400,
                401,
                403,
                *((404, 409) if slug else ()),
                406,
                415,
                *((422,) if repeatable else ()),
                429,
            ),
        },
    )
