"""Claims over the API: read as the contract prints them, logged, changed, hidden from strangers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.api import payloads
from tests.api.payloads import CLAIMS, wrong
from verification import newsroom
from verification.domain import criteria
from verification.models import Beat, Claim, LedgerEntry, Source

pytestmark = pytest.mark.django_db

NAMES = [
    "slug",
    "version",
    "url",
    "statement",
    "criteria",
    "language",
    "beat",
    "deadline",
    "deadline_text",
    "deadline_precision",
    "deadline_basis",
    "status",
    "public",
    "assignee",
    "logged_at",
    "first_reported_on",
    "reports",
    "verdict",
]


def test_a_claim_has_exactly_the_names_of_the_contract(public):
    wsj = factories.SourceFactory.create(slug="wsj")
    relay = factories.SourceFactory.create(slug="relay")
    claim = factories.claim(
        beat=factories.BeatFactory.create(slug="ai"),
        assignee=factories.editor(username="edith"),
        reports=[
            factories.report_draft(
                wsj, certainty="roughly even chance", hedge="up to", author="A. Reporter"
            ),
            factories.report_draft(relay, published_on=date(2026, 1, 30), via=wsj),
        ],
    )
    factories.decide(claim, actor=factories.editor(username="emil"))

    sent = public.get(f"{CLAIMS}{claim.slug}/").json()

    assert list(sent) == NAMES
    assert sent == {
        "slug": claim.slug,
        "version": 2,
        "url": f"http://127.0.0.1:8000/claims/{claim.slug}/",
        "statement": "Amazon will put at least $50bn into OpenAI.",
        "criteria": "Confirmed if either says so on the record.",
        "language": "en",
        "beat": "ai",
        "deadline": "2026-03-31",
        "deadline_text": "end of Q1 2026",
        "deadline_precision": "day",
        "deadline_basis": "source",
        "status": "confirmed",
        "public": True,
        "assignee": "edith",
        "logged_at": "2026-01-30T10:00:00Z",
        "first_reported_on": "2026-01-29",
        "reports": [
            {
                "source": "wsj",
                "author": "A. Reporter",
                "url": "https://wsj.example/2026-01-29",
                "published_on": "2026-01-29",
                "stance": "asserts",
                "certainty": "roughly even chance",
                "hedge": "up to",
                "via": None,
            },
            {
                "source": "relay",
                "author": "",
                "url": "https://relay.example/2026-01-30",
                "published_on": "2026-01-30",
                "stance": "asserts",
                "certainty": None,
                "hedge": "",
                "via": "wsj",
            },
        ],
        "verdict": {
            "outcome": "confirmed",
            "became_known_on": "2026-02-27",
            "decided_at": "2026-04-01T09:00:00Z",
            "decided_by": "emil",
            "confirmed_by": None,
            "rationale": "Announced by the company.",
            "evidence": [
                {
                    "title": "The company's announcement",
                    "url": "https://example.org/announcement",
                    "published_on": None,
                }
            ],
        },
    }


def test_an_undecided_claim_has_no_verdict_and_awaits_it_once_its_deadline_has_passed(public):
    over = factories.claim(deadline=date(2026, 3, 31))
    last_day = factories.claim(deadline=date(2026, 4, 1))
    assert public.get(f"{CLAIMS}{over.slug}/").json()["status"] == "awaiting"
    sent = public.get(f"{CLAIMS}{last_day.slug}/").json()
    assert sent["status"] == "open"
    assert sent["verdict"] is None
    assert sent["assignee"] is None


def test_a_posted_claim_can_be_read_back_under_the_same_names(reporter, public):
    assignee = factories.editor(username="edith")
    body = payloads.claim(
        assignee="edith",
        reports=[
            payloads.report(),
            payloads.report(
                source="Reuters",
                url="https://reuters.example/1",
                via="The Wall Street Journal",
                certainty=None,
            ),
        ],
    )
    response = reporter.post(CLAIMS, body)

    assert response.status_code == 201, response.content
    sent = response.json()
    assert response["Location"] == f"http://testserver{CLAIMS}{sent['slug']}/"
    assert public.get(response["Location"]).json() == sent
    for name in ("statement", "criteria", "language", "deadline", "deadline_text", "assignee"):
        assert sent[name] == body[name]
    assert sent["version"] == 1
    assert sent["beat"] == "ai-tech-business"
    assert [row["source"] for row in sent["reports"]] == ["the-wall-street-journal", "reuters"]
    assert [row["via"] for row in sent["reports"]] == [None, "the-wall-street-journal"]
    assert Claim.objects.get().assignee == assignee
    assert Claim.objects.get().logged_by.username == "rita"


@pytest.fixture(autouse=True)
def _beat(db: None) -> None:
    factories.BeatFactory.create(name="AI & tech business", slug="ai-tech-business")


def test_sources_and_beats_are_taken_by_slug_or_name_and_made_only_where_unknown(managing):
    factories.SourceFactory.create(name="The Wall Street Journal", slug="wsj")
    by_name = managing.post(CLAIMS, payloads.claim(beat="ai-tech-business")).json()
    by_slug = managing.post(
        CLAIMS,
        payloads.claim(statement="Another.", beat="Space", reports=[payloads.report(source="wsj")]),
    ).json()
    assert by_name["reports"][0]["source"] == by_slug["reports"][0]["source"] == "wsj"
    assert Source.objects.count() == 1
    assert by_slug["beat"] == "space"
    assert Beat.objects.count() == 2


def test_a_reporter_may_not_make_a_beat_and_is_told_which_there_are(reporter):
    response = reporter.post(CLAIMS, payloads.claim(beat="Space"))
    assert response.status_code == 400
    assert "AI & tech business" in wrong(response)["beat"]


def test_a_claim_that_fails_leaves_no_stray_source_or_beat(managing):
    before = payloads.rows()
    response = managing.post(CLAIMS, payloads.claim(beat="Space", deadline="2026-01-01"))
    assert response.status_code == 400
    assert payloads.rows() == before


def test_a_source_that_credits_itself_by_another_name_is_refused(managing):
    row = payloads.report(source="eurogamer.net", via="Eurogamer")
    response = managing.post(CLAIMS, payloads.claim(reports=[row]))
    assert response.status_code == 400
    assert list(wrong(response)) == ["reports.0.via"]
    assert not Source.objects.filter(name__icontains="eurogamer").exists()


def test_a_slug_can_be_chosen_once(reporter):
    assert reporter.post(CLAIMS, payloads.claim(slug="amazon")).json()["slug"] == "amazon"
    response = reporter.post(CLAIMS, payloads.claim(slug="amazon"))
    assert response.status_code == 400
    assert "slug" in wrong(response)


def test_a_change_takes_the_version_and_changes_only_what_is_sent(reporter):
    claim = factories.claim()
    response = reporter.patch(
        f"{CLAIMS}{claim.slug}/", {"version": 1, "statement": "Amazon puts in $60bn."}
    )
    assert response.status_code == 200, response.content
    assert response.json()["version"] == 2
    assert response.json()["statement"] == "Amazon puts in $60bn."
    assert response.json()["criteria"] == claim.criteria


def test_a_change_of_several_things_and_the_assignee_is_one_request(editor):
    claim = factories.claim()
    factories.editor(username="emil")
    response = editor.patch(
        f"{CLAIMS}{claim.slug}/",
        {"version": 1, "beat": "ai-tech-business", "public": False, "assignee": "emil"},
    )
    assert response.status_code == 200, response.content
    sent = response.json()
    assert (sent["beat"], sent["public"], sent["assignee"]) == ("ai-tech-business", False, "emil")
    taken = editor.patch(
        f"{CLAIMS}{claim.slug}/", {"version": sent["version"], "assignee": None}
    ).json()
    assert taken["assignee"] is None


def test_a_reporter_who_may_not_assign_changes_nothing_at_all(reporter):
    claim = factories.claim()
    factories.editor(username="emil")
    response = reporter.patch(
        f"{CLAIMS}{claim.slug}/", {"version": 1, "statement": "Other words.", "assignee": "emil"}
    )
    assert response.status_code == 403
    claim.refresh_from_db()
    assert (claim.version, claim.assignee) == (1, None)
    assert claim.statement != "Other words."


def test_an_unknown_assignee_is_refused_by_name(editor):
    claim = factories.claim()
    response = editor.patch(f"{CLAIMS}{claim.slug}/", {"version": 1, "assignee": "nobody"})
    assert response.status_code == 400
    assert "nobody" in wrong(response)["assignee"]


def test_a_stale_version_is_a_conflict_that_says_where_the_claim_stands(reporter):
    claim = factories.claim()
    reporter.patch(f"{CLAIMS}{claim.slug}/", {"version": 1, "statement": "Changed."})
    response = reporter.patch(f"{CLAIMS}{claim.slug}/", {"version": 1, "statement": "Mine."})
    assert response.status_code == 409
    problem = response.json()
    assert response["Content-Type"] == payloads.PROBLEM
    assert problem["type"] == "/problems/conflict"
    assert problem["version"] == 2
    assert problem["claim"] == claim.slug
    claim.refresh_from_db()
    assert claim.statement == "Changed."


def test_names_that_are_set_elsewhere_are_refused_with_the_place(reporter):
    claim = factories.claim()
    response = reporter.patch(
        f"{CLAIMS}{claim.slug}/",
        {"version": 1, "deadline": "2026-06-30", "status": "confirmed", "statment": "x"},
    )
    assert response.status_code == 400
    said = wrong(response)
    assert set(said) == {"deadline", "status", "statment"}
    assert "deadline/" in said["deadline"]
    assert "verdicts/" in said["status"]
    assert "statement" in said["statment"]


def test_the_wording_of_a_decided_claim_stands(reporter):
    claim = factories.claim()
    factories.decide(claim)
    response = reporter.patch(f"{CLAIMS}{claim.slug}/", {"version": 2, "statement": "Other."})
    assert response.status_code == 400
    assert "statement" in wrong(response)


# --- The deadline ---------------------------------------------------------------------------------


def test_a_deadline_moves_for_a_reason_and_is_then_the_newsrooms_own(editor):
    claim = factories.claim()
    response = editor.post(
        f"{CLAIMS}{claim.slug}/deadline/",
        {
            "deadline": "2026-06-30",
            "deadline_text": "by the summer",
            "deadline_precision": "half",
            "reason": "The company asked for more time.",
        },
    )
    assert response.status_code == 200, response.content
    sent = response.json()
    assert sent["deadline"] == "2026-06-30"
    assert sent["deadline_text"] == "by the summer"
    assert sent["deadline_precision"] == "half"
    assert sent["deadline_basis"] == "newsroom"
    assert sent["status"] == "open"
    assert LedgerEntry.objects.last().content["reason"] == "The company asked for more time."


def test_a_source_that_moves_its_own_deadline_is_held_to_it(editor):
    claim = factories.claim()
    sent = editor.post(
        f"{CLAIMS}{claim.slug}/deadline/",
        {"deadline": "2026-06-30", "deadline_basis": "source", "reason": "It wrote so."},
    ).json()
    assert sent["deadline_basis"] == "source"


def test_criteria_that_nobody_wrote_follow_a_deadline_and_others_where_one_says_so(editor):
    def proposed(day, wording):
        return criteria.proposed(
            "Northwind will open its plant.", language="en", deadline=day, wording=wording
        )

    def moved(claim, **more):
        return editor.post(
            f"{CLAIMS}{claim.slug}/deadline/",
            {"deadline": "2026-06-30", "deadline_text": "mid-year", "reason": "Later.", **more},
        ).json()["criteria"]

    told = {"statement": "Northwind will open its plant."}
    untouched = factories.claim(**told, criteria=proposed(date(2026, 3, 31), "end of Q1 2026"))
    assert moved(untouched) == proposed(date(2026, 6, 30), "mid-year")
    entry = LedgerEntry.objects.get(action="deadline moved")
    assert (entry.content["criteria"], entry.content["before"]["criteria"]) == (
        proposed(date(2026, 6, 30), "mid-year"),
        proposed(date(2026, 3, 31), "end of Q1 2026"),
    )

    written = "It opens by 31 March 2026."
    assert moved(factories.claim(**told, criteria=written)) == written
    assert moved(factories.claim(**told, criteria=written), criteria_day=True) == (
        "It opens by 30 June 2026."
    )


def test_a_deadline_does_not_move_to_a_day_that_has_passed(editor):
    claim = factories.claim()
    day = (newsroom.day(timezone.now()) - timedelta(days=2)).isoformat()
    response = editor.post(
        f"{CLAIMS}{claim.slug}/deadline/", {"deadline": day, "reason": "A slip of the finger."}
    )
    assert response.status_code == 400
    assert wrong(response)["deadline"].startswith("This day has passed:")


def test_new_words_for_the_same_day_leave_its_basis(editor):
    claim = factories.claim()
    sent = editor.post(
        f"{CLAIMS}{claim.slug}/deadline/",
        {"deadline": "2026-03-31", "deadline_text": "end of March", "reason": "A slip."},
    ).json()
    assert sent["deadline_basis"] == "source"
    assert sent["deadline_text"] == "end of March"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"deadline": "2026-06-30"}, "reason"),
        ({"deadline": "2026-06-30", "reason": "  "}, "reason"),
        ({"reason": "Because."}, "deadline"),
        ({"deadline": "2026-02-30", "reason": "Because."}, "deadline"),
        ({"deadline": "2026-01-01", "reason": "Because."}, "deadline"),
        (
            {"deadline": "2026-03-31", "reason": "Because.", "deadline_text": "end of Q1 2026"},
            "deadline",
        ),
        (
            {"deadline": "2026-06-30", "deadline_precision": "week", "reason": "B"},
            "deadline_precision",
        ),
    ],
)
def test_a_bad_deadline_is_refused_by_name(editor, body, field):
    claim = factories.claim()
    before = payloads.rows()
    response = editor.post(f"{CLAIMS}{claim.slug}/deadline/", body)
    assert response.status_code == 400
    assert field in wrong(response)
    assert payloads.rows() == before


def test_a_stale_version_does_not_move_the_deadline(editor):
    claim = factories.claim()
    editor.patch(f"{CLAIMS}{claim.slug}/", {"version": 1, "statement": "Changed."})
    response = editor.post(
        f"{CLAIMS}{claim.slug}/deadline/",
        {"deadline": "2026-06-30", "reason": "Because.", "version": 1},
    )
    assert response.status_code == 409


# --- Reports --------------------------------------------------------------------------------------


def test_a_report_is_added_and_listed(reporter, public):
    claim = factories.claim()
    response = reporter.post(
        f"{CLAIMS}{claim.slug}/reports/",
        payloads.report(source="Bloomberg", url="https://bloomberg.example/1", version=1),
    )
    assert response.status_code == 201, response.content
    sent = response.json()
    assert sent["source"] == "bloomberg"
    assert sent["claim"] == claim.slug
    assert sent["version"] == 2
    listed = public.get(f"{CLAIMS}{claim.slug}/reports/").json()
    assert listed["next"] is listed["previous"] is None
    assert [row["source"] for row in listed["results"]][-1] == "bloomberg"
    assert listed["results"] == public.get(f"{CLAIMS}{claim.slug}/").json()["reports"]
    assert set(listed["results"][0]) == {
        "source",
        "author",
        "url",
        "published_on",
        "stance",
        "certainty",
        "hedge",
        "via",
    }


def test_a_report_that_credits_itself_is_refused(reporter):
    claim = factories.claim()
    response = reporter.post(
        f"{CLAIMS}{claim.slug}/reports/", payloads.report(via="the wall street journal")
    )
    assert response.status_code == 400
    assert "via" in wrong(response)


def test_what_is_wrong_with_several_reports_is_told_at_once(stranger, reporter):
    response = reporter.post(
        CLAIMS,
        payloads.claim(
            statement="",
            reports=[
                payloads.report(url="ftp://x.example", published_on="yesterday"),
                payloads.report(stance="claims", source=""),
            ],
        ),
    )
    assert response.status_code == 400
    assert set(wrong(response)) == {
        "statement",
        "reports.0.url",
        "reports.0.published_on",
        "reports.1.stance",
        "reports.1.source",
    }


# --- Internal claims ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "reports/", "verdicts/"])
def test_an_internal_claim_does_not_exist_for_the_public(public, stranger, reporter, path):
    claim = factories.claim(public=False)
    address = f"{CLAIMS}{claim.slug}/{path}"
    assert public.get(address).status_code == 404
    assert stranger.get(address).status_code == 404
    assert reporter.get(address).status_code == 200


def test_an_internal_claim_is_in_no_public_list(public, stranger, reporter):
    claim = factories.claim(public=False)
    source = claim.reports.get().source.slug
    addresses = [
        CLAIMS,
        f"{CLAIMS}?public=false",
        f"{CLAIMS}?status=awaiting",
        f"{CLAIMS}?search=Amazon",
        "/api/v1/sources/",
    ]
    for address in addresses:
        assert public.get(address).json()["results"] == [], address
        assert stranger.get(address).json()["results"] == [], address
        assert len(reporter.get(address).json()["results"]) == 1, address
    for name, known in (("source", source), ("beat", claim.beat.slug)):
        asked = f"{CLAIMS}?{name}="
        unknown = public.get(f"{asked}nothing").json()["errors"]
        hidden = public.get(f"{asked}{known}").json()["errors"]
        assert str(hidden).replace(known, "nothing") == str(unknown)
        assert len(reporter.get(f"{asked}{known}").json()["results"]) == 1
    for path in ("", "record/", "positions/"):
        address = f"/api/v1/sources/{source}/{path}"
        assert public.get(address).status_code == 404, "only an internal claim names it"
        assert reporter.get(address).status_code == 200
