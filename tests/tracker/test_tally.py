"""Counting in memory, and putting it away without losing any."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from tracker.measures import MESSAGES, REQUESTS
from tracker.tally import SUM, Key, Tally

SENT = (MESSAGES.name, ("digest", "sent"), "")


class Shelf:
    """Where counts are put, and whether it takes them."""

    def __init__(self) -> None:
        self.kept: list[dict[Key, float]] = []
        self.takes = True

    def __call__(self, sums: Mapping[Key, float]) -> bool:
        if self.takes:
            self.kept.append(dict(sums))
        return self.takes


def counting() -> tuple[Tally, Shelf]:
    tally, shelf = Tally(), Shelf()
    tally.keep_with(shelf)
    return tally, shelf


def test_what_was_counted_is_put_away_once() -> None:
    tally, shelf = counting()
    tally.count(MESSAGES, "digest", "sent")
    tally.count(MESSAGES, "digest", "sent", by=2)
    assert tally.put_away()
    assert tally.put_away()
    assert shelf.kept == [{SENT: 3}]


def test_what_could_not_be_put_away_goes_with_the_next() -> None:
    tally, shelf = counting()
    shelf.takes = False
    tally.count(MESSAGES, "digest", "sent")
    assert not tally.put_away()
    tally.count(MESSAGES, "digest", "sent")
    shelf.takes = True
    assert tally.put_away()
    assert shelf.kept == [{SENT: 2}]


def test_a_time_falls_into_the_first_bucket_that_holds_it() -> None:
    tally, shelf = counting()
    for seconds in (0.004, 0.025, 0.0251, 99.0):
        tally.observe(REQUESTS, seconds, "claim", "200")
    tally.put_away()
    (kept,) = shelf.kept
    parts = {part: by for (_name, _labels, part), by in kept.items()}
    assert parts.pop(SUM) == 0.004 + 0.025 + 0.0251 + 99.0
    assert parts == {"0.005": 1, "0.025": 1, "0.1": 1, "+Inf": 1}


def test_threads_lose_no_count() -> None:
    tally, shelf = counting()

    def work(_number: int) -> None:
        for _time in range(500):
            tally.count(MESSAGES, "digest", "sent")
            tally.observe(REQUESTS, 0.001, "claim", "200")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(8)))
    tally.put_away()
    assert shelf.kept[0][SENT] == 4000
    assert shelf.kept[0][REQUESTS.name, ("claim", "200"), "0.005"] == 4000


def test_a_forked_process_does_not_tell_its_parents_counts_again() -> None:
    tally, _shelf = counting()
    tally.count(MESSAGES, "digest", "sent")
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.write(write, str(len(tally.take())).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    with os.fdopen(read) as said:
        assert said.read() == "0"
    assert tally.take() == {SENT: 1}


def test_without_a_place_to_put_them_nothing_is_counted() -> None:
    tally = Tally()
    tally.count(MESSAGES, "digest", "sent")
    tally.observe(REQUESTS, 0.1, "claim", "200")
    assert tally.take() == {}
