"""Bad input gets a message that names the field and says what it takes, and changes nothing."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests import factories
from tests.api import payloads
from tests.api.payloads import CLAIMS, SOURCES, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _beat(db: None) -> None:
    factories.BeatFactory.create(name="AI & tech business", slug="ai-tech-business")


@pytest.mark.parametrize(
    ("body", "field", "says"),
    [
        (payloads.claim(deadline="2026-01-28"), "deadline", "29 January 2026"),
        (payloads.claim(deadline="2026-02-30"), "deadline", "2026-02-30"),
        (payloads.claim(deadline="31/03/2026"), "deadline", "YYYY-MM-DD"),
        (payloads.claim(deadline=None), "deadline", "null"),
        (payloads.claim(deadline=20260331), "deadline", "YYYY-MM-DD"),
        (payloads.claim(deadline="9999-12-31"), "deadline", "2200"),
        (payloads.claim(deadline_precision="week"), "deadline_precision", "quarter"),
        (payloads.claim(deadline_basis="editor"), "deadline_basis", "newsroom"),
        (payloads.claim(statement=""), "statement", "blank"),
        (payloads.claim(statement="   "), "statement", "blank"),
        (payloads.claim(statement=None), "statement", "null"),
        (payloads.claim(statement=["x"]), "statement", "string"),
        (payloads.claim(statement="x" * 10_000), "statement", "500"),
        (payloads.claim(statement="null \0 byte"), "statement", "Null"),
        (payloads.claim(statement="\ud800"), "statement", "U+D800"),
        (payloads.claim(statement="a \x07 bell"), "statement", "ontrol"),
        (payloads.claim(criteria="x" * 10_000), "criteria", "2000"),
        (payloads.claim(language="de"), "language", "fr"),
        (payloads.claim(beat=""), "beat", "blank"),
        (payloads.claim(assignee="nobody"), "assignee", "nobody"),
        (payloads.claim(public="perhaps"), "public", "boolean"),
        (payloads.claim(slug="no slug!"), "slug", "slug"),
        (payloads.claim(reports={"source": "x"}), "reports", "list"),
        (payloads.claim(reports=["x"]), "reports.0", "dictionary"),
        (payloads.claim(reports=[payloads.report()] * 201), "reports", "200"),
        (
            payloads.claim(reports=[payloads.report(url="javascript:alert(1)")]),
            "reports.0.url",
            "http://",
        ),
        (
            payloads.claim(reports=[payloads.report(url="data:text/html,x")]),
            "reports.0.url",
            "http",
        ),
        (
            payloads.claim(reports=[payloads.report(published_on="2026-02-30")]),
            "reports.0.published_on",
            "2026-02-30",
        ),
        (
            payloads.claim(
                deadline="2027-01-01", reports=[payloads.report(published_on="2026-04-09")]
            ),
            "reports.0.published_on",
            "1 April 2026",
        ),
        (
            payloads.claim(reports=[payloads.report(stance="claims")]),
            "reports.0.stance",
            "disputes",
        ),
        (
            payloads.claim(reports=[payloads.report(certainty="maybe")]),
            "reports.0.certainty",
            "almost certain",
        ),
        (payloads.claim(reports=[payloads.report(hedge="x" * 101)]), "reports.0.hedge", "100"),
        (payloads.claim(reports=[payloads.report(source="")]), "reports.0.source", "blank"),
        (payloads.claim(reports=[payloads.report(source="x" * 201)]), "reports.0.source", "200"),
        (
            payloads.claim(reports=[payloads.report(via="The Wall Street Journal")]),
            "reports.0.via",
            "own source",
        ),
        (
            payloads.claim(reports=[payloads.report(), payloads.report()]),
            "reports.1.url",
            "already",
        ),
        (payloads.claim(reports=[payloads.report(sources="x")]), "reports.0.sources", "source"),
        (payloads.claim(status="confirmed"), "status", "verdict"),
        (payloads.claim(staement="x"), "staement", "statement"),
        ({}, "statement", "required"),
    ],
)
def test_a_bad_claim_names_its_field_and_changes_nothing(managing, body, field, says):
    before = payloads.rows()
    # As bytes, for a lone surrogate can be written in JSON though not in UTF-8.
    response = managing.post(CLAIMS, data=json.dumps(body), content_type="application/json")
    assert response.status_code == 400, response.content
    problem = response.json()
    assert problem["type"] == "/problems/validation"
    assert problem["status"] == 400
    assert problem["instance"] == CLAIMS
    assert field in problem["detail"]
    assert says in wrong(response)[field]
    assert payloads.rows() == before


def test_one_entry_for_each_wrong_field(managing):
    response = managing.post(CLAIMS, {"deadline": "soon", "language": "de"})
    errors = response.json()["errors"]
    fields = [error["field"] for error in errors]
    assert sorted(fields) == ["beat", "deadline", "language", "statement"]
    assert all(set(error) == {"field", "detail", "code"} for error in errors)
    assert {error["field"]: error["code"] for error in errors}["beat"] == "required"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (payloads.report(url="javascript:alert(1)"), "url"),
        (payloads.report(published_on="2026-02-30"), "published_on"),
        (payloads.report(published_on="2026-04-09"), "published_on"),
        (payloads.report(stance=""), "stance"),
        (payloads.report(version=7.5), "version"),
        ({"source": "x"}, "published_on"),
    ],
)
def test_a_bad_report_names_its_field_and_changes_nothing(reporter, body, field):
    claim = factories.claim()
    before = payloads.rows()
    response = reporter.post(f"{CLAIMS}{claim.slug}/reports/", body)
    assert response.status_code == 400, response.content
    assert field in wrong(response)
    assert payloads.rows() == before


def test_a_report_is_logged_once(reporter):
    claim = factories.claim(reports=[])
    address = f"{CLAIMS}{claim.slug}/reports/"
    assert reporter.post(address, payloads.report()).status_code == 201
    before = payloads.rows()
    response = reporter.post(address, payloads.report(published_on="2026-01-30"))
    assert response.status_code == 400
    assert "already" in wrong(response)["url"]
    assert payloads.rows() == before


def test_a_report_of_a_stale_version_is_a_conflict(reporter):
    claim = factories.claim()
    address = f"{CLAIMS}{claim.slug}/reports/"
    assert reporter.post(address, payloads.report()).status_code == 201
    before = payloads.rows()
    response = reporter.post(address, payloads.report(source="Reuters", version=1))
    assert response.status_code == 409
    assert payloads.rows() == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "version"),
        ({"version": None}, "version"),
        ({"version": "x"}, "version"),
        ({"version": 1, "statement": ""}, "statement"),
        ({"version": 1, "statement": None}, "statement"),
        ({"version": 1, "statement": "x" * 10_000}, "statement"),
        ({"version": 1, "language": "xx"}, "language"),
        ({"version": 1, "beat": None}, "beat"),
        ({"version": 1, "slug": "other"}, "slug"),
        ({"version": 1, "reports": []}, "reports"),
    ],
)
def test_a_bad_change_names_its_field_and_changes_nothing(managing, body, field):
    claim = factories.claim()
    before = payloads.rows()
    response = managing.patch(f"{CLAIMS}{claim.slug}/", body)
    assert response.status_code == 400, response.content
    assert field in wrong(response)
    assert payloads.rows() == before
    assert claim.__class__.objects.get().version == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "blog", "name": "x"}, "kind"),
        ({"name": "x", "homepage": "javascript:alert(1)"}, "homepage"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Taken"}, "name"),
        ({"name": "x", "slug": "taken"}, "slug"),
        ({"name": "x", "hompage": "https://x.example"}, "hompage"),
        ({"name": "x", "url": "https://x.example"}, "url"),
    ],
)
def test_a_bad_source_names_its_field_and_changes_nothing(managing, body, field):
    factories.SourceFactory.create(name="Taken", slug="taken")
    before = payloads.rows()
    response = managing.post(SOURCES, body)
    assert response.status_code == 400, response.content
    assert field in wrong(response)
    assert payloads.rows() == before


def test_a_deadline_of_the_first_reports_own_day_is_taken(managing):
    assert managing.post(CLAIMS, payloads.claim(deadline="2026-01-29")).status_code == 201


@pytest.mark.parametrize("body", ["{", "", '{"a": NaN}', "[" * 100_000, "\xff\xfe"])
def test_what_is_not_json_is_malformed(managing, body):
    response = managing.post(CLAIMS, data=body.encode("latin-1"), content_type="application/json")
    assert response.status_code == 400
    assert response["Content-Type"] == payloads.PROBLEM
    assert response.json()["type"] in ("/problems/malformed", "/problems/validation")


@pytest.mark.parametrize("body", ["[]", '"text"', "null", "3"])
def test_what_is_not_an_object_is_refused(managing, body):
    response = managing.post(CLAIMS, data=body, content_type="application/json")
    assert response.status_code == 400
    assert response["Content-Type"] == payloads.PROBLEM


def test_a_claim_without_reports_can_be_logged(managing):
    sent = managing.post(CLAIMS, payloads.claim(reports=[])).json()
    assert sent["reports"] == []
    assert sent["first_reported_on"] is None


def test_dates_in_the_answer_are_iso_8601(managing):
    sent = managing.post(CLAIMS, payloads.claim()).json()
    assert date.fromisoformat(sent["deadline"])
    assert sent["logged_at"] == "2026-04-01T09:00:00Z"
