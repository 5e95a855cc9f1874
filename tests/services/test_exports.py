"""What goes out comes in again unchanged, and runs in nobody's spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.services.files import FORMATS, Row, confirmed, report, row, write
from tests.services.rows import nothing_changes
from verification.models import User
from verification.services import claimfile, exports, imports, verdicts, workbooks
from verification.services.drafts import one_line

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "''=1", "'quoted'", "=cmd|' /C calc'!A0"]


@pytest.fixture
def manon() -> User:
    return factories.managing_editor(username="manon")


@pytest.fixture
def newsroom(manon: User) -> list[Row]:
    """Claims of every kind, as they are exported."""
    relay = report(source="Kulture, Geek", url="", via="The Wall Street Journal", author=None)
    rows = [
        confirmed(reports=[report(), relay], assignee="manon"),
        row(id="open", reports=[], public=False, criteria='Line one.\nLine two; “été”, "x".'),
        row(id="lapsed", outcome="lapsed", outcome_date="2026-04-02"),
        row(id="void", outcome="void", rationale="Logged twice."),
        *(
            row(id=f"formula-{number}", statement=text, criteria=text, deadline_text=text)
            | {"reports": [report(hedge=text, author=text, headline=text)]}
            for number, text in enumerate(FORMULAS)
        ),
    ]
    summary = imports.import_rows(enumerate(rows, start=1), actor=manon, now=NOW)
    assert summary.refused == []
    exported = list(exports.export_rows())
    assert len(exported) == len(rows)
    return exported


def test_a_claim_is_exported_with_all_that_a_file_has(newsroom: list[Row]) -> None:
    assert newsroom[0] == confirmed(
        assignee="manon",
        public=True,
        reports=[
            report(),
            report(source="Kulture, Geek", url="", via="The Wall Street Journal", author=None),
        ],
    )
    assert newsroom[1]["public"] is False
    assert (newsroom[2]["outcome"], newsroom[2]["outcome_date"]) == ("lapsed", "2026-04-02")
    assert (newsroom[3]["outcome"], newsroom[3]["outcome_date"]) == ("void", None)


def test_a_reopened_claim_is_exported_as_undecided(newsroom: list[Row], manon: User) -> None:
    claim = factories.claim(actor=manon, slug="reopened")
    factories.decide(claim, actor=manon)
    verdicts.reopen(actor=manon, claim=claim, version=2, rationale="Too early.", now=NOW)
    exported = list(exports.export_rows())[-1]
    assert (exported["id"], exported["outcome"], exported["evidence"]) == ("reopened", None, [])


@pytest.mark.parametrize("kind", FORMATS)
def test_what_goes_out_comes_in_again_without_a_change(
    newsroom: list[Row], manon: User, tmp_path: Path, kind: str
) -> None:
    path = write(tmp_path / f"claims.{kind}", newsroom)
    with nothing_changes():
        summary = imports.import_rows(claimfile.read(path), actor=manon, now=NOW)
    assert (summary.unchanged, summary.refused) == (len(newsroom), [])


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_read_back_says_what_was_written(
    newsroom: list[Row], tmp_path: Path, kind: str
) -> None:
    path = write(tmp_path / f"claims.{kind}", newsroom)

    def said(rows: list[Row]) -> list[Row]:
        """Empty cells and the texts of numbers and truths are all the same to an import."""
        return [
            {
                name: [{k: v or None for k, v in item.items()} for item in value]
                if isinstance(value, list)
                else str(value).lower()
                if isinstance(value, bool)
                else value or None
                for name, value in found.items()
            }
            for found in rows
        ]

    assert said([found for _number, found in claimfile.read(path)]) == said(newsroom)


NAMES = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30)
SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\n\t'=;,\"")
TEXTS = st.sampled_from(FORMULAS) | st.text(SIGNS, max_size=40).map(str.strip)


@st.composite
def claims(draw: st.DrawFn) -> list[Row]:
    """A few claims whose texts are anything that may be kept."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        text, line = partial(draw, TEXTS), partial(draw, TEXTS.map(one_line))
        made = draw(st.sampled_from([row, confirmed]))(
            id=f"claim-{number}", statement=draw(NAMES.map(one_line).filter(bool)), criteria=text(),
            deadline_text=line(), public=draw(st.booleans()),
            assignee=draw(st.sampled_from([None, "manon"])),
            reports=[
                report(url=f"https://x.example/{n}", hedge=line(), author=line(),
                       headline=line(), source=draw(st.sampled_from(["AFP", "=Reuters"])))
                for n in range(draw(st.integers(0, 3)))
            ],
        )  # fmt: skip
        if made["outcome"]:
            made["rationale"] = text()
            made["evidence"][0]["title"] = line() or "T"
        found.append(made)
    return found


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=claims(), kind=st.sampled_from(FORMATS))
def test_what_goes_out_and_comes_into_an_empty_newsroom_goes_out_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], kind: str
) -> None:
    folder = tmp_path_factory.mktemp("out")

    def out_of_an_empty_newsroom(rows: Iterable[tuple[int, Row]], name: str) -> Any:
        with transaction.atomic():
            manon = factories.managing_editor(username="manon")
            summary = imports.import_rows(rows, actor=manon, now=NOW)
            assert (summary.refused, summary.differing) == ([], [])
            path = folder / f"{name}.{kind}"
            claimfile.write(path, kind, exports.export_rows())
            transaction.set_rollback(True)
        # Two archives of the same sheet have two times in them.
        return list(workbooks.sheet(path)) if kind == "xlsx" else path.read_bytes()

    once = out_of_an_empty_newsroom(enumerate(rows, start=1), "once")
    assert out_of_an_empty_newsroom(claimfile.read(folder / f"once.{kind}"), "twice") == once


def test_no_cell_of_a_csv_can_be_taken_for_a_formula(newsroom: list[Row]) -> None:
    cells = [
        cell
        for line in csv.reader(io.StringIO("".join(claimfile.as_csv(newsroom))))
        for cell in line
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'=1+1" in cells
    assert "''=1+1" in cells


def test_an_export_costs_the_same_number_of_queries_however_many_claims(manon: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            list(exports.export_rows())
        return len(captured)

    imports.import_rows([(1, confirmed())], actor=manon, now=NOW)
    one = queries()
    rows: list[tuple[int, Any]] = [(n, confirmed(id=f"claim-{n}")) for n in range(5)]
    imports.import_rows(rows, actor=manon, now=NOW)
    assert queries() == one
