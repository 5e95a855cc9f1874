"""The demo newsroom: everything is there, and was played as it happened."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from tests import factories
from tests.services.rows import nothing_changes
from verification import newsroom
from verification.domain import outcomes
from verification.domain.chainwalk import Walk
from verification.models import Claim, LedgerEntry, Report, Source, User, Verdict
from verification.services import crosscheck, demo, figures, proof, recomputing
from verification.services.figures import Scope

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def seeded() -> int:
    """How many claims were logged."""
    return demo.seed(now=NOW)


def test_the_demo_newsroom_is_all_there(seeded: int) -> None:
    assert seeded == 48
    public = Claim.objects.public()
    assert Counter(public.values_list("outcome", flat=True)) == {
        "confirmed": 20,
        "denied": 8,
        "lapsed": 7,
        "": 10,
    }
    assert Report.objects.filter(claim__in=public).count() == 137
    assert Source.objects.count() == 119

    exercises = Claim.objects.filter(public=False)
    assert exercises.count() == 3
    statuses = {
        outcomes.status(claim.outcome, claim.deadline, TODAY) for claim in Claim.objects.undecided()
    }
    assert statuses == {"open", "awaiting"}
    assert set(exercises.values_list("deadline", flat=True)) >= {TODAY, TODAY - timedelta(days=4)}

    # Nothing happened after now, and everything in its order.
    assert recomputing.differences() == []
    assert proof.of_database(Walk()) is None
    assert list(crosscheck.differences()) == []
    assert not LedgerEntry.objects.filter(recorded_at__gt=NOW).exists()
    times = list(
        LedgerEntry.objects.filter(claim__isnull=False)
        .order_by("number")
        .values_list("recorded_at", flat=True)
    )
    assert times == sorted(times)
    assert not Verdict.objects.filter(decided_at__lt=F("claim__logged_at")).exists()
    assert not Verdict.objects.filter(became_known_on__gt=F("decided_at__date")).exists()

    # One login for each role, and an owner for each claim.
    assert dict(User.objects.values_list("username", "groups__name")) == {
        "reporter": "reporter",
        "editor": "editor",
        "managing-editor": "managing editor",
    }
    assert all(user.check_password(demo.PASSWORD) for user in User.objects.all())
    assert set(Claim.objects.values_list("logged_by__username", flat=True)) == {"reporter"}

    # Records of today and of a past day.
    today = figures.board(Scope(), now=NOW)
    spring = figures.board(Scope(as_of=date(2026, 2, 15)), now=NOW)
    assert sum(row.decided for row in today.rows.values()) > sum(
        row.decided for row in spring.rows.values()
    )

    with nothing_changes():
        assert demo.seed(now=NOW) == 0


def test_a_run_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "_decide", killed)
    with nothing_changes(), pytest.raises(KeyboardInterrupt):
        demo.seed(now=NOW)


def test_a_newsrooms_own_database_gets_no_demo_logins() -> None:
    factories.reporter()
    with nothing_changes(), pytest.raises(demo.NotEmptyError):
        demo.seed(now=NOW)


def test_the_exercises_are_due_around_the_newsrooms_today_and_stay_where_they_are(
    settings: Any,
) -> None:
    settings.NEWSROOM_TIME_ZONE = "Pacific/Kiritimati"
    demo.seed(now=NOW)
    today = newsroom.day(NOW)
    assert today == TODAY + timedelta(days=1)
    assert Claim.objects.filter(public=False, deadline=today).count() == 1
    with nothing_changes():
        assert demo.seed(now=NOW + timedelta(days=30)) == 0
