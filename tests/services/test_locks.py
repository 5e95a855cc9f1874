"""Writers wait for one another in one order: for the chain first, and for rows after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.services.desk import TODAY, deadline, story
from verification.models import Claim, User
from verification.services import (
    claims,
    ledger,
    recomputing,
    reports,
    sources,
    stories,
    summing,
    verdicts,
)

pytestmark = pytest.mark.django_db

NOW = factories.NOW

Act = Callable[[Claim, User], object]


def common(user: User) -> dict[str, Any]:
    return {"actor": user, "now": NOW}


ACTS: dict[str, Act] = {
    "log": lambda claim, user: claims.log(
        **common(user), statement="A deal.", beat=claim.beat, deadline=deadline()
    ),
    "edit": lambda claim, user: claims.edit(
        **common(user), claim=claim, version=1, changes={"public": False}
    ),
    "extend": lambda claim, user: claims.extend(
        **common(user), claim=claim, version=1, deadline=deadline(), reason="Later."
    ),
    "assign": lambda claim, user: claims.assign(
        **common(user), claim=claim, version=1, assignee=user
    ),
    "add a report": lambda claim, user: reports.add_report(
        **common(user),
        claim=claim,
        draft=factories.report_draft(claim.reports.get().source, url="", published_on=TODAY),
    ),
    "withdraw a report": lambda claim, user: reports.withdraw_report(
        **common(user), report=claim.reports.get()
    ),
    "add a story": lambda claim, user: stories.add_story(
        **common(user), claim=claim, draft=story()
    ),
    "void": lambda claim, user: verdicts.void(
        **common(user), claim=claim, version=1, rationale="Twice."
    ),
    "create a source": lambda claim, user: sources.create_source(**common(user), name="New"),
    "edit a source": lambda claim, user: sources.edit_source(
        **common(user), source=claim.reports.get().source, changes={"name": "New"}
    ),
    "create a beat": lambda claim, user: sources.create_beat(**common(user), name="New"),
    "edit a beat": lambda claim, user: sources.edit_beat(
        **common(user), beat=claim.beat, changes={"name": "New"}
    ),
    "recompute": lambda claim, user: recomputing.recompute(),
    "sum up": lambda claim, user: summing.sum_up(),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_change_takes_the_chain_before_any_row(act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that took them in different orders would wait for each other for ever."""
    claim, user = factories.claim(), factories.managing_editor()
    held_after: list[int] = []
    hold = ledger.hold

    def noted() -> None:
        held_after.append(len(captured))
        hold()

    monkeypatch.setattr(ledger, "hold", noted)
    with CaptureQueriesContext(connection) as captured:
        ACTS[act](claim, user)
    writes = [
        index
        for index, query in enumerate(captured)
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]
    assert held_after[0] <= writes[0]
