"""What happens to a claim: reports of it, and verdicts on it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from verification.api import schema
from verification.api.filters import PageQuery
from verification.api.idempotency import one_change
from verification.api.inputs import ReportPost, VerdictPost
from verification.api.intake import Reports
from verification.api.pagination import NEWEST, Order
from verification.api.permissions import sees_internal
from verification.api.serializers import (
    ProposalOut,
    ReplyOut,
    ReportLogged,
    ReportOut,
    VerdictGiven,
    VerdictOut,
)
from verification.api.views.claims import ClaimView
from verification.domain.outcomes import Outcome
from verification.models import Proposal, Verdict
from verification.services import claims, proposals, replies, reports, verdicts
from verification.services.drafts import EvidenceDraft
from verification.services.errors import Conflict

OLDEST_ASKED = Order("asked", ("asked_on", "id"))
OLDEST_REPORT = Order("published", ("published_on", "id"))


class ClaimReports(ClaimView):
    """The reports of one claim."""

    query = PageQuery
    needs = {"POST": ("add_report",)}

    @schema.reads(
        "reports_list",
        _("List the reports of a claim"),
        schema.page_of(ReportOut, "ReportPage"),
        query=PageQuery,
        slug=True,
        description=_("Oldest first."),
    )
    def get(self, request: Request, slug: str) -> Response:
        """A page of reports."""
        rows = self.claim(slug).reports.select_related("source", "via")
        return self.page(rows, OLDEST_REPORT, ReportOut)

    @schema.changes(
        "reports_create",
        _("Log a report of a claim"),
        ReportPost,
        ReportLogged,
        description=_("The first report of a source fixes what it is held to."),
    )
    @one_change
    def post(self, request: Request, slug: str) -> Response:
        """Logs a report."""
        claim = self.claim(slug)
        data = self.body(ReportPost)
        row = reports.add_report(
            actor=self.actor,
            claim=claim,
            version=data.get("version"),
            draft=Reports(self.actor, self.now).draft(data),
            now=self.now,
        )
        return Response(self.sent(ReportLogged, row), status=201)


class ClaimReplies(ClaimView):
    """Who was asked about one claim, and what they answered."""

    query = PageQuery

    @schema.reads(
        "replies_list",
        _("List the replies to a claim"),
        schema.page_of(ReplyOut, "ReplyPage"),
        query=PageQuery,
        slug=True,
        description=_(
            "The right of reply: who was asked, when, and what they answered. For readers of a "
            "denied claim only; else empty, unless you may see internal claims."
        ),
    )
    def get(self, request: Request, slug: str) -> Response:
        """A page of replies, by the day on which they were asked."""
        claim = self.claim(slug)
        rows = claim.replies.all()
        if not replies.told(claim) and not sees_internal(request.user):
            rows = rows.none()
        return self.page(rows, OLDEST_ASKED, ReplyOut)


class ClaimVerdicts(ClaimView):
    """The verdicts on one claim: append-only."""

    query = PageQuery
    needs = {"POST": ("decide_claim", "revise_claim", "void_claim")}

    @schema.reads(
        "verdicts_list",
        _("List the verdicts on a claim"),
        schema.page_of(VerdictOut, "VerdictPage"),
        query=PageQuery,
        slug=True,
        description=_(
            "Newest first. The first one holds; where it says reopened, the claim is undecided."
        ),
    )
    def get(self, request: Request, slug: str) -> Response:
        """A page of verdicts, withdrawn and superseded ones too."""
        rows = (
            self.claim(slug)
            .verdicts.select_related("decided_by", "confirmed_by")
            .prefetch_related("evidence")
        )
        return self.page(rows, NEWEST, VerdictOut)

    @schema.changes(
        "verdicts_create",
        _("Decide a claim, or revise its verdict"),
        VerdictPost,
        VerdictGiven,
        description=_(
            "On a decided claim the verdict supersedes the one before; that takes `version` and "
            "a rationale; `correction` says why the earlier one did not stand. The outcome "
            "`reopened` withdraws a verdict, and its rationale says why. Where somebody else was "
            "faster: 409, with the present version. On a beat where a second editor confirms "
            "verdicts, it is proposed: 202, and nothing is published until somebody else has "
            "confirmed it on the desk."
        ),
        proposes=ProposalOut,
    )
    @one_change
    def post(self, request: Request, slug: str) -> Response:
        """Gives a verdict."""
        given = self.pronounce(slug)
        if isinstance(given, Proposal):
            return Response(self.sent(ProposalOut, given), status=202)
        return Response(self.sent(VerdictGiven, given), status=201)

    def pronounce(self, slug: str) -> Verdict | Proposal:
        """Decides, revises or reopens, by where the claim stands and what is asked."""
        claim = self.claim(slug)
        data = self.body(VerdictPost)
        version, outcome = data.get("version"), data["outcome"]
        if version is not None and version != claim.version:
            # Said before the permission to revise is asked for: who lost a race meant to decide.
            raise Conflict(claim)
        correction = data.get("correction", "")
        if correction and (not claim.outcome or outcome == Outcome.REOPENED):
            raise ValidationError({"correction": _("Only the revision of a verdict takes this.")})
        if outcome == Outcome.REOPENED:
            return verdicts.reopen(
                actor=self.actor,
                claim=claim,
                version=claims.require_version(version),
                rationale=data.get("rationale", ""),
                now=self.now,
            )
        said = {
            "outcome": outcome,
            "rationale": data.get("rationale", ""),
            "became_known_on": data.get("became_known_on"),
            "evidence": [EvidenceDraft(**row) for row in data.get("evidence", [])],
        }
        if claim.outcome in ("", Outcome.VOID):
            # A void claim is refused there, whatever the role.
            return proposals.decide(
                actor=self.actor, claim=claim, version=version, now=self.now, **said
            )
        return proposals.revise(
            actor=self.actor,
            claim=claim,
            version=claims.require_version(version),
            correction=correction,
            now=self.now,
            **said,
        )
