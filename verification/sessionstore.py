"""The session engine: Django's own in the database, with whose each session is beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from verification.models import DeskSession

#: Where in a session's data the columns come from.
NOTES = "desk"


class SessionStore(DatabaseStore):
    """Sessions that the desk can list by user and end."""

    @classmethod
    def get_model_class(cls) -> type[DeskSession]:
        """The model of a session."""
        return DeskSession

    def create_model_instance(self, data: dict[str, Any]) -> DeskSession:
        """The row of the session, its columns taken from its data."""
        row = cast(DeskSession, super().create_model_instance(data))
        user, notes = data.get(SESSION_KEY), data.get(NOTES)
        if user is not None and notes:
            row.user_id = int(user)
            row.name = UUID(notes["name"])
            row.began_at = datetime.fromisoformat(notes["began"])
            row.seen_at = datetime.fromisoformat(notes["seen"])
            row.address, row.browser = notes["address"], notes["browser"]
            row.second_factor = notes["second_factor"]
        return row
