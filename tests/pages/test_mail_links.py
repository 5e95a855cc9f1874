"""The pages that a mail's links open: what they ask, what they do, and everything they refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import translation

from tests import factories
from tests.pages.reading import words
from tests.services.desk import deadline, last_entry
from tests.services.rows import nothing_changes
from verification.emails import links
from verification.emails.links import ACTIONS
from verification.models import Claim, User
from verification.services import claims, handing, ladders, preferences, snoozes, verdicts

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def emma() -> User:
    return factories.editor(username="emma", first_name="Emma", last_name="Roux")


@pytest.fixture
def louis() -> User:
    return factories.reporter(username="louis", first_name="Louis", last_name="Petit")


@pytest.fixture
def claim(emma: User, louis: User) -> Claim:
    """Internal: the address alone shows it, and to nobody else."""
    return factories.claim(actor=emma, public=False, now=factories.NOW)


def address(action: str, claim: Claim, user: User) -> str:
    url = links.action_url(action, claim, user, deadline=claim.deadline)  # type: ignore[arg-type]
    return urlsplit(url).path


def typed(action: str, claim: Claim, **changes: object) -> dict[str, object]:
    """What somebody enters who means it."""
    fine: dict[str, dict[str, object]] = {
        "snooze": {"until": "2026-04-08"},
        "hand-over": {
            "version": claim.version,
            "assignee": User.objects.get(username="louis").pk,
            "note": "You know them.",
        },
        "extend": {
            "version": claim.version,
            "deadline": "2026-06-30",
            "deadline_text": "mid-year",
            "deadline_precision": "half",
            "reason": "The talks go on.",
        },
    }
    return fine[action] | changes


def refused(client: Client, action: str, url: str, claim: Claim, status: int) -> str:
    """That neither GET, HEAD nor POST does anything; the words of the page."""
    with nothing_changes():
        assert client.head(url).status_code == status
        got = client.get(url)
        posted = client.post(url, typed(action, claim))
    assert (got.status_code, posted.status_code) == (status, status)
    assert "<form" not in got.content.decode()
    return words(got)


# --- Asking and doing -----------------------------------------------------------------------------


@pytest.mark.parametrize("action", ACTIONS)
def test_a_get_and_a_head_ask_and_change_nothing(
    client: Client, action: str, claim: Claim, emma: User
) -> None:
    url = address(action, claim, emma)
    with nothing_changes():
        assert client.head(url).status_code == 200
        response = client.get(url)

    page = words(response)
    assert claim.statement in page
    assert claim.reports.get().source.name in page
    assert "31 March 2026" in page
    assert "acts in the name of Emma Roux" in page
    assert "sessionid" not in client.cookies, "nobody is signed in by a link"


def test_a_claim_is_put_off_in_the_name_of_whom_the_mail_was_written_to(
    client: Client, claim: Claim, emma: User
) -> None:
    response = client.post(address("snooze", claim, emma), typed("snooze", claim))

    assert "before Wednesday 8 April 2026" in words(response)
    assert snoozes.running(claim, emma).until == date(2026, 4, 8)  # type: ignore[union-attr]
    assert last_entry().actor == emma


def test_a_claim_is_handed_over_with_a_note(
    client: Client, claim: Claim, emma: User, louis: User
) -> None:
    response = client.post(address("hand-over", claim, emma), typed("hand-over", claim))

    assert "Louis Petit has the claim now" in words(response)
    assert Claim.objects.get().assignee == louis
    assert last_entry().content["reason"] == "You know them."


def test_a_deadline_is_moved_with_wording_precision_and_reason(
    client: Client, claim: Claim, emma: User
) -> None:
    url = address("extend", claim, emma)
    response = client.post(url, typed("extend", claim, by_source="on"))

    assert "The deadline is now 30 June 2026," in words(response)
    moved = Claim.objects.get()
    assert (moved.deadline, moved.deadline_text) == (date(2026, 6, 30), "mid-year")
    assert (moved.deadline_precision, moved.deadline_basis) == ("half", "source")
    assert last_entry().content["reason"] == "The talks go on."


@pytest.mark.parametrize("action", ACTIONS)
def test_a_link_that_was_used_does_no_harm_a_second_time(
    client: Client, action: str, claim: Claim, emma: User
) -> None:
    url, sent = address(action, claim, emma), typed(action, claim)
    client.post(url, sent)

    with nothing_changes():
        client.post(url, sent)


@pytest.mark.parametrize(
    ("action", "changes", "says"),
    [
        ("snooze", {"until": ""}, "Choose a day."),
        ("snooze", {"until": "2026-04-01"}, "Enter a day from 2 April 2026 to 31 May 2026."),
        ("snooze", {"until": "2027-01-01"}, "Enter a day from 2 April 2026 to 31 May 2026."),
        ("snooze", {"until": "soon"}, "Enter a day of the calendar, such as 2026-03-31."),
        ("hand-over", {"assignee": ""}, "Choose who takes it over."),
        ("hand-over", {"assignee": "999999"}, "not one of the available choices"),
        ("hand-over", {"note": "x" * 3000}, "Use at most 2000 characters."),
        ("extend", {"deadline": "2026-02-30"}, "Enter a day of the calendar, such as 2026-03-31."),
        ("extend", {"deadline": "2020-01-01"}, "before the first report"),
        ("extend", {"reason": " "}, "Say why the deadline moves."),
        ("extend", {"deadline_precision": "week"}, "not one of the available choices"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    client: Client, action: str, changes: dict[str, str], says: str, claim: Claim, emma: User
) -> None:
    with nothing_changes():
        response = client.post(address(action, claim, emma), typed(action, claim, **changes))

    assert says in words(response)
    assert "<form" in response.content.decode()


def test_a_change_made_meanwhile_is_told_and_not_overwritten(
    client: Client, claim: Claim, emma: User
) -> None:
    sent = typed("hand-over", claim)
    claims.edit(
        actor=emma, claim=claim, version=1, changes={"criteria": "If both say so."}, now=NOW
    )
    with nothing_changes():
        response = client.post(address("hand-over", claim, emma), sent)

    assert response.status_code == 409
    assert "Somebody changed this claim while the page was open." in words(response)
    assert "You know them." in response.content.decode()
    # The form has taken the new version: sending it again is meant.
    assert 'name="version" value="2"' in response.content.decode()


# --- Refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ACTIONS)
def test_after_sixty_days_a_link_is_too_old(
    client: Client, action: str, claim: Claim, emma: User, today: Any
) -> None:
    url = address(action, claim, emma)
    today.move_to(NOW + 60 * DAY - timedelta(minutes=1))
    assert client.get(url).status_code == 200
    today.move_to(NOW + 60 * DAY + timedelta(minutes=1))

    page = refused(client, action, url, claim, 410)

    assert "This link is too old" in page
    assert claim.statement not in page


@pytest.mark.parametrize("action", ACTIONS)
def test_a_token_that_was_tampered_with_does_nothing(
    client: Client, action: str, claim: Claim, emma: User
) -> None:
    url = address(action, claim, emma)
    scope = [claim.pk, emma.pk, claim.deadline.isoformat(), 1]
    forged = signing.dumps(scope, key="another key", salt=f"borneout.mail.{action}")
    for wrong in (url[:-3] + "/", url[:-2] + ("a/" if url[-2] != "a" else "b/"),
                  f"/mail/{action}/{forged}/", f"/mail/{action}/nonsense/"):  # fmt: skip
        page = refused(client, action, wrong, claim, 404)
        assert "This link does not work" in page
        assert claim.statement not in page


def test_a_token_allows_one_action_and_no_other(client: Client, claim: Claim, emma: User) -> None:
    for mine in ACTIONS:
        for other in ACTIONS:
            url = address(mine, claim, emma).replace(f"/{mine}/", f"/{other}/")
            assert client.get(url).status_code == (200 if mine == other else 404)
    unsubscribe = urlsplit(links.unsubscribe_url(emma)).path
    token = unsubscribe.rstrip("/").rpartition("/")[2]
    assert client.get(f"/mail/snooze/{token}/").status_code == 404
    assert client.get(f"/mail/decide/{token}/").status_code == 404


@pytest.mark.parametrize("action", ACTIONS)
def test_who_has_left_is_shown_nothing(
    client: Client, action: str, claim: Claim, emma: User
) -> None:
    User.objects.filter(pk=emma.pk).update(is_active=False)

    page = refused(client, action, address(action, claim, emma), claim, 403)

    assert "This account is closed" in page
    assert claim.statement not in page


@pytest.mark.parametrize("action", ACTIONS)
def test_who_has_lost_his_role_is_shown_nothing(
    client: Client, action: str, claim: Claim, emma: User
) -> None:
    emma.groups.clear()

    page = refused(client, action, address(action, claim, emma), claim, 403)

    assert "You cannot open claims any more" in page
    assert claim.statement not in page


@pytest.mark.parametrize("action", ACTIONS)
def test_a_decided_claim_says_what_the_verdict_was(
    client: Client, action: str, claim: Claim, emma: User
) -> None:
    url = address(action, claim, emma)
    chief = factories.managing_editor(first_name="Camille", last_name="Roy")
    factories.decide(claim, "confirmed", actor=chief)

    page = refused(client, action, url, claim, 409)

    assert "Decided meanwhile: confirmed" in page
    assert "Camille Roy gave the verdict on 1 April 2026" in page


@pytest.mark.parametrize("action", ACTIONS)
def test_a_deadline_that_moved_meanwhile_is_shown(
    client: Client, action: str, claim: Claim, emma: User
) -> None:
    url = address(action, claim, emma)
    claims.extend(actor=emma, claim=claim, version=1, deadline=deadline(), reason="Talks.", now=NOW)

    page = refused(client, action, url, claim, 409)

    assert "It is now 30 June 2026." in page
    assert client.get(address(action, Claim.objects.get(), emma)).status_code == 200


@pytest.mark.parametrize("action", ACTIONS)
def test_a_claim_that_was_handed_to_somebody_else_is_his(
    client: Client, action: str, claim: Claim, emma: User, louis: User
) -> None:
    url = address(action, claim, emma)
    handing.hand_over(actor=emma, claim=claim, version=1, to=louis, now=NOW)

    assert "Louis Petit has the claim in hand" in refused(client, action, url, claim, 409)


def test_whoever_is_told_beside_the_owner_is_not_stopped_by_a_change_of_owner(
    client: Client, claim: Claim, emma: User, louis: User
) -> None:
    chief = factories.managing_editor()
    url = address("snooze", claim, chief)
    handing.hand_over(actor=emma, claim=claim, version=1, to=louis, now=NOW)

    assert client.get(url).status_code == 200


def test_a_reporter_does_not_move_a_deadline_and_is_told_who_can(
    client: Client, claim: Claim, louis: User
) -> None:
    page = refused(client, "extend", address("extend", claim, louis), claim, 403)

    assert "You may not move this deadline" in page


def test_a_claim_that_is_not_in_ones_hand_is_not_handed_over(
    client: Client, claim: Claim, louis: User
) -> None:
    page = refused(client, "hand-over", address("hand-over", claim, louis), claim, 403)

    assert "You may not hand this claim over" in page


def test_a_link_is_printed_only_for_whoever_may_use_it(
    claim: Claim, emma: User, louis: User
) -> None:
    nobody = factories.UserFactory.create()
    allowed = {
        user.username: [action for action in ACTIONS if links.may(action, claim, user)]
        for user in (emma, louis, nobody)
    }
    assert allowed == {
        "emma": ["snooze", "hand-over", "extend"],
        "louis": ["snooze"],
        nobody.username: [],
    }
    mine = factories.claim(actor=louis)
    assert [action for action in ACTIONS if links.may(action, mine, louis)] == [
        "snooze",
        "hand-over",
    ]


def test_a_claim_that_was_reopened_takes_its_old_links_again(
    client: Client, claim: Claim, emma: User
) -> None:
    url = address("snooze", claim, emma)
    factories.decide(claim)
    verdicts.reopen(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        rationale="Wrong.",
        now=NOW,
    )

    assert client.get(url).status_code == 200


# --- How it is served -----------------------------------------------------------------------------


def test_nobody_keeps_the_page_or_is_told_of_its_address(
    client: Client, claim: Claim, emma: User
) -> None:
    form = client.get(address("extend", claim, emma))
    gone = client.get("/mail/extend/nonsense/")

    for response in (form, gone):
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert 'name="robots" content="noindex"' in response.content.decode()
        assert "<script" not in response.content.decode()
        assert "default-src 'self'" in response["Content-Security-Policy"]
    # Django has to see that a form comes from our own page; no other site is told either way.
    assert form["Referrer-Policy"] == "same-origin"
    assert gone["Referrer-Policy"] == "no-referrer"


def test_a_form_of_another_site_is_refused(claim: Claim, emma: User) -> None:
    strict = Client(enforce_csrf_checks=True)

    with nothing_changes():
        response = strict.post(address("snooze", claim, emma), typed("snooze", claim))

    assert response.status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str, claim: Claim, emma: User) -> None:
    assert getattr(client, method)(address("snooze", claim, emma)).status_code == 405


def test_the_page_speaks_the_language_of_whom_the_mail_was_written_to(
    client: Client, claim: Claim, emma: User
) -> None:
    User.objects.filter(pk=emma.pk).update(language="fr")

    response = client.get(address("snooze", claim, emma), headers={"accept-language": "en"})

    assert response["Content-Language"] == "fr"
    assert '<html lang="fr">' in response.content.decode()
    assert "Vous rappeler cette affirmation plus tard" in words(response)
    assert "jeudi 2 avril" in words(response)
    assert translation.get_language() == "en"


def test_what_is_typed_elsewhere_is_escaped_here(client: Client, emma: User) -> None:
    claim = factories.claim(
        actor=emma, statement="<script>alert(1)</script>", public=False, language="en"
    )

    page = client.get(address("snooze", claim, emma)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


# --- Unsubscribing --------------------------------------------------------------------------------


def unsubscribe(user: User, *what: str) -> str:
    return urlsplit(links.unsubscribe_url(user, *what)).path  # type: ignore[arg-type]


@pytest.mark.parametrize("what", links.OPTIONAL)
def test_unsubscribing_asks_first_and_takes_one_click_without_cookies(
    what: str, emma: User
) -> None:
    program, url = Client(enforce_csrf_checks=True), unsubscribe(emma, what)
    with nothing_changes():
        assert program.head(url).status_code == 200
        assert "No more" in words(program.get(url))
    response = Client(enforce_csrf_checks=True).post(url, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    user = User.objects.get(pk=emma.pk)
    assert user.muted_stages == (["heads-up"] if what == "heads-up" else [])
    assert user.weekly_digest == (what != "digest")


def test_a_link_of_before_there_was_a_digest_still_ends_the_heads_up(
    client: Client, emma: User
) -> None:
    token = signing.dumps(emma.pk, salt="borneout.unsubscribe")

    assert client.post(f"/mail/unsubscribe/{token}/").status_code == 200
    assert User.objects.get(pk=emma.pk).muted_stages == ["heads-up"]


def test_no_token_ends_what_somebody_has_to_act_on(client: Client, emma: User) -> None:
    token = signing.dumps([emma.pk, "due"], salt="borneout.unsubscribe", key="another")

    with nothing_changes():
        assert client.post(f"/mail/unsubscribe/{token}/").status_code == 404
        assert client.post("/mail/unsubscribe/nonsense/").status_code == 404


def test_the_services_are_asked_what_a_user_may_do(
    client: Client, claim: Claim, emma: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the page itself would let a form through."""
    url = address("extend", claim, emma)
    emma.groups.clear()
    emma.groups.add(*factories.reporter().groups.all())
    monkeypatch.setattr(links, "may", lambda *args: True)

    with nothing_changes():
        response = client.post(url, typed("extend", claim))

    assert response.status_code == 403


