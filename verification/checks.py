"""System checks: a weak configuration is told when a command starts, with what to do about it.

`manage.py check` tells those that hold everywhere, `manage.py check --deploy` also those of an
installation that others can reach. None of them repeats a secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register

from tracker.security import LOCAL
from verification import roles

#: As Django's own check of the key: what fifty random letters have.
SHORTEST_KEY = 50
_FILES = "django.core.mail.backends.filebased.EmailBackend"
_SQLITE = "django.db.backends.sqlite3"


def _is_local() -> bool:
    return (urlsplit(settings.SITE_URL).hostname or "") in LOCAL


def always(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """What is wrong wherever it is."""
    return list(_always())


def _always() -> Iterator[CheckMessage]:
    if settings.DEBUG and not _is_local():
        yield Error(
            "DEBUG is on, and SITE_URL is an address that others can reach.",
            hint="Leave DEBUG out: an error’s page would show them the code and the settings.",
            id="verification.E001",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "ALLOWED_HOSTS takes any host.",
            hint="Leave it out, or name the hosts: links in pages are made of what a client sends.",
            id="verification.E002",
        )


def deployed(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """What is weak where others can reach it."""
    return [*_of_secrets(), *_of_the_site(), *_of_the_machines(), *_of_people()]


def _of_secrets() -> Iterator[CheckMessage]:
    for name, keys in (
        ("SECRET_KEY", [settings.SECRET_KEY]),
        ("SECRET_KEY_FALLBACKS", settings.SECRET_KEY_FALLBACKS),
    ):
        if any(len(key) < SHORTEST_KEY or len(set(key)) < 5 for key in keys):
            yield Warning(
                f"{name} is shorter than {SHORTEST_KEY} letters, or not random.",
                hint="scripts/secret-key FILE makes one; name the file in SECRET_KEY_FILE.",
                id="verification.W001",
            )


def _of_the_site() -> Iterator[CheckMessage]:
    if not settings.SITE_IS_HTTPS:
        yield Warning(
            "SITE_URL does not begin with https://.",
            hint=(
                "Put a web server with TLS in front and say so in SITE_URL: only then are cookies "
                "kept from plain HTTP, and browsers told to stay with TLS."
            ),
            id="verification.W002",
        )
    if settings.EMAIL_BACKEND == _FILES:
        yield Warning(
            "No mail leaves this machine: EMAIL_HOST is not set.",
            hint="Set EMAIL_HOST; until then mails are files in VAR_DIR/mail, links and all.",
            id="verification.W003",
        )
    elif not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL) and settings.EMAIL_HOST not in (
        LOCAL
    ):
        yield Warning(
            "Mails go to another machine without TLS.",
            hint="Set EMAIL_USE_TLS=1 (port 587) or EMAIL_USE_SSL=1 (port 465).",
            id="verification.W004",
        )


def _of_the_machines() -> Iterator[CheckMessage]:
    engine = settings.DATABASES["default"]["ENGINE"]
    has_embedded_broker = settings.CELERY_BROKER_URL == settings.EMBEDDED_BROKER_URL
    if engine != _SQLITE and has_embedded_broker:
        yield Warning(
            "The database is a server’s, and the broker is the one of this machine alone.",
            hint="Where more than one machine works on the database, set CELERY_BROKER_URL.",
            id="verification.W005",
        )
    if engine == _SQLITE and not has_embedded_broker:
        yield Warning(
            "The broker is a server’s, and the database is a file of this machine.",
            hint="Workers of other machines cannot see it: set DATABASE_URL, or run all here.",
            id="verification.W006",
        )
    if settings.SITE_IS_HTTPS and not settings.TRUSTED_PROXIES:
        yield Warning(
            "SITE_URL is https, and no proxy in front is trusted.",
            hint=(
                "TRUSTED_PROXIES=1 for the web server with TLS, which sets X-Forwarded-For and "
                "X-Forwarded-Proto. With 0 all readers have its address: a few wrong passwords "
                "would lock everybody out."
            ),
            id="verification.W007",
        )


def _of_people() -> Iterator[CheckMessage]:
    if settings.NEWSROOM_TIME_ZONE == "UTC":
        yield Info(
            "The newsroom’s days are those of UTC.",
            hint="Set NEWSROOM_TIME_ZONE, such as Europe/Paris: a deadline’s day ends there.",
            id="verification.I001",
        )
    if roles.MANAGING_EDITOR not in settings.REQUIRE_SECOND_FACTOR:
        yield Warning(
            "Managing editors need no second factor.",
            hint='Set REQUIRE_SECOND_FACTOR="managing editor,superuser".',
            id="verification.W008",
        )


def register_all() -> None:
    """Has Django ask them."""
    register(always, Tags.security)
    register(deployed, Tags.security, deploy=True)
