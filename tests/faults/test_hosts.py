"""Many hosts in small: `make faults` cuts them off from more, and for as long as a real lease."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import hosts, network
from tests.faults.network import NETWORKS
from tests.faults.scenarios import Size

# Batches enough for every host to have one in hand.
SMALL = Size(hosts=600, accept_seconds=0.05)
#: Of leases; the silence after which a line is given up is shorter, as it is by default.
LEASE_SECONDS, SILENCE_SECONDS = 4.0, 3.0


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL can reach, which runs as another user where this is root."""
    made = Path(tempfile.mkdtemp(prefix="borneout-hosts-"))
    yield made
    shutil.rmtree(made)


def test_a_host_that_is_cut_off_loses_nothing_and_holds_up_nobody(folder: Path) -> None:
    """It has servers of its own, so that it need not run on the embedded defaults as well."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("runs where PostgreSQL and Redis are installed: make services")
    if reason := network.why_not():
        pytest.skip(reason)
    short = {
        "EMAIL_TIMEOUT": "1",
        "FAULTS_WAIT_SECONDS": str(LEASE_SECONDS),
        "SILENCE_SECONDS": str(SILENCE_SECONDS),
    }

    with hosts.newsroom(folder, **short) as (room, net):
        found = hosts.cut_off(
            room, SMALL, network=net, servers=tuple(NETWORKS), lease_seconds=LEASE_SECONDS
        )

    assert found.is_good, found
