"""Importing a file of claims on top of what is there, beside the bare writing of the same rows.

The peer is handed finished rows (claims, reports, verdicts, evidence, positions, tallies, entries
of the ledger) and does nothing but write them, chunk by chunk as the import does: COPY on
PostgreSQL, executemany on SQLite. The import reads and checks the file, finds its sources and what
is there already, applies the rules of credit and hashes the ledger besides. All is undone after.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.frame import Figures, Line, Place, seconds

PLACES = (Place("sqlite"), Place("postgresql"))
#: Claims in the file, with three reports each.
CLAIMS = int(os.environ.get("BENCH_IMPORT") or 10_000)
ROUNDS = 3


class Undo(Exception):  # noqa: N818  not an error: how a round leaves no trace
    """Leaves the transaction without a trace."""


def rows(number: int, today: date) -> list[dict[str, Any]]:
    """A file of so many claims, by sources and on beats that are there."""
    from benchmarks.generate import Batch, Generator
    from verification.models import Beat, Source, User

    beats = dict(Beat.objects.values_list("pk", "name"))
    sources = dict(Source.objects.values_list("pk", "name"))
    users = dict(User.objects.values_list("pk", "username"))
    made = Generator(
        claims=number, today=today, seed=7, users=list(users), beats=list(beats),
        sources=list(sources),
    )  # fmt: skip
    batch = Batch()
    for one in range(1, number + 1):
        made.claim(one, batch)
    evidence: dict[int, list[Any]] = {row[1]: [row] for row in batch.rows["Evidence"]}
    verdicts = {row[1]: row for row in batch.rows["Verdict"]}
    reports: dict[int, list[Any]] = {}
    for row in batch.rows["Report"]:
        reports.setdefault(row[1], []).append(row)
    return [
        {
            "id": f"import-{row[0]}", "language": row[4], "statement": row[2], "criteria": row[3],
            "beat": beats[row[5]], "deadline": max(row[6], row[10]).isoformat(),
            "deadline_text": row[7],
            "deadline_precision": row[8], "deadline_basis": row[9],
            "assignee": users.get(row[12]), "public": row[11],
            "reports": [
                {
                    "source": sources[of[2]], "author": None, "url": of[4],
                    "published": of[5].isoformat(), "headline": None, "stance": of[7],
                    "certainty": of[8] or None, "hedge": of[9],
                    "via": sources[of[10]] if of[10] else None,
                }
                for of in reports[row[0]]
            ],
            **decided(verdicts.get(row[0]), max(row[6], row[10]), today, evidence),
        }
        for row in batch.rows["Claim"]
    ]  # fmt: skip


def decided(
    verdict: Any, deadline: date, today: date, evidence: dict[int, list[Any]]
) -> dict[str, Any]:
    """What the file says of the outcome; a lapse only where one can be."""
    if verdict is None or (verdict[2] == "lapsed" and deadline >= today):
        return {"outcome": None, "outcome_date": None, "rationale": "", "evidence": []}
    lapsed = verdict[2] == "lapsed"
    return {
        "outcome": verdict[2],
        "outcome_date": verdict[4].isoformat() if verdict[4] and not lapsed else None,
        "rationale": verdict[3],
        "evidence": [
            {"title": row[2], "url": row[3], "published": row[4].isoformat()}
            for row in evidence.get(verdict[0], [])
        ],
    }


def measure(place: Place) -> dict[str, Any]:
    """Claims a second of each."""
    from verification.models import User
    from verification.services import claimfile, imports

    now = datetime.now(UTC)
    boss = User.objects.get(username="boss")
    number = min(CLAIMS, place.claims(int(os.environ.get("BENCH_SCALE") or 1_000_000)))
    taken: dict[str, list[float]] = {"import": [], "bare": [], "bulk_create": []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.jsonl"
        path.write_text(
            "".join(json.dumps(row) + "\n" for row in rows(number, now.date() - timedelta(days=9)))
        )

        def bring_in() -> None:
            done = imports.import_rows(claimfile.read(path), actor=boss, now=now)
            if done.claims != number:
                raise RuntimeError(f"Only {done.claims} came in; {done.refused[:1]}")

        for _round in range(ROUNDS):
            kept = Recorded()
            with kept.recording():
                taken["import"].append(undone(bring_in))
            taken["bare"].append(undone(kept.write))
            taken["bulk_create"].append(undone(kept.bulk_create))
    return {"claims": number} | {name: number / median(times) for name, times in taken.items()}


def undone(work: Callable[[], object]) -> float:
    """How long the work takes in a transaction that leaves no trace."""
    from django.db import transaction

    taken = 0.0
    with suppress(Undo), transaction.atomic():
        taken = seconds(work)
        raise Undo
    return taken


class Recorded:
    """What an import writes: as finished rows, and as rows of models."""

    def __init__(self) -> None:
        from verification.services import multirow

        self.multirow = multirow
        self.statements: list[Callable[[], object]] = []
        self.rows: list[tuple[Any, list[Any]]] = []
        self.others: list[Callable[[], object]] = []

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Keeps what is written meanwhile."""
        write, insert, add_up = self.multirow._write, self.multirow.insert, self.multirow.add_up
        update, insert_values = self.multirow.update, self.multirow.insert_values

        def keep_write(table: str, columns: list[str], found: Iterable[Any]) -> None:
            finished = list(found)
            self.statements.append(partial(write, table, columns, finished))
            write(table, columns, finished)

        def keep_insert(model: Any, found: Any) -> None:
            self.rows.append((model, list(found)))
            insert(model, found)

        def keep_values(model: Any, names: Any, found: Any) -> None:
            self.rows.append(
                (model, [model(**dict(zip(names, row, strict=True))) for row in found])
            )
            insert_values(model, names, found)

        def keep(statement: Callable[..., object], *given: Any) -> None:
            for kept in (self.statements, self.others):
                kept.append(partial(statement, *given))
            statement(*given)

        self.multirow._write, self.multirow.insert = keep_write, keep_insert
        self.multirow.insert_values = keep_values
        self.multirow.add_up = partial(keep, add_up)
        self.multirow.update = partial(keep, update)
        try:
            yield
        finally:
            self.multirow._write, self.multirow.insert = write, insert
            self.multirow.insert_values = insert_values
            self.multirow.add_up, self.multirow.update = add_up, update

    def write(self) -> None:
        """The statements alone."""
        for statement in self.statements:
            statement()

    def bulk_create(self) -> None:
        """The same rows as Django's tutorial has it."""
        for model, found in self.rows:
            model.objects.bulk_create(found)
        for statement in self.others:
            statement()


def lines(figures: Mapping[tuple[str, int], Figures]) -> list[Line]:
    """By their peers."""
    bare = {"sqlite": "executemany of the same rows", "postgresql": "COPY of the same rows"}
    found = []
    for (kind, claims), taken in figures.items():
        work = f"import {taken['claims']:,} claims on top of {claims:,}, {kind}"
        found += [
            Line(work, bare[kind], taken["bare"], taken["import"], "claims/s", ">= 0.7"),
            Line(work, "bulk_create of the same rows", taken["bulk_create"], taken["import"],
                 "claims/s", ">= 4.5"),
        ]  # fmt: skip
    return found
