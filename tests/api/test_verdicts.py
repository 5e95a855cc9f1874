"""Verdicts over the API: given once, revised by those who may, never edited."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests import factories
from tests.api import payloads
from tests.api.payloads import CLAIMS, wrong
from verification.models import Beat, Claim, Verdict
from verification.services import crosscheck, recomputing, verdicts

pytestmark = pytest.mark.django_db


def address(claim: Claim) -> str:
    return f"{CLAIMS}{claim.slug}/verdicts/"


def test_an_editor_decides_and_readers_see_it(editor, public):
    claim = factories.claim()
    response = editor.post(address(claim), payloads.verdict(version=1))
    assert response.status_code == 201, response.content
    sent = response.json()
    assert sent["claim"] == claim.slug
    assert sent["version"] == 2
    assert sent["outcome"] == "confirmed"
    assert sent["decided_by"] == "edith"
    assert sent["decided_at"] == "2026-04-01T09:00:00Z"
    shown = public.get(f"{CLAIMS}{claim.slug}/").json()
    assert shown["status"] == "confirmed"
    assert shown["verdict"] == {name: sent[name] for name in shown["verdict"]}
    assert shown["verdict"]["evidence"] == payloads.verdict()["evidence"]
    assert recomputing.differences() == []


def test_an_undecided_claim_is_decided_without_a_version(editor):
    claim = factories.claim()
    assert editor.post(address(claim), payloads.verdict()).status_code == 201


def test_a_lapse_is_known_on_the_day_after_the_deadline(editor):
    claim = factories.claim()
    sent = editor.post(address(claim), {"outcome": "lapsed", "version": 1}).json()
    assert sent["became_known_on"] == "2026-04-01"
    assert sent["evidence"] == []


def test_a_stale_version_loses(editor):
    claim = factories.claim()
    editor.patch(f"{CLAIMS}{claim.slug}/", {"version": 1, "statement": "Changed meanwhile."})
    before = payloads.rows()
    response = editor.post(address(claim), payloads.verdict(version=1))
    assert response.status_code == 409
    assert response.json()["version"] == 2
    assert payloads.rows() == before


def test_who_is_slower_gets_a_conflict_even_without_the_right_to_revise(editor):
    claim = factories.claim()
    factories.decide(claim)
    response = editor.post(address(claim), payloads.verdict("denied", version=1))
    assert response.status_code == 409
    assert response.json()["type"] == "/problems/conflict"
    assert Verdict.objects.count() == 1


def test_who_decides_between_our_look_and_our_write_wins(editor, monkeypatch):
    claim = factories.claim()
    decide = verdicts.decide

    def after_somebody_else(**asked):
        monkeypatch.setattr(verdicts, "decide", decide)
        factories.decide(claim, "confirmed")
        return decide(**asked)

    monkeypatch.setattr(verdicts, "decide", after_somebody_else)
    response = editor.post(address(claim), payloads.verdict("denied"))
    # The one transaction of the request holds both here; the loser's is undone as a whole.
    assert response.status_code == 409


def test_a_decided_claim_takes_a_version_to_be_revised(managing):
    claim = factories.claim()
    factories.decide(claim)
    before = payloads.rows()
    response = managing.post(address(claim), payloads.verdict("denied"))
    assert response.status_code == 400
    assert "version" in wrong(response)
    assert payloads.rows() == before


def test_an_editor_may_not_revise(editor):
    claim = factories.claim()
    factories.decide(claim)
    response = editor.post(address(claim), payloads.verdict("denied", version=2))
    assert response.status_code == 403
    assert "revise_claim" in response.json()["detail"]


def test_a_revision_supersedes_and_both_stay_readable(managing, public):
    claim = factories.claim()
    factories.decide(claim)
    response = managing.post(
        address(claim), payloads.verdict("denied", version=2, rationale="It was withdrawn.")
    )
    assert response.status_code == 201, response.content
    listed = public.get(address(claim)).json()["results"]
    assert [row["outcome"] for row in listed] == ["denied", "confirmed"]
    assert public.get(f"{CLAIMS}{claim.slug}/").json()["verdict"] == listed[0]
    assert recomputing.differences() == []


def test_a_revision_may_say_why_apart_from_what_happened(managing, public):
    claim = factories.claim()
    factories.decide(claim)
    body = payloads.verdict("denied", version=2, rationale="It was withdrawn.")
    sent = managing.post(address(claim), body | {"correction": "We misread the filing."}).json()
    assert (sent["rationale"], sent["correction"]) == (
        "It was withdrawn.",
        "We misread the filing.",
    )
    listed = public.get(address(claim)).json()["results"]
    assert [row.get("correction") for row in listed] == ["We misread the filing.", None]
    assert "correction" not in listed[1], "named only where there is one"
    assert list(crosscheck.differences()) == []


def test_what_corrects_nothing_takes_no_reason_for_a_correction(managing):
    claim = factories.claim()
    before = payloads.rows()
    why = {"correction": "We misread the filing."}
    assert set(wrong(managing.post(address(claim), payloads.verdict(version=1) | why))) == {
        "correction"
    }
    assert payloads.rows()["verification.Verdict"] == before["verification.Verdict"]
    factories.decide(claim)
    withdrawn = {"outcome": "reopened", "rationale": "Too early.", "version": 2}
    assert set(wrong(managing.post(address(claim), withdrawn | why))) == {"correction"}


def test_a_proposed_revision_keeps_its_reason(managing):
    claim = factories.claim()
    factories.decide(claim)
    Beat.objects.update(second_editor=True)
    body = payloads.verdict("denied", version=2) | {"correction": "We misread the filing."}
    response = managing.post(address(claim), body)
    assert response.status_code == 202, response.content
    assert response.json()["correction"] == "We misread the filing."


def test_a_reopened_claim_is_undecided_again(managing, public):
    claim = factories.claim()
    factories.decide(claim)
    response = managing.post(
        address(claim), {"outcome": "reopened", "rationale": "Too early.", "version": 2}
    )
    assert response.status_code == 201, response.content
    shown = public.get(f"{CLAIMS}{claim.slug}/").json()
    assert shown["status"] == "awaiting"
    assert shown["verdict"] is None
    assert [row["outcome"] for row in public.get(address(claim)).json()["results"]] == [
        "reopened",
        "confirmed",
    ]


def test_reopening_takes_a_version_and_a_decided_claim(managing):
    claim = factories.claim()
    missing = managing.post(address(claim), {"outcome": "reopened", "rationale": "Why."})
    assert set(wrong(missing)) == {"version"}
    undecided = managing.post(
        address(claim), {"outcome": "reopened", "rationale": "Why.", "version": 1}
    )
    assert set(wrong(undecided)) == {"outcome"}


@pytest.mark.parametrize("who", ["editor", "managing"])
@pytest.mark.parametrize("version", [None, 2])
def test_a_void_claim_takes_no_verdict(request, who, version):
    claim = factories.claim()
    factories.decide(claim, "void", known_on=None)
    before = payloads.rows()
    client = request.getfixturevalue(who)
    tokens = payloads.rows()
    response = client.post(address(claim), payloads.verdict(version=version))
    assert response.status_code == 400
    assert set(wrong(response)) == {"outcome"}
    assert payloads.rows() == tokens
    assert before["verification.Verdict"] == tokens["verification.Verdict"]


def test_only_a_managing_editor_voids(editor, managing):
    claim = factories.claim()
    body = {"outcome": "void", "rationale": "Logged twice.", "version": 1}
    assert editor.post(address(claim), body).status_code == 403
    sent = managing.post(address(claim), body)
    assert sent.status_code == 201
    assert sent.json()["became_known_on"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (payloads.verdict("maybe"), "outcome"),
        (payloads.verdict(evidence=[]), "evidence"),
        (
            payloads.verdict(evidence=[{"title": "x", "url": "javascript:alert(1)"}]),
            "evidence.0.url",
        ),
        (
            payloads.verdict(evidence=[{"title": "", "url": "https://x.example"}]),
            "evidence.0.title",
        ),
        (payloads.verdict(evidence=["https://x.example"]), "evidence.0"),
        (payloads.verdict(evidence="https://x.example"), "evidence"),
        (payloads.verdict(became_known_on="2026-02-30"), "became_known_on"),
        (payloads.verdict(became_known_on="2026-04-02"), "became_known_on"),
        (payloads.verdict(rationale="x" * 10_000), "rationale"),
        (payloads.verdict(version="one"), "version"),
        (payloads.verdict(version=0), "version"),
        (payloads.verdict(outcomes="confirmed"), "outcomes"),
        ({}, "outcome"),
        ({"outcome": "void"}, "rationale"),
    ],
)
def test_a_bad_verdict_names_its_field_and_changes_nothing(managing, body, field):
    claim = factories.claim()
    before = payloads.rows()
    response = managing.post(address(claim), body)
    assert response.status_code == 400, response.content
    assert field in wrong(response)
    assert payloads.rows() == before
    claim.refresh_from_db()
    assert (claim.version, claim.outcome) == (1, "")


def test_a_claim_cannot_lapse_before_its_deadline_is_over(editor):
    claim = factories.claim(deadline=datetime(2026, 4, 1, tzinfo=UTC).date())
    response = editor.post(address(claim), {"outcome": "lapsed"})
    assert response.status_code == 400
    assert "outcome" in wrong(response)
