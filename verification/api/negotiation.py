"""Which representation is sent: the one that `?format=` names, or else by the header `Accept`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

#: The parameter. A value that is not offered is refused like that of any other parameter.
FORMAT = "format"
#: What is read of a header `Accept`: no program has more to say.
LONGEST_ACCEPT = 2000


@lru_cache(maxsize=512)
def _by_header(accept: str, offered: tuple[str, ...]) -> str | None:
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = ",".join(_without_parameters(part) for part in accept.split(","))
    return request.get_preferred_type(list(offered))


def _without_parameters(accepted: str) -> str:
    """Without what our types have none of, such as a charset: all that counts is the weight."""
    media_type, *parameters = accepted.split(";")
    weights = [one.strip() for one in parameters if one.strip().lower().startswith("q=")]
    return ";".join([media_type.strip(), *weights[:1]])


def variant(request: HttpRequest, offered: tuple[str, ...]) -> str | None:
    """The media type that is sent, of those offered; none where the reader accepts none of them.

    Where the address itself names a form, the header does not matter: the first one offered.
    """
    if request.GET.get(FORMAT, "").strip():
        return offered[0]
    return _by_header(request.META.get("HTTP_ACCEPT", "*/*")[:LONGEST_ACCEPT] or "*/*", offered)


class Negotiation(DefaultContentNegotiation):
    """The framework's, with the same answers as `variant`."""

    def select_renderer(  # type: ignore[override]
        self, request: Request, renderers: Sequence[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """The renderer and its media type. Raises NotAcceptable."""
        by_type = {str(renderer.media_type): renderer for renderer in renderers}
        wanted = variant(request._request, tuple(by_type))
        named = request.query_params.get(FORMAT, "").strip()
        for media_type, renderer in by_type.items():
            if named == renderer.format or (not named and media_type == wanted):
                return renderer, media_type
        if wanted is None:
            raise NotAcceptable(available_renderers=list(renderers))
        # A form that there is not: the refusal of the parameter is sent in the first one.
        return by_type[wanted], wanted
