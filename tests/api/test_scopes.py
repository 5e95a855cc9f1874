"""What a limited token may do: its scopes narrow what its user may, and a refusal names them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.api import payloads
from tests.api.conftest import client_of
from verification.models import ApiToken, Claim, Proposal, Verdict

pytestmark = pytest.mark.django_db


def test_a_missing_scope_is_named_in_the_problem():
    client = client_of(factories.editor(), scopes=["log"])
    claim = factories.claim()
    refused = client.post(f"/api/v1/claims/{claim.slug}/verdicts/", payloads.verdict())

    assert refused.status_code == 403
    assert refused.json() == {
        "type": "/problems/permission",
        "title": "Not allowed",
        "status": 403,
        "detail": "This token does not have the scope “decide”.",
        "instance": f"/api/v1/claims/{claim.slug}/verdicts/",
        "scope": "decide",
    }


def test_a_role_that_is_not_enough_is_no_matter_of_scopes():
    client = client_of(factories.reporter(), scopes=["log"])
    claim = factories.claim()
    refused = client.post(f"/api/v1/claims/{claim.slug}/verdicts/", payloads.verdict())
    assert refused.status_code == 403
    assert "scope" not in refused.json()


def test_the_view_of_the_desk_takes_the_scope(public):
    factories.claim()
    limited = client_of(factories.editor(), scopes=["log", "decide"])
    whole = client_of(factories.editor(), scopes=["read-internal"])
    assert limited.get("/api/v1/leaderboard/?internal=1").json()["scope"] == "read-internal"
    assert whole.get("/api/v1/leaderboard/?internal=1").status_code == 200


def test_a_role_that_is_taken_away_takes_the_token_along():
    user = factories.editor()
    client, claim = client_of(user), factories.claim(public=False)
    assert client.get(f"/api/v1/claims/{claim.slug}/").status_code == 200
    user.groups.clear()
    assert client.get(f"/api/v1/claims/{claim.slug}/").status_code == 404


def test_a_token_that_has_ended_is_refused_and_stays_on_the_list():
    now = timezone.now()
    client = client_of(factories.editor())
    ApiToken.objects.update(expiry=now)
    assert client.get("/api/v1/claims/").status_code == 401
    assert ApiToken.objects.count() == 1
    ApiToken.objects.update(expiry=now + timedelta(seconds=1))
    assert client.get("/api/v1/claims/").status_code == 200


def test_its_use_is_written_down(public):
    client = client_of(factories.editor())
    client.get("/api/v1/claims/")
    assert ApiToken.objects.get().last_used_at == timezone.now()


def test_who_may_not_see_what_is_internal_can_still_log_it():
    client = client_of(factories.reporter(), scopes=["log"])
    factories.BeatFactory.create(slug="ai")
    made = client.post("/api/v1/claims/", payloads.claim(beat="ai", public=False))
    assert made.status_code == 201
    assert client.get(made["Location"]).status_code == 404


# --- A second editor ------------------------------------------------------------------------------


@pytest.fixture
def claim():
    return factories.claim(beat=factories.BeatFactory.create(second_editor=True))


def test_on_a_beat_with_a_second_editor_a_verdict_is_proposed(editor, public, claim):
    address = f"/api/v1/claims/{claim.slug}/verdicts/"
    answer = editor.post(address, payloads.verdict(), HTTP_IDEMPOTENCY_KEY="once")
    again = editor.post(address, payloads.verdict(), HTTP_IDEMPOTENCY_KEY="once")

    assert (answer.status_code, again.status_code) == (202, 202)
    assert answer.json() == again.json()
    assert answer.json() == {
        "claim": claim.slug,
        "version": 1,
        "state": "waiting",
        "outcome": "confirmed",
        "became_known_on": "2026-02-27",
        "proposed_at": "2026-04-01T09:00:00Z",
        "proposed_by": "edith",
        "rationale": "Announced by the company.",
        "evidence": payloads.verdict()["evidence"],
    }
    assert Proposal.objects.count() == 1
    assert not Verdict.objects.exists()
    assert public.get(f"/api/v1/claims/{claim.slug}/").json()["status"] == "awaiting"
    assert public.get(address).json()["results"] == []


def test_one_that_waits_is_told_with_the_field(editor, managing, claim):
    address = f"/api/v1/claims/{claim.slug}/verdicts/"
    editor.post(address, payloads.verdict())
    assert "outcome" in payloads.wrong(managing.post(address, payloads.verdict()))
    assert Claim.objects.get().outcome == ""
