"""Each list that people read is walked along an index: nothing is sorted or scanned."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from tests import factories
from verification import querysets
from verification.domain.outcomes import MERITS
from verification.models import Breakdown, Claim, Position, Report, Verdict

pytestmark = pytest.mark.django_db

TODAY = date(2026, 4, 1)


def plan(rows) -> str:
    """How the database would read a page of the rows."""
    if connection.vendor == "postgresql":
        # A few rows are scanned and sorted faster than an index is opened.
        with connection.cursor() as cursor:
            for way in ("seqscan", "sort", "incremental_sort", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    return rows[:26].explain()


def public():
    return Claim.objects.public()


#: Each list, and the index along which it is walked.
LISTS = {
    # Nearly all claims are public: their own keys, from the end, are as good as an index.
    "newest": (lambda: public().order_by("-id"), "verification_claim"),
    "open": (lambda: public().open(TODAY).order_by("deadline", "id"), "claim_undecided"),
    "awaiting": (lambda: public().awaiting(TODAY).order_by("deadline", "id"), "claim_undecided"),
    "confirmed": (
        lambda: Claim.objects.with_status("confirmed", TODAY).order_by("-id"),
        "claim_outcome_newest",
    ),
    "of several statuses": (
        lambda: Claim.objects.with_any_status(["void", "denied"], TODAY).order_by("-id"),
        "verification_claim",
    ),
    "of a beat": (
        lambda: Claim.objects.filter(beat__slug="b").order_by("-id"),
        "claim_beat_newest",
    ),
    "of a beat, confirmed": (
        lambda: public().with_status("confirmed", TODAY).filter(beat__slug="b").order_by("-id"),
        "claim_beat_outcome_newest",
    ),
    "of a beat, awaiting": (
        lambda: Claim.objects.awaiting(TODAY).filter(beat=1).order_by("deadline", "id"),
        "claim_beat_undecided",
    ),
    "of a period": (
        lambda: Claim.objects.filter(
            deadline__gte=TODAY, deadline__lte=TODAY + timedelta(days=90)
        ).order_by("deadline", "id"),
        "claim_by_deadline",
    ),
    "newest verdicts": (
        lambda: public().decided().not_void().order_by("-verdict_id"),
        "claim_public_newest_verdict",
    ),
    "the feed of verdicts": (
        lambda: (
            public()
            .decided()
            .filter(
                ~Q(outcome="void")
                | Exists(Verdict.objects.filter(claim=OuterRef("pk"), outcome__in=MERITS))
            )
            .order_by("-verdict_id")
        ),
        "claim_public_newest_verdict",
    ),
    "corrections": (
        lambda: Verdict.objects.filter(supersedes__isnull=False).order_by("-id"),
        "verdict_corrections",
    ),
    "what a source reported": (
        lambda: Position.objects.filter(source__in=[1]).order_by("-claim").values_list("claim"),
        "position_of_source_by_claim",
    ),
    "a source's positions": (
        lambda: Position.objects.filter(source=1).order_by("-first_reported_on", "-id"),
        "position_of_source_newest",
    ),
    "who had it first": (
        lambda: Position.objects.filter(source=1, first=True).order_by("lead_days"),
        "position_first",
    ),
    "a source's months": (
        lambda: Breakdown.objects.filter(source=1, part="month", public=True),
        "verification_breakdown",
    ),
    "verdicts of one instant": (
        lambda: Verdict.objects.order_by("-decided_at", "-id"),
        "verdict_newest_of_all",
    ),
    "reports since a day": (
        lambda: Report.objects.filter(logged_at__gte=factories.NOW).order_by("logged_at"),
        "report_by_logging",
    ),
    "logged of late": (
        lambda: Claim.objects.filter(logged_at__gte=factories.NOW).order_by("-logged_at"),
        "claim_by_logging",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_walked_along_its_index(name):
    rows, index = LISTS[name]
    said = plan(rows())
    assert "TEMP B-TREE" not in said
    assert "Sort" not in said
    assert "Seq Scan" not in said
    # Which of several indexes is the shortest, PostgreSQL sees in rows that are not there.
    assert index in said or connection.vendor == "postgresql"


def test_a_rare_word_is_looked_up_in_the_index():
    factories.claim()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "EXPLAIN SELECT id FROM verification_claim WHERE words @@ 'amazon'::tsquery LIMIT 5"
            )
            assert "claim_words" in str(cursor.fetchall())
        else:
            cursor.execute(
                "EXPLAIN QUERY PLAN SELECT rowid FROM verification_claim_words WHERE "
                "verification_claim_words MATCH 'amazon' ORDER BY rowid DESC LIMIT 5"
            )
            said = str(cursor.fetchall())
            # In the order of the index itself: nothing is sorted.
            assert "VIRTUAL TABLE INDEX" in said
            assert "TEMP B-TREE" not in said


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's planner chooses itself")
@pytest.mark.parametrize("order", ["-id", "deadline"])
def test_rare_hits_are_taken_by_their_keys_in_any_order(order, monkeypatch):
    factories.claim()

    def asked() -> str:
        rows = Claim.objects.public().search("amazon").order_by(order)
        return str(rows.query).partition("WHERE")[2]

    assert "json_each" in asked()
    assert "instr" not in asked()
    monkeypatch.setattr(querysets, "FEW", 0)
    assert "instr" in asked()


def test_searching_asks_the_index_once(django_assert_max_num_queries):
    factories.claim()
    with django_assert_max_num_queries(3):
        assert Claim.objects.public().search("amazon openai").count() == 1
