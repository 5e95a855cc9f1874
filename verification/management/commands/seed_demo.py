"""Fills an empty database with the demo newsroom."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from verification.management.base import NewsroomCommand
from verification.services import demo


class Command(NewsroomCommand):
    """Fills an empty database with the demo newsroom."""

    help = "Loads the demo newsroom: 45 real claims and a login for each role."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            logged = demo.seed(now=timezone.now())
        except demo.NotEmptyError as error:
            raise CommandError(
                "This database has users of its own: demo logins would be a way in. "
                "Point DATABASE_URL at an empty database."
            ) from error
        self.stdout.write(
            f"{logged} claims logged." if logged else "The demo newsroom is in place."
        )
        self.stdout.write("Logins (password for each: " + demo.PASSWORD + ")")
        for person in demo.PEOPLE:
            self.stdout.write(f"  {person.username:<16} {person.role}")
