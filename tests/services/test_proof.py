"""Whatever is done to the ledger behind its back is found in the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests import factories
from tests.services.tampering import (
    logged,
    tamper,
    verify,
    without_triggers,
)
from verification.domain.chainwalk import Walk
from verification.domain.ledger import GENESIS
from verification.models import Claim, Evidence, LedgerEntry, Verdict
from verification.services import ledger, proof

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def chain() -> list[LedgerEntry]:
    return logged()


def swap(first: int, second: int) -> None:
    tamper(first, number=9999)
    tamper(second, number=first)
    tamper(9999, number=second)


def insert(number: int) -> None:
    """Puts an entry between two others, with right hashes of its own."""
    before = LedgerEntry.objects.get(number=number - 1)
    for entry in LedgerEntry.objects.filter(number__gte=number).order_by("-number"):
        tamper(entry.number, number=entry.number + 1)
    made = ledger._following(
        before.number, before.hash, None, "verdict", NOW, {"outcome": "denied"}, None
    )
    LedgerEntry(**made).save(force_insert=True)


TAMPERINGS: dict[str, tuple[Callable[[], object], int, str]] = {
    "content": (lambda: tamper(4, content={"outcome": "denied"}), 4, "changed"),
    "action": (lambda: tamper(4, action="claim Logged"), 4, "changed"),
    "actor": (lambda: tamper(4, actor_name="Boss"), 4, "changed"),
    "claim": (lambda: tamper(4, claim_slug="deal"), 4, "changed"),
    "time": (lambda: tamper(4, recorded_at=NOW + timedelta(microseconds=1)), 4, "changed"),
    "digest": (lambda: tamper(4, digest="0" * 64), 4, "changed"),
    "secret": (lambda: tamper(4, secret="0" * 64), 4, "changed"),
    "hash": (lambda: tamper(4, hash="0" * 64), 4, "changed"),
    "previous": (lambda: tamper(4, previous_hash="0" * 64), 4, "follow"),
    "format": (lambda: tamper(4, format=1), 4, "format"),
    "taken away": (
        lambda: tamper(4, secret="", content={}, sealed={"salts": [], "digests": []}),
        4,
        "changed",
    ),
    "dropped": (
        lambda: LedgerEntry.objects.filter(number=4)._raw_delete("default"),
        4,
        "missing",
    ),
    "the first dropped": (
        lambda: LedgerEntry.objects.filter(number=1)._raw_delete("default"),
        1,
        "missing",
    ),
    "swapped": (lambda: swap(4, 5), 4, "follow"),
    "inserted": (lambda: insert(4), 5, "follow"),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_each_tampering_with_the_database_is_found_and_said_where(
    chain: list[LedgerEntry], how: str
) -> None:
    deed, number, says = TAMPERINGS[how]
    without_triggers(deed)
    said = verify()
    assert f"breaks at entry {number}:" in said
    assert says in said


def test_what_was_not_tampered_with_holds(chain: list[LedgerEntry]) -> None:
    head = f"{chain[-1].number}:{chain[-1].hash}"
    fine = f"The chain holds: 9 entries, head {chain[-1].hash}.\n"
    assert verify() == fine
    assert verify("--head", head) == fine
    assert verify("--head", chain[3].hash, "--head", f"3:{chain[2].hash}") == fine


def test_a_tail_that_was_cut_off_is_found_by_its_noted_head(
    chain: list[LedgerEntry], tmp_path: Path
) -> None:
    without_triggers(lambda: LedgerEntry.objects.filter(number=9)._raw_delete("default"))
    fault = proof.of_database(Walk(anchors={9: chain[8].hash}))
    assert fault is not None and fault.number == 9 and "cut off" in fault.what
    assert proof.of_database(Walk()) is None, "nothing in the chain itself can tell"
    fault = proof.of_database(Walk(heads={chain[8].hash}))
    assert fault is not None and "no entry has the hash" in fault.what
    anchors = tmp_path / "anchors"
    anchors.write_text(f"3:{chain[2].hash}\n\n9:{chain[8].hash}\n", encoding="utf-8")
    assert "breaks at entry 9" in verify("--anchors", str(anchors))


def test_a_history_that_was_written_anew_is_found_by_a_noted_head(
    chain: list[LedgerEntry],
) -> None:
    def rewrite() -> None:
        previous = GENESIS
        for entry in chain:
            if entry.number == 3:
                entry.content["outcome"] = "denied"
            entry.previous_hash = previous
            entry.digest = proof.shown(entry).digest()
            entry.hash = previous = proof.link(entry).computed or ""
            entry.save()

    without_triggers(rewrite)
    assert proof.of_database(Walk()) is None
    assert "another one" in verify("--head", f"9:{LedgerEntry.objects.get(number=1).hash}")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--head", "7:abc"], "NUMBER:HASH"),
        (["--head", f"x:{GENESIS}"], "whole number"),
        (["--head", f"1:{'a' * 64}", "--head", f"1:{'b' * 64}"], "Two different"),
        (["--head", f"0:{'a' * 64}"], "Entry 0"),
        (["--after", "1:" + "a" * 64], "is for a FILE"),
        (["no-such-file"], "cannot be read"),
        (["--anchors", "no-such-file"], "cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_words(arguments: list[str], says: str) -> None:
    assert says in verify(*arguments)


# --- The rows that the chain tells of -------------------------------------------------------------


def again(verdict: Verdict) -> None:
    """A second verdict that the ledger knows nothing of, in the place of the first."""
    before = Verdict.objects.get(pk=verdict.pk)
    verdict.pk, verdict.supersedes = None, before
    verdict.save(force_insert=True)


ROWS: dict[str, tuple[Callable[[Claim], object], str]] = {
    "outcome": (
        lambda claim: (
            Verdict.objects.filter(claim=claim).update(outcome="denied"),
            Claim.objects.filter(pk=claim.pk).update(outcome="denied"),
        ),
        "has outcome 'denied', and the entry says 'confirmed'",
    ),
    "rationale": (
        lambda claim: Verdict.objects.filter(claim=claim).update(rationale="Else."),
        "has rationale 'Else.'",
    ),
    "time": (
        lambda claim: Verdict.objects.filter(claim=claim).update(decided_at=NOW),
        "another time",
    ),
    "author": (
        lambda claim: Verdict.objects.filter(claim=claim).update(decided_by=factories.editor().pk),
        "another author",
    ),
    "evidence": (
        lambda claim: Evidence.objects.filter(verdict__claim=claim).update(title="Else."),
        "has evidence",
    ),
    "statement": (
        lambda claim: Claim.objects.filter(pk=claim.pk).update(statement="Else."),
        "statement is 'Else.'",
    ),
    "deadline": (
        lambda claim: Claim.objects.filter(pk=claim.pk).update(deadline="2026-12-31"),
        "deadline is '2026-12-31'",
    ),
    "publicity": (
        lambda claim: Claim.objects.filter(pk=claim.pk).update(public=False),
        "public is False",
    ),
    "slug": (lambda claim: Claim.objects.filter(pk=claim.pk).update(slug="else"), "calls it"),
    "outcome of the claim alone": (
        lambda claim: Claim.objects.filter(pk=claim.pk).update(outcome="denied"),
        "its outcome is denied, and its last verdict confirmed",
    ),
    "verdict put in": (
        lambda claim: again(Verdict.objects.get(claim=claim)),
        "it has 2 verdicts, and the ledger tells of 1",
    ),
    "entry of another claim": (
        lambda claim: LedgerEntry.objects.filter(claim=claim, action="claim logged").update(
            claim=None
        ),
        "0 entries say that it was logged",
    ),
}


@pytest.mark.parametrize("what", ROWS)
def test_a_row_that_was_changed_behind_the_ledgers_back_is_found(
    chain: list[LedgerEntry], what: str
) -> None:
    deed, says = ROWS[what]
    claim = Claim.objects.order_by("pk")[0]
    without_triggers(lambda: deed(claim))
    said = verify()
    assert says in said
    assert "not what the chain tells of" in said
