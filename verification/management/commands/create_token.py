"""`create_token USER`: a token for the API."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from verification.models import User
from verification.services import people


class Command(BaseCommand):
    """Prints the token once, alone on stdout, so that a script can take it from there."""

    help = "Makes a token for the API that may do what USER may do, and prints it once."

    def add_arguments(self, parser: CommandParser) -> None:
        """USER, and a name by which the token is found on the desk."""
        parser.add_argument("user", metavar="USER", help="the username")
        parser.add_argument("--name", default="", help="what the token is for")

    def handle(self, *args: Any, **options: Any) -> None:
        """Keeps the token's hash and prints the token."""
        username, name = options["user"], options["name"]
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user “{username}”.")
        try:
            token = people.create_token(user=user, name=name, now=timezone.now())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stderr.write(
            f"A token for {username}. It is shown this once and kept as a hash only.\n"
            "Send it as: Authorization: Bearer <token>"
        )
        self.stdout.write(token)
