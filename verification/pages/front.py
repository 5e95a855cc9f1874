"""The front page, and the icon that browsers ask for."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from verification import newsroom
from verification.domain.outcomes import Outcome
from verification.models import Claim, ClaimCount, Record, Source
from verification.pages.claims import with_first_reports
from verification.pages.http import public_page

VERDICTS, SOON, AWAITING = 8, 6, 5
SOON_DAYS = 90


@public_page
def front(request: HttpRequest) -> HttpResponse:
    """What was decided last, what is due soon, what waits for a verdict, and a few figures."""
    today = newsroom.day(timezone.now())
    public = Claim.objects.public().select_related("beat", "verdict")
    newest = list(public.decided().not_void().order_by("-verdict_id")[:VERDICTS])
    due_soon = list(
        public.due_between(today, today + timedelta(days=SOON_DAYS)).order_by("deadline", "id")[
            :SOON
        ]
    )
    awaiting = list(public.awaiting(today).order_by("deadline", "id")[:AWAITING])
    with_first_reports([*newest, *due_soon, *awaiting])
    return render(
        request,
        "verification/front.html",
        {
            "today": today,
            "newest": newest,
            "due_soon": due_soon,
            "awaiting": awaiting,
            "figures": _figures(today),
        },
    )


def _figures(today: date) -> dict[str, int]:
    """How many claims there are, and of how many sources: of no table that grows with the claims.

    Counted are those that await a verdict, which are few, and the sources with a record. A void
    claim counts nowhere.
    """
    kept = ClaimCount.objects.filter(public=True).exclude(outcome=Outcome.VOID)
    counts = dict(kept.values_list("outcome", "number"))
    return {
        "claims": sum(counts.values()),
        "decided": sum(number for outcome, number in counts.items() if outcome),
        "awaiting": Claim.objects.public().awaiting(today).count(),
        "sources": Source.objects.filter(
            Exists(Record.objects.filter(source=OuterRef("pk"), public=True))
        ).count(),
    }


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask for the old name."""
    return redirect(static("verification/favicon.svg"), permanent=True)
