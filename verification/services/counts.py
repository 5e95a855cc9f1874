"""How often somebody did something within a stretch of time, counted by all processes together.

Where the counts cannot be kept nothing is counted: nobody is turned away because a cache is down.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from logging import getLogger

from django.core.cache import caches
from redis.exceptions import RedisError

logger = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Count:
    """How many there were since the stretch began, and the seconds to the next one."""

    made: int
    seconds: int


def count(key: str, *, stretch: int) -> Count | None:
    """Counts one more for `key`, in stretches of so many seconds. None where nothing is counted."""
    now = time.time()
    slot = f"{key}:{int(now) // stretch}"
    try:
        store = caches["counts"]
        store.add(slot, 0, timeout=2 * stretch)
        made = store.incr(slot)
    except (RedisError, ValueError) as error:
        # ValueError: the store was full and gave up the count that was just begun.
        logger.warning("Something was not counted: %s", error)
        return None
    return Count(made, stretch - int(now) % stretch)
