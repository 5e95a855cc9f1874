"""What anybody reads is kept while nothing changes, and changes at once when anything does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.handlers.base import BaseHandler
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.services.test_publication import _elsewhere
from verification.models import Beat, Claim, Record, Report, Source, User
from verification.services import (
    claims,
    figures,
    imports,
    merging,
    people,
    publication,
    recomputing,
    reports,
    sources,
    verdicts,
)
from verification.services.drafts import DeadlineDraft

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
API = "/api/v1/"


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@dataclass(frozen=True)
class Newsroom:
    """One of each, and somebody who may do everything."""

    boss: User
    beat: Beat
    journal: Source
    wire: Source
    undecided: Claim
    decided: Claim

    @property
    def report(self) -> Report:
        return Report.objects.get(claim=self.undecided, source=self.journal)


@pytest.fixture
def newsroom() -> Newsroom:
    boss = factories.managing_editor(username="max", is_superuser=True)
    beat = factories.BeatFactory.create(slug="space", name="Space")
    journal = factories.SourceFactory.create(slug="journal", name="Journal")
    wire = factories.SourceFactory.create(slug="wire", name="Wire")
    drafts = [factories.report_draft(journal), factories.report_draft(wire, via=journal)]
    decided = factories.claim(actor=boss, beat=beat, slug="decided", reports=drafts)
    factories.decide(decided, actor=boss)
    undecided = factories.claim(actor=boss, beat=beat, slug="undecided", reports=drafts)
    return Newsroom(boss, beat, journal, wire, undecided, decided)


# --- Each change is seen at once ------------------------------------------------------------------


def _version(claim: Claim) -> int:
    return Claim.objects.get(pk=claim.pk).version


def _amended(room: Newsroom) -> None:
    draft = factories.report_draft(room.journal, author="Ada Lovelace")
    reports.amend_report(actor=room.boss, report=room.report, draft=draft, now=NOW)


def _revised(room: Newsroom, give: Callable[..., Any], **said: Any) -> None:
    give(
        actor=room.boss,
        claim=room.decided,
        version=_version(room.decided),
        rationale="We were wrong.",
        now=NOW,
        **said,
    )


def _renamed(room: Newsroom) -> None:
    fields = {"username": "maxine", "first_name": "Maxine", "last_name": "Sandoval"}
    people.edit_user(actor=room.boss, user=room.boss, fields=fields, role="editor", now=NOW)


def _imported(room: Newsroom) -> None:
    row = {"id": "new", "statement": "It will land.", "beat": "Space", "deadline": "2026-12-31"}
    summary = imports.import_rows([(1, row)], actor=room.boss, now=NOW)
    assert not summary.refused


def _tallied_anew(room: Newsroom) -> None:
    """Somebody counts anew what was wrong in the tables."""
    recomputing.recompute()


#: Each service that changes something a reader sees: what it does, and where that is seen.
CHANGES: dict[str, tuple[Callable[[Newsroom], Any], tuple[str, ...]]] = {
    "claims.log": (
        lambda room: factories.claim(actor=room.boss, beat=room.beat, slug="new"),
        ("/", "/claims/", f"{API}claims/", f"{API}claims/?format=csv"),
    ),
    "claims.edit, its wording": (
        lambda room: claims.edit(
            actor=room.boss,
            claim=room.undecided,
            version=_version(room.undecided),
            changes={"statement": "It will not fly."},
            now=NOW,
        ),
        ("/claims/", "/claims/undecided/", "/sources/journal/", f"{API}claims/undecided/"),
    ),
    "claims.edit, its visibility": (
        lambda room: claims.edit(
            actor=room.boss,
            claim=room.decided,
            version=_version(room.decided),
            changes={"public": False},
            now=NOW,
        ),
        ("/", "/claims/", "/sources/journal/", f"{API}claims/", f"{API}sources/journal/record/"),
    ),
    "claims.extend": (
        lambda room: claims.extend(
            actor=room.boss,
            claim=room.undecided,
            version=None,
            deadline=DeadlineDraft(day=date(2026, 9, 30)),
            reason="Put off.",
            now=NOW,
        ),
        ("/claims/undecided/", f"{API}claims/undecided/", f"{API}claims/?ordering=deadline"),
    ),
    "claims.assign": (
        lambda room: claims.assign(
            actor=room.boss, claim=room.undecided, version=None, assignee=room.boss, now=NOW
        ),
        (f"{API}claims/undecided/", f"{API}claims/"),
    ),
    "reports.add_report": (
        lambda room: reports.add_report(
            actor=room.boss, claim=room.undecided, draft=factories.report_draft(), now=NOW
        ),
        ("/claims/undecided/", f"{API}claims/undecided/reports/", f"{API}leaderboard/"),
    ),
    "reports.amend_report": (
        _amended,
        ("/claims/undecided/", f"{API}claims/undecided/"),
    ),
    "reports.withdraw_report": (
        lambda room: reports.withdraw_report(actor=room.boss, report=room.report, now=NOW),
        ("/claims/undecided/", "/sources/journal/", f"{API}sources/journal/positions/"),
    ),
    "verdicts.decide": (
        lambda room: factories.decide(room.undecided, actor=room.boss, now=NOW),
        (
            "/",
            "/claims/?status=confirmed",
            "/claims/undecided/",
            "/leaderboard/",
            "/sources/journal/",
            f"{API}claims/undecided/",
            f"{API}claims/undecided/verdicts/",
            f"{API}leaderboard/",
            f"{API}leaderboard/?beat=space",
            f"{API}sources/journal/record/",
            f"{API}sources/journal/positions/",
        ),
    ),
    "verdicts.revise": (
        lambda room: _revised(
            room, verdicts.revise, outcome="denied", evidence=[factories.evidence()]
        ),
        ("/corrections/", "/claims/decided/", f"{API}sources/journal/record/"),
    ),
    "verdicts.void": (
        lambda room: _revised(room, verdicts.void),
        ("/corrections/", f"{API}claims/?status=void"),
    ),
    "verdicts.reopen": (
        lambda room: _revised(room, verdicts.reopen),
        ("/claims/decided/", f"{API}leaderboard/"),
    ),
    "sources.create_source": (
        lambda room: sources.create_source(actor=room.boss, name="A new one", now=NOW),
        ("/sources/", f"{API}sources/"),
    ),
    "sources.edit_source": (
        lambda room: sources.edit_source(
            actor=room.boss, source=room.journal, changes={"name": "The Journal"}, now=NOW
        ),
        ("/claims/undecided/", "/leaderboard/", "/sources/journal/", f"{API}leaderboard/"),
    ),
    "sources.create_beat": (
        lambda room: sources.create_beat(actor=room.boss, name="Sea", now=NOW),
        (f"{API}beats/",),
    ),
    "sources.edit_beat": (
        lambda room: sources.edit_beat(
            actor=room.boss, beat=room.beat, changes={"name": "Outer space"}, now=NOW
        ),
        ("/claims/", "/claims/decided/", f"{API}beats/", f"{API}claims/?format=csv"),
    ),
    "merging.merge": (
        lambda room: merging.merge(actor=room.boss, source=room.wire, into=room.journal, now=NOW),
        ("/sources/", "/claims/decided/", f"{API}sources/", f"{API}sources/wire/"),
    ),
    "people.edit_user": (
        _renamed,
        ("/claims/decided/", f"{API}claims/decided/", f"{API}claims/decided/verdicts/"),
    ),
    "imports.import_rows": (_imported, ("/claims/", f"{API}claims/")),
    "recomputing.recompute": (
        _tallied_anew,
        ("/sources/journal/", f"{API}sources/journal/record/"),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen_at_once_wherever_it_shows(client, newsroom, name, subtests):
    change, addresses = CHANGES[name]
    if name == "recomputing.recompute":
        Record.objects.filter(source=newsroom.journal).update(hits=7)
    before = {address: _read(client, address) for address in addresses}
    # Read again: now it is the kept one that must give way.
    assert {address: _read(client, address) for address in addresses} == before
    change(newsroom)
    for address in addresses:
        with subtests.test(address=address):
            assert _read(client, address) != before[address]


def _read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.content)
    # Each reader's own, and not of the record.
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_what_is_undone_changes_nothing(client, newsroom):
    before = client.get(f"{API}leaderboard/").json()
    effect = merging.preview(
        actor=newsroom.boss, source=newsroom.wire, into=newsroom.journal, now=NOW
    )
    assert effect.merged.positions
    assert client.get(f"{API}leaderboard/").json() == before


class Handler(BaseHandler):
    """All of the settings' middleware and the view."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware()


