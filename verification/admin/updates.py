"""Our own stories that need an update since a verdict landed: the list, and the page of one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from verification.admin.archive import claim_link, status_chip
from verification.admin.base import DeskAdmin, column
from verification.admin.filters import Choices, DeskFilter
from verification.admin.naming import need, signed_in
from verification.domain.outcomes import Outcome
from verification.emails.notices import ADVICE, said_words, verdict_words
from verification.models import Report, StoryUpdate
from verification.services import notices


class StateFilter(DeskFilter):
    """By what has become of an update."""

    title = _("state")
    parameter_name = "state"
    kind = "tabs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            ("to-do", _("to update")),
            ("done", _("updated")),
            ("superseded", _("superseded")),
        ]

    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "done":
            return queryset.filter(done_at__isnull=False)
        open_ones = queryset.filter(done_at__isnull=True)
        return open_ones.filter(superseded_at__isnull=value != "superseded")


class WhoseFilter(DeskFilter):
    """By whose story it is."""

    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("me", _("mine")), ("beats", _("on my beats"))]

    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        user = signed_in(request)
        return queryset.filter(
            notices.of_user(user) if value == "me" else notices.on_beats_of(user)
        )


@admin.register(StoryUpdate)
class StoryUpdateAdmin(DeskAdmin):
    """Which of our stories a verdict has overtaken, and which of them say so by now."""

    heading = _("Stories to update")
    lead = _("A verdict has landed on what these stories of ours reported. Tick them off here.")
    empty_words = _("No story of ours waits for an update.")
    list_display = (
        "the_story", "the_verdict", "the_claim", "recipient",
        column("created_at", _("since")), "the_state",
    )  # fmt: skip
    list_display_links = None
    list_filter = (StateFilter, WhoseFilter)
    list_select_related = ("story__claim", "verdict", "recipient")
    search_fields = ("story__title", "story__url", "story__claim__statement")
    search_help_text = _("Words of a title or a statement, an address")
    ordering = ("-id",)
    sortable_by = ()

    def pages(self) -> list[URLPattern]:
        return [
            self.page("<int:pk>/change/", page, "change"),
            self.page("<int:pk>/tick/", tick, "tick"),
            self.page("<int:pk>/untick/", untick, "untick"),
        ]

    @admin.display(description=_("story"))
    def the_story(self, update: StoryUpdate) -> str:
        """The story, as a link to the page on which it is ticked off."""
        url = reverse("admin:verification_storyupdate_change", args=[update.pk])
        return format_html('<a class="statement" href="{}">{}</a>', url, update.story.title)

    @admin.display(description=_("verdict"))
    def the_verdict(self, update: StoryUpdate) -> str:
        """The verdict's outcome, as a chip."""
        return status_chip(update.verdict.outcome, update.verdict.get_outcome_display())

    @admin.display(description=_("claim"))
    def the_claim(self, update: StoryUpdate) -> str:
        """The claim, as a link."""
        return claim_link(update.story.claim)

    @admin.display(description=_("state"))
    def the_state(self, update: StoryUpdate) -> str:
        """The state, as a chip."""
        state, words = "pending", gettext("to update")
        if update.done_at:
            state, words = "sent", gettext("updated")
        elif update.superseded_at:
            state, words = "dropped", gettext("superseded")
        return format_html('<span class="state state-{}">{}</span>', state, words)


def _update(request: HttpRequest, pk: int) -> StoryUpdate:
    need(request, "view_storyupdate")
    origins = Report.objects.filter(via__isnull=True).select_related("source")
    return get_object_or_404(
        StoryUpdate.objects.select_related(
            "story__claim",
            "story__author",
            "verdict__supersedes",
            "recipient",
            "done_by",
            "message",
        ).prefetch_related(Prefetch("story__claim__reports", origins)),
        pk=pk,
    )


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the story said, what the verdict says, and what to do about it."""
    update, user = _update(request, pk), signed_in(request)
    story, verdict = update.story, update.verdict
    act = "untick" if update.done_at else "tick"
    context = {
        **admin.site.each_context(request),
        "title": story.title,
        "update": update,
        "story": story,
        "claim": story.claim,
        "verdict": verdict,
        "said": said_words(story, story.claim, user.pk),
        "sentence": verdict_words(verdict, story.claim),
        "advice": ADVICE[Outcome(verdict.outcome)],
        "evidence": list(verdict.evidence.all()),
        "later": story.updates.filter(pk__gt=update.pk).order_by("-id").first(),
        "may_tick": notices.may_tick(user, update),
        "may_mail": user.has_perm("verification.view_message"),
        "act_url": reverse(f"admin:verification_storyupdate_{act}", args=[update.pk]),
    }
    return TemplateResponse(request, "admin/desk/update.html", context)


@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Ticks the story off."""
    update = _update(request, pk)
    try:
        notices.tick_off(actor=signed_in(request), update=update, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, gettext("“%(title)s” is updated.") % {"title": update.story})
    return redirect("admin:verification_storyupdate_change", pk)


@require_POST
def untick(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the tick back."""
    update = _update(request, pk)
    try:
        notices.untick(actor=signed_in(request), update=update, now=timezone.now())
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(
            request, gettext("“%(title)s” is still to be updated.") % {"title": update.story}
        )
    return redirect("admin:verification_storyupdate_change", pk)