def test_ladders_and_wishes_do_not_change_what_a_link_allows(
    client: Client, claim: Claim, emma: User
) -> None:
    url = address("snooze", claim, emma)
    chief = factories.managing_editor()
    ladders.set_ladder(actor=chief, beat=claim.beat, hour=5, rungs=None, now=NOW)
    preferences.set_preferences(actor=emma, user=emma, fields={"mail_hour": 4}, now=NOW)

    assert client.get(url).status_code == 200


# --- What a page says -----------------------------------------------------------------------------


def head_and_title(page: str) -> tuple[str, str]:
    found = [re.search(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL) for tag in ("h1", "title")]
    head, title = (match[1].strip() if match else "" for match in found)
    return head, title


def test_each_page_has_its_heading_for_a_title(client: Client, claim: Claim, emma: User) -> None:
    urls = [address(action, claim, emma) for action in ACTIONS]
    pages = [client.get(url) for url in [*urls, "/mail/extend/nonsense/"]]
    pages += [client.post(urls[0], typed("snooze", claim)), client.get(urls[0])]
    factories.decide(claim, now=NOW)
    pages.append(client.get(urls[0]))

    heads = []
    for page in pages:
        head, title = head_and_title(page.content.decode())
        assert title.split(" · ")[0] == head
        heads.append(head)
    assert heads == [
        "Put this claim off?",
        "Hand this claim over?",
        "Move this deadline?",
        "This link does not work",
        "It is put off",
        "It is put off until 8 April 2026",
        "Decided meanwhile: confirmed",
    ]