# --- While nothing changes ------------------------------------------------------------------------

ADDRESSES = ("/claims/decided/", f"{API}claims/decided/", f"{API}leaderboard/?limit=5")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("newsroom")
def test_it_takes_one_query_and_renders_nothing(client, address, monkeypatch):
    first = _read(client, address)
    monkeypatch.setattr("rest_framework.renderers.JSONRenderer.render", None)
    monkeypatch.setattr("django.template.base.Template.render", None)
    with CaptureQueriesContext(connection) as captured:
        assert _read(client, address) == first
    assert [query["sql"] for query in captured] == [publication.VERSION]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("newsroom")
def test_who_has_it_already_is_told_so_for_one_query(client, address):
    response = client.get(address)
    with CaptureQueriesContext(connection) as captured:
        again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == response["ETag"]
    assert len(captured) == 1


@pytest.mark.parametrize("address", [*ADDRESSES, f"{API}claims/nobody/", "/claims/?utm_source=x"])
@pytest.mark.usefixtures("newsroom")
def test_a_head_has_the_headers_of_the_answer_and_no_body(address):
    """As the web server gets it: the tests' own client would take the body away by itself."""
    sent, lengths = [], []
    for method in ("GET", "HEAD"):
        request = getattr(RequestFactory(), method.lower())(address)
        response = Handler().get_response(request)
        sent.append(response.content)
        lengths.append(response["Content-Length"])
    assert sent[0]
    assert sent[1] == b""
    assert lengths[1] == str(len(sent[0]))
    assert lengths[0] == lengths[1]


