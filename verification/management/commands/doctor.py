"""Says what is not well, and what to do about it."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from verification.services import doctor
from verification.services.doctor import State

_MARKS = {State.WELL: "ok  ", State.WARNING: "look", State.FAULT: "BAD "}


class Command(BaseCommand):
    """Says what is not well, and what to do about it."""

    help = "Looks at settings, database, broker, clocks, names and mail; exit 1 on any fault."
    # It looks at the settings and migrations itself, and goes on where one of them is bad.
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--send", metavar="ADDRESS", help="send a mail there, to see it arrive")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for finding in doctor.examine(timezone.now):
            faults += finding.state == State.FAULT
            self.stdout.write(f"{_MARKS[finding.state]} {finding.part}: {finding.detail}")
            if finding.advice:
                self.stdout.write(f"     {finding.advice}")
        if options["send"]:
            EmailMessage(
                "Borne Out can send mail",
                "If you read this, reminders will reach you too.",
                to=[options["send"]],
            ).send()
            self.stdout.write(f"ok   mail: accepted for {options['send']}")
        if faults:
            raise CommandError(f"{faults} faults.")
