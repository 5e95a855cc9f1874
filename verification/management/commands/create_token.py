"""`create_token USER`: a token for the API."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from verification.management.base import NewsroomCommand
from verification.models import User
from verification.roles import SCOPES
from verification.services import tokens

#: What the fields of the service are called here.
OPTIONS = {"days": "--expires", "name": "--name", "scopes": "--scope", "user": "USER"}


class Command(NewsroomCommand):
    """Prints the token once, alone on stdout, so that a script can take it from there."""

    help = "Makes a token for the API that may do what USER may do, and prints it once."

    def add_arguments(self, parser: CommandParser) -> None:
        """USER, a name by which the token is found on the desk, and what limits it."""
        parser.add_argument("user", metavar="USER", help="the username")
        parser.add_argument("--name", default="", help="what the token is for")
        parser.add_argument(
            "--scope",
            action="append",
            dest="scopes",
            choices=list(SCOPES),
            help="limits the token to this; give it several times for several scopes "
            "(default: all that USER may do)",
        )
        parser.add_argument(
            "--expires", type=int, metavar="DAYS", help="ends the token after so many days"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Keeps the token's hash and prints the token."""
        username, name = options["user"], options["name"]
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user “{username}”.")
        try:
            row, token = tokens.create(
                actor=None,
                user=user,
                name=name,
                scopes=options["scopes"],
                days=options["expires"],
                now=timezone.now(),
            )
        except ValidationError as error:
            found = [
                f"{OPTIONS[field]}: {' '.join(said)}" for field, said in error.message_dict.items()
            ]
            raise CommandError(" ".join(found)) from error
        scopes = "all that the user may do" if row.scopes is None else ", ".join(row.scopes)
        self.stderr.write(
            f"A token for {username}: {scopes}. It is shown this once and kept as a hash only.\n"
            "Send it as: Authorization: Bearer <token>"
        )
        self.stdout.write(token)
