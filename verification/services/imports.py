"""Importing claims files.

The rows come in some hundred claims at a time, each such chunk in one transaction: what is new is
checked claim by claim and then written together, so a refused claim keeps no other out. A claim
that is there already (same `id`, or where the file gives none the same statement on the same beat)
gets the reports and the verdict that it lacks, and nothing else. So an import that was cut off,
wherever that was, is simply run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from verification.models import User
from verification.services import ledger
from verification.services.claimfields import Row
from verification.services.importing import single
from verification.services.importing.batch import Batch
from verification.services.importing.differing import differences, report_key
from verification.services.importing.names import KnownNames
from verification.services.importing.plans import planned
from verification.services.importing.summary import Change, Summary, each

#: Claims and sources that are kept in one transaction, unless the caller says otherwise. While one
#: is written nobody else writes, which is to last no longer than a second or two.
AT_ONCE = 1_000

#: What is told of each chunk: the sum so far, what the chunk did, and the number of its last row.
Progress = Callable[["Summary", "Summary", int], None]


class _Undo(Exception):  # noqa: N818  not an error: how a dry run leaves its transaction
    """Leaves the transaction without a trace."""


def import_rows(
    rows: Iterable[tuple[int, Row]],
    *,
    actor: User,
    now: datetime,
    dry_run: bool = False,
    at_once: int | None = None,
    keep: Progress | None = None,
    told: Progress | None = None,
    so_far: Summary | None = None,
) -> Summary:
    """Imports claims and sources, each with the number of its row.

    A refused one changes nothing; the others come in. With `dry_run` all is checked, chunk by
    chunk, and nothing kept: the summary says what an import would do. `so_far` is what was done
    before. `keep` is called in the transaction of each chunk (in a dry run, which keeps none, after
    it), `told` when it is kept. Where the rows end with a ValidationError, what came before the
    fault is kept.
    """
    summary = so_far or Summary()
    for chunk, fault in _chunks(rows, at_once or AT_ONCE):
        if chunk:
            done, last = Summary(), chunk[-1][0]
            with suppress(_Undo), transaction.atomic():
                done = _bring_in(chunk, actor, now, dry_run=dry_run)
                summary.add_up(done)
                if dry_run:
                    raise _Undo
                if keep:
                    keep(summary, done, last)
            if dry_run and keep:
                with transaction.atomic():
                    keep(summary, done, last)
            if told:
                told(summary, done, last)
        if fault:
            raise fault
    return summary


def _chunks(
    rows: Iterable[tuple[int, Row]], at_once: int
) -> Iterator[tuple[list[tuple[int, Row]], ValidationError | None]]:
    """Some rows at a time; the last ones with the fault, if any, that ends the file."""
    remaining = iter(rows)
    while True:
        chunk: list[tuple[int, Row]] = []
        try:
            chunk.extend(islice(remaining, at_once))
        except ValidationError as error:
            yield chunk, error
            return
        if not chunk:
            return
        yield chunk, None


def _bring_in(rows: list[tuple[int, Row]], actor: User, now: datetime, *, dry_run: bool) -> Summary:
    """Brings in the rows of one chunk, in the caller's transaction."""
    # First, as every change does: from here on nobody else makes what a look has not found.
    ledger.hold()
    try:
        with transaction.atomic():
            return _Chunk(rows, actor, now).run(dry_run=dry_run)
    except IntegrityError:
        # Something is in the way that no check knows of: by itself each row tells whether it is it.
        return single.one_by_one(rows, actor=actor, now=now)


class _Chunk:
    """Some rows, of which the new claims are written together."""

    def __init__(self, rows: list[tuple[int, Row]], actor: User, now: datetime) -> None:
        self.rows, self.actor, self.now = rows, actor, now
        self.names = KnownNames(actor, now, (row for _number, row in rows if single.is_claim(row)))
        self.batch = Batch(actor, now)

    def run(self, *, dry_run: bool) -> Summary:
        """Brings them in, in their order. What a dry run would undo at once it does not write."""
        done = each(self.rows, self._row)
        if not dry_run:
            self.batch.write()
        return done

    def _row(self, row: Row) -> Change:
        if not single.is_claim(row):
            change = single.wholly(self.names, lambda: single.source(row, self.names))
            if change.did:
                self.names.sources_changed()
            return change
        again = self.batch.holds(row)
        if again:
            # A claim whose rows stand apart: its first ones must be there for the others to find.
            self.batch.write()
        if not again and self.names.all_known(row):
            return self._claim(row, again=False)
        return single.wholly(self.names, lambda: self._claim(row, again=again))

    def _claim(self, row: Row, *, again: bool) -> Change:
        plan = planned(row, self.names)
        known = plan.known() if again else self.names.claim(plan)
        if known is None:
            return self.batch.add(plan, self.names)
        if not again and not plan.checks.problems and plan.outcome in ("", known.outcome):
            kept = self.names.reports(known)
            if all(report_key(draft) in kept for draft in plan.reports):
                return Change(differences=differences(row, plan, known, kept))
        with transaction.atomic():
            return single.complete(plan.known() or known, row, plan, self.actor, self.now)
