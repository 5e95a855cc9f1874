"""The way to the mail server."""

from __future__ import annotations

import smtplib
from typing import cast

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

from verification.emails.mime import Mail


class EmailBackend(smtp.EmailBackend):
    """Django's, but that our own mails write themselves down."""

    def _send(self, email_message: EmailMessage) -> bool:
        if not isinstance(email_message, Mail):
            return bool(super()._send(email_message))  # type: ignore[misc]  # the stubs leave it out
        mail, server = email_message, cast("smtplib.SMTP", self.connection)
        server.sendmail(mail.sender, [mail.recipient], mail.as_bytes())
        return True
