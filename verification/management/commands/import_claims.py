"""Imports a claims file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from verification.management.base import NewsroomCommand
from verification.management.progress import Progress
from verification.models import User
from verification.models.choices import NameKind
from verification.services import claimfile, csvfiles, imports
from verification.services.claimfields import KINDS, Row
from verification.services.importing import reporting, runs
from verification.services.importing.summary import Summary

#: New sources and beats that are named; the report names all.
NAMED = 20


class Command(NewsroomCommand):
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
                summary = self.run_import(path, rows, actor, progress, position)
        except ValidationError as error:
            progress.end()
            raise CommandError(" ".join(error.messages)) from error
        except runs.TakenOver as error:
            progress.end()
            raise CommandError("Another process imports this file: let it finish.") from error
        progress.end()
        form = position.form or csvfiles.USUAL
        if not form.usual:
            progress.note(f"Read as {form}.")
        self.tell(summary, verbosity=options["verbosity"], dry_run=dry_run)
        self.give_back(summary, form, report=options["report"], refused=refused)

    def run_import(
        self,
        path: Path,
        rows: Iterator[tuple[int, Row]],
        actor: User,
        progress: Progress,
        position: claimfile.Position,
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
        try:
            return runs.go_on(run, rows, clock=timezone.now, told=progress.chunk)
        finally:
            runs.keep_form(run, position.form)

    def tell(self, summary: Summary, *, verbosity: int, dry_run: bool) -> None:
        """Says which rows were refused and why, which differ, and what came in."""
        for refusal in summary.refused:
            self.stderr.write(f"refused: {refusal}")
        if not verbosity:
            return
        for one in summary.differing:
            self.stderr.write(f"differs, and nothing is overwritten: {one}")
        for one in summary.noted:
            self.stderr.write(f"read otherwise than written: {one}")
        for line in self.sums(summary, dry_run=dry_run):
            self.stdout.write(line)

    def sums(self, summary: Summary, *, dry_run: bool) -> Iterator[str]:
        """The last lines: what came in, of how many, and what to look at."""
        yield (
            f"{'Would import' if dry_run else 'Imported'}: {summary.claims} claims, "
            f"{summary.reports} reports, {summary.verdicts} verdicts, {summary.sources} new "
            f"sources, {summary.beats} new beats."
        )
        yield (
            f"Claims and sources in the file: {summary.rows}, of which {summary.fresh} new, "
            f"{summary.grown} added to, {summary.kept} kept although the file differs, "
            f"{summary.unchanged} unchanged, {len(summary.refused)} refused."
        )
        for kind, words in ((NameKind.SOURCE, "New sources"), (NameKind.BEAT, "New beats")):
            first, more = summary.made.first(kind, NAMED)
            if first:
                names = "; ".join(
                    f"{one.name} (did you mean {one.near}?)" if one.near else one.name
                    for one in first
                )
                yield f"{words}: {names}{f'; and {more} more' if more else ''}."
        if summary.without_criteria:
            yield (
                f"{summary.without_criteria} public claims {'would have' if dry_run else 'have'} "
                "no criteria: readers are not told what would confirm or deny them. Fill in the "
                "column criteria before they come in, or write them on the desk before the verdict."
            )

    def give_back(
        self, summary: Summary, form: csvfiles.Form, *, report: Path | None, refused: Path | None
    ) -> None:
        """Writes the files that were asked for, in the form of the one that was read.

        Ends with exit code 1 where rows were refused.
        """
        if report:
            told = reporting.lines(
                summary.refused, summary.differing, summary.noted, summary.made.all,
                separator=form.separator,
            )  # fmt: skip
            self.write(report, lambda path: path.write_bytes(b"".join(form.encoded(told))))
        if not summary.refused:
            return
        if refused:
            rows = [one.content for one in summary.refused]
            kind = refused.suffix.lower().removeprefix(".")
            self.write(refused, lambda path: claimfile.write(path, kind, rows, form))
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
