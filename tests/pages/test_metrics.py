"""`/metrics`: for who has the token, and for the whole installation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import DatabaseError
from prometheus_client.parser import text_string_to_metric_families
from redis import Redis

from tests import factories
from tests.services.waiting_mail import DUE, several
from tests.sink import Sink
from tracker import broker as embedded
from tracker import measures, sums
from tracker.tally import tally
from verification.services import database, messages

TOKEN = "a-token-of-prometheus-alone"
ALERTS = Path(__file__).resolve().parents[2] / "deploy" / "prometheus" / "alerts.yml"
#: Names that Prometheus makes of ours.
SUFFIXES = re.compile(r"_(bucket|count|sum)$")

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, settings) -> Callable[[], dict[str, dict[tuple[str, ...], float]]]:
    """The samples by metric and the values of its labels, as Prometheus reads them."""
    settings.METRICS_TOKEN = TOKEN
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    def asked() -> dict[str, dict[tuple[str, ...], float]]:
        answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        found: dict[str, dict[tuple[str, ...], float]] = {}
        for family in text_string_to_metric_families(answer.content.decode()):
            # A counter's family is named without its ending.
            name = f"{family.name}_total" if family.type == "counter" else family.name
            found[name] = {}
            for sample in family.samples:
                rows = found.setdefault(sample.name, {})
                rows[tuple(value for _name, value in sorted(sample.labels.items()))] = sample.value
        return found

    return asked


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("b")
    embedded.ensure_running(folder, idle_seconds=5)
    return embedded.url(folder).replace("redis+socket://", "unix://", 1)


@pytest.fixture
def counted(address: str, settings) -> Iterator[None]:
    """What is counted is kept, in a Redis of its own."""
    settings.CACHES = {**settings.CACHES, "counts": {"LOCATION": address}}
    with Redis.from_url(address) as redis:
        redis.flushall()
    tally.keep_with(sums.keep)
    yield
    tally.keep_with(None)
    tally.take()


# --- Who may read it ------------------------------------------------------------------------------


def test_without_a_token_in_the_settings_there_is_no_such_page(client, settings) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer wrong", TOKEN, f"Basic {TOKEN}"])
def test_who_does_not_say_the_token_reads_nothing(client, settings, said: str) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = client.get("/metrics", headers={"authorization": said})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert "borneout_" not in answer.content.decode()


def test_a_managing_editor_is_no_exception(client, settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    client.force_login(factories.managing_editor())
    assert client.get("/metrics").status_code == 401


def test_it_is_never_kept_and_changes_nothing(client, settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    header = {"authorization": f"Bearer {TOKEN}"}
    assert "no-store" in client.get("/metrics", headers=header)["Cache-Control"]
    assert client.post("/metrics", headers=header).status_code == 405


# --- What it tells --------------------------------------------------------------------------------


def test_it_tells_what_mail_became_by_kind(ask: Any, counted: None, smtp: Sink) -> None:
    several(3)
    smtp.answer = lambda recipient: "550 5.1.1 no such user" if "1" in recipient else None
    messages.drain(clock=lambda: DUE)

    found = ask()["borneout_messages_total"]

    sent, failed = len(smtp.mails), 3 - len(smtp.mails)
    assert sent and failed
    assert found == {("sent", "reminders"): sent, ("failed", "reminders"): failed}


def test_it_tells_a_mail_server_that_cannot_be_reached(ask: Any, counted: None, settings) -> None:
    several(1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    messages.drain(clock=lambda: DUE)
    assert ask()["borneout_mail_server_unreachable_total"] == {(): 1}


def test_it_tells_how_long_verdicts_took(
    ask: Any, counted: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        early, late, elsewhere = factories.claim(), factories.claim(), factories.claim()
        factories.decide(early, now=datetime(2026, 2, 28, tzinfo=UTC))
        factories.decide(late, now=datetime(2026, 4, 3, 9, tzinfo=UTC))
        factories.decide(elsewhere, imported=True)

    found = ask()

    # What was decided elsewhere says nothing of this newsroom.
    assert found["borneout_verdict_latency_seconds_count"] == {("confirmed",): 2}
    # The last day was 31 March: it took two days and nine hours from its end.
    assert found["borneout_verdict_latency_seconds_sum"] == {("confirmed",): 57 * 3600}
    up_to = {
        labels[0] if labels[0] != "confirmed" else labels[1]: number
        for labels, number in found["borneout_verdict_latency_seconds_bucket"].items()
    }
    assert (up_to["0"], up_to["86400"], up_to["259200"]) == (1, 1, 2)


def test_it_goes_on_where_the_database_is_away(ask: Any, monkeypatch) -> None:
    def away(_now: object) -> Any:
        raise DatabaseError("hunter2")

    monkeypatch.setattr("verification.services.gauges.of_the_database", away)
    found = ask()
    assert found["borneout_database_up"] == {(): 0}
    assert "borneout_sweep_lag_seconds" not in found
    monkeypatch.setattr(database, "answers", lambda: False)
    assert ask()["borneout_database_up"] == {(): 0}


def test_it_goes_on_where_broker_and_counts_are_away(ask: Any, settings, tmp_path) -> None:
    away = {"LOCATION": f"unix://{tmp_path}/nobody.sock"}
    settings.CACHES = {**settings.CACHES, "counts": away}
    found = ask()
    assert found["borneout_broker_up"] == found["borneout_counts_up"] == {(): 0}
    assert found["borneout_database_up"] == {(): 1}


def test_it_says_which_release_answers(ask: Any, settings) -> None:
    settings.RELEASE = "0123456789ab"
    ((labels, value),) = ask()["borneout_build_info"].items()
    assert "0123456789ab" in labels and value == 1


# --- Names ----------------------------------------------------------------------------------------


def names_of_alerts() -> set[str]:
    rules = [
        rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]
    ]
    assert len({rule["alert"] for rule in rules}) == len(rules) > 10
    return {name for rule in rules for name in re.findall(r"\bborneout_\w+", rule["expr"])}


def test_every_metric_that_an_alert_asks_for_exists(ask: Any) -> None:
    found = set(ask())
    for name in names_of_alerts():
        assert name in found or SUFFIXES.sub("", name) in found, name


def test_every_metric_is_documented_and_none_that_is_not() -> None:
    told = (ALERTS.parents[2] / "docs" / "operation.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(borneout_\w+)", told, re.MULTILINE))
    assert documented == names()


def names() -> set[str]:
    """Those of the code."""
    folder = Path(measures.__file__).parents[1] / "verification"
    code = "".join(
        (folder / path).read_text(encoding="utf-8")
        for path in ("services/gauges.py", "pages/metrics.py")
    )
    return set(re.findall(r'"(borneout_\w+)"', code)) | {each.name for each in measures.ALL}


def test_names_say_their_unit() -> None:
    for measure in measures.ALL:
        assert measure.name.endswith("_seconds" if measure.buckets else "_total")
        assert list(measure.buckets) == sorted(measure.buckets)
    assert all(re.fullmatch("borneout_[a-z_]+[a-z]", name) for name in names())
