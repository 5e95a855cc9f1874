"""The second pair of eyes: on some beats a verdict is proposed, and somebody else confirms it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from tests import factories
from verification.models import (
    Claim,
    LedgerEntry,
    Message,
    Position,
    Proposal,
    ProposalNotice,
    Reminder,
    Verdict,
)
from verification.services import claims, contents, proposals, replies, reports, verdicts
from verification.services.errors import Conflict
from verification.services.sweeping import sweep

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def emma():
    return factories.editor(username="emma", email="emma@example.org")


@pytest.fixture
def paul():
    return factories.editor(username="paul", email="paul@example.org")


@pytest.fixture
def claim(emma):
    beat = factories.BeatFactory.create(second_editor=True, slug="courts")
    return factories.claim(actor=emma, beat=beat)


def propose(claim, actor, outcome="denied", now=NOW, **fields):
    said = {
        "rationale": "They said so.",
        "became_known_on": date(2026, 3, 20),
        "evidence": [factories.evidence(published_on=date(2026, 3, 20))],
        "version": claim.version,
    } | fields
    act = proposals.revise if claim.outcome else proposals.decide
    return act(actor=actor, claim=claim, outcome=outcome, now=now, **said)


def test_a_proposal_is_no_verdict(claim, emma):
    proposal = propose(claim, emma)

    assert isinstance(proposal, Proposal)
    assert proposal.waiting
    claim.refresh_from_db()
    assert (claim.outcome, claim.verdict, claim.version) == ("", None, 1)
    assert not Verdict.objects.exists()
    assert {row.credit for row in Position.objects.all()} == {"open"}


def test_on_other_beats_one_editor_decides(emma):
    claim = factories.claim(actor=emma)
    assert isinstance(propose(claim, emma), Verdict)


def test_another_editor_confirms_it_and_both_names_are_kept(claim, emma, paul):
    proposal = propose(claim, emma)
    verdict = proposals.confirm(actor=paul, proposal=proposal, now=NOW + timedelta(hours=1))

    claim.refresh_from_db()
    assert claim.verdict == verdict
    assert (verdict.decided_by, verdict.confirmed_by) == (emma, paul)
    assert verdict.decided_at == NOW + timedelta(hours=1)
    assert (verdict.outcome, verdict.rationale) == ("denied", "They said so.")
    assert verdict.became_known_on == date(2026, 3, 20)
    assert verdict.evidence.get().published_on == date(2026, 3, 20)
    assert Position.objects.get().credit == "miss"
    proposal.refresh_from_db()
    assert (proposal.state, proposal.settled_by, proposal.verdict) == ("confirmed", paul, verdict)
    assert LedgerEntry.objects.latest("number").content["confirmed_by"] == "paul"


def test_nobody_confirms_what_they_proposed_themselves(claim, emma):
    proposal = propose(claim, emma)
    with pytest.raises(ValidationError, match="Somebody else"):
        proposals.confirm(actor=emma, proposal=proposal, now=NOW)
    assert not Verdict.objects.exists()


def test_the_database_refuses_a_proposal_that_its_author_confirmed(claim, emma, paul):
    proposal = propose(claim, emma)
    proposals.confirm(actor=paul, proposal=proposal, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(settled_by=emma)


@pytest.mark.parametrize("role", [factories.reporter, factories.reader])
def test_who_may_not_decide_may_not_confirm_or_send_back(claim, emma, role):
    proposal, somebody = propose(claim, emma), role()
    with pytest.raises(PermissionDenied):
        proposals.confirm(actor=somebody, proposal=proposal, now=NOW)
    with pytest.raises(PermissionDenied):
        proposals.send_back(actor=somebody, proposal=proposal, reason="No.", now=NOW)


def test_no_service_goes_round_it(claim, emma, paul):
    fine = {"outcome": "lapsed", "version": None, "now": NOW, "actor": emma, "claim": claim}
    with pytest.raises(ValidationError, match="second editor"):
        verdicts.decide(**fine)
    with pytest.raises(ValidationError, match="second editor"):
        verdicts.decide(**fine, confirmed_by=emma)
    assert verdicts.decide(**fine, confirmed_by=paul).confirmed_by == paul


def test_an_editor_does_not_go_round_it_by_another_beat(claim, emma):
    other = factories.BeatFactory.create()
    move = {"claim": claim, "version": 1, "changes": {"beat": other}, "now": NOW}
    with pytest.raises(PermissionDenied):
        claims.edit(actor=emma, **move)
    assert claims.edit(actor=factories.managing_editor(), **move).beat == other


def test_what_could_not_stand_as_a_verdict_is_not_proposed(claim, emma):
    with pytest.raises(ValidationError) as error:
        propose(claim, emma, evidence=[])
    assert "evidence" in error.value.message_dict
    assert not Proposal.objects.exists()


def test_one_waits_at_a_time(claim, emma, paul):
    propose(claim, emma)
    with pytest.raises(ValidationError, match="has proposed a verdict already"):
        propose(claim, paul)


def test_it_is_stale_once_the_claim_has_changed_and_can_be_proposed_anew(claim, emma, paul):
    proposal = propose(claim, emma)
    reports.add_report(
        actor=paul, claim=claim, draft=factories.report_draft(published_on=NOW.date()), now=NOW
    )
    with pytest.raises(Conflict):
        proposals.confirm(actor=paul, proposal=proposal, now=NOW)
    claim.refresh_from_db()
    again = propose(claim, paul)

    proposal.refresh_from_db()
    assert (proposal.state, again.state) == ("stale", "waiting")
    assert proposals.confirm(actor=emma, proposal=again, now=NOW).decided_by == paul


def test_an_answer_that_comes_meanwhile_makes_it_stale(claim, emma, paul):
    asked = {"whom": "OpenAI", "asked_on": NOW.date(), "answer_by": NOW.date(), "now": NOW}
    reply = replies.ask(actor=emma, claim=claim, **asked)
    proposal = propose(claim, emma)
    replies.answer(actor=emma, reply=reply, answer="No.", answered_on=NOW.date(), now=NOW)
    with pytest.raises(Conflict):
        proposals.confirm(actor=paul, proposal=proposal, now=NOW)


def test_it_is_sent_back_for_a_reason(claim, emma, paul):
    proposal = propose(claim, emma)
    with pytest.raises(ValidationError) as error:
        proposals.send_back(actor=paul, proposal=proposal, reason=" ", now=NOW)
    assert "reason" in error.value.message_dict
    proposals.send_back(actor=paul, proposal=proposal, reason="Which page?", now=NOW)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("sent back", "Which page?")
    with pytest.raises(ValidationError, match="settled already"):
        proposals.confirm(actor=paul, proposal=proposal, now=NOW)
    assert propose(claim, emma).waiting


def test_only_its_author_withdraws_it(claim, emma, paul):
    proposal = propose(claim, emma)
    with pytest.raises(ValidationError):
        proposals.withdraw(actor=paul, proposal=proposal, now=NOW)
    with pytest.raises(ValidationError):
        proposals.send_back(actor=emma, proposal=proposal, reason="Mine.", now=NOW)
    assert proposals.withdraw(actor=emma, proposal=proposal, now=NOW).state == "withdrawn"


def test_who_may_no_longer_decide_has_proposed_in_vain(claim, emma, paul):
    proposal = propose(claim, emma)
    emma.groups.clear()
    with pytest.raises(ValidationError, match="may no longer decide"):
        proposals.confirm(actor=paul, proposal=proposal, now=NOW)
    assert not Verdict.objects.exists()


def test_a_revision_and_a_void_need_it_too_and_reopening_does_not(claim, emma, paul):
    chief = factories.managing_editor()
    proposals.confirm(actor=paul, proposal=propose(claim, emma), now=NOW)
    claim.refresh_from_db()
    said = {"claim": claim, "version": claim.version, "rationale": "Wrong.", "now": NOW}
    voiding = proposals.void(actor=chief, **said)
    assert isinstance(voiding, Proposal)
    proposals.withdraw(actor=chief, proposal=voiding, now=NOW)
    revising = propose(claim, chief, outcome="confirmed")
    assert proposals.confirm(actor=paul, proposal=revising, now=NOW).outcome == "confirmed"
    claim.refresh_from_db()
    reopened = verdicts.reopen(actor=chief, **said | {"version": claim.version})
    assert reopened.outcome == "reopened"


def test_a_verdict_that_lands_otherwise_overtakes_it(claim, emma, paul):
    proposal = propose(claim, emma)
    claim.beat.second_editor = False
    claim.beat.save()
    verdicts.decide(actor=paul, claim=claim, version=None, outcome="lapsed", now=NOW)
    proposal.refresh_from_db()
    assert proposal.state == "stale"


def test_the_ledger_does_not_say_what_is_proposed(claim, emma, paul):
    proposal = propose(claim, emma)
    proposals.send_back(actor=paul, proposal=proposal, reason="Which page?", now=NOW)
    entries = LedgerEntry.objects.filter(action__contains="propos").order_by("number")
    assert [(row.action, row.content) for row in entries] == [
        ("verdict proposed", {"proposal": proposal.pk}),
        ("proposal sent back", {"proposal": proposal.pk}),
    ]


# --- Who is told ----------------------------------------------------------------------------------


def recipients() -> list[str]:
    rows = Message.objects.filter(kind="proposals", state="pending").order_by("id")
    return [row.recipient.username for row in rows]


def mail_of(username: str):
    message = Message.objects.filter(kind="proposals", recipient__username=username).latest("id")
    return contents.read(message, now=NOW)


def test_the_beats_editor_is_asked_by_mail(claim, emma, paul):
    claim.beat.editor = paul
    claim.beat.save()
    factories.managing_editor(username="manon")
    propose(claim, emma)
    sweep(now=NOW)
    sweep(now=NOW)

    assert recipients() == ["paul"]
    mail = mail_of("paul").build()
    assert mail.subject.startswith("Please confirm the verdict: Amazon")
    assert "emma proposes the verdict: denied, known since 20 March 2026." in mail.body
    assert f"/admin/verification/proposal/{Proposal.objects.get().pk}/change/" in mail.body


def test_else_the_managing_editors_are_and_else_whoever_may_decide(claim, emma, paul):
    manon = factories.managing_editor(username="manon")
    first = propose(claim, emma)
    assert [row.recipient for row in ProposalNotice.objects.all()] == [manon]
    proposals.withdraw(actor=emma, proposal=first, now=NOW)
    manon.is_active = False
    manon.save()
    second = propose(claim, emma)
    assert [row.recipient for row in second.notices.all()] == [paul]


def test_who_can_no_longer_be_reached_is_replaced_by_the_next(claim, emma, paul):
    manon = factories.managing_editor(username="manon")
    propose(claim, emma)
    manon.email = ""
    manon.save()
    sweep(now=NOW)
    sweep(now=NOW)
    assert recipients() == ["paul"]


def test_what_was_settled_before_the_mail_went_out_is_not_told(claim, emma, paul):
    proposal = propose(claim, emma)
    sweep(now=NOW)
    proposals.confirm(actor=paul, proposal=proposal, now=NOW)
    assert mail_of("paul").items == []


def test_its_author_is_told_why_it_came_back(claim, emma, paul):
    proposal = propose(claim, emma)
    sweep(now=NOW)
    proposals.send_back(actor=paul, proposal=proposal, reason="Which page?", now=NOW)
    sweep(now=NOW)

    mail = mail_of("emma").build()
    assert mail.subject.startswith("Sent back: Amazon")
    assert "Which page?" in mail.body


def test_the_holder_is_not_reminded_to_decide_while_it_waits(claim, emma, paul):
    propose(claim, emma)
    sweep(now=NOW)
    sweep(now=NOW + timedelta(days=2))
    assert not Reminder.objects.exists()


def test_the_ladder_goes_on_when_nobody_confirms_for_three_days(claim, emma, paul):
    propose(claim, emma)
    sweep(now=NOW)
    sweep(now=NOW + timedelta(days=3, minutes=1))
    assert {row.recipient for row in Reminder.objects.all()} == {emma}


def test_the_holder_is_reminded_again_once_it_is_sent_back(claim, emma, paul):
    proposal = propose(claim, emma)
    sweep(now=NOW)
    proposals.send_back(actor=paul, proposal=proposal, reason="Which page?", now=NOW)
    sweep(now=NOW + timedelta(minutes=1))
    assert Reminder.objects.get().recipient == emma


def test_an_imported_verdict_was_decided_elsewhere(claim, emma):
    verdicts.decide(actor=emma, claim=claim, version=None, outcome="lapsed", now=NOW, imported=True)
    assert Claim.objects.get().outcome == "lapsed"
