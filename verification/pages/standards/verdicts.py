"""The verdicts in force and the corrections, newest first, as feeds and widgets ask for them."""

from __future__ import annotations

from django.db.models import Case, Exists, F, OuterRef, When

from verification.models import Beat, Claim, Position, Source, Verdict
from verification.querysets import FEW


def newest_verdicts(
    *, limit: int, beat: Beat | None = None, source: Source | None = None
) -> list[Verdict]:
    """The verdicts in force on public claims, with claim, beat and what they superseded.

    `source`: only on claims on which it holds a position. Read along the verdicts, newest first,
    so that it costs with what is shown and not with the archive; but those of a source with few
    claims by their keys.
    """
    found = Verdict.objects.filter(claim__public=True, claim__verdict=F("pk"))
    if beat is not None:
        found = found.filter(claim__beat=beat)
    if source is not None:
        keys = Position.objects.filter(source=source).order_by("-claim").values("claim")
        if len(keys[: FEW + 1]) <= FEW:
            found = found.filter(claim__in=Claim.objects.reported_by([source.pk]))
        else:
            held = Position.objects.filter(claim=OuterRef("claim"), source=source)
            # Asked of a value: of a condition PostgreSQL would make a join, gather all that the
            # source ever said and sort it.
            found = found.alias(held=Case(When(Exists(held), then=1), default=0)).filter(held=1)
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
