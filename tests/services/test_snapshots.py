"""What a source printed is kept with its report, and so is what was changed since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import factories
from tests.canary import Canary, answer
from tests.pages_of_sources import FIRST, SECOND, URL, prints
from tests.services import desk
from tests.services.desk import last_entry
from tests.services.rows import nothing_changes
from verification.models import LedgerEntry, Report, Rereading, Snapshot
from verification.models.choices import KeptHow, ReadFault
from verification.services import intake, publication, reports, snapshots
from verification.services.articlepages import Article
from verification.services.connecting import UnreadError
from verification.services.errors import Conflict

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PASTED = Article(text=f"{FIRST}\n{SECOND}", title="Amazon eyes OpenAI")


@pytest.fixture
def report() -> Report:
    claim = factories.claim(reports=[factories.report_draft(url=URL, hedge="could")])
    return claim.reports.get()


def read(report: Report, now: datetime = NOW) -> Snapshot:
    return snapshots.reread(actor=desk.emma(), report=report, now=now)


def test_the_text_is_kept_with_its_hash_its_title_and_its_time(web: Canary, report: Report) -> None:
    prints(web)
    found = read(report)
    assert FIRST in found.text
    assert "All rights reserved" not in found.text
    assert found.sha256 == sha256(found.text.encode()).hexdigest()
    assert (found.how, found.asked_url, found.url) == (KeptHow.FETCHED, URL, URL)
    assert found.title == "Amazon eyes OpenAI"
    assert (found.read_at, found.last_read_at) == (NOW, NOW)
    assert (found.edited, found.touches_claim) == (False, False)
    assert found.size > len(found.text)


def test_the_ledger_has_the_hash_and_never_the_text(web: Canary, report: Report) -> None:
    prints(web)
    found = read(report)
    entry = last_entry()
    assert (entry.action, entry.claim_id) == ("page kept", report.claim_id)
    assert entry.content == {
        "source": report.source.slug,
        "url": URL,
        "how": "fetched",
        "sha256": found.sha256,
    }
    prints(web, FIRST.replace("at least", "up to"), SECOND)
    changed = read(report, NOW + DAY)
    entry = last_entry()
    assert (entry.action, entry.content["sha256"]) == ("page changed", changed.sha256)
    assert (entry.content["before_sha256"], entry.content["touches_claim"]) == (found.sha256, True)
    assert "lawyers" not in str(list(LedgerEntry.objects.values_list("content", flat=True)))


def test_a_page_that_says_the_same_makes_no_row_and_is_noted_as_read(
    web: Canary, report: Report
) -> None:
    prints(web)
    read(report)
    entries = LedgerEntry.objects.count()
    for days, paragraphs in ((1, (FIRST, SECOND)), (2, (FIRST.replace(" ", "  "), f" {SECOND}"))):
        prints(web, *paragraphs)
        found = read(report, NOW + days * DAY)
        assert (found.read_at, found.last_read_at) == (NOW, NOW + days * DAY)
    assert Snapshot.objects.count() == 1
    assert LedgerEntry.objects.count() == entries


def test_an_edit_is_kept_beside_what_was_printed_before(web: Canary, report: Report) -> None:
    prints(web)
    read(report)
    prints(web, FIRST.replace("could put at least", "is set to put up to"), SECOND)
    found = read(report, NOW + DAY)
    assert (found.edited, found.touches_claim) == (True, True)
    assert "could put at least $50bn" in found.quote_before
    assert "is set to put up to $50bn" in found.quote_after
    assert FIRST in Snapshot.objects.order_by("id").first().text
    reading = snapshots.of_claim(report.claim)[report.pk]
    assert (reading.first.read_at, reading.edits) == (NOW, (found,))
    assert reading.touching == found


def test_an_edit_of_something_else_does_not_touch_the_claim(web: Canary, report: Report) -> None:
    prints(web)
    read(report)
    prints(web, FIRST, SECOND.replace("Brussels", "Paris"))
    found = read(report, NOW + DAY)
    assert (found.edited, found.touches_claim) == (True, False)


def test_an_edit_makes_kept_bodies_void(web: Canary, report: Report) -> None:
    prints(web)
    read(report)
    before = publication.version()
    prints(web, FIRST.replace("at least", "up to"), SECOND)
    read(report, NOW + DAY)
    assert publication.version() != before


def test_of_two_edits_readers_are_told_of_the_one_that_touches_the_claim(
    web: Canary, report: Report
) -> None:
    prints(web)
    read(report)
    prints(web, FIRST.replace("at least", "up to"), SECOND)
    touching = read(report, NOW + DAY)
    prints(web, FIRST.replace("at least", "up to"), SECOND.replace("Brussels", "Paris"))
    read(report, NOW + 2 * DAY)
    reading = snapshots.of_claim(report.claim)[report.pk]
    assert len(reading.edits) == 2
    assert reading.touching == touching


def test_a_page_of_which_little_is_left_is_a_failure_and_no_edit(
    web: Canary, report: Report
) -> None:
    prints(web)
    read(report)
    wall = (
        "Subscribe now to read this article and all others without any limits, whenever you like."
    )
    prints(web, wall)
    with pytest.raises(UnreadError) as refused:
        read(report, NOW + DAY)
    assert refused.value.fault == ReadFault.CURTAILED
    assert Snapshot.objects.count() == 1
    assert Rereading.objects.get().last_error == ReadFault.CURTAILED


@pytest.mark.parametrize(
    ("handler", "fault"),
    [
        (answer(status="404 Not Found"), ReadFault.GONE),
        (answer(b"<!doctype html><title>x</title><nav>Home</nav>"), ReadFault.NO_ARTICLE),
        (answer(headers={"Content-Type": "application/pdf"}), ReadFault.KIND),
    ],
)
def test_a_page_that_cannot_be_read_is_told_and_noted(
    web: Canary, report: Report, handler: object, fault: ReadFault
) -> None:
    web.pages["/amazon"] = handler
    with pytest.raises(UnreadError) as refused:
        read(report)
    assert list(refused.value.message_dict) == ["url"]
    row = snapshots.failing(report.claim)[report.pk]
    assert (row.last_error, row.failed_at, row.failures) == (fault, NOW, 1)
    prints(web)
    read(report, NOW + DAY)
    assert snapshots.failing(report.claim) == {}


def test_what_was_pasted_is_kept_as_pasted(report: Report) -> None:
    found = snapshots.keep(actor=desk.emma(), report=report, article=PASTED, now=NOW)
    assert (found.how, found.url, found.text) == (KeptHow.PASTED, "", PASTED.text)
    assert last_entry().content["how"] == "pasted"
    again = snapshots.keep(actor=desk.emma(), report=report, article=PASTED, now=NOW + DAY)
    assert (again.pk, again.last_read_at) == (found.pk, NOW + DAY)


def test_what_was_fetched_is_kept_as_of_when_it_was_read(web: Canary, report: Report) -> None:
    prints(web)
    article = intake.page_at(URL)
    found = snapshots.keep(actor=desk.emma(), report=report, article=article, now=NOW)
    assert (found.how, found.read_at, found.url) == (KeptHow.FETCHED, article.read_at, URL)
    assert Rereading.objects.get().next_at == NOW + DAY


def test_a_page_is_not_compared_with_what_was_pasted(web: Canary, report: Report) -> None:
    snapshots.keep(actor=desk.emma(), report=report, article=PASTED, now=NOW)
    prints(web, FIRST.replace("at least", "up to"), SECOND)
    found = read(report, NOW + DAY)
    assert (found.how, found.edited) == (KeptHow.FETCHED, False)


def test_after_the_address_was_amended_it_is_another_page(web: Canary, report: Report) -> None:
    prints(web)
    read(report)
    prints(web, FIRST.replace("at least", "up to"), SECOND)
    read(report, NOW + DAY)
    other = reports.amend_report(
        actor=desk.emma(),
        report=report,
        draft=factories.report_draft(report.source, url="http://source.example/other"),
        now=NOW + DAY,
    )
    assert snapshots.of_claim(report.claim) == {}
    prints(web, SECOND, SECOND, path="/other")
    assert not read(other, NOW + 2 * DAY).edited


def test_a_report_that_was_withdrawn_meanwhile_keeps_nothing(web: Canary, report: Report) -> None:
    prints(web)
    boss = factories.managing_editor()
    reports.withdraw_report(actor=boss, report=report, now=NOW)
    with nothing_changes(), pytest.raises(Conflict):
        snapshots.keep(actor=boss, report=report, article=PASTED, now=NOW)


def test_only_who_may_mend_reports_has_a_page_read(web: Canary, report: Report) -> None:
    nobody = factories.UserFactory.create()
    with nothing_changes(), pytest.raises(PermissionDenied):
        snapshots.reread(actor=nobody, report=report, now=NOW)
    with nothing_changes(), pytest.raises(PermissionDenied):
        snapshots.keep(actor=nobody, report=report, article=PASTED, now=NOW)
    assert web.hits == 0


def test_a_report_without_an_address_has_no_page() -> None:
    claim = factories.claim(reports=[factories.report_draft(url="")])
    desk.emma()
    with nothing_changes(), pytest.raises(ValidationError) as refused:
        read(claim.reports.get())
    assert list(refused.value.message_dict) == ["url"]


def test_nobody_makes_a_crawler_of_us(web: Canary, report: Report, settings) -> None:
    settings.PAGES_PER_USER = 2
    prints(web)
    read(report)
    read(report)
    with nothing_changes(), pytest.raises(ValidationError) as refused:
        read(report)
    assert "2 pages" in refused.value.message_dict["url"][0]
    assert web.hits == 2
    snapshots.reread(actor=factories.editor(), report=report, now=NOW)
    assert web.hits == 3, "each user has a count of their own"


def test_no_text_is_no_snapshot(report: Report) -> None:
    desk.emma()
    with nothing_changes(), pytest.raises(ValidationError) as refused:
        snapshots.keep(actor=desk.emma(), report=report, article=Article(text=" \n"), now=NOW)
    assert list(refused.value.message_dict) == ["text"]


def test_a_text_that_no_database_takes_is_kept_without_what_it_does_not_take(
    report: Report,
) -> None:
    article = Article(text="A deal\x00 could be struck. " * 20_000)
    found = snapshots.keep(actor=desk.emma(), report=report, article=article, now=NOW)
    found.refresh_from_db()
    assert found.text.startswith("A deal could be struck.")
    assert len(found.text) == 200_000
