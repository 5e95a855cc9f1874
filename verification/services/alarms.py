"""What is not well, as of now: for the strip on the desk and for `/healthz`.

Every page of the desk asks, so a calm day costs one query of index look-ups; what is wrong is read
only where something is. Nothing is counted beyond `MOST`.
"""

from __future__ import annotations

from collections.abc import Sequence
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

    `by_command` says that `send_reminders` does its work.
    """

    at: datetime | None
    well: bool
    by_command: bool = False


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
            name for name, sign in signs.items() if not sign.well and (sign.at or self.settled)
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
    command = known.get("command")
    by_command = command is not None and now - command <= pulse.COMMAND_SILENT_AFTER
    begun = known.get("date_joined")
    return State(
        worker=_sign(known.get("worker"), by_command, now),
        beat=_sign(known.get("beat"), by_command, now),
        command=command,
        settled=begun is not None and now - begun > SETTLING,
        waits=_waits(known, now),
        unreachable=_unreachable() if known.get("unreachable") else Found(),
        stuck=_stuck(now) if known.get("stuck") else Found(),
        refused=_refused() if known.get("refused") else Found(),
    )


def _known(now: datetime) -> dict[str, Any]:
    """One row of look-ups, hung on the newsroom's first user.

    Without a user there is nobody to tell, no claim and no mail, and so only the heartbeats.
    """
    beats = Heartbeat.objects.values("at")
    pending = Message.objects.filter(next_attempt_at__isnull=False)
    tried = pending.exclude(attempts=0, last_error="").filter(created_at__lte=now - UNSENT)
    row = (
        User.objects.order_by("pk")
        .annotate(
            worker=Subquery(beats.filter(name=pulse.WORKER)),
            beat=Subquery(beats.filter(name=pulse.BEAT)),
            command=Subquery(beats.filter(name=pulse.COMMAND)),
            next=Subquery(pending.order_by("next_attempt_at").values("next_attempt_at")[:1]),
            tried=Subquery(tried.order_by("created_at").values("created_at")[:1]),
            unreachable=Exists(_out_of_reach()),
            stuck=Exists(stuck.wanted(now)),
            refused=Exists(Suppression.objects.all()),
        )
        .values(
            "date_joined", "worker", "beat", "command", "next", "tried",
            "unreachable", "stuck", "refused",
        )
        .first()
    )  # fmt: skip
    return dict(row or Heartbeat.objects.values_list("name", "at"))


def _sign(at: datetime | None, by_command: bool, now: datetime) -> Sign:
    stands = by_command and (at is None or now - at > pulse.COMMAND_STANDS_AFTER)
    return Sign(at, stands or (at is not None and now - at <= pulse.SILENT_AFTER), stands)


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
