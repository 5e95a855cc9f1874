"""Waiting for another process, whose moment cannot be known."""

import threading
import time
from collections.abc import Callable

PATIENCE_SECONDS = 30.0


def until(happened: Callable[[], object], what: str) -> None:
    """Return as soon as it has happened; fail when it never does."""
    last = time.monotonic() + PATIENCE_SECONDS
    pause = threading.Event()
    while not happened():
        assert time.monotonic() < last, f"it never happened: {what}"
        pause.wait(0.02)
