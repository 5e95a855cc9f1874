"""A real SMTP server on loopback that keeps what it is given, and answers as a test tells it to."""

from __future__ import annotations

import email
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default as modern

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

#: Given the recipient, the answer to DATA; none accepts.
Answer = Callable[[str], str | None]
#: Whether whoever signs in may.
Login = Callable[..., AuthResult]


class Sink:
    """What arrived at the far end."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.connections = 0
        self.answer: Answer = lambda recipient: None
        self.hang_up_after_accepting = False
        #: Whether it says that it takes several commands at once (PIPELINING).
        self.pipelining = False

    async def handle_EHLO(  # noqa: N802  aiosmtpd's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return ["250-PIPELINING", *responses] if self.pipelining else responses

    async def handle_RCPT(  # noqa: N802
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        refusal = self.answer(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=modern)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        if self.hang_up_after_accepting:
            self.hang_up_after_accepting = False
            server.transport.close()
        return "250 OK"

    def reminders(self) -> list[tuple[str, str, str]]:
        """(recipient, claim, stage) of every reminder that arrived, as often as it did."""
        return [
            (str(mail["To"]), *part.strip().rsplit(":", 1))
            for mail in self.mails
            for part in str(mail["X-BorneOut-Reminders"]).split(",")
        ]


@contextmanager
def running(
    *, tls: ssl.SSLContext | None = None, login: Login | None = None
) -> Iterator[tuple[Sink, int]]:
    """The sink and the port on which it listens; with STARTTLS, or with a login, where wanted."""
    sink = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(
        sink, hostname="127.0.0.1", port=port, tls_context=tls, authenticator=login,
        auth_require_tls=False,  # a password as plain text, on loopback only
    )  # fmt: skip
    controller.start()
    try:
        yield sink, port
    finally:
        controller.stop()
