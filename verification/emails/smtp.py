"""The way to the mail server, in steps between which something else can be done."""

from __future__ import annotations

import re
import smtplib
from typing import Protocol, cast

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend

from verification.emails.mime import Mail

#: A line that begins with a dot gets another: one alone ends the mail (RFC 5321, 4.5.2).
_DOTS = re.compile(rb"^\.", re.MULTILINE)


class Handing(Protocol):
    """One mail that is handed over: `begin`, `name_recipient`, `give`, `end`, in this order.

    After each of the first three the mail server is at work, and is waited for by the next step
    alone. A step raises OSError (of which SMTPException is one) where the server does not go along,
    and ValueError for what is no address. The connection has to be closed then.
    """

    def begin(self) -> None:
        """Says from whom a mail comes."""

    def name_recipient(self) -> None:
        """Says to whom it goes."""

    def give(self) -> None:
        """Gives the mail itself."""

    def end(self) -> None:
        """Returns when the mail server has taken the mail."""

    def take_back(self) -> None:
        """Instead of `give`: nothing is sent after all."""


def handing(server: BaseEmailBackend, mail: EmailMessage) -> Handing:
    """Hands the mail to this server, to which the connection is open."""
    if isinstance(server, EmailBackend) and isinstance(mail, Mail):
        return _InSteps(cast("smtplib.SMTP", server.connection), mail)
    return _AtOnce(server, mail)


def write_down(mail: EmailMessage) -> None:
    """Has the mail's bytes ready before its turn. Raises what makes that impossible."""
    if isinstance(mail, Mail):
        _ = mail.content


class _InSteps:
    """Over SMTP, with the words and the errors of `smtplib.SMTP.sendmail`.

    A server that takes several commands at once (PIPELINING, RFC 2920) is told the recipient with
    the sender; DATA goes by itself, since it could not be taken back.
    """

    def __init__(self, server: smtplib.SMTP, mail: Mail) -> None:
        self._server, self._mail = server, mail
        server.ehlo_or_helo_if_needed()
        self._at_once = server.has_extn("pipelining")

    def begin(self) -> None:
        size = f" size={len(self._mail.content)}" if self._server.has_extn("size") else ""
        recipient = f"RCPT TO:{self._mail.recipient_path}"
        self._server.putcmd(f"MAIL FROM:{self._mail.sender_path}{size}")
        if self._at_once:
            self._server.putcmd(recipient)

    def name_recipient(self) -> None:
        code, words = self._server.getreply()
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, words, self._mail.sender)
        if not self._at_once:
            self._server.putcmd(f"RCPT TO:{self._mail.recipient_path}")

    def give(self) -> None:
        code, words = self._server.getreply()
        if code not in {250, 251}:
            raise smtplib.SMTPRecipientsRefused({self._mail.recipient: (code, words)})
        code, words = self._server.docmd("DATA")
        if code != 354:
            raise smtplib.SMTPDataError(code, words)
        content = self._mail.content
        if b"\n." in content:
            content = _DOTS.sub(b"..", content)
        self._server.send(content + b".\r\n")

    def end(self) -> None:
        code, words = self._server.getreply()
        if code != 250:
            raise smtplib.SMTPDataError(code, words)

    def take_back(self) -> None:
        self._server.getreply()
        self._server.rset()


class _AtOnce:
    """By a backend that knows no steps, such as one that writes mails into files."""

    def __init__(self, server: BaseEmailBackend, mail: EmailMessage) -> None:
        self._server, self._mail = server, mail

    def begin(self) -> None:
        pass

    def name_recipient(self) -> None:
        pass

    def give(self) -> None:
        self._server.send_messages([self._mail])

    def end(self) -> None:
        pass

    def take_back(self) -> None:
        pass


class EmailBackend(smtp.EmailBackend):
    """Django's, but that our own mails write themselves down."""

    def _send(self, email_message: EmailMessage) -> bool:
        if not isinstance(email_message, Mail):
            return bool(super()._send(email_message))  # type: ignore[misc]  # the stubs leave it out
        mail, server = email_message, cast("smtplib.SMTP", self.connection)
        server.sendmail(mail.sender, [mail.recipient], mail.content)
        return True
