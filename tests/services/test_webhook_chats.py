"""What a chat is told: what happened, in the newsroom's language, above the claim's statement."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests import factories
from verification.models import Delivery
from verification.services import claims, verdicts
from verification.services.drafts import DeadlineDraft

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture(autouse=True)
def _chat() -> None:
    factories.webhook(kind="slack", url="https://hooks.slack.com/services/T0/B0/secret")


def head() -> str:
    """The first line of what the chat was told last."""
    body = Delivery.objects.order_by("-pk")[0].body
    return json.loads(body)["text"].splitlines()[0]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "New claim, due on 31 March 2026:"), ("fr", "31 mars 2026")],
)
def test_a_new_claim_is_told_with_its_last_day(settings, language: str, said: str) -> None:
    settings.LANGUAGE_CODE = language
    factories.claim()
    assert said in head()


def test_a_moved_deadline_is_told_with_the_new_day() -> None:
    claim = factories.claim()
    claims.extend(
        actor=factories.managing_editor(), claim=claim, version=claim.version,
        deadline=DeadlineDraft(day=date(2026, 6, 30), text="", precision="day", basis="newsroom"),
        reason="The talks go on.", now=NOW,
    )  # fmt: skip
    assert "30 June 2026" in head()


@pytest.mark.parametrize(
    ("language", "outcome", "said"),
    [("en", "confirmed", "Verdict: confirmed"), ("en", "denied", "Verdict: denied"),
     ("fr", "confirmed", "confirmée")],
)  # fmt: skip
def test_a_verdict_is_told_by_its_outcome(settings, language, outcome, said) -> None:
    settings.LANGUAGE_CODE = language
    factories.decide(factories.claim(), outcome)
    assert said in head()


def test_a_claim_that_is_open_again_is_told_as_that() -> None:
    claim = factories.claim()
    factories.decide(claim)
    verdicts.reopen(
        actor=factories.managing_editor(), claim=claim, version=claim.version,
        rationale="The announcement was another company’s.", now=NOW,
    )  # fmt: skip
    assert "open again" in head()
