"""Long lists, one page at a time, by key: a page begins after the last row that was read.

So the thousandth page costs what the first one does, nothing is skipped or shown twice where rows
were added meanwhile, and nobody counts the whole list.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest

SIZE = 25


@dataclass(frozen=True, slots=True)
class Key:
    """One field of an order, `-` before its name for descending. `read` parses a cursor's text."""

    name: str
    read: Callable[[str], Any]

    @property
    def field(self) -> str:
        """The field without its sign."""
        return self.name.removeprefix("-")


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page; `back` and `onward` are the query strings of its neighbours, if any."""

    items: list[Any]
    back: str | None
    onward: str | None

    @property
    def alone(self) -> bool:
        """Whether this page is the whole list."""
        return self.back is None and self.onward is None


def a_number(text: str) -> int:
    """A row's number. Raises ValueError for what no row can have."""
    value = int(text)
    if not 0 <= value < 2**63:
        raise ValueError("not the number of a row")
    return value


def some_text(text: str) -> str:
    """Text that a database can compare. Raises ValueError for a NUL, which PostgreSQL refuses."""
    if "\0" in text:
        raise ValueError("not the text of a row")
    return text


NEWEST = (Key("-id", a_number),)
SOONEST = (Key("deadline", date.fromisoformat), Key("id", a_number))


def page(
    queryset: QuerySet[Any], request: HttpRequest, order: tuple[Key, ...], size: int = SIZE
) -> Page:
    """The page that the address asks for (`?after=` or `?before=`); the first one by default.

    The last key of `order` must be unique. Raises Http404 for a cursor that is none.
    """
    after, before = request.GET.get("after"), request.GET.get("before")
    backwards = bool(before) and not after
    signs = [key.name.startswith("-") != backwards for key in order]
    rows = queryset.order_by(
        *(f"-{key.field}" if down else key.field for key, down in zip(order, signs, strict=True))
    )
    cursor = after or before
    if cursor:
        rows = rows.filter(_beyond(order, signs, _read(cursor, order)))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_back, has_onward = (more, True) if backwards else (bool(cursor), more)
    return Page(
        items=found,
        back=_query(request, "before", found[0], order) if has_back and found else None,
        onward=_query(request, "after", found[-1], order) if has_onward and found else None,
    )


def _beyond(order: tuple[Key, ...], signs: list[bool], values: list[Any]) -> Q:
    """What comes after `values`: later in the first key, or equal there and later in the next."""
    beyond, equal = Q(), Q()
    for key, down, value in zip(order, signs, values, strict=True):
        beyond |= equal & Q(**{f"{key.field}__{'lt' if down else 'gt'}": value})
        equal &= Q(**{key.field: value})
    return beyond


def _read(cursor: str, order: tuple[Key, ...]) -> list[Any]:
    try:
        texts = json.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=="))
        return [key.read(str(text)) for key, text in zip(order, texts, strict=True)]
    except (NotBase64, ValueError, TypeError) as error:
        raise Http404("There is no such page of the list.") from error


def _query(request: HttpRequest, name: str, row: Model, order: tuple[Key, ...]) -> str:
    values = json.dumps([str(getattr(row, key.field)) for key in order], separators=(",", ":"))
    query = request.GET.copy()
    for other in ("after", "before"):
        query.pop(other, None)
    query[name] = urlsafe_b64encode(values.encode()).decode().rstrip("=")
    return f"?{query.urlencode()}"
