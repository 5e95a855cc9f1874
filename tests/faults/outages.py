"""The faults of the servers: the mail server, PostgreSQL, Redis."""

from __future__ import annotations

import threading
import time

from tests.faults.room import Room
from tests.faults.scenarios import ACCEPT_SECONDS, Size, row
from tests.faults.servers import Postgres, Redis
from tests.faults.table import Row
from tests.faults.tally import tally

#: New work after the broker came back has to arrive within this.
RESUMED_SECONDS = 30.0


def mail_trouble(room: Room, size: Size) -> Row:
    """451, no answer in time, and a connection dropped after the mail was accepted."""
    room.orders(soft_every=10, stall_every=max(size.due // 4, 20), drop_every=20)
    room.make(size.due)
    room.start()
    room.wait_for_mail()
    room.wait_for_rest()
    counted = tally(room.expected, room.mails())
    return row(
        room,
        "SMTP: 451, time-out, connection dropped after DATA was accepted",
        "lost 0, duplicates ≤ accepted but unanswered, same Message-ID",
        duplicates=counted.duplicates > counted.unanswered and counted.duplicates,
        nothing_dropped=not counted.unanswered,
    )


def refused(room: Room, size: Size) -> Row:
    """5xx for one recipient in twenty."""
    room.orders(refuse_every=20)
    made = room.make(size.due)
    gone = {told for told in made if int(told[1].removeprefix("claim-")) % 20 == 0}
    room.expected -= gone
    room.start()
    room.wait_for_mail()
    room.wait_for_rest()
    failed = room.query(
        "SELECT count(*) FROM verification_message "
        "WHERE state = 'failed' AND attempts = 1 AND last_error LIKE '550%'"
    )
    return row(
        room,
        "SMTP 5xx for one recipient in twenty",
        "all visibly failed after one attempt, all others delivered",
        f"{len(made)} due, {len(gone)} refused",
        duplicates=tally(room.expected, room.mails()).duplicates,
        failed_otherwise=failed != [(len(gone),)] and failed,
    )


def broker_lost(room: Room, size: Size, redis: Redis) -> Row:
    """The broker forgets everything in the middle, is killed and restarted twice; then new work."""
    room.orders(delay=ACCEPT_SECONDS)
    room.make(size.due)
    room.start(workers=2)
    room.wait_for_mail(0.3)
    redis.flush()
    room.wait_for_mail(0.6)
    slowest = 0.0
    pause = threading.Event()
    for turn in (1, 2):
        redis.kill()
        room.kills += 1
        pause.wait(2)
        redis.start()
        room.make(size.due // 5, first=1 + turn * size.due)
        back = time.monotonic()
        room.wait_for_mail()
        slowest = max(slowest, time.monotonic() - back)
    redis.flush()
    room.make(size.due // 5, first=1 + 3 * size.due)
    back = time.monotonic()
    room.wait_for_mail()
    slowest = max(slowest, time.monotonic() - back)
    room.wait_for_rest()
    return row(
        room,
        "FLUSHALL twice, Redis killed and restarted twice, then new work",
        "lost 0, duplicates 0, resumed ≤ 30 s",
        f"{len(room.expected)} due; slowest {slowest:.0f} s",
        duplicates=tally(room.expected, room.mails()).duplicates,
        resumed_after=slowest > RESUMED_SECONDS and slowest,
    )


def database_lost(room: Room, size: Size, postgres: Postgres) -> Row:
    """PostgreSQL crashes three times while mails go out."""
    room.orders(delay=ACCEPT_SECONDS)
    room.make(size.due)
    room.start(workers=2)
    for part in (0.1, 0.35, 0.6):
        room.wait_for_mail(part)
        postgres.stop()
        room.kills += 1
        postgres.start()
    room.wait_for_mail()
    room.wait_for_rest()
    duplicates = tally(room.expected, room.mails()).duplicates
    return row(
        room,
        "PostgreSQL immediate restart ×3",
        "lost 0, duplicates ≤ 2",
        duplicates=duplicates > 2 and duplicates,
    )
