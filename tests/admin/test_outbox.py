"""The mail that can be read on the desk."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories
from tests.admin.typed import url
from verification.models import Message


def message(**fields: Any) -> Message:
    made = {
        "recipient": factories.editor(first_name="Emma"),
        "message_id": "<1@example.org>",
        "created_at": factories.NOW,
        "subject": "Due today: Amazon",
        "text": "Plain words",
        "html": "<style>p{color:red}</style><p>Words</p><script>alert(1)</script>",
    }
    made["next_attempt_at"] = None if "state" in fields else factories.NOW
    return Message.objects.create(**(made | fields))


def test_a_mail_is_read_as_text_and_as_html_in_a_frame(desk: Any) -> None:
    mail = message()

    page = desk().get(url("message_change", mail.pk)).content.decode()

    assert "Plain words" in page
    assert f'src="{url("message_html", mail.pk)}"' in page
    assert "alert(1)" not in page


def test_the_html_of_a_mail_runs_and_fetches_nothing(desk: Any) -> None:
    response = desk().get(url("message_html", message().pk))

    policy = dict(
        [*part.strip().split(" ", 1), ""][:2]
        for part in response["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'unsafe-inline'"
    assert policy["img-src"] == "data:"
    assert policy["frame-ancestors"] == "'self'"
    assert "allow-scripts" not in policy["sandbox"]
    assert "allow-same-origin" not in policy["sandbox"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("state", ["failed", "quarantined"])
def test_a_stuck_message_is_put_back(desk: Any, state: str) -> None:
    client, mail = desk("managing editor"), message(state=state)

    assert "Send again" in client.get(url("message_change", mail.pk)).content.decode()
    client.post(url("message_requeue", mail.pk))

    mail.refresh_from_db()
    assert mail.state == "pending"


def test_a_message_that_is_sent_stays_sent(desk: Any) -> None:
    client, mail = desk("managing editor"), message(state="sent")

    response = client.post(url("message_requeue", mail.pk), follow=True)

    assert "Only a message that failed" in response.content.decode()
    mail.refresh_from_db()
    assert mail.state == "sent"


def test_several_are_put_back_at_once(desk: Any) -> None:
    stuck = message(state="failed")
    sent = message(state="sent", message_id="<2@example.org>")

    response = desk("managing editor").post(
        url("message_changelist"),
        {"index": "0", "action": "requeue", "_selected_action": [stuck.pk, sent.pk]},
        follow=True,
    )

    page = response.content.decode()
    assert "1 message is put back." in page
    assert "Only a message that failed" in page


def test_the_outbox_is_filtered_by_state(desk: Any) -> None:
    message(state="failed")
    message(state="sent", message_id="<2@example.org>", subject="The other")

    page = desk().get(f"{url('message_changelist')}?state=failed").content.decode()

    assert "Due today: Amazon" in page
    assert "The other" not in page
