"""Whether the broker answers, embedded or not."""

from __future__ import annotations

from django.conf import settings
from kombu import Connection
from kombu.exceptions import OperationalError

#: How long the broker may take to answer, in seconds.
PATIENCE = 1


def is_embedded() -> bool:
    """Whether the broker is the one that the processes start by themselves."""
    return bool(settings.CELERY_BROKER_URL == settings.EMBEDDED_BROKER_URL)


def kind() -> str:
    """Whose broker it is, in words that name no address."""
    return "embedded" if is_embedded() else "of its own"


def answers() -> bool:
    """Whether the broker of the settings gives a sign of life within `PATIENCE`."""
    options = {
        "socket_connect_timeout": PATIENCE,
        "socket_timeout": PATIENCE,
        "max_retries": 0,
    }
    broker = Connection(settings.CELERY_BROKER_URL, transport_options=options)
    try:
        # Opening a channel asks the server for a PING.
        broker.channel().close()
    except (*broker.connection_errors, *broker.channel_errors, OperationalError, OSError):
        return False
    finally:
        broker.release()
    return True
