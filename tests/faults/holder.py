"""Takes messages as a worker does, and gets no further: its transaction stays open.

    python -m tests.faults.holder FILE

The file says how many rows are locked, once they are. Where this host is cut off then, nobody else
can have them before the database has noticed.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from verification.services import outbox  # noqa: E402


def main() -> None:
    pause = threading.Event()
    while not take(Path(sys.argv[1])):
        # The sweep has not written them yet.
        pause.wait(0.05)


def take(told: Path) -> int:
    """Locks what there is, and does not come back where that is anything."""
    with transaction.atomic():
        taken = len(outbox.lease(now=timezone.now()))
        if taken:
            told.write_text(str(taken))
            threading.Event().wait()
        return taken


if __name__ == "__main__":
    main()
