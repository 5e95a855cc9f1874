"""What a newsroom's environment does to the settings."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.tracker.conftest import Read

PROJECT = Path(__file__).resolve().parents[2]


def test_without_a_secret_key_the_product_does_not_start(tmp_path: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    }
    started = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=PROJECT,
        env=environment | {"VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode != 0
    assert "SECRET_KEY is not set: it takes a long random string" in started.stderr
    assert "Traceback" not in started.stderr


def test_an_empty_secret_key_is_none(read: Read) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        read(SECRET_KEY="")


def test_debug_makes_do_without_a_secret_key(read: Read) -> None:
    assert read(SECRET_KEY="", DEBUG="1")["SECRET_KEY"]


def test_the_demo_finds_the_key_that_it_left(read: Read, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "scripts/secret-key", tmp_path / "secret_key"], cwd=PROJECT, check=True
    )
    key = (tmp_path / "secret_key").read_text(encoding="ascii")
    assert read(SECRET_KEY="")["SECRET_KEY"] == key
    assert len(key) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    # A second start keeps it, so that nobody is logged out.
    subprocess.run(
        [sys.executable, "scripts/secret-key", tmp_path / "secret_key"], cwd=PROJECT, check=True
    )
    assert (tmp_path / "secret_key").read_text(encoding="ascii") == key
    assert list(tmp_path.glob("tmp*")) == []  # no draft is left


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CACHE_URL", "memcached://x"),
        ("CELERY_BROKER_URL", "amqp://x"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DEBUG", "perhaps"),
        ("EMAIL_PORT", "smtp"),
        ("EMAIL_TIMEOUT", "never"),
        ("EMAIL_USE_TLS", "x"),
        ("LANGUAGE_CODE", "xx"),
        ("LOG_FORMAT", "xml"),
        ("METRICS_TOKEN", "short"),
        ("NEWSROOM_TIME_ZONE", "Mars/Olympus"),
        ("PORT", "70000"),
        ("REMINDER_HOUR", "25"),
        ("REMINDER_SWEEP_SECONDS", "often"),
        ("SENTRY_DSN", "sentry.example.org"),
        ("SITE_URL", "newsroom"),
    ],
)
def test_garbage_stops_the_product_with_the_variables_name(
    name: str, value: str, read: Read
) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^{name}=.* it takes "):
        read(**{name: value})


def test_tls_and_ssl_exclude_each_other(read: Read) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_USE_TLS and EMAIL_USE_SSL"):
        read(EMAIL_USE_TLS="1", EMAIL_USE_SSL="1")


def test_the_sites_address_follows_the_port_until_it_is_set(read: Read) -> None:
    assert read()["SITE_URL"] == "http://127.0.0.1:8000"
    assert read(PORT="8123")["SITE_URL"] == "http://127.0.0.1:8123"
    assert read(PORT="8123", SITE_URL="https://a.example")["SITE_URL"] == "https://a.example"


def test_the_sites_own_name_is_an_allowed_host(read: Read) -> None:
    settings = read(SITE_URL="https://verify.example.org")
    assert "verify.example.org" in settings["ALLOWED_HOSTS"]
    assert "*" not in settings["ALLOWED_HOSTS"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert read(ALLOWED_HOSTS="a.example, b.example")["ALLOWED_HOSTS"] == ["a.example", "b.example"]


def test_the_embedded_defaults_stay_in_the_folder_of_the_product(
    read: Read, tmp_path: Path
) -> None:
    settings = read()
    database = settings["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / "borneout.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert settings["CELERY_BROKER_URL"] == f"redis+socket://{tmp_path}/broker/broker.sock"
    assert settings["EMAIL_FILE_PATH"] == tmp_path / "mail"


def test_postgresql_redis_and_a_mail_server_take_their_place(read: Read) -> None:
    settings = read(
        DATABASE_URL="postgres://u:p@db.example/x",
        CELERY_BROKER_URL="redis://mq.example/0",
        CACHE_URL="redis://mq.example/1",
        EMAIL_HOST="mail.example",
    )
    assert settings["DATABASES"]["default"]["HOST"] == "db.example"
    assert "transaction_mode" not in settings["DATABASES"]["default"].get("OPTIONS", {})
    assert settings["CELERY_BROKER_URL"] == "redis://mq.example/0"
    assert settings["CACHES"]["default"]["LOCATION"] == "redis://mq.example/1"
    assert settings["EMAIL_BACKEND"].endswith("smtp.EmailBackend")


def test_the_sweep_may_tick_in_fractions_of_a_second(read: Read) -> None:
    settings = read(REMINDER_SWEEP_SECONDS="0.25")
    assert settings["CELERY_BEAT_SCHEDULE"]["sweep"]["schedule"] == 0.25


def test_the_trace_of_an_error_goes_to_stderr(read: Read) -> None:
    logs = read()["LOGGING"]
    ours = {name: logging.getLogger(name) for name in logs["loggers"]}
    # Everything passes on to the root, and the root writes.
    assert logs["handlers"][logs["root"]["handlers"][0]]["class"] == "logging.StreamHandler"
    assert all(logger.propagate and not logger.handlers for logger in ours.values())
    assert logging.getLogger("django.request").isEnabledFor(logging.ERROR)
    assert not logging.getLogger("django.request").isEnabledFor(logging.WARNING)


def test_logs_are_for_programs_where_others_can_reach_it_and_for_people_on_ones_own_machine(
    read: Read,
) -> None:
    public, own = read(SITE_URL="https://verify.example.org"), read()
    assert (public["LOG_FORMAT"], public["ACCESS_LOG"]) == ("json", True)
    assert (own["LOG_FORMAT"], own["ACCESS_LOG"]) == ("plain", False)
    assert public["LOGGING"]["handlers"]["stderr"]["formatter"] == "json"


def test_nobody_reads_metrics_or_is_told_of_exceptions_unless_it_is_set(read: Read) -> None:
    assert (read()["METRICS_TOKEN"], read()["SENTRY_DSN"]) == ("", "")


def test_a_token_that_is_refused_is_not_repeated(read: Read) -> None:
    with pytest.raises(ImproperlyConfigured, match="METRICS_TOKEN") as refused:
        read(METRICS_TOKEN="hunter2")
    assert "hunter2" not in str(refused.value)


def test_over_tls_cookies_are_for_this_host_alone(read: Read) -> None:
    found = read(SITE_URL="https://verify.example.org", TRUSTED_PROXIES="1")

    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["CSRF_COOKIE_NAME"].startswith("__Host-")
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert found[f"{cookie}_COOKIE_SECURE"] is True
        assert found[f"{cookie}_COOKIE_HTTPONLY"] is True
        assert found[f"{cookie}_COOKIE_SAMESITE"] == "Lax"
    assert found["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
    assert found["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert "upgrade-insecure-requests" in found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]


def test_a_demo_without_tls_has_cookies_that_work(read: Read) -> None:
    found = read()

    assert "SESSION_COOKIE_NAME" not in found and "SECURE_HSTS_SECONDS" not in found
    assert found["SESSION_COOKIE_SECURE"] is False


def test_nobody_believes_a_header_of_tls_where_no_proxy_is_trusted(read: Read) -> None:
    assert "SECURE_PROXY_SSL_HEADER" not in read(SITE_URL="https://verify.example.org")


def test_a_role_that_nobody_has_cannot_be_required_a_second_factor(read: Read) -> None:
    assert read(REQUIRE_SECOND_FACTOR="managing editor, superuser")["REQUIRE_SECOND_FACTOR"] == [
        "managing editor",
        "superuser",
    ]
    with pytest.raises(ImproperlyConfigured, match=r"REQUIRE_SECOND_FACTOR.*managing editor"):
        read(REQUIRE_SECOND_FACTOR="managing")
