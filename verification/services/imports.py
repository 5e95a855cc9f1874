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
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from verification.models import Claim, Report, Source, User
from verification.services import claims, ledger, reports, sources, verdicts
from verification.services.claimfile import SOURCE_FIELDS, Row
from verification.services.claimrows import Names, Plan, Reader, read_claim
from verification.services.drafts import ReportDraft, one_line
from verification.services.importing.batch import Batch
from verification.services.importing.names import KnownNames

#: Claims and sources that are kept in one transaction, unless the caller says otherwise. While one
#: is written nobody else writes, which is to last no longer than a second or two.
AT_ONCE = 1_000

SOURCE_KNOWN = frozenset(SOURCE_FIELDS)

#: What is told of each chunk: the sum so far, the chunk's refusals, and the number of its last row.
Progress = Callable[["Summary", "list[Refusal]", int], None]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim or source that did not come in: where it stands, and what is wrong by field."""

    row: int
    label: str
    problems: dict[str, list[str]]
    #: As the file has it, so that it can be mended and read again.
    content: Row = field(default_factory=dict)

    def __str__(self) -> str:
        words = "; ".join(
            f"{name}: {' '.join(messages)}" if name else " ".join(messages)
            for name, messages in self.problems.items()
        )
        return f"row {self.row} ({self.label}): {words}"


@dataclass(slots=True)
class Summary:
    """What an import did."""

    sources: int = 0
    claims: int = 0
    reports: int = 0
    verdicts: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def add(self, change: Summary) -> None:
        """Adds what one row did; a row that changed nothing is counted as such."""
        self.sources += change.sources
        self.claims += change.claims
        self.reports += change.reports
        self.verdicts += change.verdicts
        self.unchanged += not (change.sources or change.claims or change.reports or change.verdicts)

    def add_up(self, done: Summary) -> None:
        """Adds what a chunk did."""
        self.sources += done.sources
        self.claims += done.claims
        self.reports += done.reports
        self.verdicts += done.verdicts
        self.unchanged += done.unchanged
        self.refused += done.refused


class _Undo(Exception):  # noqa: N818  not an error: how a dry run leaves its transaction
    """Leaves the transaction without a trace."""


def import_rows(
    rows: Iterable[tuple[int, Row]],
    *,
    actor: User,
    now: datetime,
    dry_run: bool = False,
    at_once: int = AT_ONCE,
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
    for chunk, fault in _chunks(rows, at_once):
        if chunk:
            done, last = Summary(), chunk[-1][0]
            with suppress(_Undo), transaction.atomic():
                done = _bring_in(chunk, actor, now, dry_run=dry_run)
                summary.add_up(done)
                if dry_run:
                    raise _Undo
                if keep:
                    keep(summary, done.refused, last)
            if dry_run and keep:
                with transaction.atomic():
                    keep(summary, done.refused, last)
            if told:
                told(summary, done.refused, last)
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
        return one_by_one(rows, actor=actor, now=now)


class _Chunk:
    """Some rows, of which the new claims are written together."""

    def __init__(self, rows: list[tuple[int, Row]], actor: User, now: datetime) -> None:
        self.rows, self.actor, self.now = rows, actor, now
        self.names = KnownNames(actor, now, (row for _number, row in rows if _is_claim(row)))
        self.batch = Batch(actor, now)

    def run(self, *, dry_run: bool) -> Summary:
        """Brings them in, in their order. What a dry run would undo at once it does not write."""
        done = _each(self.rows, self._row)
        if not dry_run:
            self.batch.write()
        return done

    def _row(self, row: Row) -> Summary:
        if not _is_claim(row):
            with transaction.atomic():
                return _source(row, self.actor, self.now)
        again = self.batch.holds(row)
        if again:
            # A claim whose rows stand apart: its first ones must be there for the others to find.
            self.batch.write()
        if not again and self.names.all_known(row):
            return self._claim(row, again=False)
        try:
            with transaction.atomic():
                change = self._claim(row, again=again)
        except (ValidationError, PermissionDenied):
            self.names.forget()
            raise
        self.names.keep()
        return change

    def _claim(self, row: Row, *, again: bool) -> Summary:
        plan = read_claim(row, self.names)
        known = plan.known() if again else self.names.claim(plan)
        if known is None:
            self.batch.add(plan, self.names.beat(plan.beat))
            return Summary(claims=1, reports=len(plan.reports), verdicts=1 if plan.outcome else 0)
        if (
            not again
            and plan.outcome in ("", known.outcome)
            and self.names.reports(known).issuperset(map(_key, plan.reports))
        ):
            return Summary()
        with transaction.atomic():
            return _complete(plan.known() or known, plan, self.actor, self.now)


def one_by_one(rows: Iterable[tuple[int, Row]], *, actor: User, now: datetime) -> Summary:
    """Brings in each row by itself, as an editor would log it: slow, the measure of the rest."""
    names = Names(actor, now)

    def alone(row: Row) -> Summary:
        try:
            with transaction.atomic():
                if not _is_claim(row):
                    return _source(row, actor, now)
                return _logged(read_claim(row, names), names)
        except IntegrityError as error:
            raise ValidationError(
                _("The database refuses this: %(error)s") % {"error": error}
            ) from error

    return _each(rows, alone)


def _each(rows: Iterable[tuple[int, Row]], bring_in: Callable[[Row], Summary]) -> Summary:
    """Does what is done with each row, and notes those that are refused."""
    done = Summary()
    for number, row in rows:
        try:
            done.add(bring_in(row))
        except ValidationError as error:
            done.refused.append(Refusal(number, _label(row), _problems(error), row))
        except PermissionDenied as error:
            done.refused.append(Refusal(number, _label(row), {"": [str(error)]}, row))
    return done


def _is_claim(row: Row) -> bool:
    return "statement" in row or "name" not in row


def _label(row: Row) -> str:
    return one_line(str(row.get("id") or row.get("name") or row.get("statement") or "?"))[:80]


def _problems(error: ValidationError) -> dict[str, list[str]]:
    """By the names that the file has."""
    names = {"slug": "id", "published_on": "published", "became_known_on": "outcome_date"}
    found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return {
        ".".join(names.get(part, part) for part in name.split(".")): messages
        for name, messages in found.items()
    }


def _source(row: Row, actor: User, now: datetime) -> Summary:
    """Makes a source, or fills in what an existing one lacks."""
    read = Reader(row, SOURCE_KNOWN, Names(actor, now))
    name = read.text("name")
    details = {
        "kind": read.text("kind") or "outlet",
        "homepage": read.text("homepage"),
        "language": read.text("language"),
    }
    read.done()
    known = Source.objects.filter(name__iexact=one_line(name)).first()
    if known is None:
        sources.create_source(
            actor=actor,
            name=name,
            kind=details["kind"],
            homepage=details["homepage"],
            language=details["language"],
            now=now,
        )
        return Summary(sources=1)
    missing: dict[str, object] = {
        field: value for field, value in details.items() if value and not getattr(known, field)
    }
    if missing:
        sources.edit_source(actor=actor, source=known, changes=missing, now=now)
    return Summary(sources=1 if missing else 0)


def _logged(plan: Plan, names: Names) -> Summary:
    """Logs one claim with its reports and its verdict; completes it where it is there already."""
    claim = plan.known()
    if claim is not None:
        return _complete(claim, plan, names.actor, names.now)
    claim = claims.log(
        actor=names.actor,
        statement=plan.statement,
        criteria=plan.criteria,
        language=plan.language,
        beat=names.beat(plan.beat),
        deadline=plan.deadline,
        public=plan.public,
        assignee=plan.assignee,
        reports=plan.reports,
        slug=plan.slug,
        now=names.now,
    )
    change = Summary(claims=1, reports=len(plan.reports))
    if plan.outcome:
        _decide(claim, plan, names.actor, names.now)
        change.verdicts = 1
    return change


def _complete(claim: Claim, plan: Plan, actor: User, now: datetime) -> Summary:
    """Adds the reports and the verdict that a claim lacks."""
    change = Summary()
    kept = {_key(report) for report in claim.reports.all()}
    for index, draft in enumerate(plan.reports):
        if _key(draft) not in kept:
            _report(claim, draft, index, actor, now)
            change.reports += 1
    if plan.outcome and not claim.outcome:
        _decide(claim, plan, actor, now)
        change.verdicts += 1
    elif plan.outcome and plan.outcome != claim.outcome:
        raise ValidationError(
            {
                "outcome": _("The claim is decided already, as %(outcome)s: revise it on the desk.")
                % {"outcome": claim.outcome}
            }
        )
    return change


def _decide(claim: Claim, plan: Plan, actor: User, now: datetime) -> None:
    verdicts.decide(
        actor=actor,
        claim=claim,
        version=None,
        outcome=plan.outcome,
        rationale=plan.rationale,
        became_known_on=plan.outcome_date,
        evidence=plan.evidence,
        now=now,
    )


def _report(claim: Claim, draft: ReportDraft, index: int, actor: User, now: datetime) -> None:
    """Adds the report of this index to a claim that is there; its faults are told as the row's."""
    try:
        reports.add_report(actor=actor, claim=claim, draft=draft, now=now)
    except ValidationError as error:
        raise ValidationError(
            {f"reports.{index}.{name}": found for name, found in error.message_dict.items()}
        ) from error


def _key(report: Report | ReportDraft) -> tuple[int, str, date | None]:
    return (report.source.pk, report.url, None if report.url else report.published_on)
