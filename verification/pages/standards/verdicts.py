"""The verdicts in force and the corrections, newest first, as feeds and widgets ask for them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from verification.domain import outcomes
from verification.domain.outcomes import Outcome
from verification.models import Beat, Claim, Source, Verdict


def newest_verdicts(
    *,
    limit: int,
    beat: Beat | None = None,
    source: Source | None = None,
    taken_back: bool = False,
) -> list[Verdict]:
    """The verdicts in force on public claims, with claim, beat and what they superseded.

    `source`: only on claims on which it holds a position. A void claim is no news; but whoever was
    told of an outcome that it had before is to be told that it counts no more: with `taken_back`
    such ones are among them. Walked along the claims in the order of
    their verdicts, so that it costs with what is shown and not with the archive: of a join of both
    the database would gather and sort all.
    """
    claims = Claim.objects.public().decided()
    if taken_back:
        told = Verdict.objects.filter(claim=OuterRef("pk"), outcome__in=outcomes.MERITS)
        claims = claims.filter(~Q(outcome=Outcome.VOID) | Exists(told))
    else:
        claims = claims.not_void()
    if beat is not None:
        claims = claims.filter(beat=beat)
    if source is not None:
        claims = claims.reported_by([source.pk])
    keys = list(claims.order_by("-verdict_id").values_list("verdict_id", flat=True)[:limit])
    found = Verdict.objects.select_related("claim__beat", "claim__verdict", "supersedes")
    return list(found.filter(pk__in=keys).order_by("-id"))


def newest_corrections(*, limit: int) -> list[Verdict]:
    """The verdicts on public claims that superseded another, with claim, beat and the other."""
    return list(
        Verdict.objects.filter(supersedes__isnull=False, claim__public=True)
        .select_related("claim__beat", "supersedes")
        .order_by("-id")[:limit]
    )
