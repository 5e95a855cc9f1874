"""The headers of every answer that Django does not set by itself, and what its log line tells."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tracker import access

SHARED = "Cross-Origin-Resource-Policy"


class Headers:
    """Sets them where the view has not said otherwise, as those of the widgets do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self.get_response(request)
        # Here, for it is asked of every answer; a middleware of its own would cost more.
        access.note(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault(SHARED, "same-origin")
        if settings.SECURE_HSTS_SECONDS and not request.is_secure():
            # The web server in front has not said that it was called over TLS. A browser that was
            # not called so ignores the header.
            response.headers.setdefault("Strict-Transport-Security", hsts())
        return response


def hsts() -> str:
    """For how long browsers are to come over TLS only."""
    words = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        words.append("includeSubDomains")
    if settings.SECURE_HSTS_PRELOAD:
        words.append("preload")
    return "; ".join(words)
