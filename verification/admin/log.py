"""The page that logs a claim."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification import newsroom
from verification.admin import criteria_days, naming
from verification.admin.formpage import FormPage, Rows
from verification.admin.forms import LogForm, ReportForm, StoryForm
from verification.domain import deadlines
from verification.models import Claim
from verification.services import claims, sources


class LogClaim(FormPage):
    """One form: the claim, its deadline, its reports and our stories."""

    permission = "add_claim"
    template_name = "admin/desk/log.html"
    form_class = LogForm
    row_forms: ClassVar[Mapping[str, tuple[type[forms.Form], int]]] = {
        "reports": (ReportForm, 1),
        "stories": (StoryForm, 0),
    }
    title = _("Log a claim")
    lead = _("What was reported, by whom, and by when it should have happened.")
    submit = _("Log the claim")

    def initial(self) -> dict[str, Any]:
        return {"language": self.request.LANGUAGE_CODE[:2]}

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Claim:
        data, actor, now = form.cleaned_data, self.actor, self.now
        together = naming.Together()
        beat = together.take(lambda: sources.beat_named(actor=actor, name=data["beat"], now=now))
        assignee = together.take(lambda: naming.person(data["assignee"], "assignee"))
        reports = [
            together.take(partial(naming.report, row.cleaned_data, actor, now, f"reports.{index}."))
            for index, row in enumerate(rows["reports"].kept)
        ]
        stories = [
            together.take(partial(naming.story, row.cleaned_data, f"stories.{index}."))
            for index, row in enumerate(rows["stories"].kept)
        ]
        together.done()
        return claims.log(
            actor=actor,
            statement=data["statement"],
            criteria=data["criteria"],
            language=data["language"],
            beat=beat,
            public=data["public"],
            assignee=assignee,
            deadline=naming.deadline(data),
            reports=reports,
            stories=stories,
            now=now,
        )

    def done_url(self, result: Claim) -> str:
        return reverse("admin:verification_claim_change", args=[result.pk])

    def done_words(self, result: Claim) -> str:
        if not deadlines.is_period_end(result.deadline, result.deadline_precision):
            messages.warning(
                self.request,
                gettext("%(day)s is not the last day of its %(period)s: check the deadline.")
                % {
                    "day": date_format(result.deadline),
                    "period": result.get_deadline_precision_display(),
                },
            )
        criteria_days.warn(self.request, result)
        today = newsroom.day(self.now)
        if result.deadline < today:
            return gettext("The claim is logged. Its deadline has passed: it awaits its verdict.")
        if result.deadline == today:
            return gettext("The claim is logged. Its deadline is today.")
        return gettext("The claim is logged. You will be told when its deadline comes.")
