"""The doctor tells what is not well, and what to do about it; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from redis import Redis

from tests import factories, sink
from tracker import broker as embedded
from verification.models import Claim, Heartbeat, Message, Reminder
from verification.services import alarms, broker, pulse, suppressions
from verification.services.doctor import examination, names
from verification.services.doctor.examination import Thoroughness
from verification.services.doctor.findings import Finding, State

NOW = datetime(2026, 4, 3, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_outside_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "is_known", lambda host: True)
    monkeypatch.setattr(broker, "answers", lambda: True)


def found(part: str, **how: bool) -> list[Finding]:
    wanted = Thoroughness(**({"production": True} | how))
    return [finding for finding in examination.examine(lambda: NOW, wanted) if finding.part == part]


def alive(at: datetime = NOW) -> None:
    for name in (pulse.WORKER, pulse.BEAT):
        Heartbeat.objects.create(name=name, at=at)


def test_weak_settings_are_named_once_each_with_what_to_do(settings) -> None:
    settings.SITE_IS_HTTPS = False
    settings.SECRET_KEY = "short"

    weak = found("settings")

    assert all(finding.advice for finding in weak)
    assert sum("SITE_URL" in finding.detail for finding in weak) == 1
    assert sum("SECRET_KEY" in finding.detail for finding in weak) == 1
    # Django says the same of cookies, HSTS and the key.
    assert not any("security.W" in finding.detail for finding in weak)


def test_a_trial_on_ones_own_machine_is_told_calmly_what_it_lacks_for_others(settings) -> None:
    settings.SITE_URL, settings.SITE_HOST, settings.EMAIL_HOST = "http://127.0.0.1", "127.0.0.1", ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    # A real clock: the database's and the broker's are compared with it.
    now = timezone.now()
    alive(now)

    told = list(examination.examine(lambda: now, Thoroughness(production=False)))

    assert [finding for finding in told if finding.state != State.WELL] == []
    (weak,) = (finding for finding in told if finding.part == "settings")
    assert "before others reach it, set SECRET_KEY, SITE_URL, EMAIL_HOST" in weak.detail
    assert len(told) <= 14
    assert len({(finding.part, finding.detail) for finding in told}) == len(told)
    assert not any(finding.part == "names" for finding in told), "its own name needs no DNS"


def test_whether_it_is_a_trial_is_read_from_the_sites_address(settings) -> None:
    settings.SITE_IS_LOCAL = True
    assert not examination.usual().production
    settings.SITE_IS_LOCAL = False
    assert examination.usual().production


def test_what_keeps_it_from_working_is_a_fault_of_a_trial_too(settings) -> None:
    (finding,) = found("worker", production=False)
    assert finding.state == State.FAULT
    assert "make demo" in finding.advice


def test_it_says_how_the_installation_is_watched_without_the_secrets(settings) -> None:
    settings.METRICS_TOKEN = "a-token-that-nobody-is-to-see"
    settings.SENTRY_DSN = "https://public-key@sentry.example.org/1"
    (finding,) = found("watching")
    assert "metrics at /metrics" in finding.detail
    assert "sentry.example.org" in finding.detail
    assert "nobody" not in finding.detail and "public-key" not in finding.detail


def test_static_files_that_are_missing_are_a_fault(monkeypatch) -> None:
    monkeypatch.setattr("django.contrib.staticfiles.finders.find", lambda path: None)
    (finding,) = found("static files")
    assert finding.state == State.FAULT


def test_a_database_that_is_not_migrated_is_a_fault(monkeypatch) -> None:
    first = ("verification", "0001_initial")
    leaf = MigrationExecutor(connection).loader.graph.nodes[first]
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, leaves: [(leaf, False)])

    (finding,) = found("migrations")

    assert finding.state == State.FAULT
    assert finding.advice == "Run: manage.py migrate"
    assert found("worker") == []  # it would ask tables that may not be there


def test_processes_that_give_signs_of_life_are_well() -> None:
    alive()
    assert [finding.state for part in ("worker", "beat") for finding in found(part)] == [
        State.WELL,
        State.WELL,
    ]


def test_a_process_that_was_never_seen_is_told_how_to_be_started() -> None:
    (finding,) = found("beat")
    assert (finding.state, finding.advice) == (
        State.FAULT,
        "Start it: celery -A tracker beat",
    )


def test_a_process_that_fell_silent_is_told_since_when() -> None:
    alive(NOW - timedelta(hours=2))
    (finding,) = found("worker")
    assert (finding.state, finding.detail) == (
        State.FAULT,
        "silent since 2026-04-03 10:00 UTC",
    )


@pytest.mark.parametrize(
    ("waited", "span"), [(timedelta(minutes=45), "45 minutes"), (timedelta(hours=7), "7 hours")]
)
def test_mail_that_waits_too_long_is_a_fault_with_how_long(waited: timedelta, span: str) -> None:
    mail(created_at=NOW - waited, next_attempt_at=NOW - waited)
    (finding,) = found("outbox")
    assert (finding.state, finding.detail) == (State.FAULT, f"a mail has waited for {span}")


def test_mails_that_could_not_be_sent_and_addresses_that_take_none_are_told() -> None:
    failed = mail(state="failed", last_error="550 no")
    about = {"claim": factories.claim(), "recipient": failed.recipient, "stage": "due"}
    Reminder.objects.create(**about, deadline=date(2026, 3, 31), created_at=NOW, message=failed)
    emma = factories.editor(username="emma")
    suppressions.suppress(address=emma.email, reason="550", message=None, now=NOW)

    told = [finding.detail for finding in found("outbox")]

    assert told == ["1 mail could not be sent", "the address of 1 user takes no mail"]


def test_claims_of_which_nobody_can_be_told_are_counted_as_far_as_counting_goes(
    monkeypatch,
) -> None:
    monkeypatch.setattr(alarms, "MOST", 2)
    for _ in range(3):
        factories.claim()
    Claim.objects.update(unreachable_since=NOW)

    (finding,) = found("claims")

    assert finding.state == State.WARNING
    assert finding.detail == "nobody can be told of more than 2 due claims"


def mail(**fields: Any) -> Message:
    """A message to somebody, as it stands in the outbox."""
    fields = {"state": "pending", "next_attempt_at": None, "created_at": NOW} | fields
    return Message.objects.create(
        recipient=factories.editor(), message_id="<1@example.org>", **fields
    )


def test_a_broker_that_is_away_is_a_fault(monkeypatch) -> None:
    monkeypatch.setattr(broker, "answers", lambda: False)
    (finding,) = found("broker")
    assert finding.state == State.FAULT


def test_clocks_that_are_apart_are_a_fault(settings, monkeypatch) -> None:
    """Leases and expiring tasks compare the clocks of several machines."""
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    behind = int((NOW - timedelta(seconds=9)).timestamp())
    monkeypatch.setattr(Redis, "time", lambda self: (behind, 0))

    clocks = [finding for finding in found("clocks") if "broker" in finding.detail]

    assert [finding.state for finding in clocks] == [State.FAULT]
    assert "-9.0 s" in clocks[0].detail


def test_clocks_that_agree_are_well(settings, monkeypatch) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(Redis, "time", lambda self: (int(NOW.timestamp()), 900_000))

    clocks = [finding for finding in found("clocks") if "broker" in finding.detail]

    assert [finding.state for finding in clocks] == [State.WELL]


def test_a_name_that_nobody_knows_is_told_with_its_setting(settings, monkeypatch) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    monkeypatch.setattr("verification.services.doctor.mail.look", lambda now, production: [])
    monkeypatch.setattr(names, "is_known", lambda host: host != "mail.example.org")

    bad = [finding for finding in found("names") if finding.state != State.WELL]

    assert [finding.advice for finding in bad] == [
        "Mend EMAIL_HOST, or the name’s entry in the DNS."
    ]


@pytest.fixture
def real_mail(settings) -> Iterator[sink.Sink]:
    with sink.running() as (server, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield server


def test_a_mail_server_that_answers_is_well_and_gets_no_mail(settings, real_mail) -> None:
    (finding,) = found("mail")
    assert finding.state == State.WELL
    assert real_mail.connections == 1
    assert real_mail.mails == []


def test_a_mail_server_that_refuses_is_a_fault(settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    (finding,) = found("mail")
    assert finding.state == State.FAULT


def test_without_a_mail_server_it_says_that_nothing_leaves(settings) -> None:
    settings.EMAIL_HOST = ""
    (finding,) = found("mail")
    assert (finding.state, "EMAIL_HOST" in finding.advice) == (State.WARNING, True)
    (calm,) = found("mail", production=False)
    assert calm.state == State.WELL


def test_a_disk_that_is_nearly_full_is_told(monkeypatch) -> None:
    class Usage:
        free = 5_000_000

    monkeypatch.setattr("shutil.disk_usage", lambda folder: Usage)
    (finding,) = found("storage")
    assert (finding.state, finding.detail[:6]) == (State.WARNING, "5 MB a")


def test_the_command_fails_where_there_is_a_fault_and_sends_a_mail_where_asked(
    real_mail, capsys
) -> None:
    with pytest.raises(CommandError, match="faults"):  # no worker was ever seen
        call_command("doctor", send="desk@example.org")
    assert [mail["To"] for mail in real_mail.mails] == ["desk@example.org"]
    assert "BAD  worker: never seen" in capsys.readouterr().out


def test_it_looks_on_where_the_database_is_away(monkeypatch) -> None:
    def away() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", away)
    (finding,) = found("database")
    assert (finding.state, finding.detail) == (State.FAULT, "connection refused")
    assert found("zone")


def test_an_embedded_broker_is_asked_where_it_lives(settings, tmp_path, monkeypatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(names, "is_known", lambda host: True)
    embedded.ensure_running(tmp_path, idle_seconds=5)
    settings.EMBEDDED_BROKER_URL = settings.CELERY_BROKER_URL = embedded.url(tmp_path)
    assert found("broker") == [Finding("broker", State.WELL, "answers (embedded)")]
