"""POST /api/v1/extract/ with an address: the page is read, and its claims are proposed."""

from __future__ import annotations

import pytest
from django.db import connection

from tests import factories
from tests.api.conftest import client_of
from tests.api.payloads import wrong
from tests.canary import Canary, answer
from tests.pages_of_sources import FIRST, URL, prints
from verification.services import intake
from verification.services.articlepages import Article

pytestmark = pytest.mark.django_db

EXTRACT = "/api/v1/extract/"


def test_the_claims_of_a_page_are_proposed(reporter, web: Canary):
    prints(web)
    response = reporter.post(EXTRACT, {"url": URL})
    assert response.status_code == 200
    found = response.json()
    assert found["title"] == "Amazon eyes OpenAI"
    assert FIRST in found["text"]
    assert any("$50bn" in each["statement"] for each in found["results"])


def test_a_page_that_cannot_be_read_is_told_of_the_address(reporter, web: Canary):
    web.pages["/amazon"] = answer(status="404 Not Found")
    response = reporter.post(EXTRACT, {"url": URL})
    assert response.status_code == 400
    assert wrong(response) == {"url": "The page is not there any more. (404)"}
    response = reporter.post(EXTRACT, {"url": "http://169.254.169.254/latest/meta-data/"})
    assert wrong(response) == {
        "url": "This address leads into a private network: it is not opened."
    }
    assert web.hits == 1


def test_who_may_log_no_claim_has_no_page_read(web: Canary, public):
    body = {"url": URL}
    assert public.post(EXTRACT, body).status_code == 401
    assert client_of(factories.UserFactory.create()).post(EXTRACT, body).status_code == 403
    assert web.hits == 0


def test_a_token_makes_no_crawler_of_us(reporter, web: Canary, settings):
    settings.PAGES_PER_USER = 2
    prints(web)
    statuses = [reporter.post(EXTRACT, {"url": URL}).status_code for _ in range(4)]
    assert statuses == [200, 200, 400, 400]
    assert web.hits == 2


def test_sent_again_under_its_key_nothing_is_read_again(reporter, web: Canary):
    prints(web)
    first = reporter.post(EXTRACT, {"url": URL}, HTTP_IDEMPOTENCY_KEY="once")
    again = reporter.post(EXTRACT, {"url": URL}, HTTP_IDEMPOTENCY_KEY="once")
    assert again["Idempotent-Replay"] == "true"
    assert again.json() == first.json()
    assert web.hits == 1


def test_no_transaction_is_open_while_the_page_is_read(
    real_transactions, web: Canary, monkeypatch: pytest.MonkeyPatch
):
    prints(web)
    client = client_of(factories.reporter())
    open_: list[bool] = []
    read = intake.page_at

    def page_at(url: str, **options: object) -> Article:
        open_.append(connection.in_atomic_block)
        return read(url, **options)

    monkeypatch.setattr(intake, "page_at", page_at)
    assert client.post(EXTRACT, {"url": URL}, HTTP_IDEMPOTENCY_KEY="k").status_code == 200
    assert open_ == [False]
