"""What a page may be, what becomes of one that is none, and how much of it is ever held."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import pytest

from tests import canary as server
from tests.canary import HTML, PUBLIC, Canary, answer, redirect
from verification.models.choices import ReadFault
from verification.services import connecting, fetching
from verification.services.connecting import Deadline, UnreadError, vetted

URL = "http://news.example/story"
PROJECT = Path(__file__).resolve().parents[3]


def fault(canary: Canary, handler: server.Handler, **limits: object) -> ReadFault:
    """Why the page that is answered so is not read."""
    canary.pages["/story"] = handler
    with pytest.raises(UnreadError) as caught:
        fetching.fetch(URL, net=canary.net(), **({"seconds": 5} | limits))
    return caught.value.fault


def page(canary: Canary, handler: server.Handler, url: str = URL, **limits: object):
    canary.pages["/story"] = handler
    return fetching.fetch(url, net=canary.net(), **limits)


def zipped(body: bytes, coding: str = "gzip") -> server.Handler:
    return answer(body, headers=HTML | {"Content-Encoding": coding})


def test_a_page_comes_with_its_address_its_bytes_and_what_the_site_says_of_them(
    canary: Canary,
) -> None:
    found = page(canary, answer("<p>Élysée</p>".encode(), headers=HTML))
    assert (found.url, found.text) == (URL, "<p>Élysée</p>")
    assert (found.content_type, found.charset) == ("text/html", "utf-8")
    assert found.read_at.tzinfo is not None


def test_the_request_says_who_asks_and_carries_nothing_else(canary: Canary, settings) -> None:
    settings.SITE_NAME, settings.SITE_URL = "Le Cercle\r\nX-Evil: 1 é", "https://verify.example"
    canary.pages["/"] = answer(
        b"", status="302 Found", headers={"Location": "/story", "Set-Cookie": "a=b"}
    )
    fetching.fetch("http://news.example/", net=canary.net())
    for request in canary.requests:
        names = [line.partition(":")[0] for line in request.strip().split("\r\n")[1:]]
        assert names == ["Host", "Connection", "User-Agent", "Accept", "Accept-Encoding"]
        assert "Le CercleX-Evil: 1 ; +https://verify.example" in request


def test_a_host_of_another_script_and_a_path_with_accents_are_asked_in_ascii(
    canary: Canary,
) -> None:
    asked: list[str] = []
    found = fetching.fetch(
        "http://Éclair.example:80/à-lire?q=été#suite",
        net=canary.net(lambda host: asked.append(host) or [PUBLIC]),
    )
    assert asked == ["xn--clair-9ra.example"]
    assert found.url == "http://xn--clair-9ra.example/%C3%A0-lire?q=%C3%A9t%C3%A9"
    assert canary.requests[0].startswith("GET /%C3%A0-lire?q=%C3%A9t%C3%A9 HTTP/1.1\r\n")
    assert "Host: xn--clair-9ra.example\r\n" in canary.requests[0]


def test_redirects_are_followed_to_the_last_address(canary: Canary) -> None:
    canary.pages |= {
        "/": redirect("http://www.news.example/a?b=c", "301 Moved Permanently"),
        "/a?b=c": redirect("../story", "308 Permanent Redirect"),
    }
    found = fetching.fetch("http://news.example", net=canary.net())
    assert (found.url, canary.hits) == ("http://www.news.example/story", 3)


@pytest.mark.parametrize("most", [0, 2, 5])
def test_redirects_without_an_end_are_given_up(canary: Canary, most: int) -> None:
    assert fault(canary, redirect("/story"), redirects_max=most) == ReadFault.REDIRECTS
    assert canary.hits == most + 1


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("204 No Content", ReadFault.STATUS),
        ("206 Partial Content", ReadFault.STATUS),
        ("300 Multiple Choices", ReadFault.STATUS),
        ("304 Not Modified", ReadFault.STATUS),
        ("401 Unauthorized", ReadFault.CLOSED),
        ("403 Forbidden", ReadFault.CLOSED),
        ("404 Not Found", ReadFault.GONE),
        ("410 Gone", ReadFault.GONE),
        ("429 Too Many Requests", ReadFault.CLOSED),
        ("500 Internal Server Error", ReadFault.STATUS),
        ("503 Service Unavailable", ReadFault.STATUS),
        ("302 Found", ReadFault.BROKEN),  # and no Location
    ],
)
def test_an_answer_without_a_page_is_told_apart(
    canary: Canary, status: str, expected: ReadFault
) -> None:
    assert fault(canary, answer(status=status)) == expected


@pytest.mark.parametrize(
    "kind",
    [
        "application/pdf",
        "text/plain",
        "image/svg+xml",
        "application/json",
        "text/html2",
        "",
        "\xff",
    ],
)
def test_what_is_not_html_is_not_read(canary: Canary, kind: str) -> None:
    assert fault(canary, answer(headers={"Content-Type": kind})) == ReadFault.KIND
    assert fault(canary, answer(headers={"X-Content-Type": kind})) == ReadFault.KIND


def test_xhtml_is_read(canary: Canary) -> None:
    kind = {"Content-Type": "application/xhtml+xml"}
    assert page(canary, answer(headers=kind)).text == "<p>Hello.</p>"


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        ("é".encode(), "text/html; charset=iso-8859-1", "é"),  # a lie: it is UTF-8
        ("é".encode("latin-1"), "text/html; charset=utf-8", "é"),  # and the other way round
        ("é".encode("latin-1"), "text/html; charset=no-such-thing", "é"),
        ("é".encode("latin-1"), "text/html; charset=punycode", "é"),
        ("é".encode("latin-1"), "text/html; charset=zip", "é"),
        ("“é”".encode("cp1252"), "text/html; charset=iso-8859-1", "“é”"),
        ("Привет".encode("koi8-r"), "text/html; charset=KOI8-R", "Привет"),
        (
            '<meta charset="koi8-r">Привет'.encode("koi8-r"),
            "text/html",
            '<meta charset="koi8-r">Привет',
        ),
        ("\ufeffé".encode("utf-16"), "text/html", "\ufeffé"),
        ("\ufeffé".encode(), "text/html; charset=cp1251", "é"),
        (b"\xff\x00\x81", "text/html; charset=utf-8", "ÿ\x00\ufffd"),
    ],
)
def test_a_page_is_decoded_by_what_is_true_of_it(
    canary: Canary, body: bytes, kind: str, expected: str
) -> None:
    assert page(canary, answer(body, headers={"Content-Type": kind})).text == expected


# --- Size -----------------------------------------------------------------------------------------


def test_a_compressed_page_is_read(canary: Canary) -> None:
    body = b"<p>Hello again.</p>" * 100
    for coded, coding in ((gzip.compress(body), "gzip"), (zlib.compress(body), "deflate")):
        assert page(canary, zipped(coded, coding)).body == body


def test_a_page_of_exactly_the_most_is_read_and_one_byte_more_is_not(canary: Canary) -> None:
    most = 40_000
    for make in (answer, lambda body: zipped(gzip.compress(body))):
        assert len(page(canary, make(b"a" * most), bytes_max=most).body) == most
        assert fault(canary, make(b"a" * (most + 1)), bytes_max=most) == ReadFault.SIZE


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "gzip, br", "identity, gzip", "x"])
def test_an_encoding_within_another_or_unasked_for_is_not_decoded(
    canary: Canary, coding: str
) -> None:
    bomb = gzip.compress(gzip.compress(b"a" * 1_000_000))
    assert fault(canary, zipped(bomb, coding)) == ReadFault.ENCODING


@pytest.mark.parametrize(
    "body", [b"", b"no gzip at all", gzip.compress(b"a" * 10_000)[:-12]], ids=["none", "lie", "cut"]
)
def test_what_is_no_gzip_is_told(canary: Canary, body: bytes) -> None:
    assert fault(canary, zipped(body)) == ReadFault.BROKEN


def test_a_page_that_breaks_off_is_not_taken_for_the_whole(canary: Canary) -> None:
    half = {"Content-Type": "text/html", "Content-Length": "1000"}
    assert fault(canary, answer(b"a" * 500, headers=half, length=False)) == ReadFault.BROKEN


def endless(piece: bytes, head: bytes = b"") -> server.Handler:
    def send(_request: str, client: socket.socket) -> None:
        client.sendall(head or b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            client.sendall(piece)

    return send


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("handler", "expected"),
    [
        (endless(b"a" * 4096), ReadFault.SIZE),
        (endless(b"5\r\nhello\r\n", CHUNKED), ReadFault.SIZE),
        (endless(b"1" * 70_000, CHUNKED), ReadFault.BROKEN),
        (endless(b"X: y\r\n", CHUNKED + b"0\r\n"), ReadFault.SIZE),
        (endless(b"X: y\r\n", b"HTTP/1.1 200 OK\r\n"), ReadFault.BROKEN),
        (endless(b"X: " + b"y" * 5000 + b"\r\n", b"HTTP/1.1 200 OK\r\n"), ReadFault.SIZE),
        (endless(b"y" * 4096, b"HTTP/1.1 200 OK\r\nX: "), ReadFault.SIZE),
        (endless(b"HTTP/1.1 100 Continue\r\n\r\n"), ReadFault.SIZE),
        (endless(b"\r\n", b"\r\n"), ReadFault.BROKEN),
        (answer(headers=HTML | {"Content-Length": "9" * 40}, length=False), ReadFault.SIZE),
        (answer(headers=HTML | {"Content-Length": "-5"}, length=False), None),
    ],
    ids=[
        "body", "chunks", "chunk-size", "trailers", "header-lines", "long-headers", "one-header",
        "continues", "nothing", "huge-length", "negative-length",
    ],
)  # fmt: skip
def test_an_answer_without_an_end_is_cut_off(
    canary: Canary, handler: server.Handler, expected: ReadFault | None
) -> None:
    if expected is None:
        assert page(canary, handler, bytes_max=100_000).text == "<p>Hello.</p>"
    else:
        assert fault(canary, handler, bytes_max=100_000) == expected


def test_bytes_that_are_no_http_are_told(canary: Canary) -> None:
    garbage = [b"\x00" * 50, b"SSH-2.0-OpenSSH\r\n", b"HTTP/9.9 banana\r\n\r\n"]
    for body in garbage:
        assert fault(canary, lambda _r, client, b=body: client.sendall(b)) == ReadFault.BROKEN


MEASURED = """
import django, gzip, json, resource, sys, zlib
django.setup()
from tests import canary
from verification.services import fetching
from verification.services.connecting import UnreadError

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

