"""What is not well, as of now: for the strip on the desk and for `/healthz`.

Every page of the desk asks, so a calm day costs one query of index look-ups; what is wrong is read
only where something is. Nothing is counted beyond `MOST`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Subquery

from verification.models import Claim, Heartbeat, Message, Suppression, User
from verification.querysets import ClaimQuerySet
from verification.services import pulse, stuck, suppressions

#: A message that waits for longer than this is a fault somewhere.
UNSENT = timedelta(minutes=10)
#: How far anything is counted; beyond it is "more than".
MOST = 100
#: How many of the claims, messages and users that are wrong are named.
NAMED = 3
#: A newsroom that was set up just now need not have started its processes yet.
SETTLING = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Found:
    """How many things are wrong, up to `MOST`, and the first few of them."""

    count: int = 0
    more: bool = False
    first: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """A process's last sign of life: none where it was never seen.

    `well` says that it is young enough and was not taken back, `since` when the process that gave
    it began, where it said so, and `stopped_at` when that one stopped. `overdue` is one that is too
    old: a process that is being restarted is not, and alarms nobody. `by_command` says that
    `send_reminders` does its work.
    """

    at: datetime | None
    well: bool
    by_command: bool = False
    overdue: bool = False
    since: datetime | None = None
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Everything that an alarm may tell. `waits` is for how long the oldest due message waits.

    `settled` is false for a newsroom that was set up just now.
    """

    worker: Sign
    beat: Sign
    command: datetime | None
    settled: bool
    waits: timedelta | None = None
    unreachable: Found = field(default_factory=Found)
    stuck: Found = field(default_factory=Found)
    refused: Found = field(default_factory=Found)

    @property
    def by_command(self) -> bool:
        """Whether `send_reminders` does the work of worker and beat: then no broker is needed."""
        return self.worker.by_command and self.beat.by_command

    @property
    def unsent(self) -> bool:
        """Whether a message waits for longer than it should."""
        return self.waits is not None and self.waits > UNSENT

    @property
    def silent(self) -> tuple[str, ...]:
        """The processes that give no sign of life although they should."""
        signs = {pulse.WORKER: self.worker, pulse.BEAT: self.beat}
        return tuple(
            name for name, sign in signs.items() if sign.overdue and (sign.at or self.settled)
        )

    @property
    def well(self) -> bool:
        """Whether there is nothing to alarm anybody about."""
        return not (
            self.unsent
            or self.silent
            or self.unreachable.count
            or self.stuck.count
            or self.refused.count
        )


def state(now: datetime) -> State:
    """What is well and what is not, as of `now`."""
    known = _known(now)
    command = known.get(pulse.COMMAND)
    by_command = command is not None and now - command <= pulse.COMMAND_SILENT_AFTER
    begun = known.get("date_joined")
    return State(
        worker=_sign(pulse.WORKER, known, now, by_command=by_command),
        beat=_sign(pulse.BEAT, known, now, by_command=by_command),
        command=command,
        settled=begun is not None and now - begun > SETTLING,
        waits=_waits(known, now),
        unreachable=_unreachable() if known.get("unreachable") else Found(),
        stuck=_stuck(now) if known.get("stuck") else Found(),
        refused=_refused() if known.get("refused") else Found(),
    )


#: What is looked up of each sign of life, by how its name ends.
_OF_A_SIGN = {"": "at", "_since": "since", "_stopped": "stopped_at"}


def _known(now: datetime) -> dict[str, Any]:
    """One row of look-ups, hung on the newsroom's first user.

    Without a user there is nobody to tell, no claim and no mail, and so only the heartbeats.
    """
    signs = {
        f"{name}{of}": Subquery(Heartbeat.objects.filter(name=name).values(field))
        for name in (pulse.WORKER, pulse.BEAT, pulse.COMMAND)
        for of, field in _OF_A_SIGN.items()
    }
    pending = Message.objects.filter(next_attempt_at__isnull=False)
    tried = pending.exclude(attempts=0, last_error="").filter(created_at__lte=now - UNSENT)
    row = (
        User.objects.order_by("pk")
        .annotate(
            **signs,
            next=Subquery(pending.order_by("next_attempt_at").values("next_attempt_at")[:1]),
            tried=Subquery(tried.order_by("created_at").values("created_at")[:1]),
            unreachable=Exists(_out_of_reach()),
            stuck=Exists(stuck.wanted(now)),
            refused=Exists(Suppression.objects.all()),
        )
        .values(
            "date_joined", "next", "tried", "unreachable", "stuck", "refused", *signs
        )
        .first()
    )  # fmt: skip
    return row or {
        f"{sign.name}{of}": getattr(sign, field)
        for sign in Heartbeat.objects.all()
        for of, field in _OF_A_SIGN.items()
    }


def _sign(name: str, known: Mapping[str, Any], now: datetime, *, by_command: bool) -> Sign:
    """What the last sign of a process says. It is nobody's any more where it was taken back."""
    at, stopped = known.get(name), known.get(f"{name}_stopped")
    if at is None:
        return Sign(None, by_command, by_command, overdue=not by_command)
    stands = by_command and now - at > pulse.COMMAND_STANDS_AFTER
    late = now - at > pulse.silent_after(name)
    # A release before this one gives signs without looking at the leave that another took.
    gone = stopped is not None and stopped >= at
    return Sign(
        at,
        well=stands or not (late or gone),
        by_command=stands,
        overdue=late and not stands,
        since=known.get(f"{name}_since"),
        stopped_at=stopped if gone else None,
    )


def _waits(known: dict[str, Any], now: datetime) -> timedelta | None:
    """For how long the oldest message has waited since it was due.

    One that nobody has tried is due at its next attempt. One that was tried counts from when it was
    written, since every attempt puts the next one off: rather an early alarm than none.
    """
    due = [at for at in (known.get("next"), known.get("tried")) if at is not None and at <= now]
    return now - min(due) if due else None


def _found(rows: Sequence[Any]) -> Found:
    return Found(min(len(rows), MOST), len(rows) > MOST, tuple(rows[:NAMED]))


def _unreachable() -> Found:
    """The claims that are due and of which nobody can be told, the longest first."""
    claims = _out_of_reach().only("slug", "statement").order_by("unreachable_since", "id")
    return _found(list(claims[: MOST + 1]))


def _out_of_reach() -> ClaimQuerySet:
    return Claim.objects.undecided().filter(unreachable_since__isnull=False)


def _stuck(now: datetime) -> Found:
    rows = stuck.wanted(now).defer("text", "html").select_related("recipient")
    return _found(list(rows[: MOST + 1]))


def _refused() -> Found:
    return _found(suppressions.refused_users()[: MOST + 1])
