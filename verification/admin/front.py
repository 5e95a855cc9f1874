"""The front page: what do I do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Q, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from verification import newsroom
from verification.admin.naming import signed_in
from verification.admin.proposals import to_confirm
from verification.admin.rows import ClaimRow, rows, with_all
from verification.admin.words import ROLE_NAMES
from verification.models import Claim, User, Verdict
from verification.querysets import ClaimQuerySet
from verification.services import notices
from verification.services.people import role_of

#: Days that "this week" has, today included.
WEEK = 7
#: How far a section counts; with more than this to do, the exact number says nothing new.
COUNTED = 500
#: How many rows a section shows; the rest are behind its link.
SHOWN = 12
SHOWN_ASIDE = 6


@dataclass(frozen=True, slots=True)
class Section:
    """Some claims under one head. `empty` is what it says when there are none."""

    key: str
    title: str
    count: int
    rows: list[ClaimRow]
    url: str
    empty: str

    @property
    def capped(self) -> bool:
        """Whether there are (or may be) more than were counted."""
        return self.count >= COUNTED

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


def context(request: HttpRequest) -> dict[str, Any]:
    """What the front page shows its reader."""
    user = signed_in(request)
    role = role_of(user)
    now = timezone.now()
    today = newsroom.day(now)
    shared: dict[str, Any] = {
        "title": _("The desk"),
        "today": today,
        "role": ROLE_NAMES.get(role, ""),
        "can_decide": user.has_perm("verification.decide_claim"),
        "can_report": user.has_perm("verification.add_report"),
        "can_mail": user.has_perm("verification.view_message"),
    }
    if not user.has_perm("verification.view_claim"):
        return shared | {"no_role": True}
    sections = _sections(user, today)
    logged = with_all(Claim.objects.filter(logged_by=user)).order_by("-id")[:SHOWN_ASIDE]
    verdicts = Verdict.objects.select_related("claim", "decided_by").order_by("-decided_at", "-id")[
        :SHOWN_ASIDE
    ]
    return shared | {
        "sections": sections,
        "logged": rows(logged, today),
        "logged_url": _list(logged_by="me"),
        "verdicts": list(verdicts),
        **_updates(user),
        **_proposed(user),
        "first_run": not Claim.objects.exists(),
    }


def _sections(user: User, today: date) -> list[Section]:
    """The claims that want something, most urgent first."""
    week = today + timedelta(days=WEEK - 1)
    mine = Q(assignee=user) | Q(assignee__isnull=True, logged_by=user)
    # By their keys: the beats are few, and the database has the claims of each by deadline.
    my_beats = list(user.beats.values_list("pk", flat=True))
    on_my_beats = Q(beat__in=my_beats) & ~mine
    overdue = Q(deadline__lt=today)
    undecided = Claim.objects.undecided()
    hand = undecided.in_hand_of(user)

    found: dict[str, list[int]] = {}

    def section(key: str, title: str, claims: ClaimQuerySet, url: str, empty: str) -> Section:
        in_order = claims.order_by("deadline", "id").values_list("pk", flat=True)
        found[key] = list(in_order[:COUNTED])
        return Section(key, title, len(found[key]), [], url, empty)

    sections = [
        section(
            "awaiting",
            _("Awaiting my verdict"),
            hand.filter(overdue),
            _list(status="awaiting", assignee="me"),
            _("Nothing waits for you. Claims come here on the day after their deadline."),
        )
    ]
    if my_beats:
        sections.append(
            section(
                "beats",
                _("Awaiting on my beats"),
                undecided.filter(on_my_beats, overdue),
                _list(status="awaiting", beat="mine"),
                _("Nobody on your beats is late."),
            )
        )
    if user.has_perm("verification.void_claim"):
        sections.append(
            section(
                "unassigned",
                _("Awaiting, assigned to nobody"),
                undecided.filter(overdue, assignee__isnull=True),
                _list(status="awaiting", assignee="nobody"),
                _("Every claim that awaits its verdict is in somebody’s hands."),
            )
        )
    sections += [
        section(
            "week",
            _("Due this week"),
            hand.filter(deadline__gte=today, deadline__lte=week),
            _list(status="open", assignee="me", due_from=today, due_to=week),
            _("No deadline of yours in the next seven days."),
        ),
        section(
            "later",
            _("Due later"),
            hand.filter(deadline__gt=week),
            _list(status="open", assignee="me", due_from=week + timedelta(days=1)),
            _("No claim of yours is due later. Log the next one while it is still a rumour."),
        ),
    ]
    # All that is shown in one go, whatever the number of sections.
    keys = {key for pks in found.values() for key in pks[:SHOWN]}
    shown = {row.claim.pk: row for row in rows(with_all(Claim.objects.filter(pk__in=keys)), today)}
    for one in sections:
        one.rows.extend(shown[key] for key in found[one.key][:SHOWN] if key in shown)
    return sections


def _updates(user: User) -> dict[str, Any]:
    """The stories still to update that are the user's or on the user's beats, theirs first."""
    if not user.has_perm("verification.view_storyupdate"):
        return {}
    mine = notices.of_user(user)
    rows = notices.to_do().filter(mine | notices.on_beats_of(user))
    shown = rows.select_related("story__author", "verdict").order_by(
        Case(When(mine, then=0), default=1), "id"
    )
    return {
        "updates": list(shown[:SHOWN_ASIDE]),
        "updates_count": rows.count(),
        "updates_url": f"{reverse('admin:verification_storyupdate_changelist')}?state=to-do",
    }


def _proposed(user: User) -> dict[str, Any]:
    """The verdicts that wait for the user as a second editor, the oldest first."""
    rows = to_confirm(user)
    count = len(rows.values_list("pk", flat=True)[:COUNTED])
    return {
        "proposed": list(rows[:SHOWN_ASIDE]) if count else [],
        "proposed_count": count,
        "proposed_url": f"{reverse('admin:verification_proposal_changelist')}?state=waiting",
    }


def _list(**filters: Any) -> str:
    return f"{reverse('admin:verification_claim_changelist')}?{urlencode(filters)}"