def bomb(_request, client):
    # Ten gigabytes of nothing in ten megabytes, made as they are sent.
    client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n")
    client.sendall(b"Content-Encoding: gzip\\r\\n\\r\\n")
    coder, zeros = zlib.compressobj(9, zlib.DEFLATED, 31), bytes(2**20)
    for _megabyte in range(10_240):
        client.sendall(coder.compress(zeros))

def endless(_request, client):
    client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n")
    while True:
        client.sendall(bytes(65536))

with canary.running() as server:
    fetching.fetch("http://news.example/warm", net=server.net())
    before, faults = peak(), []
    for handler in (bomb, endless):
        server.pages["/"] = handler
        for _again in range(3):
            try:
                fetching.fetch("http://news.example/", net=server.net())
            except UnreadError as error:
                faults.append(error.fault.value)
    print(json.dumps({"grown": peak() - before, "faults": faults}))
"""


def test_a_bomb_never_unfolds_in_memory() -> None:
    """In a process of its own, since a peak is never taken back."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED],
        cwd=PROJECT,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": "sqlite:///:memory:"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = json.loads(done.stdout)
    assert found["faults"] == ["size"] * 6
    assert found["grown"] <= 100, "megabytes"


# --- Time -----------------------------------------------------------------------------------------


def dripping(head: bytes) -> server.Handler:
    """Sends `head` at once, and then a byte now and then for ever."""

    def send(_request: str, client: socket.socket) -> None:
        client.sendall(head)
        pause = threading.Event()
        while not pause.wait(0.02):
            client.sendall(b"a")

    return send


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4000\r\n\r\n",
        CHUNKED + b"fff\r\n",
    ],
    ids=["status", "headers", "body", "length", "chunk"],
)
def test_a_server_that_sends_a_byte_now_and_then_gains_no_time(canary: Canary, head: bytes) -> None:
    assert fault(canary, dripping(head), seconds=0.3) == ReadFault.TIMEOUT


