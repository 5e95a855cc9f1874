"""The outlook of claims, from the records as they are now.

The desk's own view: internal claims count too. Costs one query for all the claims, and what the
boards of their beats cost, which are kept for as long as they are true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from verification.domain import outlook
from verification.domain.outlook import Account, Outlook, Rate, Voice
from verification.domain.scoring import Prior
from verification.models import Beat, Claim, Position
from verification.services import figures
from verification.services.figures import Board, Scope


def of_claims(claims: Iterable[Claim], *, now: datetime) -> dict[int, Outlook]:
    """The outlook of each claim, by primary key. The claims' beats must be loaded."""
    wanted = {claim.pk: claim for claim in claims}
    if not wanted:
        return {}
    everywhere = figures.board(Scope(internal=True), now=now)
    boards: dict[int, Board] = {}
    voices: dict[int, list[Voice]] = defaultdict(list)
    rows = Position.objects.filter(claim__in=wanted).values_list(
        "claim_id", "source_id", "source__name", "source__outlet_id", "stance", "relay"
    )
    for claim_id, source, name, outlet, stance, relay in rows:
        on_beat = _board(wanted[claim_id].beat, boards, now)
        voices[claim_id].append(
            Voice(
                source=source,
                name=name,
                house=outlet or source,
                stance=stance,
                relay=relay,
                account=None
                if relay
                else outlook.speaking(
                    _account(on_beat, source, on_beat=True),
                    _account(everywhere, source, on_beat=False),
                ),
            )
        )
    return {
        pk: outlook.outlook(
            voices[pk], _rate(_board(claim.beat, boards, now).prior, everywhere.prior)
        )
        for pk, claim in wanted.items()
    }


def _board(beat: Beat, boards: dict[int, Board], now: datetime) -> Board:
    if beat.pk not in boards:
        boards[beat.pk] = figures.board(Scope(beat=beat, internal=True), now=now)
    return boards[beat.pk]


def _account(board: Board, source: int, *, on_beat: bool) -> Account | None:
    row = board.rows.get(source)
    if row is None:
        return None
    return Account(
        hits=row.hits,
        decided=row.decided,
        accuracy=row.accuracy,
        low=row.low,
        high=row.high,
        on_beat=on_beat,
    )


def _rate(on_beat: Prior, everywhere: Prior) -> Rate:
    """The beat's own rate; where its pool is too small, the board has taken that of all beats."""
    return Rate(hits=on_beat.pool_hits, decided=on_beat.pool_decided, on_beat=on_beat != everywhere)
