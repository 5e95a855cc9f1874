"""The tokens of programs: what they may do at most, how long, and when they were used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import factories
from verification import roles
from verification.models import ApiToken, LedgerEntry, User
from verification.services import tokens
from verification.services.errors import ScopeMissing, allow

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


def test_a_token_is_made_for_somebody_within_reach_and_written_down():
    chief, user = factories.managing_editor(username="max"), factories.editor(username="emma")
    row, key = tokens.create(
        actor=chief, user=user, name="the wire", scopes=["read-internal", "log"], days=30, now=NOW
    )

    row.refresh_from_db()
    assert (row.user, row.created_by, row.scopes) == (user, chief, ["log", "read-internal"])
    assert row.expiry == NOW + timedelta(days=30)
    entry = LedgerEntry.objects.get(action="token created")
    assert entry.content["scopes"] == ["log", "read-internal"]
    assert key not in str(entry.content)
    assert key not in {row.digest, row.token_key}


def test_without_scopes_named_it_may_do_all_that_its_user_may():
    row, _key = tokens.create(actor=None, user=factories.editor(), now=NOW)
    assert (row.scopes, row.expiry, row.created_by) == (None, None, None)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("scopes", {"scopes": ["log", "everything"]}),
        ("days", {"days": 0}),
        ("days", {"days": 3651}),
        ("name", {"name": "x" * 101}),
        ("name", {"name": "a\0b"}),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(field, given):
    with pytest.raises(ValidationError) as error:
        tokens.create(actor=None, user=factories.editor(), now=NOW, **given)
    assert list(error.value.message_dict) == [field]
    assert not ApiToken.objects.exists()


def test_nobody_makes_or_revokes_the_token_of_somebody_who_holds_more():
    chief, root = factories.managing_editor(), factories.UserFactory.create(is_superuser=True)
    row, _key = tokens.create(actor=None, user=root, now=NOW)
    with pytest.raises(PermissionDenied):
        tokens.create(actor=chief, user=root, now=NOW)
    with pytest.raises(PermissionDenied):
        tokens.revoke(actor=chief, token=row, now=NOW)


@pytest.mark.parametrize("role", [roles.READER, roles.REPORTER, roles.EDITOR])
def test_only_who_keeps_users_makes_tokens(role):
    with pytest.raises(PermissionDenied):
        tokens.create(actor=factories.with_role(role), user=factories.reader(), now=NOW)


def test_its_use_is_written_down_once_a_minute(django_assert_num_queries):
    row, _key = tokens.create(actor=None, user=factories.editor(), now=NOW)
    tokens.note_use(row, NOW)
    row.refresh_from_db()
    assert row.last_used_at == NOW
    with django_assert_num_queries(0):
        tokens.note_use(row, NOW + timedelta(seconds=59))
    tokens.note_use(row, NOW + timedelta(seconds=60))
    row.refresh_from_db()
    assert row.last_used_at == NOW + timedelta(seconds=60)


# --- Scopes ---------------------------------------------------------------------------------------

PERMISSIONS = sorted({name for names in roles.ROLES.values() for name in names})


@pytest.mark.parametrize("role", roles.ROLES)
@pytest.mark.parametrize("scopes", [(), ("log",), ("decide",), ("read-internal",), roles.SCOPES])
def test_a_limited_user_holds_what_both_role_and_scopes_take(role, scopes):
    user = factories.with_role(role)
    user.within(scopes)
    held = {name for name in PERMISSIONS if user.has_perm(f"verification.{name}")}
    assert held == set(roles.ROLES[role]) & roles.permissions_of(scopes)


def test_scopes_limit_a_superuser_too():
    root = factories.UserFactory.create(is_superuser=True)
    root.within(["log"])
    assert root.has_perm("verification.add_claim")
    assert not root.has_perm("verification.decide_claim")
    assert not root.has_perm("verification.change_user")
    assert not root.has_perms(["verification.add_claim", "verification.view_claim"])


def test_the_limit_is_one_of_the_request_and_not_of_the_user():
    user = factories.editor()
    user.within([])
    assert User.objects.get(pk=user.pk).has_perm("verification.decide_claim")


def test_the_refusal_names_the_scope_where_the_role_would_do():
    editor, reporter = factories.editor(), factories.reporter()
    editor.within(["log"])
    reporter.within(["log"])
    with pytest.raises(ScopeMissing, match="“decide”") as missing:
        allow(editor, "decide_claim")
    assert missing.value.scope == "decide"
    with pytest.raises(PermissionDenied, match="Your role") as refused:
        allow(reporter, "decide_claim")
    assert not isinstance(refused.value, ScopeMissing)
