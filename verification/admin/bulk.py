"""What the claim list does to several claims at once: lapse and assign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verification import newsroom
from verification.admin import naming
from verification.admin.rows import rows, with_all
from verification.domain.outcomes import Outcome
from verification.models import Claim, Proposal
from verification.services import claims, proposals
from verification.services.errors import Conflict


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one claim: `problem` is empty where it was done, or `proposed`."""

    claim: Claim
    problem: str
    proposed: bool = False


@admin.action(description=gettext_lazy("Lapse…"), permissions=["decide"])
def lapse(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
    """Asks for a rationale, lapses each claim by itself, and tells of each what became of it."""
    chosen = _chosen(queryset)
    if "confirmed" not in request.POST:
        return _ask(request, "lapse", chosen)
    rationale, now = request.POST.get("rationale", ""), timezone.now()
    done = [
        _one(
            claim,
            partial(
                proposals.decide,
                actor=naming.signed_in(request),
                claim=claim,
                version=None,
                outcome=Outcome.LAPSED,
                rationale=rationale,
                now=now,
            ),
        )
        for claim in chosen
    ]
    return _tell(request, "lapse", done)


@admin.action(description=gettext_lazy("Assign…"), permissions=["assign"])
def assign(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
    """Asks for whom, then hands each claim over by itself."""
    chosen = _chosen(queryset)
    if "confirmed" not in request.POST:
        return _ask(request, "assign", chosen)
    try:
        assignee = naming.person(request.POST.get("assignee", ""), "assignee")
    except ValidationError as error:
        return _ask(request, "assign", chosen, problem=" ".join(error.messages))
    now = timezone.now()
    done = [
        _one(
            claim,
            partial(
                claims.assign,
                actor=naming.signed_in(request),
                claim=claim,
                version=None,
                assignee=assignee,
                now=now,
            ),
        )
        for claim in chosen
    ]
    if all(not one.problem for one in done):
        messages.success(request, _("The claims are assigned."))
        return None
    return _tell(request, "assign", done)


def _chosen(queryset: QuerySet[Claim]) -> list[Claim]:
    return list(with_all(Claim.objects.filter(pk__in=queryset.values("pk"))).order_by("deadline"))


def _one(claim: Claim, change: Callable[[], object]) -> Done:
    """Does one claim in a transaction of its own: what one of them forbids stops no other."""
    try:
        result = change()
    except ValidationError as error:
        return Done(claim, " ".join(error.messages))
    except Conflict as conflict:
        now = conflict.claim
        if now.outcome:
            return Done(claim, _("Decided already: %(x)s.") % {"x": now.get_outcome_display()})
        return Done(claim, str(conflict))
    return Done(claim, "", isinstance(result, Proposal))


def _ask(
    request: HttpRequest, action: str, chosen: list[Claim], problem: str = ""
) -> TemplateResponse:
    """The page that asks whether it is meant, before anything is changed."""
    words = {
        "lapse": (
            _("Lapse these claims?"),
            _(
                "Only claims that await their verdict lapse; the others are left as they are. A "
                "lapse counts against a source only if the source itself gave the deadline."
            ),
            _("Lapse them"),
        ),
        "assign": (
            _("Assign these claims?"),
            _("Whoever takes them over is told where they stand."),
            _("Assign them"),
        ),
    }
    title, lead, submit = words[action]
    return _page(
        request,
        "admin/desk/bulk_ask.html",
        action=action,
        title=title,
        lead=lead,
        submit=submit,
        problem=problem,
        checkbox=ACTION_CHECKBOX_NAME,
        typed=request.POST,
        suggest_url=reverse("admin:suggest", args=["people"]),
        rows=rows(chosen, newsroom.day(timezone.now())),
    )


def _tell(request: HttpRequest, action: str, done: list[Done]) -> TemplateResponse:
    """What became of each."""
    titles = {"lapse": _("What lapsed"), "assign": _("What was assigned")}
    return _page(
        request,
        "admin/desk/bulk_done.html",
        title=titles[action],
        done=[one for one in done if not one.problem and not one.proposed],
        proposed=[one for one in done if one.proposed],
        left=[one for one in done if one.problem],
    )


def _page(request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})
