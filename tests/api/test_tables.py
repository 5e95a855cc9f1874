"""Lists as CSV and JSON Lines."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests import factories
from tests.api.payloads import CLAIMS, SOURCES
from verification.models import Claim
from verification.services import claimfile, imports

pytestmark = pytest.mark.django_db

LISTS = (CLAIMS, SOURCES, f"{SOURCES}wire/positions/", "/api/v1/leaderboard/")


@pytest.fixture(autouse=True)
def _claims() -> None:
    wire = factories.SourceFactory.create(slug="wire", name="=Wire")
    relay = factories.SourceFactory.create(slug="relay", name="Relay")
    for slug in ("one", "two"):
        drafts = [factories.report_draft(wire), factories.report_draft(relay, via=wire)]
        claim = factories.claim(slug=slug, statement=f"+{slug} “été”, 2", reports=drafts)
        factories.decide(claim)
    factories.claim(slug="internal", public=False, reports=[factories.report_draft(wire)])


def table(response) -> list[dict[str, str]]:
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.mark.parametrize("address", LISTS)
def test_a_list_has_the_same_rows_in_each_form(public, address):
    objects = public.get(address).json()["results"]
    assert objects
    lines = public.get(f"{address}?format=jsonl")
    assert lines["Content-Type"] == "application/jsonl"
    assert [json.loads(line) for line in lines.content.decode().splitlines()] == objects
    names = [row.get("name") or row.get("claim") or row.get("slug") for row in objects]
    rows = table(public.get(f"{address}?format=csv"))
    if address == CLAIMS:
        # One row for each report.
        assert [row["id"] for row in rows] == ["two", "two", "one", "one"]
    else:
        found = [row.get("name") or row.get("claim") for row in rows]
        assert [name.removeprefix("'") for name in found] == names


@pytest.mark.parametrize("address", LISTS)
def test_a_program_may_ask_by_header(public, address):
    for accept, sent in (
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/jsonl", "application/jsonl"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/json", "application/json"),
        ("application/json; charset=utf-8", "application/json"),
        ("text/csv;q=0.5, application/json;q=0.9", "application/json"),
        ("text/csv, application/json;q=0.9", "text/csv; charset=utf-8"),
        ("text/html, */*;q=0.1", "application/json"),
        ("", "application/json"),
    ):
        response = public.get(address, HTTP_ACCEPT=accept)
        assert response.status_code == 200, accept
        assert response["Content-Type"] == sent, accept
    assert public.get(address, HTTP_ACCEPT="text/csv;q=0").status_code == 406
    by_address = public.get(f"{address}?format=csv", HTTP_ACCEPT="text/html")
    assert by_address["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("address", LISTS)
def test_no_cell_is_a_formula(public, address):
    for row in csv.reader(io.StringIO(public.get(f"{address}?format=csv").content.decode())):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell


def test_the_claims_are_a_claims_file_and_come_in_again(public, tmp_path):
    response = public.get(f"{CLAIMS}?format=csv")
    assert response["Content-Disposition"] == 'attachment; filename="claims.csv"'
    file = tmp_path / "claims.csv"
    file.write_bytes(response.content)
    rows = [row for _number, row in claimfile.read(file)]
    assert [row["statement"] for row in rows] == ["+two “été”, 2", "+one “été”, 2"]
    summary = imports.import_rows(
        claimfile.read(file), actor=factories.managing_editor(), now=factories.NOW
    )
    assert (summary.unchanged, summary.refused) == (2, [])
    assert Claim.objects.count() == 3


def test_a_table_says_where_it_goes_on(public):
    first = public.get(f"{CLAIMS}?format=csv&limit=1")
    assert {row["id"] for row in table(first)} == {"two"}
    [(address, name)] = [part.split("; ") for part in first["Link"].split(", ")]
    assert name == 'rel="next"'
    second = public.get(address.strip("<>"))
    assert {row["id"] for row in table(second)} == {"one"}
    assert second["Link"].endswith('rel="prev"')
    assert "Link" not in public.get(f"{CLAIMS}?format=csv")
    assert public.get(f"{CLAIMS}?limit=1")["Link"].endswith('rel="next"')


def test_an_empty_list_keeps_its_form(public):
    for form, sent in (("csv", "text/csv; charset=utf-8"), ("jsonl", "application/jsonl")):
        response = public.get(f"{CLAIMS}?status=void&format={form}")
        assert response.status_code == 200
        assert response["Content-Type"] == sent
    assert public.get(f"{CLAIMS}?status=void&format=jsonl").content == b""
    assert table(public.get(f"{CLAIMS}?status=void&format=csv")) == []


def test_the_columns_of_a_leaderboard_say_what_they_are(public):
    [row] = [
        row for row in table(public.get("/api/v1/leaderboard/?format=csv")) if row["hits"] > "0"
    ]
    assert row["source"] == "wire"
    assert (row["hits"], row["misses"], row["provisional"]) == ("2", "0", "true")
    assert float(row["interval_low"]) < float(row["accuracy"]) < float(row["interval_high"])


def test_internal_claims_are_in_nobodys_table_but_the_desks(public, editor):
    for address in (CLAIMS, f"{SOURCES}wire/positions/"):
        for form in ("csv", "jsonl"):
            assert b"internal" not in public.get(f"{address}?format={form}").content
            assert b"internal" in editor.get(f"{address}?format={form}").content


def test_the_answer_to_a_change_is_json_whatever_the_list_can_be(managing):
    body = {"name": "A new one"}
    assert managing.post(SOURCES, body, HTTP_ACCEPT="text/csv").status_code == 406
    made = managing.post(f"{SOURCES}?format=csv", body)
    assert (made.status_code, made["Content-Type"]) == (201, "application/json")
    assert made.json()["name"] == "A new one"
