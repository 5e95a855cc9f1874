"""The middleware of signed-in sessions: notes where they are seen, and ends those that are over.

A session ends by itself when nobody used it for SESSION_IDLE_HOURS (Django's own expiry, moved on
with each note), when it is older than SESSION_MAX_HOURS, and when its user must have a second
factor by now and did not sign in with one.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from verification.addresses import address
from verification.services import signing_in
from verification.sessionstore import NOTES

#: A session is noted once in so long: nobody pays for a write with every page.
NOTED_EVERY = timedelta(minutes=1)
_UNKNOWN: dict[str, Any] = {"began": "", "second_factor": False}


class Visits:
    """Looks at every request of a session that somebody is signed in to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, to nobody in particular where the session is over."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            self.look(request, timezone.now())
        return self.get_response(request)

    def look(self, request: HttpRequest, now: datetime) -> None:
        """Notes the visit, or ends the session. Writes on the desk only.

        Elsewhere an answer may be kept by caches, and must not come with a cookie.
        """
        on_desk = request.path.startswith(reverse("admin:index"))
        notes: dict[str, Any] = request.session.get(NOTES) or _UNKNOWN
        if _is_over(request, notes, now):
            if on_desk:
                logout(request)
            else:
                request.user = AnonymousUser()
        elif on_desk and notes is _UNKNOWN:
            note(request, now)
        elif on_desk and datetime.fromisoformat(notes["seen"]) <= now - NOTED_EVERY:
            request.session[NOTES] = notes | _seen(request, now)


def note(request: HttpRequest, now: datetime, *, second_factor: bool = False) -> None:
    """Notes the beginning of a session, and whether it began with a second factor."""
    request.session[NOTES] = {
        "name": str(uuid.uuid4()),
        "began": now.isoformat(),
        "second_factor": second_factor,
        **_seen(request, now),
    }


def _seen(request: HttpRequest, now: datetime) -> dict[str, Any]:
    browser = request.META.get("HTTP_USER_AGENT", "").replace("\0", "")
    return {"seen": now.isoformat(), "address": address(request)[:64], "browser": browser[:300]}


def _is_over(request: HttpRequest, notes: dict[str, Any], now: datetime) -> bool:
    longest = timedelta(hours=settings.SESSION_MAX_HOURS)
    began = notes["began"]
    if began and datetime.fromisoformat(began) <= now - longest:
        return True
    if not settings.REQUIRE_SECOND_FACTOR or notes["second_factor"]:
        return False
    # A session of a password alone, of somebody for whom that is not enough (any more).
    return request.user.is_authenticated and signing_in.must_have_factor(request.user)


def _begin(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Each sign-in begins a session anew, whatever the one before it was."""
    note(request, timezone.now())


user_logged_in.connect(_begin, dispatch_uid="verification.visits")
