"""Many write to the ledger at once: one chain, without a gap and without a fork."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from django.db import transaction

from tests import factories
from tests.services.test_races import at_once
from verification.domain.chainwalk import Walk
from verification.models import LedgerEntry
from verification.services import crosscheck, ledger, proof, redaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_transactions")]

NOW = factories.NOW
WRITERS = 6
EACH = 15


def singly(name: str) -> Callable[[], None]:
    def write() -> None:
        for number in range(EACH):
            with transaction.atomic():
                ledger.append(actor=None, action=name, now=NOW, content={"n": number})

    return write


def together(name: str) -> Callable[[], None]:
    def write() -> None:
        for batch in range(3):
            told = [(name, {"n": batch * 5 + number}, None) for number in range(5)]
            with transaction.atomic():
                ledger.append_many(actor=None, now=NOW, entries=told)

    return write


def undone(name: str) -> Callable[[], None]:
    """Takes the chain, writes, and gives up: its numbers are the next one's."""

    def write() -> None:
        for number in range(EACH):
            with transaction.atomic():
                ledger.append(actor=None, action=name, now=NOW, content={"n": number})
                transaction.set_rollback(True)

    return write


def test_writers_at_once_keep_one_chain_without_a_gap_or_a_fork() -> None:
    acts = [singly(f"single {n}") for n in range(WRITERS // 2)]
    acts += [together(f"many {n}") for n in range(WRITERS // 2)]

    results = at_once(*acts, undone("undone"))

    assert results == [None] * len(results)
    rows = list(LedgerEntry.objects.order_by("number").values_list("number", "action", "content"))
    assert [number for number, _action, _content in rows] == list(range(1, WRITERS * EACH + 1))
    assert Counter(action for _number, action, _content in rows) == {
        name: EACH for n in range(WRITERS // 2) for name in (f"single {n}", f"many {n}")
    }
    for name in {action for _number, action, _content in rows}:
        written = [content["n"] for _number, action, content in rows if action == name]
        assert written == sorted(written), "each writer's own entries are in its order"
    assert proof.of_database(Walk()) is None


def test_claims_are_logged_and_a_person_removed_at_once() -> None:
    boss, beat = factories.managing_editor(), factories.BeatFactory.create()
    person = factories.SourceFactory.create(kind="reporter", name="Jo Doe", slug="jo-doe")

    def log(name: str) -> Callable[[], None]:
        def write() -> None:
            for number in range(5):
                claim = factories.claim(
                    actor=boss,
                    beat=beat,
                    statement=f"{name} {number}.",
                    reports=[factories.report_draft(person, url="")],
                )
                factories.decide(claim, actor=boss)

        return write

    results = at_once(
        log("First"),
        log("Second"),
        lambda: redaction.redact(actor=boss, source=person, reason="Asked.", now=NOW),
    )

    assert not [result for result in results if isinstance(result, Exception)], results
    assert proof.of_database(Walk()) is None
    assert list(crosscheck.differences()) == []
