"""The decide page and the revise page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification import newsroom
from verification.admin import naming, preview
from verification.admin.claim_pages import PROPOSED, ClaimFormPage, second_look
from verification.admin.formpage import Rows
from verification.admin.forms import DecideForm, EvidenceForm
from verification.domain import outcomes
from verification.domain.outcomes import Outcome
from verification.models import Proposal, Verdict
from verification.models.choices import ClaimOutcome
from verification.services import proposals

#: What each outcome means, as the form explains it.
MEANINGS: dict[str, Any] = {
    Outcome.CONFIRMED: _("It happened as the criteria ask, and there is a page that shows it."),
    Outcome.DENIED: _("It did not, or something happened that rules it out; a page shows it."),
    Outcome.LAPSED: _("The deadline passed without it. Only from the day after the deadline on."),
    Outcome.VOID: _("Logged in error, or nobody can answer it. It counts nowhere."),
}


class Decide(ClaimFormPage):
    """Gives an undecided claim its verdict."""

    permission = "decide_claim"
    template_name = "admin/desk/decide.html"
    form_class = DecideForm
    row_forms: ClassVar[Mapping[str, tuple[type[forms.Form], int]]] = {
        "evidence": (EvidenceForm, 1)
    }
    title = _("Decide")
    submit = _("Record the verdict")

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The form; a claim that is decided already leads to the page that can still be of use."""
        if self.claim.outcome:
            return self.decided_already()
        return super().get(request, **kwargs)

    def decided_already(self) -> HttpResponse:
        """A link from a mail may be opened long after somebody else has decided."""
        messages.info(
            self.request,
            gettext("This claim is decided already: %(outcome)s.")
            % {"outcome": self.claim.get_outcome_display()},
        )
        return redirect("admin:verification_claim_change", self.claim.pk)

    def make_form(self, data: QueryDict | None = None) -> forms.Form:
        form = super().make_form(data)
        form.fields["outcome"].choices = self.choices()  # type: ignore[attr-defined]
        return form

    def choices(self) -> list[tuple[str, Any]]:
        """The outcomes that the user may give. Which of them stand is the service's to say."""
        may_void = self.request.user.has_perm("verification.void_claim")
        return [
            (outcome.value, ClaimOutcome(outcome).label)
            for outcome in outcomes.DECIDABLE
            if may_void or outcome != Outcome.VOID
        ]

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Verdict | Proposal:
        return self.pronounce(
            actor=self.actor,
            claim=self.claim,
            evidence=naming.evidence(rows["evidence"].kept),
            now=self.now,
            **form.cleaned_data,
        )

    def pronounce(self, **verdict: Any) -> Verdict | Proposal:
        """Calls the service of this page."""
        return proposals.decide(**verdict)

    def done_words(self, result: Verdict | Proposal) -> str:
        claim, known = self.claim, result.became_known_on
        if result.outcome == Outcome.CONFIRMED and known and known > claim.deadline:
            messages.warning(
                self.request,
                gettext(
                    "The outcome became known on %(known)s, after the deadline of %(deadline)s: "
                    "check that “confirmed” is what the criteria ask. A managing editor can "
                    "revise it."
                )
                % {"known": date_format(known), "deadline": date_format(claim.deadline)},
            )
        if known and claim.first_reported_on and known < claim.first_reported_on:
            messages.warning(
                self.request,
                gettext(
                    "The outcome became known on %(known)s, before the first report of "
                    "%(first)s: no report counts. If the day is wrong, a managing editor can "
                    "revise the verdict."
                )
                % {"known": date_format(known), "first": date_format(claim.first_reported_on)},
            )
        if isinstance(result, Proposal):
            return str(PROPOSED)
        return gettext("The verdict is recorded: %(outcome)s.") % {
            "outcome": result.get_outcome_display()
        }

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        about = super().extra_context(form, rows)
        cleaned = getattr(form, "cleaned_data", {}) if form.is_bound else {}
        radios = form["outcome"]
        return about | {
            "outcomes": [
                {"radio": radio, "meaning": MEANINGS.get(Outcome(radio.data["value"]), "")}
                for radio in radios
            ],
            "preview": preview.lines(
                self.claim,
                about["reports"],
                newsroom.day(self.now),
                cleaned.get("became_known_on"),
            ),
            "asked": list(self.claim.replies.filter(answered_on=None)),
            "compared": [str(ClaimOutcome(outcome).label) for outcome in preview.COMPARED],
            "revising": isinstance(self, Revise),
            **second_look(self.claim),
            "revise_url": reverse("admin:verification_claim_revise", args=[self.claim.pk])
            if self.request.user.has_perm("verification.revise_claim")
            else "",
        }

    def closed(self) -> bool:
        return bool(self.claim.outcome)


class Revise(Decide):
    """Supersedes the verdict of a decided claim."""

    permission = "revise_claim"
    title = _("Revise the verdict")
    lead = _(
        "The earlier verdict stays readable, and every record that it moved is moved back. The "
        "rationale says why."
    )
    submit = _("Record the revised verdict")

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The form; an undecided claim is to be decided, not revised."""
        if not self.claim.outcome:
            return redirect("admin:verification_claim_decide", self.claim.pk)
        return super(Decide, self).get(request, **kwargs)

    def pronounce(self, **verdict: Any) -> Verdict | Proposal:
        return proposals.revise(**verdict)

    def closed(self) -> bool:
        return not self.claim.outcome
