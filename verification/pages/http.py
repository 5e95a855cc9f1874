"""What every public page has in common: how it is asked and how it may be kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from verification.readers import headers_only, is_anybody, kept_answer, unless_known

View = Callable[..., HttpResponse]

#: A longer search than this is a slip of the clipboard.
ASKED_MAX = 200
#: Every parameter that a page reads. A page with any other one is answered as if it were not there,
#: but not kept, so that nobody can fill the memory with made-up addresses.
PARAMETERS = frozenset(
    {"after", "beat", "before", "kind", "matured", "other", "q", "source", "status"}
)

#: The value of a form's token is the reader's own: a kept page has it empty. No text of a claim can
#: look like this, for in a text the quotation marks are escaped.
_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*(?=")')
_NO_TOKEN = b'name="csrfmiddlewaretoken" value=""'


def public_page(view: View) -> Callable[..., HttpResponseBase]:
    """A page that anyone may read: GET and HEAD only, one for each language, asked for anew.

    For readers who are not signed in it is rendered once and kept while nothing changes.
    """
    rendered = vary_on_headers("Cookie", "Accept-Language")(
        cache_control(private=True, no_cache=True)(view)
    )

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_anybody(request) or not PARAMETERS.issuperset(request.GET):
            return headers_only(request, rendered(request, *args, **kwargs))
        answer = kept_answer(request, lambda: _without_token(rendered(request, *args, **kwargs)))
        return headers_only(request, _for_this_reader(request, answer))

    return require_safe(page)


def _without_token(response: HttpResponse) -> HttpResponse:
    if response.status_code == 200:
        response.content = _TOKEN.sub(rb"\1", response.content)
    return response


def _for_this_reader(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The page with the reader's own token in its forms, or 304."""
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return response
    if _NO_TOKEN in response.content:
        if settings.CSRF_COOKIE_NAME in request.COOKIES:
            # Only with its cookie does the token of the page that the reader has still hold.
            known = unless_known(request, response)
            if known is not response:
                return known
        token = b'name="csrfmiddlewaretoken" value="%s"' % get_token(request).encode()
        response.content = response.content.replace(_NO_TOKEN, token)
        return response
    return unless_known(request, response)


def asked(request: HttpRequest, name: str) -> str:
    """One value of the address's query, trimmed; without NUL, which PostgreSQL refuses."""
    return " ".join(request.GET.get(name, "").replace("\0", "").split())[:ASKED_MAX]
