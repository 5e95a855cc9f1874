"""New claims with their reports and verdicts, checked one by one and kept together.

The rules, the words for what is wrong and the content of the ledger are those of `claims.log` and
`verdicts.decide`: this only leaves out asking the database between one claim and the next. Whoever
calls it holds the chain of the ledger, and so nobody changes anything meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import connection

from verification.domain.credit import ReportFacts
from verification.models import Claim, Evidence, Report, User, Verdict
from verification.models.choices import WebhookEvent
from verification.services import (
    claimrules,
    ledger,
    multirow,
    records,
    schedule,
    verdicts,
    webhooks,
)
from verification.services.claimfields import Row
from verification.services.drafts import one_line
from verification.services.errors import allow
from verification.services.importing.checking import NewClaim, check
from verification.services.importing.naming import Names
from verification.services.importing.plans import Plan
from verification.services.importing.single import new as of_new
from verification.services.importing.summary import Change
from verification.services.slugs import free_slug


class Batch:
    """New claims, until `write` keeps them."""

    def __init__(self, actor: User, now: datetime) -> None:
        self.actor, self.now = actor, now
        self.waiting: list[NewClaim] = []
        #: What tells apart those that were added, written or not.
        self._slugs: set[str] = set()
        self._statements: set[str] = set()
        self._looks = schedule.FirstLooks(now)
        self._allowed: dict[str, PermissionDenied | None] = {}

    def holds(self, row: Row) -> bool:
        """Whether a claim that was added may be the one of this row of a file."""
        if row.get("id"):
            return str(row["id"]).strip() in self._slugs
        return one_line(str(row.get("statement") or "")) in self._statements

    def add(self, plan: Plan, names: Names) -> Change:
        """Checks a new claim and lets it wait.

        Raises ValidationError and PermissionDenied as logging and deciding it would.
        """
        new = check(plan, names, allowed=self._allow, now=self.now)
        claim = new.claim
        claim.slug = claim.slug or free_slug(claim, self._slugs)
        if new.verdict is None:
            claim.next_reminder_at = self._looks.of(claim)
        self.waiting.append(new)
        self._slugs.add(claim.slug)
        self._statements.add(claim.statement)
        return of_new(plan)

    def write(self) -> None:
        """Keeps all that wait, in the caller's transaction."""
        if not self.waiting:
            return
        new, self.waiting = self.waiting, []
        reports = [row for one in new for row in one.reports]
        verdicts_ = [one.verdict for one in new if one.verdict]
        evidence = [row for one in new for row in one.evidence]
        for model, rows in (
            (Claim, [one.claim for one in new]),
            (Report, reports),
            (Verdict, verdicts_),
            (Evidence, evidence),
        ):
            for row, key in zip(rows, multirow.reserve(model, len(rows)), strict=True):
                row.pk = key
        entries: list[tuple[str, Mapping[str, object], Claim]] = []
        settled = []
        for one in new:
            claim = one.claim
            entries.append(("claim logged", claimrules.logged_content(claim, one.reports), claim))
            if one.verdict:
                # As a claim has it that was logged and then decided.
                claim.outcome, claim.verdict, claim.version = one.verdict.outcome, one.verdict, 2
                entries.append(("verdict", verdicts.content(one.verdict, one.evidence), claim))
                one.verdict.claim_id = claim.pk
                for row in one.evidence:
                    row.verdict_id = one.verdict.pk
            for report in one.reports:
                report.claim_id = claim.pk
            logged = [(row.logged_at, _facts(row)) for row in one.reports]
            settled.append(records.settled(claim, logged))
        _keep(new, verdicts_, evidence)
        multirow.insert(Report, reports)
        records.enter(settled)
        ledger.append_many(actor=self.actor, entries=entries, now=self.now)
        told = [(WebhookEvent.LOGGED, one.claim) for one in new]
        told += [(WebhookEvent.VERDICT, one.claim) for one in new if one.verdict]
        webhooks.tell_all(told, self.now)

    def _allow(self, actor: User, permission: str) -> None:
        """The same answer for every claim."""
        if permission not in self._allowed:
            try:
                allow(actor, permission)
            except PermissionDenied as refusal:
                self._allowed[permission] = refusal
            else:
                self._allowed[permission] = None
        refusal_kept = self._allowed[permission]
        if refusal_kept is not None:
            raise refusal_kept


def _keep(new: list[NewClaim], verdicts_: list[Verdict], evidence: list[Evidence]) -> None:
    """Writes the claims and their verdicts, which point at each other."""
    rows = [one.claim for one in new]
    if connection.vendor == "postgresql":
        # The verdicts first: the database believes a claim its outcome only with a verdict.
        multirow.insert(Verdict, verdicts_)
        multirow.insert(Claim, rows)
    else:
        # A verdict whose claim is still to come would have SQLite read every claim for each verdict
        # after it, in search of the one that it waits for.
        decided = [(row.outcome, row.verdict_id, row.pk) for row in rows if row.verdict_id]
        for row in rows:
            row.outcome, row.verdict_id = "", None
        multirow.insert(Claim, rows)
        multirow.insert(Verdict, verdicts_)
        multirow.update(Claim, ("outcome", "verdict_id"), decided)
    multirow.insert(Evidence, evidence)


def _facts(report: Report) -> ReportFacts:
    return ReportFacts(
        report.pk,
        report.source_id,
        report.published_on,
        report.stance,
        report.certainty,
        report.via_id,
    )
