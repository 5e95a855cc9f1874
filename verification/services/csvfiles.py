"""CSV as the programs of newsrooms write it: which signs part the cells, which bytes the letters.

An Excel in French parts cells by semicolons, and writes Windows-1252 where it is not told
otherwise. Both are found out by looking and said to whoever imports; what cannot be told is
refused.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from verification.domain import writtendays
from verification.services.claimfields import COLUMNS, DAYS

#: Signs that part cells, the likeliest first.
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_BLOCK = 2**20
#: Characters of a first row; names of columns take some hundred.
_HEAD_MAX = 2**16


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written."""

    encoding: str
    separator: str = ","

    def __str__(self) -> str:
        return _("%(encoding)s, parted by “%(separator)s”") % {
            "encoding": {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}.get(
                self.encoding, "Windows-1252"
            ),
            "separator": self.separator.replace("\t", "tab"),
        }

    @property
    def usual(self) -> bool:
        """Whether it is the form in which claims go out."""
        return self == USUAL

    @property
    def charset(self) -> str:
        """The encoding as the web calls it."""
        return {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(self.encoding, self.encoding)

    def encoded(self, texts: Iterable[str]) -> Iterator[bytes]:
        """Texts as a spreadsheet takes them for this form: Unicode begins with a mark.

        A letter that has no place in it is written as its code: a row that was refused may hold
        half of a surrogate pair.
        """
        encoder = codecs.getincrementalencoder(self.encoding)("backslashreplace")
        yield from map(encoder.encode, texts)

    def open(self, path: Path) -> TextIO:
        """The file as text; its line ends stay as they are, for a text in quotes may hold some."""
        return path.open(encoding=self.encoding, newline="")

    def wrap(self, raw: Any) -> TextIO:
        """The same for a file that is open already."""
        return TextIOWrapper(raw, self.encoding, newline="")


#: The form in which claims go out; a mark at the beginning says so where a spreadsheet reads it.
USUAL = Form("utf-8-sig")


def look(path: Path) -> Form:
    """Finds out how a file is written. Reads it once; raises OSError and ValidationError."""
    encoding = _encoding(path)
    with Form(encoding).open(path) as file:
        head = file.readline(_HEAD_MAX)
        if _names_separator(head):
            return Form(encoding, head[4])
        file.seek(0)
        return Form(encoding, _separator(file.read(_HEAD_MAX)))


def records(file: TextIO, form: Form) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number, as a spreadsheet counts rows. Empty ones count, too.

    Raises ValidationError, naming the line, where it is not CSV.
    """
    reader = csv.reader(file, delimiter=form.separator, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            # Excel names the separator in a line of its own, and reads it back.
            if number == 1 and form.separator.join(cells).startswith("sep="):
                continue
            yield number, cells
    except csv.Error as error:
        raise ValidationError(
            _("Line %(line)s is not CSV: %(error)s") % {"line": reader.line_num, "error": error}
        ) from error


def day_order(path: Path, form: Form) -> writtendays.Order | None:
    """In which order the days of the file have their numbers, where they tell."""
    with form.open(path) as file:
        rows = records(file, form)
        _number, heads = next(rows, (1, []))
        places = [place for place, head in enumerate(heads) if head.strip().lower() in DAYS]
        return writtendays.order_of(_cells(rows, places))


def _cells(rows: Iterable[tuple[int, list[str]]], places: list[int]) -> Iterator[str]:
    for _number, cells in rows:
        for place in places:
            if place < len(cells):
                yield cells[place].strip()


def _encoding(path: Path) -> str:
    """UTF-8 where all of it is that; UTF-16 where it says so; else what Windows writes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, letters = 1, False
    with path.open("rb") as file:
        first = True
        while True:
            block = file.read(_BLOCK)
            if first and block[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
                return "utf-16"
            marked = first and block.startswith(codecs.BOM_UTF8)
            first = False
            try:
                text = decoder.decode(block.removeprefix(codecs.BOM_UTF8) if marked else block,
                                      final=not block)  # fmt: skip
            except UnicodeDecodeError as error:
                good = bytes(error.object[: error.start])
                if not marked and not letters and good.isascii():
                    return "cp1252"
                lines += good.count(b"\n")
                raise ValidationError(
                    _(
                        "Line %(line)s has letters that are not UTF-8, while others are: save the "
                        "file as UTF-8."
                    )
                    % {"line": lines}
                ) from error
            letters = letters or marked or not text.isascii()
            lines += text.count("\n")
            if not block:
                return "utf-8-sig"


def _names_separator(line: str) -> bool:
    return line.startswith("sep=") and line[4:5] in _SEPARATORS and not line[5:].strip()


def _separator(head: str) -> str:
    """The sign by which most columns of the first row are those of a claims file."""

    def known(separator: str) -> int:
        try:
            names = next(csv.reader([head.splitlines()[0]], delimiter=separator), [])
        except (csv.Error, IndexError):
            return 0
        return sum(name.strip().lower() in COLUMNS for name in names)

    return max(_SEPARATORS, key=known)
