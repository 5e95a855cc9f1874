"""Embed codes, and what a page's head tells the programs that follow links.

A claim, a source and the leaderboard can be embedded. The public pages and the desk print the same
codes from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from verification.domain.plain import plain_line
from verification.models import Beat, Claim, Source

register = template.Library()

#: How wide a frame is by itself, and how high by kind, in pixels, where nothing sizes it: enough
#: for words of usual length at that width.
WIDTH = 600
HEIGHTS = {"claim": 480, "source": 390, "leaderboard": 480}


@dataclass(frozen=True, slots=True)
class Embed:
    """What can be embedded: its kind, what it is of (empty for all beats), its page and name."""

    kind: str
    of: str
    page: str
    title: str

    @property
    def frame(self) -> str:
        """The path of the page inside the frame."""
        if self.kind == "leaderboard":
            path = reverse("embed-leaderboard")
            return f"{path}?{urlencode({'beat': self.of})}" if self.of else path
        return reverse(f"embed-{self.kind}", args=[self.of])

    @property
    def height(self) -> int:
        """How high the frame is where nothing sizes it."""
        return HEIGHTS[self.kind]

    @property
    def badge(self) -> str:
        """The address of the badge; empty where there is none."""
        if self.kind != "source":
            return ""
        return settings.SITE_URL + reverse("badge-source", args=[self.of])

    def badge_code(self) -> SafeString:
        """The code of the badge, as a link to the record."""
        return format_html(
            '<a href="{}"><img src="{}" alt="{}" height="24"></a>',
            settings.SITE_URL + self.page,
            self.badge,
            plain_line(self.title),
        )

    def script(self) -> SafeString:
        """The code of a widget that sizes itself; where no script runs, a link stays."""
        return format_html(
            '<div data-borneout="{}"><a href="{}">{}</a></div>\n<script async src="{}"></script>',
            f"{self.kind}:{self.of}" if self.of else self.kind,
            settings.SITE_URL + self.page,
            plain_line(self.title),
            settings.SITE_URL + reverse("embed-script"),
        )

    def iframe(
        self, *, width: int | None = None, height: int | None = None, language: str = ""
    ) -> SafeString:
        """The code of a plain frame of a fixed height; as wide as its place unless `width` says."""
        path = _in(self.frame, language) if language else self.frame
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" frameborder="0" loading="lazy">'
            "</iframe>",
            settings.SITE_URL + path,
            plain_line(self.title),
            width or "100%",
            height or self.height,
        )


def of_claim(claim: Claim) -> Embed:
    """The widget of a public claim."""
    return Embed("claim", claim.slug, claim.get_absolute_url(), claim.statement)


def of_source(source: Source) -> Embed:
    """The widget of a source's record."""
    return Embed("source", source.slug, source.get_absolute_url(), source.name)


def of_leaderboard(beat: Beat | None) -> Embed:
    """The widget of the leaderboard, of all beats or of one."""
    page = reverse("leaderboard")
    if beat is None:
        return Embed("leaderboard", "", page, _("Leaderboard"))
    title = f"{_('Leaderboard')}{_(':')} {beat}"
    return Embed("leaderboard", beat.slug, f"{page}?{urlencode({'beat': beat.slug})}", title)


def embed_of(thing: Claim | Source | Beat | None) -> Embed:
    """The widget of a claim or a source; for a beat, or for none, the leaderboard's."""
    if isinstance(thing, Claim):
        return of_claim(thing)
    return of_source(thing) if isinstance(thing, Source) else of_leaderboard(thing)


@register.inclusion_tag("verification/parts/embed_codes.html")
def embed_codes(thing: Claim | Source | Beat | None) -> dict[str, Any]:
    """A closed "Embed" with the codes of the widget and a preview of it."""
    embed = embed_of(thing)
    return {
        "embed": embed,
        "preview": _in(embed.frame, get_language() or settings.LANGUAGE_CODE),
    }


@register.inclusion_tag("verification/parts/discovery.html")
def discovery(thing: Claim | Source | Beat | None) -> dict[str, Any]:
    """Where the oEmbed answer for this page is."""
    embed = embed_of(thing)
    query = urlencode({"url": settings.SITE_URL + embed.page, "format": "json"})
    return {
        "address": f"{settings.SITE_URL}{reverse('oembed')}?{query}",
        "title": plain_line(embed.title),
    }


def _in(path: str, language: str) -> str:
    """The path with its language in the query."""
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'lang': language})}"
