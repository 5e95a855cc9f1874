"""Addresses for what is new: readable, unique, and for good."""

from __future__ import annotations

from secrets import token_hex

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from verification.models import Claim

#: Where a slug is cut, at a word; what numbers it fits into the rest of the column.
LONGEST = 80
#: How often somebody else may take the same slug between our look and our insert.
TRIES = 5


def free_slug(row: models.Model, *, blind: bool = False) -> str:
    """A slug for a row that has none, from its statement or name; numbered where it is taken.

    `blind` is for somebody who may not see everything that takes a slug: instead of a number, which
    would tell that there is something of the same words, it always ends in random letters.
    """
    model = type(row)
    text = row.statement if isinstance(row, Claim) else str(row)
    words = slugify(text) or model._meta.model_name or ""
    base = words if len(words) <= LONGEST else words[:LONGEST].rpartition("-")[0] or words[:LONGEST]
    if blind:
        return f"{base}-{token_hex(3)}"
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def insert_with_free_slug(row: models.Model, *, given: bool, blind: bool = False) -> None:
    """Inserts the row. Where its slug was ours to choose and was taken meanwhile, chooses another.

    Raises IntegrityError where the slug was `given`, or something else is in the way.
    """
    for last in [False] * (TRIES - 1) + [True]:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            slug = free_slug(row, blind=blind)
            if given or last or slug == row.slug:  # type: ignore[attr-defined]
                raise
            row.slug = slug  # type: ignore[attr-defined]
        else:
            return
