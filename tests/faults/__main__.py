"""The full run: every fault on real PostgreSQL, Redis and SMTP. `make faults` calls it.

    python -m tests.faults [--table FILE] [--only NAME…] [--keep FOLDER]

Prints the table, and writes it to a file. The exit status is 1 where any bar was missed.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.faults import desk, hosts, network, outages, scenarios, servers, zones
from tests.faults.room import Room, room
from tests.faults.scenarios import Size
from tests.faults.servers import Postgres, Redis
from tests.faults.table import NOT_RUN, Row, markdown

#: The time-out of the mail server, so that a lost answer costs the suite little.
MAIL_TIMEOUT = "2"
LEASE_SECONDS = 30.0
DESK_SECONDS = 60.0
#: A slow mail server, so that a kill is likely to fall between a mark and its mail.
MUTANT_ACCEPT_SECONDS = 0.1
#: The scenarios of many hosts, each with what one host is cut off from; nothing: the desk is.
HOSTS: dict[str, tuple[str, ...]] = {
    "cut-off": tuple(network.NETWORKS),
    "cut-off-broker": ("broker",),
    "cut-off-database": ("database",),
    "cut-off-desk": (),
}
WITHOUT_SERVERS = frozenset({"desk", "zones", *HOSTS})

Run = Callable[[Room], Row]


def runs(postgres: Postgres, redis: Redis) -> dict[str, tuple[Run, dict[str, str]]]:
    """Each scenario that has a newsroom of its own, with what its environment adds."""
    size = Size()

    def plain(scenario: scenarios.Scenario) -> tuple[Run, dict[str, str]]:
        return partial(scenario, size=size), {}

    def broken(name: str) -> tuple[Run, dict[str, str]]:
        few = replace(size, killed=600, accept_seconds=MUTANT_ACCEPT_SECONDS)
        return partial(scenarios.mutant, size=few, name=name), {"FAULTS_MUTANT": name}

    return {
        "nothing": plain(scenarios.nothing),
        "killed": plain(scenarios.killed),
        "broker": (partial(outages.broker_lost, size=size, redis=redis), {}),
        "database": (partial(outages.database_lost, size=size, postgres=postgres), {}),
        "mail": plain(outages.mail_trouble),
        "refused": plain(outages.refused),
        "frozen": (partial(scenarios.frozen, size=size, lease_seconds=LEASE_SECONDS), {}),
        "down": plain(scenarios.days_down),
        "moved": plain(scenarios.moved),
        "unrenderable": plain(scenarios.unrenderable),
        "no-lease": broken("no-lease"),
        "mark-first": broken("mark-first"),
    }


def run(only: set[str], folder: Path, done: Callable[[Row], None]) -> None:
    """Runs what was asked for, one after the other, and says how each went."""
    with ExitStack() as stack:
        if not only or only - WITHOUT_SERVERS:
            postgres, redis = stack.enter_context(servers.own(folder))
            for name, (scenario, added) in runs(postgres, redis).items():
                if only and name not in only:
                    continue
                redis.flush()
                env = {"EMAIL_TIMEOUT": MAIL_TIMEOUT, **added}
                with room(folder / name, postgres.url, redis.url, **env) as opened:
                    done(scenario(opened))
    for name in HOSTS:
        if not only or name in only:
            done(many_hosts(name, folder / name))
    if not only or "desk" in only:
        with room(folder / "desk", "") as opened:
            done(desk.busy(opened, DESK_SECONDS))
    if not only or "zones" in only:
        done(zones.every_zone())


def many_hosts(name: str, folder: Path) -> Row:
    """A scenario in which the processes are on several hosts, with servers of its own."""
    if reason := network.why_not():
        return Row(name, "none", 0, 0, 0, 0.0, reason, NOT_RUN)
    folder.mkdir(mode=0o711)
    with hosts.newsroom(folder, EMAIL_TIMEOUT=MAIL_TIMEOUT) as (opened, net):
        if not HOSTS[name]:
            return hosts.desk_cut_off(opened, Size(), network=net)
        return hosts.cut_off(
            opened, Size(), network=net, servers=HOSTS[name], lease_seconds=LEASE_SECONDS
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--table", type=Path, help="a file that takes the table")
    parser.add_argument("--only", nargs="+", default=[], help="the scenarios, by name")
    parser.add_argument("--keep", type=Path, help="a folder for logs and mails, to be kept")
    chosen = parser.parse_args()
    # So that a run that is ended ends its servers and processes.
    signal.signal(signal.SIGTERM, lambda *_given: sys.exit("ended"))
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="borneout-faults-"))
    folder.mkdir(parents=True, exist_ok=True)
    # PostgreSQL, which runs as another user where this is root, must reach what is in it.
    folder.chmod(0o711)
    rows: list[Row] = []

    def done(row: Row) -> None:
        rows.append(row)
        print(f"{row.verdict}: {row.fault} ({row.seconds:.0f} s)", flush=True)  # noqa: T201
        if chosen.table:
            # After each, so that a run that is ended leaves what it found.
            chosen.table.write_text(markdown(rows) + "\n", encoding="utf-8")

    try:
        run(set(chosen.only), folder, done)
    finally:
        if not chosen.keep:
            shutil.rmtree(folder)
    print(markdown(rows))  # noqa: T201
    return 0 if all(row.is_good for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
