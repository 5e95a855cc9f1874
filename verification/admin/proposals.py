"""Verdicts that wait for a second editor: the list, and the page on which one is settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from verification.admin import claim_page
from verification.admin.archive import claim_link, status_chip
from verification.admin.base import DeskAdmin, column
from verification.admin.filters import Choices, DeskFilter
from verification.admin.formpage import FormPage, Rows
from verification.admin.forms import paragraph
from verification.admin.naming import need, signed_in
from verification.emails.proposals import proposed_words
from verification.models import Proposal, User
from verification.models.choices import ProposalState
from verification.services import proposals
from verification.services.errors import Conflict


class StateFilter(DeskFilter):
    """By what has become of a proposal."""

    title = _("state")
    parameter_name = "state"
    kind = "tabs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return ProposalState.choices

    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(state=value)


@admin.register(Proposal)
class ProposalAdmin(DeskAdmin):
    """Verdicts that were proposed on beats where a second editor confirms them."""

    heading = _("Proposed verdicts")
    lead = _("On beats where a second editor confirms a verdict before it is published.")
    empty_words = _("No verdict was proposed.")
    list_display = (
        "the_claim", "the_outcome", column("proposed_by", _("proposed by")),
        column("proposed_at", _("proposed at")), "the_state",
    )  # fmt: skip
    list_display_links = None
    list_filter = (StateFilter,)
    list_select_related = ("claim", "proposed_by")
    searches_claims = True
    search_fields = ("claim__words",)
    search_help_text = _("Words of the statement, a slug")
    ordering = ("-id",)
    sortable_by = ()

    def pages(self) -> list[URLPattern]:
        return [
            self.page("<int:pk>/change/", page, "change"),
            self.page("<int:pk>/confirm/", confirm, "confirm"),
            self.page("<int:pk>/withdraw/", withdraw, "withdraw"),
            self.page("<int:pk>/send-back/", SendBack.as_view(), "send_back"),
        ]

    @admin.display(description=_("claim"))
    def the_claim(self, proposal: Proposal) -> str:
        """The claim, as a link."""
        return claim_link(proposal.claim)

    @admin.display(description=_("outcome"))
    def the_outcome(self, proposal: Proposal) -> str:
        """The outcome, as a chip."""
        return status_chip(proposal.outcome, proposal.get_outcome_display())

    @admin.display(description=_("state"))
    def the_state(self, proposal: Proposal) -> str:
        """The state, as a link to the proposal's page."""
        url = reverse("admin:verification_proposal_change", args=[proposal.pk])
        return format_html('<a href="{}">{}</a>', url, state_words(proposal))


def state_words(proposal: Proposal) -> str:
    """The state in words; of one that waits in vain, that it does."""
    if proposal.waiting and proposal.stale:
        return gettext("the claim has changed since")
    return proposal.get_state_display()


def to_confirm(user: User) -> QuerySet[Proposal]:
    """What waits for the user as a second editor, oldest first."""
    if not user.has_perm("verification.decide_claim"):
        return Proposal.objects.none()
    holds = proposals.waiting().filter(claim_version=F("claim__version"))
    return holds.exclude(proposed_by=user).select_related("claim__beat", "proposed_by")


def _read(request: HttpRequest, pk: int) -> Proposal:
    need(request, "view_proposal")
    rows = Proposal.objects.select_related("claim", "proposed_by", "settled_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal beside its claim, and what its reader may do with it."""
    proposal, user = _read(request, pk), signed_in(request)
    claim = claim_page.read(proposal.claim_id)
    proposal.claim = claim
    mine = proposal.proposed_by == user
    decides = user.has_perm("verification.decide_claim")
    context = {
        **admin.site.each_context(request),
        **claim_page.context(request, claim),
        "title": gettext("Proposed verdict"),
        "proposal": proposal,
        "sentence": proposed_words(proposal),
        "state": state_words(proposal),
        "no_report_counts": claim.no_report_by(proposal.became_known_on),
        "evidence": proposals.evidence_of(proposal),
        "replies": list(claim.replies.all()),
        "mine": mine,
        "may_confirm": proposal.waiting and decides and not mine and not proposal.stale,
        "may_send_back": proposal.waiting and decides and not mine,
        "may_withdraw": proposal.waiting and mine,
    }
    return TemplateResponse(request, "admin/desk/proposal.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirms the proposal: the verdict is given."""
    need(request, "decide_claim")
    proposal = _read(request, pk)
    try:
        verdict = proposals.confirm(actor=signed_in(request), proposal=proposal, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    except Conflict:
        messages.warning(request, gettext("The claim has changed since. Nothing was published."))
    else:
        messages.success(
            request,
            gettext("The verdict is recorded: %(outcome)s.")
            % {"outcome": verdict.get_outcome_display()},
        )
        return redirect("admin:verification_claim_change", proposal.claim_id)
    return redirect("admin:verification_proposal_change", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back one's own proposal."""
    proposal = _read(request, pk)
    try:
        proposals.withdraw(actor=signed_in(request), proposal=proposal, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("admin:verification_proposal_change", pk)
    messages.success(request, gettext("The proposal is withdrawn."))
    return redirect("admin:verification_claim_change", proposal.claim_id)


class ReasonForm(forms.Form):
    """Why a proposal goes back."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=paragraph(4),
        help_text=_("What has to be mended. It stays on the desk."),
    )


class SendBack(FormPage):
    """Sends a proposal back to who proposed it."""

    permission = "decide_claim"
    form_class = ReasonForm
    title = _("Send the verdict back")
    submit = _("Send it back")
    done = _("The verdict is sent back.")
    proposal: Proposal

    def load(self, **kwargs: Any) -> None:
        self.proposal = _read(self.request, kwargs["pk"])

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Proposal:
        return proposals.send_back(
            actor=self.actor,
            proposal=self.proposal,
            reason=form.cleaned_data["reason"],
            now=self.now,
        )

    def done_url(self, result: Any) -> str:
        return reverse("admin:verification_claim_change", args=[self.proposal.claim_id])

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        claim = claim_page.read(self.proposal.claim_id)
        return {
            **claim_page.context(self.request, claim),
            "lead": proposed_words(self.proposal),
        }
