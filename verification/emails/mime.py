"""A mail in two parts, text and HTML, as the bytes that a mail server is given.

Django's own way through the email package takes as long as the mail server does: it parses every
address, and weighs for every header how it could be folded. Nearly all of ours are plain. What is
not plain (a word with an accent, a long header with spaces, a long line) is left to the same
library as ever.
"""

from __future__ import annotations

import re
import uuid
from email.header import Header
from email.utils import formatdate
from functools import cached_property, lru_cache
from smtplib import quoteaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import BadHeaderError, sanitize_address

#: Longer headers are folded, where there is a space to fold them at (RFC 5322, 2.1.1).
FOLD_AFTER = 78
#: Longer lines no mail server has to take, so such a text has to be encoded (RFC 5322, 2.1.1).
LINE_MAX = 998

_CRLF = "\r\n"
#: An address that means the same however it is read.
_PLAIN = re.compile(r"[\w+-]+(\.[\w+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)


class Mail(EmailMultiAlternatives):
    """A mail with one recipient."""

    @property
    def sender(self) -> str:
        """From whom, as the mail server is told."""
        return _sender(self.from_email)

    @property
    def recipient(self) -> str:
        """To whom, as the mail server is told. Raises ValueError for what is no address."""
        (address,) = self.to
        return address if _PLAIN.fullmatch(address) else sanitize_address(address, "utf-8")

    @property
    def sender_path(self) -> str:
        """The sender's address alone, in its brackets."""
        return _path(self.from_email)

    @property
    def recipient_path(self) -> str:
        """The recipient's address alone, in its brackets. Raises ValueError for what is none."""
        address = self.recipient
        return f"<{address}>" if _PLAIN.fullmatch(address) else quoteaddr(address)

    @cached_property
    def content(self) -> bytes:
        """The mail as it is handed over, written down once."""
        return self.as_bytes()

    def as_bytes(self) -> bytes:
        """Everything that the mail server is given: headers and both parts, lines ended by CRLF."""
        text, html = str(self.body), str(self.alternatives[0][0])
        parts = [_part("plain", text), _part("html", html)]
        if max(max(map(len, part.split(b"\r\n"))) for part in parts) > LINE_MAX:
            return self.message().as_bytes(linesep=_CRLF)  # type: ignore[call-arg]  # Django's own
        boundary = uuid.uuid4().hex
        dated = {"Date": formatdate(localtime=settings.EMAIL_USE_LOCALTIME)}
        headers = [
            _header("Subject", str(self.subject)),
            f"From: {self.sender}",
            f"To: {self.recipient}",
            *(_header(name, str(value)) for name, value in (dated | self.extra_headers).items()),
            "MIME-Version: 1.0",
            f'Content-Type: multipart/alternative; boundary="{boundary}"',
        ]
        head = "\r\n".join(headers).encode("ascii")
        line = f"\r\n--{boundary}".encode("ascii")
        return b"".join(
            (head, b"\r\n", *(line + b"\r\n" + part for part in parts), line + b"--\r\n")
        )


@lru_cache(maxsize=16)
def _sender(address: str) -> str:
    return sanitize_address(address, "utf-8")


@lru_cache(maxsize=16)
def _path(address: str) -> str:
    return quoteaddr(_sender(address))


def _header(name: str, value: str) -> str:
    """One header, folded and encoded where it has to be. Raises BadHeaderError for two lines."""
    if "\n" in value or "\r" in value:
        raise BadHeaderError(f"{name} has more than one line: {value!r}")
    line = f"{name}: {value}"
    if value.isascii() and (len(line) <= FOLD_AFTER or " " not in value):
        return line
    words = Header(value, None if value.isascii() else "utf-8", header_name=name)
    return f"{name}: {words.encode(linesep=_CRLF)}"


def _part(subtype: str, text: str) -> bytes:
    """One part of the mail with its headers."""
    encoding = "7bit" if text.isascii() else "8bit"
    head = (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return head.encode("ascii") + lines.encode()
