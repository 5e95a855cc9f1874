"""Answers to readers who are nobody in particular: rendered once, kept while nothing changes.

For the faces that have such readers, which do not know each other. What an answer depends on is its
key: the address with its parameters, the language, the newsroom's day and the representation.
Whoever is signed in or has a token is answered anew each time.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from verification import newsroom
from verification.services import publication
from verification.services.publication import Body

SAFE = frozenset({"GET", "HEAD"})


def is_anybody(request: HttpRequest) -> bool:
    """Whether it is a reader of whom nothing is known: no token, and no session of the desk."""
    return (
        "HTTP_AUTHORIZATION" not in request.META
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def kept_answer(
    request: HttpRequest, render: Callable[[], HttpResponseBase], *, variant: str = ""
) -> HttpResponseBase:
    """The answer to a GET or HEAD of anybody, with its ETag: a kept one, or what `render` makes.

    `variant` is the representation, where an address has several. What is not a plain 200, or sets
    a cookie, is passed on and not kept. Costs one query where the answer is kept.
    """
    query = urlencode(sorted(request.GET.lists()), doseq=True) if request.GET else ""
    key = (
        request.scheme,
        request.get_host(),
        request.path,
        query,
        get_language(),
        newsroom.day(timezone.now()),
        variant,
    )
    body = publication.bodies.get(key, publication.version())
    if body is None:
        # What links to itself does so by the address of the key, not as this reader wrote it.
        request.META["QUERY_STRING"] = query
        with publication.snapshot() as version:
            response = render()
        if (
            response.status_code != 200
            or not isinstance(response, HttpResponse)
            or response.cookies
        ):
            return response
        if "ETag" not in response:
            response["ETag"] = etag_of(response.content)
        body = Body(response.content, dict(response.items()))
        publication.bodies.put(key, version, body)
    return HttpResponse(body.content, headers=body.headers)


def etag_of(content: bytes) -> str:
    """What tells an answer from another.

    Made of the content and not of the version: so it holds over changes elsewhere, and not over a
    new release that says the same in other words.
    """
    return f'W/"{sha256(content).hexdigest()[:32]}"'


def unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or 304 where the reader says that it has the one with this ETag."""
    if "HTTP_IF_NONE_MATCH" not in request.META or "ETag" not in response:
        return response
    known = get_conditional_response(request, etag=response["ETag"], response=response)  # type: ignore[arg-type]
    return known or response
