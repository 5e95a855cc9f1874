"""What is append-only stays as it was written, whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, models, transaction

from tests import factories
from verification import guards
from verification.models import Claim, Evidence, LedgerEntry, Verdict
from verification.services import verdicts

pytestmark = pytest.mark.django_db

APPEND_ONLY = [Verdict, Evidence, LedgerEntry]
WORDING = {Verdict: "rationale", Evidence: "title", LedgerEntry: "action"}


@pytest.fixture(autouse=True)
def decided() -> Claim:
    claim = factories.claim()
    factories.decide(claim)
    return claim


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_no_row_is_edited(model: type[models.Model]) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model._default_manager.update(**{WORDING[model]: "As it suits us."})


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_no_row_is_saved_again(model: type[models.Model]) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model._default_manager.order_by("pk")[0].save()


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_no_row_is_deleted(model: type[models.Model]) -> None:
    rows = model._default_manager.all()
    # Past the ORM's own protection, which is asked first.
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows._raw_delete(using=rows.db)


def test_plain_sql_gets_no_further() -> None:
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE verification_verdict SET outcome = 'denied'")


def test_the_triggers_can_be_put_up_twice(decided: Claim) -> None:
    guards.put_up(connection)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Verdict.objects.update(rationale="As it suits us.")


def test_a_migration_can_take_the_triggers_down_and_they_come_back(decided: Claim) -> None:
    guards.take_down(connection)
    guards.take_down(connection)
    with transaction.atomic():
        assert Verdict.objects.update(rationale="A migration may.") == 1
        transaction.set_rollback(True)
    guards.after_migration(using="default")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Verdict.objects.update(rationale="As it suits us.")


def test_an_outcome_is_not_taken_away_without_a_verdict_that_reopens_it(decided: Claim) -> None:
    with pytest.raises(IntegrityError, match="being reopened only"), transaction.atomic():
        Claim.objects.filter(pk=decided.pk).update(outcome="", verdict=None)


def test_a_claim_does_not_go_back_to_a_verdict_that_was_superseded(decided: Claim) -> None:
    first = decided.verdict
    assert first is not None
    verdicts.revise(
        actor=factories.managing_editor(),
        claim=decided,
        version=decided.version,
        outcome="denied",
        rationale="It was withdrawn.",
        evidence=[factories.evidence()],
        now=datetime(2026, 4, 2, tzinfo=UTC),
    )
    with pytest.raises(IntegrityError, match="the current one"), transaction.atomic():
        Claim.objects.filter(pk=decided.pk).update(outcome=first.outcome, verdict=first)
