"""Says what is not well, and what to do about it."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from verification.services.doctor import examination
from verification.services.doctor.examination import Thoroughness
from verification.services.doctor.findings import State

_MARKS = {State.WELL: "ok  ", State.WARNING: "look", State.FAULT: "BAD "}


class Command(BaseCommand):
    """Says what is not well, and what to do about it."""

    help = "Looks at settings, database, broker, clocks, names and mail; exit 1 on any fault."
    # It looks at the settings and migrations itself, and goes on where one of them is bad.
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--send", metavar="ADDRESS", help="send a mail there, to see it arrive")
        parser.add_argument(
            "--production", action="store_true",
            help="tell of a trial on this machine what it lacks before others can reach it",
        )  # fmt: skip
        parser.add_argument(
            "--dns", action="store_true",
            help="ask the DNS what it says of the domain of our mails (SPF, DMARC, DKIM)",
        )  # fmt: skip
        parser.add_argument(
            "--selector", metavar="NAME", default="", help="with --dns: whose DKIM key to look for"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        how = Thoroughness(
            production=options["production"] or examination.usual().production,
            dns=options["dns"] or bool(options["selector"]),
            selector=options["selector"],
        )
        faults = 0
        for finding in examination.examine(timezone.now, how):
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
            raise CommandError("1 fault." if faults == 1 else f"{faults} faults.")
