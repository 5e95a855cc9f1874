"""The pages that change a claim's reports and our stories, one for each service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verification.admin import naming
from verification.admin.claim_pages import ClaimFormPage
from verification.admin.formpage import Rows
from verification.admin.forms import ConfirmForm, OneReportForm, OneStoryForm
from verification.models import Report, Story
from verification.services import reports, stories


class AddReport(ClaimFormPage):
    """Logs one more report."""

    permission = "add_report"
    template_name = "admin/desk/report_form.html"
    form_class = OneReportForm
    title = _("Log another report")
    lead = _(
        "A source is held to its first report of a claim. Reports published after the outcome "
        "became known count nowhere."
    )
    submit = _("Log the report")
    done = _("The report is logged.")

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Report:
        data = form.cleaned_data
        return reports.add_report(
            actor=self.actor,
            claim=self.claim,
            draft=naming.report(data, self.actor, self.now),
            version=data["version"],
            now=self.now,
        )


class OfReport(ClaimFormPage):
    """A page about one report of the claim."""

    report: Report

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.report = get_object_or_404(
            Report.objects.select_related("source", "via", "claim", "logged_by"),
            pk=kwargs["report"],
            claim=self.claim,
        )


class AmendReport(OfReport):
    """Mends a slip in a report."""

    permission = "change_report"
    template_name = "admin/desk/report_form.html"
    form_class = OneReportForm
    title = _("Amend the report")
    lead = _("To mend a slip. The ledger keeps what was there before.")
    submit = _("Save the report")
    done = _("The report is amended.")

    def initial(self) -> dict[str, Any]:
        report = self.report
        names = ("url", "published_on", "headline", "author", "stance", "certainty", "hedge")
        return (
            super().initial()
            | {name: getattr(report, name) for name in names}
            | {"source": report.source.name, "via": report.via.name if report.via else ""}
        )

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Report:
        data = form.cleaned_data
        return reports.amend_report(
            actor=self.actor,
            report=self.report,
            draft=naming.report(data, self.actor, self.now),
            version=data["version"],
            now=self.now,
        )


class WithdrawReport(OfReport):
    """Removes a report that was logged in error."""

    permission = "delete_report"
    form_class = ConfirmForm
    title = _("Withdraw the report")
    submit = _("Withdraw the report")
    done = _("The report is withdrawn.")
    danger = True

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> None:
        reports.withdraw_report(
            actor=self.actor,
            report=self.report,
            version=form.cleaned_data["version"],
            now=self.now,
        )

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        lead = gettext(
            "The report by %(source)s of %(day)s leaves the claim and its source’s record. "
            "The ledger keeps it."
        ) % {"source": self.report.source, "day": date_format(self.report.published_on)}
        return super().extra_context(form, rows) | {"lead": lead}


class AddStory(ClaimFormPage):
    """Logs one of the newsroom's own stories."""

    permission = "add_story"
    template_name = "admin/desk/story_form.html"
    form_class = OneStoryForm
    title = _("Add our story")
    lead = _(
        "One of our own articles that carried the claim. When the verdict lands, it needs an "
        "update."
    )
    submit = _("Add the story")
    done = _("The story is added.")

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Story:
        data = form.cleaned_data
        return stories.add_story(
            actor=self.actor,
            claim=self.claim,
            draft=naming.story(data),
            version=data["version"],
            now=self.now,
        )


class RemoveStory(ClaimFormPage):
    """Removes a story that was logged in error."""

    permission = "delete_story"
    form_class = ConfirmForm
    title = _("Remove our story")
    submit = _("Remove the story")
    done = _("The story is removed.")
    danger = True
    story: Story

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.story = get_object_or_404(
            Story.objects.select_related("claim"), pk=kwargs["story"], claim=self.claim
        )

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> None:
        stories.remove_story(
            actor=self.actor,
            story=self.story,
            version=form.cleaned_data["version"],
            now=self.now,
        )

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        lead = gettext("“%(title)s” leaves the claim. The ledger keeps it.") % {
            "title": self.story.title
        }
        return super().extra_context(form, rows) | {"lead": lead}
