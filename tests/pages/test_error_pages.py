"""What is told when something is wrong: in the reader's language, with every header, no details."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.pages.test_headers import check
from verification.pages import front

pytestmark = pytest.mark.django_db
WORDS = {
    400: ("This request cannot be read", "Cette requête est illisible"),
    403: ("This form has expired", "Ce formulaire a expiré"),
    404: ("There is nothing at this address", "Il n’y a rien à cette adresse"),
    500: ("Something broke on our side", "Quelque chose s’est cassé de notre côté"),
}


def ask(status: int, language: str, monkeypatch: pytest.MonkeyPatch):
    client = Client(
        raise_request_exception=False,
        enforce_csrf_checks=True,
        headers={"accept-language": language},
    )
    if status == 400:
        return client.get("/claims/", headers={"host": "elsewhere.example"})
    if status == 403:
        return client.post("/admin/login/", {"username": "emma", "password": "x"})
    if status == 404:
        return client.get("/no/such/page/")

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("a word for developers")

    monkeypatch.setattr(front, "render", broken)
    return client.get("/")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("status", WORDS)
def test_an_error_is_told_in_the_readers_language(
    status: int, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = ask(status, language, monkeypatch)
    page = response.content.decode()

    assert response.status_code == status
    assert WORDS[status][language == "fr"] in page
    assert f'<html lang="{language}"' in page
    assert "Traceback" not in page and "a word for developers" not in page
    check(str(status), response)
