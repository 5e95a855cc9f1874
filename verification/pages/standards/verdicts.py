"""The verdicts in force and the corrections, newest first, as feeds and widgets ask for them."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef

from verification.models import Beat, Position, Source, Verdict


def newest_verdicts(
    *, limit: int, beat: Beat | None = None, source: Source | None = None
) -> list[Verdict]:
    """The verdicts in force on public claims, with claim, beat and what they superseded.

    `source`: only on claims on which it holds a position. Read along the verdicts, newest first,
    so that it costs with what is shown and not with the archive.
    """
    found = Verdict.objects.filter(claim__public=True, claim__verdict=F("pk"))
    if beat is not None:
        found = found.filter(claim__beat=beat)
    if source is not None:
        held = Position.objects.filter(claim=OuterRef("claim"), source=source, public=True)
        found = found.filter(Exists(held))
    return list(
        found.select_related("claim__beat", "claim__verdict", "supersedes").order_by("-id")[:limit]
    )


def newest_corrections(*, limit: int) -> list[Verdict]:
    """The verdicts on public claims that superseded another, with claim, beat and the other."""
    return list(
        Verdict.objects.filter(supersedes__isnull=False, claim__public=True)
        .select_related("claim__beat", "supersedes")
        .order_by("-id")[:limit]
    )
