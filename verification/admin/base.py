"""What the lists of the desk have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_list import result_headers, results
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from verification.models import Claim

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    Pages = Paginator[Any]
else:
    ModelAdmin = admin.ModelAdmin
    Pages = Paginator

#: How far a list counts and pages. What is older is found by search and filter.
COUNTED = 1_000
#: How far the hits of a search are counted: they may lie far apart.
COUNTED_HITS = 200
#: Of a search for claims in a list of something else, this many are looked at, the newest ones.
CLAIMS_SEARCHED = 200


class CappedPaginator(Pages):
    """Counts no further than `most`, so that a page costs the same for any length of archive."""

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    @cached_property
    def count(self) -> int:
        """The number of rows, `most` at most."""
        rows = self.object_list
        if isinstance(rows, models.QuerySet):
            # In its order: what the database walks for the page it need not sort for the count.
            return len(rows.values_list("pk", flat=True)[: self.most])
        return len(rows)

    @property
    def capped(self) -> bool:
        """Whether there are (or may be) more rows than were counted."""
        return self.count >= self.most


class DeskAdmin(ModelAdmin):
    """A list under the desk's templates, with no script or style of Django's.

    Pages that change something are views of our own which call the services; Django's forms, its
    history and its delete page are not among the addresses at all.
    """

    list_per_page = 40
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    #: Whether a search is one for the rows' claims, by their words or their slug.
    searches_claims = False
    view_on_site = False
    empty_value_display = "–"
    list_display_links = None
    #: What an empty list says.
    empty_words: Any = _("Nothing here yet.")
    #: What a list is called, where not by its model.
    heading: Any = ""
    #: What the button that adds one says.
    add_words: Any = ""
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
        address: URLPattern = path(
            route, self.admin_site.admin_view(view), name=self.url_name(name)
        )
        return address

    def url_name(self, name: str) -> str:
        """The name of an address of this model, as Django's admin builds it."""
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Django's list, with the words that are ours."""
        words = {
            "heading": self.heading,
            "title": self.heading or capfirst(self.opts.verbose_name_plural),
            "add_words": self.add_words,
            "lead": self.lead,
            "empty_words": self.empty_words,
        }
        response: Any = super().changelist_view(request, {**words, **(extra_context or {})})
        if getattr(response, "context_data", None) and "cl" in response.context_data:
            cl = response.context_data["cl"]
            for spec in cl.filter_specs:
                if spec.kind == "tabs":
                    spec.tabs = list(spec.choices(cl))
            self.complete(request, cl, response.context_data)
        return response

    def complete(self, request: HttpRequest, cl: ChangeList, context: dict[str, Any]) -> None:
        """Adds to the context of a list what its template wants: heads and rows of a table."""
        heads = [
            head | {"tick": "<input" in str(head["text"])} for head in map(dict, result_headers(cl))
        ]
        names = ["" if head["tick"] else head["text"] for head in heads]
        context["heads"] = heads
        context["table"] = [
            [_labelled(cell, name) for cell, name in zip(row, names, strict=True)]
            for row in results(cl)
        ]

    def get_paginator(
        self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **kwargs: Any
    ) -> CappedPaginator:
        """One that counts no further than it must."""
        most = COUNTED_HITS if request.GET.get(SEARCH_VAR) else COUNTED
        return CappedPaginator(queryset, per_page, *args, most=most, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Django's search of `search_fields`, or that for the rows' claims."""
        # No database takes a NUL within a text.
        text = search_term.replace("\0", "").strip()
        if not self.searches_claims:
            return super().get_search_results(request, queryset, text)
        if not text:
            return queryset, False
        claims = Claim.objects.filter(slug=text)
        if not claims.exists():
            claims = Claim.objects.search(text).order_by("-pk")
        keys = list(claims.values_list("pk", flat=True)[:CLAIMS_SEARCHED])
        return queryset.filter(claim__in=keys), False

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any, **more: Any) -> Any:
        """Does an action with the ticked rows; a tick that is no row’s key is nobody’s."""
        if not all(key.isdecimal() for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            messages.warning(request, _("A ticked row is not one of this list."))
            return None
        return super().response_action(request, queryset, *args, **more)

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


def column(field: str, words: Any) -> Callable[[Any], Any]:
    """A column of a list for a field that its model leaves unnamed, headed by `words`."""

    @admin.display(description=words, ordering=field)
    def value(row: Any) -> Any:
        """The field's value; of one with choices, its words."""
        in_words = getattr(row, f"get_{field}_display", None)
        return in_words() if in_words else getattr(row, field)

    value.__name__ = field
    return value


def _labelled(cell: str, name: Any) -> str:
    """A cell that knows its column's name, which a narrow screen prints beside it."""
    label = f' data-label="{escape(str(name).capitalize())}"' if name else ""
    tag, rest = cell[:3], cell[3:]
    # `cell` is what Django's own table would hold: a whole <td> or <th>, escaped by Django.
    return mark_safe(f"{tag}{label}{rest}")  # noqa: S308
