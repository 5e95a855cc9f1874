"""What a file says otherwise than what is kept, or than itself, is said and never swallowed."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.services.files import FORMATS, Row, confirmed, report, row, write
from tests.services.rows import nothing_changes
from verification.models import Claim, Report, User
from verification.services import claimfile, imports
from verification.services.importing import reporting
from verification.services.importing.summary import Summary

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)


@pytest.fixture
def manon() -> User:
    return factories.managing_editor(username="manon")


def bring_in(rows: list[Row] | Path, actor: User) -> Summary:
    pairs = claimfile.read(rows) if isinstance(rows, Path) else enumerate(rows, start=1)
    return imports.import_rows(pairs, actor=actor, now=NOW)


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# --- Otherwise than what is kept ------------------------------------------------------------------

CHANGED: list[tuple[Row, dict[str, tuple[str, str]]]] = [
    ({"statement": "Another."}, {"statement": ("Amazon will put", "Another.")}),
    ({"criteria": "Other criteria."}, {"criteria": ("Confirmed if", "Other criteria.")}),
    ({"language": "fr"}, {"language": ("en", "fr")}),
    ({"beat": "Sport"}, {"beat": ("AI & tech business", "Sport")}),
    ({"deadline": "2026-04-30"}, {"deadline": ("2026-03-31", "2026-04-30")}),
    ({"deadline_text": "in April"}, {"deadline_text": ("end of Q1 2026", "in April")}),
    ({"deadline_precision": "month"}, {"deadline_precision": ("quarter", "month")}),
    ({"deadline_basis": "newsroom"}, {"deadline_basis": ("source", "newsroom")}),
    ({"public": False}, {"public": ("true", "false")}),
    ({"assignee": "manon"}, {"assignee": ("–", "manon")}),
    ({"outcome_date": "2026-02-28"}, {"outcome_date": ("2026-02-27", "2026-02-28")}),
    ({"rationale": "Otherwise."}, {"rationale": ("Announced by both.", "Otherwise.")}),
    (
        {"evidence": [{"title": "Other", "url": "https://x.example/1"}]},
        {"evidence": ("OpenAI, Amazon", "Other")},
    ),
    (
        {"reports": [report(author="Another", hedge="may", headline="Head")]},
        {
            "reports.0.author": ("Berber Jin", "Another"),
            "reports.0.hedge": ("could", "may"),
            "reports.0.headline": ("–", "Head"),
        },
    ),
    ({"reports": [report(stance="disputes")]}, {"reports.0.stance": ("asserts", "disputes")}),
    ({"reports": [report(certainty="likely")]}, {"reports.0.certainty": ("roughly", "likely")}),
    ({"reports": [report(published="2026-01-30")]}, {"reports.0.published": ("01-29", "01-30")}),
    ({"reports": [report(via="Reuters")]}, {"reports.0.via": ("–", "Reuters")}),
]


@pytest.mark.parametrize(("changed", "told"), CHANGED)
def test_a_changed_field_of_a_claim_that_is_there_is_told_and_nothing_is_overwritten(
    manon: User, changed: Row, told: dict[str, tuple[str, str]]
) -> None:
    factories.SourceFactory.create(name="Reuters")
    bring_in([confirmed()], manon)
    with nothing_changes():
        summary = bring_in([confirmed() | changed], manon)
    assert (summary.kept, summary.unchanged, summary.refused) == (1, 0, [])
    (one,) = summary.differing
    assert (one.row, one.label) == (1, "amazon-openai")
    assert set(one.problems) == set(told)
    for name, (kept, said) in told.items():
        (message,) = one.problems[name]
        before, after = message.split(";", 1)
        assert kept in before
        assert said in after


def test_what_a_file_leaves_out_or_empty_says_nothing(manon: User) -> None:
    bring_in([confirmed(assignee="manon", public=False)], manon)
    silent = {
        "id": "amazon-openai",
        "statement": confirmed()["statement"],
        "beat": "ai & TECH business",
        "deadline": "2026-03-31",
        "deadline_text": "",
        "reports": [{"source": "wsj", "url": "https://www.wsj.com/1", "published": "2026-01-29"}],
    }
    source = Report.objects.get().source
    silent["reports"][0]["source"] = source.slug
    summary = bring_in([silent], manon)
    assert (summary.unchanged, summary.refused, summary.differing) == (1, [], [])


def test_a_new_report_comes_in_beside_what_differs(manon: User) -> None:
    bring_in([row()], manon)
    more = row(deadline="2026-04-30", reports=[report(hedge="may"), report(source="Reuters")])
    summary = bring_in([more], manon)
    assert (summary.reports, summary.grown, summary.kept, summary.rows) == (1, 1, 0, 1)
    assert set(summary.differing[0].problems) == {"deadline", "reports.0.hedge"}
    assert Claim.objects.get().reports.count() == 2


@pytest.mark.parametrize("kind", FORMATS)
def test_what_went_out_differs_in_nothing(manon: User, tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"claims.{kind}", [confirmed(), row(id="open", assignee="manon")])
    bring_in(path, manon)
    assert bring_in(path, manon).differing == []


def test_a_claim_that_comes_twice_with_another_deadline_is_told_by_its_second_row(
    manon: User,
) -> None:
    summary = bring_in([row(), row(deadline="2026-05-01")], manon)
    assert (summary.fresh, summary.kept, summary.rows) == (1, 1, 2)
    assert [(one.row, set(one.problems)) for one in summary.differing] == [(2, {"deadline"})]


def test_known_claims_are_compared_at_the_same_number_of_queries_however_many(manon: User) -> None:
    rows = [confirmed(id=f"claim-{n}", statement=f"Claim {n}.") for n in range(30)]
    bring_in(rows, manon)
    changed = copy.deepcopy(rows)
    for one in changed:
        one["reports"][0]["hedge"] = "may"

    def queries(found: list[Row]) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(bring_in(found, manon).differing) == len(found)
        return len(captured)

    assert queries(changed[:2]) == queries(changed)


# --- Otherwise than itself ------------------------------------------------------------------------

HEAD = "id,statement,beat,deadline,source,url,published,stance"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_two_rows_of_one_claim_that_contradict_each_other_are_both_named(
    manon: User, tmp_path: Path, kind: str
) -> None:
    lines = [
        HEAD,
        "one,A deal.,Tech,2026-06-30,Reuters,https://r.example/1,2026-01-05,asserts",
        "one,A deal.,Tech,2026-07-31,AFP,https://a.example/1,2026-01-06,asserts",
    ]
    path = table(tmp_path / "claims.csv", *lines)
    if kind == "xlsx":
        path = tmp_path / "claims.xlsx"
        book = openpyxl.Workbook()
        for line in lines:
            book.worksheets[0].append(line.split(","))
        book.save(path)
    with nothing_changes():
        summary = bring_in(path, manon)
    (refused,) = summary.refused
    assert list(refused.problems) == ["reports.1.deadline"]
    assert "row 3, column deadline: Here is “2026-07-31”, and in row 2 “2026-06-30”" in str(refused)
    # As it was, so that it can be mended.
    again = tmp_path / "again.csv"
    claimfile.write(again, "csv", [refused.content])
    assert "2026-07-31" in again.read_text()
    assert bring_in(again, manon).refused[0].problems == refused.problems


def test_what_the_first_row_of_a_claim_leaves_empty_a_later_one_fills(
    manon: User, tmp_path: Path
) -> None:
    path = table(
        tmp_path / "claims.csv",
        HEAD + ",criteria,public",
        "one,A deal.,Tech,2026-06-30,Reuters,https://r.example/1,2026-01-05,asserts,,",
        "one,,,,AFP,https://a.example/1,2026-01-06,asserts,If signed.,false",
        "one,A deal.,Tech,,Le Monde,https://m.example/1,2026-01-06,asserts,If sealed.,",
    )
    summary = bring_in(path, manon)
    assert "Here is “If sealed.”, and in row 3 “If signed.”" in str(summary.refused[0])
    path.write_text(path.read_text().replace("sealed", "signed"))
    assert bring_in(path, manon).reports == 3
    claim = Claim.objects.get()
    assert (claim.criteria, claim.public) == ("If signed.", False)


# --- All at once, in words of the file ------------------------------------------------------------


def test_all_faults_of_a_claim_are_told_in_one_round(manon: User, tmp_path: Path) -> None:
    """Types, references, choices, what does not go together and the verdict's."""
    bad = {
        "id": "Not a slug", "language": "de", "deadline": "2026-02-30", "assignee": "nobody",
        "public": "perhaps", "deadline_basis": "reader", "colour": "red",
        "reports": [report(stance="denies", published="soon", via="a\x00b")],
        "outcome": "confirmed", "outcome_date": "2027-01-01",
    }  # fmt: skip
    with nothing_changes():
        summary = bring_in([row() | bad], manon)
    assert set(summary.refused[0].problems) == {
        "id", "language", "deadline", "assignee", "public", "deadline_basis", "colour",
        "reports.0.stance", "reports.0.published", "reports.0.via", "outcome_date", "evidence",
    }  # fmt: skip


