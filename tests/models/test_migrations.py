"""Migrations: what they write on what is there, and that the release before can go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField

from tests import factories
from verification.models import Source, SourceDomain

pytestmark = pytest.mark.django_db


@pytest.fixture
def old() -> Iterator[None]:
    """Sources as they were before they had aliases and domains."""
    outlet = factories.SourceFactory.create(name="9to5Mac", homepage="https://9to5mac.com")
    for fields in (
        {"name": "9to5 Mac", "homepage": "https://www.9to5mac.com/"},
        {"name": "Someone", "homepage": "https://wsj.com", "kind": "reporter"},
        {"name": "OpenAI", "homepage": "https://www.lemonde.fr", "kind": "official"},
        {"name": "Le Monde", "homepage": "http://lemonde.fr/"},
        {"name": "Somebody", "homepage": "https://x.com/somebody"},
        {"name": "X", "homepage": "https://x.com"},
        {"name": "A page", "homepage": "https://www.wsj.com/news/author/a-page"},
        {"name": "9-to-5-Mac", "homepage": "https://merged.example", "merged_into": outlet},
        {"name": "🚀", "homepage": ""},
    ):
        factories.SourceFactory.create(**fields)
    Source.objects.update(key="")
    yield


def test_sources_get_their_folded_names_and_the_domains_of_their_home_pages(old: None) -> None:
    class Editor:
        pass

    editor: Any = Editor()
    editor.connection = connection
    import_module("verification.migrations.0010_source_names").fill(apps, editor)

    keys = dict(Source.objects.values_list("name", "key"))
    assert keys["9to5Mac"] == keys["9to5 Mac"] == keys["9-to-5-Mac"] == "9to5mac"
    assert (keys["Le Monde"], keys["🚀"]) == ("monde", "🚀")
    assert dict(SourceDomain.objects.values_list("domain", "source__name")) == {
        "9to5mac.com": "9to5Mac",
        "lemonde.fr": "Le Monde",
        "merged.example": "9to5Mac",
    }


#: The first release after which a newsroom is upgraded while it is at work.
FIRST = "0010"


def test_the_release_before_can_go_on_writing_while_the_next_one_migrates() -> None:
    """It knows nothing of a new column, so the database must have a value for it by itself."""
    loader = MigrationLoader(connection)
    added = [
        (name, operation.model_name, operation.name)
        for (app, name), migration in loader.disk_migrations.items()
        if app == "verification" and name[:4] >= FIRST
        for operation in migration.operations
        if isinstance(operation, AddField)
        and not operation.field.null
        and not operation.field.has_db_default()
    ]
    assert added == []
