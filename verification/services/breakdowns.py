"""What a source's record is made of, as it is kept: read here for every face."""

from __future__ import annotations

from django.db.models import Sum

from verification.models import Breakdown, Source
from verification.services.scopes import Scope

#: What `value` is of a row: see the model.
MONTH, CERTAINTY, HEDGE, LEAD = "month", "certainty", "hedge", "lead"
#: How often yes, and how often no.
Share = tuple[int, int]


def of(source: Source, scope: Scope, *parts: str) -> dict[str, dict[str, Share]]:
    """Of each of the parts the share of each value.

    As known now, over the beat and audience of the scope. The values come in no order.
    """
    rows = Breakdown.objects.filter(source=source, part__in=parts)
    if scope.beat is not None:
        rows = rows.filter(beat=scope.beat)
    if not scope.internal:
        rows = rows.filter(public=True)
    found: dict[str, dict[str, Share]] = {part: {} for part in parts}
    for part, value, yes, no in rows.values_list("part", "value").annotate(Sum("yes"), Sum("no")):
        found[part][value] = (yes, no)
    return found
