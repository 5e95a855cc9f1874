"""Typed reading of the environment.

Every reader takes the name of a variable and gives a value of one type. Garbage is refused when
the process starts, with the variable's name and what it takes; nothing is guessed. A variable that
holds a secret also reads `<NAME>_FILE`, the path of a file that holds the value (Docker and systemd
credentials).
"""

from __future__ import annotations

import os
import re
import zoneinfo
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})
DATABASE_SCHEMES = frozenset({"sqlite", "postgres", "postgresql", "pgsql"})


def refuse(name: str, value: str, takes: str) -> ImproperlyConfigured:
    """The error for a variable that holds garbage; the caller raises it."""
    return ImproperlyConfigured(f"{name}={value!r} cannot be used: it takes {takes}.")


def text(name: str, default: str = "") -> str:
    """A string; empty counts as unset."""
    return os.environ.get(name, "").strip() or default


def secret(name: str, default: str = "") -> str:
    """A string from `name`, or else from the file that `<name>_FILE` names."""
    value = text(name)
    path = text(f"{name}_FILE")
    if value or not path:
        return value or default
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(f"{name}_FILE", path, "the path of a readable text file") from error


def boolean(name: str, default: bool = False) -> bool:
    """1/true/yes/on or 0/false/no/off."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise refuse(name, value, "1 or 0")


def integer(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number between `low` and `high`, both inclusive."""
    value = text(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise refuse(name, value, f"a whole number from {low} to {high}")
    return number


def seconds(name: str, default: float, *, low: float, high: float) -> float:
    """A number of seconds between `low` and `high`; fractions are allowed."""
    value = text(name)
    if not value:
        return default
    try:
        number = float(value)
    except ValueError:
        number = low - 1
    # `nan` compares false with everything and so is refused here as well.
    if not low <= number <= high:
        raise refuse(name, value, f"a number of seconds from {low:g} to {high:g}")
    return number


def words(name: str, default: list[str]) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or default


def several(name: str, default: tuple[str, ...], *, allowed: tuple[str, ...]) -> list[str]:
    """Words with commas between them, each one of `allowed`."""
    found = words(name, list(default))
    if not set(found) <= set(allowed):
        raise refuse(
            name, text(name), f"some of these with commas between them: {', '.join(allowed)}"
        )
    return found


def secrets(name: str) -> list[str]:
    """Secrets with white space between them, from `name` or the file that `<name>_FILE` names."""
    return secret(name).split()


def token(name: str, *, shortest: int) -> str:
    """A secret that programs send in a header; empty where there is none."""
    value = secret(name)
    if value and (len(value) < shortest or not re.fullmatch("[!-~]+", value)):
        takes = f"a random string of at least {shortest} letters and digits"
        raise refuse(name, "…", takes)
    return value


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of `allowed`."""
    value = text(name, default)
    if value not in allowed:
        raise refuse(name, value, "one of " + ", ".join(allowed))
    return value


def folder(name: str, default: Path) -> Path:
    """The absolute path of a folder that can be written to; it is made where it is missing."""
    path = Path(text(name, str(default))).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse(name, str(path), f"the path of a folder ({error.strerror})") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise refuse(name, str(path), "the path of a folder that this user may write to")
    return path


def zone(name: str, default: str) -> str:
    """The name of a zone in the tz database, such as Europe/Paris."""
    value = text(name, default)
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise refuse(name, value, "a zone of the tz database, such as Europe/Paris") from error
    return value


def colour(name: str, default: str = "") -> str:
    """Six hexadecimal digits in lower case, without `#`; empty where there is no colour."""
    value = text(name, default)
    digits = value.removeprefix("#").lower()
    if value and not re.fullmatch("[0-9a-f]{6}", digits):
        raise refuse(name, value, "a colour as six hexadecimal digits, such as #1f4e79")
    return digits


def site_url(name: str, default: str) -> str:
    """An http(s) address without a trailing slash."""
    value = text(name, default).rstrip("/")
    parts = _split(value)
    if (
        parts is None
        or parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.query
        or parts.fragment
    ):
        raise refuse(name, value, "an address such as https://verify.example.org")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """Django's database settings, from a URL.

    It takes `sqlite:///path` (four slashes for an absolute one) or
    `postgres://user:password@host:port/name`, options as a query (`?sslmode=require`).
    """
    value = secret(name, default)
    parts = _split(value)
    takes = "sqlite:///path or postgres://user:password@host:port/name"
    if parts is None or parts.scheme not in DATABASE_SCHEMES:
        raise refuse(name, _without_secrets(value), takes)
    settings = dict(environ.Env.db_url_config(value))
    if not settings["NAME"]:
        raise refuse(name, _without_secrets(value), takes)
    return settings


def address(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """The URL of a service with one of `schemes`; empty where there is none."""
    value = secret(name, default)
    parts = _split(value)
    if value and (parts is None or parts.scheme not in schemes):
        takes = "a URL that begins with " + " or ".join(f"{scheme}://" for scheme in schemes)
        raise refuse(name, _without_secrets(value), takes)
    return value


def _split(value: str) -> SplitResult | None:
    """The parts of a URL; None where it has none that make sense."""
    try:
        parts = urlsplit(value)
        # Asking for the port is what finds `host:80a`.
        return parts if parts.port is None or parts.port > 0 else None
    except ValueError:
        return None


def _without_secrets(value: str) -> str:
    """A refused URL as it may be shown: it may hold a password, so only its scheme is repeated."""
    return f"{value.partition(':')[0]}:…"
