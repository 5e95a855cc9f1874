"""An editor at work: what the tests of several services hand in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests import factories
from verification.models import LedgerEntry, User
from verification.services.drafts import DeadlineDraft, StoryDraft

TODAY = date(2026, 1, 30)
DAY = timedelta(days=1)

LONG = "x" * 10_000
CONTROL = "A deal\x00 will be struck."
HALF_A_LETTER = "A deal \ud800 will be struck."

#: Everybody on the desk, from the one who may least.
RANKS = ("nobody", "reporter", "editor", "managing editor")


def emma() -> User:
    """One editor for all calls, so that a call that is refused leaves no new user behind."""
    return User.objects.filter(username="emma").first() or factories.editor(username="emma")


def somebody(rank: str) -> User:
    """A user of one of the `RANKS`."""
    return factories.UserFactory.create() if rank == "nobody" else factories.with_role(rank)


def last_entry() -> LedgerEntry:
    """What the ledger said last."""
    entry = LedgerEntry.objects.last()
    assert entry is not None
    return entry


def story(**fields: Any) -> StoryDraft:
    """A story of our own."""
    fine = {
        "title": "Amazon in talks with OpenAI",
        "url": "https://ours.example/amazon",
        "published_on": TODAY,
    }
    return StoryDraft(**(fine | fields))


def deadline(day: date = date(2026, 6, 30), **fields: Any) -> DeadlineDraft:
    """The end of June, set by the newsroom."""
    fine = {"text": "end of the first half", "precision": "half", "basis": "newsroom"}
    return DeadlineDraft(day=day, **(fine | fields))
