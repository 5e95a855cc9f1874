"""Only so many tries, for so long, whoever makes them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.factories import NOW
from verification.models import Attempts
from verification.models.choices import Gate
from verification.services import attempts, signing_in

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)
TICK = timedelta(seconds=1)


def sign_in(name: str, password: str, address: str = "192.0.2.1", now=NOW):
    return signing_in.by_password(name=name, password=password, address=address, now=now)


def test_after_five_wrong_passwords_the_right_one_is_not_taken_for_a_quarter_of_an_hour() -> None:
    emma = factories.editor(username="emma")
    for _try in range(5):
        assert sign_in("emma", "wrong") is None

    assert sign_in("emma", "secret-of-emma") is None
    assert sign_in("emma", "secret-of-emma", now=NOW + QUARTER - TICK) is None
    assert sign_in("emma", "secret-of-emma", now=NOW + QUARTER) == emma


def test_four_wrong_passwords_lock_nobody_out_and_are_forgotten_with_the_right_one() -> None:
    emma = factories.editor(username="emma")
    for _round in range(3):
        for _try in range(4):
            sign_in("emma", "wrong")
        assert sign_in("emma", "secret-of-emma") == emma


def test_trying_on_does_not_prolong_a_lock() -> None:
    emma = factories.editor(username="emma")
    for minute in range(15):
        sign_in("emma", "wrong", now=NOW + timedelta(minutes=minute))

    assert sign_in("emma", "secret-of-emma", now=NOW + timedelta(minutes=4) + QUARTER) == emma


def test_a_lock_is_for_one_address_so_that_a_stranger_shuts_nobody_out() -> None:
    emma = factories.editor(username="emma")
    for _try in range(9):
        sign_in("emma", "wrong", address="198.51.100.7")

    assert sign_in("emma", "secret-of-emma") == emma


def test_the_name_is_one_name_whatever_its_case() -> None:
    factories.editor(username="emma")
    for name in ("emma", "Emma", "EMMA", " emma", "eMMa"):
        sign_in(name, "wrong")

    assert sign_in("emma", "secret-of-emma") is None


def test_one_address_that_tries_many_names_is_shut_out_from_all_of_them() -> None:
    emma = factories.editor(username="emma")
    for number in range(attempts.LIMITS[Gate.ADDRESS].tries):
        sign_in(f"nobody{number}", "wrong")

    assert sign_in("emma", "secret-of-emma") is None
    assert sign_in("emma", "secret-of-emma", address="198.51.100.7") == emma
    assert sign_in("emma", "secret-of-emma", now=NOW + QUARTER) == emma


def test_an_office_that_signs_in_all_morning_is_not_an_attack() -> None:
    people = [factories.editor(username=f"u{number}") for number in range(60)]

    for person in people:
        assert sign_in(person.username, f"secret-of-{person.username}") == person


def test_a_locked_name_costs_a_hash_and_no_look_at_the_password(monkeypatch) -> None:
    factories.editor(username="emma")
    for _try in range(5):
        sign_in("emma", "wrong")
    hashed: list[str] = []
    monkeypatch.setattr(signing_in, "make_password", hashed.append)
    monkeypatch.setattr(signing_in, "authenticate", lambda **kwargs: pytest.fail("looked at"))

    sign_in("emma", "secret-of-emma")

    assert hashed == ["secret-of-emma"]


@pytest.mark.parametrize("name", ["nobody", "gone", "reader"])
def test_the_work_is_the_same_whether_there_is_somebody_or_not(name: str) -> None:
    factories.editor(username="emma")
    factories.editor(username="gone", is_active=False)
    factories.UserFactory.create(username="reader", is_staff=False)

    def asked(tried: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            for _try in range(7):
                sign_in(tried, "wrong", address=f"192.0.2.1 of {tried}")
        return [query["sql"].partition(" ")[0] for query in queries]

    assert asked(name) == asked("emma")


def test_what_was_typed_as_a_name_is_not_kept() -> None:
    sign_in("my-password-in-the-wrong-field", "x")

    assert "my-password" not in repr(list(Attempts.objects.values()))


def test_old_counts_are_swept() -> None:
    sign_in("nobody", "wrong")

    assert attempts.sweep(now=NOW + attempts.KEPT) == 0
    assert attempts.sweep(now=NOW + attempts.KEPT + TICK) == 2
