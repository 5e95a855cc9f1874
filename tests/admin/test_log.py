"""Logging a claim: one form with its reports and our stories."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.admin import typed
from tests.admin.typed import url
from verification.models import Beat, Claim, LedgerEntry, Source

ADD = "/admin/verification/claim/add/"


@pytest.fixture
def beat(db: None) -> Beat:
    return factories.BeatFactory.create(name="AI & tech business")


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def row_errors(response: Any, name: str, index: int) -> dict[str, list[str]]:
    return dict(response.context["rows"][name].formset.forms[index].errors)


def test_a_claim_is_logged_with_reports_sources_and_stories(desk: Any, beat: Beat) -> None:
    client = desk("reporter")
    journal = factories.SourceFactory.create(name="The Wall Street Journal")
    data = typed.claim(
        "ai & tech business",
        typed.report(source="the wall street journal"),
        typed.report(source="KultureGeek", url="", via="The Wall Street Journal"),
        assignee=client.user.username,
    )
    data |= typed.rows(
        "stories",
        {"title": "Ours", "url": "https://ours.example/1", "published_on": "2026-01-30"},
    )

    response = client.post(ADD, data)

    claim = Claim.objects.get()
    assert response["Location"] == url("claim_change", claim.pk)
    assert claim.beat == beat
    assert claim.assignee == client.user
    assert (claim.deadline, claim.deadline_basis) == (date(2026, 6, 30), "source")
    assert [report.source.name for report in claim.reports.all()] == [
        "The Wall Street Journal",
        "KultureGeek",
    ]
    assert claim.reports.last().via == journal
    assert claim.stories.get().title == "Ours"


def test_one_new_name_in_two_rows_makes_one_source(desk: Any, beat: Beat) -> None:
    desk("reporter").post(
        ADD,
        typed.claim(
            beat.name,
            typed.report(source="Bloomberg"),
            typed.report(source="bloomberg", url="https://b.example/2"),
        ),
    )

    assert Source.objects.filter(name__iexact="bloomberg").count() == 1
    assert Claim.objects.get().reports.count() == 2


def test_a_source_that_credits_itself_by_another_name_is_refused(desk: Any, beat: Beat) -> None:
    response = desk("reporter").post(
        ADD, typed.claim(beat.name, typed.report(source="eurogamer.net", via="Eurogamer"))
    )

    assert list(row_errors(response, "reports", 0)) == ["via"]
    assert not Source.objects.exists()


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_kept(
    desk: Any, beat: Beat
) -> None:
    before = LedgerEntry.objects.count()

    response = desk("reporter").post(
        ADD,
        typed.claim(
            beat.name,
            typed.report(source="A new one"),
            {"source": "", "stance": "asserts"},
            typed.report(source="Another", url="javascript:alert(1)"),
            statement="x" * 10_000,
            deadline="2026-01-01",
        ),
    )

    assert set(errors(response)) == {"statement", "deadline"}
    assert "before the first report" in errors(response)["deadline"][0]
    assert list(row_errors(response, "reports", 2)) == ["url"]
    assert not Claim.objects.exists()
    assert not Source.objects.exists()
    assert LedgerEntry.objects.count() == before
    assert "A new one" in response.content.decode(), "what was typed is kept"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"statement": "  "}, "statement"),
        ({"deadline": "2026-02-30"}, "deadline"),
        ({"deadline": ""}, "deadline"),
        ({"beat": "Nowhere"}, "beat"),
        ({"assignee": "nemo"}, "assignee"),
        ({"language": "xx"}, "language"),
        ({"criteria": "x" * 10_000}, "criteria"),
    ],
)
def test_a_bad_field_is_named(desk: Any, beat: Beat, changes: dict[str, str], field: str) -> None:
    response = desk("reporter").post(ADD, typed.claim(beat.name, typed.report(), **changes))

    assert response.status_code == 200
    assert list(errors(response)) == [field]
    assert not Claim.objects.exists()


def test_a_reporter_is_told_which_beats_there_are(desk: Any, beat: Beat) -> None:
    response = desk("reporter").post(ADD, typed.claim("Nowhere"))

    assert beat.name in errors(response)["beat"][0]


def test_a_managing_editor_makes_a_beat_by_typing_its_name(desk: Any) -> None:
    desk("managing editor").post(ADD, typed.claim("Cinema"))

    assert Claim.objects.get().beat.name == "Cinema"


def test_a_day_that_ends_no_period_is_pointed_out(desk: Any, beat: Beat) -> None:
    response = desk("reporter").post(
        ADD, typed.claim(beat.name, deadline="2026-06-15", deadline_precision="month"), follow=True
    )

    assert "not the last day of its month" in response.content.decode()
    assert Claim.objects.get().deadline == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-31", "Its deadline has passed: it awaits its verdict."),
        ("2026-04-01", "Its deadline is today."),
        ("2026-04-02", "You will be told when its deadline comes."),
    ],
)
def test_a_claim_that_is_logged_late_is_said_to_be_late(
    desk: Any, beat: Beat, day: str, words: str
) -> None:
    page = desk().post(ADD, typed.claim(beat.name, deadline=day), follow=True)

    assert f"The claim is logged. {words}" in page.content.decode()


def test_another_row_needs_no_script(desk: Any, beat: Beat) -> None:
    response = desk("reporter").post(
        ADD, typed.claim(beat.name, typed.report(), statement="", more="reports")
    )

    assert len(response.context["rows"]["reports"].formset.forms) == 2
    assert not response.context["form"].errors
    assert "https://wsj.example/amazon" in response.content.decode()


def test_one_report_stands_ready(desk: Any) -> None:
    response = desk("reporter").get(ADD)

    assert len(response.context["rows"]["reports"].formset.forms) == 1
