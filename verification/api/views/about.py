"""Pages about the API: the first request, and what each kind of problem means."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from verification import newsroom
from verification.api.problems import MALFORMED, TYPES
from verification.models import Beat

#: How far away the deadline of the example is.
EXAMPLE_DAYS = 90

#: For each kind of problem, what its receiver does about it.
ADVICE = {
    "validation": _(
        "Fields of the body, or parameters of the address, are missing, wrong or unknown. “errors” "
        "names each of them and says what it takes. Mend them and send the request again."
    ),
    "malformed": _("The body is not JSON. Nothing in it was read."),
    "authentication": _(
        "This takes a token that is valid: “Authorization: Bearer <token>”. The newsroom’s "
        "administrator makes one with “manage.py create_token USER”."
    ),
    "permission": _(
        "The token is valid, but it may not do this. Where the problem names a “scope”, the token "
        "was made without it: take one that has it. Else its user may not: a managing editor can "
        "change the user’s role on the desk."
    ),
    "not-found": _(
        "There is no such address, claim or source, or it is not public and the request carried no "
        "token that may see it."
    ),
    "method": _("The address does not take this method. The header “Allow” names those it takes."),
    "not-acceptable": _(
        "The header “Accept” asks for none of the forms that there are. JSON is always one of "
        "them; lists can be had as CSV and JSON Lines too."
    ),
    "conflict": _(
        "Somebody changed the claim after it was read, and nothing was saved. “version” is the "
        "present one: read the claim again and decide anew."
    ),
    "media-type": _("A body is JSON: send “Content-Type: application/json”."),
    "idempotency-key": _(
        "Another request was made under this key within 24 hours. Nothing was changed: take a new "
        "key for a new request."
    ),
    "throttled": _(
        "There were too many requests within a minute. “Retry-After” says after how many seconds "
        "they are taken again. What has not changed since it was last asked for is not counted."
    ),
    "server": _(
        "The fault is ours, and it is in the server’s log. Whether a change was made is told by "
        "sending it again under the same Idempotency-Key."
    ),
}


def _kinds() -> list[dict[str, Any]]:
    named = [(400, *MALFORMED), *((status, *kind) for status, kind in TYPES.items())]
    return [
        {"status": status, "name": name, "title": title, "advice": ADVICE[name]}
        for status, name, title in sorted(named, key=lambda kind: kind[:2])
    ]


@require_safe
@cache_control(private=True, no_cache=True)
def start(request: HttpRequest) -> HttpResponse:
    """The first request in a minute, for this newsroom: its address, and a beat that it has."""
    beat = Beat.objects.readable().order_by("name").first()
    return render(
        request,
        "verification/api/start.html",
        {
            "api": f"{settings.SITE_URL}/api/v1",
            "beat": beat.slug if beat else "football",
            "deadline": newsroom.day(timezone.now()) + timedelta(days=EXAMPLE_DAYS),
            "per_address": settings.API_REQUESTS_PER_ADDRESS,
            "per_token": settings.API_REQUESTS_PER_TOKEN,
        },
    )


@require_safe
@cache_control(private=True, no_cache=True)
def problems(request: HttpRequest, name: str = "") -> HttpResponse:
    """What one kind of problem means, or all of them: where the `type` of a problem leads."""
    kinds = [kind for kind in _kinds() if name in ("", kind["name"])]
    if not kinds:
        raise Http404
    return render(
        request,
        "verification/api/problems.html",
        {"kinds": kinds, "one": kinds[0] if name else None},
    )
