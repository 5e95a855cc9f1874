"""A secret is never told: not in a log, a page, a mail that is kept, the ledger or an error.

Every secret is a canary word here, everything is made to go wrong, and whatever was written
anywhere is searched for the words.
"""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.test import Client
from kombu.exceptions import OperationalError

from tests import factories
from tests.factories import NOW
from tests.sink import Sink
from tracker.celery import app
from verification.models import AccountNotice, ApiToken, DeskSession, LedgerEntry, Message
from verification.services import account_notices, messages, passwords, second_factors, signing_in

PROJECT = Path(__file__).resolve().parents[1]
#: A port on which nothing listens.
NOWHERE = "127.0.0.1:9"
CANARY = "canary-word"
KEY = f"{CANARY}-key-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789"


class Everything:
    """What was written, and the words that must not be in it."""

    def __init__(self) -> None:
        self.log = io.StringIO()
        self.pages: list[str] = []
        self.secrets = {CANARY}

    def keep(self, response: Any) -> Any:
        """An answer as it was sent, with its headers and without its cookies."""
        self.pages.append(repr(dict(response.headers)) + response.content.decode())
        return response

    def found(self, *, in_pages: bool = True) -> set[str]:
        """The secrets that were told."""
        kept = [
            repr(list(model.objects.values())) for model in (LedgerEntry, Message, AccountNotice)
        ]
        written = "\n".join([self.log.getvalue(), *kept, *(self.pages if in_pages else [])])
        return {secret for secret in self.secrets if secret in written}


@pytest.fixture
def everything(db: None, settings: Any) -> Iterator[Everything]:
    """All that any logger says, down to the least."""
    settings.SECRET_KEY = KEY
    told = Everything()
    handler = logging.StreamHandler(told.log)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s"))
    root, names = logging.getLogger(), ["django", "django.request", "celery", "kombu"]
    levels = [(logger, logger.level) for logger in (root, *map(logging.getLogger, names))]
    for logger, _level in levels:
        logger.setLevel(logging.INFO)
    root.addHandler(handler)
    with time_machine.travel(NOW, tick=False):
        yield told
    root.removeHandler(handler)
    for logger, level in levels:
        logger.setLevel(level)


def break_down(*args: Any, **kwargs: Any) -> None:
    raise RuntimeError("broken")


@pytest.mark.parametrize("debug_page", ["/admin/login/", "/admin/forgotten/"])
def test_what_is_typed_is_not_told_when_a_page_breaks(
    everything: Everything, monkeypatch: pytest.MonkeyPatch, debug_page: str
) -> None:
    monkeypatch.setattr(signing_in, "by_password", break_down)
    monkeypatch.setattr(passwords, "ask", break_down)
    client = Client(raise_request_exception=False)
    typed = {"username": "emma", "password": f"{CANARY}-password", "name": f"{CANARY}-name"}

    response = everything.keep(client.post(debug_page, typed))

    assert response.status_code == 500
    assert "RuntimeError: broken" in everything.log.getvalue()
    assert everything.found() == set()


def test_wrong_passwords_codes_tokens_and_cookies_are_not_told(everything: Everything) -> None:
    factories.editor(username="emma")
    client = Client()
    for _try in range(7):
        typed = {"username": f"{CANARY}-as-name", "password": f"{CANARY}-password"}
        client.post("/admin/login/", typed)
        client.post("/admin/login/", {"username": "emma", "password": f"{CANARY}-password"})
    bearer = {"authorization": f"Bearer {CANARY}{'a' * 53}"}
    everything.keep(client.get("/api/v1/claims/", headers=bearer))
    client.cookies["sessionid"] = f"{CANARY}-session"
    everything.keep(client.get("/admin/"))
    everything.keep(client.get(f"/admin/forgotten/MQ/{CANARY}-token/"))

    assert everything.found() == set()


