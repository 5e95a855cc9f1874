"""The supervisor: what runs in one terminal starts in order, comes back, and stops as one."""

import io
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.waiting import until
from tracker.supervisor import Program, Supervisor

PROJECT = Path(__file__).resolve().parents[2]
STAYS = "import time; print('up', flush=True); time.sleep(600)"
IGNORES_SIGTERM = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('up', flush=True); time.sleep(600)"
)


def python(name: str, code: str, **more: object) -> Program:
    """A program that runs this code."""
    return Program(name, [sys.executable, "-c", code], **more)  # type: ignore[arg-type]


def is_alive(pid: int) -> bool:
    """Whether a process of this number runs (one that waits to be buried does not)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


class Stage:
    """A supervisor, and what it has said."""

    def __init__(self, *programs: Program, pause: float = 0.01, grace: float = 10.0) -> None:
        self.output = io.StringIO()
        self.announced = 0
        self.supervisor = Supervisor(
            programs, output=self.output, on_ready=self.announce, pause=pause, grace=grace
        )

    def announce(self) -> None:
        self.announced += 1

    def said(self) -> list[str]:
        return self.output.getvalue().splitlines()

    def play_until(self, line: str, times: int = 1) -> None:
        """Run until a line has been said so many times."""

        def seen() -> bool:
            self.supervisor.step(0.01)
            return sum(line in said for said in self.said()) >= times

        until(seen, line)

    def pids(self) -> list[int]:
        return [child.process.pid for child in self.supervisor.children if child.process]


@pytest.fixture
def stages() -> Iterator[list[Stage]]:
    """Whatever a test starts is stopped after it."""
    made: list[Stage] = []
    yield made
    for stage in made:
        stage.supervisor.stop_all()


def test_every_line_carries_the_name_of_who_said_it(stages: list[Stage]) -> None:
    stage = Stage(
        python("web", "import sys; print('one'); print('two', file=sys.stderr); input()"),
        python("worker", STAYS),
    )
    stages.append(stage)
    stage.play_until("worker | up")
    stage.play_until("web    | two")
    assert "web    | one" in stage.said()


def test_a_last_line_without_an_end_is_not_lost(stages: list[Stage]) -> None:
    stage = Stage(python("web", "print('no end', end='')"))
    stages.append(stage)
    stage.play_until("web | no end")


def test_a_program_that_dies_is_started_again(stages: list[Stage]) -> None:
    stage = Stage(python("web", "print('hello'); raise SystemExit(3)"), python("beat", STAYS))
    stages.append(stage)
    stage.play_until("web  | hello", times=3)
    assert any("ended with code 3; started again in" in line for line in stage.said())
    # The others go on undisturbed.
    assert sum("beat | up" in line for line in stage.said()) <= 1


def test_a_program_that_is_killed_is_started_again(stages: list[Stage]) -> None:
    stage = Stage(python("worker", STAYS))
    stages.append(stage)
    stage.play_until("up")
    [pid] = stage.pids()
    os.kill(pid, signal.SIGKILL)
    stage.play_until("worker | up", times=2)
    assert any("killed by SIGKILL; started again in" in line for line in stage.said())


def test_each_restart_waits_twice_as_long_up_to_thirty_seconds() -> None:
    stage = Stage(python("web", STAYS), pause=1.0)
    [child] = stage.supervisor.children
    child.started_at = float("inf")  # it has run for no time at all
    assert [child.next_pause() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    child.started_at = float("-inf")  # it has run well for long
    assert child.next_pause() == 1


def test_the_next_program_waits_until_the_one_before_is_ready(
    stages: list[Stage], tmp_path: Path
) -> None:
    sign = tmp_path / "ready"
    stage = Stage(python("broker", STAYS, is_ready=sign.exists), python("web", STAYS))
    stages.append(stage)
    stage.play_until("broker | up")
    assert len(stage.pids()) == 1
    assert stage.announced == 0
    sign.touch()
    stage.play_until("web    | up")
    assert stage.announced == 1


def test_a_program_that_stays_unready_is_asked_less_and_less_often(
    stages: list[Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    clock = 1000.0
    monkeypatch.setattr("tracker.supervisor.time.monotonic", lambda: clock)
    stage = Stage(python("web", STAYS, is_ready=lambda: asked.append(clock)))
    stages.append(stage)
    stage.supervisor.step(0)
    while clock < 1060:
        clock += 0.05
        stage.supervisor.step(0)

    pauses = [later - earlier for earlier, later in itertools.pairwise(asked)]
    assert pauses == sorted(pauses, key=lambda pause: round(pause, 1))
    assert pauses[0] < 0.2
    assert pauses[-1] == pytest.approx(5, abs=0.1)


def test_stopping_stops_all_in_the_opposite_order(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = (
        "import signal, sys, time\n"
        "def stop(*_):\n"
        "    with open({log!r}, 'a') as file: file.write({name!r} + '\\n')\n"
        "    sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, stop)\n"
        "print('up', flush=True)\n"
        "time.sleep(600)\n"
    )
    names = ["broker", "web", "worker"]
    stage = Stage(*(python(name, code.format(log=str(log), name=name)) for name in names))
    stage.play_until("| up", times=3)
    pids = stage.pids()
    stage.supervisor.stop_all()
    assert log.read_text().split() == ["worker", "web", "broker"]
    assert not any(is_alive(pid) for pid in pids)


def test_a_program_that_will_not_stop_is_killed() -> None:
    stage = Stage(python("web", IGNORES_SIGTERM), grace=0.05)
    stage.play_until("up")
    [pid] = stage.pids()
    stage.supervisor.stop_all()
    assert not is_alive(pid)
    assert "web | does not stop: killed" in stage.said()


def test_what_a_program_leaves_behind_goes_with_it() -> None:
    code = (
        "import subprocess, sys, time\n"
        f"left = subprocess.Popen([sys.executable, '-c', {IGNORES_SIGTERM!r}])\n"
        "print('left', left.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    stage = Stage(python("web", code))
    stage.play_until("left")
    stage.play_until("up")
    [line] = [line for line in stage.said() if "left" in line]
    stage.supervisor.stop_all()
    until(lambda: not is_alive(int(line.split()[-1])), "the process left behind is gone")


def test_when_nobody_reads_any_more_everything_stops() -> None:
    stage = Stage(python("web", STAYS))
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", encoding="utf-8") as unread:
        stage.supervisor.output = unread
        until(lambda: stage.supervisor.step(0.01) or stage.supervisor.is_stopping, "it stops")
        stage.supervisor.stop_all()
        stage.supervisor.output = stage.output
        # What could not be written is not tried again when the file is closed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), unread.fileno())
    assert stage.pids() == []


SUPERVISED = """
import sys
from tracker.supervisor import Program, Supervisor
child = "import os, time; print('pid', os.getpid(), flush=True); time.sleep(600)"
Supervisor([Program("web", [sys.executable, "-c", child])]).run()
print("stopped", flush=True)
"""


@pytest.fixture
def supervised() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A supervisor in a process of its own, and the number of the program that it runs."""
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISED], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline().split()[-1])
        yield process, pid
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(
    number: signal.Signals, supervised: tuple[subprocess.Popen[str], int]
) -> None:
    process, pid = supervised
    process.send_signal(number)
    output, _errors = process.communicate(timeout=30)
    assert output.endswith("stopped\n")
    assert process.returncode == 0
    assert not is_alive(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends the children of the killed")
def test_a_supervisor_that_is_killed_leaves_no_orphan(
    supervised: tuple[subprocess.Popen[str], int],
) -> None:
    process, pid = supervised
    process.kill()
    until(lambda: not is_alive(pid), "the program ends with its supervisor")
