"""What `make demo` does before anything runs, and what it runs."""

import http.server
import io
import re
import socket
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from verification.management.commands import run_demo
from verification.models import User
from verification.services import demo


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that the demo has called, none of which is run."""
    names: list[str] = []
    monkeypatch.setattr(run_demo, "call_command", lambda name, **_options: names.append(name))
    return names


@pytest.fixture
def taken_port(settings: Settings) -> Iterator[int]:
    """A port on which somebody else listens, and which the demo is to use."""
    with socket.create_server((run_demo.HOST, 0)) as other:
        settings.PORT = other.getsockname()[1]
        yield settings.PORT


def test_a_port_that_is_taken_is_refused_with_the_way_out(taken_port: int) -> None:
    with pytest.raises(CommandError, match=rf"Port {taken_port} .*PORT={taken_port + 1}"):
        call_command("run_demo")


def test_a_locked_database_is_a_plain_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_arguments: Any, **_options: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(run_demo, "call_command", locked)
    with pytest.raises(CommandError, match="cannot be prepared: database is locked"):
        run_demo.Command().prepare()


@pytest.mark.django_db
def test_an_empty_database_is_filled(called: list[str]) -> None:
    run_demo.Command().prepare()
    assert called == ["migrate", "seed_demo"]


@pytest.mark.django_db
def test_a_database_with_users_of_its_own_is_left_as_it_is(called: list[str]) -> None:
    User.objects.create(username="somebody")
    run_demo.Command().prepare()
    assert called == ["migrate"]


@pytest.mark.django_db
def test_only_logins_that_exist_are_printed() -> None:
    assert run_demo.logins() == []
    person = demo.PEOPLE[0]
    User.objects.create(username=person.username)
    said = "\n".join(run_demo.logins())
    assert person.username in said
    assert demo.PASSWORD in said
    assert demo.PEOPLE[1].username not in said


def test_the_broker_starts_first_and_beat_last(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = settings.EMBEDDED_BROKER_URL
    assert [one.name for one in run_demo.programs()] == ["broker", "web", "worker", "beat"]


def test_a_newsroom_with_redis_gets_no_broker_of_ours(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1/0"
    assert [one.name for one in run_demo.programs()] == ["web", "worker", "beat"]


@pytest.fixture
def site(settings: Settings) -> Iterator[type[http.server.BaseHTTPRequestHandler]]:
    """A site on the port of the demo; its class says what it answers."""

    class Site(http.server.BaseHTTPRequestHandler):
        status = 200
        host = "verify.example.org"

        def do_GET(self) -> None:
            self.send_response(self.status if self.headers["Host"] == self.host else 400)
            self.end_headers()

        def log_message(self, *_arguments: Any) -> None:
            """Keeps quiet."""

    settings.SITE_URL = f"https://{Site.host}"
    with http.server.HTTPServer((run_demo.HOST, 0), Site) as server:
        settings.PORT = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Site
        server.shutdown()
        thread.join()


def test_the_web_is_ready_when_its_front_page_can_be_read(site: Any) -> None:
    assert run_demo.web_is_ready()


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_a_site_that_answers_with_an_error_is_not_ready(site: Any, status: int) -> None:
    site.status = status
    assert not run_demo.web_is_ready()


def test_a_site_that_is_not_there_is_not_ready(settings: Settings) -> None:
    with socket.create_server((run_demo.HOST, 0)) as free:
        settings.PORT = free.getsockname()[1]
    assert not run_demo.web_is_ready()


@pytest.mark.django_db
def test_every_address_that_is_announced_is_there(
    settings: Settings, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_demo, "connections", SimpleNamespace(close_all=lambda: None))
    said = io.StringIO()
    run_demo.Command(stdout=said).announce()

    addresses = re.findall(rf"{re.escape(settings.SITE_URL)}(/\S*)", said.getvalue())
    assert len(addresses) == 4
    assert {admin_client.get(path).status_code for path in addresses} == {200}
