"""What an operator has to look after, with what to do about it. Nothing is changed by looking."""

from __future__ import annotations

import shutil
import smtplib
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum

from django.conf import settings
from django.core import checks
from django.core.cache import caches
from django.core.mail.backends.smtp import EmailBackend
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from redis import Redis
from redis.exceptions import RedisError

from verification import newsroom
from verification.services import alarms, broker

#: Leases and expiring tasks compare clocks: beyond this two machines should be told the time.
CLOCKS_APART = timedelta(seconds=2)
#: Free space, in bytes, below which the folder of the data is nearly full.
NEARLY_FULL = 1_000_000_000


class State(StrEnum):
    """How a part is."""

    WELL = "well"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part, how it is, and where it is not well what to do."""

    part: str
    state: State
    detail: str
    advice: str = ""


def examine(now: Callable[[], datetime]) -> Iterable[Finding]:
    """Looks at every part, one after the other; `now` is asked whenever two clocks are compared."""
    yield from _settings()
    yield from _database(now)
    yield from _broker(now)
    yield from _cache()
    yield from _names()
    yield from _mail()
    yield from _storage()
    yield _zone(now())


def _settings() -> Iterable[Finding]:
    found = [
        message
        for message in checks.run_checks(include_deployment_checks=True)
        if not message.is_silenced()
    ]
    for message in found:
        state = State.FAULT if message.is_serious() else State.WARNING
        yield Finding("settings", state, f"{message.id}: {message.msg}", message.hint or "")
    if not found:
        yield Finding("settings", State.WELL, "nothing weak")


def _database(now: Callable[[], datetime]) -> Iterable[Finding]:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(
            "database", State.FAULT, str(error).strip(), "Start it, or mend DATABASE_URL."
        )
        return
    yield Finding("database", State.WELL, f"answers ({connection.vendor})")
    if waiting:
        names = ", ".join(str(migration) for migration, _backwards in waiting[:3])
        yield Finding(
            "migrations", State.FAULT, f"{len(waiting)} not applied: {names}",
            "Run: manage.py migrate",
        )  # fmt: skip
        return
    yield Finding("migrations", State.WELL, "all applied")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            yield _clock("the database’s clock", cursor.fetchone()[0] - now())
    yield from _processes(now())


def _processes(now: datetime) -> Iterable[Finding]:
    found = alarms.state(now)
    for name, sign in (("worker", found.worker), ("beat", found.beat)):
        if sign.well:
            yield Finding(name, State.WELL, "gives signs of life")
        elif sign.at is None:
            yield Finding(name, State.FAULT, "never seen", f"Start it: celery -A tracker {name}")
        else:
            yield Finding(
                name, State.FAULT, f"silent since {sign.at:%Y-%m-%d %H:%M} UTC",
                "See why it stopped in its log, and have the service manager restart it.",
            )  # fmt: skip
    if found.unsent:
        yield Finding(
            "outbox", State.FAULT, f"a mail waits since {found.waits}",
            "See the list of mail on the desk for what the mail server said.",
        )  # fmt: skip
    if found.unreachable.count:
        yield Finding(
            "claims", State.WARNING, f"{found.unreachable.count} are due and nobody can be told",
            "Give their beat an editor in charge who has an address.",
        )  # fmt: skip


def _broker(now: Callable[[], datetime]) -> Iterable[Finding]:
    if not broker.answers():
        yield Finding(
            "broker", State.FAULT, f"does not answer ({broker.kind()})",
            "Start Redis, or mend CELERY_BROKER_URL.",
        )  # fmt: skip
        return
    yield Finding("broker", State.WELL, f"answers ({broker.kind()})")
    if settings.CELERY_BROKER_URL.startswith(("redis://", "rediss://")):
        client = Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=broker.PATIENCE)
        try:
            seconds, micros = client.time()
        except RedisError as error:
            yield Finding("broker’s clock", State.WARNING, str(error))
        else:
            theirs = datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros)
            yield _clock("the broker’s clock", theirs - now())
        finally:
            client.close()


def _clock(whose: str, ahead: timedelta) -> Finding:
    if abs(ahead) <= CLOCKS_APART:
        return Finding("clocks", State.WELL, f"{whose} agrees with this machine’s")
    return Finding(
        "clocks", State.FAULT, f"{whose} differs by {ahead.total_seconds():.1f} s",
        "Let NTP set the clocks of both machines.",
    )  # fmt: skip


def _cache() -> Iterable[Finding]:
    for name in caches:
        try:
            caches[name].get("borneout.doctor")
        except (RedisError, OSError) as error:
            yield Finding(
                "cache", State.WARNING, f"{name}: {error}", "Start Redis, or mend CACHE_URL."
            )
        else:
            yield Finding("cache", State.WELL, f"{name} answers")


def _names() -> Iterable[Finding]:
    """Whether the names of the settings are known to the resolver."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    asked = {"SITE_URL": settings.SITE_HOST, "EMAIL_HOST": settings.EMAIL_HOST}
    asked["DEFAULT_FROM_EMAIL"] = sender
    for setting, host in asked.items():
        if not host:
            continue
        if is_known(host):
            yield Finding("names", State.WELL, f"{host} is known")
        else:
            yield Finding(
                "names", State.WARNING, f"{host} is not known",
                f"Mend {setting}, or the name’s entry in the DNS.",
            )  # fmt: skip


def is_known(host: str) -> bool:
    """Whether the resolver of this machine has an address for the name."""
    try:
        return bool(socket.getaddrinfo(host, None))
    except OSError:
        return False


def _mail() -> Iterable[Finding]:
    if not settings.EMAIL_HOST:
        yield Finding(
            "mail", State.WARNING, "no mail server: mails are written to files",
            "Set EMAIL_HOST, so that reminders leave this machine.",
        )  # fmt: skip
        return
    server = EmailBackend()
    try:
        server.open()
        if server.connection is not None:
            # Without TLS and a login nothing has been said to it yet.
            server.connection.ehlo_or_helo_if_needed()
        server.close()
    except (smtplib.SMTPException, OSError) as error:
        yield Finding(
            "mail", State.FAULT, f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}: {error}",
            "Mend the EMAIL_ settings, or ask whoever runs the mail server.",
        )  # fmt: skip
        return
    yield Finding("mail", State.WELL, f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} takes mail")


def _storage() -> Iterable[Finding]:
    folder = settings.VAR_DIR
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Finding("storage", State.FAULT, f"{folder}: {error.strerror}", "Mend VAR_DIR.")
        return
    if free < NEARLY_FULL:
        yield Finding(
            "storage", State.WARNING, f"{free // 1_000_000} MB are free under {folder}",
            "Make room before the disk is full.",
        )  # fmt: skip
    else:
        yield Finding("storage", State.WELL, f"{free // 1_000_000_000} GB are free")


def _zone(now: datetime) -> Finding:
    here = now.astimezone(newsroom.zone())
    return Finding(
        "zone", State.WELL, f"it is {here:%Y-%m-%d %H:%M} in {settings.NEWSROOM_TIME_ZONE}"
    )
