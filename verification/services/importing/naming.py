"""What the names in a claims file stand for, and which of them were made for it."""

from __future__ import annotations

from datetime import datetime

from verification.models import Beat, Source, User
from verification.services import sources


class Names:
    """What the names in a file stand for, each looked up by itself."""

    def __init__(self, actor: User, now: datetime) -> None:
        self.actor, self.now = actor, now

    def source(self, name: str, field: str) -> Source:
        """A source by slug or name; an unknown one is made, where the actor may."""
        return sources.source_named(actor=self.actor, name=name, now=self.now, field=field)

    def beat(self, name: str) -> Beat:
        """A beat by slug or name; an unknown one is made, where the actor may."""
        return sources.beat_named(actor=self.actor, name=name, now=self.now)

    def user(self, name: str) -> User | None:
        """A user of the desk by user name."""
        return User.objects.filter(username=name).first()
