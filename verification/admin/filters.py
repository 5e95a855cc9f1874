"""The filters of the desk's lists: plain fields of one form, each a parameter of the address."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification import newsroom
from verification.models import Beat, User
from verification.models.choices import ClaimStatus
from verification.services import sourcematch, sources

Choices = Iterable[tuple[str, Any]]


class DeskFilter(admin.SimpleListFilter, ABC):
    """A filter that the form above a list draws by its `kind`: select, text, date or tabs."""

    kind = "select"

    def has_output(self) -> bool:
        """Always: a text field has no choices to count."""
        return True

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return ()

    def chosen(self) -> str:
        """What the address asks for; empty where it asks for nothing."""
        # No database takes a NUL within a text.
        return str(self.value() or "").replace("\0", "").strip()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that are asked for."""
        return self.narrow(request, queryset, self.chosen()) if self.chosen() else queryset

    @abstractmethod
    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows for `value`, which is not empty."""


class ChoiceFilter(DeskFilter):
    """By a field that has choices."""

    field = ""
    #: What the filter is called, where not by its field.
    words: Any = ""

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.parameter_name = self.field
        self.title = self.words or model._meta.get_field(self.field).verbose_name
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        choices = model_admin.model._meta.get_field(self.field).choices or ()
        return [(str(value), label) for value, label in choices if value]

    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        return queryset.filter(**{self.field: value})


def by(field: str, words: Any = "") -> type[ChoiceFilter]:
    """The filter by one field's choices, called `words` where its model leaves it unnamed."""
    return type(f"By{field.title()}", (ChoiceFilter,), {"field": field, "words": words})


class StatusFilter(DeskFilter):
    """By what a reader is told of a claim."""

    title = gettext_lazy("status")
    parameter_name = "status"
    kind = "tabs"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return ClaimStatus.choices

    def narrow(self, request: HttpRequest, queryset: Any, value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.with_status(value, newsroom.day(timezone.now()))
        return found


class BeatFilter(DeskFilter):
    """By beat; `mine` are the beats of which the reader is in charge."""

    title = gettext_lazy("beat")
    parameter_name = "beat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            ("mine", _("my beats")),
            *Beat.objects.order_by("name").values_list("slug", "name")[:200],
        ]

    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "mine":
            return queryset.filter(beat__editor=request.user)
        return queryset.filter(beat__slug=value)


class AssigneeFilter(DeskFilter):
    """By whose hands a claim is in."""

    title = gettext_lazy("in the hands of")
    parameter_name = "assignee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        people = User.objects.filter(is_active=True, is_staff=True).order_by("username")[:200]
        return [
            ("me", _("me")),
            ("nobody", _("nobody")),
            *((person.username, str(person)) for person in people),
        ]

    def narrow(self, request: HttpRequest, queryset: Any, value: str) -> QuerySet[Any]:
        if value == "me":
            found: QuerySet[Any] = queryset.in_hand_of(request.user)
        elif value == "nobody":
            found = queryset.filter(assignee__isnull=True)
        else:
            found = queryset.filter(assignee__username=value)
        return found


class LoggedByFilter(AssigneeFilter):
    """By who logged a claim."""

    title = gettext_lazy("logged by")
    parameter_name = "logged_by"
    kind = "hidden"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("me", _("me"))]

    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "me":
            return queryset.filter(logged_by=request.user)
        return queryset.filter(logged_by__username=value)


class ReachFilter(DeskFilter):
    """The claims that are due and of which nobody can be told: where an alarm leads."""

    title = gettext_lazy("reach")
    parameter_name = "reach"
    kind = "hidden"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("nobody", _("nobody can be told"))]

    def narrow(self, request: HttpRequest, queryset: Any, value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.undecided().filter(unreachable_since__isnull=False)
        return found


class SourceFilter(DeskFilter):
    """By a source's slug or name; `through` leads from the model to its sources."""

    title = gettext_lazy("source")
    parameter_name = "source"
    kind = "text"
    suggest = "sources"
    through = "source"

    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        found = sourcematch.find(value)
        if len(found) != 1:
            messages.warning(request, sources.unclear(value, found))
            return queryset.none()
        return queryset.filter(**{self.through: found[0]})


class ReportingSourceFilter(SourceFilter):
    """By a source that reported the claim."""

    def narrow(self, request: HttpRequest, queryset: Any, value: str) -> QuerySet[Any]:
        found = sourcematch.find(value)
        if len(found) != 1:
            return super().narrow(request, queryset, value)
        rows: QuerySet[Any] = queryset.reported_by([found[0].pk])
        return rows


class DateFilter(DeskFilter):
    """By one end of a range of days; `lookup` is what the day is compared with."""

    kind = "date"
    lookup = ""

    def narrow(self, request: HttpRequest, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            messages.warning(
                request,
                _("“%(value)s” is not a day: enter one such as 2026-03-31.") % {"value": value},
            )
            return queryset
        return queryset.filter(**{self.lookup: day})


class DueFrom(DateFilter):
    """Deadlines from this day on."""

    title = gettext_lazy("due from")
    parameter_name = "due_from"
    lookup = "deadline__gte"


class DueTo(DateFilter):
    """Deadlines up to this day."""

    title = gettext_lazy("due to")
    parameter_name = "due_to"
    lookup = "deadline__lte"
