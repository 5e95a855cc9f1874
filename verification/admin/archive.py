"""What is written by the services alone and read here: verdicts, positions, records, the ledger."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from verification.admin.base import DeskAdmin, column
from verification.admin.filters import BeatFilter, ChoiceFilter, SourceFilter, by
from verification.models import Claim, LedgerEntry, Position, Record, Source, User, Verdict


def claim_link(claim: Claim) -> str:
    """A link to a claim's page on the desk."""
    url = reverse("admin:verification_claim_change", args=[claim.pk])
    return format_html('<a class="statement" href="{}">{}</a>', url, claim.statement)


def source_link(source: Source) -> str:
    """A link to a source's page on the desk."""
    url = reverse("admin:verification_source_change", args=[source.pk])
    return format_html('<a class="statement" href="{}">{}</a>', url, source.name)


def status_chip(status: str, words: Any) -> str:
    """A word in the colour of its status."""
    return format_html('<span class="status status-{}">{}</span>', status, words)


@admin.register(Verdict)
class VerdictAdmin(DeskAdmin):
    """Every verdict ever given, superseded ones included."""

    lead = _("Every verdict ever given. None is edited: a later one supersedes an earlier one.")
    list_display = (
        "the_claim",
        "the_outcome",
        "became_known_on",
        "decided_by",
        "confirmed_by",
        "decided_at",
    )
    list_display_links = None
    list_filter = (by("outcome"),)
    list_select_related = ("claim", "decided_by", "confirmed_by")
    searches_claims = True
    # Django offers a search where there are such fields.
    search_fields = ("claim__words",)
    search_help_text = _("Words of the statement, a slug")
    ordering = ("-id",)
    sortable_by = ()

    @admin.display(description=_("claim"))
    def the_claim(self, verdict: Verdict) -> str:
        """The claim, as a link."""
        return claim_link(verdict.claim)

    @admin.display(description=_("outcome"))
    def the_outcome(self, verdict: Verdict) -> str:
        """The outcome, as a chip."""
        return status_chip(verdict.outcome, verdict.get_outcome_display())


@admin.register(Position)
class PositionAdmin(DeskAdmin):
    """What each source is held to."""

    lead = _("What each source is held to, and what became of it: records are counted from these.")
    list_display = (
        "the_source",
        "the_claim",
        column("first_reported_on", _("first reported on")),
        column("stance", _("stance")),
        "the_credit",
    )
    list_display_links = None
    list_filter = (SourceFilter, by("credit", _("counts as")), BeatFilter)
    list_select_related = ("claim", "source")
    searches_claims = True
    search_fields = ("claim__words",)
    search_help_text = _("Words of the statement, a slug")
    ordering = ("-id",)
    sortable_by = ()

    @admin.display(description=_("source"))
    def the_source(self, position: Position) -> str:
        """The source, as a link."""
        return source_link(position.source)

    @admin.display(description=_("claim"))
    def the_claim(self, position: Position) -> str:
        """The claim, as a link."""
        return claim_link(position.claim)

    @admin.display(description=_("counts as"))
    def the_credit(self, position: Position) -> str:
        """The credit and why."""
        return format_html(
            '<span><span class="credit credit-{}">{}</span> <span class="why">{}</span></span>',
            position.credit,
            position.get_credit_display(),
            position.get_reason_display(),
        )


HITS, MISSES = column("hits", _("hits")), column("misses", _("misses"))
OPEN = column("open", pgettext_lazy("count", "open"))


@admin.register(Record)
class RecordAdmin(DeskAdmin):
    """The tallies as they are kept."""

    lead = _(
        "The tallies as they are kept, for each source and beat. Accuracy is computed from them."
    )
    list_display = (
        "the_source",
        column("beat", _("beat")),
        "the_audience",
        HITS,
        MISSES,
        column("lapsed_uncounted", pgettext_lazy("count", "lapsed, not counted")),
        OPEN,
        column("relays_borne_out", pgettext_lazy("count", "passed on, borne out")),
        column("relays_not", pgettext_lazy("count", "passed on, not borne out")),
        column("relays_open", pgettext_lazy("count", "passed on, open")),
        column("first_to_report", _("had it first")),
    )
    list_display_links = None
    list_filter = (SourceFilter, BeatFilter)
    list_select_related = ("source", "beat")
    search_fields = ("source__name",)
    search_help_text = _("A source’s name")
    ordering = ("source__name", "beat__name")
    sortable_by: ClassVar[Any] = (HITS, MISSES, OPEN)

    @admin.display(description=_("source"))
    def the_source(self, record: Record) -> str:
        """The source, as a link."""
        return source_link(record.source)

    @admin.display(description=_("of claims"))
    def the_audience(self, record: Record) -> Any:
        """Whether these tallies are of public or of internal claims."""
        return pgettext("count", "public") if record.public else pgettext("count", "internal")


class ActionFilter(ChoiceFilter):
    """By what was done."""

    field = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(ACTIONS.items())


#: What the services write into the ledger, in the reader's words.
ACTIONS: dict[str, Any] = {
    "claim logged": _("claim logged"),
    "claim edited": _("claim edited"),
    "claim assigned": _("claim assigned"),
    "claim handed over": _("claim handed over"),
    "claim snoozed": _("claim put off"),
    "snooze ended": _("claim taken up again"),
    "claim reopened": _("claim reopened"),
    "deadline moved": _("deadline moved"),
    "report logged": _("report logged"),
    "report amended": _("report amended"),
    "report withdrawn": _("report withdrawn"),
    "page kept": _("page kept"),
    "page changed": _("page changed"),
    "story logged": _("story logged"),
    "story removed": _("story removed"),
    "story updated": _("story updated"),
    "story not updated": _("story not updated"),
    "verdict": _("verdict"),
    "verdict revised": _("verdict revised"),
    "source created": _("source created"),
    "source edited": _("source edited"),
    "sources merged": _("sources merged"),
    "entries redacted": _("person removed"),
    "token created": _("token created"),
    "beat created": _("beat created"),
    "beat edited": _("beat edited"),
    "ladder set": _("ladder set"),
    "preferences set": _("preferences set"),
    "user created": _("user created"),
    "user edited": _("user edited"),
    "password set": _("password set"),
    "password changed": _("password changed"),
    "second factor set up": _("second factor set up"),
    "second factor removed": _("second factor removed"),
    "recovery codes made": _("recovery codes made"),
    "sessions ended": _("sessions ended"),
    "account unlocked": _("account unlocked"),
    "token revoked": _("token revoked"),
    "verdict proposed": _("verdict proposed"),
    "proposal sent back": _("proposed verdict sent back"),
    "proposal withdrawn": _("proposed verdict withdrawn"),
    "reply asked for": _("reply asked for"),
    "reply answered": _("reply answered"),
    "reply removed": _("right of reply removed"),
    "address refused": _("address refused"),
    "address accepted again": _("address accepted again"),
    "message put back": _("message put back"),
    "message given up": _("message given up"),
    "diary address replaced": _("diary address replaced"),
    "webhook added": _("webhook added"),
    "webhook changed": _("webhook changed"),
    "webhook secret changed": _("webhook secret changed"),
    "webhook switched on": _("webhook switched on"),
    "webhook switched off": _("webhook switched off"),
    "webhook removed": _("webhook removed"),
    "delivery put back": _("delivery put back"),
}


@admin.register(LedgerEntry)
class LedgerAdmin(DeskAdmin):
    """The chain, newest first."""

    lead = _("Every change that matters, each chained to the one before it by its hash.")
    list_display = ("number", "recorded_at", "actor_name", "the_action", "the_claim", "the_content")
    list_display_links = None
    list_filter = (ActionFilter,)
    list_select_related = ("claim",)
    # Django offers a search where there are such fields; what is searched is said below.
    search_fields = ("claim_slug", "actor_name")
    search_help_text = _("A claim’s slug, a user’s name")
    ordering = ("-number",)
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[LedgerEntry]:
        return super().get_queryset(request).defer("previous_hash", "digest", "secret", "sealed")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """The entries of the claim of this slug, else those of the user of this name."""
        text = search_term.replace("\0", "").strip()
        if not text:
            return queryset, False
        claims = list(Claim.objects.filter(slug=text.lower()).values_list("pk", flat=True))
        if claims:
            return queryset.filter(claim__in=claims), False
        people = list(User.objects.filter(username__iexact=text).values_list("pk", flat=True))
        return queryset.filter(actor__in=people), False

    @admin.display(description=_("action"))
    def the_action(self, entry: LedgerEntry) -> Any:
        """What was done, in words."""
        return ACTIONS.get(entry.action, entry.action)

    @admin.display(description=_("claim"))
    def the_claim(self, entry: LedgerEntry) -> str | None:
        """The claim, as a link."""
        return claim_link(entry.claim) if entry.claim else None

    @admin.display(description=_("content"))
    def the_content(self, entry: LedgerEntry) -> str:
        """What was written, folded away, with the entry's hash."""
        return format_html(
            "<details><summary>{}</summary><pre>{}</pre><code>{}</code></details>",
            pgettext("link", "open"),
            json.dumps(entry.content, indent=1, ensure_ascii=False),
            entry.hash,
        )
