"""What the doctor says of a mail server, asked as the settings say: TLS, login, neither."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult

from tests import sink
from verification.services.doctor import mail
from verification.services.doctor.findings import Finding, State

#: From now on, for real: a certificate ends when it ends.
NOW = datetime.now(UTC)


def look() -> Finding:
    """The one thing that is said of it."""
    (finding,) = mail.look(NOW, production=True)
    return finding


@pytest.fixture
def serve(settings) -> Iterator[Callable[..., sink.Sink]]:
    """A mail server on loopback, set as the newsroom's."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    with ExitStack() as open_until_then:

        def start(**how: object) -> sink.Sink:
            server, settings.EMAIL_PORT = open_until_then.enter_context(sink.running(**how))
            return server

        yield start


def certificate(folder: Path, days: int) -> ssl.SSLContext:
    """A server's side of TLS for loopback, signed by itself and trusted by nobody yet."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", str(days), "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


def trust(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "cert.pem"))


def test_a_certificate_that_nobody_vouches_for_is_a_fault_that_names_the_settings(
    settings, serve, tmp_path: Path
) -> None:
    serve(tls=certificate(tmp_path, days=90))
    settings.EMAIL_USE_TLS = True

    finding = look()

    assert finding.state == State.FAULT
    assert "no TLS (self-signed certificate)" in finding.detail
    assert "EMAIL_USE_TLS" in finding.advice


def test_a_server_over_tls_is_well(settings, serve, monkeypatch, tmp_path: Path) -> None:
    server = serve(tls=certificate(tmp_path, days=90))
    settings.EMAIL_USE_TLS = True
    trust(monkeypatch, tmp_path)

    finding = look()

    assert finding.state == State.WELL
    assert "over TLSv1" in finding.detail
    assert server.mails == []


def test_a_certificate_that_ends_soon_is_told_with_its_day(
    settings, serve, monkeypatch, tmp_path: Path
) -> None:
    serve(tls=certificate(tmp_path, days=5))
    settings.EMAIL_USE_TLS = True
    trust(monkeypatch, tmp_path)

    well, soon = mail.look(NOW, production=True)

    assert (well.state, soon.state) == (State.WELL, State.WARNING)
    assert f"ends on {NOW + timedelta(days=5):%Y-%m-%d}" in soon.detail


def test_tls_that_is_offered_and_not_used_is_warned_of_beyond_loopback(
    serve, monkeypatch, tmp_path: Path
) -> None:
    serve(tls=certificate(tmp_path, days=90))
    assert look().state == State.WELL, "nobody listens on loopback"
    monkeypatch.setattr(mail, "LOCAL", ())

    well, bare = mail.look(NOW, production=True)

    assert (well.state, bare.state) == (State.WELL, State.WARNING)
    assert "offers TLS, and it is not used" in bare.detail


@pytest.mark.parametrize(("right", "state"), [(True, State.WELL), (False, State.FAULT)])
def test_a_login_is_tried_and_its_password_never_told(settings, serve, right, state) -> None:
    serve(login=lambda *given: AuthResult(success=right, handled=False))
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "not-for-the-screen"

    finding = look()

    assert finding.state == state
    assert right or "refuses the login (535)" in finding.detail
    assert "not-for-the-screen" not in finding.detail + finding.advice


def test_a_server_that_is_not_there_is_a_fault(settings, serve) -> None:
    serve()
    settings.EMAIL_PORT = 1
    finding = look()
    assert (finding.state, "127.0.0.1:1" in finding.detail) == (State.FAULT, True)
