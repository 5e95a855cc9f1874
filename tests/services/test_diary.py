"""Which claims are in a diary, and who can open one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import factories
from tests.services.desk import last_entry
from verification.models import Claim, User, Watch
from verification.services import diary

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 9, tzinfo=factories.NOW.tzinfo)
TODAY = date(2026, 4, 1)
DAY = timedelta(days=1)


def everybody(**fields: object) -> list[Claim]:
    return diary.of_everybody(today=TODAY, now=NOW, **fields)


def own(user: User) -> list[Claim]:
    return diary.of_user(user=user, today=TODAY, now=NOW)


def test_the_newsrooms_diary_has_public_claims_by_deadline() -> None:
    late = factories.claim(deadline=TODAY - DAY)
    last = factories.claim(deadline=TODAY + 9 * DAY)
    near = factories.claim(deadline=TODAY)
    factories.claim(deadline=TODAY, public=False)

    assert everybody() == [late, near, last]
    assert everybody(beat=near.beat) == [near]


def test_a_decided_claim_stays_for_half_a_year() -> None:
    claim = factories.claim(deadline=TODAY + 400 * DAY)
    verdict = factories.decide(claim)

    def listed(after: timedelta) -> list[Claim]:
        now = verdict.decided_at + after
        return diary.of_everybody(today=now.date(), now=now)

    assert listed(diary.DECIDED_FOR - DAY) == [claim]
    assert listed(diary.DECIDED_FOR + DAY) == []


def test_a_claim_that_was_decided_twice_is_there_once() -> None:
    claim = factories.claim()
    factories.decide(claim)
    assert everybody() == [claim]


def test_a_diary_is_bounded_and_keeps_what_is_nearest(monkeypatch) -> None:
    monkeypatch.setattr(diary, "AHEAD", 2)
    monkeypatch.setattr(diary, "AWAITING", 1)
    boss = factories.managing_editor()
    claims = [
        factories.claim(actor=boss, deadline=TODAY + days * DAY) for days in (-9, -1, 3, 1, 2)
    ]
    long_ago, yesterday, _third, first, second = claims

    assert everybody() == [yesterday, first, second]
    assert own(boss) == [yesterday, first, second]
    assert long_ago not in everybody()


def test_ones_own_diary_has_what_is_in_hand_on_ones_beats_and_watched() -> None:
    emma, other = factories.editor(), factories.managing_editor()
    beat = factories.BeatFactory.create(editor=emma)
    assigned = factories.claim(actor=other, assignee=emma, public=False)
    logged = factories.claim(actor=emma)
    on_beat = factories.claim(actor=other, beat=beat)
    watched = factories.claim(actor=other)
    Watch.objects.create(claim=watched, user=emma, since=NOW)
    factories.claim(actor=other)
    factories.claim(actor=emma, assignee=other)

    assert own(emma) == [assigned, logged, on_beat, watched]


def test_ones_own_diary_has_what_was_decided_lately() -> None:
    emma = factories.editor()
    claim = factories.claim(actor=emma)
    factories.decide(claim)

    assert own(emma) == [claim]


def test_so_many_queries_for_any_number_of_claims(django_assert_num_queries) -> None:
    emma = factories.editor()
    factories.BeatFactory.create(editor=emma)
    for _ in range(3):
        factories.claim(actor=emma)
    with django_assert_num_queries(6):
        everybody()
    with django_assert_num_queries(16):
        own(emma)


def test_when_a_claim_was_changed_is_told_by_the_ledger() -> None:
    claim = factories.claim()
    assert diary.changed_at([claim]) == {claim.pk: factories.NOW}
    verdict = factories.decide(claim)
    assert diary.changed_at([claim]) == {claim.pk: verdict.decided_at}


# --- The secret address ---------------------------------------------------------------------------


def token(user: User) -> str:
    return diary.address(user).rsplit("/", 1)[-1].removesuffix(".ics")


def test_an_address_opens_the_diary_of_its_user_and_stays_the_same() -> None:
    emma, other = factories.editor(), factories.editor()

    assert diary.user_of(token(emma)) == emma
    assert token(emma) == token(User.objects.get(pk=emma.pk))
    assert token(emma) != token(other)


def test_an_address_that_is_replaced_opens_nothing_any_more() -> None:
    emma = factories.editor()
    before = token(emma)

    diary.replace_address(actor=emma, now=NOW)

    assert diary.user_of(before) is None
    assert diary.user_of(token(emma)) == emma
    entry = last_entry()
    assert entry.action == "diary address replaced"
    assert token(emma) not in str(entry.content)


@pytest.mark.parametrize("made_up", ["", "x", "WzEsMF0.x", "a.b.c", "☃", "WzEsMF0." + "A" * 43])
def test_a_made_up_address_opens_nothing(made_up: str) -> None:
    factories.editor()
    assert diary.user_of(made_up) is None


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_who_has_left_the_desk_has_no_diary(fields: dict[str, bool]) -> None:
    emma = factories.editor()
    User.objects.filter(pk=emma.pk).update(**fields)
    assert diary.user_of(token(emma)) is None


def test_who_may_read_no_claims_has_no_diary() -> None:
    nobody = factories.UserFactory.create()
    assert diary.user_of(token(nobody)) is None
    with pytest.raises(PermissionDenied):
        diary.replace_address(actor=nobody, now=NOW)
