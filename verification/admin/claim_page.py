"""The page of one claim: everything that is known of it, and what its reader may do."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from verification import newsroom
from verification.admin import history, page_readings
from verification.admin.naming import need, signed_in
from verification.admin.rows import row, with_all
from verification.domain.outcomes import Outcome
from verification.models import Claim, Proposal, StoryUpdate, User
from verification.models.choices import Credit
from verification.services import outlooks, proposals


def context(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """What every page about a claim shows of it: its row, reports and stories."""
    now = timezone.now()
    today = newsroom.day(now)
    undecided = [] if claim.outcome else [claim]
    return {
        "claim": claim,
        "row": row(claim, today),
        "today": today,
        "reports": list(
            claim.reports.select_related("source", "via").order_by("published_on", "id")
        ),
        "outlook": outlooks.of_claims(undecided, now=now).get(claim.pk),
    }


def read(pk: int) -> Claim:
    """The claim with what its pages show. Raises Http404."""
    return get_object_or_404(with_all(Claim.objects.all()), pk=pk)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The claim with its verdict, reports, stories, mails and history."""
    need(request, "view_claim")
    claim = read(pk)
    verdicts = list(
        claim.verdicts.select_related("decided_by", "confirmed_by")
        .prefetch_related("evidence")
        .order_by("-id")
    )
    about = context(request, claim)
    proposal = proposals.of_claim(claim)
    if proposal is not None:
        proposal.claim = claim
    standings = {position.report_id: position for position in claim.positions.all()}
    reports = [
        {"report": report, "position": standings.get(report.pk)} for report in about["reports"]
    ]
    return TemplateResponse(
        request,
        "admin/desk/claim.html",
        {
            **admin.site.each_context(request),
            **about,
            "title": claim.statement,
            "reports": page_readings.beside(claim, reports),
            "verdict": next((row for row in verdicts if row.pk == claim.verdict_id), None),
            "earlier": [row for row in verdicts if row.pk != claim.verdict_id],
            "stories": list(
                claim.stories.select_related("author").prefetch_related(
                    Prefetch(
                        "updates",
                        StoryUpdate.objects.select_related("verdict", "done_by").order_by("-id"),
                    )
                )
            ),
            "reminders": list(
                claim.reminders.select_related("recipient", "message").order_by("-id")
            ),
            **_attention(signed_in(request), claim),
            "proposal": proposal,
            "replies": list(claim.replies.all()),
            "history": history.of_claim(claim),
            "actions": actions(signed_in(request), claim, proposal),
            "uncounted": [Credit.NONE],
            "may": {
                name: request.user.has_perm(f"verification.{name}")
                for name in (
                    "assign_claim",
                    "change_reply",
                    "change_report",
                    "delete_reply",
                    "delete_report",
                    "delete_story",
                    "view_message",
                    "view_reminder",
                    "view_storyupdate",
                )
            },
        },
    )


def _attention(user: User, claim: Claim) -> dict[str, Any]:
    """Who watches the claim, who has put it off, and what of it is the reader's own."""
    watching = list(claim.watches.select_related("user"))
    asleep = list(claim.snoozes.filter(ended_at__isnull=True).select_related("user"))
    return {
        "watches": watching,
        "watched": any(row.user_id == user.pk for row in watching),
        "snoozes": asleep,
        "snoozed": next((row for row in asleep if row.user_id == user.pk), None),
    }


def actions(user: User, claim: Claim, proposal: Proposal | None) -> list[dict[str, object]]:
    """What the user may do with the claim as it stands, the likeliest first."""
    decided, void = bool(claim.outcome), claim.outcome == Outcome.VOID
    # While one waits for a second editor, another verdict cannot be proposed.
    free = proposal is None or proposal.stale
    offered = (
        ("decide", _("Decide"), "decide_claim", not decided and free),
        ("report_add", _("Log another report"), "add_report", True),
        ("extend", _("Move the deadline"), "extend_claim", not decided),
        ("revise", _("Revise the verdict"), "revise_claim", decided and not void and free),
        ("reopen", _("Reopen"), "revise_claim", decided),
        ("story_add", _("Add our story"), "add_story", True),
        ("reply_add", _("Right of reply"), "add_reply", True),
        ("edit", _("Edit"), "change_claim", True),
        ("hand_over", _("Hand over"), "view_claim", not decided and claim.holder_id == user.pk),
        ("assign", _("Assign"), "assign_claim", True),
        ("void", _("Void"), "void_claim", not void and free),
    )
    return [
        {
            "name": name,
            "words": words,
            "url": reverse(f"admin:verification_claim_{name}", args=[claim.pk]),
        }
        for name, words, permission, possible in offered
        if possible and user.has_perm(f"verification.{permission}")
    ]
