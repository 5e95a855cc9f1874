"""Two sources head to head, on the claims that both reported."""

from __future__ import annotations

from dataclasses import dataclass

from verification.models import Position, Source
from verification.models.choices import Credit
from verification.services.figures import Scope

#: What counts as right, and as wrong, for origins and relays alike: here it is claim by claim.
RIGHT = frozenset({Credit.HIT, Credit.RELAY_BORNE_OUT})
WRONG = frozenset({Credit.MISS, Credit.RELAY_NOT})


@dataclass(frozen=True, slots=True)
class Meeting:
    """One claim that both reported.

    `lead_days`: by how many days the first was ahead; negative where the second was.
    """

    first: Position
    second: Position
    lead_days: int


@dataclass(frozen=True, slots=True)
class HeadToHead:
    """What became of the claims that both reported.

    Of the decided ones: how many only the first had right, only the second, both, neither. Of all:
    who reported earlier.
    """

    meetings: tuple[Meeting, ...]
    only_first_right: int
    only_second_right: int
    both_right: int
    neither_right: int
    first_earlier: int
    second_earlier: int
    same_day: int


def head_to_head(first: Source, second: Source, scope: Scope) -> HeadToHead:
    """Compares two sources. Costs with the claims that they share."""
    shared = Position.objects.filter(claim__positions__source=second)
    if scope.beat is not None:
        shared = shared.filter(beat=scope.beat)
    if not scope.internal:
        shared = shared.filter(public=True)
    mine = list(
        shared.filter(source=first)
        .select_related("claim", "report")
        .order_by("-first_reported_on", "-id")
    )
    theirs = {
        position.claim_id: position
        for position in Position.objects.filter(
            source=second, claim__in=[position.claim_id for position in mine]
        ).select_related("report")
    }
    meetings = tuple(
        Meeting(
            first=position,
            second=theirs[position.claim_id],
            lead_days=(
                theirs[position.claim_id].first_reported_on - position.first_reported_on
            ).days,
        )
        for position in mine
    )
    pairs = [
        (meeting.first.credit in RIGHT, meeting.second.credit in RIGHT)
        for meeting in meetings
        if meeting.first.credit in RIGHT | WRONG and meeting.second.credit in RIGHT | WRONG
    ]
    leads = [meeting.lead_days for meeting in meetings]
    return HeadToHead(
        meetings=meetings,
        only_first_right=pairs.count((True, False)),
        only_second_right=pairs.count((False, True)),
        both_right=pairs.count((True, True)),
        neither_right=pairs.count((False, False)),
        first_earlier=sum(lead > 0 for lead in leads),
        second_earlier=sum(lead < 0 for lead in leads),
        same_day=leads.count(0),
    )
