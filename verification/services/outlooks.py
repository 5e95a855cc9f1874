"""The outlook of claims, from the records as they are now.

The desk's own view: internal claims count too. Costs two queries, for any number of claims and
beats: the boards of the beats are kept for as long as they are true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from verification.domain import outlook
from verification.domain.outlook import Account, Outlook, Rate, Voice
from verification.domain.scoring import Prior
from verification.models import Claim, Position
from verification.services import figures, records
from verification.services.boards import Board
from verification.services.figures import Scope


def of_claims(claims: Iterable[Claim], *, now: datetime) -> dict[int, Outlook]:
    """The outlook of each claim, by primary key. The claims' beats must be loaded."""
    wanted = {claim.pk: claim for claim in claims}
    if not wanted:
        return {}
    revision = records.revision()
    everywhere = figures.board(Scope(internal=True), now=now, revision=revision)
    boards = {
        beat.pk: figures.board(Scope(beat=beat, internal=True), now=now, revision=revision)
        for beat in {claim.beat for claim in wanted.values()}
    }
    voices: dict[int, list[Voice]] = defaultdict(list)
    rows = Position.objects.filter(claim__in=wanted).values_list(
        "claim_id", "source_id", "source__name", "source__outlet_id", "stance", "relay"
    )
    for claim_id, source, name, outlet, stance, relay in rows:
        on_beat = boards[wanted[claim_id].beat_id]
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
        pk: outlook.outlook(voices[pk], _rate(boards[claim.beat_id].prior, everywhere.prior))
        for pk, claim in wanted.items()
    }


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
