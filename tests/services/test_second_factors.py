"""The second factor: codes that hold once, and secrets that are kept nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import factories
from tests.factories import NOW
from verification.models import AccountNotice, LedgerEntry, RecoveryCode, SecondFactor, User
from verification.services import second_factors, signing_in

pytestmark = pytest.mark.django_db
STEP = timedelta(seconds=30)
SEED = "ab" * 32


def code(now: datetime = NOW, seed: str = SEED) -> str:
    """What the app of this seed shows at this time."""
    return pyotp.TOTP(second_factors.secret(seed)).at(now)


def with_factor(now: datetime = NOW - 10 * STEP, **fields) -> tuple[User, list[str]]:
    user = factories.editor(**fields)
    codes = second_factors.confirm(
        user=user, seed=SEED, code=code(now), keep=None, address="192.0.2.1", now=now
    )
    return user, codes


def accepts(user: User, given: str, now: datetime = NOW) -> bool:
    return signing_in.by_code(user=user, code=given, address="192.0.2.1", now=now)


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: the app that we take codes of is any app."""
    app = pyotp.TOTP("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", digits=8)
    assert app.at(datetime(2005, 3, 18, 1, 58, 29, tzinfo=UTC)) == "07081804"


def test_a_code_is_taken_once() -> None:
    user, _codes = with_factor()

    assert accepts(user, code())
    assert not accepts(user, code())
    assert not accepts(user, code(), NOW + STEP)


def test_the_code_that_set_it_up_does_not_also_let_in() -> None:
    user, _codes = with_factor(now=NOW)

    assert not accepts(user, code())
    assert accepts(user, code(NOW + STEP), NOW + STEP)


@pytest.mark.parametrize(
    ("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_off_by_half_a_minute(steps: int, taken: bool) -> None:
    user, _codes = with_factor()

    assert accepts(user, code(NOW + steps * STEP)) is taken


def test_a_code_older_than_one_that_was_taken_is_not_taken() -> None:
    user, _codes = with_factor()

    assert accepts(user, code(NOW))
    assert not accepts(user, code(NOW - STEP))


@pytest.mark.parametrize("given", ["", "abc", "12345", "१२३४५६", "000000 000000", "x" * 5000])
def test_what_is_no_code_is_not_taken(given: str) -> None:
    user, _codes = with_factor()

    assert not accepts(user, given)


def test_a_code_may_be_typed_with_a_space() -> None:
    user, _codes = with_factor()

    assert accepts(user, f"{code()[:3]} {code()[3:]}")


def test_after_five_wrong_codes_none_is_taken_for_a_quarter_of_an_hour() -> None:
    user, codes = with_factor()
    for _try in range(5):
        accepts(user, "000000")
    later = NOW + timedelta(minutes=15)

    assert not accepts(user, code())
    assert not accepts(user, codes[0])
    assert not accepts(user, code(later - STEP), later - timedelta(seconds=1))
    assert accepts(user, code(later), later)
    assert AccountNotice.objects.filter(user=user, event="code-locked").count() == 1


def test_a_recovery_code_lets_in_once_however_it_is_typed() -> None:
    user, codes = with_factor()

    assert len(set(codes)) == 10
    assert accepts(user, codes[0].lower().replace("-", " "))
    assert not accepts(user, codes[0])
    assert second_factors.codes_left(user.second_factor) == 9
    assert AccountNotice.objects.filter(user=user, event="recovery").count() == 1


def test_a_recovery_code_of_somebody_else_is_nothing() -> None:
    _user, codes = with_factor()
    other, _others = with_factor()

    assert not accepts(other, codes[0])


def test_new_recovery_codes_end_the_old_ones() -> None:
    user, old = with_factor()
    new = second_factors.new_codes(user=user, now=NOW)

    assert not accepts(user, old[0])
    assert accepts(user, new[0])


def test_nothing_in_the_database_gives_a_code(settings) -> None:
    user, codes = with_factor()
    kept = repr([*SecondFactor.objects.values(), *RecoveryCode.objects.values()])
    secret = second_factors.secret(SEED)

    assert secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    settings.SECRET_KEY = "another installation's key"
    assert second_factors.secret(SEED) != secret
    assert not accepts(user, pyotp.TOTP(secret).at(NOW))


def test_a_replaced_key_of_the_installation_locks_nobody_out(settings) -> None:
    user, codes = with_factor()
    shown = code()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]

    assert accepts(user, shown)
    assert accepts(user, codes[0])


def test_a_wrong_first_code_sets_nothing_up() -> None:
    user = factories.editor()
    with pytest.raises(ValidationError) as error:
        second_factors.confirm(user=user, seed=SEED, code="000000", keep=None, address="", now=NOW)

    assert list(error.value.message_dict) == ["code"]
    assert not second_factors.has(user)


def test_who_may_change_a_user_takes_the_factor_away_and_both_are_told() -> None:
    user, _codes = with_factor()
    boss = factories.managing_editor(username="boss")

    assert second_factors.reset(actor=boss, user=user, now=NOW)
    assert not second_factors.reset(actor=boss, user=user, now=NOW)

    assert not second_factors.has(user)
    assert AccountNotice.objects.filter(user=user, event="factor-off").count() == 1
    entry = LedgerEntry.objects.last()
    assert (entry.action, entry.actor_name) == ("second factor removed", "boss")


def test_nobody_takes_it_from_who_holds_more() -> None:
    root, _codes = with_factor(is_superuser=True)
    for actor in (factories.managing_editor(), factories.editor()):
        with pytest.raises(PermissionDenied):
            second_factors.reset(actor=actor, user=root, now=NOW)
        with pytest.raises(PermissionDenied):
            signing_in.unlock(actor=actor, user=root, now=NOW)

    assert second_factors.has(root)


def test_it_is_required_of_the_roles_that_the_settings_name(settings) -> None:
    root = factories.UserFactory.create(is_superuser=True)
    boss, editor = factories.managing_editor(), factories.editor()
    asked = lambda: [signing_in.must_have_factor(user) for user in (root, boss, editor)]  # noqa: E731

    assert asked() == [False, False, False]
    settings.REQUIRE_SECOND_FACTOR = ["managing editor"]
    assert asked() == [False, True, False]
    settings.REQUIRE_SECOND_FACTOR = ["superuser", "editor"]
    assert asked() == [True, False, True]
