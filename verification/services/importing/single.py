"""One claim or source of a file at a time, as an editor would log it through the services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from verification.models import Claim, Report, Source, User
from verification.services import claims, reports, sourcenames, sources, verdicts
from verification.services.claimfile import SOURCE_FIELDS, Row
from verification.services.claimrows import Names, Plan, Reader, read_claim
from verification.services.drafts import ReportDraft, one_line
from verification.services.importing.summary import Summary, each

SOURCE_KNOWN = frozenset(SOURCE_FIELDS)


def one_by_one(rows: Iterable[tuple[int, Row]], *, actor: User, now: datetime) -> Summary:
    """Brings in each row by itself, as an editor would log it: slow, the measure of the rest."""
    names = Names(actor, now)

    def alone(row: Row) -> Summary:
        try:
            with transaction.atomic():
                if not is_claim(row):
                    return source(row, actor, now)
                return _logged(read_claim(row, names), names)
        except IntegrityError as error:
            raise ValidationError(
                _("The database refuses this: %(error)s") % {"error": error}
            ) from error

    return each(rows, alone)


def is_claim(row: Row) -> bool:
    """Whether a row is a claim; else it is a source."""
    return "statement" in row or "name" not in row


def source(row: Row, actor: User, now: datetime) -> Summary:
    """Makes a source, or fills in what an existing one lacks."""
    read = Reader(row, SOURCE_KNOWN, Names(actor, now))
    name = read.text("name")
    details = {
        "kind": read.text("kind") or "outlet",
        "homepage": read.text("homepage"),
        "language": read.text("language"),
    }
    lists = {field: read.texts(field) for field in sources.NAME_FIELDS}
    read.done()
    known = Source.objects.filter(name__iexact=one_line(name)).first()
    if known is None:
        sources.create_source(
            actor=actor,
            name=name,
            now=now,
            kind=details["kind"],
            homepage=details["homepage"],
            language=details["language"],
            aliases=lists["aliases"],
            domains=lists["domains"],
        )
        return Summary(sources=1)
    missing: dict[str, object] = {
        field: value for field, value in details.items() if value and not getattr(known, field)
    }
    kept = {"aliases": sourcenames.aliases_of(known), "domains": sourcenames.domains_of(known)}
    for field, given in lists.items():
        if not set(given) <= set(kept[field]):
            missing[field] = [*kept[field], *given]
    if missing:
        sources.edit_source(actor=actor, source=known, changes=missing, now=now)
    return Summary(sources=1 if missing else 0)


def _logged(plan: Plan, names: Names) -> Summary:
    """Logs one claim with its reports and its verdict; completes it where it is there already."""
    claim = plan.known()
    if claim is not None:
        return complete(claim, plan, names.actor, names.now)
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


def complete(claim: Claim, plan: Plan, actor: User, now: datetime) -> Summary:
    """Adds the reports and the verdict that a claim lacks."""
    change = Summary()
    kept = {report_key(report) for report in claim.reports.all()}
    for index, draft in enumerate(plan.reports):
        if report_key(draft) not in kept:
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
        imported=True,
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


def report_key(report: Report | ReportDraft) -> tuple[int, str, date | None]:
    """What tells the reports of one claim apart."""
    return (report.source.pk, report.url, None if report.url else report.published_on)
