"""Who may do what: exactly these permissions, and no others."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.contrib.auth.models import Group, Permission

from tests import factories
from verification import roles
from verification.models import User

pytestmark = pytest.mark.django_db

READER = {
    *("view_beat", "view_source", "view_claim", "view_report", "view_story", "view_reply"),
    *("view_verdict", "view_evidence", "view_position", "view_record", "view_ledgerentry"),
    *("view_proposal", "view_storyupdate"),
}
REPORTER = READER | {
    *("add_claim", "change_claim", "add_report", "change_report", "add_story", "change_story"),
    *("add_source", "add_reply", "change_reply"),
}
EDITOR = REPORTER | {
    *("decide_claim", "extend_claim", "assign_claim"),
    *("delete_report", "delete_story", "delete_reply", "change_source"),
    *("view_message", "view_reminder", "view_suppression"),
    "change_storyupdate",
}
MANAGING_EDITOR = EDITOR | {
    *("revise_claim", "void_claim", "merge_source", "redact_source"),
    *("add_beat", "change_beat", "delete_beat"),
    *("change_message", "delete_suppression"),
    *("view_user", "add_user", "change_user"),
    *("view_apitoken", "add_apitoken", "delete_apitoken"),
    *("view_webhook", "add_webhook", "change_webhook", "delete_webhook", "view_delivery"),
}
TABLE = [
    (roles.READER, READER),
    (roles.REPORTER, REPORTER),
    (roles.EDITOR, EDITOR),
    (roles.MANAGING_EDITOR, MANAGING_EDITOR),
]


@pytest.mark.parametrize(("role", "permissions"), TABLE)
def test_each_role_has_exactly_its_permissions(role: str, permissions: set[str]) -> None:
    user = factories.with_role(role)
    assert user.get_all_permissions() == {f"verification.{name}" for name in permissions}


def test_a_reader_holds_no_permission_to_change_anything() -> None:
    assert {name.partition("_")[0] for name in roles.ROLES[roles.READER]} == {"view"}


def test_each_role_has_what_the_one_before_it_has() -> None:
    held = [set(names) for names in roles.ROLES.values()]
    assert all(less < more for less, more in pairwise(held))


@pytest.mark.parametrize("scope", roles.SCOPES)
def test_a_scope_takes_nothing_that_no_role_holds(scope: str) -> None:
    assert set(roles.SCOPES[scope]) <= set(roles.ROLES[roles.MANAGING_EDITOR])


def test_there_are_no_other_roles() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {role for role, _names in TABLE}


def test_without_a_role_nobody_may_do_anything() -> None:
    assert factories.UserFactory.create().get_all_permissions() == set()


@pytest.mark.parametrize("role", roles.ROLES)
def test_who_has_left_the_desk_may_do_nothing(role: str) -> None:
    user = factories.with_role(role, is_active=False)
    assert not user.has_perm("verification.view_claim")


KEPT_FOR_GOOD = {
    *("change_verdict", "delete_verdict", "change_evidence", "delete_evidence"),
    *("change_ledgerentry", "delete_ledgerentry", "delete_claim", "delete_source"),
    *("change_record", "change_position", "delete_user"),
}


def test_no_role_may_change_what_is_kept_for_good() -> None:
    assert Permission.objects.filter(codename__in=KEPT_FOR_GOOD).count() == len(KEPT_FOR_GOOD)
    assert not {*roles.ROLES[roles.MANAGING_EDITOR]} & KEPT_FOR_GOOD


def test_making_the_roles_again_gives_them_exactly_what_the_table_says() -> None:
    reporter = Group.objects.get(name=roles.REPORTER)
    reporter.permissions.add(Permission.objects.get(codename="void_claim"))
    roles.make_roles(Group, Permission)
    user = User.objects.get(pk=factories.reporter().pk)
    assert not user.has_perm("verification.void_claim")


def test_a_permission_that_does_not_exist_is_a_fault_of_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(roles.ROLES, roles.REPORTER, ("view_claim", "view_the_future"))
    with pytest.raises(LookupError, match="view_the_future"):
        roles.make_roles(Group, Permission)
