"""A web server on loopback that counts who comes, and an internet that leads nowhere else.

No test opens a socket to any other address: the connector of `net` refuses every address that the
product must not have asked for, and maps all others onto the canary.
"""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

from verification.domain.addresses import is_public
from verification.services.connecting import Net

#: An address of the internet that tests use; nobody ever connects to it.
PUBLIC = "93.184.215.14"
HTML = {"Content-Type": "text/html; charset=utf-8"}

#: Takes the request's first line with its headers, and writes whatever it likes to the socket.
Handler = Callable[[str, socket.socket], None]


def answer(
    body: bytes = b"<p>Hello.</p>",
    *,
    status: str = "200 OK",
    headers: Mapping[str, str] | None = None,
    length: bool = True,
) -> Handler:
    """An answer with this body, under its length unless told otherwise."""
    lines = [f"HTTP/1.1 {status}", *(f"{k}: {v}" for k, v in (headers or HTML).items())]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")

    def send(_request: str, client: socket.socket) -> None:
        client.sendall(head + body)

    return send


def redirect(location: str, status: str = "302 Found") -> Handler:
    """A redirect to `location`, which may be in UTF-8."""
    written = location.encode("utf-8").decode("latin-1")
    return answer(b"", status=status, headers={"Location": written})


@dataclass
class Canary:
    """The server: what it answers by path, and every request that came."""

    port: int = 0
    pages: dict[str, Handler] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    #: With it every connection begins with a handshake.
    tls: ssl.SSLContext | None = None

    @property
    def hits(self) -> int:
        """How many connections came that asked for anything."""
        return len(self.requests)

    def net(
        self,
        resolver: Callable[[str], Sequence[str]] | None = None,
        trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> Net:
        """An internet of which every host is this server; by default each at one public address."""

        def connect(address: str, port: int, timeout: float) -> socket.socket:
            assert is_public(ip_address(address)), f"{address} was to be connected to"
            assert port in (80, 443)
            return socket.create_connection(("127.0.0.1", self.port), timeout)

        return Net(
            resolve=lambda host, port: (resolver or (lambda _host: [PUBLIC]))(host),
            connect=connect,
            trusted=trusted,
        )


def _read_head(client: socket.socket) -> str:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = client.recv(4096)
        if not piece:
            break
        head += piece
    return head.decode("latin-1")


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Canary]:
    """The server, for as long as it is needed."""
    canary = Canary(tls=tls)

    class Visit(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            client = self.request
            try:
                if canary.tls is not None:
                    client = canary.tls.wrap_socket(client, server_side=True)
                request = _read_head(client)
                canary.requests.append(request)
                path = request.split(" ")[1] if " " in request else ""
                canary.pages.get(path, answer())(request, client)
            except OSError:
                # Whoever asked has had enough.
                return
            finally:
                client.close()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Visit) as server:
        canary.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield canary
        finally:
            server.shutdown()
            thread.join()
