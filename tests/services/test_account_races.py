"""At the same moment as one after the other: tries, codes and links are not had twice."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import factories
from tests.factories import NOW
from tests.services.test_races import at_once
from verification.services import attempts, passwords, second_factors, signing_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_transactions")]
SEED = "ef" * 32


def test_a_crowd_of_tries_is_looked_at_no_more_often_than_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    factories.editor(username="emma")
    looked, hold = [], threading.Lock()

    def authenticate(**typed: Any) -> None:
        with hold:
            looked.append(typed)

    monkeypatch.setattr(signing_in, "authenticate", authenticate)

    def attempt() -> object:
        return signing_in.by_password(name="emma", password="x", address="192.0.2.1", now=NOW)

    results = at_once(*[attempt] * 12)

    assert results == [None] * 12
    assert len(looked) == attempts.LIMITS["name"].tries == 5


def test_of_one_code_given_four_times_at_once_one_is_taken() -> None:
    user = factories.editor()
    before = NOW - timedelta(minutes=5)
    app = pyotp.TOTP(second_factors.secret(SEED))
    codes = second_factors.confirm(
        user=user, seed=SEED, code=app.at(before), keep=None, address="", now=before
    )
    for given in (app.at(NOW), codes[0]):

        def give(code: str = given) -> object:
            return signing_in.by_code(user=user, code=code, address="", now=NOW)

        assert sorted(map(str, at_once(*[give] * 4))) == ["False"] * 3 + ["True"]


def test_of_one_link_used_twice_at_once_one_sets_the_password() -> None:
    user = factories.editor()
    token = default_token_generator.make_token(user)

    def use(password: str) -> Any:
        return lambda: passwords.set_by_token(
            user=user,
            token=token,
            password=password,
            again=password,
            address="",
            now=timezone.now(),
        )

    results = at_once(use("the-first-of-two-phrases"), use("the-second-of-two-phrases"))

    assert sum(isinstance(result, ValidationError) for result in results) == 1
    assert results.count(None) == 1