def test_a_claim_that_is_put_off_can_be_put_off_to_another_day(
    client: Client, claim: Claim, emma: User
) -> None:
    url = address("snooze", claim, emma)
    client.post(url, typed("snooze", claim))

    page = client.get(url)
    assert "To be reminded on another morning instead:" in words(page)
    assert page.context["form"]["until"].value() == date(2026, 4, 8)
    client.post(url, typed("snooze", claim, until="2026-04-09"))

    assert "It is put off until 9 April 2026" in words(client.get(url))


def test_a_deadline_does_not_move_into_the_past(client: Client, claim: Claim, emma: User) -> None:
    url = address("extend", claim, emma)
    with nothing_changes():
        response = client.post(url, typed("extend", claim, deadline="2026-03-30"))

    assert "This day has passed: enter today or a later day." in words(response)


def test_the_form_of_a_new_deadline_says_what_becomes_of_the_old_words(
    client: Client, claim: Claim, emma: User
) -> None:
    said = words(client.get(address("extend", claim, emma)))

    assert "The present wording, “end of Q1 2026”, is replaced by what is entered here." in said
    assert "The present deadline is stated by the source." in said
    assert "Why the deadline moves. Readers will see it." in said


def test_a_stopped_heads_up_says_what_is_sent_all_the_same(client: Client, emma: User) -> None:
    said = words(client.get(unsubscribe(emma)))

    assert "Mails on its day and a week after it always reach you" in said
    assert "unless you leave them out under “My mail”" in said
