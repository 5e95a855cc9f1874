"""Pages with a form whose POST calls one service."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from verification.admin.naming import need, signed_in
from verification.models import User
from verification.services.errors import Conflict

#: Rows of one kind that one form takes.
MOST_ROWS = 60


class Rows:
    """The rows of one kind in a form: those that were filled in are `kept`."""

    def __init__(
        self,
        name: str,
        form: type[forms.Form],
        spare: int,
        data: QueryDict | None,
        filled: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        made = forms.formset_factory(form, extra=0 if filled else spare, max_num=MOST_ROWS)
        if data is not None:
            data.setdefault(f"{name}-TOTAL_FORMS", "0")
            # What stands in a row is what counts, whoever filled it in: a row that was emptied is
            # taken out, and one that was left as it stood is kept.
            data[f"{name}-INITIAL_FORMS"] = "0"
        self.name = name
        self.formset = made(data, prefix=name, initial=None if data is not None else filled)

    @property
    def kept(self) -> list[forms.Form]:
        """The rows in which something was typed."""
        return [row for row in self.formset.forms if row.has_changed()]

    def is_valid(self) -> bool:
        """Whether every row can be read."""
        return self.formset.is_valid()

    def add_error(self, message: str) -> None:
        """What is wrong with the rows together."""
        self.formset.non_form_errors().append(message)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the field's label and where it is on the page."""

    label: str
    at: str
    message: str


@dataclass(frozen=True, slots=True)
class Question:
    """Asked before something is done: `answer` is what the button sends as `sure` to go on."""

    words: str
    answer: str
    go_on: str


