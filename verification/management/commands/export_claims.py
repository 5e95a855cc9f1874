"""Exports every claim, or every source, as a claims file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from verification.management.base import NewsroomCommand
from verification.management.piping import read_while_wanted
from verification.services import claimfile, exports
from verification.services.claimfields import KINDS, Row


class Command(NewsroomCommand):
    """Exports every claim, or every source, as a claims file."""

    help = (
        "Writes every claim, internal ones too, to standard output or a file, in a format that "
        "import_claims reads."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--format",
            choices=[*sorted(claimfile.TEXTS), "xlsx"],
            help="by default what the name of the file says, and jsonl on standard output",
        )
        parser.add_argument(
            "--output", type=Path, help="a file that ends in .csv, .xlsx, .jsonl or .json"
        )
        parser.add_argument(
            "--sources", action="store_true", help="the sources with their other names instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path | None = options["output"]
        kind = _kind(options["format"], output)
        rows = _Counted(exports.export_sources() if options["sources"] else exports.export_rows())
        if output is None:
            with read_while_wanted(self.stdout):
                for text in claimfile.TEXTS[kind](rows):
                    self.stdout.write(text, ending="")
            return
        try:
            claimfile.write(output, kind, rows)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if options["verbosity"]:
            words = "sources" if options["sources"] else f"claims with {rows.reports:,} reports"
            self.stderr.write(f"{rows.number:,} {words} written to {output} as {kind}.", str)


class _Counted:
    """Rows on their way out, counted."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.number = self.reports = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.number += 1
            self.reports += len(row.get("reports", ()))
            yield row


def _kind(asked: str | None, output: Path | None) -> str:
    """In which format to write: what was asked for, and the file's name must not say another.

    Raises CommandError.
    """
    if output is None:
        if asked == "xlsx":
            raise CommandError("A workbook goes into a file: name it, as in --output claims.xlsx.")
        return asked or "jsonl"
    ending = output.suffix.lower()
    named = ending.removeprefix(".") if ending in KINDS else None
    if asked and named and asked != named:
        raise CommandError(
            f"{output} ends in {ending}, and --format says {asked}: leave --format out, or name a "
            f"file that ends in .{asked}."
        )
    kind = asked or named
    if kind is None:
        raise CommandError(
            f"{output} does not say in which format: a claims file ends in .csv, .xlsx, .jsonl or "
            ".json. Any other name takes --format as well."
        )
    return kind
