"""What the mail server is given says the same as what Django would give it."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.mail.message import BadHeaderError
from hypothesis import given, settings
from hypothesis import strategies as st

from verification.emails.mime import LINE_MAX, Mail

LINK = "https://borneout.example/unsubscribe/" + "WzEsImhlYWRzLXVwIl0:" * 8
WORDS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=200)
LINES = st.text(st.characters(exclude_categories=["C"], include_characters="\n"))


def mail(
    subject: str = "Due today: Amazon will buy it.",
    text: str = "Hello,\n\nthis claim needs you.\n",
    html: str = "<p>Hello,</p>\n",
    to: str = "reader@example.org",
    **headers: str,
) -> Mail:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    names |= {"Message-ID": "<1@borneout.example>", "Date": "Thu, 26 Nov 2026 03:00:00 +0000"}
    email = Mail(subject, text, "Borne Out <borneout@example.org>", [to], headers=names)
    email.attach_alternative(html, "text/html")
    return email


def read(written: bytes) -> dict[str, Any]:
    """Everything that a mail program would make of it."""
    parsed = message_from_bytes(written, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    # Django folds a header that is too long before its first word, which leaves a space there.
    headers = {name: str(value).strip() for name, value in parsed.items()}
    del headers["Content-Type"]
    parts = [
        (part.get_content_type(), part.get_content_charset(), part.get_content())
        for part in parsed.iter_parts()
    ]
    return headers | {"parts": parts, "is": parsed.get_content_type()}


def django_s_own(email: Mail) -> bytes:
    return email.message().as_bytes(linesep="\r\n")


@settings(deadline=None)
@given(subject=WORDS, text=LINES, html=LINES)
def test_whatever_is_written_reads_as_django_s_own_would(
    subject: str, text: str, html: str
) -> None:
    subject = " ".join(subject.split())
    email = mail(subject, text or "x", html or "x", List_Unsubscribe=f"<{LINK}>")

    assert read(email.as_bytes()) == read(django_s_own(email))


@pytest.mark.parametrize(
    "headers",
    [
        {"List_Unsubscribe": f"<{LINK}>"},
        {"X_BorneOut_Reminders": ", ".join(f"claim-{n}:heads-up" for n in range(200))},
        {"X_BorneOut_Reminders": ", ".join(f"rumeur-à-suivre-{n}:due" for n in range(30))},
    ],
    ids=["an address that cannot be folded", "a long list", "a long list with accents"],
)
def test_headers_of_any_length_arrive_whole(headers: dict[str, str]) -> None:
    written = mail(**headers).as_bytes()

    (name, value), *_rest = headers.items()
    assert read(written)[name.replace("_", "-")] == value
    assert max(map(len, written.split(b"\r\n"))) <= LINE_MAX


def test_lines_end_as_mail_servers_want_them_to() -> None:
    written = mail(text="One\nTwo\r\nThree\rFour\n").as_bytes()

    assert b"One\r\nTwo\r\nThree\r\nFour\r\n" in written
    assert not re.search(rb"[^\r]\n|\r[^\n]", written)


def test_a_line_that_no_mail_server_has_to_take_is_encoded() -> None:
    email = mail(text="é" * LINE_MAX, html="<p>" + "x" * 2 * LINE_MAX + "</p>")

    written = email.as_bytes()

    assert max(map(len, written.split(b"\r\n"))) <= LINE_MAX
    assert read(written)["parts"][0][2].strip() == "é" * LINE_MAX


@pytest.mark.parametrize("line", ["One\nBcc: victim@example.org", "One\rBcc: victim@example.org"])
def test_no_value_begins_another_header(line: str) -> None:
    with pytest.raises(BadHeaderError):
        mail(subject=line).as_bytes()
    with pytest.raises(BadHeaderError):
        mail(X_BorneOut_Reminders=line).as_bytes()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("reader@example.org", "reader@example.org"),
        ("first.last+desk@news.example.org", "first.last+desk@news.example.org"),
        ("lecteur@presse-libérée.example", "lecteur@xn--presse-libre-kebb.example"),
        ('"odd name"@example.org', '"odd name"@example.org'),
    ],
)
def test_an_address_is_told_as_mail_servers_read_it(address: str, told: str) -> None:
    email = mail(to=address)

    assert email.recipient == told
    assert read(email.as_bytes())["To"] == told


@pytest.mark.parametrize("address", ["a@b@c.example", "a@example.org, b@example.org"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="ddress"):
        mail(to=address).as_bytes()


def test_the_sender_has_name_and_address() -> None:
    assert read(mail().as_bytes())["From"] == "Borne Out <borneout@example.org>"
