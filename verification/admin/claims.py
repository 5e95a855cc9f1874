"""Claims on the desk: the list, and the addresses of the pages of one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verification import newsroom
from verification.admin import attention, bulk, claim_page, importing, page_readings, preview
from verification.admin import claim_pages as change
from verification.admin import reply_pages as replies
from verification.admin import report_pages as reports
from verification.admin.base import DeskAdmin
from verification.admin.decide import Decide, Revise
from verification.admin.filters import (
    AssigneeFilter,
    BeatFilter,
    DueFrom,
    DueTo,
    LoggedByFilter,
    ReachFilter,
    ReportingSourceFilter,
    StatusFilter,
)
from verification.admin.log import LogClaim
from verification.admin.naming import signed_in
from verification.admin.rows import rows, with_all
from verification.domain import outcomes
from verification.models import Claim, Source
from verification.services.importing import uploads


@admin.register(Claim)
class ClaimAdmin(DeskAdmin):
    """The claim list; every change is a page that calls a service."""

    change_list_template = "admin/desk/claim_list.html"
    lead = _("Everything that was logged, decided or not.")
    empty_words = _("No claim fits. Take a filter away, or log the claim.")
    list_display = ("statement", "beat", "deadline", "assignee")
    list_filter = (
        StatusFilter,
        BeatFilter,
        ReportingSourceFilter,
        AssigneeFilter,
        LoggedByFilter,
        ReachFilter,
        DueFrom,
        DueTo,
    )
    # Django offers the search where there are such fields; what is searched is said below.
    search_fields = ("words",)
    search_help_text = _("Words of the claim, its slug or a source")
    sortable_by = ("beat", "deadline", "assignee")
    actions = (bulk.lapse, bulk.assign)

    def pages(self) -> list[URLPattern]:
        one = "<int:pk>/"
        return [
            self.page("add/", LogClaim.as_view(), "add"),
            self.page("import/", importing.ImportPage.as_view(), "import"),
            self.page("import/<int:run>/", importing.RunPage.as_view(), "import_run"),
            self.page("import/<int:run>/faults.csv", importing.faults, "import_faults"),
            self.page("import/<int:run>/refused.<slug:kind>", importing.refused, "import_refused"),
            self.page("export.<slug:kind>", partial(importing.export, self), "export"),
            self.page(f"{one}change/", claim_page.page, "change"),
            self.page(f"{one}decide/", Decide.as_view(), "decide"),
            self.page(f"{one}effects/", preview.page, "effects"),
            self.page(f"{one}revise/", Revise.as_view(), "revise"),
            self.page(f"{one}reopen/", change.Reopen.as_view(), "reopen"),
            self.page(f"{one}void/", change.Void.as_view(), "void"),
            self.page(f"{one}extend/", change.Extend.as_view(), "extend"),
            self.page(f"{one}assign/", change.Assign.as_view(), "assign"),
            self.page(f"{one}edit/", change.Edit.as_view(), "edit"),
            self.page(f"{one}reports/add/", reports.AddReport.as_view(), "report_add"),
            self.page(
                f"{one}reports/<int:report>/amend/", reports.AmendReport.as_view(), "report_amend"
            ),
            self.page(
                f"{one}reports/<int:report>/withdraw/",
                reports.WithdrawReport.as_view(),
                "report_withdraw",
            ),
            self.page(f"{one}reports/<int:report>/read/", page_readings.read, "report_read"),
            self.page(
                f"{one}reports/<int:report>/changes/", page_readings.changes, "report_changes"
            ),
            self.page(f"{one}stories/add/", reports.AddStory.as_view(), "story_add"),
            self.page(
                f"{one}stories/<int:story>/remove/", reports.RemoveStory.as_view(), "story_remove"
            ),
            self.page(f"{one}replies/add/", replies.AddReply.as_view(), "reply_add"),
            self.page(
                f"{one}replies/<int:reply>/answer/", replies.Answer.as_view(), "reply_answer"
            ),
            self.page(
                f"{one}replies/<int:reply>/remove/", replies.RemoveReply.as_view(), "reply_remove"
            ),
            *attention.pages(self),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return with_all(Claim.objects.all())

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """The claim of this slug, else those with these words, else those of sources named so."""
        # No database takes a NUL within a text.
        text = search_term.replace("\0", "").strip()
        if not text:
            return queryset, False
        if Claim.objects.filter(slug=text).exists():
            return queryset.filter(slug=text), False
        if Claim.objects.search(text).exists():
            return queryset.search(text), False
        named = Source.objects.filter(name__icontains=text)
        return queryset.reported_by(list(named.values_list("pk", flat=True))), False

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """The newest first; what still has to be decided, by its deadline."""
        undecided = request.GET.get("status") in outcomes.UNDECIDED
        return ("deadline", "id") if undecided else ("-id",)

    def complete(self, request: HttpRequest, cl: ChangeList, context: dict[str, Any]) -> None:
        headers = [head for head in result_headers(cl) if head.get("sortable")]
        context["heads"] = headers
        context["rows"] = rows(cl.result_list, newsroom.day(timezone.now()))
        asked = request.GET.urlencode()
        context["exports"] = [
            (name, f"{reverse('admin:verification_claim_export', args=[kind])}?{asked}")
            for kind, name in importing.FORMATS
        ]
        context["may_import"] = uploads.may_import(signed_in(request))

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Whether the action “lapse” is offered."""
        return request.user.has_perm("verification.decide_claim")

    def has_assign_permission(self, request: HttpRequest) -> bool:
        """Whether the action “assign” is offered."""
        return request.user.has_perm("verification.assign_claim")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("verification.add_claim")
