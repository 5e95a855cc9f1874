"""Putting off, handing over, watching, ladders and “My mail” on the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.admin.typed import url
from verification.domain.deadlines import LADDER
from verification.models import Beat, Claim, LedgerEntry, User
from verification.services import ladders, people


def fields(response: Any) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def page_of(client: Any, claim: Claim) -> str:
    return client.get(url("claim_change", claim.pk)).content.decode()


# --- A claim --------------------------------------------------------------------------------------


def test_a_claim_is_put_off_shown_so_and_taken_up_again(desk: Any) -> None:
    client = desk("reporter", first_name="Emma", last_name="Roux")
    claim = factories.claim(actor=client.user)

    response = client.post(url("claim_snooze", claim.pk), {"until": "2026-04-10"}, follow=True)

    page = response.content.decode()
    assert "You hear no more of it before 10 April 2026." in page
    assert "until the morning of 10 April 2026" in page
    assert "put off by you until 10 April 2026" in page
    assert "put off by you" not in page_of(desk("editor"), claim)
    assert "put the claim off until 10 April 2026" in page
    client.post(url("claim_snooze_end", claim.pk))
    page = page_of(client, claim)
    assert "until the morning of" not in page
    assert "put off by you" not in page
    assert "wants to be reminded of the claim again" in page


@pytest.mark.parametrize("until", ["", "2026-04-01", "2026-09-01", "soon"])
def test_a_day_that_will_not_do_is_told_at_its_field(desk: Any, until: str) -> None:
    client, claim = desk(), factories.claim()

    assert list(fields(client.post(url("claim_snooze", claim.pk), {"until": until}))) == ["until"]
    assert not claim.snoozes.exists()


def test_whoever_has_a_claim_in_hand_gives_it_away(desk: Any) -> None:
    client = desk("reporter")
    claim, louis = factories.claim(actor=client.user), factories.reporter(username="louis")
    assert "Hand over" in page_of(client, claim)

    client.post(
        url("claim_hand_over", claim.pk),
        {"version": claim.version, "assignee": "louis", "note": "You know them."},
    )

    claim.refresh_from_db()
    assert claim.assignee == louis
    page = page_of(client, claim)
    assert "handed the claim over to louis" in page
    assert "You know them." in page
    assert "Hand over" not in page


def test_a_claim_that_is_handed_to_nobody_stays(desk: Any) -> None:
    client = desk("reporter")
    claim = factories.claim(actor=client.user)
    typed = {"version": claim.version, "note": ""}

    for assignee in ("", "  ", "nobody at all"):
        response = client.post(url("claim_hand_over", claim.pk), {**typed, "assignee": assignee})
        assert list(fields(response)) == ["assignee"]
    stale = client.post(
        url("claim_hand_over", claim.pk),
        {"version": 0, "assignee": factories.reporter().username},
    )
    assert stale.status_code == 409
    claim.refresh_from_db()
    assert claim.assignee is None


def test_one_watches_a_claim_and_watches_it_no_more(desk: Any) -> None:
    client, claim = desk("reporter", first_name="Emma", last_name="Roux"), factories.claim()
    assert "Nobody watches this claim." in page_of(client, claim)

    client.post(url("claim_watch", claim.pk))
    page = page_of(client, claim)
    assert "Emma Roux" in page
    assert "Watch no more" in page
    client.post(url("claim_unwatch", claim.pk))

    assert not claim.watches.exists()


def test_an_editor_adds_a_watcher_and_removes_one(desk: Any) -> None:
    client, claim = desk(), factories.claim()
    louis = factories.reporter(username="louis")

    client.post(url("claim_watcher_add", claim.pk), {"user": "louis"})
    assert [row.user for row in claim.watches.all()] == [louis]
    assert "Remove louis from the watchers" in page_of(client, claim)
    client.post(url("claim_watcher_remove", claim.pk, louis.pk))

    assert not claim.watches.exists()
    nobody = factories.UserFactory.create(username="guest")
    response = client.post(url("claim_watcher_add", claim.pk), {"user": nobody.username})
    assert fields(response) == {"user": ["guest cannot open claims."]}


# --- A beat ---------------------------------------------------------------------------------------


@pytest.fixture
def beat(db: None) -> Beat:
    return factories.BeatFactory.create(name="Cinema")


def table(**changes: str) -> dict[str, str]:
    """The page as it comes, with the newsroom's ladder in it."""
    typed = {f"{step.stage}.{step.audience}": str(step.offset_days) for step in LADDER}
    return {"reminder_hour": ""} | typed | {k.replace("__", "."): v for k, v in changes.items()}


def test_the_page_of_a_ladder_shows_the_newsrooms_as_it_is(desk: Any, beat: Beat) -> None:
    response = desk("managing editor").get(url("beat_ladder", beat.pk))

    page = response.content.decode()
    assert "This beat has the newsroom’s ladder" in page
    assert "Back to the newsroom’s ladder" not in page
    form = response.context["form"]
    assert {name: value for name, value in form.initial.items() if value is not None} == {
        f"{step.stage}.{step.audience}": step.offset_days for step in LADDER
    }


