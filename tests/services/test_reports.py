"""Reports of a claim and the newsroom's own stories: logged, amended and withdrawn."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests import factories
from tests.services.desk import (
    CONTROL,
    DAY,
    LONG,
    TODAY,
    emma,
    last_entry,
    story,
)
from tests.services.rows import nothing_changes, refuses
from verification.models import Claim, Report, Source, Story
from verification.services import recomputing, reports, stories
from verification.services.drafts import ReportDraft
from verification.services.errors import Conflict

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def claim() -> Claim:
    """Logged by Robin, reported by one source on 29 January; Emma is at her desk."""
    emma()
    return factories.claim(actor=factories.reporter(username="robin"))


def test_another_report_makes_a_position_and_an_entry(claim: Claim) -> None:
    actor, source = factories.reporter(), factories.SourceFactory.create()
    row = reports.add_report(
        actor=actor,
        claim=claim,
        version=1,
        draft=factories.report_draft(source, published_on=date(2026, 1, 20), stance="disputes"),
        now=NOW,
    )
    claim.refresh_from_db()
    assert (claim.version, claim.first_reported_on) == (2, date(2026, 1, 20))
    assert (row.logged_by, row.logged_at) == (actor, NOW)
    assert claim.positions.get(source=source).stance == "disputes"
    assert (last_entry().action, last_entry().claim) == ("report logged", claim)
    assert last_entry().content["source"] == source.slug
    assert last_entry().content["published_on"] == "2026-01-20"


def test_the_same_report_is_not_logged_twice(claim: Claim) -> None:
    first = claim.reports.get()
    again = ReportDraft(source=first.source, url=first.url, published_on=TODAY)
    with refuses("url"):
        reports.add_report(actor=emma(), claim=claim, draft=again, now=NOW)


def test_a_report_without_an_address_is_logged_once_a_day(claim: Claim) -> None:
    actor = factories.reporter()
    spoken = ReportDraft(source=factories.SourceFactory(), published_on=TODAY)
    reports.add_report(actor=actor, claim=claim, draft=spoken, now=NOW)
    with refuses("published_on"):
        reports.add_report(actor=actor, claim=claim, draft=spoken, now=NOW)


def test_two_sources_may_share_an_address(claim: Claim) -> None:
    first = claim.reports.get()
    other = ReportDraft(source=factories.SourceFactory(), url=first.url, published_on=TODAY)
    assert reports.add_report(actor=factories.reporter(), claim=claim, draft=other, now=NOW).pk


def test_a_report_cannot_credit_its_own_source(claim: Claim) -> None:
    actor, source = factories.reporter(), factories.SourceFactory.create()
    with refuses("via"):
        reports.add_report(
            actor=actor, claim=claim, draft=factories.report_draft(source, via=source), now=NOW
        )


def test_the_first_report_cannot_come_after_the_deadline() -> None:
    claim = factories.claim(reports=[], deadline=date(2026, 1, 28))
    actor, draft = factories.reporter(), factories.report_draft()
    with refuses("published_on"):
        reports.add_report(actor=actor, claim=claim, draft=draft, now=NOW)


def test_a_later_report_can_come_after_the_deadline_of_a_claim_that_was_reported_before(
    claim: Claim,
) -> None:
    draft = factories.report_draft(published_on=date(2026, 4, 3), stance="disputes")
    reports.add_report(
        actor=factories.reporter(),
        claim=claim,
        draft=draft,
        now=datetime(2026, 4, 3, 12, tzinfo=UTC),
    )
    claim.refresh_from_db()
    assert claim.first_reported_on == date(2026, 1, 29)


def test_a_report_that_turns_up_after_the_verdict_is_credited_by_its_own_day(claim: Claim) -> None:
    factories.decide(claim, known_on=date(2026, 2, 27))
    actor = factories.reporter()
    early, late = factories.SourceFactory.create(), factories.SourceFactory.create()
    for source, day in ((early, date(2026, 2, 27)), (late, date(2026, 2, 28))):
        reports.add_report(
            actor=actor,
            claim=claim,
            draft=factories.report_draft(source, published_on=day),
            now=datetime(2026, 4, 2, tzinfo=UTC),
        )
    assert claim.positions.get(source=early).credit == "hit"
    assert claim.positions.get(source=late).reason == "after-outcome"
    assert recomputing.differences() == []


def test_a_slip_in_a_report_is_mended_and_the_ledger_keeps_both(claim: Claim) -> None:
    report = claim.reports.get()
    right = factories.SourceFactory.create()
    editor = factories.editor()
    reports.amend_report(
        actor=editor,
        report=report,
        draft=factories.report_draft(right, stance="disputes", published_on=date(2026, 1, 28)),
        now=NOW + DAY,
    )
    claim.refresh_from_db()
    amended = claim.reports.get()
    assert (amended.pk, amended.source) == (report.pk, right)
    assert (amended.logged_by, amended.logged_at) == (claim.logged_by, NOW)
    assert claim.first_reported_on == date(2026, 1, 28)
    assert list(claim.positions.values_list("source", "stance")) == [(right.pk, "disputes")]
    entry = last_entry()
    assert (entry.action, entry.actor, entry.content["source"]) == (
        "report amended",
        editor,
        right.slug,
    )
    assert entry.content["before"]["source"] == report.source.slug
    assert entry.content["before"]["published_on"] == "2026-01-29"
    assert recomputing.differences() == []


def test_what_the_ledger_says_stood_before_is_what_was_kept_and_not_what_a_form_made_of_it(
    claim: Claim,
) -> None:
    report = claim.reports.get()
    report.headline = "As it was typed into a form"
    reports.amend_report(
        actor=factories.editor(), report=report, draft=factories.report_draft(), now=NOW
    )
    assert last_entry().content["before"]["headline"] == ""


def test_a_report_can_be_amended_to_what_it_was(claim: Claim) -> None:
    row = claim.reports.get()
    same = ReportDraft(source=row.source, url=row.url, published_on=row.published_on)
    reports.amend_report(actor=factories.editor(), report=row, draft=same, now=NOW)
    assert claim.reports.get().url == row.url


def test_a_report_cannot_be_amended_into_another_one(claim: Claim) -> None:
    first = claim.reports.get()
    actor = factories.editor()
    second = reports.add_report(actor=actor, claim=claim, draft=factories.report_draft(), now=NOW)
    with refuses("url"):
        reports.amend_report(
            actor=actor,
            report=second,
            draft=ReportDraft(source=first.source, url=first.url, published_on=TODAY),
            now=NOW,
        )


def test_the_only_report_cannot_be_moved_behind_the_deadline(claim: Claim) -> None:
    actor, draft = factories.editor(), factories.report_draft(published_on=date(2026, 4, 1))
    with refuses("published_on"):
        reports.amend_report(
            actor=actor,
            report=claim.reports.get(),
            draft=draft,
            now=datetime(2026, 4, 2, tzinfo=UTC),
        )


def test_a_withdrawn_report_leaves_nothing_but_an_entry(claim: Claim) -> None:
    report = claim.reports.get()
    reports.withdraw_report(actor=factories.editor(), report=report, now=NOW)
    claim.refresh_from_db()
    assert (claim.version, claim.first_reported_on) == (2, None)
    assert (claim.reports.count(), claim.positions.count()) == (0, 0)
    assert report.source.records.count() == 0
    assert last_entry().action == "report withdrawn"
    assert last_entry().content["source"] == report.source.slug
    assert recomputing.differences() == []


def test_a_source_whose_first_report_is_withdrawn_is_held_to_its_next_one(claim: Claim) -> None:
    first = claim.reports.get()
    reports.add_report(
        actor=factories.editor(),
        claim=claim,
        draft=factories.report_draft(first.source, published_on=TODAY, stance="disputes"),
        now=NOW,
    )
    reports.withdraw_report(actor=factories.editor(), report=first, now=NOW)
    assert claim.positions.get().stance == "disputes"
    assert recomputing.differences() == []


@pytest.mark.parametrize("outcome", ["confirmed", "denied", "void"])
def test_withdrawing_a_report_of_a_decided_claim_takes_its_credit_back(
    claim: Claim, outcome: str
) -> None:
    factories.decide(claim, outcome)
    reports.withdraw_report(actor=factories.editor(), report=claim.reports.get(), now=NOW)
    assert Source.objects.get().records.count() == 0
    assert recomputing.differences() == []


def test_a_report_is_not_withdrawn_where_only_later_ones_than_the_deadline_would_be_left(
    claim: Claim,
) -> None:
    actor, late = emma(), datetime(2026, 4, 3, 12, tzinfo=UTC)
    draft = factories.report_draft(published_on=date(2026, 4, 3))
    reports.add_report(actor=actor, claim=claim, draft=draft, now=late)
    with refuses("report"):
        reports.withdraw_report(actor=actor, report=claim.reports.earliest("id"), now=late)
    with refuses("published_on"):
        reports.amend_report(
            actor=actor,
            report=claim.reports.earliest("id"),
            draft=factories.report_draft(draft.source, url="", published_on=date(2026, 4, 2)),
            now=late,
        )


def test_who_withdraws_or_amends_a_report_that_is_gone_is_told(claim: Claim) -> None:
    actor, report, draft = factories.editor(), claim.reports.get(), factories.report_draft()
    reports.withdraw_report(actor=actor, report=report, now=NOW)
    with nothing_changes(), pytest.raises(Conflict):
        reports.withdraw_report(actor=actor, report=report, now=NOW)
    with nothing_changes(), pytest.raises(Conflict):
        reports.amend_report(actor=actor, report=report, draft=draft, now=NOW)


WRONG_REPORTS = [
    ({"url": "javascript:alert(1)"}, "url"),
    ({"url": "JavaScript:alert(1)"}, "url"),
    ({"url": "data:text/html,x"}, "url"),
    ({"url": "wsj.com/articles"}, "url"),
    ({"url": "https://"}, "url"),
    ({"url": "https://example.org/" + LONG}, "url"),
    ({"url": "https://example.org/\x00"}, "url"),
    ({"stance": "denies"}, "stance"),
    ({"stance": ""}, "stance"),
    ({"certainty": "certain"}, "certainty"),
    ({"hedge": "x" * 101}, "hedge"),
    ({"headline": LONG}, "headline"),
    ({"author": "x" * 201}, "author"),
    ({"author": "\x1b[31m"}, "author"),
    ({"author": "\udc80"}, "author"),
    ({"published_on": TODAY + 2 * DAY}, "published_on"),
]


@pytest.mark.parametrize(("fields", "wrong"), WRONG_REPORTS)
def test_a_wrong_report_is_refused_by_its_field(fields: dict[str, Any], wrong: str) -> None:
    actor, beat = factories.editor(), factories.BeatFactory.create()
    right, draft = factories.report_draft(), factories.report_draft(**fields)
    with refuses(f"reports.1.{wrong}"):
        factories.claim(actor=actor, beat=beat, reports=[right, draft])
    claim = factories.claim(actor=actor)
    with refuses(wrong):
        reports.add_report(actor=actor, claim=claim, draft=draft, now=NOW)
    with refuses(wrong):
        reports.amend_report(actor=actor, report=claim.reports.get(), draft=draft, now=NOW)


def test_no_service_leaves_a_claim_that_the_database_would_refuse(claim: Claim) -> None:
    """What `first_reported_on` says is the day of the first report, whatever was done."""
    actor = emma()
    for offset in (3, -3, 0):
        reports.add_report(
            actor=actor,
            claim=claim,
            draft=factories.report_draft(published_on=date(2026, 1, 20) + offset * DAY),
            now=NOW,
        )
    while claim.reports.exists():
        claim.refresh_from_db()
        first = claim.reports.order_by("published_on")[0]
        assert claim.first_reported_on == first.published_on
        reports.withdraw_report(actor=actor, report=first, now=NOW)
    assert (Report.objects.count(), Story.objects.count()) == (0, 0)


# --- Stories --------------------------------------------------------------------------------------


def test_a_story_is_logged_and_removed(claim: Claim) -> None:
    actor = factories.editor()
    row = stories.add_story(
        actor=actor, claim=claim, draft=story(title=" Our  story "), now=NOW, version=1
    )
    assert (row.title, last_entry().action) == ("Our story", "story logged")
    assert last_entry().content == {"title": "Our story", "url": row.url}
    stories.remove_story(actor=actor, story=row, now=NOW, version=2)
    assert claim.stories.count() == 0
    assert (last_entry().action, last_entry().content) == ("story removed", {"url": row.url})
    claim.refresh_from_db()
    assert claim.version == 3


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": ""}, "url"),
        ({"url": "https://ours.example/\x00"}, "url"),
        ({"title": ""}, "title"),
        ({"title": LONG}, "title"),
        ({"title": CONTROL}, "title"),
    ],
)
def test_a_wrong_story_is_refused(claim: Claim, fields: dict[str, str], wrong: str) -> None:
    actor = factories.editor()
    with refuses(wrong):
        stories.add_story(actor=actor, claim=claim, draft=story(**fields), now=NOW)


def test_the_same_story_is_not_logged_twice(claim: Claim) -> None:
    actor = factories.editor()
    stories.add_story(actor=actor, claim=claim, draft=story(), now=NOW)
    with refuses("url"):
        stories.add_story(actor=actor, claim=claim, draft=story(title="Again"), now=NOW)


def test_who_removes_a_story_that_is_gone_is_told(claim: Claim) -> None:
    actor = factories.editor()
    row = stories.add_story(actor=actor, claim=claim, draft=story(), now=NOW)
    stories.remove_story(actor=actor, story=claim.stories.get(), now=NOW)
    with nothing_changes(), pytest.raises(Conflict):
        stories.remove_story(actor=actor, story=row, now=NOW)
