"""All that is wrong with a new claim of a file, found in one round.

What could not be read, what the rules of claims and reports say, and what those of verdicts say are
told together: whoever mends the file mends it once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from verification.models import Beat, Claim, Evidence, Report, User, Verdict
from verification.services import claimrules, verdicts
from verification.services.claimfields import file_name
from verification.services.drafts import Checks, Problems
from verification.services.errors import allow
from verification.services.importing import forms
from verification.services.importing.naming import Names
from verification.services.importing.plans import Plan
from verification.services.reports import build_report


@dataclass(slots=True)
class NewClaim:
    """A claim that was checked and is not kept yet."""

    claim: Claim
    reports: list[Report]
    verdict: Verdict | None
    evidence: list[Evidence]


def check(
    plan: Plan,
    names: Names,
    *,
    allowed: Callable[[User, str], None] = allow,
    now: datetime,
) -> NewClaim:
    """Checks a new claim as logging and deciding it would, and returns its rows, not saved.

    A claim whose file gives no slug has none yet. Raises ValidationError with every wrong field,
    and PermissionDenied.
    """
    actor = names.actor
    allowed(actor, "add_claim")
    if plan.outcome:
        allowed(actor, verdicts.permission(plan.outcome, revising=False))
    unread, checks = plan.checks.problems, Checks()
    beat: Beat | None = None
    if "beat" not in unread:
        try:
            beat = names.beat(plan.beat)
        except ValidationError as error:
            _note(checks, error.message_dict)
    claim = claimrules.build_claim(
        actor=actor,
        statement=plan.statement,
        criteria=plan.criteria,
        language=plan.language,
        beat=beat,
        deadline=plan.deadline,
        public=plan.public,
        assignee=plan.assignee,
        now=now,
    )
    # One that is made from the statement is a slug whatever the statement says.
    claim.slug = plan.slug or "none-yet"
    reports = [build_report(claim, draft, actor, now) for draft in plan.reports]
    claimrules.check_claim(checks, claim, reports, (), now)
    claim.slug = plan.slug
    verdict: Verdict | None = None
    evidence: list[Evidence] = []
    if plan.outcome:
        try:
            verdict, evidence = verdicts.build(
                actor=actor,
                claim=claim,
                outcome=plan.outcome,
                rationale=plan.rationale,
                became_known_on=plan.outcome_date,
                evidence=plan.evidence,
                earlier=None,
                now=now,
            )
        except ValidationError as error:
            _note(checks, error.message_dict)
    together(unread, checks.problems).done()
    return NewClaim(claim, reports, verdict, evidence)


def together(unread: Problems, found: Problems) -> Checks:
    """What could not be read, and what is wrong with the rest.

    A field that could not be read holds something else meanwhile, of which nothing is told.
    """
    checks = Checks({name: list(messages) for name, messages in unread.items()})
    for name, messages in found.items():
        if file_name(name) not in unread:
            for message in messages:
                # That it lacks is not enough to be told where a cell is to hold several things.
                checks.add(
                    file_name(name),
                    f"{message} {forms.example(name)}" if name == "evidence" else message,
                )
    return checks


def _note(checks: Checks, problems: Problems) -> None:
    for name, messages in problems.items():
        for message in messages:
            checks.add(name, message)
