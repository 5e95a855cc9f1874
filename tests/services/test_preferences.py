"""What each user wants to be told, and what cannot be declined."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import factories
from tests.services.clock import DEADLINE, DUE, at, sweep
from tests.services.desk import last_entry
from tests.services.rows import nothing_changes, refuses
from verification.domain.deadlines import OPTIONAL_STAGES
from verification.models import User
from verification.services import preferences

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def owner() -> User:
    return factories.editor(username="owner")


def prefer(user: User, actor: User | None = None, now=NOW, **fields: object) -> User:
    return preferences.set_preferences(actor=actor or user, user=user, fields=fields, now=now)


def days_told(owner: User) -> list[str]:
    """The stages that the owner of a claim is told of, from the heads-up to a week after."""
    factories.claim(actor=owner, deadline=DEADLINE)
    mornings = [at(24, month=3), DUE, at(1), at(3), at(7)]
    return [stage for moment in mornings for _name, stage in sweep(moment)]


def test_what_can_be_declined_is_not_told_and_the_rest_is(owner: User) -> None:
    prefer(owner, muted_stages=list(OPTIONAL_STAGES))

    assert days_told(owner) == ["due", "overdue-7"]


def test_whoever_stops_the_digest_is_told_of_every_deadline_as_before(owner: User) -> None:
    preferences.stop(user=owner, what="digest", now=NOW)

    assert not User.objects.get(pk=owner.pk).weekly_digest
    assert days_told(owner) == ["heads-up", "due", "overdue-1", "overdue-3", "overdue-7"]


def test_whoever_stops_the_heads_up_is_told_from_the_day_on(owner: User) -> None:
    preferences.stop(user=owner, what="heads-up", now=NOW)

    assert User.objects.get(pk=owner.pk).weekly_digest
    assert days_told(owner) == ["due", "overdue-1", "overdue-3", "overdue-7"]


def test_stopping_twice_is_stopping(owner: User) -> None:
    preferences.stop(user=owner, what="heads-up", now=NOW)

    with nothing_changes():
        preferences.stop(user=owner, what="heads-up", now=NOW)


@pytest.mark.parametrize("what", ["due", "overdue-7", "escalation", "everything"])
def test_no_link_stops_what_somebody_has_to_act_on(owner: User, what: str) -> None:
    with nothing_changes(), pytest.raises(ValidationError):
        preferences.stop(user=owner, what=what, now=NOW)
    with refuses("muted_stages"):
        prefer(owner, muted_stages=["heads-up", what])


def test_a_stage_that_is_wanted_again_is_told_at_once(owner: User) -> None:
    prefer(owner, muted_stages=["overdue-1"])
    factories.claim(actor=owner, deadline=DEADLINE)
    assert sweep(at(1)) == set()
    prefer(owner, muted_stages=[], now=at(1, 10))

    assert sweep(at(1, 10)) == {("owner", "overdue-1")}


def test_preferences_are_kept_in_order_and_in_the_ledger_without_what_they_are(
    owner: User,
) -> None:
    prefer(owner, language="fr", mail_hour=7, muted_stages=["overdue-3", "heads-up", "heads-up"])

    user = User.objects.get(pk=owner.pk)
    assert (user.language, user.mail_hour) == ("fr", 7)
    assert user.muted_stages == ["heads-up", "overdue-3"]
    assert last_entry().content == {
        "user": "owner",
        "fields": ["language", "mail_hour", "muted_stages"],
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mail_hour", 24),
        ("mail_hour", -1),
        ("mail_hour", "early"),
        ("language", "de"),
        ("muted_stages", "due"),
        ("weekly_digest", "perhaps"),
        ("email", "new@example.org"),
    ],
)
def test_a_bad_wish_is_named(owner: User, field: str, value: object) -> None:
    with refuses(field):
        prefer(owner, **{field: value})


def test_a_managing_editor_sets_those_of_others_and_an_editor_only_his_own(owner: User) -> None:
    chief, root = factories.managing_editor(), factories.UserFactory.create(is_superuser=True)

    prefer(owner, actor=chief, mail_hour=8)
    with nothing_changes():
        with pytest.raises(PermissionDenied):
            prefer(chief, actor=owner, mail_hour=8)
        with pytest.raises(PermissionDenied):
            prefer(root, actor=chief, mail_hour=8)
    assert User.objects.get(pk=owner.pk).mail_hour == 8
