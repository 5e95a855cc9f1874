"""Evidence comes in as a spreadsheet has it, an address a line, and as JSON."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests import factories
from tests.services.files import confirmed, report, row, write
from tests.services.rows import nothing_changes
from verification.models import Evidence, User
from verification.services import claimfile, exports, imports
from verification.services.importing import single
from verification.services.importing.summary import Summary

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)
PAGE = "https://www.bank.example/1"


@pytest.fixture
def manon() -> User:
    return factories.managing_editor(username="manon")


def bring_in(path: Path, actor: User, **options: Any) -> Summary:
    return imports.import_rows(claimfile.read(path), actor=actor, now=NOW, **options)


def sheet(path: Path, evidence: str | None) -> Path:
    """A table with one decided claim, its evidence as somebody typed it into the cell."""
    claim = confirmed()
    (told,) = claim.pop("reports")
    cells = claim | told | {"evidence": evidence}
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([list(cells), list(cells.values())])
    else:
        book = openpyxl.Workbook()
        book.worksheets[0].append(list(cells))
        book.worksheets[0].append(list(cells.values()))
        book.save(path)
    return path


PAGES = [("bank.example", PAGE), ("Statement by the bank", f"{PAGE}?2"), ("Report", f"{PAGE}?3")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "cell",
    [
        f"{PAGE}\nStatement by the bank | {PAGE}?2\nReport — {PAGE}?3",
        json.dumps([{"title": title, "url": url} for title, url in PAGES]),
    ],
)
def test_evidence_in_a_cell_is_an_address_a_line_or_json(
    manon: User, tmp_path: Path, kind: str, cell: str
) -> None:
    assert bring_in(sheet(tmp_path / f"claims.{kind}", cell), manon).refused == []
    assert list(Evidence.objects.order_by("id").values_list("title", "url")) == PAGES


def test_an_address_without_a_title_is_told_to_go_by_its_host(manon: User, tmp_path: Path) -> None:
    path = sheet(tmp_path / "claims.csv", f"{PAGE}\nA | {PAGE}?2")
    dry = bring_in(path, manon, dry_run=True)
    (noted,) = dry.noted
    (message,) = noted.problems["evidence"]
    assert f"“{PAGE}” has no title" in message
    assert "“bank.example”" in message
    alone = single.one_by_one(claimfile.read(path), actor=manon, now=NOW)
    assert [one.problems for one in alone.noted] == [noted.problems]


def test_a_named_address_changes_nothing_where_the_same_cell_comes_again(
    manon: User, tmp_path: Path
) -> None:
    named = [
        {"title": "Named", "url": PAGE, "published": "2026-02-27"},
        {"title": "A", "url": f"{PAGE}?2"},
    ]
    bring_in(sheet(tmp_path / "named.csv", json.dumps(named)), manon)
    path = sheet(tmp_path / "claims.csv", f"{PAGE}\nA | {PAGE}?2")
    with nothing_changes():
        again = bring_in(path, manon)
    assert (again.unchanged, again.differing) == (1, [])
    changed = bring_in(sheet(path, f"{PAGE}\nB | {PAGE}?2"), manon)
    assert list(changed.differing[0].problems) == ["evidence"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "jsonl"])
def test_what_came_in_as_lines_goes_out_in_the_usual_form_and_in_again(
    manon: User, tmp_path: Path, kind: str
) -> None:
    bring_in(sheet(tmp_path / "claims.csv", f"{PAGE}\nA | {PAGE}?2"), manon)
    path = tmp_path / f"out.{kind}"
    claimfile.write(path, kind, exports.export_rows())
    ((_number, out),) = claimfile.read(path)
    assert out["evidence"] == [
        {"title": "bank.example", "url": PAGE, "published": None},
        {"title": "A", "url": f"{PAGE}?2", "published": None},
    ]
    with nothing_changes():
        assert bring_in(path, manon).unchanged == 1


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("see the bank's site", "“see the bank's site” is no address of a page."),
        (f"{PAGE}\nand more", "“and more” is no address of a page."),
        ('[{"title": "A"', "Line 1 is not JSON"),
        ("{}", "This takes a list of objects."),
        ("12", "This takes a list of objects."),
        ("", "at least one piece of evidence"),
        (None, "at least one piece of evidence"),
    ],
)
def test_evidence_that_cannot_be_used_is_answered_with_an_example(
    manon: User, tmp_path: Path, cell: str | None, told: str
) -> None:
    path = sheet(tmp_path / "claims.csv", cell)
    with nothing_changes():
        (message,) = bring_in(path, manon).refused[0].problems["evidence"]
    assert told in message
    # What is shown is what is taken.
    example = message.rpartition(" Or write JSON: ")[2]
    line = message.rpartition(" if you have one: “")[2].partition("”. Or ")[0]
    for one in (example, line):
        assert bring_in(sheet(path, one), manon, dry_run=True).refused == []
    with translation.override("fr"):
        (message,) = bring_in(sheet(path, cell), manon).refused[0].problems["evidence"]
    assert "« " not in message.partition("[{")[2]
    assert bring_in(sheet(path, message[message.index("[{") :]), manon, dry_run=True).refused == []


def test_a_refused_cell_is_given_back_as_it_was_typed(manon: User, tmp_path: Path) -> None:
    typed = f"{PAGE}\nand more"
    refused = bring_in(sheet(tmp_path / "claims.csv", typed), manon).refused
    claimfile.write(tmp_path / "refused.csv", "csv", [one.content for one in refused])
    with (tmp_path / "refused.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["evidence"] == typed


def test_reports_that_are_no_list_are_answered_with_an_example(manon: User, tmp_path: Path) -> None:
    path = write(tmp_path / "claims.json", [row(reports="https://www.wsj.com/1")])
    (message,) = bring_in(path, manon).refused[0].problems["reports"]
    example = json.loads(message.partition("For example: ")[2])
    assert bring_in(write(path, [row(reports=example)]), manon).refused == []


def test_a_table_with_a_column_of_reports_is_told_that_each_has_a_row(
    manon: User, tmp_path: Path
) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(
        f"statement,beat,deadline,reports\nA deal.,Tech,2026-06-30,{json.dumps([report()])[:9]}\n"
    )
    with nothing_changes(), pytest.raises(ValidationError, match="each report is a row of its own"):
        bring_in(path, manon)
