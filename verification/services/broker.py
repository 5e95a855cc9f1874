"""Whether the broker answers, embedded or not, and how much it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from kombu.transport.redis import Channel
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

#: How long the broker may take to answer, in seconds.
PATIENCE = 1


def is_embedded() -> bool:
    """Whether the broker is the one that the processes start by themselves."""
    return bool(settings.CELERY_BROKER_URL == settings.EMBEDDED_BROKER_URL)


def kind() -> str:
    """Whose broker it is, in words that name no address."""
    return "embedded" if is_embedded() else "of its own"


@dataclass(frozen=True, slots=True)
class Depth:
    """How many tasks wait, by queue, and how many were given out and are not acknowledged yet."""

    waiting: Mapping[str, int]
    unacknowledged: int


def answers() -> bool:
    """Whether the broker of the settings gives a sign of life within `PATIENCE`."""
    with _redis() as redis:
        try:
            return bool(redis.ping())
        except (RedisError, OSError):
            return False


def depth() -> Depth | None:
    """How much the broker holds. None where it does not answer."""
    queues = sorted(current_app.amqp.queues)
    with _redis() as redis:
        try:
            pipeline = redis.pipeline(transaction=False)
            for queue in queues:
                pipeline.llen(queue)
            pipeline.hlen(Channel.unacked_key)
            *waiting, unacknowledged = pipeline.execute()
        except (RedisError, OSError):
            return None
    return Depth(dict(zip(queues, waiting, strict=True)), unacknowledged)


def time() -> tuple[int, int] | None:
    """What time it is on the broker's machine: seconds, and millionths. None as with `depth`."""
    with _redis() as redis:
        try:
            seconds, micros = redis.time()
        except (RedisError, OSError):
            return None
    return int(seconds), int(micros)


def _redis() -> Redis:
    """One try, over a connection of our own: Celery's would wait two seconds for another."""
    return Redis.from_url(
        settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://", 1),
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )
