"""Which values of a field are right beyond doubt, told without asking Django's validators.

Nearly every value that comes in is plain: a text that is short enough, a known choice, a day. Those
are told here in a fraction of a microsecond; whatever is not plain is left to the field itself, and
so are the words for what is wrong. What this lets through the field would let through, unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models

from verification.models.fields import HttpUrlField

#: Whether a value is plain, so that the field need not be asked.
Takes = Callable[[Any], bool]

_SLUG = re.compile(r"[-a-zA-Z0-9_]+\Z")
_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,5}[a-z]{2,20}(?:/[!-~]*)?\Z"
)


@cache
def fields(model: type[models.Model]) -> list[tuple[models.Field[Any, Any], int | None, Takes]]:
    """The fields of a model, each with the longest text it keeps, if any, and what it takes.

    The length is that of text fields: Django leaves it to its forms, and programs send none.
    """
    return [
        (found, found.max_length if isinstance(found, models.TextField) else None, _takes(found))
        for found in model._meta.fields
    ]


def values(instance: models.Model) -> tuple[Any, ...]:
    """The values of the same fields, in their order."""
    found: tuple[Any, ...] = _getter(type(instance))(instance)
    return found


@cache
def _getter(model: type[models.Model]) -> Callable[[Any], Any]:
    return attrgetter(*(found.attname for found in model._meta.fields))


def _takes(found: models.Field[Any, Any]) -> Takes:
    """What the field takes for sure; of a kind that is not known here, nothing."""
    kind = type(found)
    # A text that may be empty is empty as "", anything else as nothing.
    empty = "" if issubclass(kind, (models.CharField, models.TextField)) else None
    absent = found.blank or (not found.editable and found.null)
    if found.choices:
        known = {value for value, _words in found.flatchoices if value}
        return lambda value: (
            (value.__class__ is str and value in known) or (absent and value == empty)
        )
    if issubclass(kind, (models.CharField, models.TextField)):
        return _texts(found, absent)
    if kind is models.DateField:
        return lambda value: value.__class__ is date or (absent and value is None)
    if kind is models.DateTimeField:
        return lambda value: (
            (value.__class__ is datetime and value.tzinfo is not None) or (absent and value is None)
        )
    if kind is models.BooleanField:
        return lambda value: value.__class__ is bool
    if kind is models.PositiveIntegerField:
        return lambda value: value.__class__ is int and 0 <= value < 2**31
    return lambda value: absent and value is None


def _texts(found: models.Field[Any, Any], absent: bool) -> Takes:
    """The same for a text: with no rule but its length, or a slug, or an address."""
    lengths = [
        int(rule.limit_value) for rule in found.validators if isinstance(rule, MaxLengthValidator)
    ]
    longest = min(lengths, default=2**31)
    looks: re.Pattern[str] | None = None
    if isinstance(found, HttpUrlField):
        looks = _ADDRESS
    elif isinstance(found, models.SlugField):
        looks = _SLUG
    elif len(lengths) != len(found.validators):
        return lambda value: False

    def takes(value: Any) -> bool:
        if value == "":
            return absent
        return (
            value.__class__ is str
            and len(value) <= longest
            and (looks is None or looks.match(value) is not None)
        )

    return takes
