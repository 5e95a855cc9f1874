"""The embedded broker: a Valkey server of our own for a newsroom that runs no Redis.

It speaks Redis's protocol on a socket that only this user can open, and keeps what it holds on
disk. Whoever needs it calls `ensure_running`; the first caller starts it, as a process of its own
that outlives the caller, so that web, worker and beat can come and go in any order. When nobody has
been connected for a minute it saves and goes.

    ensure_running ──starts──> keeper (`python -m tracker.broker`) ──starts──> valkey-server
                                  └── restarts a server that died; stops one that nobody uses

Nothing here knows of Django: settings ask for the address while they are being read.
"""

from __future__ import annotations

import hashlib
import os
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from tracker import locks

IDLE_SECONDS = 60.0
START_SECONDS = 20.0
# The address of a Unix socket has room for 104 bytes on macOS and 108 on Linux, with its last NUL.
SOCKET_PATH_BYTES = 103
PROJECT_DIR = Path(__file__).resolve().parent.parent.parent


class BrokerError(Exception):
    """The embedded broker cannot be started; the message says why."""


def folder(var_dir: Path) -> Path:
    """Where the broker keeps its data and its log."""
    return var_dir.absolute() / "broker"


def socket_path(var_dir: Path) -> Path:
    """The broker's socket; in the temporary folder where the path would be too long for one."""
    path = folder(var_dir) / "broker.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_BYTES:
        return path
    digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"borneout-{os.getuid()}-{digest}" / "broker.sock"


def url(var_dir: Path) -> str:
    """The broker's address for Celery. It touches nothing: the broker need not run."""
    return f"redis+socket://{quote(str(socket_path(var_dir)))}"


def answers(path: Path) -> bool:
    """Whether a broker is listening on `path` and ready; one that is still loading is not."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(1)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def is_running(var_dir: Path) -> bool:
    """Whether the broker answers and has a keeper."""
    return answers(socket_path(var_dir)) and locks.is_held(keeper_lock(var_dir))


def keeper_lock(var_dir: Path) -> Path:
    """The file that the broker's keeper holds locked for as long as it lives."""
    return folder(var_dir) / "keeper.lock"


def prepare(var_dir: Path) -> None:
    """Make the folders of the broker, for this user alone.

    Raises:
        BrokerError: a folder belongs to somebody else, or cannot be made.
    """
    for path in {folder(var_dir), socket_path(var_dir).parent}:
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = path.stat(follow_symlinks=False)
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
                message = f"{path} belongs to another user: the broker will not be run there."
                raise BrokerError(message)
            path.chmod(0o700)
        except OSError as error:
            message = f"The broker's folder {path} cannot be used: {error.strerror}."
            raise BrokerError(message) from error


def ensure_running(
    var_dir: Path, *, idle_seconds: float = IDLE_SECONDS, timeout: float = START_SECONDS
) -> None:
    """Start the embedded broker where it does not run, and wait until it answers.

    Two callers at the same moment start one broker. One whose keeper was killed gets a new keeper
    and goes on; one that was killed itself comes back with what it held.

    Args:
        var_dir: the folder under which the product keeps what it writes.
        idle_seconds: how long a broker stays that nobody is connected to.
        timeout: how many seconds it may take.

    Raises:
        BrokerError: it does not start; the message holds the end of its log.
    """
    prepare(var_dir)
    if is_running(var_dir):
        return
    try:
        with locks.exclusive(folder(var_dir) / "start.lock", timeout=timeout):
            if not is_running(var_dir):
                _start(var_dir, idle_seconds, timeout)
    except TimeoutError as error:
        raise BrokerError(str(error)) from error


def log_path(var_dir: Path) -> Path:
    """What the keeper says when nobody is there to read it."""
    return folder(var_dir) / "keeper.log"


def _start(var_dir: Path, idle_seconds: float, timeout: float) -> None:
    command = [sys.executable, "-m", "tracker.broker", str(var_dir), "--idle", str(idle_seconds)]
    with log_path(var_dir).open("w", encoding="utf-8") as log:
        keeper = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            command,
            cwd=PROJECT_DIR,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # A session of its own, so that Ctrl-C in a worker's terminal does not reach the broker.
            start_new_session=True,
        )
    until = time.monotonic() + timeout
    while not is_running(var_dir):
        if time.monotonic() > until or keeper.poll() not in {None, 0}:
            said = log_path(var_dir).read_text(encoding="utf-8", errors="replace").strip()
            message = f"The embedded broker did not start: {said[-2000:] or 'it said nothing'}"
            raise BrokerError(message)
        time.sleep(0.02)
