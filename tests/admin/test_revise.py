"""The revise page: the verdict in force stands in it, and a correction has a reason of its own."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from tests import factories
from tests.admin.typed import rows, url
from verification.models import Claim, LedgerEntry, Proposal, Verdict
from verification.services import proposals


def decided(**changes: Any) -> Claim:
    claim = factories.claim()
    factories.decide(
        claim,
        "denied",
        rationale="They called it off.",
        known_on=date(2026, 2, 20),
        evidence=[
            factories.evidence(title="The statement", published_on=date(2026, 2, 20)),
            factories.evidence(title="The filing", url="https://example.org/filing"),
        ],
        **changes,
    )
    claim.refresh_from_db()
    return claim


def as_it_stands(response: Any, **changes: Any) -> dict[str, Any]:
    """What a browser sends of the page, with what an editor changed in it."""
    form, formset = response.context["form"], response.context["rows"]["evidence"].formset
    filled = {field.name: field.value() or "" for field in form}
    pages = [
        {name: row[name].value() or "" for name in ("title", "url", "published_on")}
        for row in formset.forms
    ]
    sent = filled | rows("evidence", *pages) | {"evidence-INITIAL_FORMS": str(len(pages))}
    return sent | changes


def test_the_verdict_in_force_stands_in_the_form(desk: Any) -> None:
    claim = decided()

    page = desk("managing editor").get(url("claim_revise", claim.pk))

    sent = as_it_stands(page)
    assert sent["outcome"] == "denied"
    assert sent["became_known_on"] == date(2026, 2, 20)
    assert sent["rationale"] == "They called it off."
    assert sent["correction"] == ""
    assert [sent[f"evidence-{n}-title"] for n in (0, 1)] == ["The statement", "The filing"]
    html = page.content.decode()
    assert 'value="2026-02-20"' in html
    assert re.search('value="denied"[^>]* checked', html)


def test_to_mend_the_day_takes_the_day_and_a_reason(desk: Any) -> None:
    client, claim = desk("managing editor"), decided()
    page = client.get(url("claim_revise", claim.pk))

    done = client.post(
        url("claim_revise", claim.pk),
        as_it_stands(page, became_known_on="2026-02-25", correction="We had the wrong day."),
    )

    assert done.status_code == 302
    claim.refresh_from_db()
    now = claim.verdict
    assert (now.outcome, now.became_known_on) == ("denied", date(2026, 2, 25))
    assert now.rationale == "They called it off.", "what happened is said as before"
    assert now.correction == "We had the wrong day."
    assert [page.title for page in now.evidence.all()] == ["The statement", "The filing"]
    assert LedgerEntry.objects.get(action="verdict revised").content["correction"] == (
        "We had the wrong day."
    )


def test_a_page_of_evidence_that_was_emptied_is_taken_out(desk: Any) -> None:
    client, claim = desk("managing editor"), decided()
    gone = {f"evidence-0-{name}": "" for name in ("title", "url", "published_on")}
    page = client.get(url("claim_revise", claim.pk))

    client.post(url("claim_revise", claim.pk), as_it_stands(page, correction="Not it.", **gone))

    claim.refresh_from_db()
    assert [page.title for page in claim.verdict.evidence.all()] == ["The filing"]


@pytest.mark.parametrize(
    ("field", "says"), [("correction", "Say why the verdict changes"), ("rationale", "Say why")]
)
def test_reason_and_rationale_are_both_asked_for(desk: Any, field: str, says: str) -> None:
    client, claim = desk("managing editor"), decided()
    page = client.get(url("claim_revise", claim.pk))
    sent = as_it_stands(page, outcome="confirmed", correction="They did sign.") | {field: ""}

    response = client.post(url("claim_revise", claim.pk), sent)

    assert says in response.context["form"].errors[field][0]
    assert Verdict.objects.count() == 1


def test_the_same_verdict_again_is_no_correction(desk: Any) -> None:
    client, claim = desk("managing editor"), decided()
    page = client.get(url("claim_revise", claim.pk))

    response = client.post(
        url("claim_revise", claim.pk), as_it_stands(page, correction="For no reason.")
    )

    assert "nothing in it was changed" in response.content.decode()
    assert Verdict.objects.count() == 1


def test_a_day_that_is_left_as_it_was_is_not_asked_about(desk: Any) -> None:
    client = desk("managing editor")
    claim = factories.claim()
    factories.decide(claim, known_on=date(2025, 2, 20))
    page = client.get(url("claim_revise", claim.pk))

    done = client.post(
        url("claim_revise", claim.pk),
        as_it_stands(page, rationale="In better words.", correction="It was unclear."),
    )

    assert done.status_code == 302


def test_a_second_editor_reads_the_reason_and_confirms_it_with_the_verdict(desk: Any) -> None:
    client, claim = desk("managing editor"), decided()
    claim.beat.second_editor = True
    claim.beat.save()
    page = client.get(url("claim_revise", claim.pk))
    client.post(
        url("claim_revise", claim.pk),
        as_it_stands(page, outcome="confirmed", correction="They did sign."),
    )
    proposal = Proposal.objects.get()

    read = client.get(url("proposal_change", proposal.pk)).content.decode()
    verdict = proposals.confirm(
        actor=factories.managing_editor(), proposal=proposal, now=timezone.now()
    )

    assert "They did sign." in read
    assert verdict.correction == "They did sign."
