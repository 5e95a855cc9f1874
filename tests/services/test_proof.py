"""Whatever is done to the ledger behind its back is found, in the database and in a file."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from verification import guards
from verification.domain import chainwalk, ledgerfile
from verification.domain.chainwalk import Walk
from verification.domain.ledger import GENESIS, chain_hash
from verification.models import Claim, Evidence, LedgerEntry, Verdict
from verification.services import claims, ledger, ledgerexport, proof

pytestmark = pytest.mark.django_db

NOW = factories.NOW
ALONE = (
    Path(__file__).parents[2] / "verification/static/verification/ledger/verify_ledger.py"
)  # fmt: skip


@pytest.fixture
def chain() -> list[LedgerEntry]:
    """Public claims and an internal one, logged, edited and decided: nine entries."""
    boss = factories.managing_editor(username="boss")
    for number, public in enumerate((True, False, True)):
        claim = factories.claim(actor=boss, statement=f"Deal {number} — “œuvre” 🚀.", public=public)
        claims.assign(actor=boss, claim=claim, version=1, assignee=boss, now=NOW)
        claim.refresh_from_db()
        factories.decide(claim, actor=boss)
    return entries()


def entries() -> list[LedgerEntry]:
    return list(LedgerEntry.objects.order_by("number"))


def verify(*arguments: str) -> str:
    """What `verify_ledger` prints, or what it complains of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify_ledger", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        assert error.returncode == 1
        return f"{err.getvalue()}{error}"
    return out.getvalue()


def tamper(at: int, **changes: object) -> None:
    assert LedgerEntry.objects.filter(number=at).update(**changes) == 1


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
    made.save(force_insert=True)


def without_triggers(deed: Callable[[], object]) -> None:
    guards.take_down(connection)
    try:
        deed()
    finally:
        guards.put_up(connection)


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


# --- The file -------------------------------------------------------------------------------------


def exported(*, public: bool) -> list[bytes]:
    return list(ledgerexport.lines(public=public))


def alone(file: Path, *noted: str) -> tuple[int, str]:
    """The exit of the program that stands alone, and what it says."""
    ran = subprocess.run(
        [sys.executable, "-I", str(ALONE), str(file), *noted],
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize("public", [True, False])
def test_both_verifiers_accept_the_file(
    chain: list[LedgerEntry], tmp_path: Path, public: bool
) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(b"".join(exported(public=public)))
    head = f"9:{chain[8].hash}"
    assert verify(str(file), "--head", head) == f"The chain holds: 9 entries, head {head[2:]}.\n"
    assert alone(file, head, f"2:{chain[1].hash}") == (
        0,
        f"The chain holds: 9 entries, head {head}\n",
    )


FILES: dict[str, tuple[Callable[[list[bytes]], list[bytes]], int]] = {
    "dropped": (lambda lines: lines[:3] + lines[4:], 4),
    "swapped": (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], 4),
    "inserted": (lambda lines: [*lines[:4], *lines[3:]], 5),
    "cut off": (lambda lines: lines[:-1], 9),
    "the end of a line lost": (lambda lines: [*lines[:-1], lines[-1][:-1]], 9),
    "not JSON": (lambda lines: [*lines[:3], b"{\n", *lines[3:]], 4),
    "not an entry": (lambda lines: [*lines[:3], b"[]\n", *lines[3:]], 4),
    "a key more": (
        lambda lines: [
            *lines[:3],
            ledgerfile.sealed_line(json.loads(lines[3]) | {"note": ""}),
            *lines[4:],
        ],
        4,
    ),
}


@pytest.mark.parametrize("how", FILES)
@pytest.mark.parametrize("public", [True, False])
def test_each_tampering_with_a_file_is_found_by_both_verifiers(
    chain: list[LedgerEntry], tmp_path: Path, how: str, public: bool
) -> None:
    deed, number = FILES[how]
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(b"".join(deed(exported(public=public))))
    head = f"9:{chain[8].hash}"
    assert f"breaks at entry {number}:" in verify(str(file), "--head", head)
    code, said = alone(file, head)
    assert code == 1
    assert f"ntry {number}" in said


def holds(lines: list[bytes], noted: dict[int, str]) -> bool:
    walk = Walk(anchors=noted)
    try:
        links = [ledgerfile.read(line) for line in lines]
    except ValueError:
        return False
    return chainwalk.follow(walk, links) is None


@pytest.mark.parametrize("public", [True, False])
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_byte_that_is_changed_in_a_file_is_found_by_both_verifiers(
    chain: list[LedgerEntry], public: bool, data: st.DataObject
) -> None:
    whole = b"".join(exported(public=public))
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != whole[at]))
    changed = whole[:at] + bytes([byte]) + whole[at + 1 :]
    assert not holds(changed.splitlines(keepends=True), {})
    with pytest.raises(ValueError, match="entry"):
        program["verify"](io.BytesIO(changed), {})


program: dict[str, Callable[..., object]] = {"__name__": "program"}  # type: ignore[dict-item]
exec(compile(ALONE.read_text(encoding="utf-8"), str(ALONE), "exec"), program)  # noqa: S102


def test_a_part_of_a_file_is_verified_from_the_entry_before_it(
    chain: list[LedgerEntry], tmp_path: Path
) -> None:
    file = tmp_path / "part.jsonl"
    file.write_bytes(b"".join(ledgerexport.lines(public=True, after=4)))
    assert "breaks at entry 1:" in verify(str(file))
    assert "holds: 9 entries" in verify(str(file), "--after", f"4:{chain[3].hash}")


# --- The format before ----------------------------------------------------------------------------


@pytest.fixture
def old_and_new() -> list[LedgerEntry]:
    """Two entries as they were written in format 1, and new ones after them."""
    previous = GENESIS
    for number in (1, 2):
        entry = LedgerEntry(
            number=number,
            recorded_at=NOW,
            actor_name="robin",
            action="source created",
            content={"name": f"Old {number}", "slug": "old"},
            previous_hash=previous,
            format=1,
        )
        entry.hash = previous = chain_hash(previous, proof.covered_1(entry))
        entry.save()
    factories.claim()
    return entries()


def test_a_chain_that_began_in_format_1_goes_on_and_holds(
    old_and_new: list[LedgerEntry], tmp_path: Path
) -> None:
    assert [entry.format for entry in old_and_new] == [1, 1, 2]
    assert "holds: 3 entries" in verify()
    for public, unread in ((False, ""), (True, "2 of them are withheld")):
        file = tmp_path / "ledger.jsonl"
        file.write_bytes(b"".join(exported(public=public)))
        assert unread in verify(str(file))
        assert alone(file)[0] == 0
        assert (b"Old 1" in file.read_bytes()) is not public


def test_an_old_entry_that_was_changed_is_found(old_and_new: list[LedgerEntry]) -> None:
    without_triggers(lambda: tamper(2, content={"name": "New"}))
    assert "breaks at entry 2" in verify()


def test_an_entry_cannot_pass_for_one_of_the_format_before(
    old_and_new: list[LedgerEntry],
) -> None:
    entry = old_and_new[2]
    entry.format = 1
    entry.hash = chain_hash(entry.previous_hash, proof.covered_1(entry))
    walk = Walk(number=2, hash=entry.previous_hash, format=2)
    fault = walk.step(proof.link(entry))
    assert fault is not None and "format 1 after" in fault.what
