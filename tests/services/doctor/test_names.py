"""What the DNS says of the sender's domain, asked of a name server on loopback."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from dns.resolver import Resolver

from verification.services.doctor import names
from verification.services.doctor.findings import Finding, State

Zone = dict[str, list[str]]


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch, settings) -> Iterator[Zone]:
    """The TXT records that a name server on loopback has; the only one that is asked."""
    settings.DEFAULT_FROM_EMAIL = "Borne Out <verify@mail.example.org>"
    records: Zone = {}
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    server.settimeout(20)
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            data, whom = server.recvfrom(4096)
            if not data:
                return
            question = dns.message.from_wire(data)
            name = str(question.question[0].name).rstrip(".")
            answer = dns.message.make_response(question)
            answer.flags |= dns.flags.RA
            if name in records:
                quoted = [f'"{text}"' for text in records[name]]
                answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "TXT", *quoted))
            else:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            server.sendto(answer.to_wire(), whom)

    def local() -> Resolver:
        found = Resolver(configure=False)
        found.nameservers, found.port = ["127.0.0.1"], server.getsockname()[1]
        found.lifetime = 5
        return found

    monkeypatch.setattr(names, "resolver", local)
    serving = threading.Thread(target=serve)
    serving.start()
    try:
        yield records
    finally:
        ended.set()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", server.getsockname())
        serving.join()
        server.close()


def found(selector: str = "") -> dict[str, Finding]:
    return {finding.part: finding for finding in names.of_the_sender(selector)}


def test_a_domain_that_says_all_is_well(zone: Zone) -> None:
    zone["mail.example.org"] = ["some-verification=1", "v=spf1 mx -all"]
    zone["_dmarc.example.org"] = ["v=DMARC1; p=reject"]
    zone["s1._domainkey.mail.example.org"] = ["v=DKIM1; k=rsa; p=MIIB"]

    told = found("s1")

    assert {part: finding.state for part, finding in told.items()} == {
        "SPF": State.WELL, "DMARC": State.WELL, "DKIM": State.WELL,
    }  # fmt: skip
    assert "example.org: v=DMARC1" in told["DMARC"].detail, "the organisation's holds below it"


def test_a_domain_that_says_nothing_is_told_what_to_add(zone: Zone) -> None:
    told = found("s1")
    assert told["SPF"].state == told["DMARC"].state == State.WARNING
    assert "v=spf1" in told["SPF"].advice
    assert "_dmarc.example.org" in told["DMARC"].advice
    assert told["DKIM"].state == State.FAULT


def test_records_that_cancel_each_other_are_a_fault(zone: Zone) -> None:
    zone["mail.example.org"] = ["v=spf1 mx -all", "v=spf1 a -all"]
    zone["_dmarc.mail.example.org"] = ["v=DMARC1; p=none", "v=DMARC1; p=reject"]
    told = found()
    assert told["SPF"].state == told["DMARC"].state == State.FAULT


def test_a_domain_that_lets_everybody_send_is_told(zone: Zone) -> None:
    zone["mail.example.org"] = ["v=spf1 +all"]
    assert found()["SPF"].state == State.WARNING


def test_a_revoked_key_is_a_fault(zone: Zone) -> None:
    zone["s1._domainkey.mail.example.org"] = ["v=DKIM1; p="]
    assert "revoked" in found("s1")["DKIM"].detail


def test_without_a_selector_nobody_looks_for_a_key(zone: Zone) -> None:
    assert found()["DKIM"].state == State.WELL
    assert "--selector" in found()["DKIM"].detail


def test_an_address_on_this_machine_is_no_sender(settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "verify@localhost"
    (told,) = names.of_the_sender("")
    assert "DEFAULT_FROM_EMAIL" in told.advice


def test_a_name_server_that_does_not_answer_is_told(monkeypatch, settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "verify@example.org"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))

        def slow() -> Resolver:
            asked = Resolver(configure=False)
            asked.nameservers, asked.port = ["127.0.0.1"], silent.getsockname()[1]
            asked.lifetime = 0.2
            return asked

        monkeypatch.setattr(names, "resolver", slow)
        (told,) = names.of_the_sender("")
    assert told.state == State.WARNING
    assert "LifetimeTimeout" in told.detail


def test_a_name_that_takes_too_long_is_not_known(monkeypatch) -> None:
    asked, answered = threading.Event(), threading.Event()

    def hangs(host: str) -> bool:
        asked.set()
        return answered.wait(20)

    monkeypatch.setattr(names, "_resolves", hangs)
    monkeypatch.setattr(names, "PATIENCE", 0.01)
    assert not names.is_known("slow.example.org")
    assert asked.is_set()
    answered.set()
