"""A connection to somebody else's host, vetted before it is opened.

Its name is resolved once. Every address that it has must be public, or none is asked; the one that
is connected to is one of those that were vetted, so a name that means something else a moment later
gains nothing. The certificate is checked against the name. No proxy of the environment, no cookie,
no redirect and no second try comes in between: nothing here knows of any.

Everything, the name's resolution and the last byte of the answer included, is done within one
deadline, which a host that sends a byte now and then cannot stretch.
"""

from __future__ import annotations

import http.client
import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from typing import Any

import certifi
from django.core.exceptions import ValidationError

from verification.domain import addresses
from verification.domain.addresses import Address, Target
from verification.models.choices import ReadFault

#: Of a host with many addresses so many are tried, and none but the last takes all the time left.
ADDRESSES_MAX = 4
CONNECT_SECONDS = 3.0
#: Names that are being resolved at once. A resolver cannot be interrupted, so one that hangs keeps
#: its thread until the system gives up.
RESOLVING_MAX = 16
#: Bytes of an answer's head, and of all of an answer as it comes over the wire.
HEAD_MAX = 64 * 2**10
WIRE_MAX = 10 * 2**20


class UnreadError(ValidationError):
    """A page that was not read, and why, told of the field `url`."""

    def __init__(self, fault: ReadFault, detail: str = "") -> None:
        self.fault = fault
        words = f"{fault.label} ({detail})" if detail else str(fault.label)
        super().__init__({"url": ValidationError(words, code=fault.value)})


