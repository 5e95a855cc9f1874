"""Workbooks (XLSX): read only after a look at what they would unfold to, written as plain text.

A workbook is an archive of XML files. A few kilobytes can unfold to gigabytes, and XML can name
entities that unfold further; so its parts are looked at before the reader opens any of them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from verification.services.drafts import printable

MEGABYTE = 2**20
#: What a workbook may unfold to, and what its table of texts may, which is held in memory.
UNFOLDED_MAX, TEXTS_MAX = 400 * MEGABYTE, 100 * MEGABYTE
#: Parts of an archive; how many times its size a large part may unfold to. Tables reach about 30.
PARTS_MAX, RATIO_MAX, RATIO_FROM = 1_000, 200, 4 * MEGABYTE
#: Columns that are read, and what the programs that open a workbook can hold.
COLUMNS_MAX, ROWS_MAX, CELL_MAX = 128, 1_048_576, 32_767

_BLOCK = MEGABYTE
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")


def sheet(path: Path) -> Iterator[tuple[int, list[Any]]]:
    """The rows of the first sheet, each with its number. Formulas are read as their last value."""
    # Here and below, for it takes as long to load as many a command takes to run.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    _look(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except InvalidFileException as error:
        raise ValueError(error) from error
    try:
        first = book.worksheets[0]
        # What the sheet says of its size is not believed: it would be filled up with empty cells.
        first.reset_dimensions()
        for number, cells in enumerate(
            first.iter_rows(max_col=COLUMNS_MAX, values_only=True), start=1
        ):
            yield number, list(cells)
    finally:
        book.close()


def _look(path: Path) -> None:
    """Refuses an archive that unfolds to too much, or whose XML could."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > PARTS_MAX:
            raise ValidationError(
                _("This workbook has more than %(most)s parts.") % {"most": PARTS_MAX}
            )
        # Python reads no more of a part than it says of itself here.
        if sum(part.file_size for part in parts) > UNFOLDED_MAX:
            raise _unfolds(UNFOLDED_MAX)
        for part in parts:
            if part.file_size > max(RATIO_FROM, part.compress_size * RATIO_MAX):
                raise ValidationError(
                    _("A part of this workbook unfolds to more than %(most)s times its size.")
                    % {"most": RATIO_MAX}
                )
        for part in parts:
            if not part.is_dir():
                with archive.open(part) as content:
                    _look_for_entities(content)
        # By whatever name: the reader finds the table of texts by what its kind is said to be.
        kinds = ElementTree.fromstring(archive.read("[Content_Types].xml"))  # noqa: S314  just looked at
        texts = {
            found.get("PartName", "").removeprefix("/")
            for found in kinds
            if found.get("ContentType", "").endswith("sharedStrings+xml")
        }
        if any(part.file_size > TEXTS_MAX for part in parts if part.filename in texts):
            raise _unfolds(TEXTS_MAX)


def _unfolds(most: int) -> ValidationError:
    return ValidationError(
        _("This workbook unfolds to more than %(most)s MB: split it, or use CSV or JSON Lines.")
        % {"most": most // MEGABYTE}
    )


def _look_for_entities(content: Any) -> None:
    """Refuses XML that declares anything of its own: no program writes that into a workbook."""
    before = b""
    while block := content.read(_BLOCK):
        if not before:
            named = _ENCODING.match(block.removeprefix(b"\xef\xbb\xbf"))
            hidden = block[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in block[:8]
            xml = block.lstrip()[:1] == b"<" or hidden or named
            if not xml:
                # A picture, a printer's settings: the reader does not open it as XML.
                return
            if hidden or (named and named[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}):
                raise ValidationError(_("The XML of this workbook is not UTF-8."))
        window = before + block
        if any(mark in window for mark in _ENTITIES):
            raise ValidationError(_("The XML of this workbook declares entities."))
        before = block[-16:]


def write(rows: Iterable[Sequence[Any]], out: BinaryIO) -> None:
    """Writes one sheet of texts, numbers and truths; no text becomes a formula.

    Raises ValidationError where the rows or a text are more than a workbook can hold.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    into = book.create_sheet("claims")
    try:
        for number, row in enumerate(rows, start=1):
            if number > ROWS_MAX:
                raise ValidationError(
                    _("A workbook holds %(most)s rows: export CSV or JSON Lines instead.")
                    % {"most": f"{ROWS_MAX:,}"}
                )
            into.append([_cell(into, value) for value in row])
    except ValidationError:
        # What was begun lies in a file of its own, which nobody else would close.
        into.close()
        into._writer.cleanup()
        raise
    book.save(out)


def _cell(into: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if len(value) > CELL_MAX:
        raise ValidationError(
            _("A text of more than %(most)s characters fits no cell: export JSON Lines instead.")
            % {"most": f"{CELL_MAX:,}"}
        )
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(into, printable(value))
    cell.data_type = "s"
    return cell
