"""Claims: listed, read, logged and changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from verification.api import schema
from verification.api.base import ApiView
from verification.api.filters import CLAIM_ORDERS, ClaimQuery, claims_matching
from verification.api.idempotency import one_change
from verification.api.inputs import ClaimPatch, ClaimPost, DeadlinePost
from verification.api.intake import Reports, person
from verification.api.permissions import claims_for
from verification.api.serializers import ClaimOut
from verification.api.tables import RENDERERS
from verification.models import Claim
from verification.services import claims
from verification.services.claimfile import as_csv
from verification.services.drafts import DeadlineDraft
from verification.services.exports import export_row
from verification.services.sources import beat_named


def whole(rows: QuerySet[Claim, Claim]) -> QuerySet[Claim, Claim]:
    """With everything that the JSON of a claim shows, in a fixed number of queries."""
    return rows.select_related(
        "beat", "assignee", "verdict__decided_by", "verdict__confirmed_by"
    ).prefetch_related("reports__source", "reports__via", "verdict__evidence")


class ClaimView(ApiView):
    """What the endpoints of one claim have in common."""

    def claim(self, slug: str) -> Claim:
        """The claim, if it exists for whoever asks; 404 otherwise."""
        return get_object_or_404(claims_for(self.request.user), slug=slug)

    def answer(self, claim: Claim, status: int = 200, **headers: str) -> Response:
        """The claim as it stands after the change."""
        fresh = whole(Claim.objects.all()).get(pk=claim.pk)
        return Response(self.sent(ClaimOut, fresh), status=status, headers=headers)


class Claims(ClaimView):
    """All claims."""

    query = ClaimQuery
    needs = {"POST": ("add_claim",)}
    renderer_classes = RENDERERS
    file_name = "claims"

    @schema.reads(
        "claims_list",
        _("List claims"),
        schema.page_of(ClaimOut, "ClaimPage"),
        query=ClaimQuery,
        table=True,
        description=_(
            "Internal claims are listed for those who may see them. As CSV it is a claims file, "
            "with one row for each report, which can be imported again."
        ),
    )
    def get(self, request: Request) -> Response:
        """A page of claims, newest first unless asked otherwise."""
        found = claims_matching(claims_for(request.user), self.asked, self.today, request.user)
        return self.page(whole(found), CLAIM_ORDERS[self.asked["ordering"]], ClaimOut)

    def csv(self, results: Any, rows: Any) -> Iterable[str]:
        """The columns of the claims file, so that what is taken here can be brought in there."""
        return as_csv(export_row(claim) for claim in rows)

    @schema.changes(
        "claims_create",
        _("Log a claim"),
        ClaimPost,
        ClaimOut,
        slug=False,
        description=_("With its reports, if there are any: all of it is logged, or nothing."),
    )
    @one_change
    def post(self, request: Request) -> Response:
        """Logs a claim."""
        data = self.body(ClaimPost)
        claim = claims.log(
            actor=self.actor,
            now=self.now,
            beat=beat_named(actor=self.actor, name=data["beat"], now=self.now),
            assignee=person(data.get("assignee", "")),
            reports=Reports(self.actor, self.now).drafts(data.get("reports", [])),
            deadline=_deadline(data, data["deadline_basis"]),
            criteria=data.get("criteria", ""),
            slug=data.get("slug", ""),
            **{name: data[name] for name in ("statement", "language", "public")},
        )
        address = request.build_absolute_uri(reverse("api:claim", args=[claim.slug]))
        return self.answer(claim, 201, Location=address)


class OneClaim(ClaimView):
    """One claim."""

    needs = {"PATCH": ("change_claim", "assign_claim")}

    @schema.reads("claims_read", _("Read a claim"), ClaimOut, slug=True)
    def get(self, request: Request, slug: str) -> Response:
        """The claim with its reports and the verdict that holds."""
        claim = get_object_or_404(whole(claims_for(request.user)), slug=slug)
        return Response(self.sent(ClaimOut, claim))

    @schema.changes(
        "claims_change",
        _("Change a claim"),
        ClaimPatch,
        ClaimOut,
        status=200,
        method="PATCH",
        description=_(
            "Only what is sent is changed. The wording of a decided claim stands; its beat, "
            "visibility and assignee can be changed at any time."
        ),
    )
    @one_change
    def patch(self, request: Request, slug: str) -> Response:
        """Edits a claim, and hands it to somebody."""
        claim = self.claim(slug)
        data = self.body(ClaimPatch)
        version = data.pop("version")
        assigns = "assignee" in data
        assignee = person(data.pop("assignee", ""))
        if "beat" in data:
            data["beat"] = beat_named(actor=self.actor, name=data["beat"], now=self.now)
        if data or not assigns:
            claim = claims.edit(
                actor=self.actor, claim=claim, version=version, changes=data, now=self.now
            )
            version = claim.version
        if assigns:
            claims.assign(
                actor=self.actor, claim=claim, version=version, assignee=assignee, now=self.now
            )
        return self.answer(claim)


class Deadline(ClaimView):
    """The deadline of one claim."""

    needs = {"POST": ("extend_claim",)}

    @schema.changes(
        "claims_deadline",
        _("Move the deadline"),
        DeadlinePost,
        ClaimOut,
        status=200,
        description=_(
            "Of an undecided claim, to today or a later day, for a reason that readers will see."
        ),
    )
    @one_change
    def post(self, request: Request, slug: str) -> Response:
        """Moves the deadline."""
        claim = self.claim(slug)
        data = self.body(DeadlinePost)
        # Whoever moves a deadline sets it, and a lapse by a deadline of the newsroom's own counts
        # against nobody; so a new day is the source's only where the editor says so.
        same_day = data["deadline"] == claim.deadline
        basis = data.get("deadline_basis") or (claim.deadline_basis if same_day else "newsroom")
        claims.extend(
            actor=self.actor,
            claim=claim,
            version=data.get("version"),
            deadline=_deadline(data, basis),
            reason=data["reason"],
            now=self.now,
            name_day=data["criteria_day"],
        )
        return self.answer(claim)


def _deadline(data: dict[str, Any], basis: str) -> DeadlineDraft:
    return DeadlineDraft(
        day=data["deadline"],
        text=data.get("deadline_text", ""),
        precision=data["deadline_precision"],
        basis=basis,
    )
