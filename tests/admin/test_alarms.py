"""The strip above the desk's pages, and where it leads."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.admin.conftest import TODAY
from tests.admin.typed import url
from verification.models import Claim, LedgerEntry, Message, Reminder, Suppression, User
from verification.services import pulse, suppressions

HOSTILE = '<script>alert("x")</script> &c.'


@pytest.fixture(autouse=True)
def alive(db: None) -> None:
    """A newsroom that has been at work for a year."""
    factories.UserFactory.create(date_joined=TODAY - timedelta(days=365))
    pulse.record(name=pulse.WORKER, now=TODAY)
    pulse.record(name=pulse.BEAT, now=TODAY)


def strip(client: Client, address: str = "/admin/") -> list[str]:
    """The alarms as they are read, on a page of the desk."""
    page = client.get(address).content.decode()
    found = re.search(r'<section class="alarms".*?</section>', page, re.DOTALL)
    if found is None:
        return []
    items = re.findall(r"<details[^>]*>(.*?)</details>", found[0], re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", item)).split()) for item in items]


def links(client: Client) -> list[str]:
    page = client.get("/admin/").content.decode()
    found = re.search(r'<section class="alarms".*?</section>', page, re.DOTALL)
    return re.findall(r'href="([^"]+)"', found[0]) if found else []


def stuck(claim: Claim, user: User, **fields: Any) -> Message:
    mail = Message.objects.create(
        **{
            "recipient": user,
            "message_id": f"<{Message.objects.count()}@example.org>",
            "state": "failed",
            "created_at": TODAY,
            "next_attempt_at": None,
            "last_error": "550: no",
            "subject": "Due today",
            **fields,
        }
    )
    Reminder.objects.create(
        claim=claim, deadline=claim.deadline, stage="due", recipient=user, message=mail,
        created_at=TODAY,
    )  # fmt: skip
    return mail


def test_on_a_calm_day_there_is_no_strip(desk: Any) -> None:
    assert strip(desk("managing editor")) == []


def test_a_claim_of_which_nobody_can_be_told_is_named_on_every_page(desk: Any) -> None:
    client = desk("editor")
    claim = factories.claim(statement=HOSTILE)
    Claim.objects.update(unreachable_since=TODAY)

    for address in ("/admin/", url("claim_changelist"), url("claim_add"), "/admin/diary/"):
        (alarm,) = strip(client, address)
        assert alarm.startswith("1 claim is due, and there is nobody who could be told.")
        assert HOSTILE in alarm
        assert HOSTILE not in client.get(address).content.decode()
    one, all_of_them = links(client)
    assert one == url("claim_change", claim.pk)
    factories.claim(statement="Another one.")
    listed = client.get(unescape(all_of_them)).content.decode()
    assert url("claim_change", claim.pk) in listed
    assert "Another one." not in listed.split("<form", 1)[1]


def test_more_than_a_hundred_are_told_as_such(desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("verification.services.alarms.MOST", 2)
    for _ in range(3):
        factories.claim()
    Claim.objects.update(unreachable_since=TODAY)

    assert strip(desk("editor"))[0].startswith("More than 2 claims are due")


def test_silent_processes_are_told_to_who_looks_after_the_mail(desk: Any) -> None:
    pulse.record(name=pulse.WORKER, now=TODAY - timedelta(minutes=11))
    pulse.record(name=pulse.BEAT, now=TODAY - timedelta(days=3))

    worker, beat = strip(desk("managing editor"))

    assert "The worker has been silent for 11 minutes" in worker
    assert "Beat has been silent for 3 days" in beat
    assert "/healthz" in links(desk("managing editor"))
    assert strip(desk("editor")) == strip(desk("reporter")) == []


def test_mail_that_waits_is_told(desk: Any) -> None:
    client = desk("managing editor")
    claim = factories.claim()
    stuck(
        claim, client.user, state="pending", next_attempt_at=TODAY - timedelta(hours=3),
        last_error="",
    )  # fmt: skip

    (alarm,) = strip(client)

    assert "A mail has waited for 3 hours" in alarm
    page = client.get(url("message_changelist")).content.decode()
    assert "The oldest mail that is due has waited for 3 hours." in page
    assert "All is well" not in page


def test_mail_that_could_not_be_sent_is_told_until_it_is_looked_after(desk: Any) -> None:
    client = desk("managing editor", first_name="Maya", last_name="Boss")
    first = stuck(factories.claim(), client.user)
    second = stuck(factories.claim(), client.user, state="quarantined", subject="")

    (alarm,) = strip(client)
    assert alarm.startswith("2 mails could not be sent")
    assert "Maya Boss – Due today" in alarm
    listed = client.get(unescape(links(client)[-1])).content.decode()
    assert all(url("message_change", mail.pk) in listed for mail in (first, second))

    client.post(url("message_requeue", first.pk))
    assert strip(client)[0].startswith("1 mail could not be sent")
    client.post(url("message_give_up", second.pk))
    assert strip(client) == []


def test_several_are_given_up_at_once(desk: Any) -> None:
    client = desk("managing editor")
    mails = [stuck(factories.claim(), client.user) for _ in range(2)]
    sent = stuck(factories.claim(), client.user, state="sent")

    page = client.post(
        url("message_changelist"),
        {"index": "0", "action": "give_up", "_selected_action": [m.pk for m in (*mails, sent)]},
        follow=True,
    ).content.decode()

    assert "2 messages are given up." in page
    assert "Only a message that failed" in page
    assert sorted(Message.objects.values_list("state", flat=True)) == ["dropped", "dropped", "sent"]


def test_a_page_of_the_desk_costs_one_query_more_on_a_calm_day(desk: Any) -> None:
    def cost(role: str) -> int:
        client = desk(role)
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/diary/")
        return len(captured)

    assert cost("managing editor") == cost("reporter") + 1


# --- The list of mail -----------------------------------------------------------------------------


def test_the_list_of_mail_says_when_all_is_well(desk: Any) -> None:
    page = desk().get(url("message_changelist")).content.decode()

    assert "No mail waits to be sent. All is well." in page


def test_the_list_of_mail_tells_the_claims_inside(desk: Any) -> None:
    client = desk("editor")
    claim = factories.claim(statement=HOSTILE)
    mail = stuck(claim, client.user)
    other = factories.claim()
    Reminder.objects.create(
        claim=other, deadline=other.deadline, stage="due", recipient=client.user, message=mail,
        created_at=TODAY,
    )  # fmt: skip

    page = client.get(url("message_changelist")).content.decode()

    assert url("claim_change", claim.pk) in page
    assert "and 1 more" in page
    assert HOSTILE not in page


def test_the_list_of_mail_is_filtered_by_kind(desk: Any) -> None:
    client = desk("editor")
    stuck(factories.claim(), client.user, subject="A reminder")
    stuck(factories.claim(), client.user, subject="A digest", kind="digest")

    page = client.get(f"{url('message_changelist')}?kind=digest").content.decode()

    assert "A digest" in page
    assert "A reminder" not in page


def test_the_list_of_mail_takes_so_many_queries_for_any_number(desk: Any) -> None:
    client = desk("editor")

    def cost() -> int:
        stuck(factories.claim(), client.user)
        with CaptureQueriesContext(connection) as captured:
            client.get(url("message_changelist"))
        return len(captured)

    cost()
    assert len({cost() for _ in range(3)}) == 1


@pytest.mark.parametrize(
    ("fields", "why", "do"),
    [
        ({"state": "failed"}, "refused it for good", "Mend that and send"),
        ({"state": "quarantined", "attempts": 10}, "Every attempt ended", "mail server answers"),
        (
            {"state": "quarantined", "last_error": "cannot be rendered: ValueError()"},
            "could not be written",
            "Open the claim",
        ),
    ],
)
def test_a_stuck_mail_tells_why_and_what_to_do(
    desk: Any, fields: dict[str, Any], why: str, do: str
) -> None:
    client = desk("managing editor")
    mail = stuck(factories.claim(), client.user, **fields)

    page = client.get(url("message_change", mail.pk)).content.decode()

    assert why in page
    assert do in page


def test_a_mail_to_a_refused_address_leads_to_the_user(desk: Any) -> None:
    client = desk("managing editor")
    emma = factories.editor()
    mail = stuck(factories.claim(), emma)
    suppressions.suppress(address=emma.email, reason="550", message=mail, now=TODAY)

    page = client.get(url("message_change", mail.pk)).content.decode()

    assert "this address takes no mail" in page
    assert url("user_change", emma.pk) in page


# --- Refused addresses ----------------------------------------------------------------------------


@pytest.fixture
def emma(alive: None) -> User:
    emma = factories.editor(first_name="Emma", last_name="Roy", email="Emma@Example.org")
    suppressions.suppress(address=emma.email, reason=f"550: {HOSTILE}", message=None, now=TODAY)
    return emma


def test_a_refused_address_is_told_with_what_the_server_said(desk: Any, emma: User) -> None:
    client = desk("managing editor")
    factories.reporter(username="other")

    (alarm,) = strip(client)
    assert "The address of 1 user takes no mail. Emma Roy" in alarm
    for address in (url("user_changelist"), url("user_change", emma.pk)):
        page = client.get(address).content.decode()
        assert "refused since" in page
        assert "550: &lt;script&gt;" in page
        assert HOSTILE not in page
    listed = client.get(unescape(links(client)[-1])).content.decode()
    assert url("user_change", emma.pk) in listed
    assert "other@example.org" not in listed


def test_mail_is_sent_again_after_a_question(desk: Any, emma: User) -> None:
    client = desk("managing editor")

    question = client.get(url("user_mail_again", emma.pk)).content.decode()
    assert "takes mail again" in question
    assert Suppression.objects.exists()
    client.post(url("user_mail_again", emma.pk))

    assert not Suppression.objects.exists()
    assert LedgerEntry.objects.last().action == "address accepted again"
    assert strip(client) == []


def test_the_list_of_users_takes_so_many_queries_for_any_number(desk: Any, emma: User) -> None:
    client = desk("managing editor")

    def cost() -> int:
        user = factories.editor()
        suppressions.suppress(address=user.email, reason="550", message=None, now=TODAY)
        with CaptureQueriesContext(connection) as captured:
            client.get(url("user_changelist"))
        return len(captured)

    assert len({cost() for _ in range(3)}) == 1


# --- One's own diary ------------------------------------------------------------------------------


def test_ones_own_diary_is_shown_with_its_address_and_a_way_to_subscribe(desk: Any) -> None:
    client = desk("reporter")
    claim = factories.claim(actor=client.user)

    page = client.get("/admin/diary/").content.decode()
    address = re.search(r'value="(http[^"]+\.ics)"', page)
    assert address
    assert f'href="webcal://{address[1].split("://")[1]}"' in page
    assert claim.slug in Client().get("/" + address[1].split("/", 3)[3]).content.decode()
    assert 'href="/admin/diary/"' in client.get("/admin/").content.decode()


def test_a_new_address_takes_the_place_of_the_old_by_post_alone(desk: Any) -> None:
    client = desk("reporter")

    def address() -> str:
        return client.get("/admin/diary/").context["address"]

    before = address()
    assert address() == before

    page = client.post("/admin/diary/", follow=True).content.decode()

    assert "has a new address" in page
    assert address() != before
    client.user.refresh_from_db()
    assert client.user.diary_issue == 1
