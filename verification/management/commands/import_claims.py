"""Imports a claims file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from verification.management.progress import Progress
from verification.models import User
from verification.services import claimfile, imports
from verification.services.claimfields import KINDS, Row
from verification.services.importing import reporting, runs
from verification.services.importing.summary import Summary


class Command(BaseCommand):
    """Imports a claims file."""

    help = (
        "Imports claims from .csv, .xlsx, .jsonl or .json. One that was cut off goes on where it "
        "was when it is run again; running it once more changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check all, keep nothing")
        parser.add_argument(
            "--user",
            help="in whose name, which the ledger keeps (default: the first active superuser, or "
            "else managing editor; the output says who that is)",
        )
        parser.add_argument(
            "--refused",
            type=Path,
            help="a file for the refused rows, to be mended and imported again (.csv, .xlsx, "
            ".jsonl, .json)",
        )
        parser.add_argument(
            "--report",
            type=Path,
            help="a file for every fault, and every difference from what is kept, by row and field "
            "(.csv)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path, dry_run, refused = options["file"], options["dry_run"], options["refused"]
        if refused and refused.suffix.lower() not in KINDS:
            raise CommandError("--refused takes a file that ends in .csv, .xlsx, .jsonl or .json.")
        actor = self.actor(options["user"], options["verbosity"])
        position = claimfile.Position()
        progress = Progress(self.stderr, position, verbosity=options["verbosity"])
        rows = claimfile.read(path, position)
        try:
            if dry_run:
                summary = imports.import_rows(
                    rows, actor=actor, now=timezone.now(), dry_run=True, told=progress.chunk
                )
            else:
                summary = self.run_import(path, rows, actor, progress)
        except ValidationError as error:
            progress.end()
            raise CommandError(" ".join(error.messages)) from error
        except runs.TakenOver as error:
            progress.end()
            raise CommandError("Another process imports this file: let it finish.") from error
        progress.end()
        if position.form and not position.form.usual:
            progress.note(f"Read as {position.form}.")
        if options["report"]:
            self.write(
                options["report"],
                lambda path: path.write_text(
                    "".join(reporting.lines(summary.refused, summary.differing)),
                    encoding="utf-8",
                    errors="backslashreplace",
                ),
            )
        self.report(summary, dry_run=dry_run, refused=refused, verbosity=options["verbosity"])

    def run_import(
        self, path: Path, rows: Iterator[tuple[int, Row]], actor: User, progress: Progress
    ) -> Summary:
        """Imports the file; what an earlier run of the same file has done is not done again."""
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file:
                while block := file.read(2**20):
                    digest.update(block)
        except OSError as error:
            raise CommandError(f"{path} cannot be opened: {error.strerror}") from error
        run = runs.begin(
            actor=actor,
            name=path.name,
            digest=digest.hexdigest(),
            size=path.stat().st_size,
            now=timezone.now(),
        )
        if run.rows_done:
            progress.going_on(run.rows_done)
        return runs.go_on(run, rows, clock=timezone.now, told=progress.chunk)

    def report(
        self, summary: Summary, *, dry_run: bool, refused: Path | None, verbosity: int
    ) -> None:
        """Says what was done, and which rows were refused and why."""
        for refusal in summary.refused:
            self.stderr.write(f"refused: {refusal}")
        for one in summary.differing if verbosity else ():
            self.stderr.write(f"differs, and nothing is overwritten: {one}")
        if verbosity:
            self.stdout.write(
                f"{'Would import' if dry_run else 'Imported'}: {summary.claims} claims, "
                f"{summary.reports} reports, {summary.verdicts} verdicts, {summary.sources} "
                f"sources; {summary.unchanged} unchanged, {len(summary.refused)} refused, "
                f"{len(summary.differing)} differing."
            )
        if not summary.refused:
            return
        if refused:
            rows = [one.content for one in summary.refused]
            kind = refused.suffix.lower().removeprefix(".")
            self.write(refused, lambda path: claimfile.write(path, kind, rows))
        raise CommandError("Mend the refused rows and run it again: the others stay as they are.")

    def write(self, path: Path, written: Callable[[Path], object]) -> None:
        """Writes a file that was asked for."""
        try:
            written(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def actor(self, username: str | None, verbosity: int) -> User:
        """Who the ledger will say has imported the claims; said before anything is kept."""
        users = User.objects.filter(is_active=True).order_by("id")
        if username:
            found = list(users.filter(username=username))
        else:
            chiefs = users.filter(groups__permissions__codename="revise_claim").distinct()
            found = list(users.filter(is_superuser=True)) or list(chiefs)
        if not found:
            raise CommandError(
                f"There is no active user {username}."
                if username
                else "There is nobody to import in the name of: make a user (createsuperuser)."
            )
        if verbosity:
            others = f", the first of {len(found)}; --user names another" if len(found) > 1 else ""
            self.stdout.write(f"In the name of {found[0].username}{others}.")
        return found[0]
