"""The claims file: one format for import, export and the demo.

A claim is an object with its reports and evidence; a source is an object with `name` and no
`statement`. A file is one JSON array, JSON Lines, or CSV or XLSX with one row for each report, the
claim's columns repeated and the evidence as JSON in one cell.
"""

from __future__ import annotations

import csv
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

#: One claim or source as the file has it.
Row = dict[str, Any]

CLAIM_FIELDS = (
    "id",
    "language",
    "statement",
    "criteria",
    "beat",
    "deadline",
    "deadline_text",
    "deadline_precision",
    "deadline_basis",
    "assignee",
    "public",
    "outcome",
    "outcome_date",
    "rationale",
    "evidence",
)
REPORT_FIELDS = (
    "source",
    "author",
    "url",
    "published",
    "headline",
    "stance",
    "certainty",
    "hedge",
    "via",
)
EVIDENCE_FIELDS = ("title", "url", "published")
SOURCE_FIELDS = ("name", "kind", "homepage", "language")

#: A spreadsheet would run a cell that begins with one of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: What openpyxl and the decoders raise for a file that is not what its name says: bytes that are no
#: UTF-8, no archive, an archive without the parts of a workbook, parts that are no XML.
_UNREADABLE = (
    ValueError,
    BadZipFile,
    zlib.error,
    InvalidFileException,
    LookupError,
    SyntaxError,
)
#: The field, which is none, of cells beyond the last column: a comma without quotes makes them.
_TOO_MANY = "(more cells than columns)"


def read(path: Path) -> Iterator[tuple[int, Row]]:
    """The claims and sources of a file, each with the number of its first line or row.

    Raises ValidationError, naming the file or the line, where the file cannot be read at all.
    """
    kind = path.suffix.lower()
    if kind not in {".json", ".jsonl", ".csv", ".xlsx"}:
        raise ValidationError(_("A claims file ends in .csv, .xlsx, .jsonl or .json."))
    try:
        if kind == ".xlsx":
            yield from _grouped(_sheet(path))
            return
        text = path.read_text(encoding="utf-8-sig")
    except _UNREADABLE as error:
        raise ValidationError(
            _("%(name)s cannot be read: %(error)s") % {"name": path.name, "error": error}
        ) from error
    except OSError as error:
        raise ValidationError(
            _("%(name)s cannot be opened: %(error)s") % {"name": path, "error": error.strerror}
        ) from error
    yield from _csv(text) if kind == ".csv" else _json(text, lines=kind == ".jsonl")


def _json(text: str, *, lines: bool) -> Iterator[tuple[int, Row]]:
    if lines:
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                yield number, _object(_parsed(line, number), number)
        return
    content = _parsed(text, 1)
    if not isinstance(content, list):
        raise ValidationError(_("A .json file holds one array of claims."))
    for number, item in enumerate(content, start=1):
        yield number, _object(item, number)


def _parsed(text: str, line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValidationError(
            _("Line %(line)s is not JSON: %(error)s")
            % {"line": line + error.lineno - 1, "error": error.msg}
        ) from error
    except (RecursionError, ValueError) as error:
        # A thousand brackets, or a number of thousands of digits.
        raise ValidationError(
            _("Line %(line)s is not JSON: %(error)s") % {"line": line, "error": error}
        ) from error


def _object(item: Any, number: int) -> Row:
    if not isinstance(item, dict):
        raise ValidationError(_("Entry %(number)s is not an object.") % {"number": number})
    return item


def _csv(text: str) -> Iterator[tuple[int, Row]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True, restkey=_TOO_MANY)
    try:
        yield from _grouped((reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise ValidationError(
            _("Line %(line)s is not CSV: %(error)s") % {"line": reader.line_num, "error": error}
        ) from error


def _sheet(path: Path) -> Iterator[tuple[int, Row]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        heads = [str(head or "").strip() for head in next(rows, ())]
        for number, cells in enumerate(rows, start=2):
            yield number, dict(zip(heads, cells, strict=False))
    finally:
        book.close()


def _grouped(rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """Gathers the rows of one claim, which follow one another.

    They have the same `id`, or, where the file gives no ids, the same statement.
    """
    claim: Row | None = None
    first, key = 0, None
    for number, row in rows:
        cells = {name: _cell(value) for name, value in row.items() if name}
        if not any(cells.values()):
            continue
        this = cells.get("id") or cells.get("statement")
        if claim is None or this != key:
            if claim is not None:
                yield first, claim
            first, key = number, this
            claim = {name: cells[name] for name in CLAIM_FIELDS if name in cells}
            claim["evidence"] = _evidence(cells.get("evidence"), number)
            claim["reports"] = []
        unknown = set(cells) - {*CLAIM_FIELDS, *REPORT_FIELDS}
        claim |= {name: cells[name] for name in sorted(unknown)}
        if any(cells.get(name) for name in REPORT_FIELDS):
            claim["reports"].append({name: cells.get(name) for name in REPORT_FIELDS})
    if claim is not None:
        yield first, claim


def _cell(value: Any) -> Any:
    """A cell's value as JSON has it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        text = value[1:] if value.startswith("'") and _runs(value) else value
        return text or None
    return value


def _evidence(cell: Any, number: int) -> list[Any]:
    content = _parsed(cell, number) if isinstance(cell, str) else []
    if not isinstance(content, list):
        raise ValidationError(_("Line %(line)s: evidence is a JSON array.") % {"line": number})
    return content


def as_jsonl(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as JSON Lines."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as CSV, one for each report; no cell can be taken for a formula."""
    yield csv_line([*CLAIM_FIELDS, *REPORT_FIELDS])
    for row in rows:
        evidence = json.dumps(row["evidence"], ensure_ascii=False) if row["evidence"] else None
        claim = [(row | {"evidence": evidence}).get(name) for name in CLAIM_FIELDS]
        for report in row["reports"] or [{}]:
            yield csv_line([*claim, *(report.get(name) for name in REPORT_FIELDS)])


def csv_line(cells: Iterable[Any]) -> str:
    """One line of CSV; no cell can be taken for a formula."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(_safe(cell) for cell in cells)
    return buffer.getvalue()


def _safe(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and _runs(value) else value


def _runs(text: str) -> bool:
    """Whether a spreadsheet would run the text, but for the apostrophes before it.

    Those count as well, so that an apostrophe of the text's own is not taken for the one that keeps
    the cell from running.
    """
    return text.lstrip("'").startswith(_FORMULA)
