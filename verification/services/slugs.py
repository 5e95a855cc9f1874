"""Addresses for what is new: readable, unique, and for good."""

from __future__ import annotations

from collections.abc import Container
from secrets import token_hex

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from verification.models import Claim

#: Where a slug is cut, at a word; what numbers it fits into the rest of the column.
LONGEST = 80
#: How often somebody else may take the same slug between our look and our insert.
TRIES = 5
#: How many numbers of a slug are looked up at first, and at most at once.
FIRST_ASKED, MOST_ASKED = 4, 500


def free_slug(row: models.Model, besides: Container[str] = (), *, blind: bool = False) -> str:
    """A slug for a row that has none, from its statement or name; numbered where it is taken.

    `besides` are slugs that are taken though no row that is kept has them. Asked by the slugs
    themselves: a search by their beginning would read every claim on SQLite.

    `blind` is for somebody who may not see everything that takes a slug: instead of a number, which
    would tell that there is something of the same words, it always ends in random letters.
    """
    model = type(row)
    text = row.statement if isinstance(row, Claim) else str(row)
    words = slugify(text) or model._meta.model_name or ""
    base = words if len(words) <= LONGEST else words[:LONGEST].rpartition("-")[0] or words[:LONGEST]
    if blind:
        return f"{base}-{token_hex(3)}"
    start, asked = 1, FIRST_ASKED
    while True:
        wanted = [f"{base}-{number}" if number > 1 else base for number in range(start, asked + 1)]
        found = model._default_manager.filter(slug__in=wanted).values_list("slug", flat=True)
        taken = set(found)
        for slug in wanted:
            if slug not in taken and slug not in besides:
                return slug
        start, asked = asked + 1, min(asked * 4, asked + MOST_ASKED)


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
