"""Names for the text fields that suggest them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Case, IntegerField, Min, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from verification.admin.naming import need
from verification.domain.names import folded as fold
from verification.models import Beat, Source, User
from verification.services.sourcematch import suggest_sources

#: How many names are offered.
OFFERED = 8

Names = list[dict[str, str]]


def names(request: HttpRequest, what: str) -> JsonResponse:
    """`{"names": [{"value", "words"}]}`: those that hold the parameter `q`, best first.

    One that is named `except` is left out: the page that asks is about it.
    """
    if what not in KINDS:
        raise Http404
    permission, find = KINDS[what]
    need(request, permission)
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    about = request.GET.get("except")
    return JsonResponse({"names": [name for name in find(text) if name["value"] != about]})


def _by_name(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Rows whose name begins with the text, then those that hold it."""
    place = Case(
        When(name__istartswith=text, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found: QuerySet[Any] = rows.filter(name__icontains=text).annotate(place=place)
    return found.order_by("place", "name")[:OFFERED]


def _sources(text: str) -> Names:
    """By name, alias or domain, an alias told with the kind; else those that may be meant."""
    folded = fold(text)
    begun = Q(key__startswith=folded) | Q(aliases__folded__startswith=folded)
    places = Case(
        When(name__istartswith=text, then=0),
        When(begun, then=1),
        default=2,
        output_field=IntegerField(),
    )
    place = Min(places)
    rows = Source.objects.standing().search(text).annotate(place=place)
    found = list(rows.order_by("place", "name").prefetch_related("aliases")[:OFFERED])
    if not found:
        return [
            {"value": one.source.name, "words": str(_("did you mean this one?"))}
            for one in suggest_sources(text)
        ]
    return [{"value": row.name, "words": _kind_of(row, text, folded)} for row in found]


def _kind_of(source: Source, text: str, folded: str) -> str:
    """The kind, after the alias by which the source was found where its name does not tell."""
    kind = source.get_kind_display()
    if text.casefold() in source.name.casefold() or folded in fold(source.name):
        return kind
    by = [alias.name for alias in source.aliases.all() if folded and folded in alias.folded]
    return f"{by[0]} · {kind}" if by else kind


def _beats(text: str) -> Names:
    return [{"value": row.name, "words": ""} for row in _by_name(Beat.objects.all(), text)]


def _people(text: str) -> Names:
    people = User.objects.filter(is_active=True, is_staff=True).filter(
        Q(username__icontains=text) | Q(first_name__icontains=text) | Q(last_name__icontains=text)
    )
    return [
        {"value": row.username, "words": row.get_full_name()}
        for row in people.order_by("username")[:OFFERED]
    ]


#: What can be asked for: the permission that it takes and who finds it.
KINDS: dict[str, tuple[str, Callable[[str], Names]]] = {
    "sources": ("view_source", _sources),
    "beats": ("view_beat", _beats),
    "people": ("view_claim", _people),
}
