"""Pages of open claims are read again, politely, and by one worker each."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tests import factories
from tests.canary import Canary, answer
from tests.pages_of_sources import FIRST, SECOND, URL, html, prints
from tests.services import desk
from verification import tasks
from verification.models import Claim, Report, Rereading, Snapshot
from verification.models.choices import ReadFault
from verification.services import intake, readings, rereads, snapshots, verdicts
from verification.services.articlepages import Article

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def kept(*urls: str) -> Claim:
    """A claim with a report for each address, each with its text as it was when it was logged."""
    claim = factories.claim(reports=[factories.report_draft(url=url) for url in urls or (URL,)])
    for report in claim.reports.all():
        article = replace(intake.read(html()), url=report.url, read_at=NOW, size=500)
        snapshots.keep(actor=desk.emma(), report=report, article=article, now=NOW)
    return claim


def row() -> Rereading:
    return Rereading.objects.get()


def test_a_page_is_read_once_a_day_at_most_and_ever_more_seldom(web: Canary) -> None:
    kept()
    prints(web)
    read_on = []
    for hours in range(0, 24 * 60, 6):
        now = NOW + timedelta(hours=hours)
        if rereads.reread_due(now=now):
            read_on.append((now - NOW).days)
    assert read_on == [1, 3, 7, 15, 29, 43, 57]
    assert Snapshot.objects.count() == 1


def test_a_page_that_was_changed_is_looked_at_the_next_day_again(web: Canary) -> None:
    kept()
    prints(web)
    for days in (1, 3, 7):
        assert rereads.reread_due(now=NOW + days * DAY) == {"read": 1}
    prints(web, FIRST.replace("at least", "up to"), SECOND)
    assert rereads.reread_due(now=NOW + 15 * DAY) == {"changed": 1}
    assert row().next_at == NOW + 16 * DAY


def test_it_is_read_once_more_when_the_verdict_lands_and_then_no_more(web: Canary) -> None:
    claim = kept()
    prints(web)
    later = NOW + timedelta(hours=1)
    factories.decide(claim, known_on=date(2026, 2, 2), now=later)
    assert rereads.reread_due(now=later) == {"read": 1}
    assert row().next_at is None
    verdicts.reopen(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        rationale="Too early.",
        now=later + DAY,
    )
    assert rereads.reread_due(now=later + DAY) == {"read": 1}
    assert row().next_at is not None


def test_what_fails_is_noted_tried_ever_later_and_given_up(web: Canary) -> None:
    kept()
    web.pages["/amazon"] = answer(status="503 Service Unavailable")
    tried = []
    for days in range(200):
        if rereads.reread_due(now=NOW + days * DAY):
            tried.append(days)
            assert row().last_error == ReadFault.STATUS
    assert tried == [1, 2, 4, 8, 16, 30, 44, 58]
    assert (row().next_at, row().failures) == (None, readings.FAILURES_MAX)


def test_a_page_that_kills_its_reader_is_given_up_too() -> None:
    kept()
    taken = [NOW + n * readings.HOLD for n in range(24, 80)]
    assert sum(len(readings.take_due(now, most=5)) for now in taken) == readings.FAILURES_MAX
    assert row().next_at is None


def test_what_nobody_foresaw_holds_up_no_other_page(
    web: Canary, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kept(URL, "http://other.example/amazon")
    prints(web)
    read = intake.page_at

    def page_at(url: str) -> Article:
        if url == URL:
            raise RuntimeError("a parser's fault")
        return read(url)

    monkeypatch.setattr(intake, "page_at", page_at)
    assert rereads.reread_due(now=NOW + DAY) == {"unread": 1, "read": 1}
    assert Rereading.objects.get(report__url=URL).last_error == ReadFault.BROKEN
    assert "a parser's fault" in caplog.text


def test_one_host_is_asked_for_one_page_at_a_time(web: Canary) -> None:
    kept(*(f"http://source.example/{n}" for n in range(3)), "http://other.example/1")
    for path in ("/0", "/1", "/2"):
        prints(web, path=path)
    assert [rereads.reread_due(now=NOW + DAY).total() for _tick in range(4)] == [2, 1, 1, 0]


def test_a_batch_is_small(web: Canary) -> None:
    kept(*(f"http://source{n}.example/amazon" for n in range(9)))
    prints(web)
    assert rereads.reread_due(now=NOW + DAY) == {"read": rereads.BATCH}


def test_two_workers_never_take_the_same_page() -> None:
    kept(*(f"http://source{n}.example/amazon" for n in range(5)))
    first = readings.take_due(NOW + DAY, most=3)
    second = readings.take_due(NOW + DAY, most=3)
    assert (len(first), len(second)) == (3, 2)
    assert not {report.pk for report in first} & {report.pk for report in second}


@pytest.mark.usefixtures("real_transactions")
def test_two_workers_at_once_read_each_page_once(web: Canary) -> None:
    kept(*(f"http://source{n}.example/amazon" for n in range(6)))
    prints(web)
    together = threading.Barrier(2)

    def work() -> None:
        together.wait()
        rereads.reread_due(now=NOW + DAY)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    rereads.reread_due(now=NOW + DAY)
    hosts = [request.partition("Host: ")[2].split("\r\n")[0] for request in web.requests]
    assert sorted(hosts) == [f"source{n}.example" for n in range(6)]


def test_no_transaction_is_open_while_a_page_is_read(
    real_transactions: None, web: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept()
    prints(web)
    open_: list[bool] = []
    read = intake.page_at

    def page_at(url: str) -> Article:
        open_.append(connection.in_atomic_block)
        return read(url)

    monkeypatch.setattr(intake, "page_at", page_at)
    rereads.reread_due(now=NOW + DAY)
    assert open_ == [False]


def test_a_report_that_was_logged_without_a_text_is_not_asked_for(web: Canary) -> None:
    factories.claim(reports=[factories.report_draft(url=URL)])
    assert rereads.reread_due(now=NOW + 9 * DAY) == {}
    assert (web.hits, Report.objects.count()) == (0, 1)


@pytest.mark.parametrize(("wanted", "hits"), [(False, 0), (True, 1)])
def test_nothing_is_read_again_by_itself_unless_the_newsroom_says_so(
    web: Canary, settings, wanted: bool, hits: int
) -> None:
    kept()
    prints(web)
    settings.REREAD_PAGES = wanted
    tasks.reread()
    assert web.hits == hits
