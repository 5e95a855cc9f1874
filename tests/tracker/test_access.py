"""What surrounds a request, from its arrival to the end of its answer."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from django.utils import timezone

from tests import factories
from tracker import access
from tracker.access import Access, Environ, Start
from tracker.tracing import REQUEST_ID
from verification.services import tokens

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_in_production(settings) -> None:
    settings.ACCESS_LOG, settings.LOG_FORMAT = True, "json"


@pytest.fixture(autouse=True)
def _the_database_stays_open() -> Iterator[None]:
    """As Django's own client has it: a request would close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The labels of every request that was timed."""
    found: list[tuple[str, ...]] = []
    monkeypatch.setattr(
        access.tally, "observe", lambda measure, took, *labels: found.append(labels)
    )
    return found


class Answer:
    """What came of a request to the whole application, and what was written of it."""

    def __init__(self, path: str, application: Any = None, **environ: Any) -> None:
        self.headers: dict[str, str] = {}
        request = RequestFactory().get(path, **environ)
        body = Access(application or WSGIHandler())(request.environ, self._start)
        self.content = b"".join(body)
        close = getattr(body, "close", None)
        if close:
            close()

    def _start(self, status: str, headers: list[tuple[str, str]], *_error: Any) -> None:
        self.status, self.headers = status, dict(headers)


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capfd.readouterr().err.splitlines() if line]


def test_each_request_is_one_line_with_time_status_and_view(capfd: Any) -> None:
    claim = factories.claim()
    answer = Answer(f"/claims/{claim.slug}/")
    (line,) = lines(capfd)
    assert line.pop("seconds") > 0
    assert line.pop("time")
    assert line == {
        "level": "info",
        "logger": "access",
        "event": "request",
        "request_id": answer.headers["X-Request-ID"],
        "method": "GET",
        "view": "claim",
        "status": 200,
        "path": f"/claims/{claim.slug}/",
    }


def test_what_a_reader_searches_and_who_they_are_is_not_in_it(capfd: Any) -> None:
    Answer(
        "/claims/?q=something+private",
        HTTP_USER_AGENT="a-browser", HTTP_REFERER="https://elsewhere.example/",
        HTTP_COOKIE="csrftoken=hunter2", REMOTE_ADDR="192.0.2.77",
    )  # fmt: skip
    told = capfd.readouterr().err
    assert '"view": "claims"' in told
    for secret in ("private", "a-browser", "elsewhere", "hunter2", "192.0.2.77"):
        assert secret not in told


def test_a_path_that_lets_in_whoever_has_it_is_not_in_it(capfd: Any) -> None:
    for path in ("/mail/snooze/hunter2/", "/feeds/deadlines/hunter2.ics", "/mail/snooze/hunter2"):
        Answer(path)
    written = capfd.readouterr().err
    assert "hunter2" not in written
    assert '"view": "mail_link"' in written


@pytest.mark.parametrize("given", ["abc-DEF.0123_456", "0" * 64])
def test_a_request_keeps_the_id_that_the_server_in_front_gave_it(capfd: Any, given: str) -> None:
    answer = Answer("/", HTTP_X_REQUEST_ID=given)
    assert answer.headers["X-Request-ID"] == given
    assert lines(capfd)[0]["request_id"] == given


@pytest.mark.parametrize(
    "given", ["short", "0" * 65, "with space", 'x"y"z-01234', "line\nbreak-012", "é" * 12, "-" * 12]
)
def test_an_id_that_is_none_is_replaced(capfd: Any, given: str) -> None:
    answer = Answer("/", HTTP_X_REQUEST_ID=given)
    assert answer.headers["X-Request-ID"] != given
    assert len(lines(capfd)[0]["request_id"]) == 32


def test_two_requests_have_two_ids() -> None:
    assert Answer("/").headers["X-Request-ID"] != Answer("/").headers["X-Request-ID"]


