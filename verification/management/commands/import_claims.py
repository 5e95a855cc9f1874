"""Imports a claims file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from verification.models import User
from verification.services import claimfile, imports


class Command(BaseCommand):
    """Imports a claims file."""

    help = "Imports claims from .csv, .xlsx, .jsonl or .json. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check all, keep nothing")
        parser.add_argument(
            "--user", help="in whose name (default: the first active superuser or managing editor)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            summary = imports.import_rows(
                claimfile.read(options["file"]),
                actor=self.actor(options["user"]),
                now=timezone.now(),
                dry_run=options["dry_run"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for refusal in summary.refused:
            self.stderr.write(str(refusal))
        self.stdout.write(
            f"{'Would import' if options['dry_run'] else 'Imported'}: {summary.claims} claims, "
            f"{summary.reports} reports, {summary.verdicts} verdicts, {summary.sources} sources; "
            f"{summary.unchanged} unchanged, {len(summary.refused)} refused."
        )
        if summary.refused:
            raise CommandError(
                "Mend the refused rows and run it again: the others stay as they are."
            )

    def actor(self, username: str | None) -> User:
        """Who the ledger will say has imported the claims."""
        users = User.objects.filter(is_active=True)
        if username:
            user = users.filter(username=username).first()
        else:
            user = (
                users.filter(is_superuser=True).order_by("id").first()
                or users.filter(groups__permissions__codename="revise_claim").order_by("id").first()
            )
        if user is None:
            raise CommandError(
                f"There is no active user {username}."
                if username
                else "There is nobody to import in the name of: make a user (createsuperuser)."
            )
        return user
