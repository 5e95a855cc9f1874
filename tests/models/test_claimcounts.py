"""The counts of claims follow every change of them, whoever makes it."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection, transaction

from tests import factories
from verification import claimcounts
from verification.models import Claim, ClaimCount
from verification.services import claims, verdicts

pytestmark = pytest.mark.django_db


def kept() -> Counter[tuple[bool, str]]:
    rows = ClaimCount.objects.values_list("public", "outcome", "number")
    return Counter({(public, outcome): number for public, outcome, number in rows if number})


def counted() -> Counter[tuple[bool, str]]:
    return Counter(Claim.objects.values_list("public", "outcome"))


def test_the_counts_follow_a_claim_through_its_life():
    boss = factories.managing_editor()
    claim = factories.claim(actor=boss)
    factories.claim(actor=boss, public=False)
    assert kept() == counted() == {(True, ""): 1, (False, ""): 1}
    factories.decide(claim, actor=boss)
    assert kept() == counted() == {(True, "confirmed"): 1, (False, ""): 1}
    claims.edit(
        actor=boss, claim=claim, version=claim.version, changes={"public": False}, now=factories.NOW
    )
    claim.refresh_from_db()
    verdicts.reopen(
        actor=boss, claim=claim, version=claim.version, rationale="Too early.", now=factories.NOW
    )
    assert kept() == counted() == {(False, ""): 2}


def test_the_counts_follow_rows_that_come_and_go_in_bulk():
    first = factories.claim(reports=[])
    rows = [
        Claim(
            slug=f"bulk-{number}", statement="Bulk.", beat=first.beat, deadline=first.deadline,
            logged_by=first.logged_by, logged_at=first.logged_at, public=number % 3 > 0,
        )
        for number in range(10)
    ]  # fmt: skip
    Claim.objects.bulk_create(rows)
    assert kept() == counted() == {(True, ""): 7, (False, ""): 4}
    Claim.objects.filter(slug__startswith="bulk").update(public=True)
    assert kept() == counted() == {(True, ""): 11}
    rows = Claim.objects.filter(slug__startswith="bulk")
    rows._raw_delete(using=rows.db)
    assert kept() == counted() == {(True, ""): 1}


def test_what_is_undone_is_not_counted():
    with transaction.atomic():
        factories.claim()
        transaction.set_rollback(True)
    assert kept() == {}


def test_counting_anew_puts_wrong_counts_right():
    factories.claim()
    ClaimCount.objects.update(number=77)
    claimcounts.recount(connection)
    assert kept() == counted()
