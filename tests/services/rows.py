"""Everything that is kept, so that a test can say that nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

Kept = dict[str, list[tuple[object, ...]]]


def everything() -> Kept:
    """Every row of every model of the app."""
    found: Kept = {}
    # Plain SQL, because half of the tests ask twice.
    with connection.cursor() as cursor:
        for model in apps.get_app_config("verification").get_models():
            meta = model._meta
            key = meta.pk.column
            cursor.execute(f'SELECT * FROM "{meta.db_table}" ORDER BY "{key}"')  # noqa: S608
            found[model.__name__] = cursor.fetchall()
    return found


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Whatever is done inside leaves every row as it was."""
    before = everything()
    yield
    assert everything() == before


@contextmanager
def refuses(*fields: str) -> Iterator[dict[str, list[str]]]:
    """What is done inside is refused for exactly these fields and changes nothing.

    Gives the problems by field, once they are known.
    """
    problems: dict[str, list[str]] = {}
    with nothing_changes(), pytest.raises(ValidationError) as caught:
        yield problems
    problems |= caught.value.message_dict
    assert set(problems) == set(fields), problems
    assert all(message.strip() for messages in problems.values() for message in messages)
