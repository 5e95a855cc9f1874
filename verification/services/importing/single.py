"""One claim or source of a file at a time, as an editor would log it through the services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from verification.models import Claim, Source, User
from verification.models.choices import NameKind, SourceKind
from verification.services import claims, reports, sourcenames, sources, verdicts
from verification.services.claimfields import SOURCE_FIELDS, Row
from verification.services.drafts import Checks, one_line
from verification.services.importing.checking import check, together
from verification.services.importing.differing import differences, report_key
from verification.services.importing.naming import Names
from verification.services.importing.plans import Plan, planned
from verification.services.importing.summary import Change, Summary, each
from verification.services.importing.values import Reader

SOURCE_KNOWN = frozenset(SOURCE_FIELDS)


def one_by_one(rows: Iterable[tuple[int, Row]], *, actor: User, now: datetime) -> Summary:
    """Brings in each row by itself, as an editor would log it: slow, the measure of the rest."""
    names = Names(actor, now)

    def alone(row: Row) -> Change:
        try:
            if not is_claim(row):
                return wholly(names, lambda: source(row, names))
            return wholly(names, lambda: _logged(row, planned(row, names), names))
        except IntegrityError as error:
            raise ValidationError(
                _("The database refuses this: %(error)s") % {"error": error}
            ) from error

    return each(rows, alone)


class _Idle(Exception):  # noqa: N818  not an error: how a row that did nothing leaves nothing
    """Undoes what a row made on its way to changing nothing."""


def wholly(names: Names, bring_in: Callable[[], Change]) -> Change:
    """Does what one row is there for, wholly or not at all, and says what it made for that.

    What was made for a row that is refused, or that changes nothing, is undone and forgotten.
    """
    change = Change()
    try:
        with transaction.atomic():
            change = bring_in()
            if not change.did:
                raise _Idle
        change.made = names.keep()
    except _Idle:
        names.forget()
    except (ValidationError, PermissionDenied, IntegrityError):
        names.forget()
        raise
    return change


def is_claim(row: Row) -> bool:
    """Whether a row is a claim; else it is a source."""
    return "statement" in row or "name" not in row


def source(row: Row, names: Names) -> Change:
    """Makes a source, or fills in what an existing one lacks."""
    actor, now = names.actor, names.now
    read = Reader(row, SOURCE_KNOWN, names)
    name = read.text("name")
    details = {
        "kind": read.choice("kind", SourceKind, "outlet"),
        "homepage": read.text("homepage"),
        "language": read.text("language"),
    }
    lists = {field: read.texts(field) for field in sources.NAME_FIELDS}
    read.done()
    known = Source.objects.filter(name__iexact=one_line(name)).first()
    if known is None:
        names.making(
            NameKind.SOURCE, one_line(name), field="name", listed=True, address=details["homepage"]
        )
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
        return Change(sources=1)
    missing: dict[str, object] = {
        field: value for field, value in details.items() if value and not getattr(known, field)
    }
    kept = {"aliases": sourcenames.aliases_of(known), "domains": sourcenames.domains_of(known)}
    for field, given in lists.items():
        if not set(given) <= set(kept[field]):
            missing[field] = [*kept[field], *given]
    if missing:
        sources.edit_source(actor=actor, source=known, changes=missing, now=now)
    return Change(completed=1 if missing else 0)


def _logged(row: Row, plan: Plan, names: Names) -> Change:
    """Logs one claim with its reports and its verdict; completes it where it is there already."""
    claim = plan.known()
    if claim is not None:
        return complete(claim, row, plan, names.actor, names.now)
    beat = check(plan, names, now=names.now).claim.beat
    claim = claims.log(
        actor=names.actor,
        statement=plan.statement,
        criteria=plan.criteria,
        language=plan.language,
        beat=beat,
        deadline=plan.deadline,
        public=plan.public,
        assignee=plan.assignee,
        reports=plan.reports,
        slug=plan.slug,
        now=names.now,
    )
    if plan.outcome:
        _decide(claim, plan, names.actor, names.now)
    return new(plan)


def new(plan: Plan) -> Change:
    """What a claim that was not there comes to."""
    return Change(
        claims=1,
        reports=len(plan.reports),
        verdicts=1 if plan.outcome else 0,
        without_criteria=1 if plan.public and not plan.criteria else 0,
        notes=plan.notes,
    )


def complete(claim: Claim, row: Row, plan: Plan, actor: User, now: datetime) -> Change:
    """Adds the reports and the verdict that a claim lacks.

    Raises ValidationError with all that is wrong; then nothing of it is to be kept.
    """
    change, checks = Change(), Checks()
    kept = {report_key(one): one for one in claim.reports.select_related("source", "via")}
    for index, draft in enumerate(plan.reports):
        if report_key(draft) not in kept and index not in plan.unread:
            with _noting(checks, f"reports.{index}."):
                reports.add_report(actor=actor, claim=claim, draft=draft, now=now)
            change.reports += 1
    if plan.outcome and not claim.outcome:
        with _noting(checks):
            _decide(claim, plan, actor, now)
        change.verdicts += 1
    elif plan.outcome and plan.outcome != claim.outcome:
        checks.add(
            "outcome",
            _("The claim is decided already, as %(outcome)s: revise it on the desk.")
            % {"outcome": claim.outcome},
        )
    together(plan.checks.problems, checks.problems).done()
    if change.did:
        change.notes = plan.notes
    # As it was: what has just been added is what the file says.
    change.differences = differences(row, plan, claim, kept)
    return change


@contextmanager
def _noting(checks: Checks, prefix: str = "") -> Iterator[None]:
    """Notes the faults of one change, so that those of the next are found in the same round."""
    try:
        with transaction.atomic():
            yield
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                checks.add(prefix + name, message)


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
