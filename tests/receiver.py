"""A receiver of webhooks on loopback, under a certificate for every host of the tests."""

from __future__ import annotations

import ssl
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.canary import Canary
from verification.services.connecting import Net

HOST = "cms.example"
HOSTS = (HOST, "other.example", "hooks.slack.com", "prod-1.westeurope.logic.azure.com")


@dataclass(frozen=True)
class Got:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What came, and what is answered: by default 200, or whatever `answers` says of a request."""

    net: Net
    got: list[Got] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"thanks"
    #: Called with each request before it is answered.
    before: Callable[[Got], None] = lambda got: None


@cache
def certificate() -> tuple[str, str]:
    """A certificate for `HOSTS`, signed by itself, and its key."""
    folder = Path(tempfile.mkdtemp(prefix="borneout-receiver-"))
    cert, key = str(folder / "cert.pem"), str(folder / "key.pem")
    names = ",".join(f"DNS:{host}" for host in HOSTS)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=receiver", "-addext", f"subjectAltName={names}",
         "-keyout", key, "-out", cert],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return cert, key


@contextmanager
def running() -> Iterator[Receiver]:
    """The receiver, for as long as it is needed; its `net` leads nowhere else."""
    cert, key = certificate()
    canary = Canary()
    trusted = ssl.create_default_context(cafile=cert)
    receiver = Receiver(net=canary.net(trusted=lambda: trusted))

    class Visit(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            sent = {name.lower(): value for name, value in self.headers.items()}
            got = Got(self.path, sent, self.rfile.read(length))
            receiver.got.append(got)
            receiver.before(got)
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(receiver.body)))
            self.end_headers()
            self.wfile.write(receiver.body)

        def log_message(self, *_args: object) -> None:
            """What came is in `got`."""

    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(cert, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), Visit) as server:
        server.daemon_threads = True
        server.socket = served.wrap_socket(server.socket, server_side=True)
        canary.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
