"""The counts of all processes, together in Redis."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tracker import broker, sums
from tracker.measures import MESSAGES, REQUESTS
from tracker.tally import SUM

SENT = (MESSAGES.name, ("digest", "sent"), "")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The embedded broker, started for this module; it ends by itself."""
    folder: Path = tmp_path_factory.mktemp("b")
    broker.ensure_running(folder, idle_seconds=5)
    return broker.url(folder).replace("redis+socket://", "unix://", 1)


@pytest.fixture
def redis(address: str, settings) -> Iterator[Redis]:
    settings.CACHES = {**settings.CACHES, "counts": {"LOCATION": address}}
    with Redis.from_url(address, decode_responses=True) as client:
        client.flushall()
        yield client


def test_counts_of_several_processes_add_up(redis: Redis) -> None:
    assert sums.keep({SENT: 3})
    assert sums.keep({SENT: 4, (MESSAGES.name, ("digest", "failed"), ""): 1})
    found = sums.read()
    assert found is not None
    assert found[MESSAGES] == {("digest", "sent"): {"": 7}, ("digest", "failed"): {"": 1}}


def test_times_add_up_by_bucket(redis: Redis) -> None:
    claim = ("claim", "200")
    sums.keep({(REQUESTS.name, claim, "0.025"): 2, (REQUESTS.name, claim, SUM): 0.03})
    sums.keep({(REQUESTS.name, claim, "+Inf"): 1, (REQUESTS.name, claim, SUM): 60.5})
    found = sums.read()
    assert found is not None
    rising, total = sums.buckets(REQUESTS, found[REQUESTS][claim])
    assert rising[:3] == [("0.005", 0), ("0.025", 2), ("0.1", 2)]
    assert rising[-1] == ("+Inf", 3)
    assert total == pytest.approx(60.53)


def test_what_another_release_has_counted_is_not_lost_and_does_not_spoil_the_rest(
    redis: Redis,
) -> None:
    rising, _total = sums.buckets(REQUESTS, {"0.01": 5, "0.025": 1})
    assert rising[1] == ("0.025", 6)

    sums.keep({SENT: 1})
    redis.hset(f"{sums.PREFIX}{MESSAGES.name}", json.dumps(["only one", ""]), 9)
    found = sums.read()
    assert found is not None
    assert found[MESSAGES] == {("digest", "sent"): {"": 1}}


def test_a_redis_that_is_away_is_no_reason_to_fail(settings, tmp_path: Path) -> None:
    away = f"unix://{tmp_path}/nobody.sock"
    settings.CACHES = {**settings.CACHES, "counts": {"LOCATION": away}}
    assert sums.keep({SENT: 1}) is False
    assert sums.read() is None


def test_where_counts_have_no_place_none_are_told() -> None:
    assert sums.read() is None
