"""Logging a claim and everything that happens to it before and beside its verdict.

One function for each change. All are keyword-only, check what the actor may do, check the input and
name every wrong field, run in one transaction, take their turn on the claim's version, settle the
records and write the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from verification import newsroom
from verification.domain import words
from verification.models import Beat, Claim, Report, Story, User
from verification.models.choices import WebhookEvent
from verification.services import (
    claimrules,
    ledger,
    looks,
    records,
    reminders,
    schedule,
    snoozes,
    turns,
    webhooks,
)
from verification.services.drafts import (
    Checks,
    DeadlineDraft,
    ReportDraft,
    StoryDraft,
    lines,
    one_line,
)
from verification.services.errors import allow
from verification.services.reports import (
    build_report,
    check_first_report,
)
from verification.services.slugs import free_slug, insert_with_free_slug
from verification.services.stories import build_story

#: What `edit` may change on any claim, and what only while nobody has decided it.
EDITABLE_ALWAYS = ("beat", "public")
EDITABLE_UNDECIDED = ("statement", "criteria", "language", "deadline_basis")

#: Characters of the reason for which a deadline moves; the ledger keeps them for good.
REASON_MAX = 2000


@transaction.atomic
def log(
    *,
    actor: User,
    statement: str,
    beat: Beat,
    deadline: DeadlineDraft,
    now: datetime,
    criteria: str = "",
    language: str = "en",
    public: bool = True,
    assignee: User | None = None,
    reports: Sequence[ReportDraft] = (),
    stories: Sequence[StoryDraft] = (),
    slug: str = "",
) -> Claim:
    """Logs a claim with its reports and the newsroom's stories, and returns it.

    Raises ValidationError (by field; a report's fields as `reports.0.url`) and PermissionDenied.
    """
    allow(actor, "add_claim")
    ledger.hold()
    claim = claimrules.build_claim(
        actor=actor,
        statement=statement,
        criteria=criteria,
        language=language,
        beat=beat,
        deadline=deadline,
        public=public,
        assignee=assignee,
        now=now,
    )
    blind = not actor.has_perm("verification.view_claim")
    claim.slug = slug or free_slug(claim, blind=blind)
    report_rows = [build_report(claim, draft, actor, now) for draft in reports]
    story_rows = [build_story(claim, draft) for draft in stories]

    checks = Checks()
    claimrules.check_claim(checks, claim, report_rows, story_rows, now)
    if slug and blind:
        # Whether it is taken would tell of an internal claim.
        checks.add("slug", _("Leave it out: to choose it takes the scope “read-internal”."))
    if slug and checks.fine("slug") and Claim.objects.filter(slug=slug).exists():
        checks.add("slug", _("A claim with this slug exists already."))
    checks.done()

    claim.next_reminder_at = schedule.first_look(claim, now)
    insert_with_free_slug(claim, given=bool(slug), blind=blind)
    Report.objects.bulk_create(report_rows)
    Story.objects.bulk_create(story_rows)
    records.settle(claim)
    ledger.append(
        actor=actor,
        action="claim logged",
        claim=claim,
        now=now,
        content=claimrules.logged_content(claim, report_rows, story_rows),
    )
    webhooks.tell(WebhookEvent.LOGGED, claim, now)
    return claim


@transaction.atomic
def edit(
    *, actor: User, claim: Claim, version: int, changes: Mapping[str, object], now: datetime
) -> Claim:
    """Changes what `EDITABLE_ALWAYS` and `EDITABLE_UNDECIDED` name.

    The wording and the criteria of a decided claim are what the verdict was about, so they stand
    until the claim is reopened. The deadline has `extend`, the assignee `assign`.
    """
    allow(actor, "change_claim")
    claim = turns.read(claim, version)
    checks = Checks()
    changed: dict[str, object] = {}
    before: dict[str, object] = {}
    for name, value in changes.items():
        if name not in (*EDITABLE_ALWAYS, *EDITABLE_UNDECIDED):
            checks.add(name, _("This cannot be changed here."))
            continue
        if isinstance(value, str):
            value = lines(value) if name == "criteria" else one_line(value)
        if getattr(claim, name) == value:
            continue
        if claim.outcome and name in EDITABLE_UNDECIDED:
            checks.add(name, _("A decided claim keeps this as it was when it was decided."))
        before[name], changed[name] = getattr(claim, name), value
        setattr(claim, name, value)
    checks.model(claim, skip=["verdict", "logged_by", "beat", "assignee", "slug"])
    checks.done()
    if not changed:
        return claim
    _allow_changes(actor, claim, before)
    turns.take(claim, **changed, words=words.column(claim.statement, claim.criteria))
    if "beat" in changed:
        # Another beat has another ladder, another hour and another editor.
        looks.at_claim(claim, now)
    records.settle(claim)
    ledger.append(
        actor=actor,
        action="claim edited",
        claim=claim,
        now=now,
        content=changed | {"before": before},
    )
    if "public" in changed:
        webhooks.tell(WebhookEvent.LOGGED, claim, now)
    return claim


@transaction.atomic
def extend(
    *,
    actor: User,
    claim: Claim,
    version: int | None,
    deadline: DeadlineDraft,
    reason: str,
    now: datetime,
    name_day: bool = False,
) -> Claim:
    """Moves an undecided claim's deadline, for a reason. Reminders of the old one are dropped.

    Never to a day that is over at `now`; the present day may be one, where the wording changes.
    Criteria that nobody wrote are proposed anew for it; in those that somebody wrote the new day
    stands for the old one where `name_day` says so, which takes the permission to edit the claim.
    Raises ValidationError for `deadline`, `reason`, `criteria`; Conflict; PermissionDenied.
    """
    allow(actor, "extend_claim")
    claim = turns.read(claim, version)
    before = claimrules.deadline_content(claim)
    written = claimrules.has_own_criteria(claim)
    criteria = claimrules.criteria_for(claim, deadline, name_day=name_day)
    claim.deadline = deadline.day
    claim.deadline_text = one_line(deadline.text)
    claim.deadline_precision = deadline.precision
    claim.deadline_basis = deadline.basis
    rewritten: dict[str, object] = {}
    if criteria != claim.criteria:
        if written:
            allow(actor, "change_claim")
        rewritten = {"criteria": criteria}
        before["criteria"], claim.criteria = claim.criteria, criteria
    checks = Checks()
    checks.model(claim, skip=["verdict", "logged_by", "beat", "assignee", "slug"])
    claimrules.check_deadline_day(checks, claim.deadline)
    if claim.outcome:
        checks.add("deadline", _("This claim is decided: reopen it before you move its deadline."))
    elif claimrules.deadline_content(claim) == before:
        checks.add("deadline", _("This is the present deadline: enter another day."))
    elif claim.deadline != before["deadline"] and claim.deadline < newsroom.day(now):
        # It would be overdue at once, and its editor would be told so.
        checks.add(
            "deadline",
            _(
                "This day has passed: enter today or a later day. A claim that is past its "
                "deadline is decided."
            ),
        )
    check_first_report(checks, claim, list(claim.reports.all()))
    checks.text("reason", reason, longest=REASON_MAX)
    if not reason.strip():
        checks.add("reason", _("Say why the deadline moves."))
    checks.done()
    turns.take(
        claim,
        deadline=claim.deadline,
        deadline_text=claim.deadline_text,
        deadline_precision=claim.deadline_precision,
        deadline_basis=claim.deadline_basis,
        next_reminder_at=schedule.first_look(claim, now),
        # Of the new deadline nobody has been sought yet.
        unreachable_since=None,
        **rewritten,
        **({"words": words.column(claim.statement, claim.criteria)} if rewritten else {}),
    )
    reminders.withdraw(claim)
    snoozes.end_all(claim, now)
    records.settle(claim)
    ledger.append(
        actor=actor,
        action="deadline moved",
        claim=claim,
        now=now,
        content=claimrules.deadline_content(claim)
        | rewritten
        | {"reason": lines(reason), "before": before},
    )
    webhooks.tell(WebhookEvent.DEADLINE_CHANGED, claim, now)
    return claim


@transaction.atomic
def assign(
    *, actor: User, claim: Claim, version: int | None, assignee: User | None, now: datetime
) -> Claim:
    """Hands a claim to somebody, or to nobody.

    Who takes over an undecided claim is told where it stands, if a stage is reached.
    """
    allow(actor, "assign_claim")
    claim = turns.read(claim, version)
    checks = Checks()
    claimrules.check_assignee(checks, assignee)
    checks.done()
    if claim.assignee == assignee:
        return claim
    before = claim.assignee
    look = {} if claim.outcome else {"next_reminder_at": schedule.first_look(claim, now)}
    turns.take(claim, assignee=assignee, **look)
    ledger.append(
        actor=actor,
        action="claim assigned",
        claim=claim,
        now=now,
        content={"assignee": assignee, "before": before},
    )
    return claim


# --- Rows and checks ------------------------------------------------------------------------------


def _allow_changes(actor: User, claim: Claim, before: Mapping[str, object]) -> None:
    """What takes more than the permission to edit, by what was there before."""
    if "public" in before:
        # What readers see is an editor's to say.
        allow(actor, "decide_claim")
    was = before.get("beat", claim.beat)
    if isinstance(was, Beat) and was.second_editor and not claim.beat.second_editor:
        # Else one editor could decide alone by way of another beat.
        allow(actor, "revise_claim")


def require_version(version: int | None) -> int:
    """The version, which a face has to send with a change that overwrites something."""
    if version is None:
        raise ValidationError({"version": _("Send the version of the claim that you have read.")})
    return version
