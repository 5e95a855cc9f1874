"""Runs several programs in one terminal, for as long as somebody wants them.

It starts them in order, each when the one before is ready; puts each one's name before its lines;
starts one that dies again, after 1, 2, 4 … at most 30 seconds; and stops them in the opposite
order. Each program has a process group of its own, so that Ctrl-C reaches only the supervisor,
which then stops them one by one, and so that whatever a program leaves behind goes with it. On
Linux the kernel ends the programs when the supervisor itself is killed.

Nothing here knows of Django or of what the programs are.
"""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TextIO

PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
# A program that has run for this long was well: its next death counts as its first.
WELL_SECONDS = 60.0
GRACE_SECONDS = 10.0
LOOK_SECONDS = 0.2
# Between two questions whether a program is ready: a quarter of its age, within these.
SHORTEST_ASK_SECONDS, LONGEST_ASK_SECONDS = 0.1, 5.0
LONGEST_LINE = 65_536
COLOURS = ("\033[36m", "\033[32m", "\033[33m", "\033[35m", "\033[34m")
PLAIN = "\033[0m"
PR_SET_PDEATHSIG = 1


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Program:
    """One program: what to call it, what to run, and how to tell that it is ready."""

    name: str
    command: Sequence[str]
    is_ready: Callable[[], bool] = _always
    environment: Mapping[str, str] = field(default_factory=dict)


