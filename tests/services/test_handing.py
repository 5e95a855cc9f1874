"""Handing a claim over."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests import factories
from tests.services.clock import DEADLINE, DUE, fresh, sweep
from tests.services.desk import LONG, last_entry
from tests.services.rows import nothing_changes, refuses
from verification.emails import links
from verification.models import Claim, User
from verification.services import claims, handing
from verification.services.errors import Conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter() -> User:
    return factories.reporter(username="reporter")


@pytest.fixture
def other() -> User:
    return factories.reporter(username="other")


@pytest.fixture
def claim(reporter: User) -> Claim:
    return factories.claim(actor=reporter, deadline=DEADLINE)


def hand_over(actor: User, claim: Claim, to: User, **fields: object) -> Claim:
    fields.setdefault("version", claim.version)
    return handing.hand_over(actor=actor, claim=claim, to=to, now=DUE, **fields)  # type: ignore[arg-type]


def test_who_logged_a_claim_gives_it_to_a_colleague_who_is_told_where_it_stands(
    claim: Claim, reporter: User, other: User
) -> None:
    assert sweep(DUE) == {("reporter", "due")}
    hand_over(reporter, claim, other, note="You know the lawyers.")

    assert fresh(claim).assignee == other
    assert sweep(DUE) == {("other", "due")}
    entry = last_entry()
    assert (entry.action, entry.actor) == ("claim handed over", reporter)
    assert entry.content == {
        "assignee": "other",
        "before": None,
        "reason": "You know the lawyers.",
    }


def test_once_given_away_it_is_not_ones_own_to_give(
    claim: Claim, reporter: User, other: User
) -> None:
    given, third = hand_over(reporter, claim, other), factories.reporter()

    with nothing_changes(), pytest.raises(PermissionDenied):
        hand_over(reporter, given, third)


def test_whoever_may_assign_may_hand_over_anybodys(claim: Claim, other: User) -> None:
    hand_over(factories.editor(), claim, other)

    assert fresh(claim).assignee == other


@pytest.mark.parametrize("who", ["a colleague", "nobody", "the logger of an assigned claim"])
def test_what_is_not_in_ones_hand_stays_where_it_is(
    who: str, claim: Claim, reporter: User, other: User
) -> None:
    actor = {"a colleague": other, "nobody": factories.UserFactory.create()}.get(who, reporter)
    if actor == reporter:
        claim = claims.assign(
            actor=factories.editor(), claim=claim, version=None, assignee=other, now=DUE
        )
    to = factories.reporter()

    with nothing_changes(), pytest.raises(PermissionDenied):
        hand_over(actor, claim, to)
    assert not links.may("hand-over", fresh(claim), actor)


def test_bad_receivers_and_notes_are_named(claim: Claim, reporter: User, other: User) -> None:
    gone = factories.reporter(is_active=False)
    for to in (gone, factories.UserFactory.create()):
        with refuses("assignee"):
            hand_over(reporter, claim, to)
    with refuses("note"):
        hand_over(reporter, claim, other, note=LONG)
    editor = factories.editor()
    given = hand_over(reporter, claim, other)
    with refuses("assignee"):
        hand_over(editor, given, other)


def test_a_decided_claim_is_not_handed_over(claim: Claim, reporter: User, other: User) -> None:
    factories.decide(claim)

    with refuses("assignee"):
        hand_over(reporter, claim, other)


def test_a_change_made_meanwhile_is_a_conflict(claim: Claim, reporter: User, other: User) -> None:
    with nothing_changes(), pytest.raises(Conflict):
        hand_over(reporter, claim, other, version=claim.version + 1)


def test_colleagues_are_those_who_can_open_it_and_be_told(reporter: User, other: User) -> None:
    factories.reporter(username="gone", is_active=False)
    factories.reporter(username="silent", email="")
    factories.UserFactory.create(username="nobody")

    assert list(handing.colleagues(reporter)) == [other]
