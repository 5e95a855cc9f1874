"""Leases on rows that wait to be sent: which worker may send what, and what became of it.

A row is leased by a conditional update that also counts the attempt, so that one which kills its
worker uses its attempts up. The lease is short and is renewed while its worker goes on; a row is
marked only while the lease is still the worker's own, and an expired lease is taken over by the
next.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from verification.models import Delivery, Message
from verification.models.choices import MessageState

Row = TypeVar("Row", Message, Delivery)

#: A row whose worker went silent so often is tried alone, so that it takes no others with it.
ALONE_AFTER = 3


class Leases(Generic[Row]):
    """The leases on one model's rows.

    `length` tells how long a lease holds; `related` are the rows that are read with each.
    """

    def __init__(
        self, model: type[Row], *, related: Sequence[str], length: Callable[[], timedelta]
    ) -> None:
        self._model: type[Row] = model
        self._related = related
        self._length = length
        self._statements: dict[tuple[str, ...], str] = {}

    def free(self, now: datetime) -> QuerySet[Row]:
        """Pending rows whose time has come and that nobody holds, oldest first."""
        return (
            self._model._default_manager.filter(
                state=MessageState.PENDING, next_attempt_at__lte=now
            )
            .filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now))
            .order_by("next_attempt_at", "id")
        )

    def due(self, now: datetime, *, most: int) -> int:
        """How many rows could be sent now; counts no further than `most`."""
        return len(self.free(now).values_list("pk", flat=True)[:most])

    @transaction.atomic
    def lease(self, *, now: datetime, size: int) -> list[Row]:
        """Takes up to `size` rows for this worker alone, and counts an attempt for each."""
        token = uuid.uuid4()
        found = self.free(now).select_for_update(skip_locked=True)
        pks = _without_suspects(list(found.values_list("pk", "attempts", "lease_token")[:size]))
        rows = self._model._default_manager.all()
        rows.filter(pk__in=pks).update(
            lease_token=token, lease_until=now + self._length(), attempts=F("attempts") + 1
        )
        return list(rows.filter(lease_token=token).select_related(*self._related).order_by("id"))

    def hold(self, batch: Sequence[Row], now: datetime) -> bool:
        """Renews the lease of what is left of a batch, where that is due.

        Returns False where the lease of any of them was lost: another worker has taken over, and
        nothing more of the batch may be sent.
        """
        held_until = batch[0].lease_until
        if held_until is not None and held_until - now > self._length() * 2 / 3:
            return True
        until = now + self._length()
        if self.mine(batch).update(lease_until=until) < len(batch):
            return False
        for row in batch:
            row.lease_until = until
        return True

    def mark(self, row: Row, state: str, **changes: object) -> bool:
        """Writes the state, if the lease is still ours. False where another has taken over.

        By hand, because it is done for every mail: to put the statement together anew takes Django
        longer than the database takes to carry it out.
        """
        freed = {"next_attempt_at": None, "lease_token": None, "lease_until": None}
        written = {"state": state, **freed, **changes}
        held = {"id": row.pk, "lease_token": row.lease_token, "state": MessageState.PENDING}
        # A plain text is what the database takes; of the others each field knows what that is.
        values = [
            value if type(value) is str else self._fields[name].get_db_prep_save(value, connection)
            for some in (written, held)
            for name, value in some.items()
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._statement(tuple(written), tuple(held)), values)
            return bool(cursor.rowcount)

    def _statement(self, written: tuple[str, ...], held: tuple[str, ...]) -> str:
        """Writes some columns where others have the values that are held."""
        kept = self._statements.get(written)
        if kept is None:
            settings, conditions = (
                [f'"{self._fields[name].column}" = %s' for name in names]
                for names in (written, held)
            )
            kept = self._statements[written] = (
                f'UPDATE "{self._model._meta.db_table}" SET {", ".join(settings)} '  # noqa: S608
                f"WHERE {' AND '.join(conditions)}"
            )
        return kept

    @cached_property
    def _fields(self) -> dict[str, Any]:
        return {field.name: field for field in self._model._meta.concrete_fields}

    def put_back(
        self,
        batch: Sequence[Row],
        now: datetime,
        *,
        wait: timedelta = timedelta(),
        counted: bool = False,
        **changes: object,
    ) -> int:
        """Frees those of the rows that are still ours, for an attempt after `wait`.

        One that was never tried is not `counted`: its attempt is given back.
        """
        if not counted:
            changes["attempts"] = F("attempts") - 1
        return self.mine(batch).update(
            lease_token=None, lease_until=None, next_attempt_at=now + wait, **changes
        )

    def mine(self, batch: Sequence[Row]) -> QuerySet[Row]:
        """Those of the rows that are still leased as they were taken."""
        return self._model._default_manager.filter(
            pk__in=[row.pk for row in batch],
            lease_token=batch[0].lease_token,
            state=MessageState.PENDING,
        )


def _without_suspects(found: Sequence[tuple[int, int, uuid.UUID | None]]) -> list[int]:
    """What goes into one batch: all up to the first suspect, or that suspect alone.

    A lease that ran out tells that a worker died over a batch, not over which row. Were they kept
    together, a row that kills its worker would use up the attempts of all the others.
    """
    batch: list[int] = []
    for pk, attempts, expired in found:
        if expired is not None and attempts >= ALONE_AFTER:
            return batch or [pk]
        batch.append(pk)
    return batch