def test_all_faults_of_what_a_known_claim_lacks_are_told_in_one_round(manon: User) -> None:
    bring_in([row()], manon)
    more = row(
        reports=[report(), report(url="ftp://x"), report(url="https://x.example", stance="no")],
        outcome="confirmed",
        public="perhaps",
    )
    with nothing_changes():
        summary = bring_in([more], manon)
    assert set(summary.refused[0].problems) == {
        "public", "reports.1.url", "reports.2.stance", "evidence",
    }  # fmt: skip


def test_a_fault_is_named_by_the_row_and_column_of_a_table_and_by_the_path_of_json(
    manon: User, tmp_path: Path
) -> None:
    bad = confirmed(
        reports=[report(), report(url="https://www.wsj.com/2", stance="denies")],
        evidence=[{"title": "T", "url": "ftp://x"}],
        language="de",
    )
    for kind, told in {
        "csv": ["column language: ", "row 4, column stance: ", "column evidence, $[0].url: "],
        "xlsx": ["column language: ", "row 4, column stance: ", "column evidence, $[0].url: "],
        "json": ["$.language: ", "$.reports[1].stance: ", "$.evidence[0].url: "],
    }.items():
        path = write(tmp_path / f"claims.{kind}", [row(id="fine", reports=[]), bad])
        words = str(bring_in(path, manon).refused[0])
        assert [part for part in told if part not in words] == []


