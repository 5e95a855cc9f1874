"""Two sources head to head, on the claims that both reported."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from verification.models import Source
from verification.services import comparison
from verification.services.comparison import HeadToHead, head_to_head
from verification.services.figures import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Source, Source]:
    return factories.SourceFactory.create(), factories.SourceFactory.create()


def both(pair: tuple[Source, Source], outcome: str | None, stances: str, **fields: object) -> None:
    """A claim that both reported; stances as "++", "+-": asserts or disputes."""
    words = {"+": "asserts", "-": "disputes"}
    drafts = [
        factories.report_draft(source, stance=words[sign])
        for source, sign in zip(pair, stances, strict=True)
    ]
    claim = factories.claim(reports=drafts, **fields)
    if outcome:
        factories.decide(claim, outcome)


def counts(found: HeadToHead) -> tuple[int, int, int, int]:
    return (
        found.only_first_right,
        found.only_second_right,
        found.both_right,
        found.neither_right,
    )


def test_it_says_who_was_right_where_they_differed(pair) -> None:
    both(pair, "confirmed", "+-")
    both(pair, "denied", "+-")
    both(pair, "confirmed", "++")
    both(pair, "denied", "++")
    both(pair, None, "+-")

    found = head_to_head(*pair, Scope())

    assert counts(found) == (1, 1, 1, 1)
    assert len(found.meetings) == 5, "an open claim is listed, and counts for nobody"


def test_claims_that_only_one_reported_are_left_out(pair) -> None:
    factories.claim(reports=[factories.report_draft(pair[0])])

    assert head_to_head(*pair, Scope()).meetings == ()


def test_it_says_who_had_it_earlier_and_by_how_much(pair) -> None:
    first, second = pair
    for one, other in ((20, 29), (29, 25), (25, 25)):
        factories.claim(
            reports=[
                factories.report_draft(first, published_on=date(2026, 1, one)),
                factories.report_draft(second, published_on=date(2026, 1, other)),
            ]
        )

    found = head_to_head(first, second, Scope())

    assert (found.first_earlier, found.second_earlier, found.same_day) == (1, 1, 1)
    assert sorted(meeting.lead_days for meeting in found.meetings) == [-4, 0, 9]


def test_seen_from_the_other_side_it_is_the_mirror(pair) -> None:
    both(pair, "confirmed", "+-")
    both(pair, "denied", "++")

    one, other = head_to_head(*pair, Scope()), head_to_head(*reversed(pair), Scope())

    assert one.only_first_right == other.only_second_right == 1
    assert [m.lead_days for m in one.meetings] == [-m.lead_days for m in other.meetings]


def test_internal_claims_are_compared_on_the_desk_only(pair) -> None:
    both(pair, "confirmed", "++", public=False)

    assert head_to_head(*pair, Scope()).meetings == ()
    assert len(head_to_head(*pair, Scope(internal=True)).meetings) == 1


def test_all_are_counted_and_the_newest_are_listed(pair, monkeypatch) -> None:
    monkeypatch.setattr(comparison, "LISTED", 2)
    for day in (20, 22, 24):
        drafts = [factories.report_draft(one, published_on=date(2026, 1, day)) for one in pair]
        factories.claim(reports=drafts)

    found = head_to_head(*pair, Scope())

    assert (found.shared, found.same_day) == (3, 3)
    assert [meeting.first.first_reported_on.day for meeting in found.meetings] == [24, 22]
