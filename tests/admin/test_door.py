"""Signing in to the desk: in one step or two, and never a word of who is there."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.test import Client

from tests import factories
from tests.admin.conftest import TODAY
from verification.models import DeskSession, SecondFactor, User
from verification.services import second_factors

pytestmark = pytest.mark.django_db
SEED = "cd" * 32
LOGIN = "/admin/login/"


def code(now: Any = TODAY, seed: str = SEED) -> str:
    return pyotp.TOTP(second_factors.secret(seed)).at(now)


def with_factor(**fields: Any) -> tuple[User, list[str]]:
    user = factories.editor(**fields)
    before = TODAY - timedelta(minutes=10)
    codes = second_factors.confirm(
        user=user, seed=SEED, code=code(before), keep=None, address="", now=before
    )
    return user, codes


def give(client: Client, password: str = "secret-of-emma", name: str = "emma", **more: str) -> Any:
    return client.post(LOGIN, {"username": name, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_the_answer_is_the_same_whoever_there_is_and_whatever_is_wrong(client: Client) -> None:
    factories.editor(username="emma")
    factories.editor(username="gone", is_active=False)
    factories.UserFactory.create(username="reader", is_staff=False)
    answers = {}
    for name, password in (
        ("emma", "wrong"),
        ("nobody", "wrong"),
        ("gone", "secret-of-gone"),
        ("reader", "secret-of-reader"),
    ):
        for number in range(7):
            response = give(Client(), password, name)
            page = without_token(response.content.decode()).replace(name, "NAME")
            answers[name, number] = (response.status_code, page)

    assert len(set(answers.values())) == 1
    # And the last of them was locked: the right password is not taken either.
    locked = give(Client())
    page = without_token(locked.content.decode()).replace("emma", "NAME")
    assert (locked.status_code, page) == answers["nobody", 0]


def test_one_goes_on_to_the_page_that_was_asked_for_and_to_no_other_site(client: Client) -> None:
    factories.editor(username="emma")

    assert give(client, next="/admin/diary/")["Location"] == "/admin/diary/"
    client.logout()
    for evil in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"):
        assert give(client, next=evil)["Location"] == "/admin/"
        client.logout()


def test_a_session_gets_another_key_when_somebody_signs_in(client: Client) -> None:
    factories.editor(username="emma")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key

    give(client)

    assert client.session.session_key != planted
    assert not DeskSession.objects.filter(session_key=planted).exists()


def test_the_second_step_has_a_session_that_nobody_knew_before(client: Client) -> None:
    with_factor(username="emma")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()

    give(client)

    assert not DeskSession.objects.filter(session_key=session.session_key).exists()
    assert "planted" not in client.session


def test_the_password_alone_does_not_let_in_who_has_a_second_factor(client: Client) -> None:
    with_factor(username="emma")

    step = give(client, next="/admin/diary/")
    assert step["Location"] == "/admin/login/code/"
    assert not is_in(client)
    assert client.get("/api/v1/claims/?status=open").wsgi_request.user.is_anonymous
    assert "SecondStep" not in client.get(step["Location"]).content.decode()
    wrong = client.post(step["Location"], {"code": "000000"})
    assert "This code is not taken" in wrong.content.decode()
    assert not is_in(client)

    right = client.post(step["Location"], {"code": code()})
    assert right["Location"] == "/admin/diary/"
    assert is_in(client)
    assert DeskSession.objects.get(user__username="emma").second_factor


def test_a_code_that_somebody_has_seen_does_not_let_in_again(client: Client) -> None:
    with_factor(username="emma")
    seen = code()
    give(client)
    client.post("/admin/login/code/", {"code": seen})
    thief = Client()
    give(thief)

    assert "not taken" in thief.post("/admin/login/code/", {"code": seen}).content.decode()
    assert not is_in(thief)


def test_a_recovery_code_lets_in(client: Client) -> None:
    _user, codes = with_factor(username="emma")
    give(client)
    client.post("/admin/login/code/", {"code": codes[3]})

    assert is_in(client)


def test_the_second_step_cannot_be_had_without_the_first(client: Client) -> None:
    with_factor(username="emma")
    for step in ("code", "enrol"):
        for ask in (client.get, client.post):
            assert ask(f"/admin/login/{step}/", {"code": code()})["Location"] == f"{LOGIN}?late"
    assert "It took too long" in client.get(f"{LOGIN}?late").content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(("minutes", "waits"), [(9, True), (10, False)])
def test_the_second_step_waits_ten_minutes(client: Client, minutes: int, waits: bool) -> None:
    with_factor(username="emma")
    give(client)
    later = TODAY + timedelta(minutes=minutes)
    with time_machine.travel(later, tick=False):
        client.post("/admin/login/code/", {"code": code(later)})
        assert is_in(client) is waits


def test_a_new_password_ends_a_sign_in_that_is_under_way(client: Client) -> None:
    user, _codes = with_factor(username="emma")
    give(client)
    user.set_password("another")
    user.save()
    client.post("/admin/login/code/", {"code": code()})

    assert not is_in(client)


def test_who_must_have_one_is_led_to_it_and_can_do_nothing_else(client: Client, settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = ["editor"]
    factories.editor(username="emma")

    assert give(client)["Location"] == "/admin/login/enrol/"
    assert not is_in(client)
    page = client.get("/admin/login/enrol/").content.decode()
    assert "<svg" in page and "style=" not in page and "data:" not in page
    assert client.session["signing_in"]["seed"] not in page
    seed = client.session["signing_in"]["seed"]
    secret = second_factors.secret(seed)
    assert secret in page.replace(" ", "")
    assert not SecondFactor.objects.exists()

    wrong = client.post("/admin/login/enrol/", {"code": "000000"})
    assert "not the code of the moment" in wrong.content.decode()
    assert not is_in(client)
    done = client.post("/admin/login/enrol/", {"code": code(seed=seed)})
    codes = re.findall(r'<li class="mono">([A-Z0-9-]+)</li>', done.content.decode())
    assert len(codes) == 10
    assert is_in(client)


def test_an_open_session_ends_when_a_second_factor_becomes_required(desk: Any, settings) -> None:
    client = desk("editor")
    assert is_in(client)
    settings.REQUIRE_SECOND_FACTOR = ["managing editor"]
    assert is_in(client)
    settings.REQUIRE_SECOND_FACTOR = ["editor"]

    assert client.get("/api/v1/claims/?limit=1").wsgi_request.user.is_anonymous
    assert client.get("/admin/")["Location"].startswith(LOGIN)
    assert not DeskSession.objects.filter(user=client.user).exists()


def test_a_session_that_began_with_a_code_goes_on(client: Client, settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = ["editor"]
    with_factor(username="emma")
    give(client)
    client.post("/admin/login/code/", {"code": code()})

    assert is_in(client)


def test_the_door_speaks_french(client: Client) -> None:
    with_factor(username="emma")
    french = {"accept-language": "fr"}
    wrong = client.post(LOGIN, {"username": "emma", "password": "x"}, headers=french)
    assert "ne sont pas acceptés" in wrong.content.decode()
    give(client)
    assert "La seconde étape" in client.get("/admin/login/code/", headers=french).content.decode()
