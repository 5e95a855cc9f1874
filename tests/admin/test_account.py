"""“My account”: password, second factor and sessions, one's own and those within reach."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests import factories
from tests.admin.conftest import TODAY, client_of
from tests.admin.typed import url
from verification.models import AccountNotice, DeskSession, LedgerEntry, User
from verification.services import desk_sessions, second_factors, signing_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW = "a-long-phrase-of-its-own"


def sign_in(user: User, agent: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post(
        "/admin/login/", {"username": user.username, "password": f"secret-of-{user.username}"}
    )
    return client


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def app_of(page: str) -> pyotp.TOTP:
    found = re.search(r'class="mono secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    return pyotp.TOTP(found[1].replace(" ", ""))


def test_one_sees_the_own_sessions_and_nobody_elses() -> None:
    emma, otto = factories.editor(username="emma"), factories.editor(username="otto")
    client = sign_in(emma)
    sign_in(emma, "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1")
    sign_in(otto, "Opera/9.0 OPR/1")
    page = client.get("/admin/account/").content.decode()

    assert "Firefox on Linux" in page and "Safari on iPhone" in page
    assert "Opera" not in page
    assert page.count("(this one)") == 1
    assert "127.0.0.1" in page
    for row in DeskSession.objects.all():
        assert row.session_key not in page


def test_one_session_is_ended_and_the_others_go_on() -> None:
    emma = factories.editor(username="emma")
    here, there, third = sign_in(emma), sign_in(emma), sign_in(emma)
    name = DeskSession.objects.get(session_key=there.session.session_key).name
    here.post("/admin/account/end/", {"session": str(name)})

    assert (is_in(here), is_in(there), is_in(third)) == (True, False, True)
    here.post("/admin/account/end/")
    assert (is_in(here), is_in(third)) == (True, False)


@pytest.mark.parametrize("session", ["no-name", "00000000-0000-0000-0000-000000000000"])
def test_a_name_that_no_session_has_ends_none(session: str) -> None:
    emma = factories.editor(username="emma")
    here, there = sign_in(emma), sign_in(emma)
    here.post("/admin/account/end/", {"session": session})

    assert is_in(there)


def test_nobody_ends_a_session_of_somebody_else_by_its_name() -> None:
    emma, otto = factories.editor(username="emma"), factories.editor(username="otto")
    theirs = sign_in(otto)
    name = DeskSession.objects.get(user=otto).name
    sign_in(emma).post("/admin/account/end/", {"session": str(name)})

    assert is_in(theirs)


def test_who_may_change_a_user_sees_and_ends_the_sessions(desk: Any) -> None:
    emma = factories.editor(username="emma")
    theirs, boss = sign_in(emma), desk("managing editor")
    assert "Firefox on Linux" in boss.get(url("user_account", emma.pk)).content.decode()
    boss.post(url("user_end_sessions", emma.pk))

    assert not is_in(theirs)
    assert LedgerEntry.objects.last().action == "sessions ended"


@pytest.mark.parametrize(
    "page", ["user_account", "user_end_sessions", "user_unlock", "user_reset_factor"]
)
def test_a_superuser_is_out_of_a_managing_editors_reach(desk: Any, page: str) -> None:
    root = factories.UserFactory.create(username="root", is_superuser=True)
    theirs, boss = sign_in(root), desk("managing editor")
    ask = boss.get if page == "user_account" else boss.post

    assert ask(url(page, root.pk)).status_code == 403
    assert is_in(theirs)


def test_a_session_is_noted_once_a_minute() -> None:
    client = sign_in(factories.editor(username="emma"))
    for seconds, seen in ((59, 0), (60, 60), (100, 60), (120, 120)):
        with time_machine.travel(TODAY + timedelta(seconds=seconds), tick=False):
            client.get("/admin/")
        assert DeskSession.objects.get().seen_at == TODAY + timedelta(seconds=seen)


def test_a_page_for_everybody_comes_without_a_cookie_of_the_session() -> None:
    client = sign_in(factories.editor(username="emma"))
    # An hour later it might be noted, and after a fortnight it is over.
    for hours in (1, 24 * 14):
        DeskSession.objects.update(expire_date=TODAY + timedelta(days=30))
        with time_machine.travel(TODAY + timedelta(hours=hours), tick=False):
            response = client.get("/embed/latest/")
            assert not response.cookies
            assert response.wsgi_request.user.is_authenticated is (hours == 1)


@pytest.mark.parametrize(("hours", "lasts"), [(71, True), (72, False)])
def test_a_session_that_nobody_uses_ends(hours: int, lasts: bool) -> None:
    client = sign_in(factories.editor(username="emma"))
    with time_machine.travel(TODAY + timedelta(hours=hours), tick=False):
        assert is_in(client) is lasts


def test_a_session_in_use_ends_after_a_fortnight() -> None:
    client = sign_in(factories.editor(username="emma"))
    for day in range(1, 14):
        with time_machine.travel(TODAY + timedelta(days=day), tick=False):
            assert is_in(client), day
    with time_machine.travel(TODAY + timedelta(days=14), tick=False):
        assert not is_in(client)


def test_sessions_that_have_run_out_are_swept() -> None:
    sign_in(factories.editor(username="emma"))

    assert desk_sessions.sweep(now=TODAY + timedelta(hours=71)) == 0
    assert desk_sessions.sweep(now=TODAY + timedelta(hours=73)) == 1


def test_changing_the_password_ends_the_other_sessions_and_gives_this_one_another_key() -> None:
    emma = factories.editor(username="emma")
    here, there = sign_in(emma), sign_in(emma)
    before = here.session.session_key
    typed = {"old_password": "secret-of-emma", "new_password1": NEW, "new_password2": NEW}
    here.post("/admin/password_change/", typed)

    assert (is_in(here), is_in(there)) == (True, False)
    assert here.session.session_key != before
    assert DeskSession.objects.filter(user=emma).count() == 1
    assert AccountNotice.objects.filter(user=emma, event="password").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"old_password": "wrong"}, "old_password"),
        ({"new_password1": "emma", "new_password2": "emma"}, "new_password1"),
        ({"new_password2": "other"}, "new_password2"),
    ],
)
def test_what_is_wrong_with_a_new_password_is_named(changes: dict[str, str], field: str) -> None:
    emma = factories.editor(username="emma")
    typed = {"old_password": "secret-of-emma", "new_password1": NEW, "new_password2": NEW}
    response = sign_in(emma).post("/admin/password_change/", typed | changes)

    assert list(response.context["form"].errors) == [field]
    emma.refresh_from_db()
    assert emma.check_password("secret-of-emma")


def test_an_open_session_is_no_place_to_guess_the_password_from() -> None:
    emma = factories.editor(username="emma")
    client = sign_in(emma)
    for _try in range(5):
        client.post(
            "/admin/password_change/",
            {"old_password": "x", "new_password1": NEW, "new_password2": NEW},
        )
    typed = {"old_password": "secret-of-emma", "new_password1": NEW, "new_password2": NEW}

    assert "old_password" in client.post("/admin/password_change/", typed).context["form"].errors


def test_a_second_factor_is_set_up_used_and_taken_away() -> None:
    emma = factories.editor(username="emma")
    client, other = sign_in(emma), sign_in(emma)
    app = app_of(client.get("/admin/account/second-factor/").content.decode())
    typed = {"code": app.at(TODAY), "password": "secret-of-emma"}
    assert (
        "not your password"
        in client.post("/admin/account/second-factor/", typed | {"password": "x"}).content.decode()
    )
    assert not second_factors.has(emma)

    # The page is still that of the same app.
    done = client.post("/admin/account/second-factor/", typed).content.decode()

    assert len(re.findall(r'<li class="mono">', done)) == 10
    assert (is_in(client), is_in(other)) == (True, False)
    assert "10 recovery codes are left" in client.get("/admin/account/").content.decode()
    later = TODAY + timedelta(minutes=1)
    with time_machine.travel(later, tick=False):
        client.post("/admin/account/second-factor/off/", {"code": "000000"})
        assert second_factors.has(emma)
        client.post("/admin/account/second-factor/off/", {"code": app.at(later)})
        assert not second_factors.has(emma)
        assert is_in(client)
    assert list(AccountNotice.objects.values_list("event", flat=True).order_by("pk")) == [
        "factor-on", "factor-off",
    ]  # fmt: skip


def test_a_secret_that_was_looked_at_before_is_not_the_one_that_is_set_up() -> None:
    client = sign_in(factories.editor(username="emma"))
    seen = app_of(client.get("/admin/account/second-factor/").content.decode())
    shown = app_of(client.get("/admin/account/second-factor/").content.decode())

    assert seen.secret != shown.secret
    client.post(
        "/admin/account/second-factor/",
        {"code": seen.at(TODAY), "password": "secret-of-emma"},
    )
    assert not second_factors.has(User.objects.get(username="emma"))


def test_who_must_have_a_second_factor_cannot_take_it_away(settings) -> None:
    emma = factories.editor(username="emma")
    client = sign_in(emma)
    app = app_of(client.get("/admin/account/second-factor/").content.decode())
    client.post(
        "/admin/account/second-factor/", {"code": app.at(TODAY), "password": "secret-of-emma"}
    )
    settings.REQUIRE_SECOND_FACTOR = ["editor"]
    later = TODAY + timedelta(minutes=1)
    with time_machine.travel(later, tick=False):
        assert "Take it away" not in client.get("/admin/account/").content.decode()
        answer = client.post("/admin/account/second-factor/off/", {"code": app.at(later)})

    assert answer.status_code == 403
    assert second_factors.has(emma)


def test_a_locked_user_is_shown_and_let_in_again(desk: Any) -> None:
    emma, boss = factories.editor(username="emma"), desk("managing editor")
    for _try in range(5):
        signing_in.by_password(name="emma", password="x", address="127.0.0.1", now=TODAY)
    assert not is_in(sign_in(emma))
    assert "Locked out" in boss.get(url("user_account", emma.pk)).content.decode()

    boss.post(url("user_unlock", emma.pk))

    assert "Locked out" not in boss.get(url("user_account", emma.pk)).content.decode()
    assert is_in(sign_in(emma))
    assert LedgerEntry.objects.last().action == "account unlocked"
    assert AccountNotice.objects.filter(user=emma, event="locked").count() == 1


def test_a_password_set_by_somebody_else_and_leaving_the_desk_end_all_sessions(desk: Any) -> None:
    emma, boss = factories.editor(username="emma"), desk("managing editor")
    client = sign_in(emma)
    boss.post(url("user_password", emma.pk), {"password": NEW})

    assert not is_in(client)
    assert not DeskSession.objects.filter(user=emma).exists()


def test_the_list_of_sessions_costs_the_same_for_any_number() -> None:
    emma = factories.editor(username="emma")
    client = sign_in(emma)
    client.get("/admin/account/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/admin/account/")
        return len(found)

    few = queries()
    for _number in range(8):
        client_of(emma).get("/admin/")
    assert queries() == few


def test_a_forgotten_password_is_set_by_the_link_and_signs_nobody_in(client: Client) -> None:
    emma = factories.editor(username="emma")
    asked = client.post("/admin/forgotten/", {"name": "emma"}).content.decode()
    unknown = client.post("/admin/forgotten/", {"name": "nobody"}).content.decode()
    strip = lambda page: re.sub(r'value="[^"]{64}"', "", page)  # noqa: E731
    assert strip(asked) == strip(unknown)

    theirs = sign_in(emma)
    emma.refresh_from_db()
    link = _link(emma)
    first = client.get(link)
    assert first["Location"].endswith("/new/") and link.split("/")[-2] not in first["Location"]
    page = client.get(first["Location"])
    assert page["Referrer-Policy"] in ("same-origin", "no-referrer")
    done = client.post(first["Location"], {"new_password1": NEW, "new_password2": NEW})
    assert "holds from now on" in done.content.decode()
    assert (is_in(client), is_in(theirs)) == (False, False)
    assert "does not hold any more" in client.get(link).content.decode()
    assert "does not hold any more" in client.get("/admin/forgotten/Mg/x-y/").content.decode()
    assert "does not hold any more" in client.get("/admin/forgotten/_/new/").content.decode()


def _link(user: User) -> str:
    number = urlsafe_base64_encode(force_bytes(user.pk))
    return f"/admin/forgotten/{number}/{default_token_generator.make_token(user)}/"
