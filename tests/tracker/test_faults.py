"""A Sentry of the newsroom's choice is told of exceptions, and of nothing else.

A process of its own is started for each, for the SDK stays once it is loaded; what it sends goes to
a receiver on loopback.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import brotli
import pytest

PROJECT = Path(__file__).resolve().parents[2]
REQUEST_ID = "request-of-this-test"

IN_A_VIEW = """
import io
import django
from django.http import HttpRequest
django.setup()
from django.urls import path
from tracker import urls
def broken(request: HttpRequest, token: str):
    secret = "hunter2-local"
    raise ValueError("no anna@example.org at redis://:hunter2-url@redis/0")
urls.urlpatterns.append(path("broken/<str:token>/", broken))
from tracker.wsgi import application
environ = {
    "REQUEST_METHOD": "POST", "PATH_INFO": "/broken/hunter2-token/", "SERVER_NAME": "localhost",
    "SERVER_PORT": "80", "QUERY_STRING": "q=hunter2-query",
    "HTTP_COOKIE": "csrftoken=hunter2-cookie",
    "HTTP_AUTHORIZATION": "Bearer hunter2-bearer", "REMOTE_ADDR": "192.0.2.77",
    "HTTP_X_REQUEST_ID": "request-of-this-test", "CONTENT_TYPE": "application/json",
    "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(), "SCRIPT_NAME": "",
    "CONTENT_LENGTH": "26", "wsgi.input": io.BytesIO(b'{"password":"hunter2-body"}'),
    "HTTP_HOST": "localhost",
}
environ["HTTP_X_CSRFTOKEN"] = "x"
urls.urlpatterns[-1].callback.csrf_exempt = True
body = application(environ, lambda *said: print(said[0]))
list(body); body.close()
"""
IN_A_TASK = """
import django
django.setup()
from celery import shared_task
from tracker.celery import app
from tracker.tracing import REQUEST_ID
@app.task(name="a.broken.task")
def broken(address):
    secret = "hunter2-local"
    raise ValueError("no " + address)
REQUEST_ID.set("request-of-this-test")
broken.apply(args=["anna@example.org"], task_id="task-of-this-test")
"""
IS_LOADED = """
import sys, django
django.setup()
print("sentry_sdk" in sys.modules)
"""


class Receiver:
    """What a Sentry was told: each event as it came."""

    def __init__(self, port: int) -> None:
        self.dsn = f"http://public-key@127.0.0.1:{port}/7"
        self.envelopes: list[str] = []

    @property
    def events(self) -> list[dict[str, Any]]:
        rows = [json.loads(row) for text in self.envelopes for row in text.splitlines() if row]
        return [row for row in rows if "exception" in row]


@pytest.fixture
def sentry() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
            body = unpack.get(self.headers.get("Content-Encoding", ""), bytes)(body)
            receiver.envelopes.append(body.decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield receiver
    server.shutdown()
    server.server_close()


def run(code: str, folder: Path, **environment: str) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env=kept
        | {
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
            "VAR_DIR": str(folder),
            "SECRET_KEY": "of-this-test",
            "RELEASE": "release-of-this-test",
        }
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def told(sentry: Receiver) -> dict[str, Any]:
    """The one event, which tells where and under which id, and no secret."""
    (event,) = sentry.events
    assert event["release"] == "release-of-this-test"
    assert event["environment"] == "trial"
    assert event["tags"]["request_id"] == REQUEST_ID
    (raised,) = event["exception"]["values"]
    assert raised["type"] == "ValueError"
    assert raised["stacktrace"]["frames"][-1]["function"] == "broken"
    everything = "".join(sentry.envelopes)
    # The code of a frame is told, and this one's names them; what they were is not.
    written = everything.replace('secret = \\"hunter2-local\\"', "").replace(
        'raise ValueError(\\"no anna@example.org at redis://:hunter2-url@redis/0\\")', ""
    )
    for secret in ("hunter2", "anna", "192.0.2.77", "of-this-test\\"):
        assert secret not in written, secret
    assert {"request", "user", "breadcrumbs", "extra", "contexts"} & set(event) <= {"contexts"}
    assert all("vars" not in frame for frame in raised["stacktrace"]["frames"])
    return event


def test_an_exception_in_a_view_arrives_without_secrets(sentry: Receiver, tmp_path: Path) -> None:
    said = run(IN_A_VIEW, tmp_path, SENTRY_DSN=sentry.dsn, SENTRY_ENVIRONMENT="trial")
    assert said.startswith("500")
    assert (
        told(sentry)["exception"]["values"][0]["value"] == "no …@example.org at redis://…@redis/0"
    )


def test_an_exception_in_a_task_arrives_with_the_request_behind_it(
    sentry: Receiver, tmp_path: Path
) -> None:
    run(IN_A_TASK, tmp_path, SENTRY_DSN=sentry.dsn, SENTRY_ENVIRONMENT="trial")
    event = told(sentry)
    assert event["tags"]["task_id"] == "task-of-this-test"
    assert event["exception"]["values"][0]["value"] == "no …@example.org"


def test_without_a_dsn_nothing_is_loaded(tmp_path: Path) -> None:
    assert run(IS_LOADED, tmp_path).strip() == "False"
