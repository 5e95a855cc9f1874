"""What search engines are told: the sitemap and robots.txt.

A section holds the claims (or sources) of one range of numbers, so it never holds more than it may,
costs the same wherever it lies, and a row never moves from one section to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from verification.models import Claim, LedgerEntry, Source
from verification.pages.http import same_for_everybody

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
#: Rows of one section. The format allows 50,000; a fifth of that is answered in good time.
SECTION = 10_000
#: How many of the newest changes are looked at for which sections changed last.
RECENT = 1_000
PAGES = ("front", "claims", "sources", "leaderboard", "methodology", "corrections")
#: An address and when it changed, where that is known.
Entry = tuple[str, datetime | None]


@same_for_everybody(seconds=3_600)
def index(request: HttpRequest) -> HttpResponse:
    """The sections. Those of claims that changed lately say when."""
    changed = _changed_lately()
    entries: list[Entry] = [(reverse("sitemap-pages"), None)]
    for kind, rows in _kinds().items():
        entries += [
            (reverse("sitemap-section", args=[kind, number]), changed.get((kind, number)))
            for number in _sections(rows)
        ]
    return _xml("sitemapindex", "sitemap", entries)


@same_for_everybody(seconds=3_600)
def pages(request: HttpRequest) -> HttpResponse:
    """The pages that are there whatever was logged."""
    return _xml("urlset", "url", [(reverse(name), None) for name in PAGES])


@same_for_everybody(seconds=3_600)
def section(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The public rows of one kind whose numbers lie in the range `number`, from 0."""
    rows = _kinds().get(kind)
    # A number beyond what a row can have is no question for the database.
    if rows is None or number * SECTION > 2**62:
        raise Http404
    found = rows.filter(pk__gte=number * SECTION, pk__lt=(number + 1) * SECTION).order_by("pk")
    if kind == "claims":
        newest = LedgerEntry.objects.filter(claim=OuterRef("pk")).order_by("-number")
        entries = [
            (reverse("claim", args=[slug]), changed or logged)
            for slug, logged, changed in found.values_list(
                "slug", "logged_at", Subquery(newest.values("recorded_at")[:1])
            )
        ]
    else:
        entries = [
            (reverse("source", args=[slug]), None) for slug in found.values_list("slug", flat=True)
        ]
    if not entries:
        raise Http404
    return _xml("urlset", "url", entries)


@same_for_everybody(seconds=3_600)
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read everything that readers may; the desk has nothing for them."""
    where = settings.SITE_URL + reverse("sitemap")
    return HttpResponse(
        f"User-agent: *\nDisallow: /admin/\n\nSitemap: {where}\n",
        content_type="text/plain; charset=utf-8",
    )


def _kinds() -> dict[str, QuerySet[Any]]:
    return {
        "claims": Claim.objects.public(),
        "sources": Source.objects.standing().readable(),
    }


def _sections(rows: QuerySet[Any]) -> Iterator[int]:
    """The numbers of the sections with anything in them: from row to row, a section at a time."""
    beyond = -1
    while True:
        first = rows.filter(pk__gt=beyond).order_by("pk").values_list("pk", flat=True).first()
        if first is None:
            return
        number = first // SECTION
        yield number
        beyond = (number + 1) * SECTION - 1


def _changed_lately() -> dict[tuple[str, int], datetime]:
    """When the sections of the newest changes last changed."""
    newest = LedgerEntry.objects.filter(claim__public=True).order_by("-number")
    changed: dict[tuple[str, int], datetime] = {}
    for claim, moment in newest.values_list("claim_id", "recorded_at")[:RECENT]:
        changed.setdefault(("claims", claim // SECTION), moment)
    return changed


def _xml(root: str, item: str, entries: Iterable[Entry]) -> HttpResponse:
    lines = [
        f"<{item}><loc>{escape(settings.SITE_URL + path)}</loc>"
        + (f"<lastmod>{moment.isoformat(timespec='seconds')}</lastmod>" if moment else "")
        + f"</{item}>"
        for path, moment in entries
    ]
    body = "\n".join([f"{_HEAD}<{root} {_SPACE}>", *lines, f"</{root}>\n"])
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
