"""Every method of every address of the API: from which role on, and with which scope.

A row of READS exists for everybody; `internal` says that what is internal is there only for whoever
may see it. A row of CHANGES names the least role, the scope that a limited token needs, and what it
answers to whoever may.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.api import payloads
from tests.permissions.desk import EDITOR, MANAGING, READER, REPORTER
from verification.roles import DECIDE, LOG, READ_INTERNAL


@dataclass(frozen=True)
class Read:
    """A GET. `args` name things of the newsroom, `hidden` the same of internal ones."""

    args: str = ""
    hidden: str = ""
    query: str = ""
    #: Where the whole address is for those who see internal claims.
    internal: bool = False


@dataclass(frozen=True)
class Change:
    """A POST or PATCH, and what is needed for it."""

    method: str
    least: str
    scopes: tuple[str, ...]
    body: dict[str, Any]
    ok: int
    args: str = ""
    hidden: str = ""
    #: What it answers to a reporter, or whoever is more and not yet enough.
    short: int = 403


READS: dict[str, tuple[Read, ...]] = {
    "root": (Read(),),
    "schema": (Read(),),
    "docs": (Read(),),
    "claims": (Read(), Read(query="?public=false"), Read(query="?format=csv")),
    "claim": (Read("claim", "secret_claim"),),
    "reports": (Read("claim", "secret_claim"),),
    "verdicts": (Read("claim", "secret_claim"),),
    "replies": (Read("claim", "secret_claim"),),
    "sources": (Read(), Read(query="?format=jsonl")),
    "source": (Read("source", "secret_source"),),
    "record": (
        Read("source", "secret_source"),
        Read("source", query="?internal=1", internal=True),
    ),
    "positions": (Read("source", "secret_source"),),
    "leaderboard": (Read(), Read(query="?internal=1", internal=True)),
    "beats": (Read(),),
}

CHANGES: dict[str, tuple[Change, ...]] = {
    "claims": (
        Change("post", REPORTER, (LOG,), payloads.claim(beat="space"), 201),
        # Making a beat is a managing editor's.
        Change("post", MANAGING, (LOG,), payloads.claim(beat="A new beat"), 201, short=400),
    ),
    "claim": (
        Change(
            "patch",
            REPORTER,
            (LOG,),
            {"version": 2, "language": "fr"},
            200,
            "claim",
            "secret_claim",
        ),
    ),
    "reports": (Change("post", REPORTER, (LOG,), payloads.report(), 201, "claim", "secret_claim"),),
    "verdicts": (
        Change("post", EDITOR, (DECIDE,), payloads.verdict(), 201, "claim", "secret_claim"),
        Change(
            "post",
            MANAGING,
            (DECIDE,),
            {"outcome": "void", "rationale": "Twice."},
            201,
            "claim",
            "secret_claim",
        ),
        Change("post", EDITOR, (DECIDE,), payloads.verdict(), 202, "watched"),
    ),
    "deadline": (
        Change(
            "post",
            EDITOR,
            (DECIDE,),
            {"deadline": "2026-06-30", "reason": "Asked for."},
            200,
            "claim",
            "secret_claim",
        ),
    ),
    "sources": (Change("post", REPORTER, (LOG, READ_INTERNAL), {"name": "Reuters"}, 201),),
    "source": (
        Change(
            "patch",
            EDITOR,
            (LOG, READ_INTERNAL),
            {"kind": "agency"},
            200,
            "source",
            "secret_source",
        ),
    ),
    "extract": (Change("post", REPORTER, (LOG,), {"text": "Orbit could launch it in May."}, 200),),
}
#: Whatever else is under the API's address: 404, whoever asks.
UNKNOWN = "unknown"
#: From which role on one sees internal claims.
SEES = READER
