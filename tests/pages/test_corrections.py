"""The corrections: what was superseded, by what, why, and what was mended."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests import factories
from tests.pages.reading import section, words
from verification.models import Claim
from verification.services import verdicts

APRIL = datetime(2026, 4, 3, 9, 0, tzinfo=UTC)


def flown() -> Claim:
    claim = factories.claim(statement="It will fly.")
    factories.decide(claim, "denied", rationale="Seen to stand.", known_on=date(2026, 2, 20))
    return claim


def revise(claim: Claim, **changes: Any) -> None:
    said = {
        "outcome": "denied",
        "rationale": "Seen to stand.",
        "became_known_on": date(2026, 2, 20),
        "evidence": [factories.evidence()],
        **changes,
    }
    verdicts.revise(
        actor=factories.managing_editor(), claim=claim, version=claim.version, now=APRIL, **said
    )


def test_corrections_list_what_was_superseded_by_what_and_why(client):
    claim = factories.claim(statement="It will fly.")
    factories.decide(claim, rationale="Seen to fly.")
    verdicts.revise(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        outcome="void",
        rationale="The wrong rocket.",
        now=APRIL,
    )
    page = words(client.get("/corrections/"))
    assert "confirmed → replaced by void 3 April 2026 It will fly." in page
    assert "Why it changed The wrong rocket." in page
    assert "What we had said Seen to fly. 1 April 2026" in page


def test_a_verdict_that_stands_is_no_correction(client):
    claim = factories.claim(statement="It will fly.")
    factories.decide(claim)
    page = words(client.get("/corrections/"))
    assert "It will fly." not in page
    assert "No verdict has been superseded so far." in page


def test_a_reason_of_its_own_is_told_apart_from_what_happened(client):
    claim = flown()
    revise(claim, outcome="confirmed", rationale="Seen to fly.", correction="The wrong rocket.")

    page = words(client.get("/corrections/"))

    assert "denied → replaced by confirmed" in page
    assert "Why it changed The wrong rocket." in page
    assert "What we had said Seen to stand. 1 April 2026" in page
    assert "What we say now Seen to fly." in page


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"became_known_on": date(2026, 2, 25)},
            "The day on which it became known was corrected, from 20 February 2026 to "
            "25 February 2026.",
        ),
        ({"rationale": "Still on the ground."}, "The explanation was reworded."),
        (
            {"evidence": [factories.evidence(url="https://b.example/")]},
            "The evidence was changed.",
        ),
        ({}, "The same verdict was given again."),
    ],
)
def test_where_the_outcome_stands_it_says_what_was_mended(client, changes, says):
    claim = flown()
    revise(claim, correction="We had it wrong.", **changes)

    page = words(client.get("/corrections/"))
    told = section(client.get(claim.get_absolute_url()), "history")

    assert "denied → replaced by denied" not in page
    assert "denied as before · 3 April 2026" in page
    assert f"What changed {says}" in page
    assert f"The verdict was corrected, and is still: denied. {says} We had it wrong." in told


def test_a_changed_outcome_says_nothing_of_the_rest(client):
    claim = flown()
    revise(claim, outcome="confirmed", became_known_on=date(2026, 2, 25))

    assert "What changed" not in words(client.get("/corrections/"))


def test_the_feed_of_corrections_gives_the_reason(client):
    claim = flown()
    revise(claim, became_known_on=date(2026, 2, 25), correction="The wrong day.")

    assert "\nThe wrong day.\nSeen to stand." in client.get("/feeds/corrections.atom").text


def test_the_reason_is_text(client):
    claim = flown()
    revise(claim, outcome="confirmed", correction="<script>alert(1)</script>")

    for path in ("/corrections/", claim.get_absolute_url(), "/feeds/corrections.atom"):
        assert "<script>alert(1)" not in client.get(path).content.decode()
