"""A weak configuration is told, with what to do about it and without a secret."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.checks import run_checks

from verification import checks

PROJECT = Path(__file__).resolve().parents[2]
KEY = "a-key-of-more-than-fifty-letters-0123456789-abcdefghij"
GOOD: dict[str, Any] = {
    "DEBUG": False,
    "SECRET_KEY": KEY,
    "SECRET_KEY_FALLBACKS": [],
    "SITE_URL": "https://verify.example.org",
    "SITE_IS_HTTPS": True,
    "ALLOWED_HOSTS": ["verify.example.org"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "mail.example.org",
    "EMAIL_USE_TLS": True,
    "EMAIL_USE_SSL": False,
    "TRUSTED_PROXIES": 1,
    "REQUIRE_SECOND_FACTOR": ["managing editor"],
    "NEWSROOM_TIME_ZONE": "Europe/Paris",
    "EMBEDDED_BROKER_URL": "redis+socket:///run/broker",
    "CELERY_BROKER_URL": "redis+socket:///run/broker",
    "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}},
}


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """The numbers of what is told of a configuration that differs from a good one."""

    def of(**changes: Any) -> list[str]:
        monkeypatch.setattr(checks, "settings", SimpleNamespace(**(GOOD | changes)))
        return told_now()

    return of


def told_now() -> list[str]:
    messages = [*checks.always(None), *checks.deployed(None)]
    assert all(message.hint for message in messages)
    assert KEY not in repr(messages)
    return [str(message.id).removeprefix("verification.") for message in messages]


def test_a_good_configuration_is_not_complained_of(found: Any) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"DEBUG": True}, ["E001"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["E002"]),
        ({"SECRET_KEY": "short"}, ["W001"]),
        ({"SECRET_KEY": "ab" * 40}, ["W001"]),
        ({"SECRET_KEY_FALLBACKS": [KEY, "short"]}, ["W001"]),
        ({"SITE_IS_HTTPS": False}, ["W002"]),
        ({"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}, ["W003"]),
        ({"EMAIL_USE_TLS": False}, ["W004"]),
        ({"EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True}, []),
        ({"EMAIL_USE_TLS": False, "EMAIL_HOST": "127.0.0.1"}, []),
        ({"DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}}}, ["W005"]),
        ({"CELERY_BROKER_URL": "redis://redis.example.org/0"}, ["W006"]),
        ({"TRUSTED_PROXIES": 0}, ["W007"]),
        ({"REQUIRE_SECOND_FACTOR": ["editor"]}, ["W008"]),
        ({"NEWSROOM_TIME_ZONE": "UTC"}, ["I001"]),
        ({"DEBUG": True, "SITE_URL": "http://127.0.0.1:8000"}, []),
    ],
)
def test_what_is_weak_is_told(found: Any, changes: dict[str, Any], told: list[str]) -> None:
    assert found(**changes) == told


def test_django_asks_them_too(settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert "verification.E002" in [message.id for message in run_checks()]


def test_check_deploy_is_clean_where_a_newsroom_does_what_the_documentation_says(
    tmp_path: Path,
) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=PROJECT,
        env=kept
        | {
            "VAR_DIR": str(tmp_path),
            "SECRET_KEY": KEY,
            "SITE_URL": "https://verify.example.org",
            "NEWSROOM_TIME_ZONE": "Europe/Paris",
            "TRUSTED_PROXIES": "1",
            "EMAIL_HOST": "mail.example.org",
            "EMAIL_PORT": "587",
            "EMAIL_USE_TLS": "1",
            "REQUIRE_SECOND_FACTOR": "managing editor,superuser",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout + checked.stderr
