import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from tests import factories
from tests.pages.reading import section
from tests.pages.records import decided
from verification.domain import hedging, scoring

APRIL = datetime(2026, 4, 3, 12, tzinfo=UTC)


def test_the_methodology_prints_the_numbers_in_force(client):
    with time_machine.travel(APRIL, tick=False):
        decided(factories.SourceFactory.create(), hits=3, misses=1)
        response = client.get("/methodology/")
    told = section(response, "accuracy")
    assert "prior mean in force (the base rate) 66.7%" in told
    assert "prior strength in force 4.0" in told
    assert "decided positions in the pool 4" in told
    assert "fallback" in told
    assert f"its {scoring.LEVEL:.0%} credible interval" in told
    assert f"Under {scoring.PROVISIONAL_UNDER} decided positions" in told
    assert (
        f"at least {scoring.MIN_POOL_SOURCES} sources with {scoring.MIN_DECIDED_PER_SOURCE} or "
        f"more decided positions, {scoring.MIN_POOL_DECIDED} decided positions in all"
    ) in told
    assert f"worth {scoring.FALLBACK_STRENGTH:.0f} positions" in told


def test_the_methodology_reckons_why_ten_of_34_do_not_beat_283_of_1074(client):
    told = section(client.get("/methodology/"), "accuracy")
    assert "10 of 34 (29%) above 283 of 1,074 (26%)" in told
    assert "Wilson’s 95% interval are 17% and 24%" in told


def test_the_methodology_prints_the_whole_ladder(client):
    told = section(client.get("/methodology/"), "certainty")
    for term, (low, high) in hedging.BANDS.items():
        assert f"{term} {low}–{high}% {hedging.implied_probability(term) * 100:.1f}%" in told


@pytest.mark.parametrize(
    "rule",
    [
        "one position on a claim",
        "or disputed and it was denied",
        "only if the source stated the deadline",
        "Relays do not count towards accuracy",
        "published after the outcome was known count nowhere",
        "Observing, without taking a side, counts nowhere",
        "A void claim counts nowhere",
        "An undecided claim counts as open",
    ],
)
def test_the_methodology_states_every_rule_of_credit_as_the_document_does(client, rule):
    assert rule in section(client.get("/methodology/"), "credit")
    document = (Path(settings.BASE_DIR) / "docs" / "methodology.md").read_text(encoding="utf-8")
    assert rule in " ".join(document.split())


def test_the_document_gives_the_same_constants_as_the_code():
    text = (Path(settings.BASE_DIR) / "docs" / "methodology.md").read_text(encoding="utf-8")
    document = " ".join(text.split())
    assert f"{scoring.LEVEL:.0%} credible interval" in document
    assert f"Under {scoring.PROVISIONAL_UNDER} decided positions" in document
    assert f"at least {scoring.MIN_POOL_SOURCES} sources" in document
    assert f"{scoring.MIN_POOL_DECIDED} decided positions in all" in document
    assert f"worth {scoring.FALLBACK_STRENGTH:.0f} positions" in document
    for term, (low, high) in hedging.BANDS.items():
        probability = f"{hedging.implied_probability(term):.3f}".rstrip("0")
        assert re.search(rf"\| {term} \| {low}–{high} % \| {re.escape(probability)} \|", document)
