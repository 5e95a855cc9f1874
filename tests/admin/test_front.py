"""The front page: what do I do now."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from tests import factories
from tests.admin.typed import url
from verification.services import claims, verdicts


def counts(response: Any) -> dict[str, int]:
    return {section.key: section.count for section in response.context["sections"]}


def of(response: Any, key: str) -> list[int]:
    (section,) = (one for one in response.context["sections"] if one.key == key)
    return [row.claim.pk for row in section.rows]


def test_what_waits_for_me_comes_oldest_first_with_its_distance(desk: Any) -> None:
    client = desk("editor")
    newer = factories.claim(actor=client.user, deadline=date(2026, 3, 31))
    older = factories.claim(actor=client.user, deadline=date(2026, 3, 1))
    factories.claim(deadline=date(2026, 3, 1))  # somebody else's

    response = client.get("/admin/")

    assert of(response, "awaiting") == [older.pk, newer.pk]
    page = response.content.decode()
    assert "4 weeks ago" in page
    assert "yesterday" in page
    assert url("claim_decide", older.pk) in page


def test_the_week_begins_today_and_has_seven_days(desk: Any) -> None:
    client = desk("editor")
    today, last, next_week = (
        factories.claim(actor=client.user, deadline=date(2026, 4, day)) for day in (1, 7, 8)
    )

    response = client.get("/admin/")

    assert of(response, "week") == [today.pk, last.pk]
    assert of(response, "later") == [next_week.pk]


def test_an_assigned_claim_is_in_the_hands_of_its_assignee_alone(desk: Any) -> None:
    client = desk("editor")
    claim = factories.claim(actor=client.user)
    claims.assign(
        actor=client.user,
        claim=claim,
        version=None,
        assignee=factories.editor(),
        now=factories.NOW,
    )

    assert counts(client.get("/admin/"))["awaiting"] == 0


def test_an_editor_in_charge_sees_what_is_late_on_the_beat(desk: Any) -> None:
    client = desk("editor")
    claim = factories.claim(beat=factories.BeatFactory.create(editor=client.user))

    response = client.get("/admin/")

    assert of(response, "beats") == [claim.pk]
    assert counts(response)["awaiting"] == 0


def test_a_managing_editor_sees_what_is_late_and_nobodys(desk: Any) -> None:
    claim = factories.claim()

    assert of(desk("managing editor").get("/admin/"), "unassigned") == [claim.pk]
    assert "unassigned" not in counts(desk("editor").get("/admin/"))


def test_a_reporter_is_offered_a_report_and_no_verdict(desk: Any) -> None:
    client = desk("reporter")
    claim = factories.claim(actor=client.user)

    page = client.get("/admin/").content.decode()

    assert url("claim_report_add", claim.pk) in page
    assert url("claim_decide", claim.pk) not in page
    assert "/admin/verification/message/" not in page


def test_decided_claims_leave_the_lists_and_become_the_newest_verdicts(desk: Any) -> None:
    client = desk("editor")
    claim = factories.claim(actor=client.user)
    factories.decide(claim)

    response = client.get("/admin/")

    assert counts(response)["awaiting"] == 0
    assert [verdict.claim for verdict in response.context["verdicts"]] == [claim]
    assert [row.claim for row in response.context["logged"]] == [claim]


def test_a_verdict_that_was_superseded_is_marked_among_the_newest(desk: Any) -> None:
    client = desk("editor")
    claim = factories.claim(actor=client.user)
    factories.decide(claim)
    assert "superseded" not in client.get("/admin/").content.decode()

    verdicts.revise(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        outcome="denied",
        rationale="The report was retracted.",
        became_known_on=date(2026, 3, 2),
        evidence=[factories.evidence()],
        now=timezone.now(),
    )

    page = client.get("/admin/").content.decode()
    assert page.count("superseded") == 1
    assert page.index("status-denied") < page.index("status-confirmed") < page.index("superseded")


def test_a_section_that_is_cut_leads_to_the_same_claims_in_the_list(desk: Any) -> None:
    client = desk("editor")
    for _index in range(14):
        factories.claim(actor=client.user)

    (section,) = (one for one in client.get("/admin/").context["sections"] if one.key == "awaiting")

    assert (section.count, len(section.rows), section.more) == (14, 12, 2)
    assert len(client.get(section.url).context["rows"]) == 14


def test_every_section_links_to_its_own_claims(desk: Any) -> None:
    client = desk("managing editor")
    beat = factories.BeatFactory.create(editor=client.user)
    for day in (date(2026, 3, 1), date(2026, 4, 3), date(2026, 9, 1)):
        factories.claim(actor=client.user, deadline=day)
        factories.claim(beat=beat, deadline=day)

    for section in client.get("/admin/").context["sections"]:
        listed = {row.claim.pk for row in client.get(section.url).context["rows"]}
        assert {row.claim.pk for row in section.rows} <= listed, section.key


def test_an_empty_desk_says_how_to_begin(desk: Any) -> None:
    page = desk("reporter").get("/admin/").content.decode()

    assert "Nothing is logged yet" in page
    assert "/admin/verification/claim/add/" in page


def test_the_desk_speaks_the_language_of_its_user(desk: Any) -> None:
    french = desk("editor", language="fr").get("/admin/", headers={"accept-language": "en"})
    browser = desk("editor").get("/admin/", headers={"accept-language": "fr"})

    assert '<html lang="fr">' in french.content.decode()
    assert '<html lang="fr">' in browser.content.decode()


def test_the_language_of_the_door_is_chosen_by_a_post(client: Any, db: None) -> None:
    client.post("/admin/language/", {"language": "fr", "next": "/admin/login/"})

    assert '<html lang="fr">' in client.get("/admin/login/").content.decode()
    client.get("/admin/language/?language=en")
    assert '<html lang="fr">' in client.get("/admin/login/").content.decode()


def test_signing_out_takes_a_post_and_says_so(desk: Any) -> None:
    client = desk("editor")

    assert client.get("/admin/logout/").status_code == 405
    assert "You are signed out" in client.post("/admin/logout/").content.decode()
    assert client.get("/admin/").status_code == 302


def test_a_wrong_password_is_told_at_the_door(client: Any, db: None) -> None:
    factories.editor(username="emma")

    wrong = client.post("/admin/login/", {"username": "emma", "password": "no"})
    right = client.post(
        "/admin/login/", {"username": "emma", "password": "secret-of-emma", "next": "/admin/"}
    )

    assert 'role="alert"' in wrong.content.decode()
    assert right["Location"] == "/admin/"


def test_my_own_password_is_changed(desk: Any, client: Any) -> None:
    boss = desk("editor", username="emma")

    done = boss.post(
        "/admin/password_change/",
        {
            "old_password": "secret-of-emma",
            "new_password1": "a-long-phrase-of-its-own",
            "new_password2": "a-long-phrase-of-its-own",
        },
        follow=True,
    )

    assert "Your password is changed" in done.content.decode()
    assert client.login(username="emma", password="a-long-phrase-of-its-own")
