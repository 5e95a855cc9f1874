"""How many requests a client may make, and how it is told."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.test import RequestFactory
from redis.exceptions import ConnectionError as RedisGone

from tests import factories
from tests.api.conftest import TODAY, client_of
from tests.api.payloads import CLAIMS, PROBLEM
from verification.api import throttles
from verification.models import ApiToken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_a_minute(settings):
    settings.API_REQUESTS_PER_ADDRESS = settings.API_REQUESTS_PER_TOKEN = 3
    caches["counts"].clear()


def asked(client, number: int, **headers: str) -> list[int]:
    """The statuses of so many different requests, of which no answer is kept."""
    return [client.get(f"{CLAIMS}?limit={n + 1}", **headers).status_code for n in range(number)]


def test_an_address_may_ask_so_often_and_is_told_how_long_to_wait(public):
    assert asked(public, 4) == [200, 200, 200, 429]
    refused = public.get(f"{CLAIMS}?limit=9", HTTP_ORIGIN="https://elsewhere.example")
    assert refused["Content-Type"] == PROBLEM
    assert json.loads(refused.content)["type"] == "/problems/throttled"
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused["RateLimit-Remaining"] == "0"
    assert refused["Access-Control-Allow-Origin"] == "*"
    with time_machine.travel(TODAY + timedelta(seconds=int(refused["Retry-After"])), tick=False):
        assert public.get(f"{CLAIMS}?limit=9").status_code == 200


def test_what_is_kept_is_not_counted(public):
    first = public.get(CLAIMS)
    assert (first["RateLimit-Limit"], first["RateLimit-Remaining"]) == ("3", "2")
    for _ in range(10):
        again = public.get(CLAIMS)
        assert again.status_code == 200
        assert "RateLimit-Limit" not in again
    assert asked(public, 2)[-1] == 200


def test_each_token_has_its_own(settings):
    settings.API_REQUESTS_PER_TOKEN = 2
    user = factories.editor()
    one, other = client_of(user), client_of(user)
    assert asked(one, 3) == [200, 200, 429]
    assert asked(other, 1) == [200]


def test_changes_are_counted_and_refused_before_they_are_made(managing, settings):
    settings.API_REQUESTS_PER_TOKEN = 1
    assert managing.post(CLAIMS, {}).status_code == 400
    assert managing.post(CLAIMS, {}).status_code == 429


def test_whoever_guesses_at_tokens_is_counted_by_address(public):
    wrong = {"HTTP_AUTHORIZATION": "Bearer " + "0" * 64}
    assert asked(public, 4, **wrong) == [401, 401, 401, 429]
    assert asked(public, 1) == [429]
    _row, token = ApiToken.objects.create(user=factories.editor())
    assert asked(public, 1, HTTP_AUTHORIZATION=f"Bearer {token}") == [200]


def test_nothing_is_counted_where_nothing_is_bounded(public, settings):
    settings.API_REQUESTS_PER_ADDRESS = 0
    assert asked(public, 5) == [200] * 5
    assert "RateLimit-Limit" not in public.get(f"{CLAIMS}?limit=50")


def test_a_reader_is_not_turned_away_because_the_counter_is_down(public, monkeypatch, caplog):
    def gone(*args, **kwargs):
        raise RedisGone("down")

    monkeypatch.setattr(type(caches["counts"]), "incr", gone)
    assert asked(public, 5) == [200] * 5
    assert "not counted" in caplog.text


# --- Where a request comes from -------------------------------------------------------------------


def test_a_client_does_not_choose_its_address(public):
    forged = [f"10.0.0.{n}" for n in range(4)]
    statuses = [
        public.get(f"{CLAIMS}?limit={n + 1}", HTTP_X_FORWARDED_FOR=address).status_code
        for n, address in enumerate(forged)
    ]
    assert statuses == [200, 200, 200, 429]


def test_behind_a_proxy_the_client_does_not_choose_it_either(public, settings):
    settings.TRUSTED_PROXIES = 1
    headers = {"REMOTE_ADDR": "127.0.0.1"}
    statuses = [
        public.get(
            f"{CLAIMS}?limit={n + 1}",
            HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 192.0.2.1",
            **headers,
        ).status_code
        for n in range(4)
    ]
    assert statuses == [200, 200, 200, 429]
    other = public.get(f"{CLAIMS}?limit=9", HTTP_X_FORWARDED_FOR="192.0.2.2", **headers)
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "address"),
    [
        (0, "", "192.0.2.1", "192.0.2.1"),
        (0, "198.51.100.1", "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.1", "192.0.2.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "192.0.2.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1", "192.0.2.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 198.51.100.1", "192.0.2.1", "203.0.113.9"),
        # Called past the proxies: there is nothing to believe.
        (1, "", "192.0.2.1", "192.0.2.1"),
        (2, "198.51.100.1", "192.0.2.1", "198.51.100.1"),
        (1, "no address", "192.0.2.1", "192.0.2.1"),
        # All of a line count together, and an address of IPv4 in the dress of IPv6 as itself.
        (0, "", "2001:db8:1:2::1", "2001:db8:1:2::/64"),
        (0, "", "2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        (0, "", "::ffff:192.0.2.1", "192.0.2.1"),
        # A web server on a Unix socket knows no address.
        (0, "", "", ""),
    ],
)
def test_an_address_is_what_our_own_proxies_say(settings, proxies, forwarded, peer, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert throttles.address(request) == address


def test_who_guesses_at_tokens_is_soon_turned_away_and_a_right_one_is_served_all_the_same(
    public, settings
):
    settings.API_REQUESTS_PER_ADDRESS, settings.API_WRONG_TOKENS_PER_ADDRESS = 50, 2
    right = client_of(factories.editor())
    guesses = [asked(public, 1, HTTP_AUTHORIZATION=f"Bearer {n}{'a' * 63}")[0] for n in range(4)]

    assert guesses == [401, 401, 429, 429]
    assert asked(right, 1) == [200]
    with time_machine.travel(TODAY + timedelta(minutes=1), tick=False):
        assert asked(public, 1, HTTP_AUTHORIZATION=f"Bearer {'b' * 64}") == [401]
