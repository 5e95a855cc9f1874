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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, TextIO
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from verification.services import claimjson, workbooks

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
SOURCE_FIELDS = ("name", "kind", "homepage", "language", "aliases", "domains")

#: How a claims file ends.
KINDS = (".csv", ".xlsx", ".jsonl", ".json")
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


@dataclass(slots=True)
class Position:
    """How much of a file was read, from 0 to 1; nothing is known of a workbook."""

    share: float = 0.0


def read(path: Path, position: Position | None = None) -> Iterator[tuple[int, Row]]:
    """The claims and sources of a file, each with the number of its first line or row.

    `position` is kept up to date meanwhile.

    Raises ValidationError, naming the file or the line, where the file cannot be read at all.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise ValidationError(_("A claims file ends in .csv, .xlsx, .jsonl or .json."))
    try:
        if kind == ".xlsx":
            yield from _grouped(_headed(workbooks.sheet(path)))
            return
        # Line ends stay as they are: a text in quotes may hold some.
        newline = "" if kind == ".csv" else None
        with path.open("rb") as raw, TextIOWrapper(raw, "utf-8-sig", newline=newline) as file:
            size = max(path.stat().st_size, 1)
            for pair in _READERS[kind](file):
                if position:
                    position.share = raw.tell() / size
                yield pair
    except ValidationError:
        raise
    except _UNREADABLE as error:
        raise ValidationError(
            _("%(name)s cannot be read: %(error)s") % {"name": path.name, "error": error}
        ) from error
    except OSError as error:
        raise ValidationError(
            _("%(name)s cannot be opened: %(error)s") % {"name": path, "error": error.strerror}
        ) from error


def _csv(file: TextIO) -> Iterator[tuple[int, Row]]:
    reader = csv.DictReader(file, strict=True, restkey=_TOO_MANY)
    try:
        yield from _grouped((reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise ValidationError(
            _("Line %(line)s is not CSV: %(error)s") % {"line": reader.line_num, "error": error}
        ) from error


_READERS = {".csv": _csv, ".json": claimjson.array, ".jsonl": claimjson.lines}


def _headed(rows: Iterator[tuple[int, list[Any]]]) -> Iterator[tuple[int, Row]]:
    """The rows of a sheet by the names in its first row, as those of a CSV file."""
    _first, heads = next(rows, (1, []))
    names = [str(head or "").strip() for head in heads]
    width = max((place for place, name in enumerate(names, start=1) if name), default=0)
    for number, cells in rows:
        row: Row = dict(zip(names[:width], cells, strict=False))
        if any(cell is not None for cell in cells[width:]):
            row[_TOO_MANY] = [cell for cell in cells[width:] if cell is not None]
        yield number, row


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
        if "name" in cells and "statement" not in cells:
            # A table of sources.
            yield number, cells
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
    content = claimjson.parsed(cell, number) if isinstance(cell, str) else []
    if not isinstance(content, list):
        raise ValidationError(_("Line %(line)s: evidence is a JSON array.") % {"line": number})
    return content


def write(path: Path, kind: str, rows: Iterable[Row]) -> None:
    """Writes the rows as `csv`, `json`, `jsonl` or `xlsx`. Raises OSError, ValidationError."""
    if kind == "xlsx":
        with path.open("wb") as into:
            as_xlsx(rows, into)
        return
    # Line ends are the same on every system. A refused row may hold half of a surrogate pair.
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as into_text:
        into_text.writelines(TEXTS[kind](rows))


def as_jsonl(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as JSON Lines."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def as_json(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as one JSON array, a line for each."""
    begun = False
    for row in rows:
        yield ("," if begun else "[") + "\n" + json.dumps(row, ensure_ascii=False)
        begun = True
    yield "\n]\n" if begun else "[]\n"


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as CSV, one for each report; no cell can be taken for a formula."""
    for cells in as_table(rows):
        yield csv_line(cells)


def as_xlsx(rows: Iterable[Row], out: BinaryIO) -> None:
    """Writes the rows as a workbook, one for each report; no cell can be taken for a formula."""
    workbooks.write(([_safe(cell) for cell in cells] for cells in as_table(rows)), out)


def as_table(rows: Iterable[Row]) -> Iterator[list[Any]]:
    """The names of the columns, then the cells of each report; of sources, those of each."""
    remaining = iter(rows)
    first = next(remaining, None)
    if first is not None and "statement" not in first and "name" in first:
        yield list(SOURCE_FIELDS)
        for row in chain([first], remaining):
            yield [
                "; ".join(value) if isinstance(value := row.get(name), list) else value
                for name in SOURCE_FIELDS
            ]
        return
    yield [*CLAIM_FIELDS, *REPORT_FIELDS]
    for row in chain([first] if first is not None else [], remaining):
        evidence = row.get("evidence")
        kept = row | {"evidence": json.dumps(evidence, ensure_ascii=False) if evidence else None}
        claim = [kept.get(name) for name in CLAIM_FIELDS]
        for report in row.get("reports") or [{}]:
            yield [*claim, *(report.get(name) for name in REPORT_FIELDS)]


#: The formats that are texts.
TEXTS: dict[str, Callable[[Iterable[Row]], Iterator[str]]] = {
    "csv": as_csv,
    "json": as_json,
    "jsonl": as_jsonl,
}


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
