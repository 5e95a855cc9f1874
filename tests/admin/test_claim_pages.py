"""The pages that change a claim: each calls its service, and tells what it says at the field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.admin import typed
from tests.admin.typed import url
from tests.factories import NOW
from verification.domain import criteria
from verification.models import Claim, LedgerEntry, Reminder, Report, Source
from verification.services import claims, reports, stories
from verification.services.drafts import StoryDraft


def fields(response: Any) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def extension(claim: Claim, **changes: Any) -> dict[str, Any]:
    return {
        "version": claim.version,
        "deadline": "2026-06-30",
        "deadline_text": "mid-year",
        "deadline_precision": "half",
        "deadline_basis": "newsroom",
        "reason": "The talks go on.",
        **changes,
    }


def test_a_deadline_is_moved_with_a_reason(desk: Any) -> None:
    client, claim = desk(), factories.claim()

    response = client.post(url("claim_extend", claim.pk), extension(claim))

    assert response.status_code == 302
    claim.refresh_from_db()
    assert (claim.deadline, claim.deadline_text) == (date(2026, 6, 30), "mid-year")
    page = client.get(url("claim_change", claim.pk)).content.decode()
    assert "moved the deadline to 30 June 2026" in page
    assert "The talks go on." in page


PROPOSED = criteria.proposed(
    "Amazon will put at least $50bn into OpenAI.",
    language="en",
    deadline=date(2026, 3, 31),
    wording="end of Q1 2026",
)


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        ("Signed by 31 March 2026.", {"criteria_day": "on"}, "Signed by 30 June 2026."),
        ("Signed by 31 March 2026.", {}, "Signed by 31 March 2026."),
        ("Signed on the record.", {"criteria_day": "on"}, "Signed on the record."),
        (
            PROPOSED,
            {},
            criteria.proposed(
                "Amazon will put at least $50bn into OpenAI.",
                language="en",
                deadline=date(2026, 6, 30),
                wording="mid-year",
            ),
        ),
    ],
)
def test_criteria_take_the_new_day_where_the_editor_leaves_it_so(
    desk: Any, before: str, changes: dict[str, str], after: str
) -> None:
    client, claim = desk(), factories.claim(criteria=before)

    asked = client.get(url("claim_extend", claim.pk)).content.decode()
    response = client.post(url("claim_extend", claim.pk), extension(claim, **changes))

    claim.refresh_from_db()
    assert (claim.criteria, claim.deadline) == (after, date(2026, 6, 30))
    assert ('name="criteria_day"' in asked) == (before == "Signed by 31 March 2026.")
    assert ("they follow it" in asked) == (before == PROPOSED)
    page = client.get(response["Location"]).content.decode()
    assert ("They name 31 March 2026; the deadline is 30 June 2026." in page) == (
        "31 March 2026" in after
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"deadline": "2026-02-30"}, "deadline"),
        ({"deadline": "2026-01-01"}, "deadline"),
        ({"deadline": "9999-01-01"}, "deadline"),
        ({"deadline": "2026-03-30"}, "deadline"),
        ({"deadline_precision": "week"}, "deadline_precision"),
        ({"deadline_text": "x" * 10_000}, "deadline_text"),
    ],
)
def test_a_bad_extension_is_told_at_its_field_and_changes_nothing(
    desk: Any, changes: dict[str, str], field: str
) -> None:
    claim = factories.claim()

    response = desk().post(url("claim_extend", claim.pk), extension(claim, **changes))

    assert response.status_code == 200
    assert list(fields(response)) == [field]
    claim.refresh_from_db()
    assert (claim.version, claim.deadline) == (1, date(2026, 3, 31))


def test_the_form_of_a_new_deadline_says_what_becomes_of_the_old_words(desk: Any) -> None:
    claim = factories.claim()
    Claim.objects.update(deadline_text="<b>soon</b>")

    response = desk().get(url("claim_extend", claim.pk))

    page = response.content.decode()
    assert "The present wording, “&lt;b&gt;soon&lt;/b&gt;”, is replaced" in page
    assert "The present deadline is stated by the source." in page
    assert "Why the deadline moves. Readers will see it." in page
    assert "told of the new day already is not told of it again" in page
    form = response.context["form"]
    assert (form["deadline_text"].value(), form["deadline_basis"].value()) == (None, "newsroom")


def test_a_reminder_is_listed_with_the_deadline_that_it_was_for(desk: Any) -> None:
    client, claim = desk(), factories.claim()
    for day in (date(2026, 2, 28), claim.deadline):
        Reminder.objects.create(
            claim=claim, deadline=day, stage="overdue-1", recipient=client.user, created_at=NOW
        )

    page = client.get(url("claim_change", claim.pk)).content.decode()

    assert page.count("for the deadline of") == 1
    assert "for the deadline of 28 February 2026" in page
    assert page.count("one day overdue →") == 2


@pytest.mark.parametrize("page", ["extend", "edit", "assign", "report_add", "story_add"])
def test_a_change_made_meanwhile_is_a_conflict_and_not_overwritten(desk: Any, page: str) -> None:
    client, claim = desk(), factories.claim()
    stale = {
        **extension(claim),
        **typed.report(),
        "title": "Ours",
        "statement": "Another sentence.",
        "beat": claim.beat.name,
        "language": "en",
        "assignee": "",
    }
    reports.add_report(
        actor=factories.reporter(first_name="Robin", last_name="Vega"),
        claim=claim,
        draft=factories.report_draft(),
        now=factories.NOW,
    )
    before = LedgerEntry.objects.count()
    if page in ("story_add",):
        stale["author"] = ""

    response = client.post(url(f"claim_{page}", claim.pk), stale)

    assert response.status_code == 409
    assert "Robin Vega" in response.content.decode()
    assert LedgerEntry.objects.count() == before
    assert not Source.objects.filter(name="The Wall Street Journal").exists(), (
        "nothing is half done"
    )


def test_editing_changes_the_wording_and_the_beat(desk: Any) -> None:
    client, claim = desk("editor"), factories.claim()
    other = factories.BeatFactory.create(name="Cinema")

    client.post(
        url("claim_edit", claim.pk),
        {
            "version": claim.version,
            "statement": "Amazon will put $60bn into OpenAI.",
            "criteria": claim.criteria,
            "beat": "cinema",
            "language": "en",
            "deadline_basis": "source",
        },
    )

    claim.refresh_from_db()
    assert claim.statement == "Amazon will put $60bn into OpenAI."
    assert claim.beat == other
    assert not claim.public, "the tick was taken away"


def test_the_wording_of_a_decided_claim_stands(desk: Any) -> None:
    claim = factories.claim()
    factories.decide(claim)

    response = desk().post(
        url("claim_edit", claim.pk),
        {
            "version": claim.version,
            "statement": "Something else.",
            "criteria": claim.criteria,
            "beat": claim.beat.name,
            "language": "en",
            "public": "on",
            "deadline_basis": "source",
        },
    )

    assert list(fields(response)) == ["statement"]


def test_a_claim_is_assigned_by_user_name_or_full_name_and_taken_back(desk: Any) -> None:
    client, claim = desk(), factories.claim()
    emma = factories.editor(username="emma", first_name="Emma", last_name="Laurent")

    for name, expected in (("EMMA", emma), ("", None), ("emma  laurent", emma)):
        claim.refresh_from_db()
        client.post(url("claim_assign", claim.pk), {"version": claim.version, "assignee": name})
        claim.refresh_from_db()
        assert claim.assignee == expected


def test_nobody_of_that_name_is_told_at_the_assignee(desk: Any) -> None:
    claim = factories.claim()

    response = desk().post(
        url("claim_assign", claim.pk), {"version": claim.version, "assignee": "nemo"}
    )

    assert "nobody called “nemo”" in fields(response)["assignee"][0]


def test_a_report_makes_its_source_where_the_name_is_new(desk: Any) -> None:
    client, claim = desk("reporter"), factories.claim()

    response = client.post(
        url("claim_report_add", claim.pk),
        {"version": claim.version, **typed.report(via="Reuters")},
    )

    assert response.status_code == 302
    report = Report.objects.get(source__name="The Wall Street Journal")
    assert report.via.name == "Reuters"
    assert report.logged_by == client.user


def test_a_refused_report_makes_no_source(desk: Any) -> None:
    claim = factories.claim()

    response = desk().post(
        url("claim_report_add", claim.pk),
        {"version": claim.version, **typed.report(url="javascript:alert(1)")},
    )

    assert list(fields(response)) == ["url"]
    assert not Source.objects.filter(name="The Wall Street Journal").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": ""}, "source"),
        ({"published_on": "2026-02-30"}, "published_on"),
        ({"published_on": "2026-04-20"}, "published_on"),
        ({"via": "The Wall Street Journal"}, "via"),
        ({"stance": "knows"}, "stance"),
        ({"certainty": "maybe"}, "certainty"),
        ({"headline": "x" * 10_000}, "headline"),
        ({"hedge": "could\x07"}, "hedge"),
    ],
)
def test_a_bad_report_is_told_at_its_field(desk: Any, changes: dict[str, str], field: str) -> None:
    claim = factories.claim(deadline=date(2026, 12, 31))

    response = desk().post(
        url("claim_report_add", claim.pk), {"version": claim.version, **typed.report(**changes)}
    )

    assert response.status_code == 200
    assert field in fields(response)
    assert claim.reports.count() == 1


def test_a_report_twice_is_told(desk: Any) -> None:
    claim = factories.claim()
    there = claim.reports.get()

    response = desk().post(
        url("claim_report_add", claim.pk),
        {
            "version": claim.version,
            **typed.report(
                source=there.source.name, url=there.url, published_on=str(there.published_on)
            ),
        },
    )

    assert "logged already" in fields(response)["url"][0]


def test_a_report_is_amended_and_withdrawn(desk: Any) -> None:
    client, claim = desk(), factories.claim()
    report = claim.reports.get()

    page = client.get(url("claim_report_amend", claim.pk, report.pk))
    assert page.context["form"]["source"].value() == report.source.name
    client.post(
        url("claim_report_amend", claim.pk, report.pk),
        {"version": claim.version, **typed.report(source=report.source.name, hedge="might")},
    )
    report.refresh_from_db()
    assert report.hedge == "might"
    claim.refresh_from_db()
    client.post(url("claim_report_withdraw", claim.pk, report.pk), {"version": claim.version})
    assert not claim.reports.exists()


def test_a_report_is_not_reached_by_way_of_another_claim(desk: Any) -> None:
    client, claim, other = desk(), factories.claim(), factories.claim()
    report = other.reports.get()

    response = client.post(
        url("claim_report_withdraw", claim.pk, report.pk), {"version": claim.version}
    )

    assert response.status_code == 404
    assert other.reports.exists()


def test_our_story_is_added_and_removed(desk: Any) -> None:
    client, claim = desk(), factories.claim()

    client.post(
        url("claim_story_add", claim.pk),
        {
            "version": claim.version,
            "title": "Amazon courts OpenAI",
            "url": "https://ours.example/1",
            "published_on": "2026-01-30",
            "author": client.user.username,
        },
    )
    story = claim.stories.get()
    assert story.author == client.user
    claim.refresh_from_db()
    client.post(url("claim_story_remove", claim.pk, story.pk), {"version": claim.version})
    assert not claim.stories.exists()


def test_a_claim_is_voided_and_reopened_with_a_rationale(desk: Any) -> None:
    client, claim = desk("managing editor"), factories.claim()

    refused = client.post(url("claim_void", claim.pk), {"version": claim.version, "rationale": ""})
    assert list(fields(refused)) == ["rationale"]
    client.post(url("claim_void", claim.pk), {"version": claim.version, "rationale": "Twice."})
    claim.refresh_from_db()
    assert claim.outcome == "void"
    client.post(url("claim_reopen", claim.pk), {"version": claim.version, "rationale": "Not so."})
    claim.refresh_from_db()
    assert claim.outcome == ""


def test_a_decision_on_a_void_claim_is_refused_in_words(desk: Any) -> None:
    client, claim = desk("managing editor"), factories.claim()
    client.post(url("claim_void", claim.pk), {"version": claim.version, "rationale": "Twice."})
    claim.refresh_from_db()

    response = client.post(url("claim_decide", claim.pk), typed.verdict(claim, typed.evidence()))

    assert "reopen it before you decide it" in fields(response)["outcome"][0]


@pytest.mark.parametrize(
    ("role", "decided", "expected"),
    [
        ("reporter", False, {"report_add", "story_add", "reply_add", "edit"}),
        (
            "editor",
            False,
            {"decide", "report_add", "extend", "story_add", "reply_add", "edit", "assign"},
        ),
        (
            "managing editor",
            False,
            {"decide", "report_add", "extend", "story_add", "reply_add", "edit", "assign", "void"},
        ),
        ("editor", True, {"report_add", "story_add", "reply_add", "edit", "assign"}),
        ("reader", False, set()),
        ("reader", True, set()),
        (
            "managing editor",
            True,
            {"report_add", "revise", "reopen", "story_add", "reply_add", "edit", "assign", "void"},
        ),
    ],
)
def test_each_is_offered_what_he_may_do_and_no_more(
    desk: Any, role: str, decided: bool, expected: set[str]
) -> None:
    claim = factories.claim()
    if decided:
        factories.decide(claim)

    response = desk(role).get(url("claim_change", claim.pk))

    assert {action["name"] for action in response.context["actions"]} == expected


def test_the_page_tells_the_history_in_words(desk: Any) -> None:
    boss = factories.managing_editor(first_name="Manon", last_name="Petit")
    claim = factories.claim(actor=boss)
    stories.add_story(
        actor=boss,
        claim=claim,
        draft=StoryDraft(
            title="Ours", url="https://ours.example/1", published_on=date(2026, 1, 30)
        ),
        now=factories.NOW,
    )
    claim.refresh_from_db()
    claims.assign(actor=boss, claim=claim, version=None, assignee=boss, now=factories.NOW)
    claim.refresh_from_db()
    factories.decide(claim, "confirmed", actor=boss)

    response = desk().get(url("claim_change", claim.pk))

    assert [f"{step.who} {step.what}" for step in response.context["history"]] == [
        "Manon Petit gave the verdict: confirmed, known on 27 February 2026",
        "Manon Petit assigned the claim to Manon Petit",
        "Manon Petit added our story “Ours”",
        "Manon Petit logged the claim with 1 report",
    ]


def test_every_action_of_the_ledger_is_told_in_words_of_its_own(desk: Any) -> None:
    """An action that the desk does not know would be told by its key."""
    client, claim = desk("managing editor"), factories.claim()
    report = claim.reports.get()
    for page, args, data in (
        ("claim_extend", (), extension(claim)),
        ("claim_report_amend", (report.pk,), typed.report(source=report.source.name)),
        ("claim_report_add", (), typed.report(source="Another", url="")),
        ("claim_decide", (), typed.verdict(claim, typed.evidence())),
        (
            "claim_revise",
            (),
            typed.verdict(claim, typed.evidence(), outcome="denied", correction="No."),
        ),
        ("claim_reopen", (), {"rationale": "Once more."}),
        ("claim_report_withdraw", (report.pk,), {}),
    ):
        claim.refresh_from_db()
        done = client.post(url(page, claim.pk, *args), {**data, "version": claim.version})
        assert done.status_code == 302, (page, done.context["form"].errors)

    steps = client.get(url("claim_change", claim.pk)).context["history"]

    actions = set(claim.history.values_list("action", flat=True))
    assert len(steps) == len(actions) == 8
    assert not {step.what for step in steps} & actions


def test_a_public_claim_has_embed_codes_with_a_preview_and_an_internal_one_has_none(
    desk: Any,
) -> None:
    client = desk()
    claim = factories.claim(actor=client.user)
    page = client.get(url("claim_change", claim.pk)).content.decode()
    assert f"data-borneout=&quot;claim:{claim.slug}&quot;" in page
    assert f'<iframe src="/embed/claim/{claim.slug}/?lang=en"' in page
    hidden = factories.claim(actor=client.user, public=False)
    assert "data-borneout" not in client.get(url("claim_change", hidden.pk)).content.decode()


def test_a_source_has_embed_codes_where_readers_may_know_of_it(desk: Any) -> None:
    client = desk()
    source, whisper = factories.SourceFactory.create(), factories.SourceFactory.create()
    factories.claim(actor=client.user, reports=[factories.report_draft(source)])
    factories.claim(actor=client.user, public=False, reports=[factories.report_draft(whisper)])
    page = client.get(url("source_change", source.pk)).content.decode()
    assert f"data-borneout=&quot;source:{source.slug}&quot;" in page
    assert f"/badge/source/{source.slug}.svg" in page
    assert "data-borneout" not in client.get(url("source_change", whisper.pk)).content.decode()