class FormPage(View, ABC):
    """A page of the desk with one form. A GET shows it; only a POST changes anything.

    1. Who lacks `permission` is turned away, whatever the method. Where it is empty,
       to be signed in is enough.
    2. `act` calls the service, in one transaction with whatever it had to make for it.
    3. The service's complaints go to the fields that they name, with everything typed still there.
    4. Where somebody else was quicker the page says who did what, and answers 409.
    """

    site: ClassVar[admin.AdminSite] = admin.site
    permission = ""
    template_name = "admin/desk/form.html"
    form_class: type[forms.Form]
    #: Kinds of rows: the form of one, and how many stand empty at first.
    row_forms: ClassVar[Mapping[str, tuple[type[forms.Form], int]]] = {}
    title: Any = ""
    lead: Any = ""
    submit: Any = _("Save")
    done: Any = ""
    danger = False
    #: Whether everything that `act` does is undone where it complains. What counts wrong tries says
    #: no, and leaves it to its services.
    together = True

    now: datetime
    actor: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.permission:
            need(request, self.permission)
        self.now = timezone.now()
        self.actor = signed_in(request)
        self.load(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def load(self, **kwargs: Any) -> None:
        """Reads what the page is about. Raises Http404."""

    def initial(self) -> dict[str, Any]:
        """What the fields hold at first."""
        return {}

    def question(self, form: forms.Form, rows: Mapping[str, Rows]) -> Question | None:
        """What is asked before it is done; none where nothing is, or where it is answered.

        The form comes back with everything typed still there, and a button that is the answer.
        """
        return None

    @abstractmethod
    def act(self, form: forms.Form, rows: Mapping[str, Rows]) -> Any:
        """Calls the service."""

    @abstractmethod
    def done_url(self, result: Any) -> str:
        """Where to go when it is done."""

    def done_words(self, result: Any) -> str:
        """What is said when it is done."""
        return str(self.done)

    def filled_rows(self, name: str) -> Sequence[Mapping[str, Any]]:
        """What the rows of a kind hold at first, one mapping for each; else they stand empty."""
        return ()

    def make_form(self, data: QueryDict | None = None) -> forms.Form:
        """The form, filled with `data` or with what is there."""
        return (
            self.form_class(data) if data is not None else self.form_class(initial=self.initial())
        )

    def make_rows(self, data: QueryDict | None = None) -> dict[str, Rows]:
        """The rows of each kind."""
        return {
            name: Rows(name, form, spare, data, self.filled_rows(name))
            for name, (form, spare) in self.row_forms.items()
        }

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Shows the form."""
        return self.page(self.make_form(), self.make_rows())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Does what the form asks for."""
        data = request.POST.copy()
        more = data.get("more", "")
        if more in self.row_forms:
            return self.with_another_row(data, more)
        form, rows = self.make_form(data), self.make_rows(data)
        # Every part is asked, so that all that cannot be read is told at once.
        if not all([form.is_valid(), *[part.is_valid() for part in rows.values()]]):
            return self.page(form, rows)
        try:
            question = self.question(form, rows)
            if question is not None:
                return self.page(form, rows, question=question)
            with transaction.atomic() if self.together else nullcontext():
                result = self.act(form, rows)
        except ValidationError as error:
            tell(error, form, rows)
            return self.page(form, rows)
        except Conflict as conflict:
            return self.conflict(form, rows, conflict)
        return self.finished(result)

    def finished(self, result: Any) -> HttpResponse:
        """The answer when it is done: on to the page that shows what became of it."""
        words = self.done_words(result)
        if words:
            messages.success(self.request, words)
        return redirect(self.done_url(result))

    def with_another_row(self, data: QueryDict, name: str) -> HttpResponse:
        """The form as it was typed with one more row: for who has no script."""
        total = data.get(f"{name}-TOTAL_FORMS", "")
        number = int(total) if total.isdecimal() else 0
        data[f"{name}-TOTAL_FORMS"] = str(min(number + 1, MOST_ROWS))
        return self.as_typed(data)

    def as_typed(self, data: QueryDict) -> HttpResponse:
        """The form as it was typed, and nothing done."""
        form, rows = self.make_form(data), self.make_rows(data)
        unasked(form, rows)
        return self.page(form, rows)

    def conflict(
        self, form: forms.Form, rows: Mapping[str, Rows], conflict: Conflict
    ) -> HttpResponse:
        """What is shown where somebody else was quicker."""
        raise conflict

    def page(
        self,
        form: forms.Form,
        rows: Mapping[str, Rows],
        *,
        status: int = 200,
        **extra: Any,
    ) -> HttpResponse:
        """The page with the form in it."""
        context = {
            **self.site.each_context(self.request),
            "title": self.title,
            "lead": self.lead,
            "submit": self.submit,
            "danger": self.danger,
            "form": form,
            "rows": rows,
            "faults": faults(form, rows),
            **self.extra_context(form, rows),
            **extra,
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)

    def extra_context(self, form: forms.Form, rows: Mapping[str, Rows]) -> dict[str, Any]:
        """What the template of this page wants besides."""
        return {}


def unasked(form: forms.Form, rows: Mapping[str, Rows]) -> None:
    """Leaves a form without complaints: nobody asked yet whether it is right."""
    for part in [form, *(row for kind in rows.values() for row in kind.formset.forms)]:
        part._errors = ErrorDict()  # type: ignore[attr-defined]
    for kind in rows.values():
        kind.formset._errors = []  # type: ignore[attr-defined]
        kind.formset._non_form_errors = ErrorList()  # type: ignore[attr-defined]


def faults(form: forms.Form, rows: Mapping[str, Rows]) -> list[Fault]:
    """Everything that is wrong, in the order of the page, each with the way to its field."""
    found = [Fault("", "", str(message)) for message in form.non_field_errors()]
    for field in form.hidden_fields():
        found += [Fault("", "", str(message)) for message in field.errors]
    parts = [form]
    for kind in rows.values():
        if kind.formset.is_bound:
            found += [Fault("", "", str(message)) for message in kind.formset.non_form_errors()]
            parts += kind.formset.forms
    for part in parts:
        for field in part.visible_fields():
            label = str(field.label)
            found += [Fault(label, field.id_for_label, str(message)) for message in field.errors]
    return found


def tell(error: ValidationError, form: forms.Form, rows: Mapping[str, Rows]) -> None:
    """Puts the complaints of a service where they belong: `evidence.0.url` on the row's own field.

    Whatever names no field of the form is shown above it, so that nothing is lost.
    """
    problems = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, found in problems.items():
        kind, _dot, rest = name.partition(".")
        if not rest and kind in rows:
            for message in found:
                rows[kind].add_error(message)
            continue
        target, field = _place(kind, rest, name, form, rows)
        for message in found:
            target.add_error(field if field in target.fields else None, message)


def _place(
    kind: str, rest: str, name: str, form: forms.Form, rows: Mapping[str, Rows]
) -> tuple[forms.Form, str]:
    number, _dot, field = rest.partition(".")
    kept: Sequence[forms.Form] = rows[kind].kept if kind in rows else ()
    if number.isdecimal() and int(number) < len(kept):
        return kept[int(number)], field
    return form, name
