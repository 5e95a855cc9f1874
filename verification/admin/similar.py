"""Already logged? Claims that say nearly the same as what is about to be logged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from verification import newsroom
from verification.admin.naming import need
from verification.domain import outcomes, words
from verification.models import Claim
from verification.models.choices import ClaimStatus
from verification.models.claim import STATEMENT_MAX
from verification.services.duplicates import Similar, find_similar

#: The names that a choice on the intake page may go by.
_CHOICE = re.compile(r"c\d{1,3}-into")


@dataclass(frozen=True, slots=True)
class Alike:
    """A claim that is like a statement. `per_cent` is 100 where both have the same words."""

    claim: Claim
    status: str
    status_words: str
    per_cent: int


def alike(found: Iterable[Similar], today: date) -> list[Alike]:
    """What the desk shows of similar claims."""
    rows = []
    for one in found:
        status = outcomes.status(one.claim.outcome, one.claim.deadline, today)
        rows.append(
            Alike(
                claim=one.claim,
                status=status,
                status_words=str(ClaimStatus(status).label),
                per_cent=round(one.likeness * 100),
            )
        )
    return rows


def with_chosen(found: list[Similar], statement: str, into: str) -> list[Similar]:
    """What was found, and the claim that is chosen: it stays, however the statement is mended."""
    key = int(into) if into.isascii() and into.isdecimal() and len(into) < 19 else 0
    if not key or any(one.claim.pk == key for one in found):
        return found
    chosen = Claim.objects.select_related("beat").filter(pk=key)
    own = words.words(statement)
    return [
        *found,
        *(Similar(one, words.likeness(own, words.words(one.statement))) for one in chosen),
    ]


@require_GET
def similar(request: HttpRequest) -> HttpResponse:
    """A piece of HTML: the claims like the parameter `statement`; empty where there is none.

    With `choice` (a field of the intake page) each can be chosen to take the reports instead,
    `into` is the one that is chosen now.
    """
    need(request, "view_claim")
    statement = request.GET.get("statement", "").replace("\0", "")[:STATEMENT_MAX]
    choice = request.GET.get("choice", "")
    into = request.GET.get("into", "")
    likes = with_chosen(find_similar(statement=statement), statement, into)
    context = {
        "similar": alike(likes, newsroom.day(timezone.now())),
        "choice": choice if _CHOICE.fullmatch(choice) else "",
        "into": into,
        "can_report": request.user.has_perm("verification.add_report"),
    }
    return TemplateResponse(request, "admin/desk/similar.html", context)
