"""The verdicts in force and the corrections, newest first, as feeds and widgets ask for them."""

from __future__ import annotations

from verification.models import Beat, Claim, Source, Verdict


def newest_verdicts(
    *, limit: int, beat: Beat | None = None, source: Source | None = None
) -> list[Verdict]:
    """The verdicts in force on public claims, with claim, beat and what they superseded.

    `source`: only on claims on which it holds a position. Walked along the claims in the order of
    their verdicts, so that it costs with what is shown and not with the archive: of a join of both
    the database would gather and sort all.
    """
    claims = Claim.objects.public().decided()
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