def test_a_ladder_is_set_and_given_back(desk: Any, beat: Beat) -> None:
    client = desk("managing editor")
    typed = table(reminder_hour="7") | {"heads-up.owner": "", "escalation.managing": "10"}

    page = client.post(url("beat_ladder", beat.pk), typed, follow=True).content.decode()

    assert "The ladder is saved" in page
    assert "This beat has a ladder of its own." in page
    beat = Beat.objects.get()
    assert beat.reminder_hour == 7
    assert {(s.stage, s.audience, s.offset_days) for s in ladders.own(beat)} == {
        (s.stage, s.audience, s.offset_days) for s in LADDER if s.stage != "heads-up"
    } | {("escalation", "managing", 10)}
    assert LedgerEntry.objects.last().action == "ladder set"
    client.post(
        url("beat_ladder", beat.pk), typed | {"newsroom_ladder": "1", "due.owner": "garbage"}
    )
    beat = Beat.objects.get()
    assert (ladders.own(beat), beat.reminder_hour) == ((), 7)


def test_saving_the_page_as_it_came_leaves_the_newsrooms_ladder(desk: Any, beat: Beat) -> None:
    desk("managing editor").post(url("beat_ladder", beat.pk), table())

    assert ladders.own(Beat.objects.get()) == ()


def test_every_wrong_cell_is_named_and_what_was_typed_is_still_there(desk: Any, beat: Beat) -> None:
    client = desk("managing editor")
    typed = table(reminder_hour="25") | {
        "due.owner": "",
        "overdue-1.owner": "9",
        "due.watcher": "x",
    }

    response = client.post(url("beat_ladder", beat.pk), typed)
    assert list(fields(response)) == ["due.watcher"]
    response = client.post(url("beat_ladder", beat.pk), typed | {"due.watcher": "0"})

    assert set(fields(response)) == {"reminder_hour", "due.owner", "overdue-3.owner"}
    assert 'value="9"' in response.content.decode()
    empty = dict.fromkeys(table(), "")
    assert set(fields(client.post(url("beat_ladder", beat.pk), empty))) == {"due.owner"}
    assert ladders.own(Beat.objects.get()) == ()


def test_the_list_of_beats_says_whose_ladder_each_has(desk: Any, beat: Beat) -> None:
    page = desk("managing editor").get(url("beat_changelist")).content.decode()

    assert "the newsroom’s</a>" in page
    assert url("beat_ladder", beat.pk) in page


# --- People ---------------------------------------------------------------------------------------


def test_everybody_sets_his_own_mail(desk: Any) -> None:
    client = desk("reporter", username="emma")
    assert "My mail" in client.get("/admin/").content.decode()

    response = client.post(
        "/admin/my-mail/",
        {"language": "fr", "mail_hour": "7", "muted_stages": ["overdue-1", "heads-up"]},
        follow=True,
    )

    emma = User.objects.get(username="emma")
    assert (emma.language, emma.mail_hour, emma.weekly_digest) == ("fr", 7, False)
    assert emma.muted_stages == ["heads-up", "overdue-1"]
    assert "Mes courriels" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"mail_hour": "24"}, "mail_hour"),
        ({"mail_hour": "dawn"}, "mail_hour"),
        ({"muted_stages": ["due"]}, "muted_stages"),
        ({"muted_stages": ["escalation", "heads-up"]}, "muted_stages"),
        ({"language": "de"}, "language"),
    ],
)
def test_a_bad_wish_is_told_at_its_field(desk: Any, typed: dict[str, Any], field: str) -> None:
    client = desk("reporter", username="emma")

    assert list(fields(client.post("/admin/my-mail/", typed))) == [field]
    assert User.objects.get(username="emma").muted_stages == []


def test_a_managing_editor_sets_the_mail_of_others_on_their_page(desk: Any) -> None:
    client, emma = desk("managing editor"), factories.editor(username="emma")
    typed = {
        "username": "emma", "email": emma.email, "role": "editor", "language": "",
        "is_active": "on", "weekly_digest": "on",
    }  # fmt: skip

    client.post(url("user_change", emma.pk), typed | {"mail_hour": "6", "muted_stages": "heads-up"})

    emma = User.objects.get(username="emma")
    assert (emma.mail_hour, emma.muted_stages) == (6, ["heads-up"])
    assert people.role_of(emma) == "editor"
    response = client.post(url("user_change", emma.pk), typed | {"mail_hour": "30"})
    assert list(fields(response)) == ["mail_hour"]


def test_the_claims_page_takes_the_same_queries_for_many_watchers(
    desk: Any, django_assert_max_num_queries: Any
) -> None:
    client, claim = desk(), factories.claim()

    def queries() -> int:
        with django_assert_max_num_queries(1000) as captured:
            page_of(client, claim)
        return len(captured)

    for _ in range(2):
        user = factories.reporter()
        claim.watches.create(user=user, since=factories.NOW)
        claim.snoozes.create(user=user, until=date(2026, 5, 1), set_at=factories.NOW)
    before = queries()
    for _ in range(8):
        user = factories.reporter()
        claim.watches.create(user=user, since=factories.NOW)
        claim.snoozes.create(user=user, until=date(2026, 5, 1), set_at=factories.NOW)

    assert queries() == before
