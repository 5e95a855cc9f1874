"""The decide page: what it refuses and where it says so, and who loses a race."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.admin.typed import evidence, url, verdict
from verification.models import Claim, LedgerEntry, Proposal, Verdict
from verification.services import claims, replies
from verification.services.drafts import DeadlineDraft


def decide(client: Any, claim: Claim, *pages: dict[str, Any], **changes: Any) -> Any:
    return client.post(url("claim_decide", claim.pk), verdict(claim, *pages, **changes))


def errors(response: Any, field: str) -> list[str]:
    return list(response.context["form"].errors.get(field, []))


def test_a_verdict_with_evidence_is_recorded(desk: Any) -> None:
    client, claim = desk("editor"), factories.claim()

    response = decide(client, claim, evidence())

    assert response.status_code == 302
    assert response["Location"] == url("claim_change", claim.pk)
    claim.refresh_from_db()
    assert claim.outcome == "confirmed"
    assert claim.verdict.decided_by == client.user
    assert claim.verdict.became_known_on == date(2026, 2, 27)
    assert [page.url for page in claim.verdict.evidence.all()] == ["https://example.org/news"]


@pytest.mark.parametrize("outcome", ["confirmed", "denied"])
def test_a_confirmed_or_denied_without_evidence_is_refused_at_the_evidence(
    desk: Any, outcome: str
) -> None:
    claim = factories.claim()

    response = decide(desk(), claim, outcome=outcome)

    assert response.status_code == 200
    assert "at least one piece of evidence" in str(
        response.context["rows"]["evidence"].formset.non_form_errors()
    )
    assert "Both companies said so." in response.content.decode(), "what was typed is kept"
    assert not Verdict.objects.exists()


def test_a_lapse_before_the_deadline_is_refused_at_the_outcome(desk: Any) -> None:
    claim = factories.claim(deadline=date(2026, 4, 1))

    response = decide(desk(), claim, outcome="lapsed", became_known_on="")

    assert "until then a claim cannot lapse" in errors(response, "outcome")[0]
    assert not Verdict.objects.exists()


def test_a_lapse_after_the_deadline_needs_no_evidence(desk: Any) -> None:
    claim = factories.claim()

    decide(desk(), claim, outcome="lapsed", became_known_on="")

    claim.refresh_from_db()
    assert claim.outcome == "lapsed"
    assert claim.verdict.became_known_on == date(2026, 4, 1)


def test_a_bad_address_is_told_at_its_own_row(desk: Any) -> None:
    claim = factories.claim()
    blank: dict[str, Any] = {}

    response = decide(
        desk(), claim, evidence(), blank, evidence(url="javascript:alert(1)", title="Bad")
    )

    forms = response.context["rows"]["evidence"].formset.forms
    assert not forms[0].errors
    assert "http://" in forms[2].errors["url"][0]
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("outcome", "", "Choose an outcome"),
        ("outcome", "true", "true"),
        ("became_known_on", "2026-02-30", "such as 2026-03-31"),
        ("became_known_on", "2026-04-02", "after today"),
        ("version", "", "version"),
        ("version", "x", "whole number"),
    ],
)
def test_bad_input_is_told_at_the_field_and_changes_nothing(
    desk: Any, field: str, value: str, says: str
) -> None:
    claim = factories.claim()
    before = LedgerEntry.objects.count()

    response = decide(desk(), claim, evidence(), **{field: value})

    assert response.status_code == 200
    assert says in " ".join(errors(response, field))
    assert says in response.content.decode().replace("&#x27;", "'")
    assert LedgerEntry.objects.count() == before


def test_an_editor_cannot_void_here(desk: Any) -> None:
    claim = factories.claim()

    response = decide(desk("editor"), claim, outcome="void")

    assert errors(response, "outcome")
    assert not Verdict.objects.exists()


def test_a_day_by_which_no_report_counts_is_asked_about_once_and_nothing_typed_is_lost(
    desk: Any,
) -> None:
    client, claim = desk(), factories.claim()
    early = {"became_known_on": "2025-02-27", "rationale": "My own long text."}

    asked = decide(client, claim, evidence(title="Kept"), **early)

    assert asked.status_code == 200
    assert not Verdict.objects.exists()
    page = asked.content.decode()
    assert "No report would count" in page
    assert 'name="sure" value="2025-02-27"' in page
    assert "My own long text." in page
    assert asked.context["rows"]["evidence"].formset.forms[0]["title"].value() == "Kept"

    done = decide(client, claim, evidence(title="Kept"), **early, sure="2025-02-27")

    assert done.status_code == 302
    assert Verdict.objects.get().became_known_on == date(2025, 2, 27)


def test_the_answer_holds_for_the_day_that_was_asked_about(desk: Any) -> None:
    client, claim = desk(), factories.claim()

    again = decide(client, claim, evidence(), became_known_on="2025-02-26", sure="2025-02-27")

    assert again.context["question"].answer == "2025-02-26"
    assert not Verdict.objects.exists()


def test_a_day_with_a_report_on_it_is_not_asked_about(desk: Any) -> None:
    claim = factories.claim()

    assert decide(desk(), claim, evidence(), became_known_on="2026-01-29").status_code == 302


def test_what_is_wrong_is_told_before_the_day_is_asked_about(desk: Any) -> None:
    claim = factories.claim()

    response = decide(desk(), claim, became_known_on="2025-02-27")

    assert "question" not in response.context
    assert response.context["rows"]["evidence"].formset.non_form_errors()


def test_on_a_beat_with_a_second_editor_the_day_is_asked_about_before_it_is_proposed(
    desk: Any,
) -> None:
    claim = factories.claim()
    claim.beat.second_editor = True
    claim.beat.save()

    asked = decide(desk(), claim, evidence(), became_known_on="2025-02-27")

    assert asked.context["question"].go_on == "Propose it all the same"
    assert not Proposal.objects.exists()


def test_confirmed_after_the_deadline_is_recorded_with_a_warning(desk: Any) -> None:
    client, claim = desk(), factories.claim(deadline=date(2026, 2, 1))

    decide(client, claim, evidence())

    page = client.get(url("claim_change", claim.pk)).content.decode()
    assert "after the deadline of" in page
    claim.refresh_from_db()
    assert claim.outcome == "confirmed"


def test_the_loser_of_a_race_sees_who_decided_what_and_keeps_the_text(desk: Any) -> None:
    client, claim = desk("editor"), factories.claim()
    emma = factories.editor(first_name="Emma", last_name="Laurent")
    mine = verdict(claim, evidence(), rationale="My own long text.")
    factories.decide(claim, "denied", actor=emma, rationale="They called it off.")

    response = client.post(url("claim_decide", claim.pk), mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Emma Laurent" in page
    assert "denied" in page
    assert "They called it off." in page
    assert "My own long text." in page
    assert "tell a managing editor" in page
    assert Verdict.objects.count() == 1


def test_a_managing_editor_who_lost_the_race_can_revise_with_the_same_text(desk: Any) -> None:
    client, claim = desk("managing editor"), factories.claim()
    mine = verdict(claim, evidence(), rationale="My own long text.")
    factories.decide(claim, "denied")

    response = client.post(url("claim_decide", claim.pk), mine)

    revise = url("claim_revise", claim.pk)
    assert f'formaction="{revise}"' in response.content.decode()
    assert 'name="correction"' in response.content.decode(), "the reason is asked for at once"
    assert not response.context["form"].errors, "nobody asked yet whether it is right"
    mine["version"] = response.context["form"]["version"].value()
    mine["correction"] = "They did sign."
    assert client.post(revise, mine).status_code == 302
    claim.refresh_from_db()
    assert claim.outcome == "confirmed"
    assert claim.verdict.correction == "They did sign."
    assert Verdict.objects.count() == 2


def test_an_editor_who_lost_the_race_is_asked_for_no_reason(desk: Any) -> None:
    client, claim = desk("editor"), factories.claim()
    mine = verdict(claim, evidence())
    factories.decide(claim, "denied")

    page = client.post(url("claim_decide", claim.pk), mine).content.decode()

    assert 'name="correction"' not in page


def test_where_the_deadline_moved_meanwhile_the_verdict_can_be_sent_again(desk: Any) -> None:
    client, claim = desk("editor"), factories.claim()
    mine = verdict(claim, evidence())
    claims.extend(
        actor=factories.editor(first_name="Emma"),
        claim=claim,
        version=claim.version,
        deadline=DeadlineDraft(day=date(2026, 5, 31)),
        reason="The talks go on.",
        now=factories.NOW,
    )

    response = client.post(url("claim_decide", claim.pk), mine)

    assert response.status_code == 409
    assert "The talks go on." in response.content.decode()
    mine["version"] = response.context["form"]["version"].value()
    assert client.post(url("claim_decide", claim.pk), mine).status_code == 302


def test_the_link_of_a_mail_leads_on_where_the_claim_is_decided_already(desk: Any) -> None:
    client, claim = desk(), factories.claim()
    factories.decide(claim)

    response = client.get(url("claim_decide", claim.pk), follow=True)

    assert response.redirect_chain == [(url("claim_change", claim.pk), 302)]
    assert "decided already: confirmed" in response.content.decode()


def test_another_row_of_evidence_needs_no_script_and_loses_nothing(desk: Any) -> None:
    client, claim = desk(), factories.claim()

    response = decide(client, claim, evidence(title="Kept"), more="evidence", outcome="")

    formset = response.context["rows"]["evidence"].formset
    assert len(formset.forms) == 3
    assert formset.forms[0]["title"].value() == "Kept"
    assert not response.context["form"].errors, "nobody asked yet whether it is right"
    assert not Verdict.objects.exists()


def test_the_page_shows_what_each_outcome_would_do_to_each_source(desk: Any) -> None:
    journal, relay, sceptic = (
        factories.SourceFactory.create(name=name) for name in ("Journal", "Relay", "Sceptic")
    )
    claim = factories.claim(
        reports=[
            factories.report_draft(journal),
            factories.report_draft(relay, via=journal),
            factories.report_draft(sceptic, stance="disputes"),
        ]
    )

    response = desk().get(url("claim_decide", claim.pk))

    shown = {
        line.report.source.name: [effect.credit for effect in line.effects]
        for line in response.context["preview"]
    }
    assert shown == {
        "Journal": ["hit", "miss", "miss"],
        "Relay": ["relay-borne-out", "relay-not", "relay-not"],
        "Sceptic": ["miss", "hit", "hit"],
    }
    assert "It asserted the claim, and the claim was confirmed." in response.content.decode()


def test_the_preview_reckons_with_the_day_that_was_typed(desk: Any) -> None:
    claim = factories.claim()

    response = decide(desk(), claim, became_known_on="2026-01-28")

    (line,) = response.context["preview"]
    assert {effect.credit for effect in line.effects} == {"none"}, "reported after it was known"


def test_the_preview_follows_the_day_without_a_script(desk: Any) -> None:
    client, claim = desk(), factories.claim()

    response = decide(client, claim, became_known_on="2026-01-28", outcome="", reckon="1")

    (line,) = response.context["preview"]
    assert {effect.credit for effect in line.effects} == {"none"}
    assert not response.context["form"].errors, "nobody asked yet whether it is right"
    assert "Both companies said so." in response.content.decode(), "what was typed is kept"
    assert not Verdict.objects.exists()


def test_the_preview_follows_the_day_with_a_script(
    desk: Any, django_assert_max_num_queries: Any
) -> None:
    client = desk()
    claim = factories.claim(reports=[factories.report_draft() for _source in range(4)])
    page = client.get(url("claim_decide", claim.pk)).content.decode()
    assert f'data-url="{url("claim_effects", claim.pk)}"' in page
    assert 'data-effects="id_became_known_on"' in page

    def piece(day: str) -> str:
        response = client.get(url("claim_effects", claim.pk), {"became_known_on": day})
        return str(response.content.decode())

    assert "credit-hit" in piece("2026-01-29")
    assert "no report counts" not in piece("2026-01-29")
    early = piece("2026-01-28")
    assert "credit-hit" not in early
    assert "known on 28 January 2026, no report counts" in early
    assert "credit-hit" in piece(""), "as for today"
    assert "credit-hit" in piece("<script>"), "what is no day is as none"
    with django_assert_max_num_queries(6):
        piece("2026-01-28")


def test_the_preview_is_the_desks_own(client: Any, db: None) -> None:
    claim = factories.claim()

    assert client.get(url("claim_effects", claim.pk)).status_code == 302


def test_an_undecided_claim_is_decided_and_not_revised(desk: Any) -> None:
    client, claim = desk("managing editor"), factories.claim()

    assert client.get(url("claim_revise", claim.pk))["Location"] == url("claim_decide", claim.pk)


def test_a_void_claim_is_reopened_and_not_revised(desk: Any) -> None:
    client, claim = desk("managing editor"), factories.claim()
    factories.decide(claim, "void", known_on=None)

    response = client.get(url("claim_revise", claim.pk), follow=True)

    assert response.redirect_chain == [(url("claim_change", claim.pk), 302)]
    assert "reopen it before you decide it" in response.content.decode()


def test_evidence_may_be_left_out_altogether_where_none_is_needed(desk: Any) -> None:
    claim = factories.claim()

    desk().post(url("claim_decide", claim.pk), {"version": claim.version, "outcome": "lapsed"})

    claim.refresh_from_db()
    assert claim.outcome == "lapsed"


def test_typed_markup_is_text(desk: Any) -> None:
    claim = factories.claim(statement="<script>alert(1)</script> will happen.")

    page = decide(desk(), claim, rationale="</textarea><script>alert(2)</script>").content.decode()

    assert "<script>alert" not in page


def test_who_was_asked_and_has_not_answered_is_told_where_it_is_decided(desk: Any) -> None:
    client, claim = desk("editor"), factories.claim()
    page = url("claim_decide", claim.pk)
    ask = {
        "actor": client.user,
        "claim": claim,
        "now": factories.NOW,
        "asked_on": factories.NOW.date(),
    }
    assert "No answer is noted yet." not in client.get(page).text

    answered = replies.ask(whom="Acme", answer_by=date(2026, 3, 5), **ask)
    replies.answer(
        actor=client.user,
        reply=answered,
        answer="No comment.",
        answered_on=factories.NOW.date(),
        now=factories.NOW,
    )
    replies.ask(whom="Northwind", answer_by=date(2030, 2, 5), **ask)

    told = client.get(page).context["asked"]
    assert [reply.whom for reply in told] == ["Northwind"]
    assert "No answer is noted yet." in client.get(page).text
