"""What scripts of other sites may read, and what they may not."""

from __future__ import annotations

import pytest

from tests import factories
from tests.api import payloads
from tests.api.payloads import CLAIMS

pytestmark = pytest.mark.django_db

ORIGIN = {"HTTP_ORIGIN": "https://elsewhere.example"}
CORS = "Access-Control-Allow-"


def preflight(client, address: str, method: str, **headers: str):
    return client.options(address, HTTP_ACCESS_CONTROL_REQUEST_METHOD=method, **ORIGIN, **headers)


@pytest.mark.parametrize(
    ("address", "status"),
    [(CLAIMS, 200), ("/api/v1/leaderboard/", 200), (f"{CLAIMS}x/", 404), (f"{CLAIMS}?x=1", 400)],
)
def test_what_anybody_may_read_any_site_may_read(public, address, status):
    for method in (public.get, public.head):
        response = method(address, **ORIGIN)
        assert response.status_code == status
        assert response[f"{CORS}Origin"] == "*"
        assert {"ETag", "Link", "Retry-After"} <= set(
            response["Access-Control-Expose-Headers"].split(", ")
        )
        assert f"{CORS}Credentials" not in response


def test_a_copy_that_still_holds_may_be_asked_for(public):
    etag = public.get(CLAIMS)["ETag"]
    response = public.get(CLAIMS, HTTP_IF_NONE_MATCH=etag, **ORIGIN)
    assert response.status_code == 304
    assert response[f"{CORS}Origin"] == "*"
    asked = preflight(public, CLAIMS, "GET")
    assert asked.status_code == 204
    assert asked[f"{CORS}Origin"] == "*"
    assert asked[f"{CORS}Headers"] == "If-None-Match"
    assert asked[f"{CORS}Methods"] == "GET, HEAD"


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_no_other_site_may_change_anything(public, method):
    asked = preflight(public, CLAIMS, method)
    assert not [name for name in asked.headers if name.startswith(CORS)]


def test_what_takes_a_token_is_for_no_other_site(reporter, client):
    response = reporter.get(CLAIMS, **ORIGIN)
    assert response.status_code == 200
    assert f"{CORS}Origin" not in response
    factories.BeatFactory.create(slug="ai")
    made = reporter.post(CLAIMS, payloads.claim(beat="ai"), **ORIGIN)
    assert made.status_code == 201
    assert f"{CORS}Origin" not in made
    client.force_login(factories.editor())
    assert f"{CORS}Origin" not in client.get(CLAIMS, **ORIGIN)


def test_an_address_that_cannot_be_read_is_shared_with_nobody(public):
    factories.claim(slug="amazon")
    asked = preflight(public, f"{CLAIMS}amazon/deadline/", "GET")
    assert asked["Allow"] == "POST, OPTIONS"
    assert f"{CORS}Origin" not in asked


def test_pages_are_shared_with_nobody(client):
    assert f"{CORS}Origin" not in client.get("/claims/", **ORIGIN)


@pytest.mark.parametrize(
    ("address", "allow"),
    [
        (CLAIMS, "GET, POST, HEAD, OPTIONS"),
        (f"{CLAIMS}amazon/", "GET, PATCH, HEAD, OPTIONS"),
        ("/api/v1/leaderboard/", "GET, HEAD, OPTIONS"),
    ],
)
def test_options_says_what_may_be_done(public, address, allow):
    response = public.options(address)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Allow"] == allow
    refused = public.delete(address)
    assert refused.status_code == 405
    assert public.trace(address).status_code == 405
