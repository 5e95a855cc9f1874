"""Tallies and breakdowns added up again from the positions that are kept, by the database alone.

For where the positions are sound and only their sums are not, as after a repair by hand: it takes
seconds, where going back to every report takes as long as there are claims. Whether the positions
are sound is for `verify_records` to say.
"""

from __future__ import annotations

from django.db import connection, transaction

from verification import breakdowns
from verification.domain.courses import FIRST, TALLY_OF
from verification.models import Position, Record
from verification.services import ledger, records
from verification.services.records import KEY, TALLIES

_HELD = ", ".join(f'"{name}"' for name in KEY)
_COUNTS = dict.fromkeys(TALLY_OF.values(), "sum(CASE WHEN credit = %s THEN 1 ELSE 0 END)")
_COUNTS[FIRST] = 'sum(CASE WHEN "first" THEN 1 ELSE 0 END)'
_SUMMED = (
    f'INSERT INTO "{Record._meta.db_table}" '  # noqa: S608
    f"({_HELD}, {', '.join(TALLIES)}) "
    f"SELECT {_HELD}, {', '.join(_COUNTS[tally] for tally in TALLIES)} "
    f'FROM "{Position._meta.db_table}" GROUP BY {_HELD} ORDER BY {_HELD}'
)


@transaction.atomic
def sum_up() -> int:
    """Adds up every tally and breakdown again. Returns how many records there are.

    Positions and past days stay as they are. Nobody changes a claim meanwhile.
    """
    ledger.hold()
    Record.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_SUMMED, [str(credit) for credit in TALLY_OF])
        made = int(cursor.rowcount)
    breakdowns.recount(connection)
    records.touch()
    return made