def test_the_time_is_for_all_redirects_together(canary: Canary) -> None:
    def slow(_request: str, client: socket.socket) -> None:
        threading.Event().wait(0.15)
        redirect("/story")(_request, client)

    assert fault(canary, slow, seconds=0.4) == ReadFault.TIMEOUT
    assert canary.hits <= 4


def test_a_resolver_that_hangs_is_not_waited_for(canary: Canary) -> None:
    done = threading.Event()
    net = canary.net(lambda _host: [PUBLIC] if done.wait(30) else [])
    with pytest.raises(UnreadError) as caught:
        fetching.fetch(URL, net=net, seconds=0.2)
    done.set()
    assert (caught.value.fault, canary.hits) == (ReadFault.TIMEOUT, 0)


def test_a_resolver_that_fails_is_told(canary: Canary) -> None:
    def nobody(_host: str) -> list[str]:
        raise socket.gaierror(8, "not known")

    with pytest.raises(UnreadError) as caught:
        fetching.fetch(URL, net=canary.net(nobody))
    assert caught.value.fault == ReadFault.UNKNOWN_HOST


def test_an_address_that_does_not_answer_is_passed_over_for_the_next(canary: Canary) -> None:
    tried: list[str] = []
    alive = canary.net().connect

    def connect(address: str, port: int, timeout: float) -> socket.socket:
        tried.append(address)
        if address != PUBLIC:
            raise ConnectionRefusedError
        return alive(address, port, timeout)

    net = connecting.Net(
        resolve=lambda _host, _port: ["2606:2800:21f::1", "93.184.215.13", PUBLIC],
        connect=connect,
        trusted=ssl.create_default_context,
    )
    assert fetching.fetch(URL, net=net).body
    assert tried == ["2606:2800:21f::1", "93.184.215.13", PUBLIC]


