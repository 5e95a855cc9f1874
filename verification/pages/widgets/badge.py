"""A source's record as a badge: an SVG image for a page, a README or a signature."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from verification.domain import scoring
from verification.domain.plain import plain_line
from verification.pages.http import same_for_everybody
from verification.pages.lookup import standing_source
from verification.pages.standards.lettering import faces
from verification.services import figures
from verification.services.boards import Figures
from verification.services.figures import Scope
from verification.templatetags.borneout import number, percent

#: Heights and widths in the badge's own units, which are pixels unless a page scales it.
TEXT, PAD, MARK, NAME_MOST = 12, 9, 16, 320
_STRONG, _PLAIN = "#1f4e79", "#57534b"


@dataclass(frozen=True, slots=True)
class Field:
    """One half of the badge: its words, how wide they are, and where they begin."""

    words: str
    at: int
    length: int

    @property
    def end(self) -> int:
        """Where the half ends."""
        return self.at + self.length + PAD


@same_for_everybody(seconds=300, kept=True)
def source_badge(request: HttpRequest, slug: str) -> HttpResponse:
    """Name and interval, with n; a provisional record says so first."""
    source = standing_source(slug)
    numbers = figures.board(Scope(), now=timezone.now()).figures(source.pk)
    _serif, sans, strong = faces()
    name = sans.cut(plain_line(source.name), TEXT, NAME_MOST)
    left = Field(name, PAD + MARK + 6, round(sans.width(name, TEXT)))
    words = _words(numbers)
    right = Field(words, left.end + PAD, round(strong.width(words, TEXT)))
    return HttpResponse(
        render_to_string(
            "verification/badge.svg",
            {
                "left": left,
                "right": right,
                "frame": right.end - 1,
                "colour": _PLAIN if numbers.provisional else _STRONG,
                "title": f"{plain_line(source.name)}{_(':')} {_in_full(numbers)}",
                "site": plain_line(settings.SITE_NAME),
            },
        ),
        content_type="image/svg+xml; charset=utf-8",
    )


def _words(numbers: Figures) -> str:
    if not numbers.decided:
        return _("no record yet")
    words = f"{percent(numbers.low)} – {percent(numbers.high)} · n = {number(numbers.decided)}"
    return f"{_('provisional')} · {words}" if numbers.provisional else words


def _in_full(numbers: Figures) -> str:
    """What a screen reader says."""
    if not numbers.decided:
        return _("Nothing that counts has been decided yet.")
    words = _(
        "%(level)s interval from %(low)s to %(high)s, accuracy %(mean)s, n = %(n)s decided"
    ) % {
        "level": percent(scoring.LEVEL),
        "low": percent(numbers.low),
        "high": percent(numbers.high),
        "mean": percent(numbers.accuracy),
        "n": number(numbers.decided),
    }
    return f"{words}, {_('provisional')}" if numbers.provisional else words
