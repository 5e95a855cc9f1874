"""The second pair of eyes on the desk."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories
from tests.admin import typed
from tests.admin.typed import url
from verification.models import Beat, Claim, Proposal, Verdict
from verification.services import proposals

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    return factories.claim(beat=factories.BeatFactory.create(second_editor=True))


@pytest.fixture
def proposal(claim: Claim) -> Proposal:
    made = proposals.decide(
        actor=factories.editor(username="emma"),
        claim=claim,
        version=None,
        outcome="lapsed",
        rationale="Nothing came of it.",
        now=factories.NOW.replace(month=4, day=1, hour=9),
    )
    assert isinstance(made, Proposal)
    return made


def test_the_decide_page_proposes_and_says_so(desk: Any, claim: Claim) -> None:
    client = desk("editor")
    page = client.get(url("claim_decide", claim.pk)).content.decode()
    assert "a second editor confirms a verdict" in page
    assert "Propose the verdict" in page

    answer = client.post(
        url("claim_decide", claim.pk), typed.verdict(claim, typed.evidence()), follow=True
    )

    shown = answer.content.decode()
    assert "The verdict is proposed." in shown
    assert "waiting for a second editor" in shown
    assert not Verdict.objects.exists()
    assert "claim_decide" not in shown


def test_another_editor_finds_it_on_the_front_page_and_confirms_it(
    desk: Any, proposal: Proposal
) -> None:
    client = desk("editor", username="paul")
    assert "Verdicts to confirm" in client.get("/admin/").content.decode()
    page = client.get(url("proposal_change", proposal.pk)).content.decode()
    assert "Nothing came of it." in page
    assert "Confirm and publish" in page

    client.post(url("proposal_confirm", proposal.pk))

    verdict = Verdict.objects.get()
    assert (verdict.decided_by.username, verdict.confirmed_by) == ("emma", client.user)
    shown = client.get(url("claim_change", proposal.claim_id)).content.decode()
    assert "confirmed by paul" in shown


def test_its_author_is_not_offered_to_confirm_it(client: Any, proposal: Proposal) -> None:
    client.force_login(proposal.proposed_by)
    assert "Verdicts to confirm" not in client.get("/admin/").content.decode()
    page = client.get(url("proposal_change", proposal.pk)).content.decode()
    assert "Confirm and publish" not in page
    assert "Withdraw it" in page
    client.post(url("proposal_confirm", proposal.pk))
    assert not Verdict.objects.exists()
    client.post(url("proposal_withdraw", proposal.pk))
    assert Proposal.objects.get().state == "withdrawn"


def test_a_reader_reads_it_and_settles_nothing(desk: Any, proposal: Proposal) -> None:
    client = desk("reader")
    page = client.get(url("proposal_change", proposal.pk)).content.decode()
    assert "Nothing came of it." in page
    assert "Confirm and publish" not in page
    assert client.post(url("proposal_confirm", proposal.pk)).status_code == 403


def test_it_is_sent_back_with_a_reason(desk: Any, proposal: Proposal) -> None:
    client = desk("editor")
    page = client.post(url("proposal_send_back", proposal.pk), {"reason": ""})
    assert page.status_code == 200
    client.post(url("proposal_send_back", proposal.pk), {"reason": "Which page?"})
    row = Proposal.objects.get()
    assert (row.state, row.reason) == ("sent back", "Which page?")


def test_what_changed_meanwhile_is_told_and_nothing_is_published(
    desk: Any, proposal: Proposal
) -> None:
    Claim.objects.update(version=7)
    client = desk("editor")
    answer = client.post(url("proposal_confirm", proposal.pk), follow=True)
    assert "The claim has changed since." in answer.content.decode()
    assert not Verdict.objects.exists()


def test_lapsing_in_bulk_proposes_where_the_beat_asks_for_it(desk: Any, claim: Claim) -> None:
    other = factories.claim()
    answer = desk("editor").post(
        url("claim_changelist"),
        {
            "action": "lapse",
            "index": "0",
            "confirmed": "yes",
            "_selected_action": [claim.pk, other.pk],
        },
    )
    assert "1 proposed: a second editor has to confirm it" in answer.content.decode()
    assert Verdict.objects.get().claim == other
    assert Proposal.objects.get().claim == claim


def test_a_beat_is_made_to_ask_for_it(desk: Any) -> None:
    client = desk("managing editor")
    client.post(url("beat_add"), {"name": "Courts", "editor": "", "second_editor": "on"})
    beat = Beat.objects.get()
    assert beat.second_editor
    client.post(url("beat_change", beat.pk), {"name": "Courts", "editor": ""})
    beat.refresh_from_db()
    assert not beat.second_editor
