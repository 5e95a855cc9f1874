"""When a source prints *could*, how often did it come true?"""

from __future__ import annotations

import pytest

from tests import factories
from verification.models import Source
from verification.services import figures
from verification.services.certainty import certainty_record
from verification.services.figures import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return factories.SourceFactory.create()


def reported(source: Source, outcome: str, **fields: object) -> None:
    """A decided claim with one report of the source."""
    draft = factories.report_draft(source, **fields)
    factories.decide(factories.claim(reports=[draft]), outcome)


def test_each_rung_says_what_it_implied_and_what_came_true(source: Source) -> None:
    for outcome in ("confirmed", "confirmed", "denied"):
        reported(source, outcome, certainty="likely")
    reported(source, "denied", certainty="unlikely")

    unlikely, likely = certainty_record(source, Scope()).ladder

    assert (unlikely.term, unlikely.n, unlikely.came_true) == ("unlikely", 1, 0)
    assert (likely.term, likely.n, likely.came_true) == ("likely", 3, 2)
    assert likely.implied == pytest.approx(0.675)
    assert likely.low < likely.observed < likely.high


def test_disputing_with_a_low_certainty_and_a_denial_is_a_good_forecast(source: Source) -> None:
    reported(source, "denied", stance="disputes", certainty="very unlikely")

    found = certainty_record(source, Scope())

    assert found.ladder[0].came_true == 0
    assert found.brier is not None
    assert found.brier.score == pytest.approx(0.125**2)


def test_french_and_english_forms_of_one_hedge_are_counted_together(source: Source) -> None:
    reported(source, "confirmed", hedge="could raise")
    reported(source, "denied", hedge="pourrait lever")

    [hedge] = certainty_record(source, Scope()).hedges

    assert (hedge.family, hedge.n, hedge.came_true) == ("could", 2, 1)
    assert set(hedge.printed) == {"could raise", "pourrait lever"}


def test_relays_open_claims_and_void_ones_say_nothing_of_certainty(source: Source) -> None:
    other = factories.SourceFactory.create()
    reported(source, "confirmed", certainty="likely", hedge="could", via=other)
    factories.claim(reports=[factories.report_draft(source, certainty="likely", hedge="could")])
    reported(source, "void", certainty="likely", hedge="could")

    found = certainty_record(source, Scope())

    assert (found.n, found.brier, found.log_score) == (0, None, None)
    assert (found.ladder, found.hedges) == ((), ())


def test_internal_claims_count_on_the_desk_only(source: Source) -> None:
    draft = factories.report_draft(source, certainty="likely")
    factories.decide(factories.claim(reports=[draft], public=False))

    assert certainty_record(source, Scope()).n == 0
    assert certainty_record(source, Scope(internal=True)).n == 1


def test_the_score_is_the_one_that_the_record_shows(source: Source) -> None:
    reported(source, "confirmed", certainty="likely")
    reported(source, "denied", certainty="very likely")

    shown = figures.detail(source, Scope(), now=factories.NOW)

    assert certainty_record(source, Scope()).brier == shown.brier
