"""The page that moves a deadline, and the day in the criteria with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification.admin import naming
from verification.admin.claim_pages import ClaimFormPage
from verification.admin.criteria_days import warn_of_another_day
from verification.admin.formpage import Rows
from verification.admin.forms import ExtendForm
from verification.domain import criteria
from verification.models import Claim
from verification.services import claims


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
            "criteria_too": True,
        }

    def make_form(self, data: QueryDict | None = None) -> forms.Form:
        form = super().make_form(data)
        if self.claim.deadline not in criteria.days_named(self.claim.criteria):
            del form.fields["criteria_too"]
        return form

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
        return super().page(form, rows, status=status, **extra)

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Claim:
        data = form.cleaned_data
        before, wording = self.claim.deadline, self.claim.deadline_text
        claim = claims.extend(
            actor=self.actor,
            claim=self.claim,
            version=data["version"],
            deadline=naming.deadline(data),
            reason=data["reason"],
            now=self.now,
        )
        if not data.get("criteria_too"):
            return claim
        text = criteria.with_day(claim.criteria, before, claim.deadline, wording)
        return claims.edit(
            actor=self.actor,
            claim=claim,
            version=claim.version,
            changes={"criteria": text},
            now=self.now,
        )

    def done_words(self, result: Any) -> str:
        warn_of_another_day(self.request, result)
        return super().done_words(result)

    def closed(self) -> bool:
        return bool(self.claim.outcome)
