"""Reports: logged with a claim or later, amended, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from verification import newsroom
from verification.models import Claim, Report, User
from verification.services import ledger, records, turns
from verification.services.drafts import Checks, ReportDraft, one_line
from verification.services.errors import allow


@transaction.atomic
def add_report(
    *, actor: User, claim: Claim, draft: ReportDraft, now: datetime, version: int | None = None
) -> Report:
    """Logs one more report of a claim, decided or not, and returns it."""
    allow(actor, "add_report")
    claim = turns.read(claim, version)
    row = build_report(claim, draft, actor, now)
    others = list(claim.reports.all())
    checks = Checks()
    check_report(checks, row, others, now)
    check_first_report(checks, claim, [*others, row], field="published_on")
    checks.done()
    turns.take(claim, first_reported_on=first_day([*others, row]))
    row.save(force_insert=True)
    records.settle(claim)
    ledger.append(
        actor=actor, action="report logged", claim=claim, now=now, content=report_content(row)
    )
    return row


@transaction.atomic
def amend_report(
    *, actor: User, report: Report, draft: ReportDraft, now: datetime, version: int | None = None
) -> Report:
    """Replaces what was logged of a report, to mend a slip."""
    allow(actor, "change_report")
    claim = turns.read(report.claim, version)
    report = turns.still_there(claim, claim.reports, report)
    others = list(claim.reports.exclude(pk=report.pk))
    before = report_content(report)
    row = build_report(claim, draft, report.logged_by, report.logged_at)
    row.pk = report.pk
    checks = Checks()
    check_report(checks, row, others, now)
    check_first_report(checks, claim, [*others, row], field="published_on")
    checks.done()
    turns.take(claim, first_reported_on=first_day([*others, row]))
    row.save(force_update=True)
    records.settle(claim)
    ledger.append(
        actor=actor,
        action="report amended",
        claim=claim,
        now=now,
        content=report_content(row) | {"before": before},
    )
    return row


@transaction.atomic
def withdraw_report(
    *, actor: User, report: Report, now: datetime, version: int | None = None
) -> None:
    """Removes a report that was logged in error. The ledger keeps it.

    Raises ValidationError for `report`, where the next one came after the deadline only; Conflict;
    PermissionDenied.
    """
    allow(actor, "delete_report")
    claim = turns.read(report.claim, version)
    report = turns.still_there(claim, claim.reports, report)
    others = list(claim.reports.exclude(pk=report.pk))
    checks = Checks()
    check_first_report(checks, claim, others, field="report")
    checks.done()
    turns.take(claim, first_reported_on=first_day(others))
    records.settle(claim, without=report)
    claim.reports.filter(pk=report.pk).delete()
    ledger.append(
        actor=actor,
        action="report withdrawn",
        claim=claim,
        now=now,
        content=report_content(report),
    )


def build_report(claim: Claim, draft: ReportDraft, logged_by: User, now: datetime) -> Report:
    """The row of a draft, not saved."""
    return Report(
        claim=claim,
        source=draft.source,
        author=one_line(draft.author),
        url=draft.url.strip(),
        published_on=draft.published_on,
        headline=one_line(draft.headline),
        stance=draft.stance,
        certainty=draft.certainty,
        hedge=one_line(draft.hedge),
        via=draft.via,
        logged_by=logged_by,
        logged_at=now,
    )


def check_report(
    checks: Checks, row: Report, others: Sequence[Report], now: datetime, prefix: str = ""
) -> None:
    """Checks a report against itself, the day, and the other reports of its claim."""
    checks.model(row, skip=["claim", "source", "via", "logged_by"], prefix=prefix)
    today = newsroom.day(now)
    # One day of grace: where the source is published it may be tomorrow already.
    if (row.published_on - today).days > 1:
        checks.add(
            f"{prefix}published_on",
            _("A report cannot be from the future: enter a day up to %(today)s.")
            % {"today": date_format(today)},
        )
    if row.via_id is not None and row.via_id == row.source_id:
        checks.add(f"{prefix}via", _("A report cannot credit its own source."))
    for other in others:
        if other.source_id != row.source_id or other.url != row.url:
            continue
        if row.url or other.published_on == row.published_on:
            checks.add(
                f"{prefix}url" if row.url else f"{prefix}published_on",
                _("This report is logged already: the same source with the same address or day."),
            )
            break


def check_first_report(
    checks: Checks, claim: Claim, reports: Sequence[Report], *, field: str = "deadline"
) -> None:
    """A deadline before the first report would have been no forecast."""
    first = min((row.published_on for row in reports), default=None)
    if first is not None and isinstance(claim.deadline, date) and claim.deadline < first:
        checks.add(
            field,
            _("The deadline (%(deadline)s) is before the first report (%(first)s).")
            % {"deadline": date_format(claim.deadline), "first": date_format(first)},
        )


def first_day(reports: Sequence[Report]) -> date | None:
    """The day of the earliest report."""
    return min((row.published_on for row in reports), default=None)


def report_content(row: Report) -> dict[str, object]:
    """What the ledger keeps of a report."""
    names = ("author", "url", "published_on", "headline", "stance", "certainty", "hedge", "via")
    return {"source": row.source} | {name: getattr(row, name) for name in names}