class Supervisor:
    """Starts, watches, restarts and stops `programs`.

    Args:
        programs: in the order in which they start.
        output: where their lines go.
        colour: whether the names are coloured.
        on_ready: called once, when all of them have been ready.
        pause: seconds before the first restart of a program; each further one waits twice as long.
        grace: seconds that a program has to stop before it is killed.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        output: TextIO = sys.stdout,
        colour: bool = False,
        on_ready: Callable[[], None] = lambda: None,
        pause: float = PAUSE_SECONDS,
        grace: float = GRACE_SECONDS,
    ) -> None:
        self.output = output
        self.on_ready = on_ready
        self.grace = grace
        self.is_stopping = False
        self.is_hurried = False
        self.is_announced = False
        self.selector = selectors.DefaultSelector()
        width = max(len(program.name) for program in programs)
        self.children = [_Child(program, pause) for program in programs]
        for number, child in enumerate(self.children):
            child.prefix = f"{child.program.name:<{width}} | "
            if colour:
                child.prefix = f"{COLOURS[number % len(COLOURS)]}{child.prefix}{PLAIN}"

    def run(self) -> None:
        """Run the programs until `stop` is called or a signal to stop arrives, then stop them."""
        signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, self._on_signal) for number in signals}
        try:
            while not self.is_stopping:
                self.step()
        finally:
            self.stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def stop(self) -> None:
        """Make `run` stop everything and return; called again, it kills what is left."""
        self.is_hurried = self.is_stopping
        self.is_stopping = True

    def step(self, wait: float = LOOK_SECONDS) -> None:
        """Pass on what the programs say, for `wait` seconds at most, and see to each once."""
        self._pass_on(wait)
        for child in self.children:
            if child.has_died():
                self._bury(child)
            elif child.process is None and time.monotonic() >= child.start_at:
                self._start(child)
            if not child.is_ready():
                # Those after it wait for it.
                return
        if not self.is_announced:
            self.is_announced = True
            self.on_ready()

    def stop_all(self) -> None:
        """Stop the programs, the last one first, and kill what does not stop in time."""
        for child in reversed(self.children):
            if child.process is None:
                continue
            child.process.terminate()
            until = time.monotonic() + self.grace
            while not child.has_died() and not self.is_hurried and time.monotonic() < until:
                self._pass_on(0.05)
            if not child.has_died():
                self._say(child, "does not stop: killed")
            self._end(child)
        self.selector.close()

    def _on_signal(self, _number: int, _frame: object) -> None:
        self.stop()

    def _start(self, child: _Child) -> None:
        self.selector.register(child.start(), selectors.EVENT_READ, child)

    def _bury(self, child: _Child) -> None:
        how = child.last_words()
        self._end(child)
        pause = child.next_pause()
        self._say(child, f"{how}; started again in {pause:g} s")

    def _end(self, child: _Child) -> None:
        child.kill_group()
        self._read(child)
        if child.pipe in self.selector.get_map():
            self.selector.unregister(child.pipe)
        for line in child.lines(b"", is_last=True):
            self._say(child, line)
        child.forget()

    def _pass_on(self, wait: float) -> None:
        for key, _events in self.selector.select(wait):
            self._read(key.data)

    def _read(self, child: _Child) -> None:
        """Pass on what is there to read, without waiting for more."""
        with suppress(BlockingIOError):
            while said := os.read(child.pipe, LONGEST_LINE):
                for line in child.lines(said):
                    self._say(child, line)
            # It has closed its output. It may go on without.
            if child.pipe in self.selector.get_map():
                self.selector.unregister(child.pipe)

    def _say(self, child: _Child, line: str) -> None:
        try:
            self.output.write(f"{child.prefix}{line}\n")
            self.output.flush()
        except OSError:
            # The terminal is gone, or whatever read us: nobody wants the programs any more.
            self.is_stopping = True


class _Child:
    """A program and the process that runs it, if one does."""

    def __init__(self, program: Program, pause: float) -> None:
        self.program = program
        self.prefix = ""
        self.process: subprocess.Popen[bytes] | None = None
        self.pipe = -1
        self.unfinished = b""
        self.first_pause = self.pause = pause
        self.start_at = 0.0
        self.started_at = 0.0
        self.was_ready = False
        self.ask_at = 0.0

    def start(self) -> int:
        """Start the process; returns the end of the pipe that carries what it says."""
        supervisor = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603  (the caller's own programs)
            self.program.command,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **self.program.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # Safe here, for the supervisor has no threads.
            preexec_fn=lambda: _die_with(supervisor),
        )
        assert self.process.stdout is not None  # noqa: S101  (for the type checker)
        self.pipe = self.process.stdout.fileno()
        os.set_blocking(self.pipe, False)
        self.started_at = time.monotonic()
        self.ask_at = 0.0
        return self.pipe

    def has_died(self) -> bool:
        """Whether its process has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def is_ready(self) -> bool:
        """Whether it has ever been ready; asked of a living process only.

        One that is not is asked less and less often: each question may make it say why not.
        """
        now = time.monotonic()
        if not self.was_ready and self.process is not None and now >= self.ask_at:
            self.was_ready = self.program.is_ready()
            age = time.monotonic() - self.started_at
            pause = min(max(age / 4, SHORTEST_ASK_SECONDS), LONGEST_ASK_SECONDS)
            self.ask_at = time.monotonic() + pause
        return self.was_ready

    def last_words(self) -> str:
        """How its process ended."""
        code = self.process.returncode if self.process else 0
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"

    def next_pause(self) -> float:
        """Put off its restart, and say by how many seconds."""
        if time.monotonic() - self.started_at >= WELL_SECONDS:
            self.pause = self.first_pause
        pause = self.pause
        self.start_at = time.monotonic() + pause
        self.pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        return pause

    def kill_group(self) -> None:
        """Kill the process and whatever it started and left behind."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def forget(self) -> None:
        """Close what is left of an ended process."""
        if self.process is not None and self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None

    def lines(self, said: bytes, *, is_last: bool = False) -> list[str]:
        """The whole lines of what has been said so far; one that never ends is cut."""
        *whole, rest = (self.unfinished + said).split(b"\n")
        if rest and (is_last or len(rest) >= LONGEST_LINE):
            whole.append(rest)
            rest = b""
        self.unfinished = rest
        return [line.decode(errors="replace").rstrip("\r") for line in whole]


def _die_with(supervisor: int) -> None:
    """In a new process: have the kernel end it when the supervisor is gone (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:
            os._exit(1)
