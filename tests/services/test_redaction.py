"""A person is taken out of the sources and out of the ledger, and the chain still holds."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from tests import factories
from tests.services.desk import LONG, RANKS, somebody
from verification import guards
from verification.domain.chainwalk import Walk
from verification.domain.ledger import GENESIS, chain_hash
from verification.models import Claim, LedgerEntry, Record, Report, Source, User
from verification.services import (
    claims,
    crosscheck,
    ledgerexport,
    merging,
    proof,
    recomputing,
    redaction,
    reports,
    sources,
    verdicts,
)

pytestmark = pytest.mark.django_db

NOW = factories.NOW
CANARIES = ("zélie", "zelie", "@z_quux")


@pytest.fixture
def boss() -> User:
    return factories.managing_editor(username="boss")


@pytest.fixture
def zelie(boss: User) -> Source:
    """A reporter with two reports, one byline elsewhere, an earlier name and a merged twin."""
    by = {"actor": boss, "now": NOW}
    outlet = sources.create_source(**by, name="The Paper")
    made = sources.create_source(
        **by, name="Zélie Q.", kind="reporter", outlet=outlet, homepage="https://zelie.example"
    )
    sources.edit_source(**by, source=made, changes={"name": "Zélie Quux"})
    sources.edit_source(
        **by, source=made, changes={"aliases": ["La Zélie", "Zelie la reine"], "domains": []}
    )
    sources.edit_source(
        **by,
        source=made,
        changes={"aliases": ["La Zélie"], "domains": ["zelie-quux.example"]},
    )
    twin = sources.create_source(**by, name="@z_quux", kind="account")
    merging.merge(**by, source=twin, into=made)
    made.refresh_from_db()
    first = factories.claim(
        actor=boss,
        statement="The bank will be sold.",
        reports=[
            factories.report_draft(made, author="Z. Q.", url="https://paper.example/1"),
            factories.report_draft(outlet, author="ZÉLIE QUUX", via=made),
        ],
    )
    amended = first.reports.get(source=made)
    reports.amend_report(
        **by,
        report=amended,
        draft=factories.report_draft(made, author="Zélie Quux", url="https://paper.example/1"),
    )
    first.refresh_from_db()
    factories.decide(first, actor=boss)
    return made


def redact(boss: User, source: Source, reason: str = "Asked to be forgotten.") -> redaction.Effect:
    return redaction.redact(actor=boss, source=source, reason=reason, now=NOW)


def test_nothing_that_is_kept_has_the_name_any_more(boss: User, zelie: Source) -> None:
    effect = redact(boss, zelie)
    assert effect.name == "Zélie Quux"
    kept = json.dumps(
        [
            list(Source.objects.values("name", "slug", "homepage")),
            list(Report.objects.values_list("author", flat=True)),
            list(Source.objects.values_list("key", "aliases__name", "domains__domain")),
            list(LedgerEntry.objects.values_list("content", "sealed", "actor_name", "claim_slug")),
        ],
        ensure_ascii=False,
    ).casefold()
    assert [canary for canary in CANARIES if canary in kept] == []
    exported = b"".join(ledgerexport.lines(public=False)).decode().casefold()
    assert [canary for canary in CANARIES if canary in exported] == []


def test_the_chain_holds_and_an_entry_says_what_was_done(boss: User, zelie: Source) -> None:
    before = dict(LedgerEntry.objects.values_list("number", "hash"))
    effect = redact(boss, zelie)
    last = LedgerEntry.objects.order_by("number").last()
    assert last is not None
    assert last.action == "entries redacted"
    assert last.content["reason"] == "Asked to be forgotten."
    touched = set(
        LedgerEntry.objects.filter(redacted_by=last.number).values_list("number", flat=True)
    )
    assert set(last.content["entries"]) == touched
    assert effect.entries == len(touched) > 4
    assert before.items() <= dict(LedgerEntry.objects.values_list("number", "hash")).items()
    assert proof.of_database(Walk()) is None
    assert list(crosscheck.differences()) == []


def test_what_stays_of_an_entry_can_still_be_read_and_is_still_proven(
    boss: User, zelie: Source
) -> None:
    redact(boss, zelie)
    logged = LedgerEntry.objects.get(action="claim logged")
    assert logged.content["statement"] == "The bank will be sold."
    [theirs, papers] = logged.content["reports"]
    assert theirs["source"] == f"removed-{zelie.pk}"
    assert (theirs["author"], theirs["url"]) == ("", "https://paper.example/1")
    assert (papers["source"], papers["via"]) == ("the-paper", f"removed-{zelie.pk}")
    guards.take_down(connection)
    for change in (
        {"statement": "The bank will not be sold."},
        {"reports": [theirs | {"author": "Somebody Else"}, papers]},
        {"reports": [theirs | {"source": "somebody-else"}, papers]},
    ):
        LedgerEntry.objects.filter(pk=logged.pk).update(content=logged.content | change)
        fault = proof.of_database(Walk())
        assert fault is not None
        assert fault.number == logged.number
    guards.put_up(connection)


def test_no_figure_changes_and_the_outlet_keeps_its_record(boss: User, zelie: Source) -> None:
    rows = list(Record.objects.order_by("pk").values())
    redact(boss, zelie)
    assert list(Record.objects.order_by("pk").values()) == rows
    assert recomputing.differences() == []
    zelie.refresh_from_db()
    assert (zelie.name, zelie.slug) == (f"Removed person {zelie.pk}", f"removed-{zelie.pk}")
    assert zelie.outlet is not None
    assert zelie.outlet.name == "The Paper"


def test_a_preview_says_it_all_and_changes_nothing(boss: User, zelie: Source) -> None:
    claims.log(
        actor=boss,
        statement="Zélie Quux will join the bank.",
        beat=Claim.objects.get().beat,
        deadline=factories.DeadlineDraft(day=factories.date(2026, 6, 30)),
        now=NOW,
    )
    corrected = factories.claim(actor=boss, statement="Somebody will leave it.", reports=[])
    factories.decide(corrected, actor=boss)
    verdicts.revise(
        actor=boss,
        claim=corrected,
        version=corrected.version,
        outcome="void",
        rationale="Nobody can say.",
        correction="Zélie Quux told us.",
        now=NOW,
    )
    before = list(LedgerEntry.objects.values())
    effect = redaction.preview(actor=boss, source=zelie, reason="Asked.", now=NOW)
    assert (effect.reports, effect.authors) == (1, 2)
    assert {claim.statement for claim in effect.still_named} == {
        "Zélie Quux will join the bank.",
        "Somebody will leave it.",
    }
    assert list(LedgerEntry.objects.values()) == before
    zelie.refresh_from_db()
    assert zelie.name == "Zélie Quux"


def test_two_persons_are_taken_out_of_one_entry(boss: User, zelie: Source) -> None:
    other = factories.SourceFactory.create(kind="analyst", name="Ann Alyst", slug="ann-alyst")
    factories.claim(
        actor=boss, reports=[factories.report_draft(zelie), factories.report_draft(other)]
    )
    redact(boss, zelie)
    redact(boss, other)
    entry = LedgerEntry.objects.filter(action="claim logged").order_by("number").last()
    assert entry is not None
    assert [report["source"] for report in entry.content["reports"]] == [
        f"removed-{zelie.pk}",
        f"removed-{other.pk}",
    ]
    fault = proof.of_database(Walk())
    assert fault is None, fault


def test_an_old_entry_loses_all_that_it_said_and_keeps_its_place(boss: User) -> None:
    source = factories.SourceFactory.create(kind="official", name="Old Name", slug="old-name")
    entry = LedgerEntry(
        number=1, recorded_at=NOW, action="source created", previous_hash=GENESIS, format=1,
        content={"slug": "old-name", "name": "Old Name"},
    )  # fmt: skip
    entry.hash = chain_hash(GENESIS, proof.covered_1(entry))
    entry.save()
    redact(boss, source)
    entry.refresh_from_db()
    assert (entry.content, entry.redacted_by) == ({}, 2)
    assert proof.of_database(Walk()) is None
    lines = list(ledgerexport.lines(public=False))
    assert b"content" not in lines[0]


@pytest.mark.parametrize("rank", RANKS)
def test_only_a_managing_editor_may(zelie: Source, rank: str) -> None:
    if rank == "managing editor":
        redact(somebody(rank), zelie)
        return
    with pytest.raises(PermissionDenied):
        redact(somebody(rank), zelie)
    zelie.refresh_from_db()
    assert zelie.name == "Zélie Quux"


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("", "Say why"),
        ("  ", "Say why"),
        ("Mail of zélie quux.", "leave the name out"),
        (LONG, "at most 2000"),
        ("a\x00b", "Control"),
    ],
)
def test_a_reason_that_cannot_be_kept_is_refused(
    boss: User, zelie: Source, reason: str, says: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        redact(boss, zelie, reason)
    assert says in str(caught.value.message_dict["reason"])


def test_an_outlet_and_a_merged_source_are_refused(boss: User, zelie: Source) -> None:
    for source in (Source.objects.get(slug="the-paper"), zelie.merged.get()):
        with pytest.raises(ValidationError) as caught:
            redact(boss, source)
        assert "source" in caught.value.message_dict
        assert not redaction.possible(source)
    assert redaction.possible(zelie)


# --- What the database itself allows --------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"content": {}},
        {"content": {}, "secret": ""},
        {"content": {}, "secret": "", "redacted_by": 999},
        {"content": {}, "secret": "", "redacted_by": 1},
        {"content": {}, "redacted_by": "last"},
        {"secret": "", "redacted_by": "last", "hash": "0" * 64},
        {"secret": "", "redacted_by": "last", "digest": "0" * 64},
        {"secret": "", "redacted_by": "last", "actor_name": "robin"},
        {"secret": "", "redacted_by": "last", "actor": None},
        {"secret": "", "redacted_by": "last", "claim_slug": "else"},
        {"secret": "", "redacted_by": "last", "action": "verdict"},
        {"secret": "", "redacted_by": "last", "recorded_at": NOW.replace(year=2025)},
        {"secret": "", "redacted_by": "last", "format": 1},
    ],
)
def test_the_triggers_let_no_other_update_pass(
    boss: User, zelie: Source, change: dict[str, object]
) -> None:
    redact(boss, zelie)
    last = LedgerEntry.objects.order_by("-number").values_list("number", flat=True)[0]
    if change.get("redacted_by") == "last":
        change = change | {"redacted_by": last}
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        LedgerEntry.objects.filter(action="claim logged").update(**change)


def test_what_is_taken_away_under_cover_of_a_redaction_is_found(boss: User, zelie: Source) -> None:
    """The triggers let it pass, where somebody with SQL claims that it was a redaction."""
    spared = factories.claim(actor=boss, statement="Nobody is named here.")
    redact(boss, zelie)
    last = LedgerEntry.objects.order_by("-number").values_list("number", flat=True)[0]
    entry = spared.history.get()
    shown = proof.shown(entry)
    digests = [[list(field.path), field.digest()] for field in shown.fields]
    assert LedgerEntry.objects.filter(pk=entry.pk).update(
        secret="", redacted_by=last, sealed={"salts": [], "digests": digests}
    )
    fault = proof.of_database(Walk())
    assert fault is not None
    assert fault.number == entry.number
    assert "no entry says why" in fault.what
