"""`create_token USER`: a token for the API."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from verification.models import ApiToken, User


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
        longest = ApiToken._meta.get_field("name").max_length or 0
        if len(name) > longest:
            raise CommandError(f"--name takes up to {longest} characters.")
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user “{username}”.")
        if not user.is_active:
            raise CommandError(f"“{username}” has left the desk: only active users have tokens.")
        _row, token = ApiToken.objects.create(user=user, name=name)
        self.stderr.write(
            f"A token for {username}. It is shown this once and kept as a hash only.\n"
            "Send it as: Authorization: Bearer <token>"
        )
        self.stdout.write(token)
