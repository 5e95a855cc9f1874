"""What surrounds every request: its id, its time, and one line of the log when it is answered.

It stands before Django, so that it also sees what is answered without it. Where nothing else is
said of a request, it costs some microseconds: the line is put together and written by hand, for
Python's logging would take several times as long.

The line says what was asked for, by the name of the view, and never by whom but for the number of
the user of the desk: readers are not recorded.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tracker.logs import JSON, moment
from tracker.measures import REQUESTS
from tracker.tally import tally
from tracker.tracing import REQUEST_ID, request_id

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

#: Where whoever answers a request notes which view it was, its path without secrets, and the
#: number of the user.
VIEW, PATH, USER = "borneout.view", "borneout.path", "borneout.user"
#: What no view has answered, but for static files; no names that a client can choose.
NO_VIEW, STATIC = "none", "static"
STDERR = 2
FOUND = frozenset({"200", "206", "304"})
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_encode = json.JSONEncoder(ensure_ascii=True).encode


class Access:
    """The application, with an id, a time and a line for each of its requests."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """The application's answer, which names the request's id."""
        began = time.perf_counter()
        this = request_id(environ.get("HTTP_X_REQUEST_ID", ""))
        REQUEST_ID.set(this)
        status = [""]

        def start(line: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            status[0] = line
            return start_response(line, [*headers, ("X-Request-ID", this)], *error)

        try:
            body = self.application(environ, start)
        except BaseException:
            answered(environ, "500", began)
            raise
        # The end of the answer is when the server closes it. The body itself is passed on as it is,
        # since a server sends a file by other ways than what it does not know.
        end = partial(_closed, environ, status, began, getattr(body, "close", None))
        try:
            body.close = end  # type: ignore[attr-defined]
        except AttributeError:
            # Such as a list: it is whole, and nobody closes it.
            answered(environ, status[0][:3], began)
        return body


def _closed(
    environ: Environ, status: list[str], began: float, close: Callable[[], object] | None
) -> None:
    try:
        if close is not None:
            close()
    finally:
        answered(environ, status[0][:3], began)


def answered(environ: Environ, status: str, began: float) -> None:
    """Notes that a request was answered; the context is that of the thread from then on."""
    took = time.perf_counter() - began
    view = environ.get(VIEW)
    if view is None:
        static = environ.get("PATH_INFO", "").startswith(settings.STATIC_URL)
        view = STATIC if static and status in FOUND else NO_VIEW
    tally.observe(REQUESTS, took, view, status)
    if settings.ACCESS_LOG:
        write(environ, view, status, took)
    REQUEST_ID.set("")


def write(environ: Environ, view: str, status: str, took: float) -> None:
    """Writes the line of a request.

    Its parts are ids, numbers and names of our own; only a path may hold what JSON has to escape.
    """
    method = environ["REQUEST_METHOD"]
    if method not in METHODS:
        method = "other"
    this, at = REQUEST_ID.get(), moment(time.time())
    if settings.LOG_FORMAT == JSON:
        path = f', "path": {_encode(environ[PATH])}' if PATH in environ else ""
        user = f', "user": {environ[USER]}' if USER in environ else ""
        line = (
            f'{{"time": "{at}", "level": "info", "logger": "access", "event": "request", '
            f'"request_id": "{this}", "method": "{method}", "view": "{view}", '
            f'"status": {status or 0}, "seconds": {took:.6f}{path}{user}}}\n'
        )
    else:
        line = f"{at} INFO access {method} {view} {status} {took:.6f} s {this}\n"
    # Who has read the log may be gone: that is no reason not to answer.
    with suppress(OSError):
        os.write(STDERR, line.encode())


def note(request: HttpRequest) -> None:
    """Notes the view of a request that was answered, and its user where somebody looked them up.

    The path is noted where it lets nobody in.
    """
    match = request.resolver_match
    if match is not None:
        request.META[VIEW] = match.view_name or match.route
        if "token" not in match.kwargs:
            request.META[PATH] = request.path[:300]
    user = request.__dict__.get("user")
    # Not `isinstance`, which would have the user looked up.
    if type(user) is SimpleLazyObject:
        user = request.__dict__.get("_cached_user")
    number = getattr(user, "pk", None)
    if number is not None:
        request.META[USER] = number
