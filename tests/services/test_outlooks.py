"""The outlook of claims, from the records as they are."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests import factories
from verification.models import Beat, Claim, Source
from verification.services import outlooks, sources
from verification.templatetags.outlook import outlook_words

pytestmark = pytest.mark.django_db


def of(claim: Claim):
    return outlooks.of_claims([claim], now=factories.NOW)[claim.pk]


def decided(source: Source, beat: Beat, hits: int, misses: int) -> None:
    """Gives the source a record on the beat."""
    actor = factories.managing_editor()
    for outcome in ["confirmed"] * hits + ["denied"] * misses:
        claim = factories.claim(actor=actor, beat=beat, reports=[factories.report_draft(source)])
        factories.decide(claim, outcome, actor=actor)


def test_an_origin_is_told_with_its_record_on_the_beat() -> None:
    beat = factories.BeatFactory.create()
    journal = factories.SourceFactory.create(name="The Wall Street Journal")
    decided(journal, beat, hits=9, misses=3)
    claim = factories.claim(beat=beat, reports=[factories.report_draft(journal)])

    [voice] = of(claim).asserting

    assert voice.account is not None
    assert (voice.account.hits, voice.account.decided, voice.account.on_beat) == (9, 12, True)
    assert not voice.account.provisional
    words = outlook_words(of(claim))
    assert "One independent origin: The Wall Street Journal, right in 9 of 12 on this beat" in words
    assert "sources are right in 9 of 12 cases (75%)" in words


def test_a_record_of_another_beat_speaks_where_this_one_has_too_few() -> None:
    here, elsewhere = factories.BeatFactory.create_batch(2)
    source = factories.SourceFactory.create()
    decided(source, elsewhere, hits=2, misses=1)
    claim = factories.claim(beat=here, reports=[factories.report_draft(source)])

    [voice] = of(claim).asserting

    assert voice.account is not None
    assert (voice.account.decided, voice.account.on_beat) == (3, False)
    assert voice.account.provisional
    assert "right in 2 of 3 (provisional estimate:" in outlook_words(of(claim))


def test_relays_are_counted_and_vouch_for_nothing() -> None:
    origin, relay = factories.SourceFactory.create_batch(2)
    claim = factories.claim(
        reports=[factories.report_draft(origin), factories.report_draft(relay, via=origin)]
    )

    assert [voice.source for voice in of(claim).asserting] == [origin.pk]
    assert "1 source only passes it on." in outlook_words(of(claim))


def test_a_reporter_and_the_outlet_are_one_origin() -> None:
    chief = factories.managing_editor()
    outlet = factories.SourceFactory.create(name="The Outlet")
    reporter = sources.create_source(
        actor=chief, name="Its Reporter", kind="reporter", outlet=outlet, now=factories.NOW
    )
    claim = factories.claim(
        reports=[factories.report_draft(outlet), factories.report_draft(reporter)]
    )

    assert len(of(claim).asserting) == 1


def test_who_disputes_is_told_apart() -> None:
    claim = factories.claim(
        reports=[
            factories.report_draft(),
            factories.report_draft(factories.SourceFactory.create(name="X"), stance="disputes"),
        ]
    )

    assert "Disputed by X, nothing of its own decided yet." in outlook_words(of(claim))


def test_no_base_rate_is_made_up_where_nothing_is_decided() -> None:
    seen = of(factories.claim())

    assert seen.rate is None
    assert "%" not in outlook_words(seen)


def test_no_report_means_no_origin() -> None:
    assert "No independent origin asserts it." in outlook_words(of(factories.claim(reports=[])))


def test_many_origins_are_named_and_then_counted() -> None:
    claim = factories.claim(reports=[factories.report_draft() for _ in range(6)])

    words = outlook_words(of(claim))

    assert words.startswith("6 independent origins: ")
    assert "3 more." in words


def test_it_is_said_in_french_with_its_plurals() -> None:
    source = factories.SourceFactory.create(name="Le Monde")
    claim = factories.claim(
        reports=[factories.report_draft(source)]
        + [factories.report_draft(via=source) for _ in range(2)]
    )

    with translation.override("fr"):
        words = outlook_words(of(claim))

    assert (
        "Une seule origine indépendante\u00a0: Le Monde, rien encore de tranché en propre." in words
    )
    assert "2 sources ne font que la reprendre." in words


def test_an_internal_claim_counts_on_the_desk() -> None:
    source = factories.SourceFactory.create()
    actor = factories.managing_editor()
    hidden = factories.claim(actor=actor, public=False, reports=[factories.report_draft(source)])
    factories.decide(hidden, known_on=date(2026, 2, 27))
    claim = factories.claim(reports=[factories.report_draft(source)])

    [voice] = of(claim).asserting

    assert voice.account is not None
    assert voice.account.decided == 1


def test_two_hundred_claims_cost_no_more_queries_than_two() -> None:
    beat, source, actor = (
        factories.BeatFactory.create(),
        factories.SourceFactory.create(),
        factories.managing_editor(),
    )

    def queries(number: int) -> int:
        claims = [
            factories.claim(actor=actor, beat=beat, reports=[factories.report_draft(source)])
            for _ in range(number)
        ]
        with CaptureQueriesContext(connection) as captured:
            assert len(outlooks.of_claims(claims, now=factories.NOW)) == number
        return len(captured)

    assert queries(2) == queries(60)


@pytest.mark.usefixtures("real_transactions")
def test_boards_that_are_true_still_are_not_read_again_however_many_beats() -> None:
    actor = factories.managing_editor()
    claims = [factories.claim(actor=actor) for _ in range(5)]
    outlooks.of_claims(claims, now=factories.NOW)

    with CaptureQueriesContext(connection) as captured:
        outlooks.of_claims(claims, now=factories.NOW)

    assert len(captured) == 2