def test_an_account_is_used_from_end_to_end_and_nothing_of_it_is_told(
    everything: Everything, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    emma = factories.editor(username="emma")
    seed = second_factors.new_seed()
    secret = second_factors.secret(seed)
    code = pyotp.TOTP(secret).at(NOW)
    codes = second_factors.confirm(
        user=emma, seed=seed, code=code, keep=None, address="192.0.2.1", now=NOW
    )
    _token, key = ApiToken.objects.create(user=emma, name="script")
    passwords.ask(name="emma", address="192.0.2.1", now=NOW)
    account_notices.bundle(now=NOW)
    messages.drain(clock=lambda: NOW)
    link = next(str(email.body) for email in mail.outbox if "/forgotten/" in str(email.body))
    token = link.partition("/forgotten/")[2].split("/")[1]
    client = Client()
    client.post("/admin/login/", {"username": "emma", "password": "secret-of-emma"})
    client.post("/admin/login/code/", {"code": codes[0]})
    everything.secrets |= {secret, seed, *codes, key, token, "secret-of-emma"}
    everything.secrets |= {session.session_key for session in DeskSession.objects.all()}
    for page in ("/admin/", "/admin/account/", "/healthz"):
        everything.keep(client.get(page))
    bearer = {"authorization": f"Bearer {key}"}
    everything.keep(Client().get("/api/v1/claims/", headers=bearer))

    assert client.get("/admin/").status_code == 200
    assert everything.found() == set()


def test_a_mail_server_that_refuses_tells_no_password(
    everything: Everything, settings: Any, smtp: Sink
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", f"{CANARY}-mail"
    emma = factories.editor(username="emma")
    passwords.ask(name="emma", address="", now=NOW)
    assert account_notices.bundle(now=NOW) == 1
    # It knows no way to sign in.
    messages.drain(clock=lambda: NOW)
    settings.EMAIL_PORT = 9
    messages.drain(clock=lambda: NOW.replace(minute=59))

    message = Message.objects.get(recipient=emma)
    assert message.last_error
    assert everything.log.getvalue()
    assert everything.found() == set()


def test_a_broker_and_a_cache_that_are_down_tell_no_password(
    everything: Everything, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"redis://:{CANARY}-broker@{NOWHERE}/0"
    settings.CACHES = settings.CACHES | {
        "counts": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": address,
            "OPTIONS": {"socket_connect_timeout": 0.2},
        }
    }
    settings.API_REQUESTS_PER_ADDRESS = settings.API_WRONG_TOKENS_PER_ADDRESS = 5
    bearer = {"authorization": f"Bearer {'b' * 64}"}
    everything.keep(Client().get("/api/v1/claims/", headers=bearer))
    assert "not counted" in everything.log.getvalue()
    with app.connection_for_write(address) as connection:
        with pytest.raises(OperationalError) as error:
            connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
        everything.pages += [str(error.value), str(connection)]
    caches["counts"].close()

    assert everything.found() == set()


@pytest.mark.parametrize("command", [["check", "--deploy"], ["migrate", "--noinput"]])
def test_no_command_tells_a_secret_when_nothing_answers(tmp_path: Path, command: list[str]) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    secret = {
        "SECRET_KEY": KEY,
        "SECRET_KEY_FALLBACKS": f"{CANARY}-old",
        "DATABASE_URL": f"postgres://desk:{CANARY}-database@{NOWHERE}/desk",
        "CELERY_BROKER_URL": f"redis://:{CANARY}-broker@{NOWHERE}/0",
        "CACHE_URL": f"redis://:{CANARY}-cache@{NOWHERE}/1",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_HOST_PASSWORD": f"{CANARY}-mail",
    }
    ran = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=PROJECT,
        env=kept | secret | {"VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ran.stderr
    assert CANARY not in ran.stdout + ran.stderr


def test_the_search_finds_a_canary_where_there_is_one(everything: Everything) -> None:
    logging.getLogger("django.request").error("it was %s-password", CANARY)

    assert everything.found() == {CANARY}
