"""Compare-and-set on a claim's version: who changes a claim takes a turn, and one of two loses."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import F, Manager, Model

from verification.models import Claim
from verification.services import ledger
from verification.services.errors import Conflict

Row = TypeVar("Row", bound=Model)


def read(claim: Claim, version: int | None) -> Claim:
    """The claim as it stands in the database now. Call it inside the transaction of the change.

    `version` is the one that the editor saw; none means "whatever it is now". Raises Conflict where
    the claim has moved on since.
    """
    ledger.hold()
    now = Claim.objects.select_related("verdict", "beat", "assignee", "logged_by").get(pk=claim.pk)
    if version is not None and now.version != version:
        raise Conflict(now)
    return now


def take(claim: Claim, **changes: Any) -> None:
    """Writes `changes` and the next version, if the claim is still at the version it was read at.

    The row count of the conditional update decides the race: the loser gets a Conflict and its
    transaction is undone. From here to the commit the row is held, so what follows on this claim is
    alone with it.
    """
    won = Claim.objects.filter(pk=claim.pk, version=claim.version).update(
        version=F("version") + 1, **changes
    )
    if won != 1:
        raise Conflict(Claim.objects.get(pk=claim.pk))
    claim.version += 1
    for name, value in changes.items():
        setattr(claim, name, value)


def still_there(claim: Claim, rows: Manager[Row], row: Row) -> Row:
    """The claim's row as it stands now; Conflict where somebody has removed it meanwhile."""
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise Conflict(claim)
    return found
