"""Sources and beats."""

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
from verification.admin.forms import Address, Names
from verification.admin.ladders import EditLadder
from verification.admin.merging import MergeSource
from verification.admin.naming import need, person
from verification.admin.redacting import RedactSource
from verification.models import Beat, Source
from verification.models.choices import SourceKind
from verification.services import figures, ladders, redaction, sources
from verification.services.figures import Scope
from verification.services.schedule import hour_for
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
    homepage = Address(label=_("Home page"), required=False)
    language = forms.CharField(
        label=_("Language"),
        required=False,
        max_length=10,
        help_text=Source._meta.get_field("language").help_text,
    )


class BeatForm(forms.Form):
    """A beat."""

    name = forms.CharField(label=_("Name"))
    editor = forms.CharField(
        label=_("Editor in charge"),
        required=False,
        widget=Names("people"),
        help_text=Beat._meta.get_field("editor").help_text,
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
            "outlet": source.outlet.name if source.outlet else ""
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


class AddBeat(FormPage):
    """Makes a beat."""

    permission = "add_beat"
    form_class = BeatForm
    title = _("Add a beat")
    lead: Any = _("A subject area with an editor in charge, who is told of what is late.")
    done = _("The beat is added.")

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Beat:
        data = form.cleaned_data
        return sources.create_beat(
            actor=self.actor,
            name=data["name"],
            editor=person(data["editor"], "editor"),
            now=self.now,
        )

    def done_url(self, result: Beat) -> str:
        return reverse("admin:verification_beat_changelist")


class EditBeat(AddBeat):
    """Changes a beat."""

    permission = "change_beat"
    template_name = "admin/desk/beat.html"
    lead = ""
    title = _("Edit the beat")
    done = _("The beat is saved.")
    beat: Beat

    def load(self, **kwargs: Any) -> None:
        self.beat = get_object_or_404(Beat.objects.select_related("editor"), pk=kwargs["pk"])

    def initial(self) -> dict[str, Any]:
        editor = self.beat.editor
        return {"name": self.beat.name, "editor": editor.username if editor else ""}

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Beat:
        data = form.cleaned_data
        return sources.edit_beat(
            actor=self.actor,
            beat=self.beat,
            changes={"name": data["name"], "editor": person(data["editor"], "editor")},
            now=self.now,
        )

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return {"beat": self.beat}


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
    search_help_text = _("A name, a slug")
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

    def complete(self, request: HttpRequest, cl: ChangeList, context: dict[str, Any]) -> None:
        # One look at the board for the whole list: it asks the database whether it is still true.
        board = figures.board(Scope(internal=True), now=timezone.now())
        for source in cl.result_list:
            source.figures = board.figures(source.pk)
        super().complete(request, cl, context)

    @admin.display(description=_("name"))
    def the_name(self, source: Source) -> str:
        """The name, as a link."""
        return source_link(source)

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


@admin.register(Beat)
class BeatAdmin(DeskAdmin):
    """Beats and who is in charge."""

    add_words = _("Add a beat")
    lead = _("Subject areas. The editor in charge is told of claims that are three days late.")
    empty_words = _("No beat yet. A claim needs one: add the first.")
    list_display = ("the_name", "editor", "the_hour", "the_ladder", "slug")
    list_display_links = None
    list_select_related = ("editor",)
    search_fields = ("name", "slug")
    search_help_text = _("A name, a slug")
    ordering = ("name",)
    sortable_by = ()

    def pages(self) -> list[URLPattern]:
        return [
            self.page("add/", AddBeat.as_view(), "add"),
            self.page("<int:pk>/change/", EditBeat.as_view(), "change"),
            self.page("<int:pk>/reminders/", EditLadder.as_view(), "ladder"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("verification.add_beat")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Beat]:
        return super().get_queryset(request).prefetch_related("rungs")

    @admin.display(description=_("hour of reminders"))
    def the_hour(self, beat: Beat) -> int:
        """The beat's own hour, or the newsroom's."""
        return hour_for(None, beat)

    @admin.display(description=_("ladder"))
    def the_ladder(self, beat: Beat) -> str:
        """Whose ladder it has, as a link to its page."""
        url = reverse("admin:verification_beat_ladder", args=[beat.pk])
        words = _("its own") if ladders.own(beat) else _("the newsroom’s")
        return format_html('<a href="{}">{}</a>', url, words)

    @admin.display(description=_("name"))
    def the_name(self, beat: Beat) -> str:
        """The name; for who may change it, as a link."""
        url = reverse("admin:verification_beat_change", args=[beat.pk])
        return format_html('<a class="statement" href="{}">{}</a>', url, beat.name)