# --- Certificates ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for news.example, signed by itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
            "-nodes", "-keyout", str(key), "-out", str(cert), "-days", "2",
            "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return cert, key


def test_a_certificate_is_checked_against_the_name_and_not_the_address(
    certificate: tuple[Path, Path],
) -> None:
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(*certificate)
    named: list[str | None] = []
    served.sni_callback = lambda _socket, name, _context: named.append(name)

    def trusting() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(certificate[0]))

    with server.running(served) as canary:
        net = canary.net(trusted=trusting)
        assert fetching.fetch("https://news.example/", net=net).url == "https://news.example/"
        assert named == ["news.example"]
        for host, trusted in (("other.example", trusting), ("news.example", connecting._trusted)):
            with pytest.raises(UnreadError) as caught:
                fetching.fetch(f"https://{host}/", net=canary.net(trusted=trusted))
            assert caught.value.fault == ReadFault.CERTIFICATE
        assert canary.hits == 1, "nothing was asked for over a line that is not the host's"

        canary.pages["/"] = redirect("http://news.example/story")
        with pytest.raises(UnreadError) as caught:
            fetching.fetch("https://news.example/", net=net)
        assert caught.value.fault == ReadFault.DOWNGRADE


# --- Other requests over the same line ------------------------------------------------------------


def test_a_post_goes_over_the_same_vetted_line(canary: Canary) -> None:
    canary.pages["/hook"] = answer(b"taken", status="202 Accepted")
    with vetted("http://hooks.example/hook", deadline=Deadline(5), net=canary.net()) as line:
        taken = line.ask("POST", headers={"Content-Type": "application/json"}, body=b"{}")
        assert (taken.status, b"".join(taken.chunks())) == (202, b"taken")
    assert canary.requests[0].startswith("POST /hook HTTP/1.1\r\nHost: hooks.example\r\n")
    assert "Content-Length: 2\r\n" in canary.requests[0]
    inside = canary.net(lambda _host: ["10.0.0.1"])
    with pytest.raises(UnreadError), vetted("http://a.example/", deadline=Deadline(5), net=inside):
        pytest.fail("it was opened")
    assert canary.hits == 1
