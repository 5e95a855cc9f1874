"""What was to arrive, and what did, as the far end counts it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

#: (address, claim's slug, stage)
Reminder = tuple[str, str, str]


@dataclass(frozen=True)
class Mail:
    """One mail that the far end accepted. `sender` is the address of the host that sent it."""

    at: float
    id: str
    to: str
    reminders: tuple[Reminder, ...]
    answered: bool
    sender: str = ""


def arrived(folder: Path) -> list[Mail]:
    """Every mail so far, as often as it came. A line that is just being written is left out."""
    path = folder / "arrived.jsonl"
    if not path.exists():
        return []
    mails = []
    for line in path.read_bytes().split(b"\n")[:-1]:
        read = json.loads(line)
        told = tuple((read["to"], claim, stage) for claim, stage in read["reminders"])
        sender = read.get("from", "")
        mails.append(Mail(read["at"], read["id"], read["to"], told, read["answered"], sender))
    return mails


@dataclass(frozen=True)
class Tally:
    """The bars' figures."""

    lost: int
    #: Mails that told nothing new to anybody: the same recipient, claim and stage once more.
    duplicates: int
    #: Reminders that arrived under two Message-IDs, so that no mail program could join them.
    renamed: int
    #: Reminders that nobody was to get.
    unwanted: int
    unanswered: int


def tally(expected: set[Reminder], mails: list[Mail]) -> Tally:
    times: Counter[Reminder] = Counter()
    ids: dict[Reminder, set[str]] = defaultdict(set)
    duplicates = 0
    for mail in sorted(mails, key=lambda mail: mail.at):
        duplicates += any(times[reminder] for reminder in mail.reminders)
        for reminder in mail.reminders:
            times[reminder] += 1
            ids[reminder].add(mail.id)
    return Tally(
        lost=len(expected - set(times)),
        duplicates=duplicates,
        renamed=sum(len(names) > 1 for names in ids.values()),
        unwanted=len(set(times) - expected),
        unanswered=sum(not mail.answered for mail in mails),
    )
