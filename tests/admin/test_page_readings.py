"""Having a report's page read on the desk, and what was changed in it since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.admin.conftest import TODAY
from tests.admin.typed import url
from tests.canary import Canary, answer
from tests.pages.reading import words
from tests.pages_of_sources import FIRST, SECOND, URL, prints
from tests.services.rows import nothing_changes
from verification.models import Claim, Report, Snapshot
from verification.services import snapshots
from verification.services.articlepages import Article

HEDGED = FIRST.replace("could put at least", "is set to put up to")


@pytest.fixture
def report(db: None) -> Report:
    claim = factories.claim(reports=[factories.report_draft(url=URL, hedge="could")])
    return claim.reports.get()


def read(client: Any, report: Report, days: int = 0) -> Any:
    with time_machine.travel(TODAY + timedelta(days=days), tick=False):
        return client.post(url("claim_report_read", report.claim_id, report.pk), follow=True)


def test_a_page_is_read_by_a_button_and_the_claim_says_when(
    desk: Any, web: Canary, report: Report
) -> None:
    client, claim = desk("reporter"), url("claim_change", report.claim_id)
    assert "Read the page" in words(client.get(claim))
    prints(web)
    said = words(read(client, report))
    assert "The page was read, and its text is kept." in said
    assert "read on 1 April 2026" in said
    assert "Read the page again" in said
    assert "kept what the page by" in said
    assert "The page says what it said on 1 April 2026." in words(read(client, report, days=2))
    assert "read on 3 April 2026" in words(client.get(claim))


def test_an_edit_is_shown_word_by_word_and_told_without_colours(
    desk: Any, web: Canary, report: Report
) -> None:
    client = desk("editor")
    prints(web)
    read(client, report)
    prints(web, HEDGED, SECOND)
    shown = read(client, report, days=1)
    said = words(shown)
    assert "The page was changed since it was read before." in said
    assert "Changed between 1 April 2026" in said
    assert "[taken out: could ] [put in: is set to ]" in said
    assert "A sentence was changed that has the claim’s figures" in said
    html = shown.content.decode()
    assert html.count("<del>") == html.count("<ins>") == 2
    assert "changed, seen on 2 April 2026" in words(
        client.get(url("claim_change", report.claim_id))
    )


def test_of_a_long_text_what_stayed_is_left_out(desk: Any, web: Canary, report: Report) -> None:
    client = desk("editor")
    long = [f"{SECOND} This is paragraph {number} of them." for number in range(30)]
    prints(web, FIRST, *long)
    read(client, report)
    prints(web, HEDGED, *long)
    said = words(read(client, report, days=1)).partition("The text as it was read")[0]
    assert "is set to" in said
    assert "paragraph 15" not in said


def test_what_cannot_be_read_is_told_and_stays_told(desk: Any, web: Canary, report: Report) -> None:
    client = desk("editor")
    web.pages["/amazon"] = answer(status="404 Not Found")
    said = words(read(client, report))
    assert "The page is not there any more. (404)" in said
    assert "The page is not there any more. 1 April 2026" in said
    prints(web)
    assert "not there any more" not in words(read(client, report, days=1))


def test_a_hostile_page_is_shown_as_text(desk: Any, web: Canary, report: Report) -> None:
    client = desk("editor")
    prints(web)
    read(client, report)
    prints(web, FIRST, SECOND + " &lt;script&gt;alert(1)&lt;/script&gt; &lt;/ins&gt;")
    html = read(client, report, days=1).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_what_was_pasted_is_shown_as_pasted(desk: Any, report: Report) -> None:
    client = desk("editor")
    article = Article(text=f"{FIRST}\n{SECOND}")
    snapshots.keep(actor=client.user, report=report, article=article, now=TODAY)
    assert "pasted on 1 April 2026" in words(client.get(url("claim_change", report.claim_id)))
    said = words(client.get(url("claim_report_changes", report.claim_id, report.pk)))
    assert "The text as it was pasted" in said
    assert "their lawyers have met" in said


def test_a_get_reads_nothing(desk: Any, web: Canary, report: Report) -> None:
    client = desk("editor")
    client.get("/admin/")
    with nothing_changes():
        assert client.get(url("claim_report_read", report.claim_id, report.pk)).status_code == 405
    assert web.hits == 0


def test_a_report_of_another_claim_is_not_found(desk: Any, web: Canary, report: Report) -> None:
    client, other = desk("editor"), factories.claim()
    for name in ("claim_report_read", "claim_report_changes"):
        assert client.post(url(name, other.pk, report.pk)).status_code in (404, 405)
    assert client.get(url("claim_report_changes", other.pk, report.pk)).status_code == 404
    assert web.hits == 0


def test_the_claim_takes_the_same_queries_however_many_pages_were_read(
    desk: Any, django_assert_num_queries: Any
) -> None:
    client = desk("editor")

    def claim(number: int) -> Claim:
        drafts = [factories.report_draft() for _ in range(number)]
        made = factories.claim(actor=client.user, reports=drafts)
        for report in made.reports.all():
            article = Article(text=f"{FIRST} {report.pk}")
            snapshots.keep(actor=client.user, report=report, article=article, now=TODAY)
        return made

    one, many = claim(1), claim(8)
    client.get(url("claim_change", one.pk))
    with CaptureQueriesContext(connection) as few:
        client.get(url("claim_change", one.pk))
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(url("claim_change", many.pk))
    assert not any(
        '"text"' in query["sql"] for query in few.captured_queries if "snapshot" in query["sql"]
    )
    assert Snapshot.objects.count() == 9
