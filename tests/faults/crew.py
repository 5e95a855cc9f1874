"""The newsroom's processes: started as the contract names them, and started again when they die."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

from tests import waiting

ROOT = Path(__file__).resolve().parents[2]
LOOK_SECONDS = 0.05
#: What a service manager waits before it starts a process again.
RESTART_SECONDS = 0.5
GRACE_SECONDS = 20.0


class Member:
    """One process with all that it starts, in a session of its own."""

    def __init__(self, name: str, command: list[str], env: dict[str, str], log: Path) -> None:
        self.name, self.command, self.env, self.log = name, command, env, log
        self.is_wanted = True
        self.starts = 0
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.env,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.starts += 1

    def signal_all(self, number: int) -> None:
        """To the process and its children, as a service manager does to what is left of one."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def children(self) -> list[int]:
        """The processes of its pool."""
        try:
            pid = self.process.pid
            return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        except OSError:
            return []


class Crew:
    """Starts processes, and starts again whichever ends, as systemd's `Restart=always` does."""

    def __init__(self, env: dict[str, str], logs: Path) -> None:
        self.env, self.logs = env, logs
        self.members: list[Member] = []
        self.is_closing = threading.Event()
        self.watch = threading.Thread(target=self._watch, name="crew", daemon=True)
        self.watch.start()

    def start(self, name: str, command: list[str]) -> Member:
        member = Member(name, command, self.env, self.logs / f"{name}.log")
        self.members.append(member)
        return member

    def _watch(self) -> None:
        while not self.is_closing.wait(LOOK_SECONDS):
            for member in list(self.members):
                if member.is_wanted and member.process.poll() is not None:
                    member.signal_all(signal.SIGKILL)
                    if not self.is_closing.wait(RESTART_SECONDS):
                        member.start()

    def stop(self, *names: str) -> None:
        """Ends these members, as a service manager does, and leaves them ended."""
        members = [member for member in self.members if member.name in names]
        for member in members:
            member.is_wanted = False
            member.signal_all(signal.SIGCONT)
            member.process.terminate()
        for member in members:
            try:
                member.process.wait(timeout=GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                member.signal_all(signal.SIGKILL)
                member.process.wait()
            member.signal_all(signal.SIGKILL)

    def close(self) -> None:
        self.is_closing.set()
        self.watch.join()
        self.stop(*(member.name for member in reversed(self.members)))

    def log(self) -> str:
        return "".join(
            path.read_text(encoding="utf-8", errors="replace") for path in self.logs.glob("*.log")
        )


def wait_for_pool(member: Member) -> None:
    """Until the worker has its processes."""
    waiting.until(member.children, f"{member.name} has a pool")
