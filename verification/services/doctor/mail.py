"""Whether the mail server takes mail from us, and how. None is sent."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from tracker.scrub import scrubbed
from tracker.security import LOCAL
from verification.services.doctor.findings import Finding, fault, warning, well

#: How long the mail server is waited for, in seconds.
PATIENCE = 10.0
#: A certificate that ends sooner should have been renewed.
SOON = timedelta(days=14)


def look(now: datetime, *, production: bool) -> Iterable[Finding]:
    """Connects, says hello, begins TLS and signs in, as far as the settings say so."""
    if not settings.EMAIL_HOST:
        if production:
            yield warning(
                "mail", "no mail server: mails are files in VAR_DIR/mail, links and all",
                "Set EMAIL_HOST, so that reminders leave this machine.",
            )  # fmt: skip
        else:
            yield well("mail", "goes nowhere: read it on the desk, under Mail")
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    server = EmailBackend(timeout=min(settings.EMAIL_TIMEOUT, PATIENCE))
    try:
        server.open()
        line = server.connection
        if line is None:
            return
        # Without TLS and a login nothing has been said to it yet.
        line.ehlo_or_helo_if_needed()
        yield from _line(line, where, now)
        server.close()
    except ssl.SSLError as error:
        reason = getattr(error, "verify_message", "") or error.reason or str(error)
        yield fault(
            "mail", f"{where}: no TLS ({reason})",
            "EMAIL_USE_TLS is for port 587, EMAIL_USE_SSL for 465; the server’s certificate must "
            "be valid for the name in EMAIL_HOST.",
        )  # fmt: skip
    except smtplib.SMTPAuthenticationError as error:
        yield fault(
            "mail", f"{where} refuses the login ({error.smtp_code})",
            "Mend EMAIL_HOST_USER and EMAIL_HOST_PASSWORD.",
        )  # fmt: skip
    except (smtplib.SMTPException, OSError) as error:
        yield fault(
            "mail", f"{where}: {scrubbed(str(error))}",
            "Mend the EMAIL_ settings, or ask whoever runs the mail server.",
        )  # fmt: skip


def _line(line: smtplib.SMTP, where: str, now: datetime) -> Iterable[Finding]:
    """What there is to say of an open connection."""
    if isinstance(line.sock, ssl.SSLSocket):
        yield well("mail", f"{where} takes mail over {line.sock.version()}")
        ends = str((line.sock.getpeercert() or {}).get("notAfter", ""))
        if ends:
            until = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)
            if until - now < SOON:
                yield warning(
                    "mail", f"the certificate of {where} ends on {until:%Y-%m-%d}",
                    "Ask whoever runs the mail server to renew it.",
                )  # fmt: skip
        return
    yield well("mail", f"{where} takes mail")
    if line.has_extn("starttls") and settings.EMAIL_HOST not in LOCAL:
        yield warning(
            "mail", f"{where} offers TLS, and it is not used",
            "Set EMAIL_USE_TLS=1: the mails, links and all, go as plain text.",
        )  # fmt: skip
