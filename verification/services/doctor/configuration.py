"""The settings: what is weak in them, and what the operator is told by."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import checks
from django.core.checks import CheckMessage

from verification.services.doctor.findings import Finding, State, fault, well

#: Django's own checks, and one of ours, of what is told here in other words already.
TOLD_OTHERWISE = frozenset(
    {
        # HSTS, and cookies over TLS alone: both come with an https:// SITE_URL.
        "security.W004",
        "security.W012",
        "security.W016",
        # The key, DEBUG.
        "security.W009",
        "security.W018",
        # That no mail leaves the machine, which is told with the mail.
        "verification.W003",
    }
)
#: What is set before others can reach an installation, by the check that asks for it.
SETTING = {
    "security.W018": "DEBUG",
    "verification.W001": "SECRET_KEY",
    "verification.W002": "SITE_URL",
    "verification.W003": "EMAIL_HOST",
    "verification.W004": "EMAIL_USE_TLS",
    "verification.W005": "CELERY_BROKER_URL",
    "verification.W006": "DATABASE_URL",
    "verification.W007": "TRUSTED_PROXIES",
    "verification.W008": "REQUIRE_SECOND_FACTOR",
    "verification.I001": "NEWSROOM_TIME_ZONE",
}


def look(*, production: bool) -> Iterable[Finding]:
    """What Django's checks and ours say, in our words and each thing once."""
    everywhere = _run(deployed=False)
    before_others = [message for message in _run(deployed=True) if message not in everywhere]
    yield well("release", settings.RELEASE)
    wanted = everywhere + (before_others if production else [])
    told = [message for message in wanted if message.id not in TOLD_OTHERWISE]
    yield from map(_finding, told)
    if production:
        if not told:
            yield well("settings", "nothing weak")
    else:
        yield well("settings", _for_a_trial(before_others))
    yield _static()
    yield well("watching", _watching())


def _run(*, deployed: bool) -> list[CheckMessage]:
    found = checks.run_checks(include_deployment_checks=deployed)
    return [message for message in found if not message.is_silenced()]


def _finding(message: CheckMessage) -> Finding:
    ours = str(message.id).startswith("verification.")
    return Finding(
        "settings",
        State.FAULT if message.is_serious() else State.WARNING,
        message.msg if ours else f"{message.msg} ({message.id})",
        message.hint or "",
    )


def _for_a_trial(messages: Iterable[CheckMessage]) -> str:
    """What would be told of an installation that others can reach, in one line."""
    names = list(dict.fromkeys(filter(None, (SETTING.get(str(each.id)) for each in messages))))
    if not names:
        return "nothing weak"
    return (
        f"fit for this machine alone; before others reach it, set {', '.join(names)} "
        "(doctor --production says why)"
    )


def _static() -> Finding:
    sheet = "verification/site.css"
    if finders.find(sheet):
        return well("static files", "found")
    return fault("static files", f"{sheet} is missing", "Install the whole release anew.")


def _watching() -> str:
    sentry = urlsplit(settings.SENTRY_DSN).hostname
    return ", ".join(
        (
            f"logs as {settings.LOG_FORMAT}",
            "metrics at /metrics" if settings.METRICS_TOKEN else "no metrics (METRICS_TOKEN)",
            f"exceptions told to {sentry}"
            if sentry
            else "exceptions in the log alone (SENTRY_DSN)",
        )
    )
