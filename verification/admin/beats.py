"""Beats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from verification.admin.base import DeskAdmin
from verification.admin.formpage import FormPage, Rows
from verification.admin.forms import Names
from verification.admin.ladders import EditLadder
from verification.admin.naming import person
from verification.models import Beat
from verification.services import ladders, sources
from verification.services.schedule import hour_for


class BeatForm(forms.Form):
    """A beat."""

    name = forms.CharField(label=_("Name"))
    editor = forms.CharField(
        label=_("Editor in charge"),
        required=False,
        widget=Names("people"),
        help_text=Beat._meta.get_field("editor").help_text,
    )
    second_editor = forms.BooleanField(
        label=_("A second editor confirms verdicts"),
        required=False,
        help_text=Beat._meta.get_field("second_editor").help_text,
    )


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
            second_editor=data["second_editor"],
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
        return {
            "name": self.beat.name,
            "editor": editor.username if editor else "",
            "second_editor": self.beat.second_editor,
        }

    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Beat:
        data = form.cleaned_data
        return sources.edit_beat(
            actor=self.actor,
            beat=self.beat,
            changes=data | {"editor": person(data["editor"], "editor")},
            now=self.now,
        )

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        return {"beat": self.beat}


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
