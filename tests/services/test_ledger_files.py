"""Whatever is done to an exported ledger is found, by the tracker and by the program alone."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.services.tampering import (
    ALONE,
    alone,
    entries,
    exported,
    logged,
    tamper,
    verify,
    without_triggers,
)
from verification.domain import chainwalk, ledgerfile
from verification.domain.chainwalk import Walk
from verification.domain.ledger import GENESIS, chain_hash
from verification.models import LedgerEntry
from verification.services import ledgerexport, proof

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def chain() -> list[LedgerEntry]:
    return logged()


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


@pytest.mark.parametrize("cut", [12, 63])
def test_a_head_that_was_not_noted_whole_is_no_proof_of_tampering(
    chain: list[LedgerEntry], tmp_path: Path, cut: int
) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(b"".join(exported(public=True)))
    code, said = alone(file, f"9:{chain[8].hash[:cut]}")
    assert code == 2
    assert "with all 64 digits" in said


def test_the_program_says_how_it_is_called() -> None:
    code, said = alone(Path("--help"))
    assert code == 0
    assert "verify_ledger.py FILE [NUMBER:HASH" in said


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
