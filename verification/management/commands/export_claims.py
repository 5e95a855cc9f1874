"""Exports every claim as a claims file."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from verification.services import claimfile, exports

FORMATS = {"csv": claimfile.as_csv, "jsonl": claimfile.as_jsonl}


class Command(BaseCommand):
    """Exports every claim as a claims file."""

    help = "Writes every claim to standard output, in a format that import_claims reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=sorted(FORMATS), default="jsonl")

    def handle(self, *args: Any, **options: Any) -> None:
        for text in FORMATS[options["format"]](exports.export_rows()):
            self.stdout.write(text, ending="")
