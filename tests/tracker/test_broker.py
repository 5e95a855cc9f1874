"""The embedded broker: one for all, there when it is wanted, and gone when it is not."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.waiting import until
from tracker import broker, locks

PROJECT = Path(__file__).resolve().parents[2]
ENSURE = """
import sys
from pathlib import Path
from tracker import broker
broker.ensure_running(Path(sys.argv[1]))
"""


def client(var_dir: Path) -> redis.Redis:
    """A connection to the broker of this folder."""
    return redis.Redis(unix_socket_path=str(broker.socket_path(var_dir)), socket_timeout=10)


def server_pid(var_dir: Path) -> int:
    """The number of the server's process."""
    with client(var_dir) as connection:
        return int(connection.info("server")["process_id"])


def keeper_pids(var_dir: Path) -> list[int]:
    """The numbers of the keepers of this folder."""
    found = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,args="], capture_output=True, text=True, check=True
    )
    return [
        int(line.split()[0])
        for line in found.stdout.splitlines()
        if f"-m tracker.broker {var_dir} " in line
    ]


@pytest.fixture
def var_dir(tmp_path: Path) -> Iterator[Path]:
    """A folder whose broker is ended after the test."""
    folder = tmp_path / "var dir"  # a space, as in many a home
    folder.mkdir()
    yield folder
    for pid in keeper_pids(folder):
        os.kill(pid, signal.SIGTERM)
    until(lambda: not broker.answers(broker.socket_path(folder)), "the broker is gone")


def test_it_starts_and_answers(var_dir: Path) -> None:
    assert not broker.is_running(var_dir)
    broker.ensure_running(var_dir)
    assert broker.is_running(var_dir)
    with client(var_dir) as connection:
        assert connection.ping()


def test_only_this_user_can_reach_it(var_dir: Path) -> None:
    broker.ensure_running(var_dir)
    assert stat.S_IMODE(broker.folder(var_dir).stat().st_mode) == 0o700
    assert stat.S_IMODE(broker.socket_path(var_dir).stat().st_mode) == 0o700
    with client(var_dir) as connection:
        assert connection.config_get("port") == {"port": "0"}


def test_two_starters_make_one_server(var_dir: Path) -> None:
    starters = [
        subprocess.Popen([sys.executable, "-c", ENSURE, str(var_dir)], cwd=PROJECT)
        for _ in range(4)
    ]
    assert [starter.wait(timeout=60) for starter in starters] == [0, 0, 0, 0]
    assert len(keeper_pids(var_dir)) == 1


def test_a_killed_server_comes_back_with_what_it_held(var_dir: Path) -> None:
    broker.ensure_running(var_dir)
    with client(var_dir) as connection:
        connection.rpush("tasks", "one", "two")
    killed = server_pid(var_dir)
    os.kill(killed, signal.SIGKILL)
    until(lambda: broker.is_running(var_dir), "the keeper starts the server again")
    assert server_pid(var_dir) != killed
    with client(var_dir) as connection:
        assert connection.lrange("tasks", 0, -1) == [b"one", b"two"]


def test_a_killed_keeper_is_replaced_and_the_server_goes_on(var_dir: Path) -> None:
    broker.ensure_running(var_dir)
    server = server_pid(var_dir)
    [keeper] = keeper_pids(var_dir)
    os.kill(keeper, signal.SIGKILL)
    until(lambda: not broker.is_running(var_dir), "the keeper is gone")
    broker.ensure_running(var_dir)
    assert server_pid(var_dir) == server
    assert len(keeper_pids(var_dir)) == 1


def test_killed_altogether_it_starts_again_with_what_it_held(var_dir: Path) -> None:
    broker.ensure_running(var_dir)
    with client(var_dir) as connection:
        connection.rpush("tasks", "one")
    server = server_pid(var_dir)
    [keeper] = keeper_pids(var_dir)
    os.kill(keeper, signal.SIGKILL)
    os.kill(server, signal.SIGKILL)
    until(lambda: not broker.answers(broker.socket_path(var_dir)), "the server is gone")
    broker.ensure_running(var_dir)
    with client(var_dir) as connection:
        assert connection.lrange("tasks", 0, -1) == [b"one"]


def test_it_stops_when_nobody_is_connected_and_keeps_what_it_held(var_dir: Path) -> None:
    broker.ensure_running(var_dir, idle_seconds=0.2)
    connection = client(var_dir)
    # While somebody is connected it stays, however idle that one is.
    connection.rpush("tasks", "one")
    [keeper] = keeper_pids(var_dir)
    connection.close()
    until(lambda: keeper not in keeper_pids(var_dir), "the keeper has gone")
    assert not broker.answers(broker.socket_path(var_dir))
    broker.ensure_running(var_dir)
    with client(var_dir) as connection:
        assert connection.lrange("tasks", 0, -1) == [b"one"]


def test_a_keeper_that_stands_by_takes_over(var_dir: Path) -> None:
    broker.ensure_running(var_dir)
    [first] = keeper_pids(var_dir)
    with subprocess.Popen(
        [sys.executable, "-m", "tracker.broker", str(var_dir), "--stand-by"], cwd=PROJECT
    ) as second:
        until(lambda: len(keeper_pids(var_dir)) == 2, "the second stands by")
        os.kill(first, signal.SIGTERM)
        until(lambda: first not in keeper_pids(var_dir), "the first has gone")
        until(lambda: broker.is_running(var_dir), "the second keeps a server")
        second.terminate()
        assert second.wait(timeout=30) == 0


def test_the_address_is_known_without_touching_anything(tmp_path: Path) -> None:
    assert broker.url(tmp_path) == f"redis+socket://{tmp_path}/broker/broker.sock"
    assert list(tmp_path.iterdir()) == []


def test_a_long_path_gets_a_short_socket_of_its_own(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 100)
    other = tmp_path / ("y" * 100)
    for folder in (long, other):
        assert len(os.fsencode(broker.socket_path(folder))) <= broker.SOCKET_PATH_BYTES
    assert broker.socket_path(long) == broker.socket_path(long)
    assert broker.socket_path(long) != broker.socket_path(other)


def test_a_broker_with_a_long_path_runs(tmp_path: Path) -> None:
    folder = tmp_path / ("é" * 60)
    folder.mkdir()
    broker.ensure_running(folder)
    with client(folder) as connection:
        connection.rpush("tasks", "one")
    assert (broker.folder(folder) / "appendonlydir").is_dir()
    [keeper] = keeper_pids(folder)
    os.kill(keeper, signal.SIGTERM)
    until(lambda: keeper not in keeper_pids(folder), "the keeper has gone")
    broker.socket_path(folder).parent.rmdir()


def test_a_folder_of_somebody_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: real + 1)
    with pytest.raises(broker.BrokerError, match="belongs to another user"):
        broker.ensure_running(tmp_path)


def test_a_broker_that_cannot_start_says_why(tmp_path: Path) -> None:
    broker.prepare(tmp_path)
    (broker.folder(tmp_path) / "appendonlydir").write_text("no folder")
    with pytest.raises(broker.BrokerError, match=r"did not start: (.|\n)*append-only dir"):
        broker.ensure_running(tmp_path)


def test_a_lock_is_held_by_one_and_let_go_of(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with locks.exclusive(path, timeout=0):
        assert locks.is_held(path)
        with pytest.raises(TimeoutError), locks.exclusive(path, timeout=0):
            pass
    assert not locks.is_held(path)
