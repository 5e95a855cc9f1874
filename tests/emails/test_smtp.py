"""A mail is handed to the mail server in steps, and arrives as it was written."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator

import pytest
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from tests.emails.test_mime import mail
from tests.sink import Sink
from verification.emails.smtp import Handing, handing


@pytest.fixture(params=[False, True], ids=["one command at a time", "several at once"])
def server(smtp: Sink, request: pytest.FixtureRequest) -> Iterator[BaseEmailBackend]:
    smtp.pipelining = request.param
    connection = get_connection()
    connection.open()
    yield connection
    connection.close()


def hand_over(steps: Handing) -> None:
    steps.begin()
    steps.name_recipient()
    steps.give()
    steps.end()


def test_what_is_handed_over_arrives(smtp: Sink, server: BaseEmailBackend) -> None:
    for number in range(3):
        hand_over(handing(server, mail(to=f"reader-{number}@example.org")))

    assert [str(one["To"]) for one in smtp.mails] == [f"reader-{n}@example.org" for n in range(3)]
    assert smtp.connections == 1


def test_lines_that_begin_with_a_dot_arrive_whole(smtp: Sink, server: BaseEmailBackend) -> None:
    text = ".\n..\n.net is a platform.\n"

    hand_over(handing(server, mail(text=text)))

    body = smtp.mails[0].get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == text.splitlines()


def test_what_is_taken_back_is_not_sent_and_the_next_one_is(
    smtp: Sink, server: BaseEmailBackend
) -> None:
    steps = handing(server, mail(to="first@example.org"))
    steps.begin()
    steps.name_recipient()
    steps.take_back()
    hand_over(handing(server, mail(to="second@example.org")))

    assert [str(one["To"]) for one in smtp.mails] == ["second@example.org"]


def test_a_refused_recipient_is_told_with_the_servers_answer(
    smtp: Sink, server: BaseEmailBackend
) -> None:
    smtp.answer = lambda recipient: "550 5.1.1 nobody here"

    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        hand_over(handing(server, mail()))

    assert refused.value.recipients == {"reader@example.org": (550, b"5.1.1 nobody here")}
    assert smtp.mails == []


def test_a_refused_sender_is_told_with_the_servers_answer(server: BaseEmailBackend) -> None:
    refused = mail()
    refused.from_email = "x" * 600 + "@example.org"

    with pytest.raises(smtplib.SMTPSenderRefused) as told:
        hand_over(handing(server, refused))

    assert told.value.smtp_code >= 500
