"""Tokens on the desk: made for somebody, shown once, listed, revoked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests import factories
from tests.admin.typed import url
from verification.models import ApiToken

pytestmark = pytest.mark.django_db

FORM = {"user": "rita", "name": "the wire", "limit": "some", "scopes": ["log"], "days": "30"}


@pytest.fixture(autouse=True)
def rita(db: None) -> Any:
    return factories.reporter(username="rita")


def test_a_token_is_shown_once_and_works(desk: Any) -> None:
    client = desk("managing editor")
    answer = client.post(url("apitoken_add"), FORM)

    page = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    key = re.search(r'id="token" value="(\w+)"', page)
    assert key is not None
    row = ApiToken.objects.get()
    assert (row.user.username, row.name, row.scopes) == ("rita", "the wire", ["log"])
    assert row.created_by == client.user
    listed = client.get(url("apitoken_changelist")).content.decode()
    assert "the wire" in listed
    assert key[1] not in listed
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {key[1]}")
    assert program.get("/api/v1/leaderboard/?internal=1").status_code == 403


def test_without_a_limit_it_may_do_what_its_user_may(desk: Any) -> None:
    desk("managing editor").post(url("apitoken_add"), FORM | {"limit": "all", "days": ""})
    row = ApiToken.objects.get()
    assert (row.scopes, row.expiry) == (None, None)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"user": "nobody"}, "There is nobody called"),
        ({"scopes": ["everything"]}, "everything"),
        ({"days": "0"}, "1"),
    ],
)
def test_what_makes_no_sense_is_told(desk: Any, given: dict[str, Any], says: str) -> None:
    answer = desk("managing editor").post(url("apitoken_add"), FORM | given)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_for_somebody_out_of_reach_none_is_made(desk: Any) -> None:
    factories.UserFactory.create(username="root", is_superuser=True)
    answer = desk("managing editor").post(url("apitoken_add"), FORM | {"user": "root"})
    assert answer.status_code == 403
    assert not ApiToken.objects.exists()
