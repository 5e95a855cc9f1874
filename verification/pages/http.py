"""What every public page has in common: how it is asked and how it may be kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

View = Callable[..., HttpResponse]

#: A longer search than this is a slip of the clipboard.
ASKED_MAX = 200


def public_page(view: View) -> View:
    """A page that anyone may read: GET and HEAD only, one for each language, asked for anew."""
    kept = cache_control(private=True, no_cache=True)(view)
    return require_safe(vary_on_headers("Cookie", "Accept-Language")(kept))


def asked(request: HttpRequest, name: str) -> str:
    """One value of the address's query, trimmed; without NUL, which PostgreSQL refuses."""
    return " ".join(request.GET.get(name, "").replace("\0", "").split())[:ASKED_MAX]
