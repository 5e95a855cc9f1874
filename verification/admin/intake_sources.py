"""Which of the names on a sheet the desk knows as sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q
from django.db.models.functions import Lower

from verification.models import Source
from verification.services.drafts import one_line

State = Literal["known", "near", "new"]


@dataclass(frozen=True, slots=True)
class Badge:
    """What the desk knows of a name: it is `known` (as `name`), `near` to a known one, or new."""

    state: State
    name: str = ""
    key: int | None = None


def badges(names: Iterable[str]) -> dict[str, Badge]:
    """A badge for each name, in two queries for any number of them."""
    asked = {name: one_line(name) for name in names if "\0" not in name and one_line(name)}
    lows = {text.casefold() for text in asked.values()} | {text.lower() for text in asked.values()}
    known = _known(lows, set(asked.values()))
    missing = {name: text for name, text in asked.items() if text.casefold() not in known}
    near = _near(missing.values())
    found = {}
    for name, text in asked.items():
        source = known.get(text.casefold())
        if source:
            found[name] = Badge("known", source.name, source.pk)
        elif other := near.get(text):
            found[name] = Badge("near", other.name, other.pk)
        else:
            found[name] = Badge("new")
    return found


def _known(lows: set[str], slugs: set[str]) -> dict[str, Source]:
    """The sources of these names or slugs, by name or slug; one that was merged by what it is."""
    rows = (
        Source.objects.annotate(low=Lower("name"))
        .filter(Q(low__in=lows) | Q(name__in=slugs) | Q(slug__in=slugs))
        .select_related("merged_into")
        .order_by("-id")
    )
    found: dict[str, Source] = {}
    for row in rows:
        found[row.name.casefold()] = found[row.slug] = row.merged_into or row
    return found


def _near(texts: Iterable[str]) -> dict[str, Source]:
    """For each text a source whose name holds it, or of which it holds the name."""
    wanted = [text for text in texts if len(text) >= 4]
    if not wanted:
        return {}
    asked = Q()
    for text in wanted[:40]:
        asked |= Q(name__icontains=text)
    rows = list(Source.objects.standing().filter(asked).order_by("name")[:100])
    return {
        text: row
        for text in wanted
        for row in reversed(rows)
        if text.casefold() in row.name.casefold()
    }
