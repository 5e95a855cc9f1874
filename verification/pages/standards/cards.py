"""The pictures that social networks and chats show beside a link: one per claim and per source.

An SVG is made from a template, which costs little, and becomes a PNG, which costs a core's tenth of
a second. So the PNG is kept under the SVG's own digest: for as long as it shows the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from resvg_py import svg_to_bytes

from verification import newsroom
from verification.domain import outcomes, scoring
from verification.domain.plain import plain_line
from verification.models import Claim
from verification.models.choices import ClaimStatus
from verification.pages.claims import with_first_reports
from verification.pages.http import same_for_everybody
from verification.pages.lookup import standing_source
from verification.pages.standards.lettering import FILES, Face, faces
from verification.services import figures
from verification.services.boards import Figures
from verification.services.figures import Scope
from verification.templatetags.borneout import day_words, deadline, host, number, percent

WIDTH, HEIGHT = 1200, 630
#: The margin at both sides, and the size of the small words.
MARGIN, SMALL = 72, 30
#: The size of a source's interval.
INTERVAL = 76
#: Sizes of the large words, each with the lines that there is room for.
STATEMENT = ((62, 3), (54, 4), (47, 5), (41, 6))
NAME = ((84, 1), (68, 2), (54, 2))
KEPT_SECONDS = 86_400
#: The word's colour and its ground, as in `tokens.css`.
HUES = {
    "open": ("#475569", "#e9edf2"),
    "awaiting": ("#6b3fa0", "#f0e9f8"),
    "confirmed": ("#17693f", "#e0f2e7"),
    "denied": ("#a62b24", "#fbe6e4"),
    "lapsed": ("#8a5300", "#fcefd6"),
    "void": ("#5d5a54", "#ebe9e4"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with the height of its base line."""

    y: float
    words: str


@same_for_everybody(seconds=300)
def claim_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of one claim: its status, its statement, who had it first."""
    found = get_object_or_404(Claim.objects.public().select_related("beat", "verdict"), slug=slug)
    with_first_reports([found])
    return _picture(request, "verification/cards/claim.svg", _claim(found))


@same_for_everybody(seconds=300)
def source_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of one source: its interval on the scale, and how much it rests on."""
    found = standing_source(slug)
    numbers = figures.board(Scope(), now=timezone.now()).figures(found.pk)
    serif, sans, strong = faces()
    interval = f"{percent(numbers.low)} – {percent(numbers.high)}"
    name = serif.drawable(plain_line(found.name)) or host(found.homepage) or found.slug
    size, lines = serif.set(name, NAME, WIDTH - 2 * MARGIN)
    return _picture(
        request,
        "verification/cards/source.svg",
        {
            "size": size,
            "lines": _stacked(lines, size, 138),
            "kind": found.get_kind_display().capitalize(),
            "interval": interval if numbers.decided else "",
            "provisional": (
                _pill(strong, _("provisional"), MARGIN + serif.width(interval, INTERVAL) + 30)
                if numbers.provisional
                else None
            ),
            "scale": _scale(numbers),
            "words": sans.cut(_record_words(numbers), SMALL, WIDTH - 2 * MARGIN),
        },
    )


def _claim(claim: Claim) -> dict[str, Any]:
    serif, sans, strong = faces()
    status = outcomes.status(claim.outcome, claim.deadline, newsroom.day(timezone.now())).value
    statement = serif.drawable(plain_line(claim.statement)) or _(
        "A claim that was reported, and what became of it."
    )
    size, lines = serif.set(statement, STATEMENT, WIDTH - 2 * MARGIN)
    ink, ground = HUES[status]
    pill = _pill(strong, ClaimStatus(status).label.capitalize(), MARGIN)
    beat_at = pill["at"] + pill["width"] + 22
    return {
        "pill": pill,
        "ink": ink,
        "ground": ground,
        "beat_at": beat_at,
        "beat": sans.cut(
            sans.drawable(plain_line(claim.beat.name)), SMALL, WIDTH - MARGIN - beat_at
        ),
        "size": size,
        "lines": _stacked(lines, size, 160),
        "words": sans.cut(_claim_words(claim, sans), SMALL, WIDTH - 2 * MARGIN),
    }


def _claim_words(claim: Claim, sans: Face) -> str:
    verdict, report = claim.verdict, claim.first_report  # type: ignore[attr-defined]
    words = []
    if report:
        words.append(
            sans.drawable(plain_line(report.source.name)) or host(report.url) or report.source.slug
        )
        words.append(day_words(report.published_on))
    if verdict and verdict.became_known_on:
        words.append(_("known %(day)s") % {"day": day_words(verdict.became_known_on)})
    else:
        words.append(_("due %(deadline)s") % {"deadline": deadline(claim)})
    return " · ".join(words)


def _record_words(numbers: Figures) -> str:
    if not numbers.decided:
        return _("Nothing that counts has been decided yet.")
    return _("%(level)s interval · accuracy %(mean)s · n = %(n)s decided · base rate %(base)s") % {
        "level": percent(scoring.LEVEL),
        "mean": percent(numbers.accuracy),
        "n": number(numbers.decided),
        "base": percent(numbers.prior.mean),
    }


def _scale(numbers: Figures) -> dict[str, str]:
    """Where the marks of the interval stand, from the left."""
    across = WIDTH - 2 * MARGIN
    places = {
        "low": MARGIN + across * numbers.low,
        "width": across * (numbers.high - numbers.low),
        "mean": MARGIN + across * numbers.accuracy,
        "base": MARGIN + across * numbers.prior.mean,
    }
    return {name: f"{place:.1f}" for name, place in places.items()}


def _pill(strong: Face, words: str, at: float) -> dict[str, Any]:
    return {
        "at": round(at),
        "words": words,
        "words_at": round(at) + 18,
        "width": round(strong.width(words, SMALL)) + 36,
    }


def _stacked(lines: list[str], size: float, top: float) -> list[Line]:
    """The lines one below the other, the first one's base line its size below `top`."""
    return [Line(round(top + size * (0.8 + 1.22 * row)), words) for row, words in enumerate(lines)]


def _picture(request: HttpRequest, template: str, content: dict[str, Any]) -> HttpResponse:
    svg = render_to_string(template, content | {"site": plain_line(settings.SITE_NAME)})
    digest = sha256(svg.encode()).hexdigest()[:32]
    tag = f'"{digest}"'
    response = get_conditional_response(request, etag=tag)
    if response is None:
        key = f"card:{digest}"
        png = cache.get(key)
        if png is None:
            png = svg_to_bytes(
                svg_string=svg, font_files=[str(path) for path in FILES], skip_system_fonts=True
            )
            cache.set(key, png, KEPT_SECONDS)
        response = HttpResponse(png, content_type="image/png")
    response.headers["ETag"] = tag
    return response
