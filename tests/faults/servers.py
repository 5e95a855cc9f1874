"""Servers that may be killed: PostgreSQL and Redis of the suite's own, in a temporary folder.

Nobody else's server is touched: each listens on a free loopback port with a password of its own.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests import waiting


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def version(path: Path) -> tuple[int, ...]:
    """The number of the release in `/usr/lib/postgresql/15/bin`."""
    return tuple(int(part) for part in path.parent.name.split("."))


class Postgres:
    """A cluster of Debian's PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port = folder / "postgres", free_port()
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=version)
        password = secrets.token_hex(16)
        self.url = f"postgres://borneout:{password}@127.0.0.1:{self.port}/postgres"
        self.data.mkdir(mode=0o700)
        key = folder / "postgres.key"
        key.write_text(password)
        if os.geteuid() == 0:
            # It refuses to run as root.
            folder.chmod(0o711)
            for path in (self.data, key):
                shutil.chown(path, "postgres", "postgres")
        self._run(
            "initdb", "--username=borneout", f"--pwfile={key}", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        key.unlink()

    def _run(self, program: str, *arguments: str) -> None:
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*user, str(self.bin / program), "--pgdata", str(self.data), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )

    def start(self) -> None:
        options = f"-c port={self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        log = str(self.data / "server.log")
        self._run("pg_ctl", "start", "--wait", "--silent", "--log", log, "--options", options)

    def stop(self, mode: str = "immediate") -> None:
        """`immediate` is a crash: no connection is told, and what was not committed is gone."""
        self._run("pg_ctl", "stop", "--mode", mode, "--silent")


class Redis:
    """Debian's Redis, with its append-only file as a newsroom should run it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.password = folder / "redis", free_port(), secrets.token_hex(16)
        self.folder.mkdir(mode=0o700)
        self.url = f"redis://:{self.password}@127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        lines = [
            "bind 127.0.0.1", f"port {self.port}", f"dir {self.folder}", "appendonly yes",
            f"requirepass {self.password}", f"logfile {self.folder / 'redis.log'}",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            ["redis-server", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        assert self.process.stdin is not None
        self.process.stdin.write("\n".join(lines).encode())
        self.process.stdin.close()
        waiting.until(self.answers, "Redis answers")

    def answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except redis.RedisError:
            return False

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url, socket_timeout=5)

    def flush(self) -> None:
        self.client().flushall()

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def own(folder: Path) -> Iterator[tuple[Postgres, Redis]]:
    """Both servers, running; gone without a trace afterwards."""
    postgres, broker = Postgres(folder), Redis(folder)
    postgres.start()
    broker.start()
    try:
        yield postgres, broker
    finally:
        broker.kill()
        postgres.stop()
