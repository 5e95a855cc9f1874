"""A server that falls silent is noticed in bounded time, from both ends."""

from __future__ import annotations

import socket

import pytest
from django.conf import settings
from django.db import connection
from redis import Redis
from redis.connection import Connection

from tests.tracker.conftest import Read
from tracker import connections

POSTGRESQL = "postgres://u:p@db.example/x"


@pytest.mark.parametrize("silence", [2, 3, 7.5, 20, 45, 600])
def test_a_line_that_is_dead_is_given_up_when_the_time_is_over(silence: float) -> None:
    found = connections.keepalive(silence)

    asked = found["keepalives_idle"] + found["keepalives_interval"] * found["keepalives_count"]
    # Whole seconds: a moment later, never before.
    assert silence <= asked <= silence + found["keepalives_interval"] + 1
    assert found["tcp_user_timeout"] == silence * 1000
    assert connections.to_connect(silence) <= max(2, silence)


def test_postgresql_is_given_up_and_gives_up(read: Read) -> None:
    options = read(DATABASE_URL=POSTGRESQL, SILENCE_SECONDS="8")["DATABASES"]["default"]["OPTIONS"]

    assert (options["tcp_user_timeout"], options["keepalives_idle"]) == (8000, 4)
    for said in (
        "tcp_keepalives_idle=4",
        "tcp_user_timeout=8000",
        "idle_in_transaction_session_timeout=300000",
        "statement_timeout=900000",
    ):
        assert f"-c {said}" in options["options"]


def test_what_the_address_says_comes_first(read: Read) -> None:
    address = f"{POSTGRESQL}?connect_timeout=3&options=-c%20jit=off"
    options = read(DATABASE_URL=address)["DATABASES"]["default"]["OPTIONS"]

    assert (options["options"], int(options["connect_timeout"])) == ("-c jit=off", 3)
    assert options["tcp_user_timeout"] == 20_000


def test_the_broker_and_the_cache_are_given_up(read: Read) -> None:
    found = read(
        SILENCE_SECONDS="8",
        CACHE_URL="redis://mq.example/1",
        CELERY_BROKER_URL="redis://mq.example",
    )

    broker = found["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert (broker["socket_timeout"], broker["health_check_interval"]) == (8, 4)
    assert broker["visibility_timeout"] == 120
    assert broker["socket_keepalive_options"][socket.TCP_KEEPIDLE] == 4
    for name, patience in (("default", 5), ("counts", 0.5)):
        options = found["CACHES"][name]["OPTIONS"]
        assert options["socket_timeout"] == options["socket_connect_timeout"] == patience


def test_a_socket_of_this_machine_takes_what_it_is_given(read: Read) -> None:
    counts = read()["CACHES"]["counts"]

    assert counts["LOCATION"].startswith("unix://")
    Redis.from_url(counts["LOCATION"], **counts["OPTIONS"]).connection_pool.make_connection()


def test_a_connection_is_made_with_these_options() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        options = connections.cache("redis://x", silence=8, patience=1)["OPTIONS"]
        assert isinstance(options, dict)
        made = Connection(host="127.0.0.1", port=server.getsockname()[1], **options)
        line = made._connect()
        with line:
            assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
            assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 4
            assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 8000


@pytest.mark.django_db
def test_the_database_knows_the_limits_of_its_sessions() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no sessions")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), "
            "current_setting('idle_in_transaction_session_timeout'), "
            "current_setting('tcp_keepalives_idle'), current_setting('tcp_user_timeout')"
        )
        assert cursor.fetchone() == ("15min", "5min", "10", "20000")
    assert settings.SILENCE_SECONDS == 20


@pytest.mark.parametrize("name", ["SILENCE_SECONDS", "DATABASE_IDLE_SECONDS"])
def test_a_time_that_is_none_is_refused(name: str, read: Read) -> None:
    with pytest.raises(Exception, match=f"^{name}=.* it takes "):
        read(**{name: "for ever"})
