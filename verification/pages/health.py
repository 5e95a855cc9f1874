"""Whether the parts that keep the promise are at work: for a load balancer and for a human."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from verification.services import alarms, broker, database
from verification.services.alarms import Found, Sign, State

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Part:
    """One part: whether it is well, and why, in words that name no address and no secret."""

    ok: bool
    detail: str


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where every part is well, 503 otherwise; the body names each part either way."""
    parts = check(timezone.now())
    well = all(part.ok for part in parts.values())
    return JsonResponse(
        {"ok": well, "parts": {name: asdict(part) for name, part in parts.items()}},
        status=200 if well else 503,
    )


def check(now: datetime) -> dict[str, Part]:
    """Each part by its name. What only the database can tell fails where it does not answer."""
    asked = _broker()
    found = _state(now)
    if found is None:
        unknown = Part(ok=False, detail="unknown: the database does not answer")
        return {
            "database": Part(ok=False, detail="does not answer, or is not migrated"),
            "broker": asked,
            "worker": unknown,
            "beat": unknown,
            "oldest_unsent_message": unknown,
            "unreachable_claims": unknown,
        }
    if found.by_command and not asked.ok:
        asked = Part(ok=True, detail=f"{asked.detail}; send_reminders does without")
    return {
        "database": Part(ok=True, detail=f"answers ({connection.vendor})"),
        "broker": asked,
        "worker": _heartbeat(found.worker, found, now),
        "beat": _heartbeat(found.beat, found, now),
        "oldest_unsent_message": _oldest(found),
        "unreachable_claims": _unreachable(found.unreachable),
    }


def _state(now: datetime) -> State | None:
    """What the database tells. None where it does not answer, or has no tables yet."""
    try:
        return alarms.state(now) if database.answers() else None
    except DatabaseError as error:
        log.warning("the database does not tell how things are: %s", error)
        return None


def _broker() -> Part:
    """Asks the broker for a sign of life."""
    ok = broker.answers()
    return Part(ok=ok, detail=f"{'answers' if ok else 'does not answer'} ({broker.kind()})")


def _heartbeat(sign: Sign, found: State, now: datetime) -> Part:
    if sign.by_command and found.command is not None:
        return Part(ok=True, detail=f"send_reminders ran {_seconds(now - found.command)} s ago")
    if sign.at is None:
        return Part(ok=False, detail="never seen")
    if sign.stopped_at is not None:
        ago = _seconds(now - sign.stopped_at)
        return Part(ok=sign.well, detail=f"stopped {ago} s ago, and not seen since")
    began = f", at work since {_moment(sign.since)}" if sign.since else ""
    last = f"last seen {_seconds(now - sign.at)} s ago ({_moment(sign.at)})"
    return Part(ok=sign.well, detail=f"{last}{began}")


def _oldest(found: State) -> Part:
    if found.waits is None:
        return Part(ok=True, detail="nothing waits")
    return Part(ok=not found.unsent, detail=f"waits since {_seconds(found.waits)} s")


def _unreachable(claims: Found) -> Part:
    if not claims.count:
        return Part(ok=True, detail="none")
    number = f"more than {claims.count}" if claims.more else str(claims.count)
    return Part(ok=False, detail=f"{number}: due, and nobody can be told")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _seconds(span: timedelta) -> int:
    return max(int(span.total_seconds()), 0)
