"""The fault suite in small: the same scenarios as `make faults`, with few claims and short waits.

They run on the embedded defaults, or on the servers that `DATABASE_URL` and `CELERY_BROKER_URL`
name; those are never killed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis

from tests.faults import outages, scenarios
from tests.faults.room import Room, room
from tests.faults.scenarios import Size
from tests.faults.table import Row

# A mail server that takes its time, so that there is somebody at work to be killed.
SMALL = Size(due=40, killed=150, most_kills=5, kill_every=0.7, accept_seconds=0.1)
#: Of leases and between attempts.
WAIT_SECONDS = "2"
#: A database of Redis that nothing else in the suite uses.
OWN_QUEUE = "/8"


def own_queue() -> str:
    """The broker of the environment, emptied; none for the embedded one."""
    broker = os.environ.get("CELERY_BROKER_URL", "")
    if not broker:
        return ""
    own = urlunsplit(urlsplit(broker)._replace(path=OWN_QUEUE))
    redis.Redis.from_url(own).flushdb()
    return own


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(scenarios.killed, id="killed-workers"),
        pytest.param(outages.mail_trouble, id="an-unsteady-mail-server"),
        pytest.param(scenarios.unrenderable, id="a-claim-that-cannot-be-rendered"),
    ],
)
def test_nothing_is_lost(scenario: Callable[[Room, Size], Row], tmp_path: Path) -> None:
    short = {"FAULTS_WAIT_SECONDS": WAIT_SECONDS, "EMAIL_TIMEOUT": "1"}
    database = os.environ.get("DATABASE_URL", "")

    with room(tmp_path / "room", database, own_queue(), **short) as opened:
        found = scenario(opened, SMALL)

    assert found.is_good, found
