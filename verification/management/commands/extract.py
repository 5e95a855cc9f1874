"""Proposes the claims of an article."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from verification import newsroom
from verification.domain.extraction import LANGUAGES, Names
from verification.management.base import NewsroomCommand
from verification.services import intake


class Command(NewsroomCommand):
    """Proposes the claims of an article."""

    help = "Prints the candidate claims of an article, text or HTML, as a JSON array."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the article's file; - reads standard input")
        parser.add_argument("--language", choices=LANGUAGES, help="default: detected")
        parser.add_argument(
            "--date",
            type=_day,
            metavar="YYYY-MM-DD",
            help="when it was published (default: the page's date, the printed one, else today)",
        )
        parser.add_argument("--outlet", default="", help="whose page it is (default: the page's)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            proposal = intake.extract(
                article=intake.read(self._content(options["file"])),
                today=newsroom.day(timezone.now()),
                names=self._names(),
                language=options["language"],
                published=options["date"],
                outlet=options["outlet"],
            )
        except ValidationError as error:
            raise CommandError(f"{options['file']}: {' '.join(error.messages)}") from error
        candidates = [candidate.as_dict() for candidate in proposal.candidates]
        self.stdout.write(json.dumps(candidates, ensure_ascii=False, indent=2))

    def _content(self, name: str) -> bytes:
        if name == "-":
            return sys.stdin.buffer.read()
        try:
            return Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}") from error

    def _names(self) -> Names | None:
        try:
            return intake.known_names()
        except (OperationalError, ProgrammingError):
            # An article can be read before there is a database.
            self.stderr.write("The database has no sources yet: only well-known outlets are known.")
            return None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2026-01-30") from None
