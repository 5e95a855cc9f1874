"""What a file says otherwise than what is kept of a claim that is there.

Nothing that is kept is overwritten: a deadline moves, a verdict is revised and a report is amended
on the desk, with a reason and in the ledger. But whoever sends a changed file is told where it is
not what is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from verification.models import Claim, Report
from verification.services.claimfields import Row
from verification.services.drafts import Problems, ReportDraft, lines, one_line
from verification.services.importing.plans import Plan
from verification.services.importing.values import shown

#: What tells the reports of a claim apart: the source, the address, or where there is none the day.
Key = tuple[int, str, date | None]


def report_key(report: Report | ReportDraft) -> Key:
    """What tells the reports of one claim apart."""
    return (report.source.pk, report.url, None if report.url else report.published_on)


def differences(row: Row, plan: Plan, claim: Claim, kept: Mapping[Key, Report]) -> Problems:
    """By the field of the file: what is kept, and what the file says.

    A field that the file leaves out or empty says nothing. `kept` are the claim's reports.
    """
    found = _Found()
    found.compare("", row, _of_claim(plan, claim))
    for index, (entry, draft) in enumerate(
        zip(row.get("reports") or (), plan.reports, strict=True)
    ):
        report = kept.get(report_key(draft))
        if report is not None:
            found.compare(f"reports.{index}.", entry, _of_report(draft, report))
    verdict = claim.verdict
    if verdict is not None and plan.outcome == claim.outcome:
        found.compare("", row, [
            ("outcome_date", verdict.became_known_on, plan.outcome_date),
            ("rationale", verdict.rationale, lines(plan.rationale)),
        ])  # fmt: skip
        if row.get("evidence"):
            evidence = [(one.title, one.url, one.published_on) for one in verdict.evidence.all()]
            said = list(_evidence(plan, {url: (title, day) for title, url, day in evidence}))
            if sorted(evidence, key=str) != sorted(said, key=str):
                found.add("evidence", _listed(evidence), _listed(said))
    return found.problems


class _Found:
    """The differences so far."""

    def __init__(self) -> None:
        self.problems: Problems = {}

    def compare(self, prefix: str, row: Row, values: Iterable[tuple[str, Any, Any]]) -> None:
        """Notes where the file says something, and something else."""
        for name, kept, said in values:
            if _folded(kept) != _folded(said) and row.get(name) not in (None, ""):
                self.add(prefix + name, kept, said)

    def add(self, name: str, kept: object, said: object) -> None:
        """Notes one difference."""
        self.problems[name] = [
            _("Kept is “%(kept)s”; the file says “%(said)s”.")
            % {"kept": _text(kept), "said": _text(said)}
        ]


def _of_claim(plan: Plan, claim: Claim) -> Iterator[tuple[str, Any, Any]]:
    """Fields of the claim, each with what is kept and what the file says."""
    yield "statement", claim.statement, one_line(plan.statement)
    yield "criteria", claim.criteria, lines(plan.criteria)
    yield "language", claim.language, plan.language
    beat = one_line(plan.beat)
    if beat != claim.beat.slug and beat.casefold() != claim.beat.name.casefold():
        yield "beat", claim.beat.name, beat
    yield "deadline", claim.deadline, plan.deadline.day
    yield "deadline_text", claim.deadline_text, one_line(plan.deadline.text)
    yield "deadline_precision", claim.deadline_precision, plan.deadline.precision
    yield "deadline_basis", claim.deadline_basis, plan.deadline.basis
    yield "assignee", claim.assignee, plan.assignee
    yield "public", claim.public, plan.public


def _of_report(draft: ReportDraft, report: Report) -> Iterator[tuple[str, Any, Any]]:
    """The same of a report."""
    yield "author", report.author, one_line(draft.author)
    yield "published", report.published_on, draft.published_on
    yield "headline", report.headline, one_line(draft.headline)
    yield "stance", report.stance, draft.stance
    yield "certainty", report.certainty, draft.certainty
    yield "hedge", report.hedge, one_line(draft.hedge)
    yield "via", report.via, draft.via


def _evidence(
    plan: Plan, kept: Mapping[str, tuple[str, date | None]]
) -> Iterator[tuple[str, str, date | None]]:
    """The evidence of the file; what it leaves out of a page that is kept is as it is kept."""
    for one in plan.evidence:
        url = one.url.strip()
        title, day = kept.get(url, (one.title, one.published_on))
        yield (
            title if one.url in plan.untitled else one_line(one.title),
            url,
            one.published_on or day,
        )


def _folded(value: object) -> object:
    """A browser ends lines in two signs, and a workbook in one."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _text(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "true" if value else "false"
    return shown(str(value))


def _listed(evidence: Iterable[tuple[str, str, date | None]]) -> str:
    return "; ".join(
        " ".join(filter(None, [title, f"({url})", day.isoformat() if day else ""]))
        for title, url, day in sorted(evidence, key=str)
    )
