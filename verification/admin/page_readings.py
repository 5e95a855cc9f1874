"""The pages of a claim's reports: having one read, and what was changed in it since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from verification.admin.naming import need, signed_in
from verification.domain import edits
from verification.domain.edits import Piece
from verification.models import Claim, Report, Snapshot
from verification.models.choices import KeptHow
from verification.services import snapshots
from verification.services.errors import Conflict

#: The newest edits are shown, and around each change so many characters of what stayed.
EDITS_MAX = 10
AROUND = 160


@dataclass(frozen=True, slots=True)
class Seen:
    """One edit: the readings before and after it, and the text in pieces.

    A piece of the kind `gap` stands for what was left out.
    """

    before: Snapshot
    after: Snapshot
    pieces: tuple[tuple[str, str], ...]


def beside(claim: Claim, reports: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reports, each with what is known of its page."""
    known, failing = snapshots.of_claim(claim), snapshots.failing(claim)
    return [
        {**item, "reading": known.get(item["report"].pk), "failed": failing.get(item["report"].pk)}
        for item in reports
    ]


@require_POST
def read(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    """Reads the page, and says what was found."""
    need(request, "change_report")
    row = _report(pk, report)
    now = timezone.now()
    try:
        found = snapshots.reread(actor=signed_in(request), report=row, now=now)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    except Conflict as conflict:
        messages.warning(request, str(conflict))
    else:
        if found.read_at < now:
            words = gettext("The page says what it said on %(day)s.")
            messages.success(request, words % {"day": date_format(found.read_at)})
        elif found.edited:
            messages.warning(request, gettext("The page was changed since it was read before."))
            return redirect("admin:verification_claim_report_changes", pk, report)
        else:
            messages.success(request, gettext("The page was read, and its text is kept."))
    return redirect("admin:verification_claim_change", pk)


@require_safe
def changes(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    """What the page said when it was read, and what was changed in it since."""
    need(request, "view_claim")
    row = _report(pk, report)
    kept = list(
        row.snapshots.filter(asked_url=row.url, how=KeptHow.FETCHED).order_by("-id")[
            : EDITS_MAX + 1
        ]
    )
    context = {
        **admin.site.each_context(request),
        "title": gettext("What the page said"),
        "claim": row.claim,
        "report": row,
        "latest": kept[0] if kept else None,
        "seen": list(_seen(kept)),
        "pasted": row.snapshots.filter(how=KeptHow.PASTED).order_by("-id").first(),
    }
    return TemplateResponse(request, "admin/desk/changes.html", context)


def _report(pk: int, report: int) -> Report:
    return get_object_or_404(
        Report.objects.select_related("claim__beat", "source"), pk=report, claim=pk
    )


def _seen(newest_first: Sequence[Snapshot]) -> Iterator[Seen]:
    for after, before in pairwise(newest_first):
        if after.edited:
            pieces = edits.pieces(before.text, after.text)
            yield Seen(before, after, tuple(_shown(pieces)))


def _shown(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """The changes, and of what stayed as much as stands around them."""
    for number, piece in enumerate(pieces):
        text = piece.text
        if piece.kind != "same" or len(text) <= 3 * AROUND:
            yield piece.kind, text
            continue
        if number > 0:
            yield "same", text[:AROUND].rpartition(" ")[0]
        yield "gap", ""
        if number < len(pieces) - 1:
            yield "same", text[-AROUND:].partition(" ")[2]
