"""The stories that a verdict has overtaken, on the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.admin.conftest import TODAY, client_of
from tests.admin.typed import url
from tests.services import desk as typed
from verification.models import Beat, Claim, Message, StoryUpdate, User
from verification.services import messages, stories, sweeping, verdicts

pytestmark = pytest.mark.django_db

LIST = "storyupdate_changelist"


def overtaken(
    author: User | None = None, *, beat: Beat | None = None, **fields: Any
) -> StoryUpdate:
    """A story of ours whose claim was denied."""
    claim = factories.claim(beat=beat)
    stories.add_story(
        actor=factories.editor(),
        claim=claim,
        draft=typed.story(author=author, **fields),
        now=TODAY,
    )
    claim.refresh_from_db()
    factories.decide(claim, "denied", now=TODAY)
    return StoryUpdate.objects.get(story__claim=claim)


def reopen(claim: Claim) -> None:
    claim.refresh_from_db()
    verdicts.reopen(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        rationale="Too early.",
        now=TODAY,
    )


def titles(response: Any) -> list[str]:
    return [update.story.title for update in response.context["updates"]]


# --- The front page -------------------------------------------------------------------------------


def test_the_front_page_lists_mine_first_and_then_those_of_my_beats(desk: Any) -> None:
    client = desk("editor")
    overtaken(beat=factories.BeatFactory.create(editor=client.user), title="On my beat")
    overtaken(client.user, title="Mine")
    overtaken(factories.reporter(), title="Somebody else's")

    response = client.get("/admin/")

    assert titles(response) == ["Mine", "On my beat"]
    assert response.context["updates_count"] == 2
    page = response.content.decode()
    assert url(LIST) + "?state=to-do" in page
    assert url("storyupdate_change", StoryUpdate.objects.get(story__title="Mine").pk) in page


def test_a_front_page_with_no_story_to_update_says_nothing_of_them(desk: Any) -> None:
    assert (
        "Stories to update"
        not in desk("reporter").get("/admin/").content.decode().partition("<main")[2]
    )


def test_the_front_page_costs_the_same_for_any_number_of_stories(desk: Any) -> None:
    client = desk("reporter")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/")
        return len(captured)

    overtaken(client.user)
    one = queries()
    for _ in range(4):
        overtaken(client.user)
    assert queries() == one


# --- The list -------------------------------------------------------------------------------------


def test_the_list_is_of_all_and_can_be_narrowed(desk: Any) -> None:
    client = desk("reporter")
    mine = overtaken(client.user, title="Mine")
    overtaken(title="Theirs")
    old = overtaken(title="Overtaken again")
    reopen(old.story.claim)
    client.post(url("storyupdate_tick", mine.pk))

    def listed(**chosen: str) -> list[tuple[str, str]]:
        rows = client.get(url(LIST), chosen).context["cl"].result_list
        return [(row.story.title, row.verdict.outcome) for row in rows]

    assert len(listed()) == 4
    assert listed(state="to-do") == [("Overtaken again", "reopened"), ("Theirs", "denied")]
    assert listed(state="done") == [("Mine", "denied")]
    assert listed(state="superseded") == [("Overtaken again", "denied")]
    assert listed(whose="me") == [("Mine", "denied")]
    assert listed(whose="beats") == []


def test_the_list_costs_the_same_for_any_number_of_rows(desk: Any) -> None:
    client = desk("editor")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url(LIST))
        return len(captured)

    overtaken(factories.reporter())
    one = queries()
    for _ in range(4):
        overtaken(factories.reporter())
    assert queries() == one


# --- One story ------------------------------------------------------------------------------------


def test_its_page_says_what_to_update_and_a_get_changes_nothing(desk: Any) -> None:
    client = desk("reporter")
    update = overtaken(client.user)

    page = client.get(url("storyupdate_change", update.pk)).content.decode()

    assert "Your story of 30 January 2026 carried this claim, reported by" in page
    assert update.story.claim.statement in page
    assert "It was denied: known since 27 February 2026." in page
    assert "https://example.org/announcement" in page
    update.refresh_from_db()
    assert update.done_at is None
    assert client.get(url("storyupdate_tick", update.pk)).status_code == 405


def test_an_author_ticks_it_off_and_takes_that_back(desk: Any) -> None:
    client = desk("reporter")
    update = overtaken(client.user)

    client.post(url("storyupdate_tick", update.pk))
    update.refresh_from_db()
    assert (update.done_by, update.done_at) == (client.user, TODAY)
    page = client.get(url("storyupdate_change", update.pk)).content.decode()
    assert "It is not updated after all" in page

    client.post(url("storyupdate_untick", update.pk))
    update.refresh_from_db()
    assert update.done_at is None


def test_another_reporter_may_look_and_not_tick(desk: Any) -> None:
    update = overtaken(factories.reporter())
    client = desk("reporter")

    page = client.get(url("storyupdate_change", update.pk)).content.decode()
    assert url("storyupdate_tick", update.pk) not in page
    assert client.post(url("storyupdate_tick", update.pk)).status_code == 403

    update.refresh_from_db()
    assert update.done_at is None


def test_who_has_no_role_sees_neither_list_nor_page(desk: Any) -> None:
    update = overtaken()
    client = desk("")

    assert client.get(url(LIST)).status_code == 403
    assert client.get(url("storyupdate_change", update.pk)).status_code == 403
    assert client.post(url("storyupdate_tick", update.pk)).status_code == 403


def test_an_overtaken_update_leads_to_the_later_one(desk: Any) -> None:
    client = desk("editor")
    update = overtaken()
    reopen(update.story.claim)
    later = StoryUpdate.objects.latest("id")

    page = client.get(url("storyupdate_change", update.pk)).content.decode()
    assert url("storyupdate_change", later.pk) in page
    assert url("storyupdate_tick", update.pk) not in page

    answer = client.post(url("storyupdate_tick", update.pk), follow=True)
    assert "A later verdict has landed" in answer.content.decode()
    update.refresh_from_db()
    assert update.done_at is None


# --- Where else it shows --------------------------------------------------------------------------


def test_the_claims_page_says_of_each_story_whether_it_is_updated(desk: Any) -> None:
    client = desk("editor")
    update = overtaken()
    address = url("claim_change", update.story.claim_id)
    assert ">to update</a>" in client.get(address).content.decode()

    client.post(url("storyupdate_tick", update.pk))

    page = client.get(address).content.decode()
    assert f"updated: {client.user}" in page
    assert "ticked our story off as updated: “Amazon in talks with OpenAI”" in page


def test_the_page_of_a_mail_lists_its_stories_and_names_a_digest(desk: Any) -> None:
    author = factories.reporter(date_joined=TODAY.replace(year=2025))
    overtaken(author)
    sweeping.sweep(now=TODAY)
    messages.drain(clock=lambda: TODAY)
    client = desk("editor")

    pages = {
        message.kind: client.get(url("message_change", message.pk)).content.decode()
        for message in Message.objects.filter(recipient=author)
    }

    assert "Amazon in talks with OpenAI" in pages["notices"].partition("<h2")[2]
    assert "The weekly digest" in pages["digest"]
    assert all("No claim any more" not in page for page in pages.values())


def test_an_undecided_claim_shows_its_outlook_where_it_is_decided(desk: Any) -> None:
    client = desk("editor")
    source = factories.SourceFactory.create(name="The Journal")
    claim = factories.claim(reports=[factories.report_draft(source)])
    words = "One independent origin: The Journal, nothing of its own decided yet."

    assert words in client.get(url("claim_change", claim.pk)).content.decode()
    assert words in client.get(url("claim_decide", claim.pk)).content.decode()

    factories.decide(claim, now=TODAY)
    assert words not in client.get(url("claim_change", claim.pk)).content.decode()


def test_an_update_that_is_not_there_is_not_found(desk: Any) -> None:
    assert desk("editor").get(url("storyupdate_change", 4711)).status_code == 404


def test_a_link_of_the_mail_is_signed_in_to(desk: Any) -> None:
    update = overtaken()

    answer = client_of(None).get(url("storyupdate_change", update.pk))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")
