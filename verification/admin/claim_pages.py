"""The pages that change a claim, one for each service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification.admin import claim_page, criteria_days, history, naming
from verification.admin.formpage import FormPage, Rows
from verification.admin.forms import (
    AssignForm,
    EditForm,
    ExtendForm,
    RationaleForm,
)
from verification.domain import criteria
from verification.models import Claim, Proposal, Verdict
from verification.services import claimrules, claims, proposals, sources, verdicts
from verification.services.errors import Conflict


class ClaimFormPage(FormPage):
    """A page that changes one claim, which it shows beside its form."""

    claim: Claim

    def load(self, **kwargs: Any) -> None:
        self.claim = claim_page.read(kwargs["pk"])

    def initial(self) -> dict[str, Any]:
        return {"version": self.claim.version}

    def done_url(self, result: Any) -> str:
        return reverse("admin:verification_claim_change", args=[self.claim.pk])

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return claim_page.context(self.request, self.claim)

    def conflict(
        self, form: forms.Form, rows: Mapping[str, Rows], conflict: Conflict
    ) -> HttpResponse:
        """Who did what meanwhile, with what was typed still in the form.

        The form takes the version that the claim has now: sending it again is a decision made in
        knowledge of the change that is shown.
        """
        self.claim = claim_page.read(conflict.claim.pk)
        form.data["version"] = str(self.claim.version)  # type: ignore[index]
        return self.page(
            form, rows, status=409, conflict=history.latest(self.claim), closed=self.closed()
        )

    def closed(self) -> bool:
        """Whether the claim, as it now stands, no longer takes what this page does."""
        return False


#: What is said where a verdict was proposed.
PROPOSED = _("The verdict is proposed. It is published when a second editor confirms it.")


def second_look(claim: Claim) -> dict[str, Any]:
    """What a page that gives verdicts says on a beat where a second editor confirms them."""
    if not claim.beat.second_editor:
        return {}
    return {
        "submit": gettext("Propose the verdict"),
        "second_look": gettext(
            "On this beat a second editor confirms a verdict before it is published. Until then "
            "readers see the claim as it stands."
        ),
    }


class Extend(ClaimFormPage):
    """Moves the deadline."""

    permission = "extend_claim"
    form_class = ExtendForm
    title = _("Move the deadline")
    lead = _(
        "Reminders of the old deadline are dropped, and those of the new one begin. Whoever was "
        "told of the new day already is not told of it again."
    )
    submit = _("Move the deadline")
    done = _("The deadline is moved.")

    def initial(self) -> dict[str, Any]:
        # A new day under the old wording would say what nobody printed, and a day that an editor
        # chose is not the source's: neither stands in the form.
        return super().initial() | {
            "deadline": self.claim.deadline,
            "deadline_precision": self.claim.deadline_precision,
        }

    def page(
        self, form: forms.Form, rows: Mapping[str, Rows], *, status: int = 200, **extra: Any
    ) -> HttpResponse:
        """The page, which says beside the fields what becomes of the present ones."""
        claim = self.claim
        if claim.deadline_text:
            # The desk prints the help of a field as it is.
            form.fields["deadline_text"].help_text = format_html(
                gettext(
                    "The present wording, “{wording}”, is replaced by what is entered here. Left "
                    "empty, no wording is kept."
                ),
                wording=claim.deadline_text,
            )
        form.fields["deadline_basis"].help_text = gettext(
            "The present deadline is %(basis)s. The new one is the newsroom’s own unless you say "
            "that the source itself gave it; a lapse counts against sources only then."
        ) % {"basis": claim.get_deadline_basis_display()}
        if claim.criteria and not claimrules.has_own_criteria(claim):
            form.fields["deadline"].help_text = gettext(
                "The last day, inclusive, in the newsroom’s time zone. The criteria are those that "
                "were proposed: they follow it."
            )
        if not self.criteria_follow:
            del form.fields["criteria_day"]
        else:
            form.fields["criteria_day"].help_text = gettext(
                "They name the present deadline, %(day)s."
            ) % {"day": date_format(claim.deadline)}
        return super().page(form, rows, status=status, **extra)

    @property
    def criteria_follow(self) -> bool:
        """Whether somebody's criteria name the present deadline, and the editor may mend them."""
        named = self.claim.deadline in criteria.days_named(self.claim.criteria)
        own = claimrules.has_own_criteria(self.claim)
        return named and own and bool(self.actor.has_perm("verification.change_claim"))

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Claim:
        data = form.cleaned_data
        return claims.extend(
            actor=self.actor,
            claim=self.claim,
            version=data["version"],
            deadline=naming.deadline(data),
            reason=data["reason"],
            now=self.now,
            name_day=bool(data["criteria_day"]) and self.criteria_follow,
        )

    def done_words(self, result: Claim) -> str:
        criteria_days.warn(self.request, result)
        return super().done_words(result)

    def closed(self) -> bool:
        return bool(self.claim.outcome)


