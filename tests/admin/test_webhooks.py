"""Webhooks on the desk: made, shown once, tried, switched, and the log of what they were told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories, receiver
from tests.admin.typed import url
from tests.pages.reading import words
from tests.receiver import Receiver
from verification.models import Delivery, LedgerEntry, Webhook
from verification.models.choices import SwitchedOff
from verification.services import connecting, endpoints

BOSS = "managing editor"
TYPED = {"name": "CMS", "kind": "json", "url": "https://cms.example/in", "events": "claim.verdict"}


@pytest.fixture
def cms(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with receiver.running() as found:
        monkeypatch.setattr(connecting, "internet", found.net)
        yield found


def test_a_webhook_is_added_and_its_secret_shown_this_once(desk: Any, cms: Receiver) -> None:
    client = desk(BOSS)
    shown = client.post(url("webhook_add"), TYPED)
    webhook = Webhook.objects.get()
    assert webhook.events == ["claim.verdict"]
    assert webhook.secret in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    for page in (url("webhook_change", webhook.pk), url("webhook_edit", webhook.pk)):
        again = client.get(page).content.decode()
        assert "cms.example" in again or "Another address" in again
        assert webhook.secret not in again
    assert cms.got == [], "nothing is sent to an address by entering it"
    assert LedgerEntry.objects.get(action="webhook added").content["host"] == "cms.example"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": "http://cms.example/in"}, "begins with https://"),
        ({"url": "https://127.0.0.1/"}, "leads into a private network"),
        ({"url": "https://localhost/"}, "leads into a private network"),
        ({"url": "https://[::1]/"}, "leads into a private network"),
        ({"url": "https://169.254.169.254/latest"}, "leads into a private network"),
        ({"url": "https://0x7f.1/"}, "Enter an address that begins with"),
        ({"url": "https://a:b@cms.example/"}, "user name or a password"),
        ({"url": "https://cms.example:8443/"}, "Only the usual ports"),
        ({"url": "javascript:alert(1)"}, "begins with http"),
        ({"kind": "slack"}, "This is no address of Slack"),
        ({"kind": "teams"}, "This is no address of Microsoft Teams"),
        ({"events": "test"}, "Select a valid choice"),
        ({"events": ""}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_told_is_refused_with_a_reason(
    desk: Any, cms: Receiver, changes: dict[str, str], said: str
) -> None:
    answer = desk(BOSS).post(url("webhook_add"), TYPED | changes)

    assert said in words(answer)
    assert not Webhook.objects.exists()
    assert cms.got == []


def test_a_name_that_leads_inside_is_refused_and_nothing_connected_to(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(*_args: object) -> Any:
        raise AssertionError("something was to be connected to")

    inside = connecting.Net(resolve=lambda host, port: ["93.184.215.14", "10.0.0.7"],
                            connect=connect, trusted=connect)  # fmt: skip
    monkeypatch.setattr(connecting, "internet", inside)

    assert "leads into a private network" in words(desk(BOSS).post(url("webhook_add"), TYPED))
    assert not Webhook.objects.exists()


def test_a_new_secret_is_shown_once_and_both_hold(desk: Any, cms: Receiver) -> None:
    webhook = factories.webhook()
    client = desk(BOSS)
    shown = client.post(url("webhook_rotate", webhook.pk)).content.decode()
    old = webhook.secret
    webhook.refresh_from_db()
    assert webhook.secret in shown
    assert old not in shown
    assert "the old one holds until" in words(client.get(url("webhook_change", webhook.pk)))


def test_a_test_is_sent_by_a_button_and_its_answer_shown_as_text(desk: Any, cms: Receiver) -> None:
    webhook = factories.webhook()
    client = desk(BOSS)
    assert "The test was taken: 200 thanks" in words(
        client.post(url("webhook_test", webhook.pk), follow=True)
    )
    cms.status, cms.body = 500, b"<script>alert(1)</script>"
    html = client.post(url("webhook_test", webhook.pk), follow=True).content.decode()
    assert "<script>alert(1)" not in html
    assert "The test was not taken: 500 &lt;script&gt;" in html
    log = client.get(url("delivery_change", Delivery.objects.latest("pk").pk)).content.decode()
    assert "&lt;script&gt;alert(1)" in log
    assert "<script>alert(1)" not in log


def test_what_was_switched_off_says_why_and_is_switched_on_again(desk: Any) -> None:
    webhook = factories.webhook()
    endpoints.give_up(webhook, SwitchedOff.GONE, factories.NOW)
    client = desk(BOSS)
    assert "it answered that it is gone (410)" in words(client.get(url("webhook_changelist")))
    assert "The webhook is on." in words(client.post(url("webhook_on", webhook.pk), follow=True))
    webhook.refresh_from_db()
    assert webhook.switched_off_at is None


def test_one_that_is_off_can_be_removed_and_one_that_is_on_cannot(desk: Any) -> None:
    client, webhook = desk(BOSS), factories.webhook()
    page, remove = url("webhook_change", webhook.pk), url("webhook_remove", webhook.pk)
    assert remove not in client.get(page).text
    assert "Switch the webhook off first" in words(client.post(remove))
    client.post(url("webhook_off", webhook.pk))
    assert remove in client.get(page).text
    client.get(remove)
    assert Webhook.objects.exists(), "looking at the page removes nothing"

    assert "The webhook is removed." in words(client.post(remove, follow=True))
    assert not Webhook.objects.exists()


def test_an_empty_address_stays_and_is_not_printed(desk: Any, cms: Receiver) -> None:
    webhook = factories.webhook()
    client = desk(BOSS)
    assert "in-the-address" not in client.get(url("webhook_edit", webhook.pk)).content.decode()
    client.post(
        url("webhook_edit", webhook.pk), {"name": "Web", "url": "", "events": "claim.logged"}
    )
    was = webhook.url
    webhook.refresh_from_db()
    assert (webhook.name, webhook.url, webhook.events) == ("Web", was, ["claim.logged"])


def test_the_log_shows_payloads_and_sends_again(desk: Any) -> None:
    factories.webhook()
    factories.claim(statement="Told <b>at once</b>.")
    row = Delivery.objects.get()
    client = desk(BOSS)
    html = client.get(url("delivery_change", row.pk)).content.decode()
    assert "Told &lt;b&gt;at once&lt;/b&gt;." in html
    assert "Send again" not in html
    Delivery.objects.update(state="failed", next_attempt_at=None)
    said = words(client.post(url("delivery_again", row.pk), follow=True))
    assert "It goes out with the next sweep" in said


@pytest.mark.parametrize("page", ["delivery_changelist", "webhook_changelist", "webhook"])
def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(desk: Any, page: str) -> None:
    webhook = factories.webhook()
    path = url("webhook_change", webhook.pk) if page == "webhook" else url(page)
    client = desk(BOSS)
    factories.claim()
    client.get(path)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    few = queries()
    for number in range(8):
        factories.webhook(name=f"CMS {number}")
        factories.claim()
    assert queries() == few
