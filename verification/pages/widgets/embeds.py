"""The pages inside the widgets' frames: a claim, a source, the leaderboard, the newest verdicts.

They are small, read without a script, hang on nothing but their address and may be framed by
anybody. No template context is made from the request, so nothing of a reader's session gets in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, cast

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt

from verification import newsroom
from verification.domain import scoring
from verification.models import Claim
from verification.pages.board import rows_of
from verification.pages.charts import interval_bar
from verification.pages.claims import Held, with_first_reports
from verification.pages.http import View, same_for_everybody
from verification.pages.lookup import asked_beat, standing_source
from verification.pages.standards.verdicts import newest_verdicts
from verification.pages.widgets.look import Look, asked_look
from verification.services import figures
from verification.services.figures import Scope

#: How many rows a widget shows.
HELD, RANKED, LATEST = 3, 7, 5
#: How often the page in the frame asks for news, in seconds: where a verdict is yet to come, and
#: where only a correction can.
ASK_SOON, ASK_LATER = 60, 600
SCRIPT = Path(__file__).resolve().parents[2] / "static" / "verification" / "embed" / "embed.js"


def _refused(status: int, words: str) -> HttpResponse:
    return HttpResponse(
        render_to_string(
            "verification/embed/refused.html",
            {"words": words, "SITE_NAME": settings.SITE_NAME, "LANGUAGE_CODE": get_language()},
        ),
        status=status,
    )


def widget(template: str) -> Callable[[Callable[..., dict[str, Any]]], View]:
    """A view from a function that gives what `template` shows, for any page to put in a frame."""

    def decorate(content: Callable[..., dict[str, Any]]) -> View:
        @wraps(content)
        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            look = asked_look(request)
            return HttpResponse(
                render_to_string(template, _shared(look) | content(request, *args, **kwargs))
            )

        open_to_all = xframe_options_exempt(same_for_everybody(refused=_refused, kept=True)(view))
        return cast("View", csp_replace({"frame-ancestors": ["*"]})(open_to_all))

    return decorate


def _shared(look: Look) -> dict[str, Any]:
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "LANGUAGE_CODE": get_language(),
        "look": look,
        "today": newsroom.day(timezone.now()),
        "ask_every": ASK_LATER,
        "level": scoring.LEVEL,
        "provisional_under": scoring.PROVISIONAL_UNDER,
    }


@widget("verification/embed/claim.html")
def claim(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One claim: its status or verdict, who had it first, and what each source is credited with."""
    found = get_object_or_404(Claim.objects.public().select_related("beat", "verdict"), slug=slug)
    with_first_reports([found])
    board = figures.board(Scope(), now=timezone.now())
    positions = list(
        found.positions.select_related("source").order_by("relay", "first_reported_on", "id")
    )
    return {
        "claim": found,
        "held": [Held(row, board.figures(row.source_id)) for row in positions[:HELD]],
        "more": max(len(positions) - HELD, 0),
        "ask_every": ASK_LATER if found.outcome else ASK_SOON,
        "page_url": found.get_absolute_url(),
    }


@widget("verification/embed/source.html")
def source(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One source's record, the interval first; of a merged one, the record that it went into."""
    found = standing_source(slug)
    numbers = figures.board(Scope(), now=timezone.now()).figures(found.pk)
    return {
        "source": found,
        "figures": numbers,
        "bar": interval_bar(numbers),
        "page_url": found.get_absolute_url(),
    }


@widget("verification/embed/leaderboard.html")
def leaderboard(request: HttpRequest) -> dict[str, Any]:
    """The first sources of the leaderboard, of all beats or of `?beat=`."""
    beat = asked_beat(request)
    board = figures.board(Scope(beat=beat), now=timezone.now())
    return {
        "beat": beat,
        "rows": rows_of(board, (board.ranked or board.provisional)[:RANKED]),
        "ranked": bool(board.ranked),
        "prior": board.prior,
        "page_url": reverse("leaderboard") + (f"?beat={beat.slug}" if beat else ""),
    }


@widget("verification/embed/latest.html")
def latest(request: HttpRequest) -> dict[str, Any]:
    """The newest verdicts, of all beats or of `?beat=`."""
    beat = asked_beat(request)
    claims = [verdict.claim for verdict in newest_verdicts(beat=beat, limit=LATEST)]
    with_first_reports(claims)
    return {
        "beat": beat,
        "claims": claims,
        "ask_every": ASK_SOON,
        "page_url": reverse("claims") + (f"?beat={beat.slug}" if beat else ""),
    }


@same_for_everybody(seconds=3_600)
def script(request: HttpRequest) -> HttpResponse:
    """The script that turns a page's marked elements into widgets."""
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
