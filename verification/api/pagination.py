"""Pages by keyset: a page at any depth costs what the first one costs, and nothing is counted.

A cursor is signed and opaque. It holds the ordering and the values of the row where the page before
ended, so rows that are added meanwhile are neither repeated nor skipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from verification.api.problems import invalid

PAGE_SIZE = 25
LONGEST_PAGE = 1000
CURSOR = "cursor"

_signer = signing.Signer(salt="verification.api.cursor")


@dataclass(frozen=True, slots=True)
class Order:
    """An ordering: fields of which the last is unique, all in one direction."""

    name: str
    fields: tuple[str, ...]
    descending: bool = False

    def by(self, *, reverse: bool = False) -> list[str]:
        """For `order_by`; reversed for the way back."""
        sign = "-" if self.descending != reverse else ""
        return [sign + field for field in self.fields]

    def beyond(self, values: Sequence[Any], *, reverse: bool = False) -> Q:
        """The rows that come after (before, if reversed) the row with these values."""
        operator = "lt" if self.descending != reverse else "gt"
        # The first field's own bound is implied; said aloud, it lets the database use its index.
        found = Q()
        for index in reversed(range(len(self.fields))):
            here = Q(**{f"{self.fields[index]}__{operator}": values[index]})
            if index < len(self.fields) - 1:
                here |= Q(**{self.fields[index]: values[index]}) & found
                here &= Q(**{f"{self.fields[index]}__{operator}e": values[index]})
            found = here
        return found

    def values(self, row: Model) -> list[Any]:
        """The row's place."""
        return [getattr(row, field) for field in self.fields]


NEWEST = Order("newest", ("id",), descending=True)


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page, and the addresses of its neighbours (none where there is none)."""

    rows: list[Any]
    next: str | None
    previous: str | None


def page(
    rows: QuerySet[Any], order: Order, request: Request, *, limit: int, cursor: str = ""
) -> Page:
    """One page of `rows`. Raises ValidationError for a cursor not ours, or not of `order`."""
    back, values = _read(cursor, order) if cursor else (False, None)
    if values is not None:
        rows = rows.filter(order.beyond(values, reverse=back))
    # One more than the page holds tells whether there is another page.
    found = list(rows.order_by(*order.by(reverse=back))[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if back:
        found.reverse()
    has_next = bool(found) and (back or more)
    has_previous = bool(found) and (more if back else values is not None)
    return Page(
        rows=found,
        next=_address(request, order, found[-1], back=False) if has_next else None,
        previous=_address(request, order, found[0], back=True) if has_previous else None,
    )


def _read(cursor: str, order: Order) -> tuple[bool, list[Any]]:
    try:
        name, back, values = _signer.unsign_object(cursor)
    except (signing.BadSignature, ValueError) as error:
        raise invalid(CURSOR, _("Take the cursor from `next` or `previous` of a page.")) from error
    if name != order.name:
        raise invalid(CURSOR, _("This cursor is of another ordering."))
    return back, values


def _address(request: Request, order: Order, row: Model, *, back: bool) -> str:
    cursor = _signer.sign_object([order.name, back, order.values(row)], serializer=_Json)
    return replace_query_param(request.build_absolute_uri(), CURSOR, cursor)


class _Json(signing.JSONSerializer):
    """Django's, which writes dates too."""

    def dumps(self, obj: Any) -> bytes:
        return DjangoJSONEncoder(separators=(",", ":")).encode(obj).encode("latin-1")
