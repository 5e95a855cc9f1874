"""What every answer promises: problems, caching, links, and the documentation."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from tests import factories
from tests.api import payloads
from tests.api.payloads import CLAIMS, PROBLEM
from verification.api import problems
from verification.services import claims

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/api/v1/",
    CLAIMS,
    f"{CLAIMS}amazon/",
    f"{CLAIMS}amazon/reports/",
    f"{CLAIMS}amazon/verdicts/",
    "/api/v1/sources/",
    "/api/v1/sources/wsj/",
    "/api/v1/sources/wsj/record/",
    "/api/v1/sources/wsj/positions/",
    "/api/v1/leaderboard/",
    "/api/v1/beats/",
    "/api/v1/schema/",
]


@pytest.fixture
def _amazon() -> None:
    draft = factories.report_draft(factories.SourceFactory.create(slug="wsj"))
    factories.claim(slug="amazon", reports=[draft])


# --- Problems -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "address", "headers", "status", "kind"),
    [
        ("get", f"{CLAIMS}nobody/", {}, 404, "not-found"),
        ("get", "/api/v1/nowhere/", {}, 404, "not-found"),
        ("get", "/api/v1/nowhere", {}, 404, "not-found"),
        ("post", "/api/v1/nowhere/", {}, 404, "not-found"),
        ("delete", "/api/v1/claims/a/b/c", {}, 404, "not-found"),
        ("get", f"{CLAIMS}NOT a slug/", {}, 404, "not-found"),
        ("post", "/api/v1/leaderboard/", {}, 405, "method"),
        ("get", CLAIMS, {"HTTP_ACCEPT": "text/html"}, 406, "not-acceptable"),
        ("get", "/api/v1/docs/", {"HTTP_ACCEPT": "application/json"}, 406, "not-acceptable"),
        ("get", "/api/v1/schema/", {"HTTP_ACCEPT": "text/html"}, 406, "not-acceptable"),
        ("post", CLAIMS, {}, 401, "authentication"),
    ],
)
def test_every_error_is_a_problem(public, method, address, headers, status, kind):
    response = getattr(public, method)(address, **headers)
    assert response.status_code == status
    assert response["Content-Type"] == PROBLEM
    assert response["Cache-Control"] == "no-store"
    problem = json.loads(response.content)
    assert problem["type"] == f"/problems/{kind}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert "errors" not in problem


def test_a_form_is_not_json(managing):
    response = managing.post(CLAIMS, data={"a": "b"}, format="multipart")
    assert response.status_code == 415
    assert response.json()["type"] == "/problems/media-type"


def test_a_fault_of_our_own_is_a_problem_too(public, monkeypatch):
    factories.claim(slug="amazon")
    public.raise_request_exception = False

    def broken(*args, **kwargs):
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("verification.domain.outcomes.status", broken)
    response = public.get(f"{CLAIMS}amazon/")
    assert response.status_code == 500
    assert response["Content-Type"] == PROBLEM
    assert response.json()["type"] == "/problems/server"
    assert "secret" not in response.content.decode()


def test_errors_speak_the_readers_language(public):
    response = public.get(f"{CLAIMS}?limit=x", HTTP_ACCEPT_LANGUAGE="fr")
    assert response["Content-Language"] == "fr"


def test_an_address_without_its_last_slash_is_sent_on_with_its_method(public):
    for method in ("get", "post"):
        response = getattr(public, method)("/api/v1/claims?limit=1")
        assert response.status_code == 308
        assert response["Location"] == "/api/v1/claims/?limit=1"


def test_a_claim_of_the_same_name_made_meanwhile_is_tried_again(managing, monkeypatch):
    factories.BeatFactory.create(slug="ai")
    log, tries = claims.log, []

    def somebody_was_faster(**asked):
        tries.append(asked)
        if len(tries) == 1:
            # What two requests at the same moment come to: both found the slug free.
            factories.claim(slug="taken")
            asked["slug"] = "taken"
            monkeypatch.setattr("verification.services.drafts.Checks.done", lambda self: None)
            try:
                return log(**asked)
            finally:
                monkeypatch.undo()
        return log(**asked)

    monkeypatch.setattr(claims, "log", somebody_was_faster)
    response = managing.post(CLAIMS, payloads.claim(beat="ai"))
    assert response.status_code == 201, response.content
    assert response.json()["slug"] != "taken"


# --- Caching --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_amazon")
@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_answer_can_be_kept_and_asked_for_again(public, reporter, address):
    response = public.get(address)
    assert response.status_code == 200
    assert response["ETag"].startswith('W/"')
    assert response["Cache-Control"] == "public, no-cache"
    vary = {name.strip() for name in response["Vary"].split(",")}
    assert {"Authorization", "Cookie", "Accept", "Accept-Language"} <= vary

    again = public.get(address, HTTP_IF_NONE_MATCH=response["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == response["ETag"]
    assert again["Cache-Control"] == response["Cache-Control"]

    head = public.head(address)
    assert (head.status_code, head["ETag"]) == (200, response["ETag"])

    mine = reporter.get(address)
    assert mine.status_code == 200
    assert "private" in mine["Cache-Control"]
    assert "public" not in mine["Cache-Control"]


@pytest.mark.usefixtures("_amazon")
def test_the_etag_changes_with_the_claim(public, reporter):
    before = public.get(f"{CLAIMS}amazon/")["ETag"]
    reporter.patch(f"{CLAIMS}amazon/", {"version": 1, "statement": "Changed."})
    after = public.get(f"{CLAIMS}amazon/", HTTP_IF_NONE_MATCH=before)
    assert after.status_code == 200
    assert after["ETag"] != before


def test_a_change_is_kept_by_nobody(managing):
    factories.BeatFactory.create(slug="ai")
    response = managing.post(CLAIMS, payloads.claim(beat="ai"))
    assert response["Cache-Control"] == "no-store"


# --- Documentation --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema():
    GENERATOR_STATS.reset()
    made = SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS._warn_cache, dict(GENERATOR_STATS._warn_cache)
    assert not GENERATOR_STATS._error_cache, dict(GENERATOR_STATS._error_cache)
    return made


def test_the_schema_is_valid_openapi_3_1_without_a_warning(schema):
    assert schema["openapi"].startswith("3.1")
    validate_schema(schema)


def test_the_command_makes_it_without_a_warning(tmp_path):
    made = tmp_path / "schema.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(made))
    assert made.read_text().startswith("openapi: 3.1")


def operations(schema):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_operation_says_what_it_is_and_how_it_fails(schema):
    assert len(list(operations(schema))) == 19
    for path, method, operation in operations(schema):
        assert operation["summary"], path
        failures = {status for status in operation["responses"] if status >= "400"}
        assert {"400", "401"} <= failures, path
        if "{slug}" in path:
            assert "404" in failures, path
        if method != "get":
            assert {"403", "415"} <= failures, path
        for status in failures:
            assert list(operation["responses"][status]["content"]) == [PROBLEM]
        names = {parameter["name"] for parameter in operation.get("parameters", [])}
        if method == "post":
            assert "Idempotency-Key" in names, path
        if method == "get":
            assert {} in operation["security"], path
        else:
            assert {} not in operation["security"], path


def test_the_schema_and_an_answer_have_the_same_names(schema, public):
    factories.claim(slug="amazon")
    sent = public.get(f"{CLAIMS}amazon/").json()
    assert list(schema["components"]["schemas"]["Claim"]["properties"]) == list(sent)
    record = public.get(f"/api/v1/sources/{sent['reports'][0]['source']}/record/").json()
    assert set(schema["components"]["schemas"]["Record"]["properties"]) == set(record)


def test_enumerations_have_names(schema):
    named = {
        name for name, component in schema["components"]["schemas"].items() if "enum" in component
    }
    assert {"Basis", "Certainty", "ClaimStatus", "Precision", "Stance", "VerdictOutcome"} <= named


def test_the_schema_comes_as_json_unless_yaml_is_asked_for(public):
    assert public.get("/api/v1/schema/").json()["openapi"].startswith("3.1")
    assert public.get("/api/v1/schema/?format=json").json()["info"]["version"] == "1"
    yaml = public.get("/api/v1/schema/?format=yaml")
    assert yaml.content.startswith(b"openapi: 3.1")
    assert public.get("/api/v1/schema/", HTTP_ACCEPT="application/yaml").content == yaml.content


def test_the_reader_loads_nothing_from_elsewhere_and_has_no_script_inside(public):
    page = public.get("/api/v1/docs/")
    html = page.content.decode()
    for address in re.findall(r'(?:src|href)="([^"]+)"', html):
        assert address.startswith("/"), address
    assert "favicon-32x32.png" in html
    assert not re.search(r"<script(?![^>]*src=)[^>]*>|<style|style=", html)
    assert "unsafe" not in page["Content-Security-Policy"]
    script = public.get("/api/v1/docs/?script=")
    assert script["Content-Type"] == "application/javascript"
    assert "/api/v1/schema/" in script.content.decode()


def test_every_kind_of_problem_is_documented():
    page = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text()
    for name, _title in (*problems.TYPES.values(), problems.MALFORMED):
        assert f"`/problems/{name}`" in page, name


@override_settings(SITE_URL="https://news.example")
def test_addresses_of_pages_are_those_of_the_site(public):
    factories.claim(slug="amazon")
    sent = public.get(f"{CLAIMS}amazon/").json()
    assert sent["url"] == "https://news.example/claims/amazon/"
