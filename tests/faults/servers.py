"""Servers that may be killed: PostgreSQL and Redis of the suite's own, in a temporary folder.

Nobody else's server is touched: each listens on a free loopback port with a password of its own,
or within a network of the suite's (`tests.faults.network`), and on a socket in its folder.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
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


LOOPBACK = "127.0.0.1"


class Postgres:
    """A cluster of Debian's PostgreSQL.

    `url` is for whoever is on its network, `near` for whoever can reach its folder. `inside` is
    what stands before a command that is to run where the server does.
    """

    def __init__(self, folder: Path, *, address: str = LOOPBACK, inside: Sequence[str] = ()):
        self.data, self.port = folder / "postgres", free_port()
        self.address, self.inside = address, inside
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=version)
        password = secrets.token_hex(16)
        self.url = f"postgres://borneout:{password}@{address}:{self.port}/postgres"
        self.near = f"{self.url}?host={self.data}"
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
        if address != LOOPBACK:
            with (self.data / "pg_hba.conf").open("a") as allowed:
                allowed.write(f"host all all {address}/24 scram-sha-256\n")

    def _run(self, program: str, *arguments: str) -> None:
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*self.inside, *user, str(self.bin / program), "--pgdata", str(self.data), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )

    def start(self) -> None:
        options = (
            f"-c port={self.port} -c listen_addresses={self.address} "
            f"-c unix_socket_directories={self.data}"
        )
        log = str(self.data / "server.log")
        self._run("pg_ctl", "start", "--wait", "--silent", "--log", log, "--options", options)

    def stop(self, mode: str = "immediate") -> None:
        """`immediate` is a crash: no connection is told, and what was not committed is gone."""
        self._run("pg_ctl", "stop", "--mode", mode, "--silent")


class Redis:
    """Debian's Redis, with its append-only file as a newsroom should run it.

    `address` and `inside` are those of `Postgres`.
    """

    def __init__(self, folder: Path, *, address: str = LOOPBACK, inside: Sequence[str] = ()):
        self.folder, self.port, self.password = folder / "redis", free_port(), secrets.token_hex(16)
        self.address, self.inside = address, inside
        self.folder.mkdir(mode=0o700)
        self.socket = self.folder / "redis.sock"
        self.url = f"redis://:{self.password}@{address}:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        lines = [
            f"bind {self.address}", f"port {self.port}", f"unixsocket {self.socket}",
            f"dir {self.folder}", "appendonly yes",
            f"requirepass {self.password}", f"logfile {self.folder / 'redis.log'}",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            [*self.inside, "redis-server", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
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
        return redis.Redis(
            unix_socket_path=str(self.socket), password=self.password, socket_timeout=5
        )

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
