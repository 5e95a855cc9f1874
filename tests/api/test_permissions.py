"""Who may call what: every method of every address, for nobody and for each role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.urls import get_resolver
from rest_framework.test import APIClient

from tests import factories
from tests.api import payloads
from tests.api.conftest import client_of
from verification.models import ApiToken
from verification.services import figures

pytestmark = pytest.mark.django_db

WHO = ("public", "stranger", "reader", "reporter", "editor", "managing")
EVERYBODY = (200, 200, 200, 200, 200, 200)

UNDECIDED, DECIDED, SOURCE = "undecided", "decided", "wsj"
BASE = "/api/v1/"

#: (method, address, body) and the status for each of WHO.
MATRIX = [
    ("get", "", None, EVERYBODY),
    ("get", "schema/", None, EVERYBODY),
    ("get", "docs/", None, EVERYBODY),
    ("get", "claims/", None, EVERYBODY),
    ("get", f"claims/{UNDECIDED}/", None, EVERYBODY),
    ("get", f"claims/{UNDECIDED}/reports/", None, EVERYBODY),
    ("get", f"claims/{UNDECIDED}/verdicts/", None, EVERYBODY),
    ("get", "sources/", None, EVERYBODY),
    ("get", f"claims/{UNDECIDED}/replies/", None, EVERYBODY),
    ("get", f"sources/{SOURCE}/", None, EVERYBODY),
    ("get", f"sources/{SOURCE}/record/", None, EVERYBODY),
    ("get", f"sources/{SOURCE}/positions/", None, EVERYBODY),
    ("get", "leaderboard/", None, EVERYBODY),
    ("get", "beats/", None, EVERYBODY),
    ("get", f"sources/{SOURCE}/record/?internal=1", None, (401, 403, 200, 200, 200, 200)),
    ("get", "leaderboard/?internal=1", None, (401, 403, 200, 200, 200, 200)),
    ("post", "claims/", payloads.claim(beat="ai"), (401, 403, 403, 201, 201, 201)),
    ("post", "claims/", payloads.claim(beat="A new beat"), (401, 403, 403, 400, 400, 201)),
    (
        "patch",
        f"claims/{UNDECIDED}/",
        {"version": 1, "public": False},
        (401, 403, 403, 403, 200, 200),
    ),
    (
        "patch",
        f"claims/{UNDECIDED}/",
        {"version": 1, "language": "fr"},
        (401, 403, 403, 200, 200, 200),
    ),
    (
        "patch",
        f"claims/{UNDECIDED}/",
        {"version": 1, "assignee": "rose"},
        (401, 403, 403, 403, 200, 200),
    ),
    ("post", f"claims/{UNDECIDED}/reports/", payloads.report(), (401, 403, 403, 201, 201, 201)),
    ("post", f"claims/{UNDECIDED}/verdicts/", payloads.verdict(), (401, 403, 403, 403, 201, 201)),
    (
        "post",
        f"claims/{UNDECIDED}/verdicts/",
        {"outcome": "void", "rationale": "Twice."},
        (401, 403, 403, 403, 403, 201),
    ),
    (
        "post",
        f"claims/{DECIDED}/verdicts/",
        payloads.verdict("denied", version=2),
        (401, 403, 403, 403, 403, 201),
    ),
    (
        "post",
        f"claims/{DECIDED}/verdicts/",
        {"outcome": "reopened", "rationale": "Early.", "version": 2},
        (401, 403, 403, 403, 403, 201),
    ),
    (
        "post",
        f"claims/{UNDECIDED}/deadline/",
        {"deadline": "2026-06-30", "reason": "Asked for."},
        (401, 403, 403, 403, 200, 200),
    ),
    ("post", "sources/", {"name": "Reuters"}, (401, 403, 403, 201, 201, 201)),
    ("post", "extract/", {"text": "Orbit could launch it in May."}, (401, 403, 403, 200, 200, 200)),
    ("patch", f"sources/{SOURCE}/", {"kind": "agency"}, (401, 403, 403, 403, 200, 200)),
    *(
        (method, address, {}, (405,) * 6)
        for method, addresses in {
            "put": ("claims/", f"claims/{UNDECIDED}/", f"sources/{SOURCE}/"),
            "delete": (
                f"claims/{UNDECIDED}/",
                f"claims/{UNDECIDED}/verdicts/",
                f"sources/{SOURCE}/",
            ),
            "post": ("leaderboard/", "beats/", f"sources/{SOURCE}/record/", f"claims/{DECIDED}/"),
            "patch": (f"claims/{DECIDED}/verdicts/", "claims/"),
        }.items()
        for address in addresses
    ),
]


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is undone; boards of what was undone before are forgotten."""
    figures._kept.boards.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _newsroom() -> None:
    beat = factories.BeatFactory.create(slug="ai")
    source = factories.SourceFactory.create(slug=SOURCE)
    draft = factories.report_draft(source)
    factories.reporter(username="rose")
    factories.claim(slug=UNDECIDED, beat=beat, reports=[draft])
    factories.decide(factories.claim(slug=DECIDED, beat=beat, reports=[draft]))