def test_a_user_of_the_desk_is_a_number(capfd: Any, client: Any, settings) -> None:
    user = factories.managing_editor()
    client.force_login(user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    Answer("/admin/", HTTP_COOKIE=cookie)
    written = capfd.readouterr().err
    assert json.loads(written)["user"] == user.pk
    assert user.username not in written and str(user.email) not in written


def test_so_is_the_user_of_a_token(capfd: Any) -> None:
    user = factories.managing_editor()
    _row, token = tokens.create(actor=None, user=user, now=timezone.now(), name="script")
    Answer("/api/v1/claims/", HTTP_AUTHORIZATION=f"Bearer {token}")
    written = capfd.readouterr().err
    assert json.loads(written)["user"] == user.pk
    assert token not in written


def test_a_method_and_a_view_are_never_what_a_client_made_up(
    capfd: Any, counted: list[tuple[str, ...]]
) -> None:
    Answer("/made/up/path-by-a-client", REQUEST_METHOD="SMUGGLE")
    Answer("/claims/made-up-by-a-client/")
    assert counted == [("none", "404"), ("claim", "404")]
    assert [line["method"] for line in lines(capfd)] == ["other", "GET"]


def test_an_answer_ahead_of_django_is_counted_as_well(
    capfd: Any, counted: list[tuple[str, ...]]
) -> None:
    headers = [("Content-Type", "text/plain")]

    def ahead(environ: Environ, start_response: Start) -> Iterable[bytes]:
        environ[access.VIEW] = "claim"
        start_response("200 OK", headers)
        return [b"kept"]

    answer = Answer("/claims/x/", ahead)
    assert answer.content == b"kept"
    assert counted == [("claim", "200")]
    assert lines(capfd)[0]["view"] == "claim"
    assert headers == [("Content-Type", "text/plain")], "what is kept is not written into"


def test_an_answer_ends_when_the_server_closes_it(counted: list[tuple[str, ...]]) -> None:
    class Pieces:
        closed = False

        def __iter__(self) -> Iterator[bytes]:
            assert counted == []
            yield b"piece"

        def close(self) -> None:
            self.closed = True

    pieces = Pieces()

    def slow(environ: Environ, start_response: Start) -> Iterable[bytes]:
        start_response("200 OK", [])
        return pieces

    Answer("/export", slow)
    assert counted == [("none", "200")]
    assert pieces.closed


def test_an_application_that_fails_is_counted_as_a_fault_of_ours(
    capfd: Any, counted: list[tuple[str, ...]]
) -> None:
    def broken(environ: Environ, start_response: Start) -> Iterable[bytes]:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        Answer("/", broken)
    assert counted == [("none", "500")]
    assert REQUEST_ID.get() == ""


def test_a_line_for_people_is_short(capfd: Any, settings) -> None:
    settings.LOG_FORMAT = "plain"
    Answer("/")
    assert " INFO access GET front 200 " in capfd.readouterr().err


def test_without_the_setting_there_is_no_line(capfd: Any, settings) -> None:
    settings.ACCESS_LOG = False
    Answer("/")
    assert capfd.readouterr().err == ""


def test_a_reader_of_the_log_who_is_gone_holds_no_answer_up(monkeypatch) -> None:
    def gone(_descriptor: int, _line: bytes) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(access.os, "write", gone)
    assert Answer("/").status == "200 OK"


def test_files_are_one_view_and_reach_the_server_as_they_are(
    counted: list[tuple[str, ...]],
) -> None:
    class File(io.BytesIO):
        """As a server's own wrapper of a file: it is recognised by what it is."""

    file = File(b"body")

    def files(environ: Environ, start_response: Start) -> Iterable[bytes]:
        start_response("200 OK", [])
        return file

    passed = Access(files)(RequestFactory().get("/static/x.css").environ, lambda *_args: None)
    assert isinstance(passed, File)
    assert counted == []
    passed.close()
    assert counted == [("static", "200")]