def test_evidence_that_is_no_json_keeps_out_its_own_claim_only(manon: User, tmp_path: Path) -> None:
    path = table(
        tmp_path / "claims.csv",
        "id,statement,beat,deadline,evidence",
        "one,A deal.,Tech,2026-06-30,[",
        "two,Another.,Tech,2026-06-30,{}",
        "three,A third.,Tech,2026-06-30,",
    )
    summary = bring_in(path, manon)
    assert [(one.label, list(one.problems)) for one in summary.refused] == [
        ("one", ["evidence"]),
        ("two", ["evidence"]),
    ]
    assert summary.claims == 1


def test_a_column_that_is_none_is_told_with_the_one_that_may_be_meant(manon: User) -> None:
    summary = bring_in([row(statment="A deal.")], manon)
    assert "Did you mean “statement”?" in str(summary.refused[0])


def test_the_report_has_a_line_for_each_fault_and_difference(manon: User, tmp_path: Path) -> None:
    bring_in([row()], manon)
    path = write(
        tmp_path / "claims.csv",
        [row(deadline="2026-05-31"), row(id="bad", reports=[report(), report(stance="no")])],
    )
    summary = bring_in(path, manon)
    found = "".join(reporting.lines(summary.refused, summary.differing)).splitlines()
    assert found[0] == "row,what,field,state,problem"
    assert found[1].startswith("4,bad,stance,refused,")
    assert found[-1].startswith("2,amazon-openai,deadline,differing,")


def test_rows_are_counted_as_a_spreadsheet_counts_them(manon: User, tmp_path: Path) -> None:
    path = table(
        tmp_path / "claims.csv",
        "id,statement,criteria,beat,deadline",
        'one,A deal.,"Two',
        'lines",Tech,2026-06-30',
        "",
        "bad,Another.,,Tech,someday",
    )
    summary = bring_in(path, manon)
    assert (summary.claims, summary.refused[0].row) == (1, 4)
