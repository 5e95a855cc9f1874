"""What migrations write on what is there."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

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