class Deadline:
    """An instant by which all is done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left. Raises TimeoutError where none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(frozen=True, slots=True)
class Net:
    """How names are resolved and addresses connected to.

    `resolve` takes a host and a port and gives addresses as text, or raises OSError. `connect`
    takes one of these, a port and a time-out in seconds. `trusted` makes the certificates' context.
    """

    resolve: Callable[[str, int], Sequence[str]]
    connect: Callable[[str, int, float], socket.socket]
    trusted: Callable[[], ssl.SSLContext]


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def _connect(address: str, port: int, timeout: float) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.settimeout(timeout)
        opened.connect((address, port))
    except BaseException:
        opened.close()
        raise
    return opened


@cache
def _trusted() -> ssl.SSLContext:
    # What the system trusts, and what browsers do: a slim container trusts nobody by itself.
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


#: The internet. Tests put their own in its place.
internet = Net(resolve=_resolve, connect=_connect, trusted=_trusted)
_resolving = threading.BoundedSemaphore(RESOLVING_MAX)


@dataclass(slots=True)
class Answer:
    """An answer whose body is still to be read."""

    status: int
    headers: http.client.HTTPMessage
    _response: http.client.HTTPResponse

    def chunks(self, size: int = 16 * 2**10) -> Iterator[bytes]:
        """The body as it was sent, in pieces. Raises UnreadError where it breaks off."""
        with _told():
            while piece := self._response.read(size):
                yield piece
            if self._response.length:
                raise UnreadError(ReadFault.BROKEN)


class Line:
    """An open connection to a vetted host, good for one request."""

    def __init__(self, target: Target, wire: _Wire) -> None:
        self.target = target
        self._wire = wire

    def ask(
        self, method: str = "GET", *, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answer:
        """Sends one request and reads the head of the answer. Raises UnreadError."""
        talk = http.client.HTTPConnection(self.target.host, self.target.port)
        # It never opens a connection of its own, which nobody would have vetted.
        talk.auto_open = 0
        talk.sock = self._wire
        with _told():
            talk.putrequest(method, self.target.path, skip_host=True, skip_accept_encoding=True)
            sent = {"Host": self.target.authority, "Connection": "close", **(headers or {})}
            if body or method != "GET":
                sent["Content-Length"] = str(len(body))
            for name, value in sent.items():
                talk.putheader(name, value)
            talk.endheaders(body or None)
            response = talk.getresponse()
        self._wire.head_is_read()
        return Answer(response.status, response.headers, response)


class _Wire(io.RawIOBase):
    """A socket that keeps a deadline and counts what comes in."""

    def __init__(self, opened: socket.socket, deadline: Deadline, wire_max: int) -> None:
        super().__init__()
        self._socket, self._deadline = opened, deadline
        self._came, self._most, self._wire_max = 0, HEAD_MAX, wire_max

    def head_is_read(self) -> None:
        self._most = self._wire_max

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._socket.settimeout(self._deadline.left())
        count = self._socket.recv_into(buffer)
        self._came += count
        if self._came > self._most:
            raise UnreadError(ReadFault.SIZE)
        return count

    def sendall(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            self._socket.settimeout(self._deadline.left())
            rest = rest[self._socket.send(rest) :]

    def makefile(self, mode: str) -> io.BufferedReader:
        """What the standard library reads an answer from; closing it closes no socket."""
        return io.BufferedReader(self, 16 * 2**10)

    def close(self) -> None:
        """The socket belongs to whoever opened it."""


@contextmanager
def vetted(
    url: str | Target,
    *,
    deadline: Deadline,
    net: Net | None = None,
    wire_max: int = WIRE_MAX,
) -> Iterator[Line]:
    """An open connection to the host of `url`, of which every address was vetted.

    For a GET as for a POST. Raises UnreadError before any connection is made where the address or
    one of its host's is refused, and later where the host does not answer as it should in time.
    """
    net = net or internet
    target = vetted_url(url) if isinstance(url, str) else url
    with _told():
        opened = _open(target, _vetted_addresses(target, net, deadline), net, deadline)
    try:
        with _told():
            if target.scheme == "https":
                opened.settimeout(deadline.left())
                opened = net.trusted().wrap_socket(opened, server_hostname=target.host)
        yield Line(target, _Wire(opened, deadline, wire_max))
    finally:
        opened.close()


def vet(url: str, *, deadline: Deadline, net: Net | None = None) -> Target:
    """What would be asked for a URL, its host's addresses vetted. Nothing is connected to.

    Raises UnreadError. Before a connection all is vetted again: a name may change its meaning.
    """
    target = vetted_url(url)
    with _told():
        _vetted_addresses(target, net or internet, deadline)
    return target


def vetted_url(url: str) -> Target:
    """What is asked for a URL, by how it is written. Raises UnreadError."""
    try:
        return addresses.target(url)
    except addresses.RefusedError as error:
        raise UnreadError(ReadFault(error.fault.value)) from None


def _vetted_addresses(target: Target, net: Net, deadline: Deadline) -> list[Address]:
    if target.literal is not None:
        return [target.literal]
    try:
        found = [ip_address(written) for written in _resolved(target, net, deadline)]
    except ValueError:
        raise UnreadError(ReadFault.UNKNOWN_HOST) from None
    if not found:
        raise UnreadError(ReadFault.UNKNOWN_HOST)
    if not all(addresses.is_public(address) for address in found):
        # Not even the others: who has a private address among public ones means no good by it.
        raise UnreadError(ReadFault.NOT_PUBLIC)
    return found[:ADDRESSES_MAX]


def _resolved(target: Target, net: Net, deadline: Deadline) -> Sequence[str]:
    """What the resolver says, if it says it in time."""
    answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(net.resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            answers.put(error)
        finally:
            _resolving.release()

    if not _resolving.acquire(timeout=deadline.left()):
        raise TimeoutError
    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise UnreadError(ReadFault.UNKNOWN_HOST) from answer
    return answer


def _open(target: Target, found: Sequence[Address], net: Net, deadline: Deadline) -> socket.socket:
    for address in found[:-1]:
        try:
            return net.connect(str(address), target.port, min(deadline.left(), CONNECT_SECONDS))
        except OSError:
            # The next address of the host may answer.
            continue
    return net.connect(str(found[-1]), target.port, deadline.left())


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong on the line, as a fault that can be told."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise UnreadError(ReadFault.CERTIFICATE) from error
    except TimeoutError as error:
        raise UnreadError(ReadFault.TIMEOUT) from error
    except OSError as error:
        raise UnreadError(ReadFault.UNREACHABLE) from error
    except (http.client.HTTPException, ValueError) as error:
        # Bytes that are no HTTP, or lengths that are no numbers.
        raise UnreadError(ReadFault.BROKEN) from error
