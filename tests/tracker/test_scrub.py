"""What no log holds, whatever an exception says."""

from __future__ import annotations

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tracker.scrub import LONGEST, scrubbed

SECRET = "hunter2-s3cret"


@pytest.mark.parametrize(
    "said",
    [
        f"cannot connect to redis://:{SECRET}@10.0.0.1:6379/0",
        f"postgres://borneout:{SECRET}@db/borneout",
        f"Authorization: Bearer {SECRET}",
        f"'HTTP_AUTHORIZATION': 'Bearer {SECRET}'",
        f"password={SECRET}&next=/",
        f"EMAIL_HOST_PASSWORD = '{SECRET}'",
        f'{{"token": "{SECRET}"}}',
        f"Cookie: sessionid={SECRET}; csrftoken={SECRET}",
        f"__Host-session={SECRET}",
        f"GET /mail/snooze/{SECRET}/ HTTP/1.1",
        f"/mail/unsubscribe/{SECRET}/",
        f"https://verify.example.org/feeds/deadlines/{SECRET}.ics",
        f"/admin/forgotten/MQ/{SECRET}/",
    ],
)
def test_secrets_are_taken_out(said: str) -> None:
    assert SECRET not in scrubbed(said)
    assert "…" in scrubbed(said)


@pytest.mark.parametrize("said", ["anna.kowalska@example.org", "{'anna.kowalska@example.org': 550"])
def test_of_a_mail_address_the_host_is_left(said: str) -> None:
    assert "anna" not in scrubbed(said) and "…@example.org" in scrubbed(said)


@pytest.mark.parametrize(
    "said",
    [
        "message 12 was not accepted (failed): 550: no such user",
        "the view claim answered in 0.2 s",
        "tracker.sums at /srv/borneout/current/tracker/sums.py:40",
        "Invalid token. The password was wrong.",
    ],
)
def test_plain_words_stay(said: str) -> None:
    assert scrubbed(said) == said


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += routes(pattern.url_patterns, route)
        else:
            found.append(route)
    return found


def test_every_address_that_lets_in_whoever_has_it_is_known() -> None:
    """A new one has to be added to `tracker.scrub`, and has to call its secret a token."""
    secret = [route for route in routes(get_resolver().url_patterns) if ":token>" in route]
    assert len(secret) >= 4
    for route in secret:
        path = "/" + re.sub(r"<str:token>", SECRET, route)
        assert SECRET not in scrubbed(re.sub(r"<[^>]+>", "MQ", path)), route


def test_a_text_of_any_length_is_cut_and_costs_little() -> None:
    assert len(scrubbed("a@" * 10**6)) <= LONGEST + 10
    assert len(scrubbed("a" * 10**7)) <= LONGEST + 10
