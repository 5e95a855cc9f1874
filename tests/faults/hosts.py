"""Many hosts, and one of them cut off: the workers have a host each, web and beat another one.

A host is cut off in the middle of its work and comes back when its leases have long run out. The
others are stopped by then, so that what is still to come shows whether it works again by itself.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.faults import crew
from tests.faults.network import NETWORKS, Network
from tests.faults.room import BIN, CELERY, CONCURRENCY, Place, Room, room
from tests.faults.scenarios import Size, row
from tests.faults.servers import Postgres, Redis
from tests.faults.table import Row
from tests.faults.tally import tally

DESK = "desk"
WORKERS = ("worker-1", "worker-2", "worker-3")
CUT_OFF = WORKERS[0]
#: For so long after the leases have run out the wires stay pulled.
LONGER_SECONDS = 5.0
#: What is due when the host has come back, for that host alone.
AFTERWARDS = 100
#: The longest that the workers may take to notice that they are back, at the default silence.
RESUMED_SECONDS = 60.0
#: The longest that a reader may wait while a server is silent.
ANSWERED_SECONDS = 25.0
WEB_PORT = 8450
PAGES = ("/", "/claims/", "/sources/", "/leaderboard/", "/api/v1/claims/")
ASK = """
import sys, time, urllib.error, urllib.request
began = time.monotonic()
try:
    status = urllib.request.urlopen(sys.argv[1], timeout=90).status
except urllib.error.HTTPError as error:
    status = error.code
except OSError:
    status = 0
print(status, time.monotonic() - began)
"""


@contextmanager
def newsroom(folder: Path, **env: str) -> Iterator[tuple[Room, Network]]:
    """A newsroom of four hosts, with servers that have hosts of their own."""
    with ExitStack() as stack:
        network = stack.enter_context(Network())
        for host in (DESK, *WORKERS):
            network.add(host)
        postgres = Postgres(
            folder, address=network.address("database"), inside=network.inside("database")
        )
        redis = Redis(folder, address=network.address("broker"), inside=network.inside("broker"))
        postgres.start()
        stack.callback(postgres.stop)
        redis.start()
        stack.callback(redis.kill)
        place = Place(
            desk=network.inside(DESK),
            far_end=network.inside("mail"),
            near=postgres.near,
            mail=network.address("mail"),
        )
        env |= {"CACHE_URL": redis.url.replace("/0", "/1")}
        yield (
            stack.enter_context(room(folder / "room", postgres.url, redis.url, place=place, **env)),
            network,
        )


def start(room: Room, network: Network) -> None:
    """The processes, each on its host. The time of the scenario counts from here."""
    for host in WORKERS:
        command = [*CELERY, "worker", "--concurrency", str(CONCURRENCY), "--hostname", host]
        room.crew.start(host, [*network.inside(host), *command, "--loglevel", "INFO"])
    gunicorn = [str(BIN / "gunicorn"), "tracker.wsgi", "--bind", f"127.0.0.1:{WEB_PORT}"]
    room.crew.start("web", [*network.inside(DESK), *gunicorn])
    room.crew.start("beat", [*network.inside(DESK), *CELERY, "beat"])
    room.started = time.monotonic()


@contextmanager
def held(room: Room, network: Network, host: str) -> Iterator[None]:
    """A process of this host locks messages as soon as there are any, and does no more."""
    command = [*network.inside(host), sys.executable, "-m", "tests.faults.holder"]
    holder = subprocess.Popen([*command, room.folder / "held"], cwd=crew.ROOT, env=room.env)
    try:
        yield
    finally:
        holder.kill()
        holder.wait()


def cut_off(
    room: Room, size: Size, *, network: Network, servers: Sequence[str], lease_seconds: float
) -> Row:
    """One host is cut off from these servers until its leases have run out, and comes back."""
    room.orders(delay=size.accept_seconds)
    room.make(size.hosts)
    with ExitStack() as stack:
        if "database" in servers:
            stack.enter_context(held(room, network, CUT_OFF))
        start(room, network)
        room.wait_for_mail(0.1)
        room.wait(lambda: "database" not in servers or (room.folder / "held").exists())
        with network.cut(CUT_OFF, servers):
            room.kills = 1
            threading.Event().wait(lease_seconds + LONGER_SECONDS)
            are_told_meanwhile = room.wait_for_mail()
            room.crew.stop(*(name for name in WORKERS if name != CUT_OFF))
            room.make(AFTERWARDS, first=1 + size.hosts)
        back = time.monotonic()
        room.wait_for_mail()
        resumed = time.monotonic() - back
    room.wait_for_rest()
    duplicates = tally(room.expected, room.mails()).duplicates
    return row(
        room,
        f"1 of {len(WORKERS)} worker hosts cut off from {words(servers)} past its lease, then back",
        "lost 0, duplicates ≤ those in flight, others not held up,"
        f" resumed ≤ {RESUMED_SECONDS:.0f} s",
        f"{len(room.expected)} due; resumed after {resumed:.0f} s",
        duplicates=duplicates > CONCURRENCY and duplicates,
        held_up_meanwhile=not are_told_meanwhile,
        resumed_after=resumed > RESUMED_SECONDS and resumed,
        too_few_hosts=len({mail.sender for mail in room.mails()}) < len(WORKERS),
    )


def desk_cut_off(room: Room, size: Size, *, network: Network) -> Row:
    """Web and beat are cut off from Redis, then from PostgreSQL; pages are asked for meanwhile."""
    start(room, network)
    room.wait(lambda: ask(network)[0] == 200)
    with network.cut(DESK, ["broker"]):
        without_broker = [ask(network, page) for page in PAGES]
    with network.cut(DESK, ["database"]):
        without_database = [ask(network, page) for page in PAGES]
    back = time.monotonic()
    room.wait(lambda: ask(network)[0] == 200)
    answered = time.monotonic() - back
    room.make(size.due)
    back = time.monotonic()
    room.wait_for_mail()
    resumed = time.monotonic() - back
    room.wait_for_rest()
    slowest = max(seconds for _status, seconds in (*without_broker, *without_database))
    return row(
        room,
        "web and beat cut off from Redis, then from PostgreSQL, then back",
        f"without Redis all pages; every answer ≤ {ANSWERED_SECONDS:.0f} s;"
        f" pages and mail again ≤ {RESUMED_SECONDS:.0f} s",
        f"{len(PAGES)} pages twice, slowest {slowest:.0f} s;"
        f" {size.due} due, all away after {resumed:.0f} s",
        without_broker=[status for status, _seconds in without_broker if status != 200],
        # A page that is kept needs no database; the others say that there is none.
        hangs=[seconds for _status, seconds in without_database if seconds > ANSWERED_SECONDS],
        slow=[seconds for _status, seconds in without_broker if seconds > ANSWERED_SECONDS],
        answered_after=answered > RESUMED_SECONDS and answered,
        resumed_after=resumed > RESUMED_SECONDS and resumed,
    )


def ask(network: Network, page: str = "/healthz") -> tuple[int, float]:
    """What the web answers on its host, 0 for nothing, and after how many seconds."""
    asked = subprocess.run(
        [*network.inside(DESK), sys.executable, "-c", ASK, f"http://127.0.0.1:{WEB_PORT}{page}"],
        capture_output=True,
        check=True,
        text=True,
    )
    status, seconds = asked.stdout.split()
    return int(status), float(seconds)


def words(servers: Sequence[str]) -> str:
    """The servers as the table names them."""
    names = {"database": "PostgreSQL", "broker": "Redis", "mail": "the mail server"}
    return "everything" if set(servers) == set(NETWORKS) else names[servers[0]]