@pytest.mark.usefixtures("_newsroom")
@pytest.mark.parametrize(("who", "column"), [(who, index) for index, who in enumerate(WHO)])
def test_the_matrix(request, subtests, who, column):
    client: APIClient = request.getfixturevalue(who)
    for method, address, body, expected in MATRIX:
        with subtests.test(f"{method} {address} {body}"), undone():
            before = payloads.rows()
            response = (
                getattr(client, method)(BASE + address, body)
                if body is not None
                else client.get(BASE + address)
            )
            assert response.status_code == expected[column], response.content
            if response.status_code >= 400:
                assert response["Content-Type"] == payloads.PROBLEM
                assert response.json()["status"] == response.status_code
                assert payloads.rows() == before
            if response.status_code == 401:
                assert response["WWW-Authenticate"] == "Bearer"


def test_every_address_is_in_the_matrix():
    names = {
        pattern.name
        for resolver in get_resolver().url_patterns
        if getattr(resolver, "app_name", None) == "api"
        for pattern in resolver.url_patterns
    }
    from_matrix = set()
    for _method, address, _body, _expected in MATRIX:
        match = get_resolver().resolve(BASE + address.partition("?")[0])
        from_matrix.add(match.url_name)
    assert names - from_matrix == {"unknown"}


# --- Tokens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    ["Bearer nonsense", "Bearer", "Bearer a b", "Bearer " + "é" * 20, "bearer " + "0" * 64],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_bad_token_is_told_so_even_where_none_is_needed(public, header, method):
    public.credentials(HTTP_AUTHORIZATION=header)
    response = getattr(public, method)("/api/v1/claims/")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json()["type"] == "/problems/authentication"


def test_a_token_of_somebody_who_left_is_worth_nothing():
    user = factories.editor()
    client = client_of(user)
    assert client.get("/api/v1/claims/").status_code == 200
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert client.get("/api/v1/claims/").status_code == 401


def test_a_token_is_kept_as_a_hash_and_does_not_expire():
    row, token = ApiToken.objects.create(user=factories.editor())
    assert token not in {str(getattr(row, field.attname)) for field in row._meta.fields}
    assert row.expiry is None


def test_a_session_reads_and_needs_the_csrf_token_to_write():
    user = factories.editor()
    factories.BeatFactory.create(slug="ai")
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.get("/api/v1/leaderboard/?internal=1").status_code == 200
    refused = client.post("/api/v1/claims/", payloads.claim(beat="ai"))
    assert refused.status_code == 403
    assert "CSRF" in refused.json()["detail"]
    client.get("/api/v1/docs/?script")
    token = client.cookies["csrftoken"].value
    taken = client.post("/api/v1/claims/", payloads.claim(beat="ai"), HTTP_X_CSRFTOKEN=token)
    assert taken.status_code == 201
