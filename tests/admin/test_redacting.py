"""Removing a person on the desk: shown first, then done."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from verification.models import LedgerEntry, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Source:
    source = factories.SourceFactory.create(kind="reporter", name="Jo Doe", slug="jo-doe")
    factories.claim(statement="Jo Doe joins.", reports=[factories.report_draft(source)])
    return source


@pytest.fixture
def boss() -> Client:
    client = Client()
    client.force_login(factories.managing_editor())
    return client


def at(person: Source) -> str:
    return reverse("admin:verification_source_redact", args=[person.pk])


def test_what_goes_and_what_stays_is_shown_first(boss: Client, person: Source) -> None:
    before = LedgerEntry.objects.count()
    assert "Show what it does" in boss.get(at(person)).content.decode()
    page = boss.post(at(person), {"reason": "Asked."}).content.decode()
    assert f"Removed person {person.pk}" in page
    assert "Jo Doe joins." in page
    assert 'name="confirm"' in page
    person.refresh_from_db()
    assert person.name == "Jo Doe"
    assert LedgerEntry.objects.count() == before


def test_it_is_done_when_it_is_confirmed(boss: Client, person: Source) -> None:
    response = boss.post(at(person), {"reason": "Asked.", "confirm": "1"}, follow=True)
    page = response.content.decode()
    assert "The person is removed." in page
    assert "Jo Doe" not in page.replace("Jo Doe joins.", ""), "a sentence that was published stays"
    person.refresh_from_db()
    assert person.name == f"Removed person {person.pk}"


def test_what_is_wrong_is_said_at_its_field(boss: Client, person: Source) -> None:
    page = boss.post(at(person), {"reason": "Jo Doe asked."}).content.decode()
    assert "leave the name out of it" in page
    assert 'name="confirm"' not in page


def test_only_a_person_can_be_removed(boss: Client, person: Source) -> None:
    outlet = factories.SourceFactory.create()
    for source, offered in ((person, True), (outlet, False)):
        url = reverse("admin:verification_source_change", args=[source.pk])
        assert (at(source) in boss.get(url).content.decode()) is offered
