"""What the lists of the desk have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

#: How far a list counts and pages. What is older is found by search and filter.
COUNTED = 5_000


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than `COUNTED`, so that a page costs the same however long the archive is."""

    @cached_property
    def count(self) -> int:
        """The number of rows, `COUNTED` at most."""
        rows = self.object_list
        if isinstance(rows, models.QuerySet):
            return rows.order_by()[:COUNTED].count()
        return len(rows)

    @property
    def capped(self) -> bool:
        """Whether there are (or may be) more rows than were counted."""
        return self.count >= COUNTED


class DeskAdmin(ModelAdmin):
    """A list under the desk's templates, with no script or style of Django's.

    Pages that change something are views of our own which call the services; Django's forms, its
    history and its delete page are not among the addresses at all.
    """

    list_per_page = 40
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    view_on_site = False
    list_display_links: Sequence[str] | None = None
    #: What an empty list says.
    empty_words: Any = _("Nothing here yet.")
    #: What a list is, in a sentence.
    lead: Any = ""

    @property
    def media(self) -> forms.Media:
        """None: what the pages need is in the desk's own style sheet and script."""
        return forms.Media()

    def get_urls(self) -> list[URLPattern]:
        """The list and whatever `pages` adds."""
        return [
            path(
                "",
                self.admin_site.admin_view(self.changelist_view),
                name=self.url_name("changelist"),
            ),
            *self.pages(),
        ]

    def pages(self) -> list[URLPattern]:
        """The addresses beside the list."""
        return []

    def page(self, route: str, view: Any, name: str) -> URLPattern:
        """One address of this model."""
        return path(route, self.admin_site.admin_view(view), name=self.url_name(name))

    def url_name(self, name: str) -> str:
        """The name of an address of this model, as Django's admin builds it."""
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Django's list, with the words that are ours."""
        words = {"lead": self.lead, "empty_words": self.empty_words}
        response = super().changelist_view(request, {**words, **(extra_context or {})})
        if getattr(response, "context_data", None) and "cl" in response.context_data:
            cl = response.context_data["cl"]
            for spec in cl.filter_specs:
                if spec.kind == "tabs":
                    spec.tabs = list(spec.choices(cl))
            self.complete(request, cl, response.context_data)
        return response

    def complete(self, request: HttpRequest, cl: ChangeList, context: dict[str, Any]) -> None:
        """Adds to the context of a list what its template wants."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Our own actions only: nothing is deleted in bulk."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
