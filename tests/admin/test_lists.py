"""The lists: filters, search, bulk actions, and a number of queries that no row adds to."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.admin.conftest import TODAY
from tests.admin.typed import url
from verification.admin import archive, base
from verification.models import ApiToken, Claim, Message, Reminder, User
from verification.services import claims, people, stories
from verification.services.drafts import StoryDraft

LIST = "/admin/verification/claim/"


def shown(response: Any) -> set[int]:
    return {row.claim.pk for row in response.context["rows"]}


def plenty(number: int, boss: User, beat: Any) -> None:
    """`number` claims with two reports, a story, a reminder and its mail; half are decided."""
    for index in range(number):
        deadline = TODAY.date() + timedelta(days=index * 5 - 10)
        claim = factories.claim(
            actor=boss,
            beat=beat,
            deadline=max(deadline, date(2026, 2, 1)),
            statement=f"Thing {index} of {number} will happen.",
            reports=[factories.report_draft(), factories.report_draft(certainty="likely")],
        )
        stories.add_story(
            actor=boss,
            claim=claim,
            draft=StoryDraft(
                title="Ours", url="https://ours.example/1", published_on=date(2026, 1, 30)
            ),
            now=factories.NOW,
        )
        message = Message.objects.create(
            recipient=boss,
            message_id=f"<{number}-{index}@example.org>",
            created_at=factories.NOW,
            subject=f"Due {index}",
            next_attempt_at=TODAY,
        )
        Reminder.objects.create(
            claim=claim,
            deadline=claim.deadline,
            stage="due",
            recipient=boss,
            message=message,
            created_at=factories.NOW,
        )
        if index % 2:
            claim.refresh_from_db()
            factories.decide(claim, actor=boss)
        ApiToken.objects.create(user=boss, name=f"t{index}")
        factories.editor()


PAGES = (
    "/admin/",
    LIST,
    f"{LIST}?status=awaiting&assignee=me",
    f"{LIST}?q=thing",
    "/admin/verification/source/",
    "/admin/verification/beat/",
    "/admin/verification/verdict/",
    "/admin/verification/position/",
    "/admin/verification/record/",
    "/admin/verification/ledgerentry/",
    "/admin/verification/message/",
    "/admin/verification/reminder/",
    "/admin/verification/user/",
    "/admin/verification/apitoken/",
)


def test_no_row_adds_a_query(desk: Any) -> None:
    client, beat = desk("managing editor"), factories.BeatFactory.create()
    beat.editor = client.user
    beat.save()
    plenty(6, client.user, beat)
    few = {page: of_one(client, page) for page in PAGES}
    plenty(12, client.user, beat)

    assert {page: of_one(client, page) for page in PAGES} == few
    assert max(few.values()) <= 26, few


def of_one(client: Any, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", ["claim_change", "claim_decide", "claim_extend", "claim_edit"])
def test_no_report_adds_a_query_to_a_page_of_a_claim(desk: Any, page: str) -> None:
    client = desk("managing editor")
    few = factories.claim(actor=client.user)
    many = factories.claim(
        actor=client.user,
        reports=[
            factories.report_draft(via=factories.SourceFactory.create()) for _index in range(9)
        ],
    )
    for claim in (few, many):
        claims.assign(actor=client.user, claim=claim, version=None, assignee=client.user, now=TODAY)

    assert of_one(client, url(page, few.pk)) == of_one(client, url(page, many.pk)) <= 30


def test_a_source_page_costs_the_same_with_any_number_of_positions(desk: Any) -> None:
    client, one, other = desk(), factories.SourceFactory.create(), factories.SourceFactory.create()
    factories.claim(reports=[factories.report_draft(one)])
    for _index in range(6):
        factories.claim(reports=[factories.report_draft(other)])

    assert of_one(client, url("source_change", one.pk)) == of_one(
        client, url("source_change", other.pk)
    )


def test_a_list_counts_and_pages_no_further_than_it_must(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "COUNTED", 3)
    for _index in range(5):
        factories.claim()

    page = desk().get(LIST)

    assert page.context["cl"].result_count == 3
    assert "more than 3" in page.content.decode()


@pytest.fixture
def several(db: None) -> dict[str, Claim]:
    boss = factories.managing_editor(username="boss")
    football = factories.BeatFactory.create(name="Football", slug="football")
    lequipe = factories.SourceFactory.create(name="L’Équipe", slug="lequipe")
    found = {
        "late": factories.claim(actor=boss, statement="Late one."),
        "open": factories.claim(
            actor=boss,
            beat=football,
            statement="Open one.",
            deadline=date(2026, 9, 30),
            reports=[factories.report_draft(lequipe), factories.report_draft(lequipe, url="")],
        ),
        "done": factories.claim(actor=boss, statement="Done one."),
    }
    factories.decide(found["done"])
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"late", "open", "done"}),
        ("status=awaiting", {"late"}),
        ("status=open", {"open"}),
        ("status=confirmed", {"done"}),
        ("status=nonsense", set()),
        ("beat=football", {"open"}),
        ("source=lequipe", {"open"}),
        ("source=L%E2%80%99%C3%89quipe", {"open"}),
        ("source=%00", {"late", "open", "done"}),
        ("assignee=nobody", {"late", "open", "done"}),
        ("assignee=boss", set()),
        ("assignee=me", set()),
        ("due_from=2026-09-30", {"open"}),
        ("due_to=2026-03-31", {"late", "done"}),
        ("due_from=2026-04-01&due_to=2026-09-29", set()),
        ("q=open+one", {"open"}),
        ("q=%C3%89quipe", {"open"}),
        ("q=open-one", {"open"}),
        ("q=ONE+lat", {"late"}),
        ("q=nobody+says+so", set()),
        ("q=%00", {"late", "open", "done"}),
    ],
)
def test_claims_are_filtered_and_searched(
    desk: Any, several: dict[str, Claim], query: str, expected: set[str]
) -> None:
    response = desk().get(f"{LIST}?{query}")

    assert shown(response) == {several[name].pk for name in expected}


@pytest.mark.parametrize(
    ("query", "says"),
    [("due_from=2026-02-30", "is not a day"), ("source=Nobody", "There is no source “Nobody”")],
)
def test_a_bad_filter_says_what_it_takes(
    desk: Any, several: dict[str, Claim], query: str, says: str
) -> None:
    assert says in desk().get(f"{LIST}?{query}").content.decode()


@pytest.mark.parametrize("query", ["nonsense=1", "p=x", "o=99.x", "deadline__year=2026"])
def test_a_forged_address_leads_back_to_the_list(desk: Any, query: str) -> None:
    response = desk().get(f"{LIST}?{query}", follow=True)

    assert response.status_code == 200


def ticked(*chosen: Claim, **fields: Any) -> dict[str, Any]:
    return {"index": "0", "_selected_action": [claim.pk for claim in chosen], **fields}


def test_lapsing_several_asks_first(desk: Any, several: dict[str, Claim]) -> None:
    response = desk().post(LIST, ticked(*several.values(), action="lapse"))

    assert "Lapse these claims?" in response.content.decode()
    several["late"].refresh_from_db()
    assert several["late"].outcome == ""


def test_only_those_that_await_lapse_and_the_others_say_why_not(
    desk: Any, several: dict[str, Claim]
) -> None:
    response = desk().post(
        LIST,
        ticked(*several.values(), action="lapse", confirmed="yes", rationale="Nothing happened."),
    )

    for claim in several.values():
        claim.refresh_from_db()
    assert several["late"].outcome == "lapsed"
    assert several["late"].verdict.rationale == "Nothing happened."
    assert several["open"].outcome == ""
    assert several["done"].outcome == "confirmed"
    page = response.content.decode()
    assert "until then a claim cannot lapse" in page
    assert "Decided already: confirmed." in page


def test_several_are_assigned_at_once(desk: Any, several: dict[str, Claim]) -> None:
    client = desk(username="emma")

    asked = client.post(LIST, ticked(*several.values(), action="assign"))
    assert "Assign these claims?" in asked.content.decode()
    wrong = client.post(
        LIST, ticked(*several.values(), action="assign", confirmed="yes", assignee="nemo")
    )
    assert "nobody called “nemo”" in wrong.content.decode()
    client.post(LIST, ticked(*several.values(), action="assign", confirmed="yes", assignee="emma"))

    assert set(Claim.objects.values_list("assignee__username", flat=True)) == {"emma"}


def test_a_forged_tick_is_refused_in_words(desk: Any, several: dict[str, Claim]) -> None:
    response = desk().post(
        LIST, {"index": "0", "action": "lapse", "_selected_action": "x"}, follow=True
    )

    assert "not one of this list" in response.content.decode()


@pytest.mark.parametrize(
    ("what", "query", "expected"),
    [
        ("sources", "wall", ["Wall Street Journal", "The Wall Street Journal"]),
        ("sources", "%00", ["The Wall Street Journal", "Wall Street Journal"]),
        ("beats", "foot", ["Football"]),
        ("people", "laurent", ["emma"]),
    ],
)
def test_names_are_suggested_those_that_begin_so_first(
    desk: Any, what: str, query: str, expected: list[str]
) -> None:
    for name in ("The Wall Street Journal", "Wall Street Journal"):
        factories.SourceFactory.create(name=name)
    factories.BeatFactory.create(name="Football")
    factories.editor(username="emma", first_name="Emma", last_name="Laurent")

    answer = desk("reporter").get(f"/admin/suggest/{what}/?q={query}").json()

    assert [name["value"] for name in answer["names"]] == expected


def test_nothing_else_is_suggested(desk: Any) -> None:
    assert desk().get("/admin/suggest/passwords/").status_code == 404


def test_the_ledger_can_be_filtered_by_everything_that_is_written_to_it() -> None:
    services = Path(people.__file__).parent
    written = {
        action
        for path in services.glob("*.py")
        for action in re.findall(r'(?:action=|_write_down\(actor, )"([^"]+)"', path.read_text())
    }

    assert {"claim logged", "story updated"} <= written
    assert written <= set(archive.ACTIONS)


@pytest.mark.parametrize(
    ("path", "english", "french"),
    [
        ("claim/", "Claims", "Affirmations"),
        ("verdict/", "Verdicts", "Verdicts"),
        ("message/", "Mail", "Courriels"),
    ],
)
def test_a_list_is_titled_by_its_heading(desk: Any, path: str, english: str, french: str) -> None:
    for language, title in (("en", english), ("fr", french)):
        page = desk("managing editor", language=language).get(f"/admin/verification/{path}")

        assert f"<title>{title} · " in page.content.decode()


def test_a_cell_with_nothing_in_it_is_marked_for_a_narrow_screen(desk: Any) -> None:
    factories.claim(reports=[])

    page = desk("editor").get("/admin/verification/claim/").content.decode()

    assert '<td class="c-assignee vacant">–</td>' in page
    assert '<td class="c-sources vacant">–</td>' in page
