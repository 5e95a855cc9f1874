"""Exports every claim, or every source, as a claims file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from verification.services import claimfile, exports


class Command(BaseCommand):
    """Exports every claim, or every source, as a claims file."""

    help = (
        "Writes every claim, internal ones too, to standard output or a file, in a format that "
        "import_claims reads."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=[*sorted(claimfile.TEXTS), "xlsx"], default="jsonl")
        parser.add_argument("--output", type=Path, help="a file; needed for --format xlsx")
        parser.add_argument(
            "--sources", action="store_true", help="the sources with their other names instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rows = exports.export_sources() if options["sources"] else exports.export_rows()
        kind, output = options["format"], options["output"]
        if output is None and kind == "xlsx":
            raise CommandError(
                "A workbook goes into a file: name it, as in --format xlsx --output claims.xlsx."
            )
        try:
            if output is None:
                for text in claimfile.TEXTS[kind](rows):
                    self.stdout.write(text, ending="")
            else:
                claimfile.write(output, kind, rows)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
