"""Where the counts of all processes come together: in Redis, whichever host they run on.

So whichever web process is asked for the metrics tells those of the whole installation, and a
process that ends takes none of its counts with it but the last few seconds' of one that is killed.
A hash for each measure; a field for each of its sums. Should they be lost with that Redis they
begin at zero again, which Prometheus reckons with.
"""

from __future__ import annotations

import atexit
import json
import logging
from collections.abc import Mapping
from functools import cache
from typing import Any

from celery.signals import worker_process_shutdown
from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from tracker.measures import ALL, Measure
from tracker.tally import INFINITE, SUM, Key, tally

log = logging.getLogger(__name__)

PREFIX = "borneout:sums:"
#: Nobody waits long for what is only counted, in seconds.
PATIENCE = 1.0

#: The sums of one measure: by the values of its labels, then by which sum.
Sums = dict[tuple[str, ...], dict[str, float]]


@cache
def _client(address: str) -> Redis:
    """One for each process; its connections are made anew in one that is forked."""
    return Redis.from_url(
        address,
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
        # Tried again with the next, and not while somebody waits for the metrics.
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


def _redis() -> Redis | None:
    """Where counts are kept; none where the settings have no such place, as in tests."""
    address = settings.CACHES["counts"].get("LOCATION")
    return _client(address) if isinstance(address, str) and "://" in address else None


def keep(sums: Mapping[Key, float]) -> bool:
    """Adds these sums to those of all processes, all or none. False where Redis does not answer.

    Where only its answer was lost they are counted twice: that is rarer than a Redis that is away,
    and does less harm than failures that nobody sees.
    """
    redis = _redis()
    if redis is None:
        return False
    try:
        pipeline = redis.pipeline()
        for (name, labels, part), by in sums.items():
            pipeline.hincrbyfloat(f"{PREFIX}{name}", json.dumps([*labels, part]), by)
        pipeline.execute()
    except RedisError as error:
        log.warning("counts could not be put together: %s", error)
        return False
    return True


def read() -> dict[Measure, Sums] | None:
    """The sums of every measure. None where Redis does not answer, or there is none."""
    redis = _redis()
    if redis is None:
        return None
    try:
        pipeline = redis.pipeline(transaction=False)
        for measure in ALL:
            pipeline.hgetall(f"{PREFIX}{measure.name}")
        rows: list[dict[str, str]] = pipeline.execute()
    except RedisError as error:
        log.warning("counts could not be read: %s", error)
        return None
    return {measure: _sums(measure, row) for measure, row in zip(ALL, rows, strict=True)}


def _sums(measure: Measure, row: Mapping[str, str]) -> Sums:
    found: Sums = {}
    for field, value in row.items():
        *labels, part = json.loads(field)
        # Left behind by a release in which the measure had other labels.
        if len(labels) == len(measure.labels):
            found.setdefault(tuple(labels), {})[part] = float(value)
    return found


def buckets(measure: Measure, parts: Mapping[str, float]) -> tuple[list[tuple[str, float]], float]:
    """A histogram as Prometheus takes it: how many up to each bound, and the sum of all values.

    What a release with other bounds has counted goes to the next bound that there is now.
    """
    bounds = [*measure.buckets, float("inf")]
    counted = [0.0] * len(bounds)
    for part, number in parts.items():
        if part != SUM:
            bound = float(part)
            counted[next(at for at, limit in enumerate(bounds) if bound <= limit)] += number
    rising, so_far = [], 0.0
    for bound, number in zip(bounds, counted, strict=True):
        so_far += number
        rising.append((INFINITE if bound == bounds[-1] else f"{bound:g}", so_far))
    return rising, parts.get(SUM, 0.0)


@worker_process_shutdown.connect
def _at_the_end(**_kwargs: Any) -> None:
    """What a process of a worker has counted last."""
    tally.put_away()


atexit.register(tally.put_away)
