"""Locks between processes of one machine, held on a file and let go of with the process."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RETRY_SECONDS = 0.05


@contextmanager
def exclusive(path: Path, *, timeout: float) -> Iterator[None]:
    """Hold the lock of `path`, for which other processes wait.

    The file stays when the lock goes: removing it would let two processes lock two files of one
    name. The kernel frees the lock when its holder dies, however it dies.

    Raises:
        TimeoutError: somebody else has held it for `timeout` seconds; with 0, holds it now.
    """
    # Not inherited by child processes, which would hold the lock on after this one is gone.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _acquire(descriptor, path, timeout)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether a process holds the lock of `path` at this moment."""
    try:
        with exclusive(path, timeout=0):
            return False
    except TimeoutError:
        return True


def _acquire(descriptor: int, path: Path, timeout: float) -> None:
    until = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                message = f"{path} is locked by another process"
                raise TimeoutError(message) from None
            time.sleep(RETRY_SECONDS)
        else:
            return
