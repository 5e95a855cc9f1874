"""Two sources head to head."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from verification.models import Position, Source
from verification.pages.charts import interval_bar
from verification.pages.http import asked, public_page
from verification.services import figures, sourcematch
from verification.services.comparison import head_to_head
from verification.services.figures import Scope

#: How many sources are offered for a comparison.
OFFERED = 12


@public_page
def against(request: HttpRequest, slug: str) -> HttpResponse:
    """Which source to compare with: those with most claims in common, or one by its name."""
    source = get_object_or_404(Source.objects.standing().readable(), slug=slug)
    others = Source.objects.standing().readable().exclude(pk=source.pk)
    name = asked(request, "other")
    if name:
        meant = others.filter(pk__in=[found.pk for found in sourcematch.find(name)])
        slugs = list(meant.values_list("slug", flat=True))
        if len(slugs) == 1:
            return redirect("compare", slug=source.slug, other=slugs[0])
    shared = _sharing(source)
    return render(
        request, "verification/against.html", {"source": source, "others": shared, "name": name}
    )


@public_page
def compare(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """The claims that both reported: who was right, and who had it earlier."""
    readable = Source.objects.standing().readable()
    first = get_object_or_404(readable, slug=slug)
    second = get_object_or_404(readable, slug=other)
    if first == second:
        return redirect("source", slug=first.slug)
    board = figures.board(Scope(), now=timezone.now())
    sides = [(row, board.figures(row.pk)) for row in (first, second)]
    return render(
        request,
        "verification/compare.html",
        {
            "first": first,
            "second": second,
            "sides": [(row, numbers, interval_bar(numbers)) for row, numbers in sides],
            "meeting": head_to_head(first, second, Scope()),
        },
    )


def _sharing(source: Source) -> list[Source]:
    """Those with most claims in common, each with their number as `shared`."""
    counted = (
        Position.objects.filter(public=True, claim__positions__source=source)
        .exclude(source=source)
        .order_by()
        .values_list("source")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "source__name")[:OFFERED]
    )
    numbers = dict(counted)
    found = Source.objects.in_bulk(list(numbers))
    for key, number in numbers.items():
        found[key].shared = number  # type: ignore[attr-defined]
    return [found[key] for key in numbers]
