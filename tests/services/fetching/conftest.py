"""The canary, and an internet that leads to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import canary as server
from tests.canary import Canary


@pytest.fixture
def canary() -> Iterator[Canary]:
    with server.running() as found:
        yield found
