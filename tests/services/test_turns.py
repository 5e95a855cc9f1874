"""Who may change a claim, and who wins where two change it at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import factories
from tests.services.desk import (
    RANKS,
    TODAY,
    deadline,
    emma,
    last_entry,
    somebody,
    story,
)
from tests.services.rows import everything, nothing_changes
from verification.models import Claim, Source, User
from verification.services import claims, recomputing, reports, stories, turns
from verification.services.drafts import ReportDraft
from verification.services.errors import Conflict

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def claim() -> Claim:
    """Logged by Robin, reported by one source on 29 January; Emma is at her desk."""
    emma()
    return factories.claim(actor=factories.reporter(username="robin"))


# --- Who may --------------------------------------------------------------------------------------

Act = Callable[[User, Claim], object]
ACTS: dict[str, tuple[Act, str]] = {
    "log": (
        lambda user, claim: claims.log(
            actor=user, statement="A deal.", beat=claim.beat, deadline=deadline(), now=NOW
        ),
        "reporter",
    ),
    "report": (
        lambda user, claim: reports.add_report(
            actor=user,
            claim=claim,
            draft=ReportDraft(source=Source.objects.get(), published_on=TODAY),
            now=NOW,
        ),
        "reporter",
    ),
    "amend a report": (
        lambda user, claim: reports.amend_report(
            actor=user,
            report=claim.reports.get(),
            draft=ReportDraft(source=Source.objects.get(), published_on=TODAY),
            now=NOW,
        ),
        "reporter",
    ),
    "withdraw a report": (
        lambda user, claim: reports.withdraw_report(
            actor=user, report=claim.reports.get(), now=NOW
        ),
        "editor",
    ),
    "add a story": (
        lambda user, claim: stories.add_story(actor=user, claim=claim, draft=story(), now=NOW),
        "reporter",
    ),
    "remove a story": (
        lambda user, claim: stories.remove_story(actor=user, story=claim.stories.get(), now=NOW),
        "editor",
    ),
    "edit": (
        lambda user, claim: claims.edit(
            actor=user, claim=claim, version=claim.version, changes={"language": "fr"}, now=NOW
        ),
        "reporter",
    ),
    "extend": (
        lambda user, claim: claims.extend(
            actor=user, claim=claim, version=None, deadline=deadline(), reason="So.", now=NOW
        ),
        "editor",
    ),
    "assign": (
        lambda user, claim: claims.assign(
            actor=user, claim=claim, version=None, assignee=user, now=NOW
        ),
        "editor",
    ),
}


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(claim: Claim, rank: str, act: str) -> None:
    do, lowest = ACTS[act]
    if act == "remove a story":
        stories.add_story(actor=emma(), claim=claim, draft=story(), now=NOW)
    user = somebody(rank)
    if RANKS.index(rank) >= RANKS.index(lowest):
        before = everything()
        do(user, claim)
        assert everything() != before
        assert last_entry().actor == user
        assert recomputing.differences() == []
    else:
        with nothing_changes(), pytest.raises(PermissionDenied):
            do(user, claim)


# --- Races ----------------------------------------------------------------------------------------


def versioned(claim: Claim, version: int | None) -> dict[str, Callable[[], object]]:
    """Every change of a claim, made by somebody who has read it at this version."""
    actor, report = emma(), claim.reports.get()
    other = factories.report_draft(report.source, url="", published_on=TODAY)
    own = claim.stories.get()
    common = {"actor": actor, "version": version, "now": NOW}
    return {
        "report": lambda: reports.add_report(claim=claim, draft=other, **common),
        "amend": lambda: reports.amend_report(report=report, draft=other, **common),
        "withdraw": lambda: reports.withdraw_report(report=report, **common),
        "add story": lambda: stories.add_story(
            claim=claim, draft=story(url="https://ours.example/2"), **common
        ),
        "remove story": lambda: stories.remove_story(story=own, **common),
        "edit": lambda: claims.edit(claim=claim, changes={"language": "fr"}, **common),
        "extend": lambda: claims.extend(claim=claim, deadline=deadline(), reason="So.", **common),
        "assign": lambda: claims.assign(claim=claim, assignee=actor, **common),
    }


CHANGES = [
    *("report", "amend", "withdraw", "add story", "remove story", "edit", "extend", "assign")
]


@pytest.fixture
def with_story(claim: Claim) -> Claim:
    """At version 2."""
    stories.add_story(actor=emma(), claim=claim, draft=story(), now=NOW)
    claim.refresh_from_db()
    return claim


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("version", [1, 3])
def test_who_has_read_another_version_loses_and_is_told(
    with_story: Claim, change: str, version: int
) -> None:
    act = versioned(with_story, version)[change]
    with nothing_changes(), pytest.raises(Conflict, match="version 2") as caught:
        act()
    assert caught.value.claim.version == 2


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("version", [2, None])
def test_of_two_who_change_a_claim_at_once_the_second_loses(
    with_story: Claim, change: str, version: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = turns.take
    kept = {}

    def somebody_else_first(claim: Claim, **changes: object) -> None:
        monkeypatch.setattr(turns, "take", take)
        winner = Claim.objects.get(pk=claim.pk)
        take(winner)
        kept["after the winner"] = everything()
        take(claim, **changes)

    act = versioned(with_story, version)[change]
    monkeypatch.setattr(turns, "take", somebody_else_first)
    with pytest.raises(Conflict):
        act()
    now = everything()
    # The winner's turn was taken inside the loser's transaction here, so it is undone with it.
    assert {**kept["after the winner"], "Claim": None} == {**now, "Claim": None}
    with_story.refresh_from_db()
    assert with_story.version == 2


def test_a_change_that_overwrites_needs_the_version_that_was_read() -> None:
    assert claims.require_version(3) == 3
    with pytest.raises(ValidationError) as caught:
        claims.require_version(None)
    assert set(caught.value.message_dict) == {"version"}
