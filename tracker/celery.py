"""The Celery application: `celery -A tracker worker` and `celery -A tracker beat`."""

from __future__ import annotations

import logging
import os
import threading

from celery import Celery
from celery.signals import beat_init, worker_init
from django.conf import settings

from tracker import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

logger = logging.getLogger(__name__)
LOOK_SECONDS = 5.0

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def keep_embedded_broker(**_kwargs: object) -> None:
    """See to it that the embedded broker runs, and comes back for as long as this process lives.

    With a broker of one's own (Redis) there is nothing to do.
    """
    if settings.CELERY_BROKER_URL != settings.EMBEDDED_BROKER_URL:
        return
    try:
        broker.ensure_running(settings.VAR_DIR)
    except broker.BrokerError as error:
        raise SystemExit(str(error)) from error
    threading.Thread(target=_look_after_it, name="embedded-broker", daemon=True).start()


def _look_after_it() -> None:
    pause = threading.Event()
    while not pause.wait(LOOK_SECONDS):
        try:
            broker.ensure_running(settings.VAR_DIR)
        except broker.BrokerError as error:
            # Celery itself goes on trying to connect; the next look may find the reason gone.
            logger.error("%s", error)
