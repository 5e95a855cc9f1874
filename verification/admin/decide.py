"""The decide page and the revise page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification import newsroom
from verification.admin import naming, preview
from verification.admin.claim_pages import PROPOSED, ClaimFormPage, second_look
from verification.admin.formpage import Question, Rows, unasked
from verification.admin.forms import DecideForm, EvidenceForm, ReviseForm
from verification.domain import outcomes
from verification.domain.outcomes import Fault, Outcome
from verification.models import Evidence, Proposal, Verdict
from verification.models.choices import ClaimOutcome
from verification.services import proposals, verdicts
from verification.services.errors import Conflict

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

    def post(self, request: Any, **kwargs: Any) -> HttpResponse:
        """Gives the verdict; or only reckons anew for the day that was typed, without a script."""
        if "reckon" in request.POST:
            return self.as_typed(request.POST.copy())
        return super().post(request, **kwargs)

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

    def said(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        """What the form says, as the services take it."""
        return {
            "actor": self.actor,
            "claim": self.claim,
            "evidence": naming.evidence(rows["evidence"].kept),
            "now": self.now,
            **form.cleaned_data,
        }

    def question(self, form: forms.Form, rows: Mapping[str, Rows]) -> Question | None:
        """Asks whether the day is meant where no report would count by it.

        Only of what could be recorded as it stands: what is wrong is told before.
        """
        said = self.said(form, rows)
        if said.pop("version") != self.claim.version or self.closed():
            return None
        verdict, evidence = verdicts.build(**said, earlier=self.claim.verdict)
        self.look(verdict, evidence)
        known = verdict.became_known_on
        earlier = self.claim.verdict
        meant = earlier is not None and earlier.became_known_on == known
        if known is None or meant or not self.claim.no_report_by(known):
            return None
        answer = known.isoformat()
        if self.request.POST.get("sure") == answer:
            return None
        assert self.claim.first_reported_on  # noqa: S101  (for the type checker)
        return Question(
            words=gettext(
                "No report would count: the outcome became known on %(known)s, before the first "
                "report of %(first)s. Is that day right?"
            )
            % {"known": date_format(known), "first": date_format(self.claim.first_reported_on)},
            answer=answer,
            go_on=gettext("Propose it all the same")
            if self.claim.beat.second_editor
            else gettext("Record it all the same"),
        )

    def look(self, verdict: Verdict, evidence: Sequence[Evidence]) -> None:
        """Raises ValidationError where this page does not take what the service would."""

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Verdict | Proposal:
        return self.pronounce(**self.said(form, rows))

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
        if isinstance(result, Proposal):
            return str(PROPOSED)
        return gettext("The verdict is recorded: %(outcome)s.") % {
            "outcome": result.get_outcome_display()
        }

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        about = super().extra_context(form, rows)
        radios = form["outcome"]
        return about | {
            "outcomes": [
                {"radio": radio, "meaning": MEANINGS.get(Outcome(radio.data["value"]), "")}
                for radio in radios
            ],
            **preview.context(
                self.claim,
                about["reports"],
                newsroom.day(self.now),
                preview.day(form["became_known_on"].value()),
            ),
            "asked": list(self.claim.replies.filter(answered_on=None)),
            "revising": isinstance(self, Revise),
            **second_look(self.claim),
            "revise_url": reverse("admin:verification_claim_revise", args=[self.claim.pk])
            if self.request.user.has_perm("verification.revise_claim")
            else "",
        }

    def conflict(
        self, form: forms.Form, rows: Mapping[str, Rows], conflict: Conflict
    ) -> HttpResponse:
        """Who was quicker; who may revise is asked for the reason on the same page."""
        if conflict.claim.outcome and self.request.user.has_perm("verification.revise_claim"):
            self.form_class = ReviseForm
            form = self.make_form(form.data)  # type: ignore[arg-type]
            unasked(form, rows)
        return super().conflict(form, rows, conflict)

    def closed(self) -> bool:
        return bool(self.claim.outcome)


class Revise(Decide):
    """Supersedes the verdict of a decided claim."""

    permission = "revise_claim"
    form_class = ReviseForm
    title = _("Revise the verdict")
    lead = _(
        "The verdict in force stands in the form: mend what is wrong, and say why. It stays "
        "readable, and every record that it moved is moved back."
    )
    submit = _("Record the revised verdict")

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The form; an undecided claim is to be decided, a void one reopened, and not revised."""
        if not self.claim.outcome:
            return redirect("admin:verification_claim_decide", self.claim.pk)
        if self.claim.outcome == Outcome.VOID:
            messages.info(request, verdicts.FAULT_WORDS[Fault.ALREADY_VOID])
            return redirect("admin:verification_claim_change", self.claim.pk)
        return super(Decide, self).get(request, **kwargs)

    def initial(self) -> dict[str, Any]:
        verdict = self.claim.verdict
        if verdict is None:
            return super().initial()
        names = ("outcome", "became_known_on", "rationale")
        return super().initial() | {name: getattr(verdict, name) for name in names}

    def filled_rows(self, name: str) -> Sequence[Mapping[str, Any]]:
        verdict = self.claim.verdict
        if verdict is None:
            return ()
        return list(verdict.evidence.values("title", "url", "published_on"))

    def look(self, verdict: Verdict, evidence: Sequence[Evidence]) -> None:
        """The verdict in force stands in the form, and is no correction of itself."""
        earlier = self.claim.verdict
        if earlier is None or outcomes.differences(
            verdicts.parts(earlier, list(earlier.evidence.all())),
            verdicts.parts(verdict, evidence),
        ):
            return
        raise ValidationError(
            gettext("This is the verdict in force: nothing in it was changed, so nothing is saved.")
        )

    def pronounce(self, **verdict: Any) -> Verdict | Proposal:
        return proposals.revise(**verdict)

    def closed(self) -> bool:
        return not self.claim.outcome
