"""One alias and one domain, given to several sources in the same moment: one has it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from tests.services.test_races import at_once
from verification.models import Source, SourceAlias, SourceDomain
from verification.services import sources

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_transactions")]

NOW = factories.NOW
ROUNDS = 20


def test_of_two_sources_that_take_one_alias_and_domain_at_once_one_gets_it() -> None:
    manon = factories.managing_editor()
    one, other = factories.SourceFactory.create(), factories.SourceFactory.create()
    for number in range(ROUNDS):
        changes: dict[str, object] = {"aliases": [f"A{number}"], "domains": [f"a{number}.example"]}
        results = at_once(
            *(
                lambda source=source, changes=changes: sources.edit_source(
                    actor=manon, source=source, changes=changes, now=NOW
                )
                for source in (one, other)
            )
        )
        [won] = [result for result in results if isinstance(result, Source)]
        [lost] = [result for result in results if not isinstance(result, Source)]
        assert isinstance(lost, ValidationError), lost
        assert set(lost.message_dict) == {"aliases", "domains"}
        assert SourceAlias.objects.get(name=f"A{number}").source == won
        assert SourceDomain.objects.get(domain=f"a{number}.example").source == won


def test_a_name_and_an_alias_that_are_one_are_not_both_taken_at_once() -> None:
    manon = factories.managing_editor()
    one = factories.SourceFactory.create()
    for number in range(ROUNDS):
        results = at_once(
            lambda number=number: sources.edit_source(
                actor=manon, source=one, changes={"aliases": [f"Le A{number}"]}, now=NOW
            ),
            lambda number=number: sources.create_source(actor=manon, name=f"A {number}", now=NOW),
        )
        lost = [result for result in results if not isinstance(result, Source)]
        assert len(lost) == 1
        assert isinstance(lost[0], ValidationError), lost
