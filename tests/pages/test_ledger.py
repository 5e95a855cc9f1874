"""The ledger for readers: its page, its head, and the file from which nothing leaks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from verification.models import Claim, LedgerEntry, Source
from verification.pages import ledger as page
from verification.services import claims, ledgerexport, people, sources, stories
from verification.services.drafts import StoryDraft

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SECRET = "quuxcanary"
NAMES = ("bossname", "robinname")


@pytest.fixture
def public() -> Claim:
    """A newsroom with a public claim and an internal one; what is secret has the canary in it."""
    boss = factories.managing_editor(username=NAMES[0])
    robin = factories.reporter(username=NAMES[1])
    by: dict[str, Any] = {"actor": boss, "now": NOW}
    hidden = sources.create_beat(**by, name=f"Beat {SECRET}", editor=robin)
    shown = sources.create_beat(**by, name="Markets", editor=robin)
    whisper = sources.create_source(**by, name=f"Source {SECRET}")
    paper = sources.create_source(**by, name="The Paper")
    internal = factories.claim(
        actor=boss,
        statement=f"Internal {SECRET}.",
        beat=hidden,
        public=False,
        assignee=robin,
        reports=[factories.report_draft(whisper), factories.report_draft(paper)],
    )
    factories.decide(internal, actor=boss, rationale=f"Rationale {SECRET}.")
    claim = factories.claim(
        actor=boss,
        statement="A public deal.",
        beat=hidden,
        assignee=robin,
        reports=[factories.report_draft(paper)],
    )
    claims.edit(**by, claim=claim, version=1, changes={"beat": shown})
    claim.refresh_from_db()
    claims.assign(**by, claim=claim, version=claim.version, assignee=boss)
    stories.add_story(
        **by,
        claim=claim,
        draft=StoryDraft(
            title=f"Ours {SECRET}", url="https://ours.example", published_on=NOW.date()
        ),
    )
    people.edit_user(**by, user=robin, fields={"first_name": SECRET}, role="editor")
    claim.refresh_from_db()
    factories.decide(claim, actor=boss)
    return claim


def export(client: Client, query: str = "", **headers: str) -> bytes:
    response = client.get(f"/ledger/export.jsonl{query}", headers=headers)
    assert response.status_code == 200
    return b"".join(response)  # type: ignore[arg-type]


def told(lines: bytes) -> dict[int, dict[str, Any]]:
    """By number: what is told of each entry, by its path."""
    return {
        entry["number"]: {
            "/".join(map(str, path)): value for _salt, path, value in entry.get("told", [])
        }
        for entry in map(json.loads, lines.splitlines())
    }


def test_nothing_internal_and_nobody_of_the_desk_is_in_the_file(
    client: Client, public: Claim
) -> None:
    whole = export(client).decode().lower()
    for canary in (SECRET, *NAMES):
        assert canary not in whole
    full = b"".join(ledgerexport.lines(public=False)).decode().lower()
    assert all(canary in full for canary in (SECRET, *NAMES)), "or the canaries prove nothing"


def test_what_readers_may_know_is_told(client: Client, public: Claim) -> None:
    entries = told(export(client))
    assert len(entries) == LedgerEntry.objects.count()
    logged, *others = [entry for entry in entries.values() if entry.get("claim") == public.slug]
    assert logged["action"] == "claim logged"
    assert logged["content/statement"] == "A public deal."
    assert logged["content/reports/0/source"] == "the-paper"
    assert [entry["action"] for entry in others] == ["claim edited", "verdict"]
    assert others[1]["content/outcome"] == "confirmed"
    assert "markets" in {entry.get("content/slug") for entry in entries.values()}


def test_what_is_withheld_tells_no_more_than_when(client: Client, public: Claim) -> None:
    lines = [json.loads(line) for line in export(client).splitlines()]
    withheld = [entry for entry in lines if "told" not in entry]
    assert len(withheld) == 7
    for entry in withheld:
        assert set(entry) == {"digest", "format", "hash", "number", "previous", "recorded_at"}


def test_a_claim_that_is_made_internal_is_withheld_from_then_on(
    client: Client, public: Claim
) -> None:
    before = client.get("/ledger/export.jsonl")["ETag"]
    claims.edit(
        actor=factories.editor(),
        claim=public,
        version=public.version,
        changes={"public": False},
        now=NOW,
    )
    assert b"A public deal" not in export(client)
    assert client.get("/ledger/export.jsonl")["ETag"] != before


def test_who_has_the_file_is_told_so(client: Client, public: Claim) -> None:
    first = client.get("/ledger/export.jsonl")
    assert first["Cache-Control"] == "public, max-age=60"
    assert first["Content-Type"] == "application/jsonl"
    again = client.get("/ledger/export.jsonl", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert client.get("/ledger/export.jsonl?after=1")["ETag"] != first["ETag"]
    head = client.head("/ledger/export.jsonl")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


def test_a_part_begins_after_an_entry_and_leads_to_the_next(
    client: Client, public: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = export(client)
    monkeypatch.setattr(page, "MOST", 5)
    monkeypatch.setattr(ledgerexport, "CHUNK", 2)
    parts, path = b"", "/ledger/export.jsonl"
    for _round in range(10):
        response = client.get(path)
        parts += b"".join(response)  # type: ignore[arg-type]
        if "Link" not in response:
            break
        path = response["Link"].partition(">")[0].partition("testserver")[2]
    assert parts == whole
    assert export(client, "?after=9999") == b""


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "٣", "9" * 30])
def test_a_number_that_is_none_is_refused_with_words(client: Client, after: str) -> None:
    response = client.get("/ledger/export.jsonl", {"after": after})
    assert response.status_code == 400
    assert "number of an entry" in response.content.decode()


def test_the_file_costs_the_same_queries_however_many_entries_a_chunk_has(
    client: Client, public: Claim
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            export(client)
        return len(captured)

    few = queries()
    boss = factories.managing_editor()
    for number in range(10):
        factories.claim(actor=boss, statement=f"Deal {number}.")
        sources.create_source(actor=boss, name=f"New {number}", now=NOW)
        sources.create_beat(actor=boss, name=f"New {number}", now=NOW)
    assert queries() == few


def test_the_head_stands_on_the_page_and_on_the_methods(client: Client, public: Claim) -> None:
    head = LedgerEntry.objects.order_by("-number")[0]
    for path in ("/ledger/", "/methodology/"):
        assert f"{head.number}:{head.hash}" in client.get(path).content.decode()
    sources.create_source(actor=factories.editor(), name="Another", now=NOW)
    head = LedgerEntry.objects.order_by("-number")[0]
    for path in ("/ledger/", "/methodology/"):
        assert f"{head.number}:{head.hash}" in client.get(path).content.decode(), "not a kept one"


def test_a_newsroom_without_any_entry_has_its_page_and_an_empty_file(client: Client) -> None:
    assert not Source.objects.exists()
    assert "There is no entry yet." in client.get("/ledger/").content.decode()
    assert export(client) == b""
    assert client.get("/methodology/").status_code == 200
