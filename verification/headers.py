"""The headers of every answer that Django does not set by itself, and what its log line tells."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from tracker import access

SHARED = "Cross-Origin-Resource-Policy"


class Headers:
    """Sets them where the view has not said otherwise, as those of the widgets do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its headers, and to a HEAD with nothing else."""
        response = self.get_response(request)
        # Here, for it is asked of every answer; a middleware of its own would cost more.
        access.note(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault(SHARED, "same-origin")
        if request.method == "HEAD":
            _without_body(response)
        if settings.SECURE_HSTS_SECONDS and not request.is_secure():
            # The web server in front has not said that it was called over TLS. A browser that was
            # not called so ignores the header.
            response.headers.setdefault("Strict-Transport-Security", hsts())
        return response


def _without_body(response: HttpResponseBase) -> None:
    """Leaves the headers of what a GET would be answered; a web server complains of a body."""
    if isinstance(response, StreamingHttpResponse):
        # What is not read is not made either; the response still closes what it would have read.
        response.streaming_content = ()
    elif isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""


def hsts() -> str:
    """For how long browsers are to come over TLS only."""
    words = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        words.append("includeSubDomains")
    if settings.SECURE_HSTS_PRELOAD:
        words.append("preload")
    return "; ".join(words)
