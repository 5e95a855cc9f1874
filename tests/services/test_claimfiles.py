"""Files of any size are read piece by piece, and none unfolds to more than it may."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tests.services.files import Row, report, row, write
from verification.services import claimfile, claimjson, workbooks

TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=40)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write(tmp_path / "claims.xlsx", [row()])


def changed(path: Path, **parts: bytes) -> Path:
    """The workbook with some parts replaced or added: `xl_sharedStrings_xml` and the like."""
    wanted = {name.replace("__", "/").replace("_xml", ".xml"): body for name, body in parts.items()}
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in (kept | wanted).items():
            archive.writestr(name, body)
    return path


@given(rows=st.lists(st.dictionaries(TEXTS, TEXTS | st.integers() | st.none(), max_size=4)),
       piece=st.integers(1, 60), indent=st.none() | st.just(2))  # fmt: skip
def test_an_array_is_read_alike_wherever_its_pieces_end(
    rows: list[Row], piece: int, indent: int | None
) -> None:
    text = json.dumps(rows, ensure_ascii=False, indent=indent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claimjson, "PIECE", piece)
        read = list(claimjson.array(io.StringIO(text)))
    assert read == list(enumerate(rows, start=1))


@pytest.mark.parametrize("piece", [1, 7, 2**18])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("[", 1),
        ('[\n{"a": 1}', 2),
        ('[\n{"a": 1}\n{"b": 2}]', 3),
        ('[\n{"a": 1},\n\n{"b": }]', 4),
        ('[{"a": 1}]\n\nmore', 3),
        ('[\n{"a": "x\n', 2),
    ],
)
def test_what_is_no_array_is_refused_with_its_line(
    text: str, line: int, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claimjson, "PIECE", piece)
    with pytest.raises(ValidationError, match=f"Line {line} is not JSON"):
        list(claimjson.array(io.StringIO(text)))


def test_one_claim_may_not_take_all_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claimjson, "PIECE", 10)
    monkeypatch.setattr(claimjson, "LONGEST", 100)
    for read in (claimjson.array, claimjson.lines):
        with pytest.raises(ValidationError, match="more than 100 characters"):
            list(read(io.StringIO('[{"a": "' + "x" * 1000)))


def test_a_file_is_read_no_further_than_it_is_asked_for(tmp_path: Path) -> None:
    for kind in ("csv", "json", "jsonl"):
        path = write(tmp_path / f"claims.{kind}", [row(id=f"claim-{n}") for n in range(3000)])
        if kind == "jsonl":
            path.write_text(path.read_text() + "{broken")
        found = claimfile.read(path)
        assert next(found)[1]["id"] == "claim-0"


# --- Workbooks ------------------------------------------------------------------------------------


def test_a_workbook_that_unfolds_without_measure_is_refused_before_it_does(workbook: Path) -> None:
    bomb = b"<sst>" + b"\0" * (64 * 2**20) + b"</sst>"
    changed(workbook, xl__sharedStrings_xml=bomb)
    assert workbook.stat().st_size < 200_000
    with pytest.raises(ValidationError, match="unfolds to more than 200 times"):
        list(claimfile.read(workbook))


@pytest.mark.parametrize(("limit", "most"), [("UNFOLDED_MAX", 1000), ("PARTS_MAX", 3)])
def test_a_workbook_of_more_than_a_limit_is_refused(
    workbook: Path, limit: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, limit, most)
    with pytest.raises(ValidationError):
        list(claimfile.read(workbook))


def test_a_table_of_texts_is_measured_by_whatever_name(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(workbook) as archive:
        kinds = archive.read("[Content_Types].xml")
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = b'<Override PartName="/xl/harmless.xml" ContentType="' + kind + b'"/></Types>'
    changed(
        workbook,
        **{"[Content_Types]_xml": kinds.replace(b"</Types>", named)},
        xl__harmless_xml=b"<sst>" + b"<si><t>x</t></si>" * 100 + b"</sst>",
    )
    monkeypatch.setattr(workbooks, "TEXTS_MAX", 1000)
    with pytest.raises(ValidationError, match="unfolds to more than 0 MB"):
        list(claimfile.read(workbook))


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    b'<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]><sst>&lol2;</sst>'
)


@pytest.mark.parametrize(
    "part",
    [
        LAUGHS,
        b"  " + LAUGHS.replace(b'<?xml version="1.0"?>', b""),
        LAUGHS.replace(b"?>", b"?>" + b"<!--" + b"x" * 3_000_000 + b"-->", 1),
        LAUGHS.replace(b'"1.0"', b'"1.0" encoding="cp037"'),
        LAUGHS.decode().encode("utf-16"),
        LAUGHS.decode().encode("utf-16-be"),
    ],
)
def test_xml_that_declares_entities_is_refused(workbook: Path, part: bytes) -> None:
    changed(workbook, xl__sharedStrings_xml=part)
    with pytest.raises(ValidationError, match=r"XML of this workbook|times its size"):
        list(claimfile.read(workbook))


def test_a_sheet_that_claims_to_be_huge_costs_what_is_in_it(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    start, end = sheet.index(b'ref="') + 5, sheet.index(b'"', sheet.index(b'ref="') + 5)
    changed(workbook, xl__worksheets__sheet1_xml=sheet[:start] + b"A1:XFD1048576" + sheet[end:])
    assert [found["id"] for _number, found in claimfile.read(workbook)] == ["amazon-openai"]


def test_a_formula_is_not_evaluated_and_a_cell_without_a_column_is_told(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    sheet = book.worksheets[0]
    columns: dict[Any, int] = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns["criteria"]).value = "=1+1"
    sheet.cell(2, len(columns) + 2).value = "beyond"
    book.save(workbook)
    ((_number, found),) = claimfile.read(workbook)
    # Nothing has calculated the cell yet, so it has no value.
    assert found["criteria"] is None
    assert found["(more cells than columns)"] == ["beyond"]


def test_what_is_written_as_a_workbook_is_text_and_reads_back(tmp_path: Path) -> None:
    texts = ["=1+1", "+1", "-1", "@x", "'=1", "plain", "été « 1 »"]
    rows = [
        row(id=f"claim-{n}", statement=text, public=True, assignee=None, reports=[report()])
        for n, text in enumerate(texts)
    ]
    path = tmp_path / "out.xlsx"
    with path.open("wb") as out:
        claimfile.as_xlsx(rows, out)
    cells = [cell for line in openpyxl.load_workbook(path).active for cell in line]  # type: ignore[union-attr]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [found["statement"] for _number, found in claimfile.read(path)] == texts


def test_a_text_that_fits_no_cell_is_told_and_not_cut(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="fits no cell"):
        claimfile.as_xlsx([row(criteria="x" * 40_000)], io.BytesIO())


def test_the_same_rows_go_out_as_an_array(tmp_path: Path) -> None:
    rows = [row(), row(id="second")]
    assert json.loads("".join(claimfile.as_json(rows))) == rows
    assert json.loads("".join(claimfile.as_json([]))) == []
