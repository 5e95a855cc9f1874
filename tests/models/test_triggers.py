"""What stands beside the tables comes back also where a migration fails, or is killed."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

from tests import factories
from verification import breakdowns, claimcounts, guards, triggers, wordindex
from verification.models import Claim
from verification.services import recomputing
from verification.services.doctor import machines

pytestmark = pytest.mark.django_db

KEEPERS = (guards, claimcounts, breakdowns, wordindex)


def take_all_down() -> None:
    for keeper in KEEPERS:
        keeper.take_down(connection)


def found_by_a_word(claim: Claim) -> bool:
    return Claim.objects.filter(pk=claim.pk).search("zirconium").exists()


def test_all_triggers_stand_in_a_database_that_was_migrated() -> None:
    assert triggers.missing(connection) == []


def test_what_is_down_is_named_and_the_doctor_says_what_to_do() -> None:
    take_all_down()

    missing = triggers.missing(connection)
    (told,) = (finding for finding in machines.database() if finding.part == "triggers")

    assert {"verification_verdict_no_update", "verification_breakdown_insert"} <= set(missing)
    assert (told.state, "manage.py migrate" in told.advice) == ("fault", True)


def failing(meanwhile: Callable[[], object]) -> Callable[..., None]:
    """A `migrate` of Django's that fails when it has taken the triggers down."""

    def handle(self: Any, *args: Any, **options: Any) -> None:
        triggers.before_migration(using="default")
        take_all_down()
        assert triggers.missing(connection)
        meanwhile()
        raise RuntimeError("There is no such column.")

    return handle


def test_a_migration_that_fails_leaves_the_triggers_standing_and_nothing_uncounted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Claim] = []

    def decided() -> None:
        made.append(factories.claim(statement="Zirconium will be found."))
        factories.decide(made[0])

    monkeypatch.setattr(migrate.Command, "handle", failing(decided))

    with pytest.raises(RuntimeError, match="no such column"):
        call_command("migrate", verbosity=0)

    assert triggers.missing(connection) == []
    assert recomputing.differences() == []
    assert found_by_a_word(made[0])


def test_a_trigger_that_cannot_be_put_up_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(using: str, **kwargs: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr(migrate.Command, "handle", failing(lambda: None))
    monkeypatch.setattr(wordindex, "after_migration", locked)
    stderr = StringIO()

    if connection.vendor == "sqlite":
        # A statement that fails ends no transaction there, as it would in that of a test.
        with pytest.raises(RuntimeError, match="no such column"):
            call_command("migrate", verbosity=0, stderr=stderr)

        assert "A trigger is down until a migration succeeds" in stderr.getvalue()
        assert triggers.missing(connection) == sorted(name for name, *_ in wordindex.TRIGGERS)


def test_after_a_migration_that_was_killed_the_next_adds_up_what_was_missed() -> None:
    take_all_down()
    claim = factories.claim(statement="Zirconium will be found.")
    factories.decide(claim)

    call_command("migrate", verbosity=0)

    assert triggers.missing(connection) == []
    assert recomputing.differences() == []
    assert found_by_a_word(claim)
