"""Many claims at once come in exactly as each would by itself."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.services.files import Row, confirmed, report, row
from verification.domain.chainwalk import Walk
from verification.models import (
    Claim,
    ClaimCount,
    Evidence,
    LedgerEntry,
    Position,
    Record,
    Reminder,
    Report,
    Source,
    User,
    Verdict,
)
from verification.services import crosscheck, imports, proof, recomputing, records, schedule
from verification.services.importing import single
from verification.services.importing.summary import Summary

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)
FIELDS: dict[type[Any], tuple[str, ...]] = {
    Claim: (
        "slug", "statement", "criteria", "language", "beat__slug", "deadline", "deadline_text",
        "deadline_precision", "deadline_basis", "first_reported_on", "public",
        "assignee__username", "logged_by__username", "logged_at", "version", "outcome",
        "verdict__outcome", "next_reminder_at", "unreachable_since", "words",
    ),
    Report: (
        "claim__slug", "source__slug", "author", "url", "published_on", "headline", "stance",
        "certainty", "hedge", "via__slug", "logged_by__username", "logged_at",
    ),
    Verdict: (
        "claim__slug", "outcome", "rationale", "became_known_on", "decided_by__username",
        "decided_at", "supersedes",
    ),
    Evidence: ("verdict__claim__slug", "title", "url", "published_on"),
    Position: (
        "claim__slug", "source__slug", "report__url", "report__published_on", "beat__slug",
        "public", "first_reported_on", "stance", "certainty", "relay", "credit", "reason", "first",
        "lead_days", "known_on",
    ),
    Record: ("source__slug", "beat__slug", "public", *records.TALLIES),
    Source: ("slug", "name", "kind", "homepage", "language"),
    ClaimCount: ("public", "outcome", "number"),
    LedgerEntry: ("recorded_at", "actor__username", "actor_name", "action", "claim__slug",
                  "claim_slug", "content"),
    Reminder: ("claim__slug",),
}  # fmt: skip


@pytest.fixture
def manon() -> User:
    return factories.managing_editor(username="manon")


def kept() -> dict[str, list[str]]:
    """Every row by what it says, without keys; a count of none is the same as no count."""
    return {
        model.__name__: sorted(
            json.dumps(found, default=str, sort_keys=True)
            for found in model.objects.order_by().values(*fields)
            if model is not ClaimCount or found["number"]
        )
        for model, fields in FIELDS.items()
    }


def told(summary: Summary) -> tuple[Any, ...]:
    return (
        summary.claims, summary.reports, summary.verdicts, summary.without_criteria,
        summary.fresh, summary.grown, summary.kept, summary.unchanged, summary.rows,
        [(one.kind, one.name, one.near, one.row, one.listed) for one in summary.made.all],
        [(one.row, one.label, one.problems) for one in summary.refused],
        [(one.row, one.label, one.problems) for one in summary.differing],
        [(one.row, one.label, one.problems) for one in summary.noted],
    )  # fmt: skip


def undone(work: Callable[[], Summary]) -> tuple[dict[str, list[str]], tuple[Any, ...]]:
    """What the work leaves and tells; then it is undone."""
    with transaction.atomic():
        summary = work()
        assert recomputing.differences() == []
        assert proof.of_database(Walk()) is None
        assert list(crosscheck.differences()) == []
        assert not LedgerEntry.objects.filter(sealed__isnull=False).exists()
        found = kept(), told(summary)
        transaction.set_rollback(True)
    return found


SOURCES = ["Reuters", "reuters", "The Wall Street Journal", "L’Équipe", "AFP", "Nouvelle", "new"]


def some_row(rng: random.Random) -> Row:
    """A claim of a file as newsrooms send them: most are fine, many are known, some are not."""
    number = rng.randrange(12)
    first = date(2026, 1, 1) + timedelta(days=rng.randrange(60))
    made = row(
        id=f"claim-{number}",
        statement=f"Claim {number} comes true; « été » {number}.",
        beat=rng.choice(["Tech", "TECH", "tech", "Santé", "Unheard of"]),
        deadline=(first + timedelta(days=rng.randrange(-2, 90))).isoformat(),
        deadline_basis=rng.choice(["source", "newsroom"]),
        language=rng.choice(["en", "fr", "fr", "de"] if rng.random() < 0.1 else ["en", "fr"]),
        public=rng.random() < 0.8,
        assignee=rng.choice([None, None, "emma", "nobody" if rng.random() < 0.1 else None]),
        reports=[
            report(
                source=rng.choice(SOURCES),
                url=rng.choice(
                    ["", f"https://news.example/{rng.randrange(9)}", "HTTPS://a.example/é"]
                ),
                published=(first + timedelta(days=rng.randrange(9))).isoformat(),
                stance=rng.choice(["asserts", "asserts", "disputes", "observes"]),
                certainty=rng.choice([None, "likely", "certain" if rng.random() < 0.1 else None]),
                via=rng.choice([None, None, *SOURCES]),
            )
            for _report in range(rng.randrange(4))
        ],
    )
    if rng.random() < 0.3:
        del made["id"]
    if rng.random() < 0.5:
        made |= {
            "outcome": rng.choice(["confirmed", "denied", "lapsed", "void", "reopened"]),
            "outcome_date": rng.choice([None, None, "2026-03-01", "2026-05-01"]),
            "rationale": rng.choice(["Announced.", ""]),
            "evidence": rng.choice([
                [], [{"title": "T", "url": "https://x.example/1", "published": "2026-02-27"}],
                [{"title": "T", "url": "ftp://x.example"}],
            ]),
        }  # fmt: skip
    if rng.random() < 0.05:
        made["statement"] = rng.choice(["", "x" * 501, "a\x00b", None, ["a"]])
    return rng.choice([made, made, made, made, {"name": rng.choice(SOURCES), "kind": "agency"}])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), at_once=st.sampled_from([1, 2, 7, 1000]), by=st.booleans())
def test_a_file_leaves_the_rows_that_it_leaves_claim_by_claim(
    seed: int, at_once: int, by: bool
) -> None:
    with transaction.atomic():
        manon, robin = factories.managing_editor(), factories.reporter()
        factories.editor(username="emma")
        beat = factories.BeatFactory.create(name="Tech", slug="tech")
        factories.claim(slug="claim-0", beat=beat, statement="Claim 0 comes true; « été » 0.")
        rng = random.Random(seed)
        rows = [(number, some_row(rng)) for number in range(1, rng.randrange(2, 40))]
        actor = manon if by else robin
        quick = undone(lambda: imports.import_rows(rows, actor=actor, now=NOW, at_once=at_once))
        slow = undone(lambda: single.one_by_one(rows, actor=actor, now=NOW))
        assert quick[1] == slow[1]
        # Each row of the file is counted once.
        assert quick[1][8] == len(rows)
        assert quick[0] == slow[0]
        transaction.set_rollback(True)


def test_a_claim_that_came_in_among_many_is_found_by_its_words_and_is_told_of(manon: User) -> None:
    rows: list[tuple[int, Row]] = [
        (1, row(id="open", deadline="2026-06-30")),
        (2, confirmed(id="decided", statement="Déjà tranché en été.")),
        (3, row(id="due", deadline="2026-04-10")),
    ]
    imports.import_rows(rows, actor=manon, now=NOW)
    by_slug = {claim.slug: claim for claim in Claim.objects.all()}
    assert set(Claim.objects.search("openai amazon")) == {by_slug["open"], by_slug["due"]}
    assert list(Claim.objects.search("ete")) == [by_slug["decided"]]
    assert by_slug["due"].next_reminder_at == NOW
    assert by_slug["open"].next_reminder_at == schedule.first_look(by_slug["open"], NOW)
    assert by_slug["decided"].next_reminder_at is None


def test_a_chunk_costs_the_same_number_of_queries_however_many_claims(manon: User) -> None:
    def queries(first: int, number: int) -> int:
        rows: list[tuple[int, Any]] = [
            (n, confirmed(id=f"claim-{n}")) for n in range(first, first + number)
        ]
        with CaptureQueriesContext(connection) as captured:
            imports.import_rows(rows, actor=manon, now=NOW)
        return len(captured)

    queries(0, 1)
    assert queries(1, 2) == queries(10, 50)


def test_what_the_database_refuses_without_a_check_keeps_out_its_own_row_only(
    manon: User,
) -> None:
    rows: list[tuple[int, Row]] = [(n, row(id=f"claim-{n}")) for n in range(1, 4)]
    # Undone with the test, on both databases.
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "ALTER TABLE verification_claim ADD CONSTRAINT not_two CHECK (slug <> 'claim-2')"
            )
        else:
            cursor.execute(
                "CREATE TRIGGER not_two BEFORE INSERT ON verification_claim "
                "WHEN NEW.slug = 'claim-2' BEGIN SELECT RAISE(ABORT, 'not two'); END"
            )
    summary = imports.import_rows(rows, actor=manon, now=NOW)
    assert (summary.claims, [one.label for one in summary.refused]) == (2, ["claim-2"])
    assert set(Claim.objects.values_list("slug", flat=True)) == {"claim-1", "claim-3"}
    assert recomputing.differences() == []
