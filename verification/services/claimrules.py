"""What a claim must be, whoever logs it: one by one, or thousands from a file.

Nothing is kept here. :mod:`verification.services.claims` and
:mod:`verification.services.importing` keep what these functions build and check.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from verification.domain import criteria
from verification.models import Beat, Claim, Report, Story, User
from verification.services.drafts import Checks, DeadlineDraft, lines, one_line
from verification.services.reports import (
    check_first_report,
    check_report,
    first_day,
    report_content,
)

#: Deadlines outside these years are slips of the keyboard.
YEARS = (1900, 2200)


def build_claim(
    *,
    actor: User,
    statement: str,
    criteria: str,
    language: str,
    beat: Beat | None,
    deadline: DeadlineDraft,
    public: bool,
    assignee: User | None,
    now: datetime,
) -> Claim:
    """The row of a new claim, not saved and without a slug."""
    return Claim(
        statement=one_line(statement),
        criteria=lines(criteria),
        language=language,
        beat=beat,
        deadline=deadline.day,
        deadline_text=one_line(deadline.text),
        deadline_precision=deadline.precision,
        deadline_basis=deadline.basis,
        public=public,
        assignee=assignee,
        logged_by=actor,
        logged_at=now,
    )


def check_claim(
    checks: Checks,
    claim: Claim,
    reports: Sequence[Report],
    stories: Sequence[Story],
    now: datetime,
) -> None:
    """Checks a new claim with all that belongs to it; sets the day of its first report.

    All but whether its slug is taken: the database is not asked.
    """
    checks.model(claim, skip=["verdict", "logged_by", "beat", "assignee"])
    check_deadline_day(checks, claim.deadline)
    check_assignee(checks, claim.assignee)
    for index, row in enumerate(reports):
        check_report(checks, row, reports[:index], now, prefix=f"reports.{index}.")
    for index, story in enumerate(stories):
        checks.model(story, skip=["claim", "author"], prefix=f"stories.{index}.")
    check_first_report(checks, claim, reports)
    claim.first_reported_on = first_day(reports)


def logged_content(
    claim: Claim, reports: Sequence[Report], stories: Sequence[Story] = ()
) -> dict[str, object]:
    """What the ledger keeps of a claim that is logged."""
    names = ("statement", "criteria", "language", "beat", "public", "assignee")
    return (
        {name: getattr(claim, name) for name in names}
        | deadline_content(claim)
        | {
            "reports": [report_content(row) for row in reports],
            "stories": [row.url for row in stories],
        }
    )


def check_deadline_day(checks: Checks, day: date) -> None:
    """Notes a deadline that nobody can have meant."""
    if not YEARS[0] <= day.year <= YEARS[1]:
        checks.add(
            "deadline",
            _("Enter a day between the years %(first)s and %(last)s.")
            % {"first": YEARS[0], "last": YEARS[1]},
        )


def check_assignee(checks: Checks, assignee: User | None) -> None:
    """Notes somebody who has left."""
    if assignee is not None and not assignee.is_active:
        checks.add("assignee", _("%(name)s has left the desk.") % {"name": assignee})


def has_own_criteria(claim: Claim) -> bool:
    """Whether somebody wrote the claim's criteria, or mended what was proposed."""
    return not criteria.is_proposed(
        claim.criteria,
        claim.statement,
        language="fr" if claim.language == "fr" else "en",
        deadline=claim.deadline,
        wording=claim.deadline_text,
    )


def criteria_for(claim: Claim, deadline: DeadlineDraft, *, name_day: bool) -> str:
    """The criteria for a new deadline of a claim, which still has the old one."""
    return criteria.for_deadline(
        claim.criteria,
        statement=claim.statement,
        language="fr" if claim.language == "fr" else "en",
        old=(claim.deadline, claim.deadline_text),
        new=(deadline.day, one_line(deadline.text)),
        name_day=name_day,
    )


def deadline_content(claim: Claim) -> dict[str, object]:
    """What the ledger keeps of a deadline."""
    names = ("deadline", "deadline_text", "deadline_precision", "deadline_basis")
    return {name: getattr(claim, name) for name in names}
