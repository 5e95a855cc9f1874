"""Whether the broker answers, embedded or not, and how much it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from kombu.connection import Connection
from kombu.exceptions import OperationalError

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
    broker = _connection()
    try:
        # Opening a channel asks the server for a PING.
        broker.channel().close()
    except (*broker.connection_errors, *broker.channel_errors, OperationalError, OSError):
        return False
    finally:
        broker.release()
    return True


def depth() -> Depth | None:
    """How much the broker holds. None where it does not answer."""
    broker = _connection()
    try:
        channel = broker.channel()
        with channel.conn_or_acquire() as redis:
            pipeline = redis.pipeline(transaction=False)
            queues = sorted(current_app.amqp.queues)
            for queue in queues:
                pipeline.llen(queue)
            pipeline.hlen(channel.unacked_key)
            *waiting, unacknowledged = pipeline.execute()
        channel.close()
    except (*broker.connection_errors, *broker.channel_errors, OperationalError, OSError):
        return None
    finally:
        broker.release()
    return Depth(dict(zip(queues, waiting, strict=True)), unacknowledged)


def _connection() -> Connection:
    options = {
        "socket_connect_timeout": PATIENCE,
        "socket_timeout": PATIENCE,
        "max_retries": 0,
    }
    return Connection(settings.CELERY_BROKER_URL, transport_options=options)
