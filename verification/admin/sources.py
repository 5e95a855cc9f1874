"""Sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from verification.admin.archive import source_link
from verification.admin.base import DeskAdmin
from verification.admin.filters import by
from verification.admin.formpage import FormPage, Rows
from verification.admin.forms import Address, Lines, Names
from verification.admin.merging import MergeSource
from verification.admin.naming import need
from verification.admin.redacting import RedactSource
from verification.models import Source
from verification.models.choices import SourceKind
from verification.services import figures, redaction, sourcenames, sources
from verification.services.figures import Scope
from verification.templatetags.borneout import percent

#: How many of a source's newest positions its page shows.
NEWEST = 10


class SourceForm(forms.Form):
    """A source."""

    name = forms.CharField(label=_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=SourceKind.choices)
    outlet = forms.CharField(
        label=_("Outlet"),
        required=False,
        widget=Names("sources"),
        help_text=Source._meta.get_field("outlet").help_text,
    )
    aliases = Lines(
        label=_("Other names"),
        required=False,
        help_text=_(
            "One on each line, as texts write it: WSJ. An article before it is not needed."
        ),
    )
    homepage = Address(label=_("Home page"), required=False)
    domains = Lines(
        label=_("Domains"),
        required=False,
        help_text=_(
            "One on each line, such as lemonde.fr: pages there, and on sites below it, are the "
            "source’s. A home page brings its own."
        ),
    )
    language = forms.CharField(
        label=_("Language"),
        required=False,
        max_length=10,
        help_text=Source._meta.get_field("language").help_text,
    )


class AddSource(FormPage):
    """Makes a source."""

    permission = "add_source"
    form_class = SourceForm
    title = _("Add a source")
    lead: Any = _("Usually not needed: a name that is typed into a report makes its source.")
    done = _("The source is added.")

    def fields(self, form: forms.Form) -> dict[str, Any]:
        """What the services take: the outlet as a source."""
        data = dict(form.cleaned_data)
        data["outlet"] = (
            sources.source_named(
                actor=self.actor, name=data["outlet"], now=self.now, field="outlet"
            )
            if data["outlet"]
            else None
        )
        return data

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Source:
        return sources.create_source(actor=self.actor, now=self.now, **self.fields(form))

    def done_url(self, result: Source) -> str:
        return reverse("admin:verification_source_change", args=[result.pk])


class EditSource(AddSource):
    """A source: its record in a line, its newest positions, and what may be changed of it."""

    permission = "view_source"
    template_name = "admin/desk/source.html"
    lead = ""
    done = _("The source is saved.")
    source: Source

    def load(self, **kwargs: Any) -> None:
        self.source = get_object_or_404(
            Source.objects.select_related("outlet", "merged_into"), pk=kwargs["pk"]
        )
        if self.request.method == "POST":
            need(self.request, "change_source")

    def initial(self) -> dict[str, Any]:
        source = self.source
        names = ("name", "kind", "homepage", "language")
        return {name: getattr(source, name) for name in names} | {
            "outlet": source.outlet.name if source.outlet else "",
            "aliases": "\n".join(sourcenames.aliases_of(source)),
            "domains": "\n".join(str(row) for row in source.domains.all()),
        }

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Source:
        return sources.edit_source(
            actor=self.actor, source=self.source, changes=self.fields(form), now=self.now
        )

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        source = self.source
        board = figures.board(Scope(internal=True), now=self.now)
        return {
            "title": source.name,
            "source": source,
            "figures": board.figures(source.pk),
            "positions": list(
                source.positions.select_related("claim").order_by("-first_reported_on", "-id")[
                    :NEWEST
                ]
            ),
            "embeddable": Source.objects.standing().readable().filter(pk=source.pk).exists(),
            "can_change": self.request.user.has_perm("verification.change_source"),
            "can_merge": not source.merged_into_id
            and self.request.user.has_perm("verification.merge_source"),
            "can_redact": redaction.possible(source)
            and self.request.user.has_perm("verification.redact_source"),
            "claims_url": f"{reverse('admin:verification_claim_changelist')}?source={source.slug}",
        }


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    """Sources with their accuracy, its interval and its n."""

    add_words = _("Add a source")
    lead = _("Who said it. Accuracy is shown with its interval (90%) and the number it rests on.")
    list_display = ("the_name", "kind", "the_outlet", "the_accuracy", "the_counts")
    list_display_links = None
    list_filter = (by("kind"),)
    list_select_related = ("outlet",)
    search_fields = ("name", "slug")
    search_help_text = _("A name, an alias, a domain, a slug")
    ordering = (Lower("name"),)
    sortable_by = ()

    def pages(self) -> list[URLPattern]:
        return [
            self.page("add/", AddSource.as_view(), "add"),
            self.page("<int:pk>/change/", EditSource.as_view(), "change"),
            self.page("<int:pk>/merge/", MergeSource.as_view(), "merge"),
            self.page("<int:pk>/redact/", RedactSource.as_view(), "redact"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("verification.add_source")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        text = search_term.replace("\0", "").strip()
        if not text:
            return queryset, False
        return queryset.search(text) | queryset.filter(slug__icontains=text), False

    def complete(self, request: HttpRequest, cl: ChangeList, context: dict[str, Any]) -> None:
        # One look at the board for the whole list: it asks the database whether it is still true.
        board = figures.board(Scope(internal=True), now=timezone.now())
        for source in cl.result_list:
            source.figures = board.figures(source.pk)
        super().complete(request, cl, context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).prefetch_related("aliases")

    @admin.display(description=_("name"))
    def the_name(self, source: Source) -> str:
        """The name, as a link, and the other names."""
        others = ", ".join(sourcenames.aliases_of(source))
        return format_html('{} <span class="why">{}</span>', source_link(source), others)

    @admin.display(description=_("outlet"))
    def the_outlet(self, source: Source) -> str | None:
        """Where a reporter publishes."""
        return source.outlet.name if source.outlet else None

    @admin.display(description=_("accuracy"))
    def the_accuracy(self, source: Any) -> str:
        """The accuracy with its interval; a dash where nothing counts yet."""
        found = source.figures
        if not found.decided:
            return "–"
        return format_html(
            '<span><b class="number">{}</b> <span class="why">{} – {}, n = {}{}</span></span>',
            percent(found.accuracy),
            percent(found.low),
            percent(found.high),
            found.decided,
            format_html(", {}", _("provisional")) if found.provisional else "",
        )

    @admin.display(description=_("positions"))
    def the_counts(self, source: Any) -> int:
        """How many claims it reported."""
        return int(source.figures.positions)