class Assign(ClaimFormPage):
    """Hands the claim to somebody."""

    permission = "assign_claim"
    form_class = AssignForm
    title = _("Assign the claim")
    submit = _("Assign")
    done = _("The claim is assigned.")

    def initial(self) -> dict[str, Any]:
        assignee = self.claim.assignee
        return super().initial() | {"assignee": assignee.username if assignee else ""}

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Claim:
        data = form.cleaned_data
        return claims.assign(
            actor=self.actor,
            claim=self.claim,
            version=data["version"],
            assignee=naming.person(data["assignee"], "assignee"),
            now=self.now,
        )


class Edit(ClaimFormPage):
    """Changes the wording, the beat, or who may see the claim."""

    permission = "change_claim"
    form_class = EditForm
    title = _("Edit the claim")
    lead = _(
        "A decided claim keeps its wording, criteria and basis: they are what the verdict is "
        "about. To move the deadline or to assign the claim, use the pages of their own."
    )
    submit = _("Save")
    done = _("The claim is saved.")

    def initial(self) -> dict[str, Any]:
        names = ("statement", "criteria", "language", "public", "deadline_basis")
        return (
            super().initial()
            | {name: getattr(self.claim, name) for name in names}
            | {"beat": self.claim.beat.name}
        )

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Claim:
        changes = dict(form.cleaned_data)
        version = changes.pop("version")
        changes["beat"] = sources.beat_named(actor=self.actor, name=changes["beat"], now=self.now)
        return claims.edit(
            actor=self.actor,
            claim=self.claim,
            version=version,
            changes=changes,
            now=self.now,
        )


class Void(ClaimFormPage):
    """Takes the claim out of every record."""

    permission = "void_claim"
    form_class = RationaleForm
    title = _("Void the claim")
    lead = _(
        "For a claim that was logged in error or that nobody can answer. It counts nowhere, for no "
        "source. It stays readable, with the reason."
    )
    submit = _("Void the claim")
    done = _("The claim is void.")
    danger = True

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Any:
        data = form.cleaned_data
        return proposals.void(
            actor=self.actor,
            claim=self.claim,
            version=data["version"],
            rationale=data["rationale"],
            now=self.now,
        )

    def done_words(self, result: Verdict | Proposal) -> str:
        if isinstance(result, Proposal):
            return str(PROPOSED)
        return super().done_words(result)

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return super().extra_context(form, rows) | second_look(self.claim)


class Reopen(ClaimFormPage):
    """Withdraws the verdict."""

    permission = "revise_claim"
    form_class = RationaleForm
    title = _("Reopen the claim")
    lead = _(
        "The verdict is withdrawn, every record that it moved is moved back, and reminders begin "
        "again. The withdrawn verdict stays readable."
    )
    submit = _("Reopen the claim")
    done = _("The claim is open again.")
    danger = True

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Any:
        data = form.cleaned_data
        return verdicts.reopen(
            actor=self.actor,
            claim=self.claim,
            version=data["version"],
            rationale=data["rationale"],
            now=self.now,
        )

    def closed(self) -> bool:
        return not self.claim.outcome
