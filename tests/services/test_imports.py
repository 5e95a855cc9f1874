"""Claims files come in whole or not at all, once however often they are read."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from tests import factories
from tests.services.files import FORMATS, Row, confirmed, report, row, write
from tests.services.rows import everything, nothing_changes
from verification.models import Beat, Claim, LedgerEntry, Position, Report, Source, User, Verdict
from verification.services import claimfile, imports, recomputing
from verification.services.importing import batch
from verification.services.importing.summary import Summary

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)


@pytest.fixture
def manon() -> User:
    """A managing editor: she may make beats."""
    return factories.managing_editor(username="manon")


@pytest.fixture
def file(tmp_path: Path) -> Any:
    """Writes a file: rows, or the text of it."""

    def made(content: list[Row] | str | bytes, kind: str = "json") -> Path:
        path = tmp_path / f"claims.{kind}"
        if isinstance(content, list):
            return write(path, content)
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)
        return path

    return made


def bring_in(path: Path, actor: User, **options: Any) -> Summary:
    return imports.import_rows(claimfile.read(path), actor=actor, now=NOW, **options)


def counts(summary: Summary) -> tuple[int, int, int, int, int, int]:
    """Claims, reports, verdicts, new sources, unchanged, refused."""
    return (
        summary.claims,
        summary.reports,
        summary.verdicts,
        summary.sources,
        summary.unchanged,
        len(summary.refused),
    )


def problems(summary: Summary) -> dict[str, list[str]]:
    """Of the only refused row."""
    (refused,) = summary.refused
    return refused.problems


# --- What comes in --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_a_claim_comes_in_with_reports_and_verdict_from_every_format(
    manon: User, file: Any, kind: str
) -> None:
    factories.editor(username="emma")
    relay = report(
        source="KultureGeek",
        url="https://kulturegeek.fr/1",
        published="2026-01-30",
        via="The Wall Street Journal",
        author=None,
        hedge="serait",
    )
    rows = [confirmed(reports=[report(), relay], assignee="emma", public=False), row(id="second")]
    summary = bring_in(file(rows, kind), manon)
    assert counts(summary) == (2, 3, 1, 2, 0, 0)
    claim = Claim.objects.get(slug="amazon-openai")
    assert (claim.statement, claim.beat.name) == (rows[0]["statement"], "AI & tech business")
    assert (claim.deadline, claim.deadline_text) == (date(2026, 3, 31), "end of Q1 2026")
    assert (claim.deadline_precision, claim.deadline_basis) == ("quarter", "source")
    assert (claim.assignee.username, claim.public) == ("emma", False)  # type: ignore[union-attr]
    assert (claim.outcome, claim.logged_by, claim.logged_at) == ("confirmed", manon, NOW)
    assert claim.verdict is not None
    assert claim.verdict.became_known_on == date(2026, 2, 27)
    assert claim.verdict.rationale == "Announced by both."
    assert [(row.title, row.published_on) for row in claim.verdict.evidence.all()] == [
        ("OpenAI, Amazon", date(2026, 2, 27))
    ]
    assert [
        (row.source.name, row.via and row.via.name, row.hedge) for row in claim.reports.all()
    ] == [
        ("The Wall Street Journal", None, "could"),
        ("KultureGeek", "The Wall Street Journal", "serait"),
    ]
    assert dict(claim.positions.values_list("source__name", "credit")) == {
        "The Wall Street Journal": "hit",
        "KultureGeek": "relay-borne-out",
    }
    assert Claim.objects.get(slug="second").public
    assert recomputing.differences() == []


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_file_again_changes_nothing(manon: User, file: Any, kind: str) -> None:
    spoken = report(url="", published="2026-02-01")
    shouted = report(source="Reuters", url="HTTPS://reuters.com/1")
    path = file([confirmed(reports=[report(), spoken, shouted]), row(id="second")], kind)
    bring_in(path, manon)
    with nothing_changes():
        assert counts(bring_in(path, manon)) == (0, 0, 0, 0, 2, 0)


@pytest.mark.parametrize("beat", ["Tech & science", "tech", "TECH & science"])
def test_a_claim_without_an_id_is_found_again_by_statement_and_beat(
    manon: User, file: Any, beat: str
) -> None:
    factories.BeatFactory.create(name="Tech & science", slug="tech")
    first = row(beat=beat)
    del first["id"]
    path = file([first])
    assert counts(bring_in(path, manon)) == (1, 1, 0, 1, 0, 0)
    assert Claim.objects.get().slug == "amazon-will-put-at-least-50bn-into-openai"
    with nothing_changes():
        assert counts(bring_in(path, manon)) == (0, 0, 0, 0, 1, 0)


def test_a_claim_that_is_there_gets_the_reports_and_the_verdict_that_it_lacks(
    manon: User, file: Any
) -> None:
    bring_in(file([row()]), manon)
    grown = confirmed(
        statement="Reworded in the file.",
        reports=[report(), report(source="Reuters", url="https://reuters.com/1")],
    )
    assert counts(bring_in(file([grown]), manon)) == (0, 1, 1, 1, 0, 0)
    claim = Claim.objects.get()
    assert (claim.statement, claim.reports.count()) == (row()["statement"], 2)
    assert (claim.outcome, recomputing.differences()) == ("confirmed", [])


def test_another_outcome_than_the_one_that_was_decided_is_told_and_changes_nothing(
    manon: User, file: Any
) -> None:
    bring_in(file([confirmed()]), manon)
    with nothing_changes():
        summary = bring_in(file([confirmed(outcome="denied")]), manon)
    assert set(problems(summary)) == {"outcome"}


def test_a_void_and_a_lapsed_claim_come_in(manon: User, file: Any) -> None:
    void = row(id="void", outcome="void", rationale="Logged twice.")
    lapsed = row(id="lapsed", outcome="lapsed", outcome_date="2026-04-01")
    assert counts(bring_in(file([void, lapsed]), manon)) == (2, 2, 2, 1, 0, 0)
    assert set(Claim.objects.values_list("slug", "outcome")) == {
        ("void", "void"),
        ("lapsed", "lapsed"),
    }


def test_sources_come_in_and_fill_in_what_one_lacks(manon: User, file: Any) -> None:
    rows = [
        {"name": "Reuters", "kind": "agency", "homepage": "https://reuters.com", "language": "en"},
        {"name": "Le Monde"},
    ]
    assert counts(bring_in(file(rows), manon)) == (0, 0, 0, 2, 0, 0)
    more = [{"name": "LE MONDE", "kind": "outlet", "homepage": "https://lemonde.fr"}, rows[0]]
    summary = bring_in(file(more), manon)
    assert (counts(summary), summary.grown) == ((0, 0, 0, 0, 1, 0), 1)
    assert set(Source.objects.values_list("name", "kind", "homepage")) == {
        ("Reuters", "agency", "https://reuters.com"),
        ("Le Monde", "outlet", "https://lemonde.fr"),
    }


def test_dates_and_truths_of_a_spreadsheet_are_read_as_such(manon: User, file: Any) -> None:
    path = file([row()], "xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns["deadline"]).value = datetime(2026, 3, 31)  # noqa: DTZ001
    sheet.cell(2, columns["published"]).value = date(2026, 1, 29)
    sheet.cell(2, columns["public"]).value = False
    sheet.cell(2, columns["statement"]).value = 2027
    book.save(path)
    assert counts(bring_in(path, manon)) == (1, 1, 0, 1, 0, 0)
    claim = Claim.objects.get()
    assert (claim.deadline, claim.public, claim.statement) == (date(2026, 3, 31), False, "2027")
    assert claim.first_reported_on == date(2026, 1, 29)


def test_a_file_with_a_byte_order_mark_and_windows_lines_is_read(manon: User, file: Any) -> None:
    text = "".join(claimfile.as_csv([row(public=True)])).replace("\n", "\r\n")
    assert counts(bring_in(file(b"\xef\xbb\xbf" + text.encode(), "csv"), manon))[0] == 1


def test_rows_of_one_claim_that_stand_apart_come_together(manon: User, file: Any) -> None:
    head, first, other, second = "".join(
        claimfile.as_csv(
            [
                row(),
                row(id="other"),
                row(reports=[report(source="Reuters", url="https://reuters.com/1")]),
            ]
        )
    ).splitlines(keepends=True)
    assert counts(bring_in(file(head + first + other + second, "csv"), manon))[:2] == (2, 3)
    assert Claim.objects.get(slug="amazon-openai").reports.count() == 2


# --- What does not --------------------------------------------------------------------------------

BAD_ROWS: list[tuple[Row, set[str]]] = [
    (row(statement=""), {"statement"}),
    (row(statement="x" * 10_000), {"statement"}),
    (row(statement="a\x00b"), {"statement"}),
    (row(statement="a\ud800b"), {"statement"}),
    (row(statement=["a"]), {"statement"}),
    (row(id="Not a slug"), {"id"}),
    (row(id="a\x00b"), {"id"}),
    (row(beat=""), {"beat"}),
    (row(beat="x" * 121), {"beat"}),
    (row(language="de"), {"language"}),
    (row(deadline="2026-02-30"), {"deadline"}),
    (row(deadline="31.03.26"), {"deadline"}),
    (row(deadline="03/04/2026"), {"deadline"}),
    (row(deadline=None), {"deadline"}),
    (row(deadline="2026-01-28"), {"deadline"}),
    (row(deadline="9999-12-31"), {"deadline"}),
    (row(deadline_precision="week"), {"deadline_precision"}),
    (row(deadline_basis="reader"), {"deadline_basis"}),
    (row(public="perhaps"), {"public"}),
    (row(assignee="nobody"), {"assignee"}),
    (row(assignee="a\x00b"), {"assignee"}),
    (row(colour="red"), {"colour"}),
    (row(reports="none"), {"reports"}),
    (row(reports=["none"]), {"reports"}),
    (row(reports=[report(url="javascript:alert(1)")]), {"reports.0.url"}),
    (row(reports=[report(), report(source="")]), {"reports.1.source"}),
    (row(reports=[report(source="a\x00b")]), {"reports.0.source"}),
    (row(reports=[report(published="2026-02-30")]), {"reports.0.published"}),
    (row(reports=[report(published=None)]), {"reports.0.published"}),
    (row(reports=[report(published="2027-01-01")]), {"reports.0.published", "deadline"}),
    (row(reports=[report(stance="denies")]), {"reports.0.stance"}),
    (row(reports=[report(certainty="certain")]), {"reports.0.certainty"}),
    (row(reports=[report(page=3)]), {"reports.0.page"}),
    (row(reports=[report(), report()]), {"reports.1.url"}),
    (confirmed(outcome="true"), {"outcome"}),
    (confirmed(outcome="reopened"), {"outcome"}),
    (confirmed(outcome_date="2026-02-30"), {"outcome_date"}),
    (confirmed(outcome_date="2027-01-01"), {"outcome_date"}),
    (confirmed(evidence=[]), {"evidence"}),
    (confirmed(evidence=[{"title": "T", "url": "data:,x"}]), {"evidence.0.url"}),
    (confirmed(evidence=[{"title": "", "url": "https://x.example"}]), {"evidence.0.title"}),
    (
        confirmed(evidence=[{"title": "T", "url": "https://x.example", "published": "soon"}]),
        {"evidence.0.published"},
    ),
    (row(outcome="lapsed", deadline="2026-06-30"), {"outcome", "outcome_date"}),
    (row(outcome="void"), {"rationale"}),
    ({"name": ""}, {"name"}),
    ({"name": "Reuters", "kind": "newspaper"}, {"kind"}),
    ({"name": "Reuters", "homepage": "javascript:alert(1)"}, {"homepage"}),
    ({"name": "Reuters", "colour": "red"}, {"colour"}),
    ({}, {"statement", "beat", "deadline"}),
]


@pytest.mark.parametrize(("bad", "wrong"), BAD_ROWS)
def test_a_bad_row_is_named_by_its_fields_and_nothing_of_it_is_kept(
    manon: User, bad: Row, wrong: set[str]
) -> None:
    with nothing_changes():
        summary = imports.import_rows([(7, bad)], actor=manon, now=NOW)
    assert set(problems(summary)) == wrong
    assert summary.refused[0].row == 7
    assert str(summary.refused[0]).startswith("row 7 (")


def test_the_others_come_in_around_a_bad_row(manon: User, file: Any) -> None:
    rows = [
        row(id="first"),
        row(id="bad", reports=[report(source="Made up", url="javascript:alert(1)")]),
        row(id="third"),
    ]
    summary = bring_in(file(rows), manon)
    assert counts(summary) == (2, 2, 0, 1, 0, 1)
    assert (summary.refused[0].row, summary.refused[0].label) == (2, "bad")
    assert set(Claim.objects.values_list("slug", flat=True)) == {"first", "third"}
    assert not Source.objects.filter(name="Made up").exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_bad_row_of_a_table_is_named_by_its_line(manon: User, file: Any, kind: str) -> None:
    rows = [
        row(id="first", reports=[report(), report(url="https://www.wsj.com/2")]),
        row(id="bad", deadline="2026-02-30"),
    ]
    assert bring_in(file(rows, kind), manon).refused[0].row == 4


def test_a_bad_report_of_a_claim_that_is_there_is_named_by_its_place(
    manon: User, file: Any
) -> None:
    bring_in(file([row()]), manon)
    bad = row(reports=[report(), report(source="Reuters", stance="denies", url="ftp://x")])
    with nothing_changes():
        summary = bring_in(file([bad]), manon)
    assert set(problems(summary)) == {"reports.1.url", "reports.1.stance"}


def test_who_may_not_is_told(file: Any) -> None:
    nobody, reporter = factories.UserFactory.create(), factories.reporter()
    factories.BeatFactory.create(name="AI & tech business")
    with nothing_changes():
        assert len(bring_in(file([row()]), nobody).refused) == 1
        assert len(bring_in(file([confirmed()]), reporter).refused) == 1
        assert set(problems(bring_in(file([row(beat="New")]), reporter))) == {"beat"}
    assert counts(bring_in(file([row()]), reporter)) == (1, 1, 0, 1, 0, 0)


def test_a_dry_run_says_what_would_come_in_and_keeps_nothing(manon: User, file: Any) -> None:
    rows = [{"name": "Reuters"}, confirmed(), row(id="bad", deadline="2026-02-30")]
    with nothing_changes():
        summary = bring_in(file(rows), manon, dry_run=True)
    assert counts(summary) == (1, 1, 1, 2, 0, 1)


# --- Files that cannot be read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", "json"),
        ("{", "json"),
        ("{}", "json"),
        ("3", "json"),
        ("[3]", "json"),
        ("[" * 100_000, "json"),
        ("[" + "1" * 5000 + "]", "json"),
        (b"\xff\xfe\x00", "json"),
        ("[]\n", "jsonl"),
        ("not json\n", "jsonl"),
        (b"PK\x03\x04 not a workbook", "xlsx"),
        ("id,statement\n", "xlsx"),
        ("", "xlsx"),
        ('id,statement\n1,"open', "csv"),
        ("no,known,column\n1,2,3\n", "csv"),
        ("id,statement,id\n1,2,3\n", "csv"),
        (b"id,statement\n1,\xc3\xa9t\xe9\n", "csv"),
        (b"id,statement\n1,\x81\n", "csv"),
        ("anything", "txt"),
    ],
)
def test_a_malformed_file_is_refused_with_a_message(
    manon: User, file: Any, content: str | bytes, kind: str
) -> None:
    path = file(content, kind)
    with nothing_changes(), pytest.raises(ValidationError) as caught:
        bring_in(path, manon)
    assert caught.value.messages[0]


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(manon: User, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name in ("nothing.json", "nothing.xlsx", "folder.csv"):
        with pytest.raises(ValidationError, match=name):
            bring_in(tmp_path / name, manon)


def test_an_xlsx_that_is_another_kind_of_archive_is_refused(manon: User, tmp_path: Path) -> None:
    path = tmp_path / "claims.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<broken")
    with pytest.raises(ValidationError):
        bring_in(path, manon)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_an_empty_table_brings_in_nothing(manon: User, file: Any, kind: str) -> None:
    with nothing_changes():
        assert counts(bring_in(file([], kind), manon)) == (0, 0, 0, 0, 0, 0)


def test_a_comma_without_quotes_is_not_swallowed(manon: User, file: Any) -> None:
    text = "id,beat,deadline,statement\none,Tech,2026-06-30,A deal, perhaps\n"
    with nothing_changes():
        summary = bring_in(file(text, "csv"), manon)
    assert set(problems(summary)) == {"(more cells than columns)"}


def test_the_lines_before_a_broken_one_are_kept_and_the_message_says_which(
    manon: User, file: Any
) -> None:
    text = json.dumps(row()) + "\n\n{broken\n"
    with pytest.raises(ValidationError, match="Line 3"):
        bring_in(file(text, "jsonl"), manon)
    assert Claim.objects.count() == 1


# --- Cut off --------------------------------------------------------------------------------------


def test_an_import_that_was_cut_off_is_run_again_and_gives_the_same_rows(manon: User) -> None:
    rows = [
        (number, confirmed(id=f"claim-{number}", reports=[report(), report(url="", via="Reuters")]))
        for number in range(1, 6)
    ]

    def names() -> dict[str, set[Any]]:
        return {
            "claims": set(Claim.objects.values_list("slug", "outcome", "version")),
            "reports": set(Report.objects.values_list("claim__slug", "source__name", "url")),
            "verdicts": set(Verdict.objects.values_list("claim__slug", "outcome")),
            "positions": set(Position.objects.values_list("claim__slug", "source", "credit")),
            "sources": set(Source.objects.values_list("name", flat=True)),
            "beats": set(Beat.objects.values_list("name", flat=True)),
            "ledger": set(LedgerEntry.objects.values_list("number", "action", "claim_slug")),
        }

    def killed() -> Iterator[tuple[int, Row]]:
        yield from rows[:3]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imports.import_rows(killed(), actor=manon, now=NOW, at_once=1)
    assert Claim.objects.count() == 3
    summary = imports.import_rows(rows, actor=manon, now=NOW)
    assert counts(summary) == (2, 4, 2, 0, 3, 0)
    resumed = names()
    assert len(resumed["claims"]) == 5
    assert recomputing.differences() == []
    with nothing_changes():
        imports.import_rows(rows, actor=manon, now=NOW)


def test_a_claim_that_fails_halfway_leaves_nothing(
    manon: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*arguments: Any) -> None:
        raise KeyboardInterrupt

    before = everything()
    monkeypatch.setattr(batch.records, "enter", killed)
    with pytest.raises(KeyboardInterrupt):
        imports.import_rows([(1, confirmed())], actor=manon, now=NOW)
    assert everything() == before
