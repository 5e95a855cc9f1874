"""The claims file: one format for import, export and the demo.

A claim is an object with its reports and evidence; a source is an object with `name` and no
`statement`. A file is one JSON array, JSON Lines, or CSV or XLSX with one row for each report, the
claim's columns repeated and the evidence in one cell: written as JSON, read as lines too.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from verification.services import claimjson, claimtables, csvfiles, workbooks
from verification.services.cells import csv_line, safe
from verification.services.claimfields import KINDS, Row

#: What openpyxl and the decoders raise for a file that is not what its name says: bytes that are no
#: UTF-8, no archive, an archive without the parts of a workbook, parts that are no XML.
_UNREADABLE = (
    ValueError,
    BadZipFile,
    zlib.error,
    LookupError,
    SyntaxError,
)


@dataclass(slots=True)
class Position:
    """How much of a file was read, from 0 to 1; nothing is known of a workbook."""

    share: float = 0.0
    #: How a CSV file is written, once that was found out.
    form: csvfiles.Form | None = None


def read(path: Path, position: Position | None = None) -> Iterator[tuple[int, Row]]:
    """The claims and sources of a file, each with the number of its first row, line or entry.

    `position` is kept up to date meanwhile.

    Raises ValidationError, naming the file or the line, where the file cannot be read at all.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise ValidationError(_("A claims file ends in .csv, .xlsx, .jsonl or .json."))
    position = position or Position()
    try:
        if kind == ".xlsx":
            yield from claimtables.gathered(workbooks.sheet(path))
            return
        if kind == ".csv":
            position.form = csvfiles.look(path)
        with path.open("rb") as raw:
            size = max(path.stat().st_size, 1)
            for pair in _csv(path, raw, position) if kind == ".csv" else _json(kind, raw):
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


def _csv(path: Path, raw: BinaryIO, position: Position) -> Iterator[tuple[int, Row]]:
    form = position.form or csvfiles.look(path)
    with form.wrap(raw) as file:
        yield from claimtables.gathered(
            csvfiles.records(file, form), partial(csvfiles.day_order, path, form)
        )


def _json(kind: str, raw: BinaryIO) -> Iterator[tuple[int, Row]]:
    with TextIOWrapper(raw, "utf-8-sig") as file:
        yield from (claimjson.array if kind == ".json" else claimjson.lines)(file)


def write(path: Path, kind: str, rows: Iterable[Row], form: csvfiles.Form | None = None) -> None:
    """Writes the rows as `csv`, `json`, `jsonl` or `xlsx`; CSV in a `form` where one is given.

    Raises OSError and ValidationError.
    """
    if kind == "xlsx":
        with path.open("wb") as into:
            as_xlsx(rows, into)
        return
    if kind == "csv" and form is not None:
        with path.open("wb") as into:
            into.writelines(form.encoded(as_csv(rows, form.separator)))
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


def as_csv(rows: Iterable[Row], separator: str = ",") -> Iterator[str]:
    """The rows as CSV, one for each report; no cell can be taken for a formula."""
    for cells in as_table(rows):
        yield csv_line(cells, separator)


def as_xlsx(rows: Iterable[Row], out: BinaryIO) -> None:
    """Writes the rows as a workbook, one for each report; no cell can be taken for a formula."""
    workbooks.write(([safe(cell) for cell in cells] for cells in as_table(rows)), out)


def as_table(rows: Iterable[Row]) -> Iterator[list[Any]]:
    """The names of the columns, then the cells of each report; of sources, those of each."""
    remaining = iter(rows)
    first = next(remaining, None)
    if first is None:
        return claimtables.as_claims([])
    of_sources = "statement" not in first and "name" in first
    written = claimtables.as_sources if of_sources else claimtables.as_claims
    return written(chain([first], remaining))


#: The formats that are texts.
TEXTS: dict[str, Callable[[Iterable[Row]], Iterator[str]]] = {
    "csv": as_csv,
    "json": as_json,
    "jsonl": as_jsonl,
}
