"""`create_token USER` prints a token once, and only for people of the desk."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from tests import factories
from verification.models import ApiToken

pytestmark = pytest.mark.django_db


def test_the_token_is_alone_on_stdout_and_opens_the_api():
    factories.reporter(username="rita")
    out, err = StringIO(), StringIO()
    call_command("create_token", "rita", "--name", "the wire script", stdout=out, stderr=err)
    token = out.getvalue().removesuffix("\n")
    assert token.isalnum()
    assert "rita" in err.getvalue()
    assert token not in err.getvalue()
    row = ApiToken.objects.get()
    assert row.name == "the wire script"
    assert row.expiry is None
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    assert client.get("/api/v1/leaderboard/?internal=1").status_code == 200


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nobody"], "There is no user “nobody”"),
        (["gone"], "“gone” has left the desk"),
        (["rita", "--name", "x" * 101], "100"),
        ([], "USER"),
    ],
)
def test_a_token_for_nobody_is_refused(arguments, says):
    factories.UserFactory.create(username="gone", is_active=False)
    factories.reporter(username="rita")
    out = StringIO()
    with pytest.raises(CommandError, match=says):
        call_command("create_token", *arguments, stdout=out, stderr=StringIO())
    assert out.getvalue() == ""
    assert ApiToken.objects.count() == 0
