"""The way to the mail server."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

from verification.emails.mime import Mail


class EmailBackend(smtp.EmailBackend):
    """Django's, but that our own mails write themselves down."""

    def _send(self, email_message: EmailMessage) -> bool:
        if not isinstance(email_message, Mail):
            return super()._send(email_message)
        mail = email_message
        self.connection.sendmail(mail.sender, [mail.recipient], mail.as_bytes())
        return True
