"""Several hosts on one machine: network namespaces, with wires that can be pulled.

Each server has a namespace with a switch (a bridge) of its own; each host of the newsroom has one
wire to each switch. So a host can be cut off from all servers or from one alone, and it happens as
it does to a machine whose cable is pulled: packets are lost, and nobody is told. The addresses
exist in these namespaces only, which have no way out to the machine's own network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

#: The servers, each with the network that its switch is. The server itself is `.1`.
NETWORKS = {"database": "10.213.1", "broker": "10.213.2", "mail": "10.213.3"}


def ip(*arguments: str) -> None:
    """Runs iproute2, which must succeed."""
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)


def why_not() -> str:
    """Why no namespaces can be made here; empty where they can."""
    if os.geteuid() != 0:
        return "network namespaces take root"
    if shutil.which("ip") is None:
        return "network namespaces take iproute2"
    trial = f"borneout-{os.getpid()}-trial"
    try:
        ip("netns", "add", trial)
    except subprocess.CalledProcessError as error:
        return f"no network namespace can be made: {error.stderr.strip()}"
    try:
        ip("-netns", trial, "link", "add", "switch", "type", "bridge")
        ip("-netns", trial, "link", "add", "wire", "type", "veth", "peer", "name", "other")
        ip("netns", "exec", trial, "true")
    except subprocess.CalledProcessError as error:
        return f"no network can be made in a namespace: {error.stderr.strip()}"
    finally:
        ip("netns", "delete", trial)
    return ""


class Network:
    """The namespaces of one run. Names of hosts have up to 15 letters, as interfaces do."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __enter__(self) -> Network:
        for server, network in NETWORKS.items():
            self._namespace(server)
            self._in(server, "link", "add", "switch", "type", "bridge")
            self._in(server, "address", "add", f"{network}.1/24", "dev", "switch")
            self._in(server, "link", "set", "switch", "up")
        return self

    def __exit__(self, *_error: object) -> None:
        for name in self.made:
            ip("netns", "delete", self._full(name))

    def _full(self, name: str) -> str:
        return f"borneout-{os.getpid()}-{name}"

    def _in(self, name: str, *arguments: str) -> None:
        ip("-netns", self._full(name), *arguments)

    def _namespace(self, name: str) -> None:
        ip("netns", "add", self._full(name))
        self.made.append(name)
        self._in(name, "link", "set", "lo", "up")

    def add(self, host: str) -> None:
        """A host of the newsroom, with a wire to every server."""
        number = len(self.made) + 10
        self._namespace(host)
        for server, network in NETWORKS.items():
            self._in(
                server, "link", "add", "name", host, "type", "veth",
                "peer", "name", server, "netns", self._full(host),
            )  # fmt: skip
            self._in(server, "link", "set", host, "master", "switch", "up")
            self._in(host, "address", "add", f"{network}.{number}/24", "dev", server)
            self._in(host, "link", "set", server, "up")

    def inside(self, name: str) -> list[str]:
        """What stands before a command that is to run on this host or server."""
        return ["ip", "netns", "exec", self._full(name)]

    def address(self, server: str) -> str:
        """Where the hosts find a server."""
        return f"{NETWORKS[server]}.1"

    @contextmanager
    def cut(self, host: str, servers: Sequence[str]) -> Iterator[None]:
        """The host's wires to these servers are pulled, and put back at the end."""
        for server in servers:
            self._in(server, "link", "set", host, "down")
        try:
            yield
        finally:
            for server in servers:
                self._in(server, "link", "set", host, "up")
