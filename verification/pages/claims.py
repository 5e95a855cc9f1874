"""The list of claims, and the page of one claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from verification import newsroom
from verification.domain.outcomes import UNDECIDED, Outcome
from verification.models import Beat, Claim, Position, Report, Source, Verdict
from verification.models.choices import ClaimStatus
from verification.pages import history
from verification.pages.chain import drawn
from verification.pages.http import asked, public_page
from verification.pages.paging import NEWEST, SOONEST, page
from verification.pages.standards.claimreview import claim_review
from verification.pages.timeline import timeline
from verification.querysets import ClaimQuerySet
from verification.services import figures, replies, snapshots, sourcematch
from verification.services.boards import Figures
from verification.services.figures import Scope


@public_page
def claims(request: HttpRequest) -> HttpResponse:
    """Public claims, narrowed; undecided ones and a period's by deadline, else newest first."""
    today = newsroom.day(timezone.now())
    wanted = {
        name: asked(request, name) for name in ("status", "beat", "source", "q", "from", "to")
    }
    days, mistaken = _days(wanted)
    found = _matching(wanted, today).filter(**days).select_related("beat", "verdict")
    # A period lies somewhere in the list: walked by deadline it is read, and nothing else.
    order = SOONEST if wanted["status"] in UNDECIDED or days else NEWEST
    listed = page(found, request, order)
    with_first_reports(listed.items)
    return render(
        request,
        "verification/claims.html",
        {
            "today": today,
            "page": listed,
            "wanted": wanted,
            "mistaken": mistaken,
            "narrowed": any(wanted.values()),
            "statuses": ClaimStatus.choices,
            "beats": public_beats(),
        },
    )


def _matching(wanted: dict[str, str], today: date) -> ClaimQuerySet:
    found, status = Claim.objects.public(), wanted["status"]
    # A void claim was logged in error: it is read by who asks for it, and by who has its address.
    found = found.with_status(status, today) if status else found.not_void()
    if wanted["beat"]:
        found = found.filter(beat__slug=wanted["beat"])
    if wanted["source"]:
        found = found.reported_by(_named(wanted["source"]))
    return found.search(wanted["q"])


def _days(wanted: dict[str, str]) -> tuple[dict[str, date], list[str]]:
    """The period of deadlines that was asked for, and what was written there that is no day."""
    days, mistaken = {}, []
    for name, lookup in (("from", "deadline__gte"), ("to", "deadline__lte")):
        if not wanted[name]:
            continue
        try:
            days[lookup] = date.fromisoformat(wanted[name])
        except ValueError:
            mistaken.append(wanted[name])
    return days, mistaken


def _named(text: str) -> list[int]:
    """The source that is meant; where there is none, those with the text in one of their names."""
    exactly = sourcematch.find(text)
    return [source.pk for source in exactly] or list(
        Source.objects.search(text).values_list("pk", flat=True)
    )


def public_beats() -> list[Beat]:
    """The beats with anything to read."""
    readable = Claim.objects.public().filter(beat=OuterRef("pk"))
    return list(Beat.objects.filter(Exists(readable)).order_by("name"))


def with_first_reports(listed: Sequence[Claim]) -> None:
    """Sets `first_report` on each claim (its earliest report, or none), in one query."""
    earliest = Report.objects.filter(claim=OuterRef("pk")).order_by("published_on", "id")
    ids = Claim.objects.filter(pk__in=[claim.pk for claim in listed]).values(
        first=Subquery(earliest.values("pk")[:1])
    )
    reports = {
        report.claim_id: report
        for report in Report.objects.filter(pk__in=ids).select_related("source", "via")
    }
    for claim in listed:
        claim.first_report = reports.get(claim.pk)  # type: ignore[attr-defined]


# --- One claim ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """What one source is held to on the claim, with its record for comparison."""

    position: Position
    figures: Figures


@public_page
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """One claim: what was said by whom, what became of it, and who is credited with what."""
    now = timezone.now()
    found = get_object_or_404(Claim.objects.public().select_related("beat"), slug=slug)
    verdicts = list(
        found.verdicts.select_related("decided_by", "confirmed_by")
        .prefetch_related("evidence")
        .order_by("-id")
    )
    current = next((row for row in verdicts if row.pk == found.verdict_id), None)
    reports = list(found.reports.select_related("source", "via"))
    readings = snapshots.of_claim(found)
    for report in reports:
        report.reading = readings.get(report.pk)  # type: ignore[attr-defined]
    board = figures.board(Scope(), now=now)
    positions = found.positions.select_related("source", "report__via").order_by(
        "first_reported_on", "id"
    )
    return render(
        request,
        "verification/claim.html",
        {
            "claim": found,
            "today": newsroom.day(now),
            "chains": drawn(reports),
            "reports": reports,
            "relays": sum(report.via_id is not None for report in reports),
            "timeline": timeline(found, reports, current),
            "verdict": current,
            "replies": list(found.replies.all()) if replies.told(found) else [],
            "review": claim_review(found, current, reports),
            "card_version": str(found.version),
            "days_late": _days_late(found, current),
            "earlier": [row for row in verdicts if row is not current],
            "held": [Held(row, board.figures(row.source_id)) for row in positions],
            "history": history.of_claim(found),
        },
    )


def _days_late(found: Claim, verdict: Verdict | None) -> int:
    """How many days after its deadline a confirmed claim became known; 0 where it was in time."""
    if verdict is None or verdict.outcome != Outcome.CONFIRMED or not verdict.became_known_on:
        return 0
    return max((verdict.became_known_on - found.deadline).days, 0)