@pytest.mark.usefixtures("newsroom")
def test_the_order_of_the_parameters_does_not_matter(client):
    one = client.get(f"{API}claims/?limit=1&language=en")
    with CaptureQueriesContext(connection) as captured:
        other = client.get(f"{API}claims/?language=en&limit=1")
    assert other.content == one.content
    assert len(captured) == 1


@pytest.mark.usefixtures("newsroom")
def test_each_language_form_and_host_has_its_own(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    address = f"{API}claims/?limit=1"
    assert client.get("/").content != client.get("/", headers={"accept-language": "fr"}).content
    table = client.get(address, headers={"accept": "text/csv"})
    assert table["Content-Type"].startswith("text/csv")
    assert client.get(address)["Content-Type"] == "application/json"
    assert (
        client.get(address, headers={"host": "one.example"})
        .json()["next"]
        .startswith("http://one.example/")
    )
    assert (
        client.get(address, headers={"host": "two.example"})
        .json()["next"]
        .startswith("http://two.example/")
    )


@pytest.mark.usefixtures("newsroom")
def test_a_new_day_makes_an_open_claim_wait_for_its_verdict(client, newsroom):
    claims.extend(
        actor=newsroom.boss,
        claim=newsroom.undecided,
        version=None,
        deadline=DeadlineDraft(day=NOW.date()),
        reason="Put off to today.",
        now=NOW,
    )
    address = f"{API}claims/undecided/"
    assert client.get(address).json()["status"] == "open"
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert client.get(address).json()["status"] == "awaiting"


def test_who_is_signed_in_is_answered_anew_and_nothing_of_it_is_kept(client, newsroom):
    boss = Client()
    boss.force_login(newsroom.boss)
    for address in ADDRESSES:
        response = boss.get(address)
        assert response.status_code == 200
        assert "private" in response["Cache-Control"]
    assert len(publication.bodies) == 0


def test_a_readers_token_is_the_readers_own(newsroom):
    pages = {}
    for name in ("one", "other"):
        reader = Client(enforce_csrf_checks=True)
        html = reader.get("/claims/").content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1]
        pages[name] = (reader, token)
        answer = reader.post(
            "/i18n/setlang/", {"language": "fr", "next": "/", "csrfmiddlewaretoken": token}
        )
        assert answer.status_code == 302
    assert pages["one"][1] != pages["other"][1]
    assert len(publication.bodies) == 1
    wrong = pages["one"][0].post(
        "/i18n/setlang/", {"language": "fr", "csrfmiddlewaretoken": pages["other"][1]}
    )
    assert wrong.status_code == 403


@pytest.mark.usefixtures("newsroom")
def test_a_page_whose_token_no_longer_holds_is_sent_whole(client):
    etag = client.get("/claims/")["ETag"]
    del client.cookies["csrftoken"]
    response = client.get("/claims/", headers={"if-none-match": etag})
    assert response.status_code == 200
    assert "csrftoken" in response.cookies


# --- What is not kept -----------------------------------------------------------------------------


@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{API}claims/nobody/", 404),
        (f"{API}claims/?made=up", 400),
        (f"{API}leaderboard/?internal=1", 401),
        (f"{API}nowhere/", 404),
        ("/claims/nobody/", 404),
        ("/claims/?utm_source=somewhere", 200),
    ],
)
def test_refusals_and_made_up_addresses_fill_no_memory(client, address, status):
    assert client.get(address).status_code == status
    assert len(publication.bodies) == 0


@pytest.mark.usefixtures("newsroom")
def test_an_address_as_one_reader_wrote_it_is_not_shown_to_another(client):
    client.get("/claims/?&&&")
    assert 'name="next" value="/claims/"' in client.get("/claims/").content.decode()


@pytest.mark.usefixtures("newsroom")
def test_a_database_that_is_gone_is_a_problem_like_any_other(client, monkeypatch):
    def gone() -> None:
        raise DatabaseError("gone")

    client.raise_request_exception = False
    monkeypatch.setattr(publication, "version", gone)
    monkeypatch.setattr("verification.querysets.ClaimQuerySet.public", lambda self: gone())
    response = client.get(f"{API}claims/decided/")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"


# --- Between the version and the body -------------------------------------------------------------


@pytest.mark.usefixtures("real_transactions")
@pytest.mark.parametrize("address", [f"{API}sources/journal/record/", "/sources/journal/"])
def test_a_verdict_that_lands_while_a_page_is_rendered_mixes_no_old_with_new(
    client, monkeypatch, address, newsroom
):

    before = _read(client, address)
    publication.bodies.clear()
    board = figures.board
    landed = []

    def interrupted(*args: Any, **kwargs: Any) -> Any:
        found = board(*args, **kwargs)
        if not landed:
            landed.append(True)
            _elsewhere(lambda: factories.decide(newsroom.undecided, actor=newsroom.boss, now=NOW))
        return found

    monkeypatch.setattr(figures, "board", interrupted)
    during = _read(client, address)
    assert landed
    assert during == before, "what was rendered before the verdict, whole"
    after = _read(client, address)
    assert after != before, "and not a moment longer"
    publication.bodies.clear()
    assert _read(client, address) == after
