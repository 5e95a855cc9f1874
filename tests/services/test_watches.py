"""Watching somebody else's claim."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests import factories
from tests.services.clock import DEADLINE, DUE, at, sweep
from tests.services.rows import nothing_changes, refuses
from verification.models import Claim, User, Watch
from verification.services import watches

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def watcher() -> User:
    return factories.reporter(username="watcher")


@pytest.fixture
def claim() -> Claim:
    return factories.claim(actor=factories.editor(username="owner"), deadline=DEADLINE)


def test_a_watcher_is_told_on_the_day_beside_the_owner(claim: Claim, watcher: User) -> None:
    watches.watch(actor=watcher, claim=claim, now=NOW)

    assert sweep(at(24, month=3)) == {("owner", "heads-up")}
    assert sweep(DUE) == {("owner", "due"), ("watcher", "due")}
    assert sweep(at(3)) == {("owner", "overdue-3")}


def test_who_begins_to_watch_late_is_told_at_once(claim: Claim, watcher: User) -> None:
    sweep(at(1))
    watches.watch(actor=watcher, claim=claim, now=at(1))

    assert sweep(at(1)) == {("watcher", "due")}


def test_an_owner_who_watches_is_told_once(claim: Claim) -> None:
    watches.watch(actor=claim.logged_by, claim=claim, now=NOW)

    assert sweep(DUE) == {("owner", "due")}


def test_who_watches_no_more_is_not_told(claim: Claim, watcher: User) -> None:
    watches.watch(actor=watcher, claim=claim, now=NOW)
    assert watches.unwatch(actor=watcher, claim=claim)
    assert not watches.unwatch(actor=watcher, claim=claim)

    assert sweep(DUE) == {("owner", "due")}


def test_watching_twice_is_watching(claim: Claim, watcher: User) -> None:
    first = watches.watch(actor=watcher, claim=claim, now=NOW)

    assert watches.watch(actor=watcher, claim=claim, now=at(1)) == first
    assert Watch.objects.get().since == NOW


def test_a_watcher_who_lost_his_role_is_told_of_nothing(claim: Claim, watcher: User) -> None:
    watches.watch(actor=watcher, claim=claim, now=NOW)
    watcher.groups.clear()

    assert sweep(DUE) == {("owner", "due")}


def test_an_editor_adds_and_removes_others_and_a_reporter_does_not(
    claim: Claim, watcher: User
) -> None:
    editor, other = factories.editor(), factories.reporter()

    watches.watch(actor=editor, claim=claim, user=watcher, now=NOW)
    with nothing_changes():
        with pytest.raises(PermissionDenied):
            watches.unwatch(actor=other, claim=claim, user=watcher)
        with pytest.raises(PermissionDenied):
            watches.watch(actor=watcher, claim=claim, user=other, now=NOW)
    assert watches.unwatch(actor=editor, claim=claim, user=watcher)


def test_nobody_watches_who_may_not_see_claims(claim: Claim) -> None:
    nobody, editor = factories.UserFactory.create(), factories.editor()
    gone = factories.reporter(is_active=False)

    with nothing_changes(), pytest.raises(PermissionDenied):
        watches.watch(actor=nobody, claim=claim, now=NOW)
    for user in (nobody, gone):
        with refuses("user"):
            watches.watch(actor=editor, claim=claim, user=user, now=NOW)
