"""An import that is killed anywhere goes on where it was: no row twice, none missing."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection

from tests import factories
from tests.services.files import Row, confirmed, report, row, write
from tests.services.rows import nothing_changes
from verification.domain.chainwalk import Walk
from verification.models import (
    Claim,
    ImportRefusal,
    ImportRun,
    LedgerEntry,
    Report,
    User,
    Verdict,
)
from verification.services import claimfile, crosscheck, imports, proof, recomputing
from verification.services.importing import runs

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)
KILLS = 20


def clock() -> datetime:
    return NOW


@pytest.fixture
def manon(db: None) -> User:
    return factories.managing_editor(username="manon")


def begin(path: Path, actor: User) -> ImportRun:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return runs.begin(actor=actor, name=path.name, digest=digest, size=1, now=NOW)


def numbered(number: int) -> list[Row]:
    """Claims with two reports each, half of them decided."""
    reports = [report(), report(source="Reuters", url="https://reuters.com/1", via="AFP")]
    return [
        (confirmed if n % 2 else row)(id=f"claim-{n}", statement=f"Claim {n}.", reports=reports)
        for n in range(1, number + 1)
    ]


def test_a_run_goes_on_after_the_last_chunk_that_was_kept(manon: User, tmp_path: Path) -> None:
    path = write(tmp_path / "claims.jsonl", numbered(10))
    read: list[int] = []

    def cut_off() -> Iterator[tuple[int, Row]]:
        for number, found in claimfile.read(path):
            if number == 8:
                raise KeyboardInterrupt
            yield number, found

    with pytest.raises(KeyboardInterrupt):
        runs.go_on(begin(path, manon), cut_off(), clock=clock, at_once=3)
    run = ImportRun.objects.get()
    assert (run.state, run.rows_done, run.claims) == ("cut-off", 6, 6)
    assert Claim.objects.count() == 6

    again = begin(path, manon)
    assert again.pk == run.pk
    summary = runs.go_on(
        again, claimfile.read(path), clock=clock, at_once=3,
        told=lambda so_far, refused, last: read.append(last),
    )  # fmt: skip
    assert read == [9, 10]
    assert (summary.claims, summary.unchanged) == (10, 0)
    run.refresh_from_db()
    assert (run.state, run.rows_done, run.claims, run.reports) == ("finished", 10, 10, 20)


def test_a_finished_file_is_read_anew_and_leaves_nothing(manon: User, tmp_path: Path) -> None:
    path = write(tmp_path / "claims.jsonl", numbered(3))
    runs.go_on(begin(path, manon), claimfile.read(path), clock=clock)
    with nothing_changes():
        summary = runs.go_on(begin(path, manon), claimfile.read(path), clock=clock)
    assert summary.unchanged == 3


def test_what_was_refused_before_the_cut_is_told_at_the_end(manon: User, tmp_path: Path) -> None:
    bad = row(id="bad", deadline="2026-02-30", statement="Not \ud800 a\x00text")
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(json.dumps(found) + "\n" for found in [bad, *numbered(3)]))
    run = begin(path, manon)

    def cut_off() -> Iterator[tuple[int, Row]]:
        yield from list(claimfile.read(path))[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        runs.go_on(run, cut_off(), clock=clock, at_once=1)
    summary = runs.go_on(begin(path, manon), claimfile.read(path), clock=clock)
    assert [(one.row, set(one.problems)) for one in summary.refused] == [
        (1, {"deadline", "statement"})
    ]
    assert ImportRefusal.objects.get().content == bad


def test_who_was_taken_over_writes_no_more(manon: User, tmp_path: Path) -> None:
    path = write(tmp_path / "claims.jsonl", numbered(4))
    first = begin(path, manon)

    def meanwhile() -> Iterator[tuple[int, Row]]:
        for number, found in claimfile.read(path):
            if number == 3:
                begin(path, manon)
            yield number, found

    with pytest.raises(runs.TakenOver):
        runs.go_on(first, meanwhile(), clock=clock, at_once=2)
    assert Claim.objects.count() == 2
    assert ImportRun.objects.get().state == "running"


def test_a_file_that_ends_in_a_fault_says_so(manon: User, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps(row()) + "\n{broken")
    with pytest.raises(ValidationError):
        runs.go_on(begin(path, manon), claimfile.read(path), clock=clock)
    run = ImportRun.objects.get()
    assert (run.state, run.claims, "Line 2" in run.problem) == ("failed", 1, True)


# --- Killed ---------------------------------------------------------------------------------------


def victim(path: Path, dies_at: int) -> int:
    """Imports the file in a process that is killed at a statement, and returns how it ended."""
    # Nobody shares a connection with a child.
    connection.close()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            with connection.execute_wrapper(Deadly(dies_at)):
                call_command("import_claims", path, verbosity=0)
            code = 0
        finally:
            # As abruptly as the others end: what pytest would do at its end is its parent's.
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class Deadly:
    """Kills its own process, as a power cut would, at the n-th statement; at 0 never."""

    def __init__(self, dies_at: int) -> None:
        self.left = dies_at

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


@pytest.mark.usefixtures("real_transactions")
def test_killed_at_twenty_random_points_the_rows_are_as_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "AT_ONCE", 5)
    factories.managing_editor(username="manon")
    rows = numbered(120)
    path = write(tmp_path / "claims.jsonl", rows)
    rng = random.Random(7)
    killed = 0
    for _kill in range(KILLS):
        killed += victim(path, rng.randrange(1, 90)) == -9
        assert recomputing.differences() == []
    assert killed >= KILLS // 2
    assert victim(path, 0) == 0
    assert sorted(Claim.objects.values_list("slug", "statement", "outcome")) == sorted(
        (found["id"], found["statement"], found["outcome"] or "") for found in rows
    )
    kept = Report.objects.values_list("claim__slug", "source__name", "url")
    assert sorted(kept) == sorted(
        (found["id"], one["source"], one["url"]) for found in rows for one in found["reports"]
    )
    assert Verdict.objects.count() == 60
    assert recomputing.differences() == []
    assert proof.of_database(Walk()) is None
    assert list(crosscheck.differences()) == []
    assert LedgerEntry.objects.filter(action="claim logged").count() == 120
