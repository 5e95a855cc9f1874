"""How far an import is: kept with the rows that it tells of, so that it can be gone on with.

A run belongs to whoever wrote its token last. Another process that takes it over, because the first
one seems to be dead, lets it notice so with its next chunk, which is then undone.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from verification.models import (
    ImportDifference,
    ImportedName,
    ImportNote,
    ImportRefusal,
    ImportRun,
    User,
)
from verification.models.choices import ImportState, NameKind
from verification.newsroom import Clock
from verification.services import csvfiles, imports
from verification.services.claimfields import Row
from verification.services.drafts import printable
from verification.services.importing.naming import Made
from verification.services.importing.summary import Refusal, Remark, Summary
from verification.services.imports import Progress

#: The counts of a run, which are those of a summary.
COUNTS = (
    "fresh", "grown", "kept", "unchanged", "claims", "reports", "verdicts", "without_criteria",
)  # fmt: skip
#: The counts of what was told, and of what was made.
TOLD = ("refused", "differing", "noted")
MADE = ("sources", "beats")


class TakenOver(Exception):  # noqa: N818  not an error: somebody else goes on
    """Another process goes on with this import."""


def begin(*, actor: User, name: str, digest: str, size: int, now: datetime) -> ImportRun:
    """The run of a file that is brought in now: one that was not finished goes on, else a new one.

    It is found by what is in the file, whatever its name.
    """
    unfinished = ImportRun.objects.filter(
        digest=digest, actor=actor, state__in=[ImportState.RUNNING, ImportState.CUT_OFF]
    )
    run = unfinished.first() or ImportRun(
        name=name[:255], digest=digest, size=size, actor=actor, started_at=now
    )
    return take(run, ImportState.RUNNING, now)


def take(run: ImportRun, state: ImportState, now: datetime) -> ImportRun:
    """Makes the run this process's own."""
    run.state, run.touched_at, run.token = state, now, secrets.token_hex(16)
    run.save()
    return run


def go_on(
    run: ImportRun,
    rows: Iterable[tuple[int, Row]],
    *,
    clock: Clock,
    dry_run: bool = False,
    at_once: int | None = None,
    told: Progress | None = None,
) -> Summary:
    """Brings in what the run has not done yet, and returns what was done in all.

    `told` hears after each chunk of the sum and the last row. Raises ValidationError where the file
    cannot be read to its end, and TakenOver.
    """
    done = run.rows_done
    summary = _so_far(run)

    def keep(so_far: Summary, done: Summary, last: int) -> None:
        _write_down(run, so_far, last, clock())
        ImportRefusal.objects.bulk_create(
            ImportRefusal(content_json=json.dumps(one.content, default=str), **_told(run, one))
            for one in done.refused
        )
        ImportDifference.objects.bulk_create(
            ImportDifference(**_told(run, one)) for one in done.differing
        )
        ImportNote.objects.bulk_create(ImportNote(**_told(run, one)) for one in done.noted)
        ImportedName.objects.bulk_create(
            ImportedName(
                run=run, kind=one.kind, name=one.name, near=one.near, row=one.row, listed=one.listed
            )
            for one in done.made.all
        )

    try:
        imports.import_rows(
            (pair for pair in rows if pair[0] > done),
            actor=run.actor,
            now=clock(),
            dry_run=dry_run,
            at_once=at_once,
            keep=keep,
            told=told,
            so_far=summary,
        )
    except ValidationError as error:
        _end(run, ImportState.FAILED, clock(), problem=" ".join(error.messages))
        raise
    except (KeyboardInterrupt, SystemExit):
        _end(run, ImportState.CUT_OFF, clock())
        raise
    _end(run, ImportState.CHECKED if dry_run else ImportState.FINISHED, clock())
    return summary


def keep_form(run: ImportRun, form: csvfiles.Form | None) -> None:
    """Keeps how a CSV file is written: its refused rows are given back so."""
    if form is None:
        return
    run.read_as = "" if form.usual else str(form)
    run.encoding, run.separator = form.encoding, form.separator
    ImportRun.objects.filter(pk=run.pk).update(
        read_as=run.read_as, encoding=run.encoding, separator=run.separator
    )


def form_of(run: ImportRun) -> csvfiles.Form:
    """How CSV is written for whoever sent the file: as the file, where it was CSV."""
    return csvfiles.Form(run.encoding, run.separator) if run.encoding else csvfiles.USUAL


def _so_far(run: ImportRun) -> Summary:
    """What the run has done until now."""
    summary = Summary(
        **{name: getattr(run, name) for name in COUNTS},
        refused=[
            Refusal(row.row, row.label, row.problems, row.rows, row.content)
            for row in run.refusals.all()
        ],
        differing=[
            Remark(row.row, row.label, row.problems, row.rows) for row in run.differences.all()
        ],
        noted=[Remark(row.row, row.label, row.problems, row.rows) for row in run.notes.all()],
    )
    for one in run.made.all():
        summary.made.add(
            Made(NameKind(one.kind), one.name, one.near, row=one.row, listed=one.listed)
        )
    return summary


def _write_down(run: ImportRun, so_far: Summary, last: int, now: datetime) -> None:
    """Keeps how far the run is, if it is still this process's own."""
    counts = {name: getattr(so_far, name) for name in (*COUNTS, *MADE)}
    counts |= {name: len(getattr(so_far, name)) for name in TOLD}
    kept = ImportRun.objects.filter(pk=run.pk, token=run.token).update(
        rows_done=last, touched_at=now, **counts
    )
    if not kept:
        raise TakenOver
    for name, value in counts.items():
        setattr(run, name, value)
    run.rows_done = last


def _end(run: ImportRun, state: ImportState, now: datetime, problem: str = "") -> None:
    run.state, run.problem, run.finished_at = state, problem, now
    mine = ImportRun.objects.filter(pk=run.pk, token=run.token)
    waits_on_desk = run.parts.exists()
    did = any(getattr(run, name) for name in (*COUNTS, *TOLD) if name != "unchanged")
    if state != ImportState.CUT_OFF and not did and not waits_on_desk:
        # What changed nothing leaves nothing; a file on the desk waits there for its result.
        mine.delete()
        return
    mine.update(state=state, problem=problem, finished_at=now, touched_at=now)


def _told(run: ImportRun, one: Remark) -> dict[str, Any]:
    """A remark as it is kept with its run."""
    return {
        "run": run,
        "row": one.row,
        "label": printable(one.label),
        "problems_json": json.dumps(one.problems),
        "rows_json": json.dumps(one.rows),
    }
