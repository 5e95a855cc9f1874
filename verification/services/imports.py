"""Importing claims files.

Every claim of a file is one transaction: it comes in whole or not at all, so an import that was cut
off is simply run again. A claim that is there already (same `id`, or where the file gives none the
same statement on the same beat) gets the reports and the verdict that it lacks, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from verification.models import Claim, Report, Source, User
from verification.services import claims, reports, sources, verdicts
from verification.services.claimfile import SOURCE_FIELDS, Row
from verification.services.claimrows import Reader, read_claim
from verification.services.drafts import ReportDraft, one_line


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim or source that did not come in: where it stands, and what is wrong by field."""

    row: int
    label: str
    problems: dict[str, list[str]]

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


class _Undo(Exception):  # noqa: N818  not an error: how a dry run leaves its transaction
    """Leaves the transaction without a trace."""


def import_rows(
    rows: Iterable[tuple[int, Row]], *, actor: User, now: datetime, dry_run: bool = False
) -> Summary:
    """Imports claims and sources, each with the number of its row.

    A refused one changes nothing; the others come in. With `dry_run` all is checked and nothing
    kept: the summary says what an import would do.
    """
    summary = Summary()
    if not dry_run:
        _import(rows, actor, now, summary)
        return summary
    try:
        with transaction.atomic():
            _import(rows, actor, now, summary)
            raise _Undo
    except _Undo:
        return summary


def _import(rows: Iterable[tuple[int, Row]], actor: User, now: datetime, summary: Summary) -> None:
    for number, row in rows:
        try:
            with transaction.atomic():
                if "statement" in row or "name" not in row:
                    change = _claim(row, actor, now)
                else:
                    change = _source(row, actor, now)
        except ValidationError as error:
            summary.refused.append(Refusal(number, _label(row), _problems(error)))
        except PermissionDenied as error:
            summary.refused.append(Refusal(number, _label(row), {"": [str(error)]}))
        else:
            summary.sources += change.sources
            summary.claims += change.claims
            summary.reports += change.reports
            summary.verdicts += change.verdicts
            summary.unchanged += not (
                change.sources or change.claims or change.reports or change.verdicts
            )


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
    read = Reader(row, SOURCE_FIELDS)
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


def _claim(row: Row, actor: User, now: datetime) -> Summary:
    """Brings in one claim with its reports and its verdict."""
    plan = read_claim(row, actor=actor, now=now)
    known = plan.known()
    if known is None:
        claim = claims.log(
            actor=actor,
            statement=plan.statement,
            criteria=plan.criteria,
            language=plan.language,
            beat=sources.beat_named(actor=actor, name=plan.beat, now=now),
            deadline=plan.deadline,
            public=plan.public,
            assignee=plan.assignee,
            reports=plan.reports,
            slug=plan.slug,
            now=now,
        )
        change = Summary(claims=1, reports=len(plan.reports))
    else:
        claim = known
        change = Summary()
        kept = {_key(report) for report in claim.reports.all()}
        for index, draft in enumerate(plan.reports):
            if _key(draft) not in kept:
                _report(claim, draft, index, actor, now)
                change.reports += 1
    if plan.outcome and not claim.outcome:
        verdicts.decide(
            actor=actor,
            claim=claim,
            version=None,
            outcome=plan.outcome,
            rationale=plan.rationale,
            became_known_on=plan.outcome_date,
            evidence=plan.evidence,
            imported=True,
            now=now,
        )
        change.verdicts += 1
    elif plan.outcome and plan.outcome != claim.outcome:
        raise ValidationError(
            {
                "outcome": _("The claim is decided already, as %(outcome)s: revise it on the desk.")
                % {"outcome": claim.outcome}
            }
        )
    return change


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
